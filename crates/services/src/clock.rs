//! The present instant, and waiting for another.

use calendar::Instant;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::sync::watch;

/// How long to wait at most before looking at the clock again: machines sleep, and clocks are set.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// Where the present instant comes from. Cheap to clone; clones tell the same time.
#[derive(Clone)]
pub struct Clock(Arc<Kind>);

enum Kind {
    /// The machine's.
    Machine,
    /// One that began at an instant and runs so many times as fast as the machine's.
    Faster { began: Instant, since: tokio::time::Instant, times: u32 },
    /// One that only [`Hands`] move.
    ByHand(watch::Receiver<Instant>),
}

/// What moves a clock that is moved by hand. It never goes back unless it is told to.
pub struct Hands(watch::Sender<Instant>);

impl Hands {
    /// Sets the clock.
    pub fn set(&self, to: Instant) {
        self.0.send_replace(to);
    }
}

impl Clock {
    /// The machine's clock.
    pub fn machine() -> Clock {
        Clock(Arc::new(Kind::Machine))
    }

    /// A clock that shows `began` now and runs `times` as fast as the machine's; for demonstrations.
    pub fn faster(began: Instant, times: u32) -> Clock {
        Clock(Arc::new(Kind::Faster { began, since: tokio::time::Instant::now(), times }))
    }

    /// A clock that stands at an instant until it is moved; for tests.
    pub fn by_hand(at: Instant) -> (Clock, Hands) {
        let (hands, shown) = watch::channel(at);
        (Clock(Arc::new(Kind::ByHand(shown))), Hands(hands))
    }

    /// The present instant.
    pub fn now(&self) -> Instant {
        match &*self.0 {
            Kind::Machine => machine_now(),
            Kind::Faster { began, since, times } => {
                let gone = i64::try_from(since.elapsed().as_micros()).unwrap_or(i64::MAX);
                Instant::from_micros(began.micros().saturating_add(gone.saturating_mul(i64::from(*times))))
            }
            Kind::ByHand(shown) => *shown.borrow(),
        }
    }

    /// Waits until the clock shows an instant or a later one.
    pub async fn until(&self, instant: Instant) {
        match &*self.0 {
            Kind::Machine => self.wait(instant, 1).await,
            Kind::Faster { times, .. } => self.wait(instant, *times).await,
            Kind::ByHand(shown) => {
                let mut shown = shown.clone();
                // Hands that are gone never move again.
                if shown.wait_for(|now| *now >= instant).await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        }
    }

    async fn wait(&self, instant: Instant, times: u32) {
        loop {
            let left = instant.micros().saturating_sub(self.now().micros());
            let Ok(left) = u64::try_from(left) else { return };
            if left == 0 {
                return;
            }
            tokio::time::sleep(Duration::from_micros(left / u64::from(times.max(1)) + 1).min(LOOK_AGAIN)).await;
        }
    }
}

fn machine_now() -> Instant {
    let micros = match SystemTime::now().duration_since(UNIX_EPOCH) {
        Ok(since) => i64::try_from(since.as_micros()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_micros()).map_or(i64::MIN, i64::saturating_neg),
    };
    Instant::from_micros(micros)
}
