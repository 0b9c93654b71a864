//! Small histories full of oddities, for properties: events at one instant and around midnight and clock changes, ends
//! before starts, second starts, corrections of corrections, merges in circles, workers who come and go.
//!
//! A failing history is shown as the smallest table that still fails, to be kept as a case of its own.

use crate::ask::instant;
use crate::table::events;
use calendar::Instant;
use proptest::prelude::*;
use proptest::sample::select;
use std::fmt;
use vocabulary::Event;

/// A history, as a table.
#[derive(Clone)]
pub struct Nasty {
    table: String,
}

/// Shows the table.
impl fmt::Debug for Nasty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\n{}", self.table)
    }
}

impl Nasty {
    /// Its events.
    pub fn events(&self) -> Vec<Event> {
        events(&self.table)
    }
}

/// What is told of: the words after the time. `{e}` and `{o}` stand for an episode, `{n}` for the number of a child.
type Theme = &'static [&'static str];

const FRONT_DOOR: Theme = &[
    "contact.received {e}",
    "contact.received {e} rag=red professional=true reasons=neglect",
    "contact.received {e} missing_notification=true",
    "contact.decided {e} initial advice",
    "contact.decided {e} final early_help",
    "contact.decided {e} final existing_early_help",
    "mash_enquiry.started {e}",
    "mash_enquiry.completed {e}",
    "early_help.started {e} service=family_support",
    "early_help.ended {e} stepped_up",
    "neglect_toolkit.completed contact={e}",
    "visit.completed early_help",
    "referral.received {e}",
    "voice.statement_received channel=mind_of_my_own",
    "assessment.completed {e} kind=early_help",
];

const REFERRAL: Theme = &[
    "referral.received {e} s17",
    "referral.received {e} s47",
    "visit.completed initial",
    "visit.completed initial,cin seen=false",
    "visit.completed cin mode=virtual",
    "case.closed {e}",
    "case.closed {e} stepped_down_to=early_help",
    "assessment.started {e} referral={o}",
    "assessment.started {e} kind=cla referral={o}",
    "assessment.reviewed {e} 8",
    "assessment.completed {e} outcome=cin_plan",
    "assessment.completed {e} kind=early_help",
    "plan.started {e} cin",
    "plan.started {e} cin short_break=true",
    "plan.ended {e} cin",
    "review.held cin",
    "supervision.recorded",
    "care.started {e} s20",
    "care_leaver.started {e}",
    "assessment.reviewed {e} 20",
    "assessment.reviewed {e} 30",
    "assessment.completed {e} outcome=care",
    "visit.completed cin,initial",
    "referral.received {e} s17",
];

const PROTECTION: Theme = &[
    "strategy_discussion.requested {e}",
    "strategy_discussion.requested {e} kind=review",
    "strategy_discussion.held {e} outcome=s47 invited=health,police attended=police",
    "s47.started {e} strategy_discussion={o}",
    "s47.completed {e} outcome=assessment",
    "s47.completed {e} strategy_discussion={o} outcome=icpc",
    "conference.held initial s47={e} outcome=cp_plan views=none",
    "conference.held review views=advocate",
    "plan.started {e} cp category=neglect",
    "plan.started {e} cp",
    "plan.ended {e} cp step_down_cin",
    "plan.ended {e} cin",
    "visit.completed cp seen_alone=true",
    "visit.completed cp",
    "visit.completed cp,statutory seen=false",
    "core_group.held",
    "supervision.recorded",
    "neglect_toolkit.completed",
    "strategy_discussion.held {e} invited=health,social_care attended=health,social_care",
    "conference.held initial s47={e} outcome=cp_plan advocacy_referral=true",
    "visit.completed cp mode=virtual seen_alone=true",
    "s47.started {e} strategy_discussion={o}",
];

