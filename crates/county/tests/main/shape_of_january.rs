//! Volumes near those of January 2021, by simple counts.

use std::collections::{HashMap, HashSet};

use calendar::london;
use county::County;
use vocabulary::{Data, EventType, PlanKind, Subject};

use crate::reading::{Counts, for_each_event, plan, start};

const OPEN: u32 = 3_779;

/// Asserts that a figure lies within so many percent of the county's.
fn near(name: &str, made: i64, real: i64, percent: i64) {
    let allowed = real * percent / 100;
    assert!((made - real).abs() <= allowed, "{name}: {made}, really {real}, allowed {allowed} more or less");
}

/// The states that are counted: their names, the plan's kind, what starts and what ends them.
const STATES: [(&str, Option<PlanKind>, EventType, EventType); 7] = [
    ("referred", None, EventType::ReferralReceived, EventType::CaseClosed),
    ("cp", Some(PlanKind::Cp), EventType::PlanStarted, EventType::PlanEnded),
    ("cin", Some(PlanKind::Cin), EventType::PlanStarted, EventType::PlanEnded),
    ("care", None, EventType::CareStarted, EventType::CareEnded),
    ("leaver", None, EventType::CareLeaverStarted, EventType::CareLeaverEnded),
    ("private", None, EventType::PrivateFosteringStarted, EventType::PrivateFosteringEnded),
    ("carer", None, EventType::CarerApproved, EventType::CarerEnded),
];

fn plan_kind(data: &Data) -> Option<PlanKind> {
    if let Data::PlanStarted(plan) = data {
        Some(plan.kind)
    } else if let Data::PlanEnded(plan) = data {
        Some(plan.kind)
    } else {
        None
    }
}

/// Counts the events of January and who is in which state at its end.
fn january(children: u32, years: u32, seed: u64) -> Counts {
    let mut counts = Counts::default();
    let january = start("2021-01-01");
    let mut mistakes = HashSet::new();
    let mut open: HashMap<(Subject, String), i64> = HashMap::new();
    for_each_event(plan(children, years, seed), |_, event| {
        if event.supersedes.is_some() || !mistakes.insert(event.id.clone()) {
            return;
        }
        let is_of_plan = |kind: &Option<PlanKind>| kind.is_none() || *kind == plan_kind(&event.data);
        let change = STATES
            .iter()
            .find(|(_, kind, starts, ends)| is_of_plan(kind) && [starts, ends].contains(&&event.data.event_type()));
        let change = change
            .map(|(name, _, starts, _)| ((*name).to_owned(), if event.data.event_type() == *starts { 1 } else { -1 }));
        if let Some((name, by)) = change {
            *open.entry((event.subject.clone(), name)).or_default() += by;
        }
        if event.occurred >= january {
            let is_notification =
                matches!(&event.data, Data::ContactReceived(c) if c.missing_notification == Some(true));
            let name = if is_notification { "missing notification" } else { event.data.event_type().name() };
            counts.add(name, 1);
        }
    });
    let mut children = HashSet::new();
    for ((subject, name), episodes) in open {
        if episodes > 0 {
            counts.add(&name, 1);
            if name != "carer" && name != "cin" {
                children.insert(subject);
            }
        }
    }
    counts.add("open", children.len() as i64);
    counts
}

#[test]
fn a_month_is_like_january_2021() {
    let counts = january(OPEN, 1, 1);
    near("contacts", counts.of("contact.received"), 2_449, 8);
    near("enquiries of the hub", counts.of("mash_enquiry.completed"), 787, 12);
    near("referrals", counts.of("referral.received"), 444, 12);
    near("strategy discussions", counts.of("strategy_discussion.held"), 255, 20);
    near("section 47 enquiries", counts.of("s47.completed"), 170, 20);
    near("care begun", counts.of("care.started"), 26, 45);
    near("missing episodes", counts.of("missing.started"), 115, 35);
    near("open children", counts.of("open"), 3_779, 4);
    near("child protection", counts.of("cp"), 724, 10);
    near("children in need with a plan", counts.of("cin"), 1_076, 10);
    near("care", counts.of("care"), 787, 8);
    near("care leavers", counts.of("leaver"), 438, 12);
    near("fostering households", counts.of("carer"), 199, 0);
}

#[test]
fn the_last_day_does_not_depend_on_the_years() {
    let (one, four) = (january(1_200, 1, 2), january(1_200, 4, 2));
    for state in ["open", "referred", "cp", "cin", "care", "leaver", "carer"] {
        near(state, one.of(state), four.of(state), 15);
    }
}

#[test]
fn children_come_as_expected() {
    let plan = plan(700, 3, 4);
    let expected = County::new(plan).unwrap().expected_children();
    let mut children = HashSet::new();
    let mut events = 0;
    for_each_event(plan, |_, event| {
        events += 1;
        if let Subject::Child(child) = event.subject {
            children.insert(child);
        }
    });
    near("children", children.len() as i64, expected as i64, 5);
    near("events of a child", events / children.len() as i64, 22, 25);
}

#[test]
fn days_and_seasons_have_their_rhythm() {
    let mut counts = Counts::default();
    for_each_event(plan(900, 1, 6), |_, event| {
        if event.occurred < start("2020-02-01") {
            return;
        }
        let date = london::local_date(event.occurred);
        let day = if date.weekday().is_weekend() { "weekend" } else { "week" };
        counts.add(&format!("{} {day}", event.data.event_type().name()), 1);
        counts.add(&format!("{} {}", event.data.event_type().name(), date.month()), 1);
        if event.data.event_type() == EventType::ContactReceived {
            let hour = london::local_time_text(event.occurred)[..2].parse::<i64>().unwrap();
            counts.add(if (6..22).contains(&hour) { "day" } else { "night" }, 1);
        }
    });
    // Meetings are in the week, but for some whose time was recorded wrongly at first.
    assert!(counts.of("core_group.held weekend") * 50 < counts.of("core_group.held week"));
    assert!(counts.of("contact.received weekend") * 10 > counts.of("contact.received week"));
    assert!(counts.of("contact.received weekend") * 4 < counts.of("contact.received week"));
    assert!(counts.of("contact.received 8") < counts.of("contact.received 7"));
    assert!(counts.of("contact.received 12") < counts.of("contact.received 11"));
    assert_eq!(counts.of("attendance.recorded 8"), 0);
    assert_eq!(counts.of("pep.held 8"), 0);
    assert!(counts.of("night") * 20 > counts.of("day"));
}
