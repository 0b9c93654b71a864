//! Questions about events, asked of the engine as the program asks them.

use crate::answers::{Shown, clock_line, figure_line, instant_text, subject_text, whose_text};
use crate::table::{received, time};
use calendar::london::{end_of_day, start_of_day};
use calendar::{Date, Instant, Period};
use engine::{
    Accepted, By, Case, Frame, History, Offer, Record, Status, Tally, Workforce, WorklistFilter, contribute, explain,
    figures, findings, sort_rows,
};
use rulebook::{Rulebook, default_rulebook};
use vocabulary::Event;

/// Events, and under what they are asked about.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'e> {
    events: &'e [Event],
    at: Option<Instant>,
    known: Option<Instant>,
    rulebook: &'e Rulebook,
}

/// Asks about events: as at the end of time, all of it known, under the default rulebook, unless said otherwise.
pub fn ask(events: &[Event]) -> Asked<'_> {
    Asked { events, at: None, known: None, rulebook: default_rulebook() }
}

/// The instant of a question: a date alone means its last microsecond in London, other times are as in tables.
pub fn instant(text: &str) -> Instant {
    match Date::parse(text) {
        Some(date) => end_of_day(date),
        None => Instant::parse(&time(text)).unwrap_or_else(|error| panic!("{text} is no time: {error}")),
    }
}

/// The events, accepted in the order in which they stand. Two with one (source, id) and other content fail the test.
pub fn accepted(events: &[Event]) -> Accepted {
    let mut accepted = Accepted::new();
    for event in events {
        let offer = accepted.offer(event.clone());
        assert_ne!(offer, Offer::Conflicting, "two events of source {} have the id {}", event.source, event.id);
    }
    accepted
}

/// Calls `visit` with the case of every subject, in the order of subjects.
pub fn each_case(record: &Record<'_>, at: Instant, rulebook: &Rulebook, mut visit: impl FnMut(&Case<'_, '_, '_>)) {
    let mut bundles = record.bundles();
    bundles.sort_by(|one, other| one.subject().cmp(&other.subject()));
    for history in bundles.iter().filter_map(|bundle| History::of(bundle, at)) {
        visit(&Case::of(&history, rulebook));
    }
}

/// What the workers' own cases say.
pub fn workforce(record: &Record<'_>, at: Instant, rulebook: &Rulebook) -> Workforce {
    let mut workforce = Workforce::default();
    each_case(record, at, rulebook, |case| workforce.add(case));
    workforce
}

/// The tally of all subjects for the measures at those positions in the rulebook.
pub fn tally(record: &Record<'_>, frame: &Frame<'_>, measures: &[usize], by: By) -> Tally {
    let workforce = workforce(record, frame.at, frame.rulebook);
    let mut tally = Tally::new(by);
    each_case(record, frame.at, frame.rulebook, |case| contribute(case, frame, &workforce, measures, &mut tally));
    tally.close(frame, &workforce);
    tally
}

