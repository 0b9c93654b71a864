//! Group commit: one task takes whatever has been sent since the last commit and commits it at once.

use crate::ledger::{Incoming, Taken};
use crate::store::{Store, StoreError};
use calendar::Instant;
use std::fmt;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// The most events that one commit takes: enough that the sync of the disk costs little for each, few enough that
/// nobody waits long.
const MOST_EVENTS: usize = 5_000;

/// The most bytes of events that one commit takes before it stops collecting.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// How many submissions may wait. Whoever sends more waits until there is room.
const WAITING: usize = 256;

/// A way to the one task that appends. Cheap to clone.
#[derive(Clone)]
pub struct Writer {
    submissions: mpsc::Sender<Submission>,
}

struct Submission {
    incoming: Vec<Incoming>,
    answer: oneshot::Sender<Result<Vec<Taken>, Arc<StoreError>>>,
}

/// Why something sent was not taken. Nothing of it is in the ledger.
#[derive(Clone, Debug)]
pub enum WriterClosed {
    /// The service is stopping.
    Stopping,
    /// The store refused the commit.
    Store(Arc<StoreError>),
}

impl fmt::Display for WriterClosed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriterClosed::Stopping => formatter.write_str("the service is stopping"),
            WriterClosed::Store(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for WriterClosed {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WriterClosed::Stopping => None,
            WriterClosed::Store(error) => std::error::Error::source(&**error),
        }
    }
}

impl Writer {
    /// Starts the task. `now` says when a commit is; `committed` is called after each that appended something. The
    /// task ends when the last writer is dropped, or at `stop`: then what was sent before is still committed.
    pub fn start(
        store: Arc<dyn Store>,
        now: impl Fn() -> Instant + Send + Sync + 'static,
        committed: impl Fn() + Send + Sync + 'static,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> (Writer, tokio::task::JoinHandle<()>) {
        let (submissions, mut waiting) = mpsc::channel::<Submission>(WAITING);
        let task = tokio::spawn(async move {
            let mut stop = std::pin::pin!(stop);
            loop {
                let next = tokio::select! {
                    next = waiting.recv() => next,
                    // A closed channel still gives what waits in it, and then nothing.
                    () = &mut stop, if !waiting.is_closed() => {
                        waiting.close();
                        continue;
                    }
                };
                let Some(first) = next else { return };
                let group = collect(first, &mut waiting);
                commit(&*store, group, now(), &committed).await;
            }
        });
        (Writer { submissions }, task)
    }

    /// Sends events in, and waits until they are committed; says of each what became of it, in order.
    ///
    /// # Errors
    ///
    /// Where the commit failed: then nothing of these events is in the ledger, and they can be sent again.
    pub async fn take(&self, incoming: Vec<Incoming>) -> Result<Vec<Taken>, WriterClosed> {
        let (answer, taken) = oneshot::channel();
        let submission = Submission { incoming, answer };
        self.submissions.send(submission).await.map_err(|_| WriterClosed::Stopping)?;
        taken.await.map_err(|_| WriterClosed::Stopping)?.map_err(WriterClosed::Store)
    }
}

fn collect(first: Submission, waiting: &mut mpsc::Receiver<Submission>) -> Vec<Submission> {
    let size = |submission: &Submission| submission.incoming.iter().map(|one| one.bytes.len()).sum::<usize>();
    let (mut events, mut bytes) = (first.incoming.len(), size(&first));
    let mut group = vec![first];
    while events < MOST_EVENTS && bytes < MOST_BYTES {
        let Ok(next) = waiting.try_recv() else { break };
        events += next.incoming.len();
        bytes += size(&next);
        group.push(next);
    }
    group
}

async fn commit(store: &dyn Store, group: Vec<Submission>, now: Instant, committed: &(impl Fn() + Sync)) {
    let mut batch = Vec::new();
    let mut answers = Vec::with_capacity(group.len());
    for submission in group {
        answers.push((submission.incoming.len(), submission.answer));
        batch.extend(submission.incoming);
    }
    match store.take(batch, now).await {
        Ok(taken) => {
            if taken.iter().any(|taken| !matches!(taken, Taken::Repeated(_))) {
                committed();
            }
            let mut taken = taken.into_iter();
            for (count, answer) in answers {
                // Whoever asked may be gone; what they sent is committed all the same.
                let _ = answer.send(Ok(taken.by_ref().take(count).collect()));
            }
        }
        Err(error) => {
            let error = Arc::new(error);
            for (_, answer) in answers {
                let _ = answer.send(Err(Arc::clone(&error)));
            }
        }
    }
}
