//! What has ended stays as it is: without corrections nothing that happens later changes it.

use super::{accept, all_rows, histories};
use engine::Row;
use proptest::prelude::*;
use rulebook::default_rulebook;
use std::collections::BTreeMap;
use testkit::nasty::{Corrections, an_instant, history};

/// Clocks whose starts and ends are found by links and kinds that another event may still give them: an enquiry may
/// come to name a discussion of which it was the end all along.
const LINKED: [&str; 6] = [
    "care_assessment",
    "cin_plan_in_place",
    "early_help_assessment",
    "icpc",
    "single_assessment",
    "single_assessment_from_referral",
];

/// How often each ended row is there; without whose it was, as the first allocation is also that of the time before.
fn ended(rows: Vec<Row>) -> BTreeMap<String, usize> {
    let mut ended = BTreeMap::new();
    for row in rows.into_iter().filter(|row| row.stopped_at.is_some()) {
        let rule = &default_rulebook().clocks[row.kind].id;
        if !LINKED.contains(&rule.as_str()) && !rule.starts_with("assessment_checkpoint") {
            let Row { subject, episode, status, started_at, due_at, stopped_at, place, .. } = row;
            let key = format!("{rule} {:?}", (subject, episode, status, started_at, due_at, stopped_at, place));
            *ended.entry(key).or_default() += 1;
        }
    }
    ended
}

proptest! {
    #![proptest_config(histories(300))]

    #[test]
    fn a_row_that_has_ended_stays(
        nasty in history(Corrections::None),
        one in an_instant(),
        other in an_instant(),
    ) {
        let accepted = accept(&nasty.events());
        let (before, after) = (one.min(other), one.max(other));
        let later = ended(all_rows(&accepted, None, after));
        for (row, times) in ended(all_rows(&accepted, None, before)) {
            prop_assert!(later.get(&row).is_some_and(|found| *found >= times), "at {before}, and not at {after}: {row}");
        }
    }
}
