//! SQLite: the suite on real files, and what is SQLite's own.

use crate::conformance::conformance;
use crate::sent::{incoming, received, table};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::ledger::{Stored, Taken};
use store::merkle::{Frontier, leaf};
use store::sqlite::Sqlite;
use store::{Mode, Store, StoreError};
use tempfile::TempDir;

fn file(folder: &TempDir) -> PathBuf {
    folder.path().join("sightline.sqlite")
}

async fn open(path: &Path) -> Sqlite {
    Sqlite::open(path, Mode::Write).await.unwrap()
}

/// What somebody sees who opens the file with another program.
async fn from_outside(path: &Path) -> SqliteConnection {
    SqliteConnectOptions::new().filename(path).connect().await.unwrap()
}

async fn why_not(path: &Path, mode: Mode) -> String {
    match Sqlite::open(path, mode).await {
        Ok(_) => panic!("{} was opened", path.display()),
        Err(StoreError::Unusable(why) | StoreError::Damaged(why)) => why,
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn sqlite_is_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let made = AtomicU32::new(0);
    conformance(async || {
        let number = made.fetch_add(1, Ordering::Relaxed);
        let store: Arc<dyn Store> = Arc::new(open(&folder.path().join(format!("{number}.sqlite"))).await);
        store
    });
}

const EVENTS: &str = "
    2021-01-04T10:00 referral.received r1 s17
    2021-01-05T10:00 visit.completed initial | child=2
";

#[tokio::test]
async fn what_was_tidied_is_in_the_file_itself() {
    let folder = tempfile::tempdir().unwrap();
    let (path, copy) = (file(&folder), folder.path().join("copy.sqlite"));
    let store = open(&path).await;
    store.take(table(EVENTS), received(0)).await.unwrap();
    let in_the_file = async || {
        // Without the log beside it.
        fs::copy(&path, &copy).unwrap();
        let events = sqlx::query_scalar::<_, i64>("SELECT count(*) FROM event");
        events.fetch_one(&mut from_outside(&copy).await).await.ok()
    };
    assert_eq!(in_the_file().await, None);
    store.tidy().await.unwrap();
    assert_eq!(in_the_file().await, Some(2));
}

#[tokio::test]
async fn what_is_on_record_stays_on_record() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder);
    let store = open(&path).await;
    store.take([table(EVENTS), vec![incoming("bad", received(0))]].concat(), received(0)).await.unwrap();
    assert!(store.discard(1, "no", "ann", received(1)).await.unwrap());
    let mut outside = from_outside(&path).await;
    let changes = [
        ("event", "bytes = x'00'"),
        ("tree_head", "at = 0"),
        ("quarantined", "detail = ''"),
        ("quarantine_step", "by = 'bob'"),
    ];
    for (append_only, change) in changes {
        for statement in [format!("UPDATE {append_only} SET {change}"), format!("DELETE FROM {append_only}")] {
            let refused = sqlx::query(AssertSqlSafe(statement.clone())).execute(&mut outside).await;
            let why = refused.expect_err(&statement).to_string();
            assert!(why.contains("the ledger is append-only"), "{statement}: {why}");
        }
    }
    for (position, id) in [(2, "new"), (4, "new"), (0, "new"), (-1, "new"), (3, "e1")] {
        for how in ["INSERT", "INSERT OR REPLACE"] {
            let insert = format!(
                "{how} INTO event SELECT {position}, source, '{id}', subject, type, occurred, recorded, received, digest, bytes
                 FROM event WHERE position = 1"
            );
            let refused = sqlx::query(AssertSqlSafe(insert)).execute(&mut outside).await;
            let why = refused.expect_err(how).to_string();
            assert!(why.contains("the ledger "), "{how} at {position}: {why}");
        }
    }
    let smaller = sqlx::query("INSERT OR REPLACE INTO tree_head SELECT size, x'', frontier, at FROM tree_head");
    assert!(smaller.execute(&mut outside).await.is_err());
    let gap = sqlx::query(
        "INSERT INTO quarantined SELECT 3, received, line, digest, bytes, reason, field, detail FROM quarantined",
    );
    assert!(gap.execute(&mut outside).await.is_err());
    assert_eq!(store.check(1, 2).await.unwrap(), [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn several_who_write_to_one_file_never_share_a_position() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder);
    open(&path).await;
    let mut writing = Vec::new();
    for writer in 0..4 {
        let path = path.clone();
        writing.push(tokio::spawn(async move {
            let store = open(&path).await;
            let mut positions = Vec::new();
            for batch in 0..15 {
                let lines: Vec<String> = (0..=batch % 4)
                    .map(|event| {
                        format!("2021-01-04T10:00 case_note.recorded | id=w{writer}b{batch}e{event} child={batch}\n")
                    })
                    .collect();
                for taken in store.take(table(&lines.concat()), received(1)).await.unwrap() {
                    let Taken::Appended(position) = taken else { panic!("{taken:?}") };
                    positions.push(position);
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
    let store = Sqlite::open(&path, Mode::Read).await.unwrap();
    assert_eq!(store.head().await.unwrap().size, last);
    assert_eq!(store.check(1, last).await.unwrap(), [""; 0]);
    let refused = store.take(table(EVENTS), received(1)).await;
    assert!(matches!(refused, Err(StoreError::Unusable(why)) if why.contains("reading only")));
}

#[tokio::test]
async fn a_write_that_is_given_up_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&file(&folder)).await;
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
async fn what_was_written_is_there_when_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder);
    let head = {
        let store = open(&path).await;
        store.take(table(EVENTS), received(0)).await.unwrap();
        store.head().await.unwrap()
    };
    for mode in [Mode::Write, Mode::Read] {
        let store = Sqlite::open(&path, mode).await.unwrap();
        assert_eq!(store.head().await.unwrap(), head);
        assert_eq!(store.events_from(1, 10).await.unwrap().len(), 2);
    }
    let store = open(&path).await;
    assert_eq!(store.take(table(EVENTS), received(1)).await.unwrap(), [Taken::Repeated(1), Taken::Repeated(2)]);
    assert_eq!(store.head().await.unwrap(), head, "a commit without an event has no tree head");
}

#[tokio::test]
async fn what_is_no_ledger_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder);
    assert!(why_not(&path, Mode::Read).await.contains("there is no ledger"));
    assert!(!path.exists(), "reading creates nothing");
    assert!(why_not(&folder.path().join("nowhere/x.sqlite"), Mode::Write).await.contains("create it first"));
    // No user may create files there.
    assert!(why_not(Path::new("/proc/sightline.sqlite"), Mode::Write).await.contains("right to write to its folder"));

    fs::write(&path, "specversion".repeat(400)).unwrap();
    for mode in [Mode::Read, Mode::Write] {
        assert!(why_not(&path, mode).await.contains("it is no SQLite database"));
    }
    assert_eq!(fs::read(&path).unwrap(), "specversion".repeat(400).as_bytes());
    fs::write(&path, b"SQLite format 3\0 and no more").unwrap();
    assert!(why_not(&path, Mode::Write).await.contains("cut short"));

    let other = folder.path().join("other.sqlite");
    let mut outside = SqliteConnectOptions::new().filename(&other).create_if_missing(true).connect().await.unwrap();
    sqlx::query("CREATE TABLE t (x)").execute(&mut outside).await.unwrap();
    assert!(why_not(&other, Mode::Write).await.contains("something else"));
}

#[tokio::test]
async fn another_versions_tables_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("INSERT INTO migration VALUES (99, 'later', x'00')", "newer version"),
        ("UPDATE migration SET digest = x'00' WHERE number = 2", "neither older nor newer"),
    ];
    for (number, (change, expected)) in cases.into_iter().enumerate() {
        let path = folder.path().join(format!("{number}.sqlite"));
        open(&path).await;
        sqlx::query(change).execute(&mut from_outside(&path).await).await.unwrap();
        for mode in [Mode::Read, Mode::Write] {
            let why = why_not(&path, mode).await;
            assert!(why.contains(expected), "{why}");
        }
    }
    let path = folder.path().join("older.sqlite");
    open(&path).await;
    sqlx::query("DELETE FROM migration WHERE number = 4").execute(&mut from_outside(&path).await).await.unwrap();
    assert!(why_not(&path, Mode::Read).await.contains("older version"));
    let path = folder.path().join("derived.sqlite");
    let model = open(&path).await.begin_read_model("x", 0, received(0)).await.unwrap();
    open(&path).await.switch_to(model.slot).await.unwrap();
    let change = "UPDATE setting SET value = 'other' WHERE name = 'read_model_tables'";
    sqlx::query(change).execute(&mut from_outside(&path).await).await.unwrap();
    assert!(why_not(&path, Mode::Read).await.contains("derives it again"));
    assert_eq!(open(&path).await.read_model().await.unwrap(), None, "what another version derived is not read");
}

