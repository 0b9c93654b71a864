//! What tells one fact of a child from another, in whatever workbook it stands.

use std::fmt;

use calendar::{Date, Instant, london};
use vocabulary::{Data, EventType, InitialOrReview, Text, VisitPurpose};

/// How facts of a type are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Told {
    /// There is one a child. When it happened is no more than an assumption.
    Once,
    /// By the day on which it happened or on which its episode began.
    Day,
    /// So too, but a workbook gives only the latest of them.
    LatestDay,
    /// By the workbook: its day is all that is known of the time.
    Observed,
}

/// The types that come from a workbook.
const TYPES: [(EventType, Told); 29] = [
    (EventType::ChildRegistered, Told::Once),
    (EventType::ChildUpdated, Told::Once),
    (EventType::AllocationStarted, Told::Observed),
    (EventType::ContactReceived, Told::Day),
    (EventType::EarlyHelpStarted, Told::Day),
    (EventType::ReferralReceived, Told::Day),
    (EventType::CaseClosed, Told::Day),
    (EventType::AssessmentStarted, Told::Day),
    (EventType::AssessmentCompleted, Told::Day),
    (EventType::StrategyDiscussionHeld, Told::Day),
    (EventType::S47Started, Told::Day),
    (EventType::S47Completed, Told::Day),
    (EventType::ConferenceHeld, Told::LatestDay),
    (EventType::PlanStarted, Told::Day),
    (EventType::PlanEnded, Told::Day),
    (EventType::VisitCompleted, Told::LatestDay),
    (EventType::ReviewHeld, Told::LatestDay),
    (EventType::CareStarted, Told::Day),
    (EventType::CareEnded, Told::Day),
    (EventType::LegalStatusChanged, Told::LatestDay),
    (EventType::PlacementStarted, Told::LatestDay),
    (EventType::HealthAssessmentCompleted, Told::LatestDay),
    (EventType::DentalCheckCompleted, Told::LatestDay),
    (EventType::IroContactRecorded, Told::LatestDay),
    (EventType::CareLeaverStarted, Told::Once),
    (EventType::CareLeaverEnded, Told::Once),
    (EventType::CareLeaverContacted, Told::LatestDay),
    (EventType::AccommodationRecorded, Told::Observed),
    (EventType::EetRecorded, Told::Observed),
];

/// The key of a fact among those of its child.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(super) struct Key {
    /// The type, and the kind where the type has several: `visit.completed/cp`.
    pub(super) series: Text,
    /// What tells it from others of the series: a date, or a date and a number.
    pub(super) tail: Text,
}

impl Key {
    /// The key of an event that this importer writes; `None` for any other. `recorded` is the day of the workbook.
    pub(super) fn of(data: &Data, occurred: Instant, recorded: Date) -> Option<Self> {
        let event_type = data.event_type();
        let told = told(data)?;
        let name = event_type.name();
        let tail = match (told, data.episode()) {
            (Told::Once, _) => return Some(Self { series: Text::new(name), tail: Text::default() }),
            (Told::Observed, _) => date_text(recorded),
            (Told::Day | Told::LatestDay, Some(episode)) => {
                let (noun, tail) = divide(episode);
                let is_said = name.replace('_', "-").starts_with(noun);
                let series = if is_said { Text::new(name) } else { join(name, noun) };
                return Some(Self { series, tail: Text::new(tail) });
            }
            (Told::Day | Told::LatestDay, None) => date_text(london::local_date(occurred)),
        };
        let series = kind(data).map_or_else(|| Text::new(name), |kind| join(name, kind));
        Some(Self { series, tail })
    }

    /// The key of what the fact ended.
    pub(super) fn beginning(&self) -> Option<Self> {
        const ENDS: [(&str, &str); 7] = [
            ("case.closed/referral", "referral.received"),
            ("case.closed", "referral.received/case"),
            ("plan.ended", "plan.started"),
            ("care.ended", "care.started"),
            ("care_leaver.ended", "care_leaver.started"),
            ("assessment.completed", "assessment.started"),
            ("s47.completed", "s47.started"),
        ];
        ENDS.iter().find_map(|(end, start)| {
            let kind = self.series.strip_prefix(end)?;
            Some(Self { series: Text::from(format!("{start}{kind}")), tail: self.tail.clone() })
        })
    }

