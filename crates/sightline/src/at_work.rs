//! The synthetic county at work: its events arrive as they are recorded, and at least every few seconds.

use crate::commands::line;
use bytes::Bytes;
use calendar::Instant;
use county::{County, Made, Plan};
use services::{Services, check_received};
use std::collections::VecDeque;
use std::time::Duration;
use store::StoreResult;

/// The longest that nothing arrives: then the next event is brought forward, so that there is something to see also
/// at night and on Sundays.
const QUIET: Duration = Duration::from_secs(4);

/// How many events are sent at once when many are due, as after some days without the program.
const AT_ONCE: usize = 500;

/// The county at work.
pub struct AtWork {
    services: Services,
    plan: Plan,
    /// Everything that was recorded by then is in the ledger.
    told: Instant,
}

impl AtWork {
    /// Begins where the county's history ends.
    pub fn new(services: Services, plan: Plan, told: Instant) -> AtWork {
        AtWork { services, plan, told }
    }

    /// Sends the county's events until the program ends, or its story.
    pub async fn run(self) {
        self.services.ready().await;
        let (plan, told) = (self.plan, self.told);
        let to_come = tokio::task::spawn_blocking(move || to_come(plan, told)).await.unwrap_or_default();
        match self.not_yet_sent(to_come).await {
            Ok(waiting) => self.work(waiting).await,
            Err(error) => tracing::error!(%error, "the county's events cannot go on"),
        }
    }

    async fn not_yet_sent(&self, to_come: Vec<Made>) -> StoreResult<VecDeque<Made>> {
        let mut waiting = VecDeque::with_capacity(to_come.len());
        for event in to_come {
            if self.services.store().position_of(Made::SOURCE, &event.id).await?.is_none() {
                waiting.push_back(event);
            }
        }
        Ok(waiting)
    }

    async fn work(&self, mut waiting: VecDeque<Made>) {
        loop {
            let now = self.services.now();
            let due = waiting.iter().take(AT_ONCE).take_while(|event| event.recorded <= now).count();
            if due > 0 {
                self.send(waiting.drain(..due).map(|event| line(&event)).collect()).await;
                continue;
            }
            let Some(next) = waiting.front() else {
                tracing::info!("the county's story has come to its end; begin a new one in another data folder");
                return;
            };
            let recorded = next.recorded;
            tokio::select! {
                () = self.services.clock().until(recorded) => {}
                () = tokio::time::sleep(QUIET) => {
                    if let Some(next) = waiting.pop_front() {
                        self.send(vec![line(&brought_forward(next, self.services.now()))]).await;
                    }
                }
            }
        }
    }

    /// Sends events until they are taken: what sends events keeps them until then.
    async fn send(&self, events: Vec<Bytes>) {
        loop {
            let incoming = check_received(events.clone(), self.services.now());
            let Err(error) = self.services.take(incoming).await else { return };
            tracing::error!(%error, "events of the county were not taken; trying again");
            tokio::time::sleep(QUIET).await;
        }
    }
}

/// The event as if it were recorded now, as long after it happened as in the story.
fn brought_forward(event: Made, now: Instant) -> Made {
    let ahead = event.recorded.micros().saturating_sub(now.micros()).max(0);
    let occurred = Instant::from_micros(event.occurred.micros().saturating_sub(ahead));
    Made { occurred, recorded: now, ..event }
}

/// All events that are recorded after an instant, in the order in which they are; each once.
fn to_come(plan: Plan, told: Instant) -> Vec<Made> {
    let (mut to_come, mut some): (Vec<Made>, Vec<Made>) = (Vec::new(), Vec::new());
    let Ok(mut county) = County::new(plan) else { return to_come };
    while county.next_made(&mut some).is_some() {
        some.retain(|event| event.recorded > told);
        some.sort_by(|one, other| one.id.cmp(&other.id));
        // An event that the story delivers twice would be another one when it is brought forward.
        some.dedup_by(|later, first| later.id == first.id);
        to_come.append(&mut some);
    }
    to_come.sort_by_key(|event| (event.recorded, event.occurred));
    to_come
}
