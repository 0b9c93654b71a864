//! `sightline demo`: a synthetic county at work.

use super::kept_rules;
use crate::arguments::Demo;
use crate::at_work::AtWork;
use crate::progress::Progress;
use crate::{Outcome, ledger, serving, source};
use anyhow::{Context, bail};
use bytes::Bytes;
use calendar::london::local_date;
use calendar::{Date, Instant};
use county::{County, Made, Plan};
use services::{Clock, Services, check_received};
use std::sync::Arc;
use store::Store;
use tokio::sync::mpsc;

/// How many days of the county's story are still to come when it begins.
const DAYS_TO_COME: i32 = 60;

/// How many events go into one commit.
const AT_ONCE: usize = 5_000;

/// How many such batches wait to be appended.
const WAITING: usize = 2;

/// Under which names the data folder remembers the county.
const PLAN: &str = "demo.plan";
const FILLED: &str = "demo.filled";

/// What pages call the county.
const NAME: &str = "Demonstration county";

/// Events that are refused, so that there is something to see in the quarantine.
const FAULTY: &[&str] = &[
    r#"{"specversion":"1.0","id":"faulty-1","source":"urn:sightline:demo","type":"visit.completed","subject":"child/0b7c1f0a-6a0e-5a51-9a0e-3f1d5c8f2b11","time":"2021-01-12T10:30:00Z","data":{"purposes":["cp"],"seen":true,"mode":"in_person"}}"#,
    r#"{"specversion":"1.0","id":"faulty-2","source":"urn:sightline:demo","type":"referral.received","subject":"child/0b7c1f0a-6a0e-5a51-9a0e-3f1d5c8f2b11","time":"2021-01-12T10:30:00Z","data":{"pathway":"s17"}}"#,
    r#"{"specversion":"1.0","id":"faulty-3","source":"urn:sightline:demo","type":"visit.planned","subject":"child/0b7c1f0a-6a0e-5a51-9a0e-3f1d5c8f2b11","time":"2021-01-12T10:30:00Z","data":{}}"#,
];

/// Serves a synthetic county at work.
pub fn demo(arguments: &Demo) -> anyhow::Result<Outcome> {
    serving::start_logging();
    ledger::run(async {
        let rules = kept_rules(&arguments.rules)?;
        let listener = serving::listen(&arguments.listening).await?;
        let store = ledger::open_folder(&arguments.data).await?;
        let data = arguments.data.display().to_string();
        serving::must_be_writable(&*store, &data).await?;
        let clock = clock(&*store, arguments.speed).await?;
        let plan = plan(&*store, arguments, clock.now()).await?;
        let told = fill(&store, plan, &clock).await?;
        let (services, running) = Services::start(store, clock, rules).await?;
        let at_work = tokio::spawn(AtWork::new(services.clone(), plan, told).run());
        serving::serve(&arguments.listening, listener, services, running, NAME.to_owned(), &data).await?;
        at_work.abort();
        Ok(Outcome::Done)
    })
}

/// A clock that never shows an instant before the last that the county has seen.
async fn clock(store: &dyn Store, speed: u32) -> anyhow::Result<Clock> {
    let (now, last) = (source::now(), store.head().await?.at);
    match last.filter(|last| *last > now) {
        Some(last) => Ok(Clock::faster(last, speed)),
        None if speed == 1 => Ok(Clock::machine()),
        None => Ok(Clock::faster(now, speed)),
    }
}

/// The plan of the county in the data folder; a new one in an empty folder.
async fn plan(store: &dyn Store, arguments: &Demo, now: Instant) -> anyhow::Result<Plan> {
    if let Some(text) = store.setting(PLAN).await? {
        return read_plan(&text).with_context(|| format!("the county in {} has no plan", arguments.data.display()));
    }
    if store.head().await?.size > 0 {
        let folder = arguments.data.display();
        bail!(
            "{folder} holds a ledger that is no demonstration's; serve it with `sightline serve --data {folder}`, or name another folder with --data"
        );
    }
    let until = local_date(now).plus_days(DAYS_TO_COME);
    let plan = Plan { children: arguments.children, years: arguments.years, seed: arguments.seed, until };
    // A plan that cannot be made must not be remembered.
    County::new(plan)?;
    store.set_setting(PLAN, &format!("{} {} {} {until}", plan.children, plan.years, plan.seed)).await?;
    Ok(plan)
}

fn read_plan(text: &str) -> Option<Plan> {
    let mut words = text.split(' ');
    let plan = Plan {
        children: words.next()?.parse().ok()?,
        years: words.next()?.parse().ok()?,
        seed: words.next()?.parse().ok()?,
        until: Date::parse(words.next()?)?,
    };
    words.next().is_none().then_some(plan)
}

/// Puts the county's history into an empty ledger; says up to which instant it is there. What was begun and not
/// finished is done again: what is there already is only repeated.
async fn fill(store: &Arc<dyn Store>, plan: Plan, clock: &Clock) -> anyhow::Result<Instant> {
    if let Some(filled) = store.setting(FILLED).await? {
        return Instant::parse(&filled).context("the data folder does not say up to when its history goes");
    }
    let now = clock.now();
    eprintln!(
        "a county of {} open children and {} years of history is made; that happens once",
        plan.children, plan.years
    );
    let (made, mut waiting) = mpsc::channel::<Vec<Bytes>>(WAITING);
    let making = tokio::task::spawn_blocking(move || make(plan, now, &made));
    while let Some(batch) = waiting.recv().await {
        let checked = tokio::task::spawn_blocking(move || check_received(batch, now)).await?;
        store.take(checked, now).await.context("the county's history could not be written")?;
    }
    making.await??;
    let faulty = FAULTY.iter().map(|event| Bytes::from_static(event.as_bytes())).collect();
    store.take(check_received(faulty, now), now).await?;
    store.set_setting(FILLED, &now.to_string()).await?;
    Ok(now)
}

/// Makes all events that are recorded by an instant.
fn make(plan: Plan, now: Instant, made: &mpsc::Sender<Vec<Bytes>>) -> anyhow::Result<()> {
    let mut county = County::new(plan)?;
    let progress = Progress::count("making children", county.expected_children());
    let (mut events, mut batch): (Vec<Made>, Vec<Bytes>) = (Vec::new(), Vec::new());
    while county.next_made(&mut events).is_some() {
        progress.add(1);
        batch.extend(events.drain(..).filter(|event| event.recorded <= now).map(|event| line(&event)));
        if batch.len() >= AT_ONCE && made.blocking_send(std::mem::take(&mut batch)).is_err() {
            // Whoever appends ended by an error, and that is the one to report.
            return Ok(());
        }
    }
    let _ = made.blocking_send(batch);
    progress.finish();
    Ok(())
}

/// An event as it is sent.
pub fn line(event: &Made) -> Bytes {
    let mut line = Vec::new();
    event.write_line(&mut line);
    line.pop();
    line.into()
}