    /// The list that states it; `None` where several do.
    fn list(&self) -> Option<u8> {
        // The longest beginnings stand first.
        const LISTS: [(&str, u8); 24] = [
            ("contact.received", 1),
            ("early_help.started", 2),
            ("assessment.started/early-help", 2),
            ("assessment.completed/early-help", 2),
            ("referral.received/case", 6),
            ("referral.received", 3),
            ("assessment.", 4),
            ("strategy_discussion.held", 5),
            ("s47.", 5),
            ("conference.held/initial", 5),
            ("conference.held/review", 7),
            ("plan.started/cin", 6),
            ("plan.ended/cin", 6),
            ("plan.", 7),
            ("visit.completed/cin", 6),
            ("visit.completed/cp", 7),
            ("visit.completed/statutory", 8),
            ("review.held/pathway", 9),
            ("care_leaver.", 9),
            ("accommodation.recorded", 9),
            ("eet.recorded", 9),
            ("child.", 0),
            ("allocation.", 0),
            ("case.closed", 0),
        ];
        let known = LISTS.iter().find(|(beginning, _)| self.series.starts_with(beginning));
        // Care, its review, legal status, placement, health, teeth and reviewing officer.
        known.map_or(Some(8), |(_, list)| Some(*list).filter(|list| *list > 0))
    }

    /// The date in the tail.
    pub(super) fn date(&self) -> Option<Date> {
        Date::parse(self.tail.get(..10)?)
    }
}

/// `visit.completed/cp/2021-03-02`
impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.series)?;
        if !self.tail.is_empty() {
            write!(f, "/{}", self.tail)?;
        }
        Ok(())
    }
}

/// How the facts of a type are told apart; `None` for types that do not come from a workbook.
pub(super) fn told(data: &Data) -> Option<Told> {
    if let Data::ConferenceHeld(conference) = data
        && conference.kind == InitialOrReview::Initial
    {
        // Every enquiry has its own.
        return Some(Told::Day);
    }
    let event_type = data.event_type();
    TYPES.iter().find(|(known, _)| *known == event_type).map(|(_, told)| *told)
}

/// The lists that a workbook has.
#[derive(Clone, Copy, Default)]
pub(super) struct ListsRead(u16);

impl ListsRead {
    pub(super) fn insert(&mut self, list: u8) {
        self.0 |= 1 << list;
    }

    pub(super) fn has(self, list: u8) -> bool {
        self.0 & (1 << list) != 0
    }

    /// Whether the workbook would state the fact if it were so. Of what several lists state, any may be missing
    /// where the fact would stand, so only a workbook with all of them would.
    pub(super) fn would_state(self, key: &Key) -> bool {
        match key.list() {
            Some(list) => self.has(list),
            None => (3..=9).all(|list| self.has(list)),
        }
    }
}

/// The lists 1 to 5 go back so many months, and what was closed before then is left out of the others.
const MONTHS_LISTED: i32 = 6;

/// The first day that the lists of what happened go back to.
pub(super) fn first_listed(as_at: Date) -> Date {
    as_at.plus_months(-MONTHS_LISTED)
}

/// The kind of a fact without an episode, of the types that have several.
fn kind(data: &Data) -> Option<&'static str> {
    if let Data::VisitCompleted(visit) = data {
        // The first visit of a case has the purpose `initial` besides; it stands before the others.
        visit.purposes.iter().last().map(VisitPurpose::as_str)
    } else if let Data::ReviewHeld(review) = data {
        Some(review.kind.as_str())
    } else if let Data::ConferenceHeld(conference) = data {
        Some(conference.kind.as_str())
    } else {
        None
    }
}

/// The name of an episode: `cp-2020-04-27`; a second one of the day is `contact-2020-04-27-2`.
pub(super) fn episode(noun: &str, start: Date, ordinal: usize) -> Text {
    match ordinal {
        0 | 1 => Text::from(format!("{noun}-{start}")),
        ordinal => Text::from(format!("{noun}-{start}-{ordinal}")),
    }
}

/// The noun of an episode's name, and the rest from its date on.
fn divide(episode: &str) -> (&str, &str) {
    let dashes = episode.match_indices('-').map(|(position, _)| position);
    for dash in dashes {
        if let Some((noun, tail)) = episode.split_at_checked(dash)
            && let Some(tail) = tail.strip_prefix('-')
            && tail.get(..10).and_then(Date::parse).is_some()
        {
            return (noun, tail);
        }
    }
    (episode, "")
}

fn join(name: &str, kind: &str) -> Text {
    Text::from(format!("{name}/{kind}"))
}

fn date_text(date: Date) -> Text {
    Text::from(date.to_string())
}
