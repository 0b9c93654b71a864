//! A running service: intake, projector, live feed and figures around one store.

use crate::clock::Clock;
use crate::current::Current;
use crate::feed::{Change, Feed};
use crate::figures::{self, FiguresProgress};
use crate::projector::{Work, WorkDone};
use crate::rebuild::rebuild;
use crate::rules::Rules;
use calendar::Instant;
use calendar::london::{local_date, start_of_day};
use std::convert::Infallible;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::ledger::{Incoming, Position, Taken};
use store::query::Holder;
use store::read_model::ReadModel;
use store::{Store, StoreError, StoreResult, Writer, WriterClosed};
use tokio::sync::{Notify, broadcast, watch};
use tokio::task::JoinSet;

/// How often to look whether another process has appended, where nothing in this one says so.
const LOOK_EVERY_MICROS: i64 = 500_000;

/// How often the store does what can wait.
const BETWEEN_TIDYING: std::time::Duration = std::time::Duration::from_secs(3);

/// How long to wait after the store failed before trying again.
const AFTER_A_FAILURE: std::time::Duration = std::time::Duration::from_secs(2);

/// What is said where another version of the program derives the lists.
const UNKNOWN_RULEBOOK: &str = "the lists are derived by another service under a rulebook that this version of the \
                                program does not understand: use the version that derives them";

/// How far the machine's clock may be behind the last commit before it is taken to be wrong: clocks are set by small
/// steps all the time.
const MOST_MICROS_BACK: i64 = 60 * 1_000_000;

/// How many rows one change tells of at most; whoever needs more asks for the list.
const MOST_ROWS_TOLD: u32 = 5_000;

/// A running service. Cheap to clone.
#[derive(Clone)]
pub struct Services(Arc<Inner>);

struct Inner {
    store: Arc<dyn Store>,
    clock: Clock,
    rules: Rules,
    writer: Writer,
    feed: Feed,
    wake: Arc<Notify>,
    state: watch::Receiver<State>,
    holders: Mutex<Option<KeptHolders>>,
    figures: watch::Receiver<FiguresProgress>,
}

/// Everyone that clocks are counted for, and what they were asked of.
type KeptHolders = (Arc<Current>, Arc<[Holder]>);

/// What the projector is doing.
#[derive(Clone, Debug, Default)]
struct State {
    current: Option<Arc<Current>>,
    rebuilding: Option<(u64, u64)>,
    trouble: Option<String>,
    last_commit: Option<Instant>,
}

/// The tasks of a service; they end when [`Running::stop`] is called.
pub struct Running {
    tasks: JoinSet<()>,
    stop: watch::Sender<bool>,
}

/// The machine's clock shows an instant before one at which the ledger took something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockFault {
    /// What the clock shows.
    pub now: Instant,
    /// When the ledger last took something.
    pub last: Instant,
}

impl fmt::Display for ClockFault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the clock of this machine shows {}, but the ledger already took events at {}; set the clock right",
            self.now, self.last
        )
    }
}

/// Why events were not taken. None of them is in the ledger; they can be sent again.
#[derive(Clone, Debug)]
pub enum TakeError {
    /// The machine's clock is wrong, and what it says would stand in the ledger for ever.
    Clock(ClockFault),
    /// The store, or the service's end.
    Writer(WriterClosed),
}

impl fmt::Display for TakeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TakeError::Clock(fault) => fault.fmt(formatter),
            TakeError::Writer(error) => error.fmt(formatter),
        }
    }
}

impl std::error::Error for TakeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            TakeError::Clock(_) => None,
            TakeError::Writer(error) => std::error::Error::source(error),
        }
    }
}

impl Services {
    /// Starts everything around a store. Returns at once; [`Services::current`] says when there is something to show.
    ///
    /// # Errors
    ///
    /// Where the store cannot be read.
    pub async fn start(store: Arc<dyn Store>, clock: Clock, rules: Rules) -> StoreResult<(Services, Running)> {
        let feed = Feed::new();
        let wake = Arc::new(Notify::new());
        let (stop, stopping) = watch::channel(false);
        let last_commit = store.head().await?.at;
        let (state, shown) = watch::channel(State { last_commit, ..State::default() });
        let (told, figures) = watch::channel(FiguresProgress::default());
        let mut tasks = JoinSet::new();

        let (time, notify) = (clock.clone(), Arc::clone(&wake));
        let (now, committed) = (move || time.now(), move || notify.notify_one());
        let (writer, writing) = Writer::start(Arc::clone(&store), now, committed, stopped(stopping.clone()));
        tasks.spawn(async move {
            // Were it to panic, whoever sent something would be told that it was not taken.
            let _ = writing.await;
        });

        let projector = Projector {
            work: Work { store: Arc::clone(&store), rules: rules.clone(), feed: feed.clone() },
            clock: clock.clone(),
            wake: Arc::clone(&wake),
            state,
            stopping: stopping.clone(),
            settled: false,
        };
        tasks.spawn(projector.run());
        tasks.spawn(tidy(Arc::clone(&store), stopping.clone()));
        tasks.spawn(figures::run(Arc::clone(&store), clock.clone(), shown_current(&shown), told, stopping));

        let inner = Inner { store, clock, rules, writer, feed, wake, state: shown, holders: Mutex::default(), figures };
        Ok((Services(Arc::new(inner)), Running { tasks, stop }))
    }

