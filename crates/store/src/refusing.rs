//! What was refused: how every database calls it, numbers it, and keeps what people did about it.

use crate::columns::{signed, unsigned};
use crate::ledger::{Incoming, Taken};
use crate::placing::Placed;
use crate::quarantine::{Action, Quarantined, Step};
use crate::store::{StoreError, StoreResult};
use bytes::Bytes;
use calendar::Instant;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use vocabulary::{Reason, Refusal};

/// What the same bytes are known by: their SHA-256 and their line, 0 where there was no file.
pub(crate) type Same = (Vec<u8>, i64);

/// Something refused that is not in the quarantine yet, with the number that it gets there.
pub(crate) struct NewlyRefused<'b> {
    pub(crate) number: i64,
    pub(crate) same: Same,
    pub(crate) incoming: &'b Incoming,
    pub(crate) refusal: &'b Refusal,
}

/// What was refused of a batch.
pub(crate) struct Refused<'b> {
    refused: Vec<(Same, &'b Incoming, &'b Refusal)>,
}

impl<'b> NewlyRefused<'b> {
    /// With its number.
    pub(crate) fn with(number: i64, incoming: &'b Incoming, refusal: &'b Refusal) -> NewlyRefused<'b> {
        NewlyRefused { number, same: same(incoming), incoming, refusal }
    }
}

impl<'b> Refused<'b> {
    /// Of what became of a batch.
    pub(crate) fn of(batch: &'b [Incoming], placed: &'b [Placed]) -> Refused<'b> {
        let refused = batch.iter().zip(placed).filter_map(|(incoming, placed)| match placed {
            Placed::Refused(refusal) => Some((same(incoming), incoming, refusal)),
            Placed::Appended(_) | Placed::Repeated(_) => None,
        });
        Refused { refused: refused.collect() }
    }

    /// Whether nothing was refused.
    pub(crate) fn is_empty(&self) -> bool {
        self.refused.is_empty()
    }

    /// What each is known by, in order.
    pub(crate) fn sames(&self) -> impl Iterator<Item = &Same> {
        self.refused.iter().map(|(same, _, _)| same)
    }

    /// The numbers of all, in order, and what is new among them, given what is open already and the last number. The
    /// same bytes at the same line have one number.
    pub(crate) fn number(
        self,
        mut open: HashMap<Same, i64>,
        mut last: i64,
    ) -> StoreResult<(Vec<u64>, Vec<NewlyRefused<'b>>)> {
        let mut new = Vec::new();
        let mut numbers = Vec::with_capacity(self.refused.len());
        for (same, incoming, refusal) in self.refused {
            let number = *open.entry(same.clone()).or_insert_with(|| {
                last += 1;
                new.push(NewlyRefused { number: last, same, incoming, refusal });
                last
            });
            numbers.push(unsigned(number)?);
        }
        Ok((numbers, new))
    }
}

fn same(incoming: &Incoming) -> Same {
    (Sha256::digest(&incoming.bytes).to_vec(), incoming.line.map_or(0, signed))
}

/// Says of everything in a batch what became of it, given the numbers of what was refused.
pub(crate) fn taken(placed: Vec<Placed>, numbers: Vec<u64>) -> StoreResult<Vec<Taken>> {
    let mut numbers = numbers.into_iter();
    let taken = placed.into_iter().map(|placed| match placed {
        Placed::Appended(position) => Ok(Taken::Appended(position)),
        Placed::Repeated(position) => Ok(Taken::Repeated(position)),
        Placed::Refused(refusal) => {
            let number = numbers.next();
            let number = number.ok_or_else(|| StoreError::Damaged("something refused has no number".to_owned()))?;
            Ok(Taken::Quarantined { number, refusal })
        }
    });
    taken.collect()
}

/// What settling came to, given what became of the event.
pub(crate) fn settled(placed: Option<Placed>, corrected: bool) -> StoreResult<Action> {
    match placed {
        Some(Placed::Appended(position) | Placed::Repeated(position)) if corrected => Ok(Action::Corrected(position)),
        Some(Placed::Appended(position) | Placed::Repeated(position)) => Ok(Action::Released(position)),
        Some(Placed::Refused(refusal)) => Ok(Action::RefusedAgain(refusal)),
        None => Err(StoreError::Damaged("nothing became of an event".to_owned())),
    }
}

/// Number, received, line, bytes, reason, field and detail of something refused.
pub(crate) type QuarantinedColumns = (i64, i64, Option<i64>, Vec<u8>, String, Option<String>, String);

/// Number, instant, who, what, position, reason, field and detail of a step.
pub(crate) type StepColumns = (i64, i64, String, String, Option<i64>, Option<String>, Option<String>, Option<String>);

/// What was kept of things refused and of the steps of all of them.
pub(crate) fn quarantined(list: Vec<QuarantinedColumns>, steps: Vec<StepColumns>) -> StoreResult<Vec<Quarantined>> {
    let mut by_number: HashMap<i64, Vec<Step>> = HashMap::new();
    for columns in steps {
        by_number.entry(columns.0).or_default().push(step(columns)?);
    }
    let list = list.into_iter().map(|(number, received, line, bytes, reason, field, detail)| {
        Ok(Quarantined {
            number: unsigned(number)?,
            received: Instant::from_micros(received),
            line: line.map(unsigned).transpose()?,
            bytes: Bytes::from(bytes),
            refusal: refusal(&reason, field, detail)?,
            steps: by_number.remove(&number).unwrap_or_default(),
        })
    });
    list.collect()
}

fn refusal(code: &str, field: Option<String>, detail: String) -> StoreResult<Refusal> {
    let reason = Reason::from_code(code);
    let reason = reason.ok_or_else(|| StoreError::Damaged(format!("something was refused for {code}, no reason")))?;
    Ok(Refusal { reason, field, detail })
}

fn step((_, at, by, what, position, reason, field, detail): StepColumns) -> StoreResult<Step> {
    let detail = detail.unwrap_or_default();
    let what = match (what.as_str(), position, reason) {
        ("corrected", Some(position), _) => Action::Corrected(unsigned(position)?),
        ("released", Some(position), _) => Action::Released(unsigned(position)?),
        ("refused_again", _, Some(reason)) => Action::RefusedAgain(refusal(&reason, field, detail)?),
        ("discarded", _, _) => Action::Discarded(detail),
        _ => return Err(StoreError::Damaged(format!("a step in the quarantine is {what}, without what it needs"))),
    };
    Ok(Step { at: Instant::from_micros(at), by, what })
}

/// What is kept of an action beside its name.
pub(crate) struct ActionColumns<'s> {
    pub(crate) position: Option<i64>,
    pub(crate) reason: Option<&'s str>,
    pub(crate) field: Option<&'s str>,
    pub(crate) detail: Option<&'s str>,
    /// Whether what was refused stays open.
    pub(crate) keeps_open: bool,
}

impl ActionColumns<'_> {
    pub(crate) fn of(action: &Action) -> ActionColumns<'_> {
        let (position, refusal, detail) = match action {
            Action::Corrected(position) | Action::Released(position) => (Some(signed(*position)), None, None),
            Action::RefusedAgain(refusal) => (None, Some(refusal), Some(refusal.detail.as_str())),
            Action::Discarded(reason) => (None, None, Some(reason.as_str())),
        };
        ActionColumns {
            position,
            reason: refusal.map(|refusal| refusal.reason.as_str()),
            field: refusal.and_then(|refusal| refusal.field.as_deref()),
            detail,
            keeps_open: refusal.is_some(),
        }
    }
}