/// A file with many events, closed, so that all of it is in the file itself.
async fn many_events(path: &Path) -> u64 {
    let store = open(path).await;
    let lines: Vec<String> =
        (0..600).map(|event| format!("2021-01-04T10:00 case_note.recorded | child={}\n", event % 50)).collect();
    let size = store.take(table(&lines.concat()), received(0)).await.unwrap().len() as u64;
    drop(store);
    let mut outside = from_outside(path).await;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut outside).await.unwrap();
    size
}

#[tokio::test]
async fn a_file_that_was_cut_short_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder);
    many_events(&path).await;
    let whole = fs::read(&path).unwrap();
    for kept in [whole.len() / 2, whole.len() - 4096, 4096, 2000, 60] {
        let cut = folder.path().join(format!("{kept}.sqlite"));
        fs::write(&cut, &whole[..kept]).unwrap();
        for mode in [Mode::Read, Mode::Write] {
            let why = why_not(&cut, mode).await;
            assert!(why.contains("cut short"), "{kept} bytes: {why}");
        }
    }
}

/// Any one bit that is flipped in the file is reported, or changes nothing that was written.
#[tokio::test]
async fn a_flipped_bit_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let path = file(&folder);
    let size = many_events(&path).await;
    let whole = fs::read(&path).unwrap();
    let events = open(&path).await.events_from(1, 1_000).await.unwrap();
    let flipped = folder.path().join("flipped.sqlite");
    let mut reported = 0;
    for part in 0..60 {
        let place = part * whole.len() / 60 + 1_777 * part % 4_096;
        let mut bytes = whole.clone();
        bytes[place.min(whole.len() - 1)] ^= 1 << (part % 8);
        fs::write(&flipped, bytes).unwrap();
        match read_whole(&flipped, size).await {
            Some(read) => assert!(read == events, "a flip at {place} was not seen"),
            None => reported += 1,
        }
    }
    assert!(reported > 20, "only {reported} of 60 flips were reported");
}

/// The events of a file, if nothing is wrong with it: neither by its own check nor by the tree over the events.
async fn read_whole(path: &Path, size: u64) -> Option<Vec<Stored>> {
    let store = Sqlite::open(path, Mode::Read).await.ok()?;
    let wrong = store.check(1, size).await.ok()?;
    let events = store.events_from(1, 1_000).await.ok()?;
    let mut frontier = Frontier::new();
    events.iter().for_each(|stored| frontier.append(leaf(stored.received, &stored.bytes)));
    (wrong.is_empty() && store.head().await.ok()?.root == frontier.root()).then_some(events)
}
