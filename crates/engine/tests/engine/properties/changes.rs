//! Between an instant and the next change nothing opens or closes.

use super::{accept, histories};
use calendar::Instant;
use engine::{Accepted, Record, Row, Status, WorklistFilter};
use proptest::prelude::*;
use rulebook::default_rulebook;
use std::collections::BTreeMap;
use testkit::each_case;
use testkit::nasty::{Corrections, an_instant, history};
use vocabulary::Subject;

/// The rows of each subject, but for what depends on the present instant alone, and when each next changes.
fn standing(accepted: &Accepted, at: Instant) -> BTreeMap<Subject, (Vec<Row>, Option<Instant>)> {
    let filter = WorklistFilter { statuses: Status::ALL.to_vec(), ..WorklistFilter::default() };
    let mut standing = BTreeMap::new();
    each_case(&Record::as_known(accepted, None), at, default_rulebook(), |case| {
        let mut rows = filter.rows(case);
        for row in &mut rows {
            row.overdue = None;
            if matches!(row.status, Status::OnTrack | Status::DueSoon | Status::Overdue) {
                row.status = Status::OnTrack;
            }
        }
        standing.insert(case.subject().clone(), (rows, case.next_change()));
    });
    standing
}

proptest! {
    #![proptest_config(histories(300))]

    #[test]
    fn nothing_opens_or_closes_before_the_next_change(
        nasty in history(Corrections::Some),
        at in an_instant(),
        within in 0..1000i64,
    ) {
        let accepted = accept(&nasty.events());
        for (subject, (rows, next)) in standing(&accepted, at) {
            let end = next.map_or_else(|| at.plus_hours(24 * 365 * 30), |next| next.plus_micros(-1));
            prop_assert!(at <= end, "the next change of {subject} is not after {at}: {next:?}");
            let between = at.plus_micros((end.micros() - at.micros()) / 1000 * within);
            for instant in [between, end] {
                let (later, next_later) = &standing(&accepted, instant)[&subject];
                prop_assert_eq!(&rows, later, "{} from {} to {}", subject, at, instant);
                prop_assert_eq!(next, *next_later);
            }
        }
    }
}