impl<'e> Asked<'e> {
    /// As at that time.
    #[must_use]
    pub fn at(self, text: &str) -> Asked<'e> {
        self.at_instant(instant(text))
    }

    /// As at that instant.
    #[must_use]
    pub fn at_instant(self, at: Instant) -> Asked<'e> {
        Asked { at: Some(at), ..self }
    }

    /// As known at that time.
    #[must_use]
    pub fn known(self, text: &str) -> Asked<'e> {
        self.known_at(Some(instant(text)))
    }

    /// As known at that instant; none: everything on record.
    #[must_use]
    pub fn known_at(self, known: Option<Instant>) -> Asked<'e> {
        Asked { known, ..self }
    }

    /// Under another rulebook.
    #[must_use]
    pub fn under(self, rulebook: &'e Rulebook) -> Asked<'e> {
        Asked { rulebook, ..self }
    }

    /// The clocks of one kind, of every status, as lines in the order of the worklist.
    pub fn clock(self, id: &str) -> Vec<String> {
        self.clocks(&WorklistFilter { kinds: vec![clock_position(self.rulebook, id)], ..all_clocks() })
    }

    /// The clocks that a filter lets through, as lines in the order of the worklist.
    pub fn clocks(self, filter: &WorklistFilter) -> Vec<String> {
        let accepted = accepted(self.events);
        let record = Record::as_known(&accepted, self.known);
        let mut rows = Vec::new();
        each_case(&record, self.at_or_last(), self.rulebook, |case| rows.extend(filter.rows(case)));
        sort_rows(&mut rows);
        for row in &rows {
            let start_after = row.due_date.map(|date| start_of_day(date.plus_days(1)));
            assert!(start_after.is_none_or(|start| start == row.due_at), "`due_at` begins the day after {row:?}");
            assert_eq!(row.overdue.is_some(), row.status == Status::Overdue, "{row:?}");
        }
        rows.iter().map(|row| clock_line(row, self.rulebook)).collect()
    }

    /// The figures of measures for a period, as lines; without `at` as at its end.
    pub fn measures(self, ids: &[&str], period: &str, by: By) -> Vec<String> {
        let position = |id: &&str| measure_position(self.rulebook, id);
        let measures: Vec<usize> = ids.iter().map(position).collect();
        let period = Period::parse(period).unwrap_or_else(|error| panic!("{error}"));
        let at = self.at.unwrap_or_else(|| period.end());
        let accepted = accepted(self.events);
        let record = Record::as_known(&accepted, self.known);
        let frame = Frame::of(self.rulebook, period, at);
        let tally = tally(&record, &frame, &measures, by);
        let shown = if ids.len() == 1 { Shown::Figure } else { Shown::MeasureAndFigure };
        figures(&tally, &frame, &measures).iter().map(|figure| figure_line(figure, shown)).collect()
    }

    /// The data-quality findings, as lines.
    pub fn findings(self) -> Vec<String> {
        self.lines(|case, lines| {
            lines.extend(findings(case).iter().map(|finding| {
                let event = finding.event.map(|event| format!(" {}", event.id)).unwrap_or_default();
                format!("{}{}{event}", subject_text(case.subject()), finding.kind.as_str())
            }));
        })
    }

    /// When each history next changes by itself.
    pub fn next_change(self) -> Vec<String> {
        self.lines(|case, lines| {
            let next = case.next_change().map_or_else(|| "never".to_owned(), instant_text);
            lines.push(format!("{}{next}", subject_text(case.subject())));
        })
    }

    /// Whose each subject is.
    pub fn whose(self) -> Vec<String> {
        self.lines(|case, lines| {
            lines.push(format!("{}{}", subject_text(case.subject()), whose_text(&case.whose(case.at()))));
        })
    }

    /// Why the clocks of one kind are what they are: the days counted, and what happened, each on a line.
    pub fn explain(self, id: &str) -> Vec<String> {
        let kind = clock_position(self.rulebook, id);
        self.lines(|case, lines| {
            for explanation in explain(case, Some(kind)) {
                lines.push(clock_line(&explanation.row, self.rulebook));
                lines.extend(explanation.day_count.lines().map(str::to_owned));
                lines.extend(
                    explanation.causes.iter().map(|cause| {
                        format!("{} {}: {}", cause.effect.as_str(), instant_text(cause.at), cause.sentence)
                    }),
                );
            }
        })
    }

    fn lines(self, mut add: impl FnMut(&Case<'_, '_, '_>, &mut Vec<String>)) -> Vec<String> {
        let accepted = accepted(self.events);
        let record = Record::as_known(&accepted, self.known);
        let mut lines = Vec::new();
        each_case(&record, self.at_or_last(), self.rulebook, |case| add(case, &mut lines));
        lines
    }

    fn at_or_last(self) -> Instant {
        self.at.unwrap_or_else(received)
    }
}

/// Clocks of every kind and status.
pub(crate) fn all_clocks() -> WorklistFilter {
    WorklistFilter { statuses: Status::ALL.to_vec(), ..WorklistFilter::default() }
}

pub(crate) fn clock_position(rulebook: &Rulebook, id: &str) -> usize {
    let position = rulebook.clocks.iter().position(|rule| rule.id == id);
    position.unwrap_or_else(|| panic!("the rulebook has no clock {id}"))
}

fn measure_position(rulebook: &Rulebook, id: &str) -> usize {
    let position = rulebook.measures.iter().position(|measure| measure.id == id);
    position.unwrap_or_else(|| panic!("the rulebook has no measure {id}"))
}
