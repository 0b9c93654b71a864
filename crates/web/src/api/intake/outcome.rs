//! What became of something that was sent.

use serde::Serialize;
use store::ledger::Taken;
use utoipa::ToSchema;
use vocabulary::Refusal;

/// What became of something that was sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Outcome {
    /// It is in the ledger now.
    Appended {
        /// Its position.
        position: u64,
    },
    /// The same event was in the ledger already.
    Repeated {
        /// Its position.
        position: u64,
    },
    /// It was refused, and is kept whole in the quarantine.
    Quarantined {
        /// Its number there.
        number: u64,
        /// Why: `malformed`, `unknown_type`, `missing_field`, `bad_field`, `future`, `before_1900` or `conflicting_id`.
        reason: &'static str,
        /// The field at fault as a JSON pointer; null where the text as a whole is.
        field: Option<String>,
        /// What was expected and what was found.
        detail: String,
    },
    /// A line of a stream that was refused and is kept nowhere, as it is longer than can be held.
    NotKept {
        /// Why: `malformed`.
        reason: &'static str,
        /// Null.
        field: Option<String>,
        /// What was expected and what was found.
        detail: String,
    },
    /// The stream ended here: this line and those after it were not taken. Send them again.
    NotTaken {
        /// Why, and what to do.
        detail: String,
    },
}

impl Outcome {
    /// Of what the ledger said.
    pub fn of(taken: Taken) -> Outcome {
        match taken {
            Taken::Appended(position) => Outcome::Appended { position },
            Taken::Repeated(position) => Outcome::Repeated { position },
            Taken::Quarantined { number, refusal } => Outcome::Quarantined {
                number,
                reason: refusal.reason.as_str(),
                field: refusal.field,
                detail: refusal.detail,
            },
        }
    }

    /// Of a line that was too long to be held.
    pub fn not_kept(refusal: Refusal) -> Outcome {
        let detail = format!("{}; the line is too long to be kept in the quarantine", refusal.detail);
        Outcome::NotKept { reason: refusal.reason.as_str(), field: refusal.field, detail }
    }

    /// Its name.
    pub fn status(&self) -> &'static str {
        match self {
            Outcome::Appended { .. } => "appended",
            Outcome::Repeated { .. } => "repeated",
            Outcome::Quarantined { .. } => "quarantined",
            Outcome::NotKept { .. } => "not_kept",
            Outcome::NotTaken { .. } => "not_taken",
        }
    }

    /// Why it was refused; empty where it was not.
    pub fn reason(&self) -> &'static str {
        match self {
            Outcome::Quarantined { reason, .. } | Outcome::NotKept { reason, .. } => reason,
            Outcome::Appended { .. } | Outcome::Repeated { .. } | Outcome::NotTaken { .. } => "",
        }
    }
}
