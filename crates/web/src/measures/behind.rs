//! The children behind a figure.

use crate::address::{self, short_name};
use crate::app::App;
use crate::error::PageError;
use crate::words;
use engine::{By, UNALLOCATED};
use rulebook::{Measure, What};
use services::Current;
use std::collections::HashMap;
use store::StoreError;
use store::behind::{Adds, Behind, read};
use store::ledger::SubjectNumber;
use store::query::Holder;
use vocabulary::Subject;

/// How many rows one page shows.
pub const ROWS_ON_A_PAGE: usize = 50;

/// Which of those behind a figure are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    /// All: the denominator.
    #[default]
    All,
    /// Those in the numerator.
    In,
    /// Those not in the numerator.
    Out,
    /// Those of whom nothing is recorded that could tell.
    Missing,
}

impl Part {
    /// The parts with their names in addresses.
    pub const NAMED: [(Part, &'static str); 4] =
        [(Part::All, "all"), (Part::In, "in"), (Part::Out, "out"), (Part::Missing, "missing")];

    /// The part of a name.
    pub fn named(name: &str) -> Option<Part> {
        Part::NAMED.iter().find(|(_, known)| *known == name).map(|(part, _)| *part)
    }

    fn has(self, adds: &Adds) -> bool {
        let (met, missing) = match adds {
            Adds::Share { met, missing } => (*met, *missing),
            Adds::One | Adds::Band(_) | Adds::Value(_) | Adds::Amount(_) | Adds::Held(_) => (false, false),
        };
        match self {
            Part::All => true,
            Part::In => met,
            Part::Out => !met,
            Part::Missing => missing,
        }
    }
}

/// A part, how many there are, and its list.
#[derive(Clone, Debug)]
pub struct PartLink {
    /// What it is called, with the count.
    pub text: String,
    /// Its list.
    pub href: String,
    /// Whether it is shown.
    pub here: bool,
}

/// One clock, event or subject behind a figure.
#[derive(Clone, Debug)]
pub struct BehindRow {
    /// A short name of the subject.
    pub name: String,
    /// Its page; none: it has none.
    pub href: Option<String>,
    /// Whose it counts for.
    pub holder: String,
    /// What it adds.
    pub adds: String,
}

/// Everyone behind a figure.
pub struct Everyone {
    entries: Vec<Behind>,
    holders: Vec<Holder>,
}

impl Everyone {
    /// Reads everyone behind a measure in a period, of one group or of all. None: its figures are not computed yet.
    ///
    /// # Errors
    ///
    /// Where the store fails, or what it holds cannot be read.
    pub async fn read(
        app: &App,
        current: &Current,
        period: &str,
        measure: &Measure,
        group: Option<(By, &str)>,
    ) -> Result<Option<Everyone>, PageError> {
        let kept = app.services.store().behind(&current.rules.digest, period, &measure.id).await?;
        let Some((bytes, holders)) = kept else { return Ok(None) };
        let damaged = || StoreError::Damaged(format!("who is behind {} in {period} cannot be read", measure.id));
        let mut entries = read(&bytes).ok_or_else(damaged)?;
        if let Some((by, group)) = group {
            entries.retain(|entry| {
                usize::try_from(entry.holder)
                    .ok()
                    .and_then(|place| holders.get(place))
                    .is_some_and(|holder| group_of(by, holder) == group)
            });
        }
        Ok(Some(Everyone { entries, holders }))
    }

    /// How many of a part there are.
    pub fn count(&self, part: Part) -> usize {
        self.entries.iter().filter(|entry| part.has(&entry.adds)).count()
    }

    /// One page of a part, from a place on.
    ///
    /// # Errors
    ///
    /// Where the store fails.
    pub async fn page(
        &self,
        app: &App,
        measure: &Measure,
        part: Part,
        from: usize,
        back: &str,
    ) -> Result<Vec<BehindRow>, PageError> {
        let chosen: Vec<&Behind> =
            self.entries.iter().filter(|entry| part.has(&entry.adds)).skip(from).take(ROWS_ON_A_PAGE).collect();
        let numbers: Vec<SubjectNumber> = chosen.iter().map(|entry| entry.subject).collect();
        let subjects: HashMap<SubjectNumber, Subject> =
            app.services.store().subjects(&numbers).await?.into_iter().collect();
        let row = |entry: &&Behind| {
            let subject = subjects.get(&entry.subject)?;
            let holder = usize::try_from(entry.holder).ok().and_then(|place| self.holders.get(place));
            Some(BehindRow {
                name: short_name(subject),
                href: address::subject(subject, Some(back)),
                holder: holder.map(in_words).unwrap_or_default(),
                adds: adds(&entry.adds, measure),
            })
        };
        Ok(chosen.iter().filter_map(row).collect())
    }
}

/// The group that a holder counts for, as figures are grouped.
fn group_of(by: By, holder: &Holder) -> &str {
    match by {
        By::County => engine::COUNTY,
        By::Locality => &holder.locality,
        By::Team => holder.team.as_deref().unwrap_or(UNALLOCATED),
        By::Worker => holder.worker.as_deref().unwrap_or(UNALLOCATED),
    }
}

fn in_words(holder: &Holder) -> String {
    let parts = [Some(holder.locality.as_str()), holder.team.as_deref(), holder.worker.as_deref()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What an entry adds, in words.
fn adds(adds: &Adds, measure: &Measure) -> String {
    match adds {
        Adds::Share { missing: true, .. } => "Not in the numerator: nothing is recorded that could tell".to_owned(),
        Adds::Share { met: true, .. } => "In the numerator".to_owned(),
        Adds::Share { met: false, .. } => "Not in the numerator".to_owned(),
        Adds::One => "Counted".to_owned(),
        Adds::Band(position) => band(measure, *position),
        Adds::Value(value) => words::event_type(value),
        Adds::Amount(amount) => amount.clone(),
        Adds::Held(worker) => format!("Held by {worker}"),
    }
}

/// A band of working days or of children by its position.
fn band(measure: &Measure, position: u32) -> String {
    let bands: &[u32] = match &measure.what {
        What::ClockBands { bands, .. } | What::CaseloadBands { bands, .. } => bands,
        What::Timeliness { .. }
        | What::ClockCount { .. }
        | What::EventCount { .. }
        | What::EventValues { .. }
        | What::EventShare(_)
        | What::LookBack(_)
        | What::StateCount(_)
        | What::StateShare(_)
        | What::StateLookBack(_)
        | What::Duration { .. }
        | What::Conversion(_)
        | What::Mean { .. }
        | What::Caseload { .. }
        | What::Unallocated { .. }
        | What::External => &[],
    };
    match engine::band(bands, usize::try_from(position).unwrap_or(usize::MAX)) {
        (first, Some(last)) => format!("{first} to {last}"),
        (first, None) => format!("{first} or more"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts() {
        let share = |met, missing| Adds::Share { met, missing };
        let counted = |part: Part| {
            [share(true, false), share(false, false), share(false, true)].iter().filter(|adds| part.has(adds)).count()
        };
        assert_eq!([Part::All, Part::In, Part::Out, Part::Missing].map(counted), [3, 1, 2, 1]);
        assert!(Part::All.has(&Adds::One) && !Part::In.has(&Adds::One));
    }

    #[test]
    fn bands() {
        let rulebook = rulebook::default_rulebook();
        let measure = rulebook.measure("assessment_duration").expect("a measure");
        let names: Vec<String> = (0..7).map(|position| band(measure, position)).collect();
        assert_eq!(names, ["0 to 10", "11 to 20", "21 to 30", "31 to 45", "46 to 59", "60 to 89", "90 or more"]);
    }
}
