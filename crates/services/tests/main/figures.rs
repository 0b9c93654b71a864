//! The kept figures are those of the engine, and everyone behind them adds up to them.

use crate::support::{Place, incoming};
use engine::{By, Figure, FigureValue, Frame, Record};
use services::months_shown;
use std::collections::BTreeMap;
use store::behind::{self, Adds};
use testkit::{accepted, events, instant};

const AT: &str = "2021-02-10T12:00";

const TABLE: &str = "
    2021-01-04T10:00 child.registered date_of_birth=2010-05-01
    2021-01-04T10:00 allocation.started locality=Gloucester team=Safeguarding_1 worker=SW1
    2021-01-04T10:00 plan.started p1 cp
    2021-01-12T10:00 visit.completed cp seen_alone=true
    2021-01-20T10:00 visit.completed cp | recorded=2021-02-03T10:00
    2021-01-05T10:00 child.registered date_of_birth=2012-05-01 | child=2
    2021-01-05T10:00 allocation.started locality=Cotswolds team=Safeguarding_2 worker=SW2 | child=2
    2021-01-05T10:00 plan.started p1 cp | child=2
    2021-01-05T10:00 referral.received r1 s17 | child=2
    2021-01-01T10:00 worker.updated 0.5 | worker=SW1
";

async fn computed(place: &Place) -> String {
    place.store.take(incoming(&events(TABLE)), instant(AT)).await.expect("appended");
    let started = place.start(AT).await;
    let digest = started.current().rules.digest.to_string();
    while place.store.figure_sets(&digest).await.expect("sets").len() < services::MONTHS_SHOWN + 1 {
        tokio::task::yield_now().await;
    }
    started.stop().await;
    digest
}

fn of_engine(period: &str, by: By) -> Vec<Figure> {
    let events = accepted(&events(TABLE));
    let record = Record::as_known(&events, None);
    let rulebook = rulebook::default_rulebook();
    let period = calendar::Period::parse(period).expect("a period");
    let at = period.end().min(instant(AT));
    let frame = Frame::of(rulebook, period, at);
    let measures: Vec<usize> = (0..rulebook.measures.len()).collect();
    engine::figures(&testkit::tally(&record, &frame, &measures, by), &frame, &measures)
}

#[tokio::test(flavor = "multi_thread")]
async fn kept_figures_are_those_of_the_engine() {
    let place = Place::new().await;
    let digest = computed(&place).await;
    let periods: Vec<String> = months_shown(instant(AT)).iter().map(|month| month.as_str().to_owned()).collect();
    assert_eq!(periods.len(), 13);
    for period in &periods {
        for by in [By::County, By::Locality, By::Team, By::Worker] {
            let kept = place.store.figures(&digest, std::slice::from_ref(period), None, by).await.expect("figures");
            let kept: Vec<Figure> = kept.into_iter().map(|(_, figure)| figure).collect();
            let mut expected = of_engine(period, by);
            expected.retain(|figure| (figure.group == engine::COUNTY) == (by == By::County));
            assert_eq!(kept, expected, "{period} by {by:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everyone_behind_a_share_adds_up_to_it() {
    let place = Place::new().await;
    let digest = computed(&place).await;
    let period = "2021-01".to_owned();
    let figures = place.store.figures(&digest, std::slice::from_ref(&period), None, By::County).await.expect("figures");
    let mut shares = 0;
    for (_, figure) in figures {
        let FigureValue::Share { numerator, denominator, .. } = figure.value else { continue };
        let found = place.store.behind(&digest, &period, &figure.measure).await.expect("a store");
        let entries = found.map(|(bytes, _)| behind::read(&bytes).expect("entries")).unwrap_or_default();
        if entries.iter().any(|entry| matches!(entry.adds, Adds::Held(_))) {
            continue;
        }
        let mut counted: BTreeMap<bool, u64> = BTreeMap::new();
        for entry in &entries {
            let Adds::Share { met, .. } = entry.adds else { panic!("{}: {entry:?}", figure.measure) };
            *counted.entry(met).or_default() += 1;
        }
        let met = counted.get(&true).copied().unwrap_or_default();
        assert_eq!((met, entries.len() as u64), (numerator, denominator), "{}", figure.measure);
        shares += u64::from(denominator > 0);
    }
    assert!(shares > 5, "the table is behind several measures: {shares}");
}

#[tokio::test(flavor = "multi_thread")]
async fn late_recording_is_counted_by_team() {
    let place = Place::new().await;
    let digest = computed(&place).await;
    let recording = place.store.recording(&digest, "2021-01").await.expect("recording");
    let team = recording.iter().find(|one| one.team.as_deref() == Some("Safeguarding_1")).expect("the team");
    assert_eq!((team.same_day, team.next_working_day, team.within_five, team.later), (4, 0, 0, 1));
}
