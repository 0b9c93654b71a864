//! What is valid but odd: shown on the child, and in the way of no figure (domain.md section 7).

use crate::case::Case;
use crate::episodes::first_of_each;
use crate::history::Moment;
use calendar::london::local_date;
use rulebook::{Match, Shape};
use vocabulary::{Event, EventType, SubjectKind};

/// What is odd.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    /// The end of an episode of which no start is on record.
    EndWithoutStart,
    /// An end or stop that is dated before its start.
    EndBeforeStart,
    /// Two starts of one episode.
    StartedTwice,
    /// One episode name in two histories that were merged.
    EpisodeCollision,
    /// Two plans of one kind open at the same time.
    OverlappingPlans,
    /// A child with an open case and no allocation on record.
    NoAllocation,
    /// A child in a state whose clocks depend on age, with no date of birth.
    NoDateOfBirth,
    /// Two events that say they replace one.
    ReplacedTwice,
    /// An event recorded two months or more after it happened.
    RecordedMonthsLate,
}

impl FindingKind {
    /// The name in the command line and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            FindingKind::EndWithoutStart => "end_without_start",
            FindingKind::EndBeforeStart => "end_before_start",
            FindingKind::StartedTwice => "started_twice",
            FindingKind::EpisodeCollision => "episode_collision",
            FindingKind::OverlappingPlans => "overlapping_plans",
            FindingKind::NoAllocation => "no_allocation",
            FindingKind::NoDateOfBirth => "no_date_of_birth",
            FindingKind::ReplacedTwice => "replaced_twice",
            FindingKind::RecordedMonthsLate => "recorded_months_late",
        }
    }
}

/// One data-quality finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding<'a> {
    /// What is odd.
    pub kind: FindingKind,
    /// The event that shows it; none where something is not there.
    pub event: Option<&'a Event>,
    /// What is odd, in a sentence.
    pub detail: String,
}

/// The starts and ends of one noun's episodes.
const NOUNS: [(EventType, EventType); 15] = [
    (EventType::ContactReceived, EventType::ContactDecided),
    (EventType::MashEnquiryStarted, EventType::MashEnquiryCompleted),
    (EventType::ReferralReceived, EventType::CaseClosed),
    (EventType::AssessmentStarted, EventType::AssessmentCompleted),
    (EventType::S47Started, EventType::S47Completed),
    (EventType::PlanStarted, EventType::PlanEnded),
    (EventType::CareStarted, EventType::CareEnded),
    (EventType::PlacementStarted, EventType::PlacementEnded),
    (EventType::MissingStarted, EventType::MissingEnded),
    (EventType::PreProceedingsStarted, EventType::PreProceedingsEnded),
    (EventType::ProceedingsStarted, EventType::ProceedingsEnded),
    (EventType::PrivateFosteringStarted, EventType::PrivateFosteringEnded),
    (EventType::CareLeaverStarted, EventType::CareLeaverEnded),
    (EventType::EarlyHelpStarted, EventType::EarlyHelpEnded),
    (EventType::CarerApproved, EventType::CarerEnded),
];

/// All findings on a subject, ordered by kind and then as the events are in a history; an event is found once of a kind.
pub fn findings<'a>(case: &Case<'_, 'a, '_>) -> Vec<Finding<'a>> {
    let mut found = Vec::new();
    for (start, end) in NOUNS {
        episode_findings(case, start, end, &mut found);
    }
    stops_before_starts(case, &mut found);
    overlapping_plans(case, &mut found);
    absences(case, &mut found);
    for event in case.history().replaced_twice() {
        let detail = format!("more than one event says that it replaces {}; the last recorded counts", event.id);
        found.push(Finding { kind: FindingKind::ReplacedTwice, event: Some(event), detail });
    }
    for moment in case.history().moments() {
        let (happened, recorded) = (moment.date, local_date(moment.first_recorded));
        if happened.plus_months(2) <= recorded {
            let detail = format!("{} of {happened} was recorded on {recorded}", type_name(moment));
            found.push(Finding { kind: FindingKind::RecordedMonthsLate, event: Some(moment.event), detail });
        }
    }
    found.sort_by_key(|finding| {
        (finding.kind, finding.event.map(|event| (event.occurred, event.recorded, &*event.source, event.id.as_str())))
    });
    found.dedup_by(|later, first| later.kind == first.kind && later.event.is_some() && same(later.event, first.event));
    found
}

fn same(one: Option<&Event>, other: Option<&Event>) -> bool {
    one.map(|event| (&event.source, &event.id)) == other.map(|event| (&event.source, &event.id))
}

