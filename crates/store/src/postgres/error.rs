//! What PostgreSQL says, in words that say what to do.

use crate::store::StoreError;

// The codes of PostgreSQL's manual, appendix A.
const DISK_FULL: &str = "53100";
const TOO_MANY_CONNECTIONS: &str = "53300";
const READ_ONLY: &str = "25006";
const INSUFFICIENT_PRIVILEGE: &str = "42501";
const ADMIN_SHUTDOWN: &str = "57P01";
const CRASH_SHUTDOWN: &str = "57P02";
const CANNOT_CONNECT_NOW: &str = "57P03";
const HELD_UP: &str = "25P03";
const NO_SUCH_DATABASE: &str = "3D000";
const WRONG_PASSWORD: &str = "28P01";
const NOT_AUTHORIZED: &str = "28000";
/// The class of errors of connections.
const CONNECTION: &str = "08";
/// The page of a file is not what was written.
const DATA_CORRUPTED: &str = "XX001";
const INDEX_CORRUPTED: &str = "XX002";

/// Says of an error of PostgreSQL what it means, and what was being done. Nothing of what it says is a password: the
/// server never sends one back, and what is said of an address that cannot be reached does not repeat it.
pub(super) fn failed(doing: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |error| match meaning(&error, doing) {
        Some(Meaning::Unusable(why)) => StoreError::Unusable(why),
        Some(Meaning::Damaged(why)) => StoreError::Damaged(why),
        None => StoreError::Database { doing, error },
    }
}

enum Meaning {
    Unusable(String),
    Damaged(String),
}

fn meaning(error: &sqlx::Error, doing: &'static str) -> Option<Meaning> {
    if let Some(database) = error.as_database_error() {
        return of_code(&database.code()?, database.message(), doing);
    }
    let why = if let sqlx::Error::Io(error) = error {
        format!("PostgreSQL cannot be reached while {doing}: {error}. {UNREACHABLE}")
    } else if let sqlx::Error::Tls(error) = error {
        format!(
            "PostgreSQL cannot be reached safely while {doing}: {error}. Look at the `ssl` parameters of its address"
        )
    } else if matches!(error, sqlx::Error::PoolTimedOut) {
        format!(
            "PostgreSQL gave no connection in time while {doing}: it is down, or too much is asked of it at once. \
             {UNREACHABLE}"
        )
    } else {
        return None;
    };
    Some(Meaning::Unusable(why))
}

const UNREACHABLE: &str = "Nothing is lost. Look whether the server runs and its address is right, and try again";

fn of_code(code: &str, message: &str, doing: &'static str) -> Option<Meaning> {
    let why = match code {
        DISK_FULL => format!(
            "the disk of PostgreSQL is full: nothing was written while {doing}, and nothing is lost. Free some space \
             and try again"
        ),
        READ_ONLY => {
            format!("the database was opened for reading only, or is a standby: nothing can be written while {doing}")
        }
        INSUFFICIENT_PRIVILEGE => format!(
            "this user may not do so while {doing}: {message}. Grant it the role `sightline_ledger`, \
             `sightline_projector` or `sightline_reader`, by what the process does"
        ),
        ADMIN_SHUTDOWN | CRASH_SHUTDOWN => {
            format!("PostgreSQL was stopped or restarted while {doing}: {message}. Nothing is lost; try again")
        }
        HELD_UP => format!(
            "this process was held up for so long while {doing} that PostgreSQL undid it. Nothing is lost; try again"
        ),
        NO_SUCH_DATABASE => format!("{message}: create it with `createdb`, or name another in the address"),
        WRONG_PASSWORD | NOT_AUTHORIZED => {
            format!("PostgreSQL does not let this user in: {message}. Look at the user and password of the address")
        }
        CANNOT_CONNECT_NOW | TOO_MANY_CONNECTIONS => {
            format!("PostgreSQL cannot be reached while {doing}: {message}. {UNREACHABLE}")
        }
        _ if code.starts_with(CONNECTION) => {
            format!("PostgreSQL cannot be reached while {doing}: {message}. {UNREACHABLE}")
        }
        DATA_CORRUPTED | INDEX_CORRUPTED => {
            let why = format!("PostgreSQL cannot read its files while {doing}: {message}. Restore them from a copy");
            return Some(Meaning::Damaged(why));
        }
        _ => return None,
    };
    Some(Meaning::Unusable(why))
}

#[cfg(test)]
mod tests {
    use super::failed;
    use crate::store::StoreError;
    use std::io::{Error, ErrorKind};

    #[test]
    fn what_cannot_be_reached_is_said() {
        let refused = sqlx::Error::Io(Error::from(ErrorKind::ConnectionRefused));
        for error in [refused, sqlx::Error::PoolTimedOut] {
            let StoreError::Unusable(why) = failed("reading")(error) else { panic!("it is no error of ours") };
            assert!(why.contains("while reading") && why.contains("Look whether the server runs"), "{why}");
        }
        assert!(matches!(failed("reading")(sqlx::Error::RowNotFound), StoreError::Database { doing: "reading", .. }));
    }
}
