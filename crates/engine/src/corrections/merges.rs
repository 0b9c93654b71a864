//! Which subject survives when histories are made one.

use crate::accepted::Accepted;
use hashbrown::HashMap;
use vocabulary::{Data, Event};

/// For every subject that was merged: the one that survives it. Merges apply in the order of (recorded, source, id),
/// each to the present survivors of both sides, so chains and circles of merges end where the last one says.
pub(super) fn survivors(accepted: &Accepted, stands: &dyn Fn(u32, &Event) -> bool) -> HashMap<u32, u32> {
    let mut merges: Vec<(&Event, &Data)> = (0u32..)
        .zip(accepted.events())
        .filter(|(number, event)| matches!(event.data, Data::ChildMerged(_)) && stands(*number, event))
        .map(|(_, event)| (event, &event.data))
        .collect();
    merges.sort_by(|(one, _), (other, _)| {
        (one.recorded, &one.source, &one.id).cmp(&(other.recorded, &other.source, &other.id))
    });
    let mut joined: HashMap<u32, u32> = HashMap::new();
    for (event, data) in merges {
        let Data::ChildMerged(merge) = data else { continue };
        let (Some(from), Some(into)) = (accepted.find_subject(&event.subject), accepted.find_subject(&merge.into))
        else {
            continue;
        };
        let (from, into) = (present(&mut joined, from), present(&mut joined, into));
        if from != into {
            joined.insert(from, into);
        }
    }
    let merged: Vec<u32> = joined.keys().copied().collect();
    merged.into_iter().map(|subject| (subject, present(&mut joined, subject))).collect()
}

/// The survivor of `subject` by the merges so far. Ends, as a survivor is never joined to itself or to one that it
/// has swallowed. Shortens the way for the next who asks, so that long chains stay cheap.
fn present(joined: &mut HashMap<u32, u32>, subject: u32) -> u32 {
    let mut survivor = subject;
    while let Some(next) = joined.get(&survivor) {
        survivor = *next;
    }
    let mut passed = subject;
    while let Some(next) = joined.get_mut(&passed) {
        passed = std::mem::replace(next, survivor);
    }
    survivor
}
