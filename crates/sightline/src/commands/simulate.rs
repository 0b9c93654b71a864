//! `sightline simulate`.

use crate::Outcome;
use crate::arguments::Simulate;
use crate::progress::Progress;
use county::{County, Plan};
use std::io::{self, Write};

/// How many bytes are written at a time.
const PIECE: usize = 1 << 20;

/// Writes the events of a synthetic county, child by child.
pub fn simulate(arguments: &Simulate) -> anyhow::Result<Outcome> {
    let plan =
        Plan { children: arguments.children, years: arguments.years, seed: arguments.seed, until: arguments.until };
    let mut county = County::new(plan)?;
    let progress = Progress::count("simulating children", county.expected_children());
    let mut out = io::stdout().lock();
    let mut lines = Vec::new();
    while county.next_child(&mut lines).is_some() {
        progress.add(1);
        if lines.len() >= PIECE {
            out.write_all(&lines)?;
            lines.clear();
        }
    }
    out.write_all(&lines)?;
    out.flush()?;
    progress.finish();
    Ok(Outcome::Done)
}
