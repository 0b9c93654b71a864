//! What SQLite says, in words that say what to do.

use crate::store::StoreError;

/// The file holds what it should not.
const CORRUPT: i32 = 11;
/// The file is no database.
const NOT_A_DATABASE: i32 = 26;
/// The file ends before a page that should be there.
const SHORT_READ: i32 = 522;
const FULL: i32 = 13;
const READ_ONLY: i32 = 8;
const CANNOT_OPEN: i32 = 14;
const BUSY: i32 = 5;

/// Says of an error of SQLite what it means, and what was being done.
pub(super) fn failed(doing: &'static str) -> impl FnOnce(sqlx::Error) -> StoreError {
    move |error| {
        let code = error.as_database_error().and_then(|error| error.code()).and_then(|code| code.parse::<i32>().ok());
        let Some(code) = code else {
            // A value of another kind than was written.
            if matches!(error, sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_)) {
                return StoreError::Damaged(format!("{error}, while {doing}. It was changed from outside"));
            }
            return StoreError::Database { doing, error };
        };
        match (code, code & 0xff) {
            (SHORT_READ, _) | (_, CORRUPT | NOT_A_DATABASE) => StoreError::Damaged(format!(
                "the database file cannot be read while {doing}: {error}. It was cut short or changed from outside; \
                 restore it from a copy"
            )),
            (_, FULL) => StoreError::Unusable(format!(
                "the disk is full: nothing was written while {doing}, and nothing is lost. Free some space and try again"
            )),
            (_, READ_ONLY) => StoreError::Unusable(format!(
                "the database cannot be written to while {doing}: give this user the right to write to the file and \
                 its folder"
            )),
            (_, CANNOT_OPEN) => StoreError::Unusable(format!(
                "the database cannot be opened while {doing}: give this user the right to write to its folder, where \
                 SQLite keeps two files beside it"
            )),
            (_, BUSY) => StoreError::Unusable(format!(
                "another process has held the database for too long while {doing}: wait until it is done and try again"
            )),
            _ => StoreError::Database { doing, error },
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::Mode;
    use crate::ledger::{Incoming, Taken};
    use crate::sqlite::Sqlite;
    use crate::sqlite::connection::Durability;
    use crate::{Store, StoreError};
    use calendar::Instant;
    use vocabulary::Checker;

    fn batch(number: usize) -> Vec<Incoming> {
        let received = Instant::from_micros(4_102_358_400_000_000);
        let event = |event: usize| {
            let text = format!(
                r#"{{"specversion":"1.0","id":"{number}-{event}","source":"a","type":"case_note.recorded",
                "subject":"child/00000000-0000-4000-8000-000000000001","time":"2021-01-04T10:00:00Z","data":{{}}}}"#
            );
            let checked = Checker::new().check_received(text.as_bytes(), received);
            Incoming { bytes: text.into(), received, line: None, checked }
        };
        (0..20).map(event).collect()
    }

    #[tokio::test]
    async fn a_full_disk_is_said_and_loses_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let sqlite = Sqlite::open(&folder.path().join("sightline.sqlite"), Mode::Write).await.unwrap();
        // A file that may not grow is as good as a full disk. The limit is lowered to the size that it has.
        let mut transaction = sqlite.connections.begin(Durability::Full).await.unwrap();
        sqlx::raw_sql("PRAGMA max_page_count = 1").execute(&mut *transaction).await.unwrap();
        transaction.commit("limiting the file").await.unwrap();
        let now = Instant::from_micros(4_102_358_400_000_000);
        let mut taken = 0;
        let mut said = None;
        for number in 0..100 {
            match sqlite.take(batch(number), now).await {
                Ok(_) => taken += 20,
                Err(error) => {
                    said = Some((number, error));
                    break;
                }
            }
        }
        let Some((number, StoreError::Unusable(why))) = said else { panic!("{said:?}") };
        assert!(why.contains("the disk is full"), "{why}");
        assert_eq!(sqlite.head().await.unwrap().size, taken, "what was taken is there, and nothing else");
        let again = sqlite.take(batch(number), now).await.unwrap();
        assert_eq!(again.first(), Some(&Taken::Appended(taken + 1)), "with room again it goes on");
        assert_eq!(sqlite.check(1, taken + 20).await.unwrap(), [""; 0]);
    }
}
