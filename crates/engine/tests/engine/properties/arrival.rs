//! The result never depends on the order in which events came, nor on how often; corrections undo each other.

use super::{a_grouping, a_period, accept, all_figures, all_findings, all_rows, histories};
use engine::{Frame, Record, Tally, contribute, figures};
use proptest::prelude::*;
use rulebook::default_rulebook;
use testkit::nasty::{Corrections, MOST_EVENTS, an_instant, history};
use testkit::{each_case, events, tally, workforce};
use vocabulary::Event;

/// The places of a history's events, each twice, in any order.
fn an_order() -> impl Strategy<Value = Vec<usize>> {
    let twice: Vec<usize> = (0..MOST_EVENTS).chain(0..MOST_EVENTS).collect();
    Just(twice).prop_shuffle()
}

proptest! {
    #![proptest_config(histories(200))]

    #[test]
    fn neither_order_nor_repetition_nor_loading_in_parts_matter(
        nasty in history(Corrections::Some),
        order in an_order(),
        at in an_instant(),
        known in proptest::option::of(an_instant()),
        period in a_period(),
        by in a_grouping(),
    ) {
        let table = nasty.events();
        let straight = accept(&table);
        let shuffled: Vec<&Event> = order.iter().filter_map(|place| table.get(*place)).collect();
        let mut in_parts = accept(shuffled.iter().copied().take(table.len() / 2));
        // A question between two loads leaves no trace.
        all_rows(&in_parts, known, at);
        for event in shuffled {
            in_parts.offer(event.clone());
        }
        prop_assert_eq!(all_rows(&straight, known, at), all_rows(&in_parts, known, at));
        prop_assert_eq!(all_findings(&straight, known, at), all_findings(&in_parts, known, at));
        let figures = all_figures(&straight, known, &period, at, by);
        prop_assert_eq!(figures, all_figures(&in_parts, known, &period, at, by));
    }

    /// Whatever the event is, a retraction among them.
    #[test]
    fn retracting_an_event_and_then_the_retraction_changes_nothing(
        nasty in history(Corrections::Some),
        which in any::<prop::sample::Index>(),
        at in an_instant(),
        period in a_period(),
        by in a_grouping(),
    ) {
        let table = nasty.events();
        let event = &table[which.index(table.len())];
        let (id, source) = (&event.id, &event.source);
        let undone = events(&format!(
            "2021-01-06T10:00 event.retracted {id} | id=retraction source={source} authority=gcc
             2021-01-05T10:00 event.retracted retraction | id=restoration source={source} authority=gcc"
        ));
        let (before, after) = (accept(&table), accept(table.iter().chain(&undone)));
        prop_assert_eq!(all_rows(&before, None, at), all_rows(&after, None, at));
        prop_assert_eq!(all_findings(&before, None, at), all_findings(&after, None, at));
        let figures = all_figures(&before, None, &period, at, by);
        prop_assert_eq!(figures, all_figures(&after, None, &period, at, by));
    }

    #[test]
    fn an_event_known_later_than_asked_is_as_if_it_were_not_there(
        nasty in history(Corrections::Some),
        known in an_instant(),
        at in an_instant(),
        period in a_period(),
    ) {
        let table = nasty.events();
        let last = table.iter().map(|event| event.recorded).max();
        let all = accept(&table);
        prop_assert_eq!(all_rows(&all, None, at), all_rows(&all, last, at));
        let then = accept(table.iter().filter(|event| event.recorded <= known));
        prop_assert_eq!(all_rows(&all, Some(known), at), all_rows(&then, None, at));
        prop_assert_eq!(all_findings(&all, Some(known), at), all_findings(&then, None, at));
        let figures = all_figures(&all, Some(known), &period, at, engine::By::Team);
        prop_assert_eq!(figures, all_figures(&then, None, &period, at, engine::By::Team));
    }

    /// As at an instant, what happens later is not there; only corrections and dates of birth are.
    #[test]
    fn an_event_later_than_at_is_as_if_it_were_not_there(
        nasty in history(Corrections::None),
        at in an_instant(),
        period in a_period(),
        by in a_grouping(),
    ) {
        let table = nasty.events();
        let all = accept(&table);
        let is_birth = |event: &Event| event.event_type().name().starts_with("child.");
        let then = accept(table.iter().filter(|event| event.occurred <= at || is_birth(event)));
        prop_assert_eq!(all_rows(&all, None, at), all_rows(&then, None, at));
        prop_assert_eq!(all_findings(&all, None, at), all_findings(&then, None, at));
        prop_assert_eq!(all_figures(&all, None, &period, at, by), all_figures(&then, None, &period, at, by));
    }

    /// The subjects may be counted in any two parts, and the parts added.
    #[test]
    fn tallies_of_parts_add_up(
        nasty in history(Corrections::Some),
        at in an_instant(),
        period in a_period(),
        by in a_grouping(),
        sides in any::<[bool; 8]>(),
    ) {
        let table = nasty.events();
        let accepted = accept(&table);
        let record = Record::as_known(&accepted, None);
        let rulebook = default_rulebook();
        let frame = Frame::of(rulebook, period, at);
        let every: Vec<usize> = (0..rulebook.measures.len()).collect();
        let staff = workforce(&record, at, rulebook);
        let (mut left, mut right) = (Tally::new(by), Tally::new(by));
        let mut sides = sides.into_iter().cycle();
        each_case(&record, at, rulebook, |case| {
            let side = if sides.next() == Some(true) { &mut left } else { &mut right };
            contribute(case, &frame, &staff, &every, side);
        });
        left.add(right);
        left.close(&frame, &staff);
        let whole = tally(&record, &frame, &every, by);
        prop_assert_eq!(figures(&left, &frame, &every), figures(&whole, &frame, &every));
    }
}
