//! Measures over the events of a period.

use super::{Giving, Part};
use crate::history::Moment;
use calendar::CountFrom;
use rulebook::{Conversion, Counted, EventShare, LookBack, NamedField, Previous, Selector};
use vocabulary::{FieldKind, Value};

impl<'h, 'a, 'r> Giving<'_, 'h, 'a, 'r> {
    pub(super) fn event_count(&mut self, events: &'r Selector, counted: Counted) {
        match counted {
            Counted::Events => self.each_event(events, |giving, moment| {
                giving.give(giving.case.whose(moment.occurred()), Part::One);
            }),
            Counted::Subjects => {
                let any = self.in_period(events).next().is_some();
                if any {
                    self.give(self.case.whose(self.frame.at), Part::One);
                }
            }
        }
    }

    pub(super) fn event_values(&mut self, events: &'r Selector, field: &'r NamedField) {
        self.each_event(events, |giving, moment| {
            if let Some(text) = value_text(moment, field) {
                giving.give(giving.case.whose(moment.occurred()), Part::Value(text));
            }
        });
    }

    pub(super) fn event_share(&mut self, share: &'r EventShare) {
        self.each_event(&share.events, |giving, moment| {
            let occurred = moment.occurred();
            if share.ages.is_none_or(|ages| giving.case.is_aged(&ages, occurred)) {
                giving.share(giving.case.whose(occurred), giving.satisfies(moment, share));
            }
        });
    }

    fn satisfies(&self, moment: &Moment<'a>, share: &'r EventShare) -> bool {
        let late = |limit| {
            let due = self.frame.rulebook.working_days.due(moment.occurred(), limit, CountFrom::NextDay);
            moment.first_recorded >= due.at
        };
        share.satisfies.as_ref().is_none_or(|selector| self.case.is_selected(moment, selector))
            && share.recorded_late.is_none_or(late)
    }

    pub(super) fn look_back(&mut self, look_back: &'r LookBack) {
        let earlier = self.case.index.matches(look_back.earlier);
        self.each_event(&look_back.events, |giving, moment| {
            if look_back.previous.as_ref().is_some_and(|previous| !giving.follows(moment, previous)) {
                return;
            }
            let before = earlier.partition_point(|event| event.occurred() < moment.occurred());
            let first = look_back.within.map_or(0, |months| {
                let first_date = months.before(moment.date);
                earlier.partition_point(|event| event.date < first_date)
            });
            let enough = before.saturating_sub(first) >= look_back.at_least as usize;
            giving.share(giving.case.whose(moment.occurred()), enough);
        });
    }

    /// Whether the latest earlier event had its end before this one's instant, as the condition says.
    fn follows(&self, moment: &Moment<'a>, previous: &'r Previous) -> bool {
        let events = self.case.index.matches(previous.pattern);
        let before = events.partition_point(|event| event.occurred() < moment.occurred());
        let latest = before.checked_sub(1).and_then(|last| events.get(last));
        latest
            .and_then(|latest| self.case.has(latest, &previous.having))
            .is_some_and(|end| end.occurred() < moment.occurred())
    }

    pub(super) fn conversion(&mut self, conversion: &'r Conversion) {
        match conversion.counted {
            Counted::Events => self.each_event(&conversion.starts, |giving, start| {
                let followed = giving.case.has(start, &conversion.outcome).is_some();
                giving.share(giving.case.whose(start.occurred()), followed);
            }),
            Counted::Subjects => {
                let mut followed =
                    self.in_period(&conversion.starts).map(|start| self.case.has(start, &conversion.outcome).is_some());
                if let Some(first) = followed.next() {
                    let any = first || followed.any(|one| one);
                    drop(followed);
                    self.share(self.case.whose(self.frame.at), any);
                }
            }
        }
    }

    fn each_event(&mut self, events: &'r Selector, mut visit: impl FnMut(&mut Self, &'h Moment<'a>)) {
        let case = self.case;
        let (start, end) = (self.frame.start, self.frame.end);
        let within = |moment: &&Moment<'a>| start <= moment.occurred() && moment.occurred() <= end;
        for moment in case.selected(events).filter(within) {
            visit(self, moment);
        }
    }

    fn in_period(&self, events: &'r Selector) -> impl Iterator<Item = &'h Moment<'a>> {
        self.case.selected(events).filter(|moment| self.frame.contains(moment.occurred()))
    }
}

/// The value of a field as text: of a choice, its name in the vocabulary.
#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "the reader of rulebooks lets choices and texts through, and nothing else"
)]
fn value_text<'h>(moment: &'h Moment<'_>, field: &NamedField) -> Option<&'h str> {
    match field.value(&moment.event.data) {
        Value::Text(text) => Some(text),
        Value::Choice(position) => {
            let event_type = moment.event.data.event_type();
            let slot = field.slot(event_type)?;
            match event_type.fields().get(slot)?.kind {
                FieldKind::Choice(names) => names.get(usize::from(position)).copied(),
                _ => None,
            }
        }
        _ => None,
    }
}
