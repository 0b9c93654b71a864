//! `sightline serve`.

use super::kept_rules;
use crate::arguments::Serve;
use crate::{Outcome, ledger, serving};
use services::{Clock, Services};

/// What pages call the authority where nobody says its name.
const NO_NAME: &str = "Children's services";

/// Serves the ledger in a data folder.
pub fn serve(arguments: &Serve) -> anyhow::Result<Outcome> {
    serving::start_logging();
    ledger::run(async {
        let rules = kept_rules(&arguments.rules)?;
        let listener = serving::listen(&arguments.listening).await?;
        let store = ledger::open_folder(&arguments.data).await?;
        serving::must_be_writable(&*store, &arguments.data).await?;
        let (services, running) = Services::start(store, Clock::machine(), rules).await?;
        let authority = arguments.authority.clone().unwrap_or_else(|| NO_NAME.to_owned());
        serving::serve(&arguments.listening, listener, services, running, authority, &arguments.data).await?;
        Ok(Outcome::Done)
    })
}
