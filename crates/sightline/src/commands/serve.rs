//! `sightline serve`.

use super::kept_rules;
use crate::arguments::Serve;
use crate::{Outcome, ledger, serving};
use services::{Clock, Services};

/// What pages call the authority where nobody says its name.
const NO_NAME: &str = "Children's services";

/// Serves a ledger.
pub fn serve(arguments: &Serve) -> anyhow::Result<Outcome> {
    serving::start_logging();
    ledger::run(async {
        let rules = kept_rules(&arguments.rules)?;
        let listener = serving::listen(&arguments.listening).await?;
        let (store, data) = (ledger::open_place(&arguments.place).await?, ledger::called(&arguments.place));
        serving::must_be_writable(&*store, &data).await?;
        let (services, running) = Services::start(store, Clock::machine(), rules).await?;
        let authority = arguments.authority.clone().unwrap_or_else(|| NO_NAME.to_owned());
        serving::serve(&arguments.listening, listener, services, running, authority, &data).await?;
        Ok(Outcome::Done)
    })
}
