//! The histories that journeys are about, as tables of events.

use std::fmt::Write;
use std::ops::RangeInclusive;

/// When most journeys begin: a Wednesday, 10:00 in London.
pub const NOW: &str = "2021-01-20T10:00:00Z";

/// Children on a protection plan in one team. A visit is due every 10 working days from the plan's start.
pub fn on_plans(children: RangeInclusive<u32>, locality: &str, team: &str, worker: &str, start: &str) -> String {
    children.fold(String::new(), |mut table, child| {
        let about = format!("| child={child} source=plans-{locality}-{team}");
        writeln!(table, "{start}T09:00 allocation.started {locality} {team} worker={worker} {about} id=a{child}")
            .and_then(|()| writeln!(table, "{start}T10:00 plan.started p1 cp {about} id=p{child}"))
            .expect("memory takes every byte");
        table
    })
}

/// Three localities. In Gloucester the visits of children 1 to 12 were due on Mon 18 January and are overdue, in Stroud
/// those of 13 to 15 are due today, in Cotswolds those of 16 and 17 are due on Fri 22.
pub fn three_localities() -> String {
    [
        on_plans(1..=12, "Gloucester", "G1", "SW1", "2021-01-04"),
        on_plans(13..=15, "Stroud", "S1", "SW2", "2021-01-06"),
        on_plans(16..=17, "Cotswolds", "C1", "SW3", "2021-01-08"),
    ]
    .concat()
}
