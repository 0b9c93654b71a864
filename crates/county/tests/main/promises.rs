//! Bytes, checks, borders and corrections.

use std::collections::{HashMap, HashSet};

use calendar::london;
use county::{County, MOST_CHILDREN, MOST_YEARS, Made, Plan, PlanError};
use vocabulary::{Data, EventType, Subject};

use crate::reading::{date, for_each_event, lines, plan, start};

/// FNV-1a, 64 bits.
fn fingerprint(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn a_seed_gives_the_same_bytes_for_ever() {
    let county = lines(plan(60, 2, 7));
    assert_eq!(fingerprint(&county), 0xf5d3_41f9_3bca_1519);
    assert_eq!(county, lines(plan(60, 2, 7)));
}

#[test]
fn another_seed_gives_another_county() {
    assert_ne!(lines(plan(20, 1, 1)), lines(plan(20, 1, 2)));
}

#[test]
fn values_and_lines_are_the_same_events() {
    let plan = plan(30, 1, 3);
    let (mut county, mut made) = (County::new(plan).unwrap(), Vec::new());
    while county.next_made(&mut made).is_some() {}
    let mut written = Vec::new();
    for event in &made {
        Made::write_line(event, &mut written);
    }
    assert_eq!(written, lines(plan));
}

#[test]
fn every_line_is_accepted_and_within_the_countys_years() {
    let plan = plan(400, 2, 11);
    let (first, last) = (london::start_of_day(date("2019-02-01")), london::end_of_day(plan.until));
    let (mut chunk_before, mut recorded_before) = (usize::MAX, first);
    for_each_event(plan, |chunk, event| {
        assert!(event.occurred <= last && event.recorded <= last, "{event:?}");
        assert!(event.recorded >= first && event.recorded >= event.occurred, "{event:?}");
        if chunk == chunk_before {
            assert!(event.recorded >= recorded_before, "not in order of recording: {event:?}");
        }
        (chunk_before, recorded_before) = (chunk, event.recorded);
    });
}

#[test]
fn an_id_comes_back_only_with_the_same_event() {
    let (mut seen, mut repeated) = (HashMap::new(), 0);
    for_each_event(plan(900, 1, 5), |_, event| {
        if let Some(digest) = seen.insert(event.id.clone(), event.digest) {
            assert_eq!(digest, event.digest, "{}", event.id);
            repeated += 1;
        }
    });
    assert!((5..300).contains(&repeated), "{repeated} delivered twice of {}", seen.len());
}

#[test]
fn some_events_are_corrected() {
    let (mut ids, mut events) = (HashSet::new(), 0);
    let (mut replaced, mut retracted, mut merged) = (0, 0, 0);
    for_each_event(plan(900, 1, 5), |_, event| {
        events += 1;
        if let Some(original) = &event.supersedes {
            assert!(ids.contains(original), "{} replaces what is not there", event.id);
            replaced += 1;
        }
        if let Data::EventRetracted(retraction) = &event.data {
            assert!(ids.contains(&retraction.id), "{} takes back what is not there", event.id);
            retracted += 1;
        }
        merged += usize::from(event.data.event_type() == EventType::ChildMerged);
        ids.insert(event.id);
    });
    let in_ten_thousand = |count: usize| count * 10_000 / events;
    assert!((20..80).contains(&in_ten_thousand(replaced)), "{replaced} of {events} replaced");
    assert!((8..35).contains(&in_ten_thousand(retracted)), "{retracted} of {events} taken back");
    assert!((1..60).contains(&merged), "{merged} merged");
}

#[test]
fn whoever_is_named_is_there() {
    let mut people = HashSet::new();
    let mut named = 0;
    for_each_event(plan(400, 3, 9), |_, event| {
        if !matches!(event.subject, Subject::Child(_)) {
            people.insert(event.subject.clone());
        }
        let name = if let Data::PlacementStarted(placement) = &event.data {
            placement.carer.clone()
        } else if let Data::AllocationStarted(allocation) = &event.data {
            allocation.worker.clone().map(Subject::Worker)
        } else {
            None
        };
        if let Some(name) = name.filter(|_| matches!(event.subject, Subject::Child(_))) {
            assert!(people.contains(&name), "{name} is nobody");
            named += 1;
        }
    });
    assert!(named > 3_000, "{named} named");
}

#[test]
fn what_is_linked_is_there() {
    let (mut there, mut linked) = (HashSet::new(), Vec::new());
    let window = start("2018-03-01");
    for_each_event(plan(400, 3, 9), |_, event| {
        if let Some(episode) = event.data.episode() {
            there.insert((event.subject.clone(), episode.clone()));
        }
        let link = if let Data::ReferralReceived(referral) = &event.data {
            referral.contact.clone()
        } else if let Data::AssessmentStarted(assessment) = &event.data {
            assessment.referral.clone()
        } else if let Data::S47Started(s47) = &event.data {
            s47.strategy_discussion.clone()
        } else if let Data::ConferenceHeld(conference) = &event.data {
            conference.s47.clone()
        } else {
            None
        };
        linked.extend(link.filter(|_| event.occurred > window).map(|link| (event.subject, link)));
    });
    let lost = linked.iter().filter(|link| !there.contains(*link)).count();
    // What was not yet recorded on the last day, or was before the first and of no consequence.
    assert!(linked.len() > 2_000 && lost * 50 < linked.len(), "{lost} of {} lost", linked.len());
}

#[test]
fn a_plan_that_cannot_be_made_is_refused() {
    let good = plan(1, 1, 0);
    let refused = |plan| County::new(plan).err();
    assert_eq!(refused(Plan { children: 0, ..good }), Some(PlanError::Children));
    assert_eq!(refused(Plan { children: MOST_CHILDREN + 1, ..good }), Some(PlanError::Children));
    assert_eq!(refused(Plan { years: 0, ..good }), Some(PlanError::Years));
    assert_eq!(refused(Plan { years: MOST_YEARS + 1, ..good }), Some(PlanError::Years));
    assert_eq!(refused(Plan { until: date("1959-12-31"), ..good }), Some(PlanError::Until));
    assert_eq!(refused(Plan { until: date("2201-01-01"), ..good }), Some(PlanError::Until));
}

#[test]
fn the_smallest_and_the_longest_counties_are_made() {
    for (children, years, until) in
        [(1, 1, "2021-01-31"), (3, MOST_YEARS, "2200-12-31"), (3, 1, "1960-01-01"), (10, 2, "2024-02-29")]
    {
        let plan = Plan { children, years, seed: 1, until: date(until) };
        for_each_event(plan, |_, event| assert!(event.occurred <= london::end_of_day(plan.until)));
    }
}

#[test]
fn no_story_is_long() {
    let mut county = County::new(plan(150, 10, 2)).unwrap();
    let mut lines = Vec::new();
    while county.next_child(&mut lines).is_some() {
        assert!(lines.len() < 1_000_000);
        lines.clear();
    }
}