    /// The store.
    pub fn store(&self) -> &Arc<dyn Store> {
        &self.0.store
    }

    /// The clock.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// The present instant.
    pub fn now(&self) -> Instant {
        self.0.clock.now()
    }

    /// The rules that the service was started with. What is shown may be under others: see
    /// [`Services::current`].
    pub fn rules(&self) -> &Rules {
        &self.0.rules
    }

    /// The read model that is read now. None: the first one is still being derived.
    pub fn current(&self) -> Option<Arc<Current>> {
        self.0.state.borrow().current.clone()
    }

    /// Everyone that clocks are counted for, ordered: asked of the store once for each checkpoint, as every page with a
    /// list needs it.
    ///
    /// # Errors
    ///
    /// Where the store fails.
    pub async fn holders(&self, current: &Arc<Current>) -> StoreResult<Arc<[Holder]>> {
        if let Some((of, holders)) = &*self.kept_holders()
            && Arc::ptr_eq(of, current)
        {
            return Ok(Arc::clone(holders));
        }
        let holders: Arc<[Holder]> = self.0.store.holders(current.slot).await?.into();
        *self.kept_holders() = Some((Arc::clone(current), Arc::clone(&holders)));
        Ok(holders)
    }

    /// A thread that panicked here left a whole value.
    fn kept_holders(&self) -> MutexGuard<'_, Option<KeptHolders>> {
        self.0.holders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until there is a read model.
    pub async fn ready(&self) {
        let mut state = self.0.state.clone();
        // The projector that would say so is gone only when the service stops.
        let _ = state.wait_for(|state| state.current.is_some()).await;
    }

    /// Waits until everything up to a position is in the read model.
    pub async fn projected(&self, position: Position) {
        let mut state = self.0.state.clone();
        let reached = |state: &State| state.current.as_ref().is_some_and(|current| current.checkpoint >= position);
        let _ = state.wait_for(reached).await;
    }

    /// How many of how many events a read model that is being derived anew has. None: none is.
    pub fn rebuilding(&self) -> Option<(u64, u64)> {
        self.0.state.borrow().rebuilding
    }

    /// How far the figures are.
    pub fn figures_progress(&self) -> FiguresProgress {
        self.0.figures.borrow().clone()
    }

    /// What keeps the projector from its work, in a sentence.
    pub fn trouble(&self) -> Option<String> {
        self.0.state.borrow().trouble.clone()
    }

    /// Whether the clock shows an instant before the ledger's last commit.
    pub fn clock_fault(&self) -> Option<ClockFault> {
        let (now, last) = (self.now(), self.0.state.borrow().last_commit?);
        (now.micros() < last.micros().saturating_sub(MOST_MICROS_BACK)).then_some(ClockFault { now, last })
    }

    /// Takes events: returns when they are committed, and says of each what became of it, in order.
    ///
    /// # Errors
    ///
    /// Where the clock is wrong, or the store cannot commit.
    pub async fn take(&self, incoming: Vec<Incoming>) -> Result<Vec<Taken>, TakeError> {
        if let Some(fault) = self.clock_fault() {
            return Err(TakeError::Clock(fault));
        }
        self.0.writer.take(incoming).await.map_err(TakeError::Writer)
    }

    /// Says that something was appended other than by [`Services::take`].
    pub fn appended(&self) {
        self.0.wake.notify_one();
    }

    /// Listens to the live feed from now on.
    pub fn listen(&self) -> broadcast::Receiver<Arc<Change>> {
        self.0.feed.listen()
    }
}

impl Running {
    /// Ends all tasks, after what they are doing, and waits for them. What was sent before is still committed.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        while self.tasks.join_next().await.is_some() {}
    }
}

/// Waits until the service is told to stop.
async fn stopped(mut stopping: watch::Receiver<bool>) {
    // Whoever could say so is gone only when the service is.
    let _ = stopping.wait_for(|stop| *stop).await;
}

/// Has the store do now and then what would hold up somebody later.
async fn tidy(store: Arc<dyn Store>, stopping: watch::Receiver<bool>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(BETWEEN_TIDYING) => {}
            () = stopped(stopping.clone()) => return,
        }
        if let Err(error) = store.tidy().await {
            // What it is about will come up again with whoever reads or writes next.
            tracing::warn!(error = %with_causes(&error), "the store could not be tidied");
        }
    }
}

