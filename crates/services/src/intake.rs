//! Checking what was sent, before it goes to the ledger.

use bytes::Bytes;
use calendar::Instant;
use rayon::prelude::*;
use store::ledger::Incoming;
use vocabulary::Checker;

/// From so many events on, checking is shared out to all threads.
const MANY: usize = 64;

/// Checks events that were received now. A `receivedtime` in them is kept, and not believed: the ledger says when it
/// took an event, and only a file that an export wrote may say it for another.
pub fn check_received(events: Vec<Bytes>, received: Instant) -> Vec<Incoming> {
    let check = |checker: &mut Checker, bytes: Bytes| {
        let checked = checker.check_received(&bytes, received);
        Incoming { bytes, received, line: None, checked }
    };
    if events.len() < MANY {
        let mut checker = Checker::new();
        return events.into_iter().map(|bytes| check(&mut checker, bytes)).collect();
    }
    events.into_par_iter().with_min_len(MANY).map_init(Checker::new, check).collect()
}

/// Checks lines of a file, each with its number counted from 1. `received` counts for those that do not say when they
/// were received. Blank lines are left out.
pub fn check_file_lines(lines: Vec<(u64, Bytes)>, received: Instant) -> Vec<Incoming> {
    let check = |checker: &mut Checker, (line, bytes): (u64, Bytes)| {
        let checked = checker.check(&bytes, received);
        let received = checked.as_ref().map_or(received, |event| event.received);
        Incoming { bytes, received, line: Some(line), checked }
    };
    let is_blank = |bytes: &Bytes| bytes.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'));
    let said: Vec<(u64, Bytes)> = lines.into_iter().filter(|(_, bytes)| !is_blank(bytes)).collect();
    said.into_par_iter().with_min_len(MANY).map_init(Checker::new, check).collect()
}
