//! PostgreSQL: the suite on a real server, and what is PostgreSQL's own.

use crate::conformance::conformance;
use crate::sent::{incoming, received, table};
use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _};
use std::sync::Arc;
use store::ledger::Taken;
use store::merkle::{Frontier, leaf};
use store::postgres::{Migrated, Postgres};
use store::{Mode, Store, StoreError};
use testkit::postgres::PostgresServer;

/// A server whose databases have all tables.
fn server() -> &'static PostgresServer {
    PostgresServer::shared(|url| {
        // On a thread of its own, as whoever asks may be in a runtime already.
        let migrated = std::thread::scope(|scope| scope.spawn(|| block_on(Postgres::migrate(url))).join());
        migrated.expect("the thread ends well").unwrap();
    })
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

async fn open(url: &str) -> Postgres {
    Postgres::open(url, Mode::Write).await.unwrap()
}

/// What somebody sees who opens the database with another program.
async fn from_outside(url: &str) -> PgConnection {
    let options: PgConnectOptions = url.parse().unwrap();
    options.options([("search_path", "sightline,derived")]).connect().await.unwrap()
}

async fn run(connection: &mut PgConnection, statement: &str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(statement.to_owned())).execute(connection).await.map(|_| ())
}

/// Why a statement is refused: what the server says and its code.
async fn refused(connection: &mut PgConnection, statement: &str) -> (String, String) {
    let error = run(connection, statement).await.expect_err(statement);
    let error = error.into_database_error().expect(statement);
    (error.message().to_owned(), error.code().unwrap_or_default().into_owned())
}