/// What is shown, and will be for some time: not while it is derived anew.
fn shown_current(shown: &watch::Receiver<State>) -> impl Fn() -> Option<Arc<Current>> + Send + 'static {
    let shown = shown.clone();
    move || {
        let shown = shown.borrow();
        shown.current.clone().filter(|_| shown.rebuilding.is_none())
    }
}

/// The projector as a task.
struct Projector {
    work: Work,
    clock: Clock,
    wake: Arc<Notify>,
    state: watch::Sender<State>,
    stopping: watch::Receiver<bool>,
    /// Whether the lists were ever shown under the rulebook of this service. From then on it follows whoever switches to
    /// another: of several on one store that were started with different rulebooks the last one's holds, and they do not
    /// derive against each other for ever.
    settled: bool,
}

impl Projector {
    async fn run(mut self) {
        let mut told = self.clock.now();
        loop {
            let mut stopping = self.stopping.clone();
            let turn = self.turn(&mut told);
            let result = tokio::select! {
                // A turn is left only between commits: each is whole by itself.
                result = turn => result,
                _ = stopping.wait_for(|stop| *stop) => return,
            };
            match result {
                Ok(()) => self.no_trouble(),
                // Another process derives the read model anew, and will have switched to it.
                Err(StoreError::Overtaken) => tokio::time::sleep(AFTER_A_FAILURE).await,
                Err(error) => {
                    self.trouble(&error);
                    tokio::time::sleep(AFTER_A_FAILURE).await;
                }
            }
        }
    }

    /// Brings the read model up to date, tells what time changed, and waits for the next thing to do.
    async fn turn(&mut self, told: &mut Instant) -> StoreResult<()> {
        let mut model = self.model().await?;
        loop {
            let now = self.clock.now();
            match self.work.once(&mut model, now).await? {
                WorkDone::TooMuch => model = self.anew(Some((model, self.work.rules.clone()))).await?,
                WorkDone::Some => self.show(&model),
                WorkDone::Replaced => {
                    self.tell_all(&model);
                    return Ok(());
                }
                WorkDone::UpToDate => {
                    self.show(&model);
                    self.tell_time(&model, told, now).await?;
                    self.wait(&model, now).await?;
                    match self.work.store.read_model().await? {
                        Some(latest) if latest.is_same(&model) => model.checkpoint = latest.checkpoint,
                        // Another process has switched to another read model.
                        Some(_) | None => {
                            self.tell_all(&model);
                            return Ok(());
                        }
                    }
                }
            }
        }
    }

    /// The read model to go on with: the one that is read, if it is under the rulebook of this service, or if another
    /// service has switched to it since.
    async fn model(&mut self) -> StoreResult<ReadModel> {
        let kept = self.work.store.read_model().await?;
        let model = match kept {
            Some(model) if model.rulebook == *self.work.rules.digest => model,
            Some(model) if self.settled => {
                let rules = self.rules_of(&model).await?;
                self.work.rules = rules.ok_or_else(|| StoreError::Unusable(UNKNOWN_RULEBOOK.to_owned()))?;
                tracing::warn!("another service derives the lists under another rulebook, which is followed");
                model
            }
            // The old one is shown, under its own rulebook, until the new one is there. A later version of the program
            // may no longer read an old rulebook: then there is nothing to show until then.
            Some(model) => match self.rules_of(&model).await? {
                Some(rules) => self.anew(Some((model, rules))).await?,
                None => self.anew(None).await?,
            },
            None => self.anew(None).await?,
        };
        self.settled = true;
        Ok(model)
    }

    /// Derives the read model anew, catches up, and switches to it. Meanwhile the old one is shown and kept up to date.
    async fn anew(&self, old: Option<(ReadModel, Rules)>) -> StoreResult<ReadModel> {
        let now = self.clock.now();
        let progress = |done, total| {
            self.state.send_modify(|state| state.rebuilding = Some((done, total)));
        };
        tracing::info!("the read model is derived anew");
        let mut model = tokio::select! {
            model = rebuild(&self.work.store, &self.work.rules, now, progress) => model?,
            // Left at any point: what it commits is whole by itself.
            stopped = self.keep_up(old) => match stopped {
                Ok(never) => match never {},
                Err(error) => return Err(error),
            },
        };
        // What came meanwhile is little against the whole; the rest follows after the switch, as always.
        while self.work.once(&mut model, self.clock.now()).await? == WorkDone::Some {}
        self.work.store.switch_to(model.slot).await?;
        self.state.send_modify(|state| state.rebuilding = None);
        self.show(&model);
        tracing::info!(events = model.checkpoint, "the read model was derived anew");
        self.tell_all(&model);
        Ok(model)
    }