const CARE: Theme = &[
    "care.started {e} s20",
    "care.started {e} s31",
    "care.ended {e} step_down_cin",
    "care.ended {e}",
    "legal_status.changed s31",
    "placement.started {e} in_house_fostering in_county=true",
    "placement.started {e} agency_fostering in_county=false miles_from_home=20",
    "placement.ended {e}",
    "visit.completed statutory",
    "visit.completed statutory mode=virtual",
    "review.held care participation=attended",
    "health_assessment.completed initial",
    "health_assessment.completed review",
    "dental_check.completed",
    "sdq.completed 17",
    "pep.held",
    "iro_contact.recorded face_to_face",
    "exclusion.recorded suspension",
    "attendance.recorded 89.5",
    "school.recorded true setting=mainstream",
    "missing.started {e}",
    "missing.ended {e}",
    "return_interview.completed {e}",
    "plan.started {e} pathway",
    "plan.started {e} care",
    "visit.completed statutory",
    "care.started {e} s20",
    "school.recorded true in_county=false",
    "assessment.completed {e} kind=cla",
];

const LATER: Theme = &[
    "care_leaver.started {e}",
    "care_leaver.ended {e}",
    "care_leaver.contacted face_to_face",
    "care_leaver.contacted letter",
    "visit.completed care_leaver",
    "review.held pathway",
    "plan.started {e} pathway",
    "accommodation.recorded true",
    "eet.recorded neet",
    "care.started {e} s31",
    "care.ended {e}",
    "private_fostering.started {e}",
    "private_fostering.ended {e}",
    "visit.completed private_fostering",
    "pre_proceedings.started {e}",
    "pre_proceedings.ended {e}",
    "proceedings.started {e}",
    "exploitation_screening.completed significant",
    "eet.recorded higher_education",
    "eet.recorded employment",
    "proceedings.ended {e}",
    "visit.completed cp,care_leaver",
];

/// What may happen in every story; each is as likely as a line of the story itself.
const ALWAYS: Theme = &[
    "child.registered 1995-03-31",
    "child.registered 1999-06-15",
    "child.registered 2001-01-31",
    "child.registered 2003-04-01",
    "child.registered 2004-01-04",
    "child.registered 2009-01-31",
    "child.registered 2016-02-29",
    "child.updated 2018-01-05",
    "child.updated sex=male",
    "allocation.started G G1 worker=SW1",
    "allocation.started G G1",
    "allocation.started S S1 worker=SW2",
    "allocation.started S G1 worker=SW1 role=secondary",
    "allocation.ended",
    "case_note.recorded",
    "feedback.received complaint upheld=partly",
    "feedback.received compliment",
    "case_audit.completed good planning=inadequate assessment=good",
    "case_audit.completed inadequate planning=good management_oversight=outstanding",
    "plan.started {e} my_plan",
];

const THEMES: &[Theme] = &[FRONT_DOOR, REFERRAL, PROTECTION, CARE, LATER, CARERS];

const WORKERS: Theme =
    &["worker.updated 1", "worker.updated 0.5 left=true", "worker.updated 0.5 left=false", "allocation.started S S1"];

const CARERS: Theme = &[
    "carer.approved {e}",
    "carer.approved {e}",
    "carer.ended {e}",
    "carer_review.held",
    "carer_visit.completed true",
    "carer_supervision.recorded",
    "carer_check.completed dbs",
    "carer_check.completed medical",
    "allocation.started G F1",
];

/// Days around the changes of the clocks, of limits and targets, leap days, year's ends and bank holidays.
const DAYS: &[&str] = &[
    "2019-03-31",
    "2020-02-29",
    "2020-03-01",
    "2020-08-31",
    "2020-10-25",
    "2020-12-31",
    "2021-01-04",
    "2021-01-04",
    "2021-01-04",
    "2021-01-05",
    "2021-01-05",
    "2021-01-08",
    "2021-01-11",
    "2021-01-18",
    "2021-01-31",
    "2021-02-01",
    "2021-02-28",
    "2021-03-27",
    "2021-03-28",
    "2021-03-31",
    "2021-04-01",
    "2021-04-06",
    "2022-03-31",
    "2022-04-01",
];

const TIMES: &[&str] =
    &["00:00", "09:00", "10:00", "10:00", "10:00", "10:00:00.000001", "12:00", "22:59:59.999999", "23:00", "23:30"];

/// A time of the pool.
fn time() -> impl Strategy<Value = String> {
    (select(DAYS), select(TIMES)).prop_map(|(day, time)| format!("{day}T{time}"))
}

/// An instant at which something may happen, or the one before or after it.
pub fn an_instant() -> impl Strategy<Value = Instant> {
    (time(), -1..=1i64).prop_map(|(time, micros)| instant(&time).plus_micros(micros))
}

