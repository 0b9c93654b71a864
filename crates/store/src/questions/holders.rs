//! Whoever clocks count for.

use super::{Ask, answer, question};
use crate::columns::{json, unless_empty};
use crate::query::Holder;
use crate::read_model::{Slot, SubjectRows};
use crate::store::{StoreError, StoreResult};
use engine::KeptClock;
use hashbrown::HashMap;
use std::sync::{PoisonError, RwLock};
use vocabulary::Text;

/// What a holder is called by. Numbers are given once and for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ids {
    /// The holder.
    pub(crate) holder: i64,
    /// Its locality.
    pub(crate) locality: i64,
}

/// The numbers that this process has seen committed.
#[derive(Default)]
pub(crate) struct Known(RwLock<HashMap<Holder, Ids>>);

impl Known {
    /// Remembers numbers whose transaction was committed.
    pub(crate) fn remember(&self, numbered: Numbered) {
        // A thread that panicked here left a map that is whole: entries go in one by one.
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        known.extend(numbered.0);
    }

    /// The numbers of all holders of some rows, and the holders that have none yet.
    pub(crate) fn look_up(&self, rows: &[SubjectRows]) -> (Numbered, Vec<Holder>) {
        let wanted = rows.iter().flat_map(|rows| rows.clocks.iter().map(of_clock).chain([of_subject(rows)]));
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let mut found: HashMap<Holder, Option<Ids>> = HashMap::new();
        for holder in wanted {
            let ids = known.get(&holder).copied();
            found.insert(holder, ids);
        }
        let missing = found.iter().filter(|(_, ids)| ids.is_none()).map(|(holder, _)| holder.clone()).collect();
        (Numbered(found.into_iter().filter_map(|(holder, ids)| Some((holder, ids?))).collect()), missing)
    }
}

/// The numbers of all holders of some rows.
pub(crate) struct Numbered(HashMap<Holder, Ids>);

impl Numbered {
    /// Adds holders that have just been given theirs.
    pub(crate) fn extend(&mut self, numbered: impl IntoIterator<Item = (Holder, Ids)>) {
        self.0.extend(numbered);
    }

    /// The numbers of a holder.
    pub(crate) fn of(&self, holder: &Holder) -> StoreResult<Ids> {
        let ids = self.0.get(holder).copied();
        ids.ok_or_else(|| StoreError::Damaged(format!("{holder:?} has no number")))
    }
}

/// For whom a clock counts.
pub(crate) fn of_clock(clock: &KeptClock) -> Holder {
    Holder { locality: clock.locality.clone(), team: clock.team.clone(), worker: clock.worker.clone() }
}

/// Whose a subject is.
pub(crate) fn of_subject(rows: &SubjectRows) -> Holder {
    Holder { locality: rows.locality.clone(), team: rows.team.clone(), worker: rows.worker.clone() }
}

/// From three columns.
pub(crate) fn of_columns(locality: &str, team: String, worker: String) -> Holder {
    Holder { locality: Text::new(locality), team: unless_empty(team), worker: unless_empty(worker) }
}

/// Holders as lists of three texts.
pub(crate) fn as_json(holders: &[Holder]) -> String {
    let texts = |holder: &Holder| {
        [Some(&holder.locality), holder.team.as_ref(), holder.worker.as_ref()]
            .map(|text| text.map_or_else(String::new, Text::to_string))
    };
    json(&holders.iter().map(texts).collect::<Vec<_>>())
}

/// Everyone that clocks are counted for, ordered.
pub(crate) async fn listed(database: &dyn Ask, slot: Slot) -> StoreResult<Vec<Holder>> {
    let mut sql = question(database, slot);
    let packed = sql.packed(&sql.row("locality.locality, holder.team, holder.worker"));
    sql.push(format!(
        "SELECT {packed} FROM holder {{join}} locality ON locality.id = holder.locality
         WHERE EXISTS (SELECT 1 FROM tally_{{x}} AS tally
                       WHERE tally.outcome IN (0, 1, 2, 3) AND tally.holder = holder.id)"
    ));
    let list: Vec<(String, String, String)> = answer(database, sql, "reading localities, teams and workers").await?;
    let mut list: Vec<Holder> =
        list.into_iter().map(|(locality, team, worker)| of_columns(&locality, team, worker)).collect();
    list.sort_unstable();
    Ok(list)
}