    /// Keeps the old read model up to date, under its own rules, while a new one is derived.
    async fn keep_up(&self, old: Option<(ReadModel, Rules)>) -> StoreResult<Infallible> {
        let Some((mut model, rules)) = old else { return std::future::pending().await };
        let work = Work { rules: rules.clone(), ..self.work.clone() };
        loop {
            self.show_under(&model, rules.clone());
            match work.once(&mut model, self.clock.now()).await? {
                WorkDone::Some => {}
                // So much came that the new one will be there before the old one could have it all.
                WorkDone::TooMuch | WorkDone::Replaced => return std::future::pending().await,
                WorkDone::UpToDate => tokio::select! {
                    () = self.wake.notified() => {}
                    () = self.another_process(&model) => {}
                },
            }
        }
    }

    fn show(&self, model: &ReadModel) {
        self.show_under(model, self.work.rules.clone());
    }

    fn show_under(&self, model: &ReadModel, rules: Rules) {
        let current = Current { slot: model.slot, checkpoint: model.checkpoint, begun: model.begun, rules };
        self.state.send_if_modified(|state| {
            let same = state.current.as_ref().is_some_and(|shown| {
                shown.slot == current.slot
                    && shown.checkpoint == current.checkpoint
                    && shown.rules.digest == current.rules.digest
                    && shown.begun == current.begun
            });
            if !same {
                state.current = Some(Arc::new(current));
            }
            !same
        });
    }

    async fn rules_of(&self, model: &ReadModel) -> StoreResult<Option<Rules>> {
        let text = self.work.store.rulebook_text(&model.rulebook).await?;
        let text = text.ok_or_else(|| StoreError::Damaged(format!("the rulebook {} is not there", model.rulebook)))?;
        Ok(Rules::read(&text).ok())
    }

    /// Tells which clocks turned overdue since it was last told.
    async fn tell_time(&self, model: &ReadModel, told: &mut Instant, now: Instant) -> StoreResult<()> {
        if now <= *told {
            return Ok(());
        }
        if self.work.feed.has_listeners() {
            let rulebook = &self.work.rules.rulebook;
            let overdue = self.work.store.turned_overdue(model.slot, *told, now, MOST_ROWS_TOLD, rulebook).await?;
            let new_day = local_date(*told) != local_date(now);
            if new_day || !overdue.is_empty() {
                self.work.feed.tell(Change {
                    position: model.checkpoint,
                    at: now,
                    removed: Vec::new(),
                    added: Vec::new(),
                    overdue,
                    all: new_day,
                });
            }
        }
        *told = now;
        Ok(())
    }

    fn tell_all(&self, model: &ReadModel) {
        self.work.feed.tell(Change {
            position: model.checkpoint,
            at: self.clock.now(),
            removed: Vec::new(),
            added: Vec::new(),
            overdue: Vec::new(),
            all: true,
        });
    }

    /// Waits for an event, or until clocks change or turn overdue, or a new day begins.
    async fn wait(&self, model: &ReadModel, now: Instant) -> StoreResult<()> {
        let midnight = start_of_day(local_date(now).plus_days(1));
        let change = self.work.next_change(model.slot, now).await?;
        let due = self.work.store.next_due(model.slot, now).await?;
        let next = [Some(midnight), change, due].into_iter().flatten().min().unwrap_or(midnight);
        tokio::select! {
            () = self.wake.notified() => {}
            () = self.clock.until(next) => {}
            () = self.another_process(model) => {}
        }
        let head = self.work.store.head().await?;
        self.state.send_if_modified(|state| {
            let changed = state.last_commit < head.at;
            if changed {
                state.last_commit = head.at;
            }
            changed
        });
        Ok(())
    }

    /// Waits until another process has appended something, or has switched to another read model.
    async fn another_process(&self, model: &ReadModel) {
        let every = std::time::Duration::from_micros(LOOK_EVERY_MICROS.unsigned_abs());
        loop {
            tokio::time::sleep(every).await;
            // A failure shows in the next round.
            let appended = !matches!(self.work.store.head().await, Ok(head) if head.size <= model.checkpoint);
            let read = self.work.store.read_model().await;
            if appended || !matches!(read, Ok(Some(read)) if read.is_same(model)) {
                return;
            }
        }
    }

    fn trouble(&self, error: &StoreError) {
        let text = with_causes(error);
        tracing::error!(error = %text, "the read model could not be brought up to date; trying again");
        self.state.send_modify(|state| {
            state.trouble = Some(text);
            state.rebuilding = None;
        });
    }

    fn no_trouble(&self) {
        self.state.send_if_modified(|state| state.trouble.take().is_some());
    }
}

/// An error and what caused it.
fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text
}