fn type_name(moment: &Moment<'_>) -> &'static str {
    moment.event.data.event_type().name()
}

fn episode_findings<'a>(case: &Case<'_, 'a, '_>, start: EventType, end: EventType, found: &mut Vec<Finding<'a>>) {
    let of_type = |event_type: EventType| {
        let moments = case.history().moments().iter();
        moments.filter(move |moment| moment.event.data.event_type() == event_type).collect::<Vec<_>>()
    };
    let starts = of_type(start);
    let first = first_of_each(&starts);
    let first_start = |name: &str| {
        let place = first.binary_search_by(|(theirs, _)| (*theirs).cmp(name)).ok()?;
        first.get(place).map(|(_, moment)| *moment)
    };
    for moment in starts {
        let Some(name) = moment.episode() else { continue };
        if let Some(earlier) = first_start(name).filter(|earlier| earlier.place != moment.place) {
            let collides = earlier.event.subject != moment.event.subject;
            let kind = if collides { FindingKind::EpisodeCollision } else { FindingKind::StartedTwice };
            let detail = format!("{} gives episode {name} a second start; the first counts", start.name());
            found.push(Finding { kind, event: Some(moment.event), detail });
        }
    }
    for moment in of_type(end) {
        let Some(name) = moment.episode() else { continue };
        let (kind, detail) = match first_start(name) {
            None => (
                FindingKind::EndWithoutStart,
                format!("{} of episode {name}, of which no {} is on record", end.name(), start.name()),
            ),
            Some(start) if moment.occurred() < start.occurred() => {
                (FindingKind::EndBeforeStart, format!("{} of episode {name} is dated before its start", end.name()))
            }
            Some(_) => continue,
        };
        found.push(Finding { kind, event: Some(moment.event), detail });
    }
}

/// A stop that an episode links to its start counts though it is dated before it.
fn stops_before_starts<'a>(case: &Case<'_, 'a, '_>, found: &mut Vec<Finding<'a>>) {
    for clock in case.all_clocks() {
        let by_link = match &clock.rule.shape {
            Shape::Respond(respond) => respond.stops.iter().all(|stop| matches!(stop, Match::Link(_))),
            Shape::Recur(_) => false,
        };
        let stop = clock.stopped().filter(|stop| by_link && stop.at < clock.started).and_then(|stop| stop.by);
        if let Some(stop) = stop {
            let detail = format!("{} is dated before the start of {} that it ends", type_name(stop), clock.rule.id);
            found.push(Finding { kind: FindingKind::EndBeforeStart, event: Some(stop.event), detail });
        }
    }
}

fn overlapping_plans<'a>(case: &Case<'_, 'a, '_>, found: &mut Vec<Finding<'a>>) {
    for (id, state) in case.rulebook().states_with_ids() {
        let of_plans = state
            .episodes
            .as_ref()
            .is_some_and(|which| case.rulebook().pattern(which.starts).types.contains(EventType::PlanStarted));
        let mut latest_end = None;
        for episode in if of_plans { case.episodes(id) } else { &[] } {
            let interval = episode.interval();
            if latest_end.is_some_and(|end| interval.from < end) {
                let name = episode.start.episode().unwrap_or_default();
                let detail = format!("plan {name} began while another plan of its kind was open");
                found.push(Finding { kind: FindingKind::OverlappingPlans, event: Some(episode.start.event), detail });
            }
            latest_end = latest_end.max(Some(interval.to));
        }
    }
}

fn absences(case: &Case<'_, '_, '_>, found: &mut Vec<Finding<'_>>) {
    let rulebook = case.rulebook();
    let holds = |state| case.holds(state, case.at());
    let is_child = case.subject_kind() == SubjectKind::Child;
    let open = rulebook.states_with_ids().find(|(_, state)| state.id == "open").map(|(id, _)| id);
    if is_child && open.is_some_and(holds) && case.allocations.iter().next().is_none() {
        let detail = "the case is open, and no allocation is on record".to_owned();
        found.push(Finding { kind: FindingKind::NoAllocation, event: None, detail });
    }
    let by_age = rulebook.clocks.iter().find(|rule| match &rule.shape {
        Shape::Recur(recur) => recur.ages.is_some() && holds(recur.state),
        Shape::Respond(_) => false,
    });
    if let Some(rule) = by_age.filter(|_| is_child && case.history().date_of_birth().is_none()) {
        let detail =
            format!("no date of birth is on record, so {} and whatever else depends on age do not run", rule.id);
        found.push(Finding { kind: FindingKind::NoDateOfBirth, event: None, detail });
    }
}
