//! `sightline migrate`.

use super::counted;
use crate::arguments::Migrate;
use crate::{Outcome, ledger};
use anyhow::Context;
use store::postgres::{Migrated, Postgres};

/// Makes the tables of a PostgreSQL database, or brings them up to date.
pub fn migrate(arguments: &Migrate) -> anyhow::Result<Outcome> {
    ledger::run(async {
        let migrated = Postgres::migrate(&arguments.postgres).await;
        let Migrated { applied, total } =
            migrated.with_context(|| format!("{} could not be migrated", ledger::shown(&arguments.postgres)))?;
        match applied {
            0 => println!("the tables are up to date: {}", counted(total, "step")),
            applied => println!("{} of {total} applied; the tables are up to date", counted(applied, "step")),
        }
        Ok(Outcome::Done)
    })
}