/// One event without its id, as far as it does not depend on the others.
#[derive(Clone, Debug)]
struct Draft {
    occurred: String,
    what: What,
    recorded: Option<String>,
    source: &'static str,
    child: u8,
    /// The place of the event that it says it replaces.
    supersedes: Option<usize>,
}

#[derive(Clone, Debug)]
enum What {
    Told { words: &'static str, episode: &'static str, other: &'static str },
    OfWorker { words: &'static str, worker: &'static str },
    OfCarer { words: &'static str, episode: &'static str },
    Retracts(usize),
    Merges(u8),
}

fn told(theme: Theme) -> BoxedStrategy<What> {
    if std::ptr::eq(theme, CARERS) {
        return (select(CARERS), select(EPISODES))
            .prop_map(|(words, episode)| What::OfCarer { words, episode })
            .boxed();
    }
    let words = prop_oneof![4 => select(theme), 1 => select(ALWAYS)];
    (words, select(EPISODES), select(EPISODES))
        .prop_map(|(words, episode, other)| What::Told { words, episode, other })
        .boxed()
}

const EPISODES: &[&str] = &["x", "x", "y", "z"];

/// How much of a history is corrections.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corrections {
    /// None.
    None,
    /// Some.
    Some,
}

fn draft(theme: Theme, corrections: Corrections) -> impl Strategy<Value = Draft> {
    let of_worker = (select(WORKERS), select(["SW1", "SW2"].as_slice()))
        .prop_map(|(words, worker)| What::OfWorker { words, worker });
    let story = prop_oneof![24 => told(theme), 1 => of_worker, 1 => told(CARERS)];
    let (what, supersedes) = match corrections {
        Corrections::None => (story.boxed(), Just(None).boxed()),
        Corrections::Some => {
            let retracts = (0..MOST_EVENTS).prop_map(What::Retracts);
            let merges = (1..=3u8).prop_map(What::Merges);
            let what = prop_oneof![16 => story, 2 => retracts, 1 => merges];
            (what.boxed(), proptest::option::weighted(0.15, 0..MOST_EVENTS).boxed())
        }
    };
    let child = prop_oneof![6 => Just(1u8), 2 => Just(2u8), 1 => Just(3u8)];
    let recorded = proptest::option::weighted(0.3, time());
    let source = prop_oneof![5 => Just("a"), 1 => Just("b")];
    (time(), what, recorded, source, child, supersedes).prop_map(
        |(occurred, what, recorded, source, child, supersedes)| Draft {
            occurred,
            what,
            recorded,
            source,
            child,
            supersedes,
        },
    )
}

/// A history has fewer events than this.
pub const MOST_EVENTS: usize = 24;

/// A history of up to three children, a carer and two workers.
pub fn history(corrections: Corrections) -> impl Strategy<Value = Nasty> {
    let drafts =
        select(THEMES).prop_flat_map(move |theme| proptest::collection::vec(draft(theme, corrections), 1..MOST_EVENTS));
    drafts.prop_map(|drafts| Nasty {
        table: drafts.iter().enumerate().map(|(place, draft)| line(place, draft)).collect(),
    })
}

fn line(place: usize, draft: &Draft) -> String {
    let Draft { occurred, what, source, child, .. } = draft;
    let mut line = match what {
        What::Told { words, episode, other } => {
            format!("{occurred} {} | child={child}", words.replace("{e}", episode).replace("{o}", other))
        }
        What::OfWorker { words, worker } => format!("{occurred} {words} | worker={worker}"),
        What::OfCarer { words, episode } => format!("{occurred} {} | carer=1", words.replace("{e}", episode)),
        What::Retracts(named) => format!("{occurred} event.retracted n{named} | child={child}"),
        What::Merges(into) => format!("{occurred} child.merged {into} | child={child}"),
    };
    line.push_str(&format!(" id=n{place} source={source}"));
    if let Some(recorded) = &draft.recorded {
        line.push_str(&format!(" recorded={recorded}"));
    }
    if let Some(named) = draft.supersedes {
        line.push_str(&format!(" supersedes=n{named}"));
    }
    line.push('\n');
    line
}