async fn why_not(url: &str, mode: Mode) -> String {
    match Postgres::open(url, mode).await {
        Ok(_) => panic!("it was opened"),
        Err(StoreError::Unusable(why) | StoreError::Damaged(why)) => why,
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn postgres_is_a_store() {
    let server = server();
    conformance(async || {
        let store: Arc<dyn Store> = Arc::new(open(&server.database()).await);
        store
    });
}

const EVENTS: &str = "
    2021-01-04T10:00 referral.received r1 s17
    2021-01-05T10:00 visit.completed initial | child=2
";

/// Two events, and something refused that was discarded.
async fn some_of_everything(store: &Postgres) {
    store.take([table(EVENTS), vec![incoming("bad", received(0))]].concat(), received(0)).await.unwrap();
    assert!(store.discard(1, "no", "ann", received(1)).await.unwrap());
}

#[tokio::test]
async fn what_is_on_record_stays_on_record() {
    let url = server().database();
    let store = open(&url).await;
    some_of_everything(&store).await;
    // Also by the owner of the tables, who is also allowed anything on this server.
    let mut outside = from_outside(&url).await;
    let changes = [
        ("source", "source = ''"),
        ("subject", "subject = ''"),
        ("event", "bytes = ''"),
        ("tree_head", "at = 0"),
        ("quarantined", "detail = ''"),
        ("quarantine_step", "by = 'bob'"),
    ];
    for switched_off in ["", "SET session_replication_role = replica;"] {
        run(&mut outside, switched_off).await.unwrap();
        for (table, change) in changes {
            for statement in [
                format!("UPDATE {table} SET {change}"),
                format!("DELETE FROM {table}"),
                format!("DELETE FROM {table} WHERE FALSE"),
                format!("TRUNCATE {table} CASCADE"),
            ] {
                let (why, _) = refused(&mut outside, &statement).await;
                assert_eq!(why, "the ledger is append-only", "{statement}");
            }
        }
    }
    assert_eq!(store.check(1, 2).await.unwrap(), [""; 0]);
}

#[tokio::test]
async fn what_does_not_come_next_is_refused() {
    let url = server().database();
    let store = open(&url).await;
    some_of_everything(&store).await;
    let mut outside = from_outside(&url).await;
    let event = |position: &str, id: &str, source: &str, subject: &str| {
        format!(
            "INSERT INTO event SELECT {position}, {source}, '{id}', '{id}', {subject}, type, occurred, recorded,
                 received, digest, bytes FROM event WHERE position = 1"
        )
    };
    for position in ["2", "4", "0", "-1", "generate_series(3, 5, 2)", "generate_series(4, 5)"] {
        let (why, code) = refused(&mut outside, &event(position, "new", "source", "subject")).await;
        assert!(why.contains("the ledger has no gaps") || code == "23505", "at {position}: {why}");
    }
    for (source, subject) in [("0", "subject"), ("2", "subject"), ("source", "3"), ("source", "-1")] {
        let (why, _) = refused(&mut outside, &event("3", "new", source, subject)).await;
        assert!(why.contains("must be of a source and a subject that are there"), "{why}");
    }
    let twice = "INSERT INTO event SELECT 3, source, id, id_key, subject, type, occurred, recorded, received, digest,
                     bytes FROM event WHERE position = 1";
    assert_eq!(refused(&mut outside, twice).await.1, "23505");
    for (size, expected) in [(1, "larger than the last"), (2, "larger than the last"), (3, "of all events")] {
        let head = format!("INSERT INTO tree_head SELECT {size}, root, frontier, at FROM tree_head");
        let (why, _) = refused(&mut outside, &head).await;
        assert!(why.contains(expected), "{size}: {why}");
    }
    for (statement, expected) in [
        ("INSERT INTO source SELECT 3, 'x', 'x'", "source must have the next number"),
        ("INSERT INTO subject VALUES (4, 'child/x', 'x', DEFAULT, 4)", "subject must have the next number"),
        (
            "INSERT INTO quarantined SELECT 3, received, line, digest, bytes, reason, field, detail FROM quarantined",
            "quarantined must have the next number",
        ),
        (
            "INSERT INTO quarantine_step SELECT number, 3, at, by, what, position, reason, field, detail
             FROM quarantine_step",
            "a step must be the next",
        ),
    ] {
        let (why, _) = refused(&mut outside, statement).await;
        assert!(why.contains(expected), "{statement}: {why}");
    }
    assert_eq!(store.check(1, 2).await.unwrap(), [""; 0]);
}

#[tokio::test]
async fn each_role_may_do_its_part_alone() {
    let url = server().database();
    some_of_everything(&open(&url).await).await;
    let mut owner = from_outside(&url).await;
    let login =
        |role: &str| format!("{role}_{}", url.split('/').nth(3).and_then(|rest| rest.split('?').next()).unwrap());
    for role in ["sightline_ledger", "sightline_projector", "sightline_reader"] {
        run(&mut owner, &format!("CREATE ROLE {} LOGIN IN ROLE {role}", login(role))).await.unwrap();
    }
    let forbidden = [
        "UPDATE event SET bytes = ''",
        "DELETE FROM event",
        "TRUNCATE event",
        "UPDATE subject SET subject = ''",
        "DELETE FROM quarantined",
        "DROP TRIGGER event_stays ON event",
        "ALTER TABLE event DISABLE TRIGGER ALL",
        "ALTER TABLE event DISABLE TRIGGER event_stays",
        "ALTER TABLE event ADD COLUMN x int",
        "DROP TABLE event",
        "DROP FUNCTION refuse() CASCADE",
        "CREATE OR REPLACE FUNCTION sightline.refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
        "CREATE TABLE sightline.x (x int)",
        "SET session_replication_role = replica",
        "INSERT INTO migration VALUES (99, 'x', '')",
    ];
    let of_the_ledger = [
        "INSERT INTO source VALUES (2, 'x', 'x')",
        "INSERT INTO tree_head VALUES (3, '', '', 0)",
        "DELETE FROM quarantine_open",
        "UPDATE subject SET family = number",
    ];
    for role in ["sightline_ledger", "sightline_projector", "sightline_reader"] {
        let mut connection = from_outside(&PostgresServer::as_login(&url, &login(role))).await;
        let more = if role == "sightline_ledger" { &[][..] } else { &of_the_ledger };
        for statement in forbidden.iter().chain(more) {
            let (why, code) = refused(&mut connection, statement).await;
            assert_eq!(code, "42501", "{role}: {statement}: {why}");
        }
        let store = Postgres::open(&PostgresServer::as_login(&url, &login(role)), Mode::Read).await.unwrap();
        assert_eq!(store.check(1, 2).await.unwrap(), [""; 0], "{role} reads all of it");
        assert_eq!(store.quarantined_one(1).await.unwrap().unwrap().steps.len(), 1);
    }
    let ledger = open(&PostgresServer::as_login(&url, &login("sightline_ledger"))).await;
    let merge = "2021-01-06T10:00 child.merged 1 | child=2 id=m1\n2021-01-06T10:00 event.retracted e99 | child=3 id=m2";
    let sent = [table(merge), vec![incoming("worse", received(2)), incoming("worst", received(2))]].concat();
    let taken = ledger.take(sent, received(2)).await.unwrap();
    assert!(matches!(taken[..2], [Taken::Appended(3), Taken::Appended(4)]), "{taken:?}");
    let corrected = table("2021-01-07T10:00 visit.completed initial | id=e99 child=2").remove(0);
    assert!(ledger.settle(2, corrected, true, "ann", received(3)).await.unwrap().is_some());
    assert!(ledger.discard(3, "no", "ann", received(3)).await.unwrap());
    ledger.set_setting("speed", "2").await.unwrap();
    assert_eq!(ledger.check(1, 5).await.unwrap(), [""; 0]);
    let reader = open(&PostgresServer::as_login(&url, &login("sightline_reader"))).await;
    let lacking = reader.take(table(EVENTS), received(9)).await;
    assert!(lacking.is_ok(), "all of it is there already, so nothing is written: {lacking:?}");
    let new = table("2021-01-08T10:00 visit.completed initial | id=new");
    let lacking = reader.take(new, received(9)).await;
    assert!(matches!(&lacking, Err(StoreError::Unusable(why)) if why.contains("sightline_ledger")), "{lacking:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_who_write_to_one_database_never_share_a_position() {
    let url = server().database();
    let mut writing = Vec::new();
    for writer in 0..4 {
        let url = url.clone();
        writing.push(tokio::spawn(async move {
            let store = open(&url).await;
            let mut positions = Vec::new();
            for batch in 0..15 {
                let lines: Vec<String> = (0..=batch % 4)
                    .map(|event| {
                        format!("2021-01-04T10:00 case_note.recorded | id=w{writer}b{batch}e{event} child={batch}\n")
                    })
                    .collect();
                // What all of them send is appended by one of them.
                let shared = format!("2021-01-04T10:00 case_note.recorded | id=b{batch} child={batch}\n");
                for taken in store.take(table(&(lines.concat() + &shared)), received(1)).await.unwrap() {
                    match taken {
                        Taken::Appended(position) => positions.push(position),
                        Taken::Repeated(_) => {}
                        Taken::Quarantined { .. } => panic!("{taken:?}"),
                    }
                }
            }
            positions
        }));
    }
    let mut positions = Vec::new();
    for one in writing {
        positions.extend(one.await.unwrap());
    }
    positions.sort_unstable();
    let last = positions.len() as u64;
    assert_eq!(positions, (1..=last).collect::<Vec<u64>>());
    let store = Postgres::open(&url, Mode::Read).await.unwrap();
    let mut frontier = Frontier::new();
    for stored in store.events_from(1, 1_000).await.unwrap() {
        frontier.append(leaf(stored.received, &stored.bytes));
    }
    let head = store.head().await.unwrap();
    assert_eq!((head.size, head.root), (last, frontier.root()));
    assert_eq!(store.check(1, last).await.unwrap(), [""; 0]);
    let refused = store.take(table(EVENTS), received(1)).await;
    assert!(matches!(&refused, Err(StoreError::Unusable(why)) if why.contains("reading only")), "{refused:?}");
}

#[tokio::test]
async fn a_write_that_is_given_up_leaves_nothing() {
    let store = open(&server().database()).await;
    // Polled once, which is enough to begin, and then dropped.
    let mut taking = Box::pin(store.take(table(EVENTS), received(0)));
    let polled = std::future::poll_fn(|context| std::task::Poll::Ready(taking.as_mut().poll(context))).await;
    assert!(polled.is_pending());
    drop(taking);
    let taken = store.take(table(EVENTS), received(0)).await.unwrap();
    assert_eq!(taken, [Taken::Appended(1), Taken::Appended(2)]);
    assert_eq!(store.check(1, 2).await.unwrap(), [""; 0]);
}

#[tokio::test]
async fn a_tree_that_was_changed_is_refused() {
    let url = server().database();
    let store = open(&url).await;
    store.take(table(EVENTS), received(0)).await.unwrap();
    let mut owner = from_outside(&url).await;
    let change = "ALTER TABLE tree_head DISABLE TRIGGER tree_head_stays;
                  UPDATE tree_head SET frontier = sha256('another');
                  ALTER TABLE tree_head ENABLE ALWAYS TRIGGER tree_head_stays";
    run(&mut owner, change).await.unwrap();
    let new = table("2021-01-06T10:00 visit.completed initial | id=new");
    let refused = store.take(new.clone(), received(1)).await;
    assert!(matches!(&refused, Err(StoreError::Damaged(why)) if why.contains("tree head of 2 events")), "{refused:?}");
    assert_eq!(store.check(1, 2).await.unwrap(), ["The frontier of the tree head of 2 events does not give its root."]);
    let change = "ALTER TABLE tree_head DISABLE TRIGGER tree_head_stays; DELETE FROM tree_head";
    run(&mut owner, change).await.unwrap();
    let refused = store.take(new, received(1)).await;
    assert!(matches!(&refused, Err(StoreError::Damaged(why)) if why.contains("2 events")), "{refused:?}");
    assert!(why_not(&url, Mode::Write).await.contains("changed from outside"));
}

#[tokio::test]
async fn what_was_changed_from_outside_is_said() {
    let url = server().database();
    let store = open(&url).await;
    some_of_everything(&store).await;
    let mut owner = from_outside(&url).await;
    let cases = [
        ("event", "UPDATE event SET id = 'x' WHERE position = 1", "The id of the event at position 1"),
        (
            "event",
            "UPDATE event SET occurred = 0 WHERE position = 2",
            "The time of occurring of the event at position 2",
        ),
        ("event", "UPDATE event SET bytes = 'x' WHERE position = 2", "The bytes at position 2 are no event"),
        ("source", "UPDATE source SET source_key = ''", "The key of the source of the event at position 1"),
        ("subject", "UPDATE subject SET family = 0 WHERE number = 2", "The family of subject 2 is that of nobody."),
        ("event", "DELETE FROM event WHERE position = 1", "There is no event at position 1."),
        ("quarantine_open", "INSERT INTO quarantine_open VALUES ('', 0, 1)", "number 1 is open or settled wrongly"),
    ];
    for (table, change, expected) in cases {
        let off = format!("BEGIN; ALTER TABLE {table} DISABLE TRIGGER ALL; {change}; COMMIT");
        run(&mut owner, &off).await.unwrap();
        let wrong = store.check(1, 2).await.unwrap();
        assert!(wrong.iter().any(|said| said.contains(expected)), "{change}: {wrong:?}");
    }
}

#[tokio::test]
async fn a_database_is_prepared_before_it_is_opened() {
    let url = server().bare_database();
    for mode in [Mode::Read, Mode::Write] {
        assert!(why_not(&url, mode).await.contains("run `sightline migrate --postgres URL`"));
    }
    let (one, other) = tokio::join!(Postgres::migrate(&url), Postgres::migrate(&url));
    let (one, other) = (one.unwrap(), other.unwrap());
    assert_eq!(one.applied + other.applied, one.total, "each step is applied once: {one:?}, {other:?}");
    assert_eq!(Postgres::migrate(&url).await.unwrap(), Migrated { applied: 0, total: one.total });
    assert_eq!(open(&url).await.head().await.unwrap().size, 0);
    let mut owner = from_outside(&url).await;
    let cases = [
        ("INSERT INTO migration VALUES (99, 'later', '')", "newer version"),
        ("DELETE FROM migration WHERE number = 99 OR number = 4", "run `sightline migrate --postgres URL`"),
        ("UPDATE migration SET digest = '' WHERE number = 2", "neither older nor newer"),
    ];
    for (change, expected) in cases {
        run(&mut owner, change).await.unwrap();
        for mode in [Mode::Read, Mode::Write] {
            let why = why_not(&url, mode).await;
            assert!(why.contains(expected), "{why}");
        }
    }
    let refused = Postgres::migrate(&url).await;
    assert!(matches!(&refused, Err(StoreError::Unusable(why)) if why.contains("neither older nor newer")));
}

#[tokio::test]
async fn what_cannot_be_reached_is_said_without_a_password() {
    let url = server().database();
    let with = |from: &str, to: &str| url.replacen(from, to, 1).replacen("postgres@", "postgres:s3cret@", 1);
    let nowhere = with("host=/", "host=/nowhere/");
    let cases = [
        (with("localhost/test_", "localhost/none_"), "create it with `createdb`"),
        (nowhere, "cannot be reached"),
        (with("localhost", "local host"), "the address of the PostgreSQL database"),
        (with("?host=", "?passwort=s3cret&host="), "a parameter, after `?`, that there is not"),
        (with("?host=", "?s3cret&host="), "a parameter, after `?`, that there is not"),
        (with("postgres://", "mysql://"), "is of the form"),
        (with("postgres@", "s3cret?x@"), "the address of the PostgreSQL database"),
    ];
    for (url, expected) in cases {
        let why = why_not(&url, Mode::Write).await;
        assert!(why.contains(expected), "{why}");
        assert!(!why.contains("s3cret"), "{why}");
    }
}

#[tokio::test]
async fn texts_may_be_longer_than_an_index_takes() {
    let store = open(&server().database()).await;
    // Random, as a text that repeats itself is packed before it is indexed.
    let mut number = 7_u64;
    let mut long = || -> String {
        let digit = |_| {
            number = number.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(b"0123456789abcdef"[(number >> 60) as usize])
        };
        (0..20_000).map(digit).collect()
    };
    let (id, source, worker) = (long(), long(), long());
    let event = |id: &str, more: &str| {
        let text = format!(
            r#"{{"specversion":"1.0","id":"{id}","source":"{source}","type":"worker.updated",
            "subject":"worker/{worker}","time":"2021-01-04T10:00:00Z",{more}"data":{{"fte":1}}}}"#
        );
        incoming(&text, received(0))
    };
    let waits = event("w", &format!(r#""supersedes":"{id}","#));
    assert_eq!(waits.checked.as_ref().err(), None);
    let refused = incoming(&long(), received(0));
    let taken = store.take(vec![waits, refused], received(0)).await.unwrap();
    assert!(matches!(taken[..], [Taken::Appended(1), Taken::Quarantined { number: 1, .. }]), "{taken:?}");
    let sent = event(&id, "");
    assert_eq!(
        store.take(vec![sent.clone(), sent], received(1)).await.unwrap(),
        [Taken::Appended(2), Taken::Repeated(2)]
    );
    assert_eq!(store.position_of(&source, &id).await.unwrap(), Some(2));
    assert_eq!(store.check(1, 2).await.unwrap(), [""; 0]);
}
