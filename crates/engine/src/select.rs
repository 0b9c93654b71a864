//! Events chosen by more than their own fields: by what is linked to them, and by whether somebody held the case.

use crate::case::Case;
use crate::history::Moment;
use rulebook::{Between, Having, Selector};

impl<'h, 'a, 'r> Case<'h, 'a, 'r> {
    /// The events of a selector, in history order.
    pub(crate) fn selected<'s>(
        &'s self,
        selector: &'r Selector,
    ) -> impl Iterator<Item = &'h Moment<'a>> + use<'s, 'h, 'a, 'r> {
        self.index
            .matches(selector.pattern)
            .iter()
            .copied()
            .filter(move |moment| self.meets_conditions(moment, selector))
    }

    /// Whether a selector chooses the event.
    pub(crate) fn is_selected(&self, moment: &Moment<'a>, selector: &'r Selector) -> bool {
        self.index.is(moment, selector.pattern) && self.meets_conditions(moment, selector)
    }

    fn meets_conditions(&self, moment: &Moment<'a>, selector: &'r Selector) -> bool {
        selector.having.iter().all(|having| self.has(moment, having).is_some())
            && !selector.lacking.iter().any(|lacking| self.has(moment, lacking).is_some())
            && selector.allocated.is_none_or(|wanted| wanted == self.has_worker(moment))
    }

    /// The event that the condition asks for, if it holds: the first one linked, with or without something between.
    pub(crate) fn has(&self, moment: &Moment<'a>, having: &'r Having) -> Option<&'h Moment<'a>> {
        let first = self.index.first_reached(moment, &having.steps, &|_| true)?;
        let holds =
            having.between.as_ref().is_none_or(|between| self.lies_between(moment, first, between) == between.some);
        holds.then_some(first)
    }

    /// Whether any of the events lies from the local date of `from` up to and including the instant of `to`.
    fn lies_between(&self, from: &Moment<'a>, to: &Moment<'a>, between: &Between) -> bool {
        between.events.iter().any(|pattern| {
            let events = self.index.matches(*pattern);
            let first = events.partition_point(|event| event.date < from.date);
            events.get(first).is_some_and(|event| event.occurred() <= to.occurred())
        })
    }

    fn has_worker(&self, moment: &Moment<'a>) -> bool {
        self.allocations.in_force(moment.occurred()).is_some_and(|allocation| allocation.worker().is_some())
    }
}
