//! A store in a temporary folder, and services around it.

use bytes::Bytes;
use calendar::Instant;
use engine::{Record, Row, Status, WorklistFilter, sort_rows};
use services::{Clock, Current, Hands, Rules, Running, Services, check_received};
use std::sync::Arc;
use store::ledger::{Incoming, Taken};
use store::query::{ClockQuery, Order};
use store::sqlite::Sqlite;
use store::{Mode, Store};
use tempfile::TempDir;
use testkit::{accepted, instant};
use vocabulary::Event;

/// Services around a store that lasts as long as this.
pub struct Place {
    pub store: Arc<dyn Store>,
    folder: Arc<TempDir>,
}

impl Place {
    pub async fn new() -> Place {
        let folder = Arc::new(tempfile::tempdir().expect("a temporary folder"));
        let store = open(&folder).await;
        Place { store, folder }
    }

    /// The same store, opened anew.
    pub async fn again(self) -> Place {
        drop(self.store);
        let store = open(&self.folder).await;
        Place { store, folder: self.folder }
    }

    /// The same store as another process opens it.
    pub async fn opened_again(&self) -> Arc<dyn Store> {
        open(&self.folder).await
    }

    /// The same, to start services on.
    pub async fn on_the_same_store(&self) -> Place {
        Place { store: self.opened_again().await, folder: Arc::clone(&self.folder) }
    }

    /// Starts services on a clock that shows that time, and waits until there is something to show.
    pub async fn start(&self, at: &str) -> Started {
        self.start_under(at, rulebook::DEFAULT).await
    }

    pub async fn start_under(&self, at: &str, rulebook: &str) -> Started {
        let (clock, hands) = Clock::by_hand(instant(at));
        let rules = Rules::read(rulebook).expect("a rulebook");
        let (services, running) = Services::start(Arc::clone(&self.store), clock, rules).await.expect("services");
        services.ready().await;
        Started { services, running, hands }
    }
}

async fn open(folder: &TempDir) -> Arc<dyn Store> {
    let path = folder.path().join("sightline.sqlite");
    Arc::new(Sqlite::open(&path, Mode::Write).await.expect("a store"))
}

pub struct Started {
    pub services: Services,
    pub running: Running,
    pub hands: Hands,
}

impl Started {
    /// Sends events and waits until they are in the read model.
    pub async fn send(&self, events: &[Event]) -> Vec<Taken> {
        let taken = self.services.take(incoming(events)).await.expect("the store commits");
        let head = self.services.store().head().await.expect("a head");
        self.services.projected(head.size).await;
        taken
    }

    pub fn current(&self) -> Arc<Current> {
        self.services.current().expect("services that are ready show something")
    }

    /// All rows of all clocks, as the read model has them now.
    pub async fn rows(&self) -> Vec<Row> {
        let current = self.current();
        let query = current.query(self.services.now(), all());
        all_rows(&*self.services.store().clone(), &current, &query).await
    }

    pub async fn stop(self) {
        drop(self.services);
        self.running.stop().await;
    }
}

/// Every row that a query lets through, page by page.
pub async fn all_rows(store: &dyn Store, current: &Current, query: &ClockQuery) -> Vec<Row> {
    let (mut rows, mut after) = (Vec::new(), None);
    loop {
        let page = store.clocks(current.slot, query, Order::Due, after.as_ref(), 7, current.rulebook()).await;
        let page = page.expect("a page");
        rows.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => return rows,
        }
    }
}

/// Every clock, whatever its status.
pub fn all() -> WorklistFilter {
    WorklistFilter { statuses: Status::ALL.to_vec(), ..WorklistFilter::default() }
}

/// What the engine says of the same events, from nothing.
pub fn replayed(events: &[Event], at: Instant, filter: &WorklistFilter) -> Vec<Row> {
    let accepted = accepted(events);
    let record = Record::as_known(&accepted, None);
    let mut rows = Vec::new();
    testkit::each_case(&record, at, rulebook::default_rulebook(), |case| rows.extend(filter.rows(case)));
    sort_rows(&mut rows);
    rows
}

/// Events as they are sent, received when the event says.
pub fn incoming(events: &[Event]) -> Vec<Incoming> {
    let each = events.iter().map(|event| {
        let mut checked = check_received(vec![line(event)], event.received);
        checked.pop().expect("one event")
    });
    each.collect()
}

/// An event as one line of JSON.
pub fn line(event: &Event) -> Bytes {
    let mut bytes = Vec::new();
    let new = vocabulary::NewEvent {
        id: &event.id,
        source: &event.source,
        subject: &event.subject,
        occurred: event.occurred,
        recorded: event.recorded_given.then_some(event.recorded),
        received: None,
        supersedes: event.supersedes.as_deref(),
        data: &event.data,
    };
    new.write_json(&mut bytes);
    bytes.into()
}
