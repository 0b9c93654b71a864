//! One child's story while it is told: who the child is, what has happened so far, and how it is written down.

use calendar::Date;
use vocabulary::{
    CaseClosed, ChildRegistered, ChildUpdated, Data, EventType, PlanEndReason, ReferralPathway, Sex, StepDown,
    SubjectKind, Text,
};

use crate::days::At;
use crate::draw::{Draw, Spread};
use crate::figures::{people, recording};
use crate::habit::{Habit, Step, day_done, in_office_hours};
use crate::shape::Shape;
use crate::workforce::Team;

/// Of two records of one child, which one an event is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Record {
    /// The one that stays.
    Own,
    /// One opened by mistake, to be merged into it.
    Double,
}

/// Whom a story is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Identity {
    pub(crate) kind: SubjectKind,
    pub(crate) number: u64,
    pub(crate) uuid: u128,
    /// The UUID of a child's second record, if there is one.
    pub(crate) double: u128,
}

/// Something that happened, before it has an id and a subject.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) occurred: At,
    pub(crate) recorded: At,
    /// In the order of telling, from 0: part of the id.
    pub(crate) number: u32,
    pub(crate) supersedes: Option<u32>,
    /// Whether it is delivered twice.
    pub(crate) repeated: bool,
    pub(crate) record: Record,
    pub(crate) data: Data,
}

/// How soon something is written down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Written {
    /// While it happens, or within minutes.
    AtOnce,
    /// Back in the office, the same day or some days later.
    Afterwards,
    /// When the minutes are done.
    WithMinutes,
}

/// What a child is open for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Phase {
    /// Referred, with or without a plan.
    InNeed,
    /// Child protection plan.
    Protected,
    /// Care.
    Care,
    /// Care leaver.
    Leaver,
    /// Private fostering.
    Private,
}

/// A stretch of time; `to` is not part of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) from: At,
    pub(crate) to: At,
}

/// Who the child is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Person {
    /// The day of birth.
    pub(crate) born: i32,
    pub(crate) sex: Option<Sex>,
    pub(crate) ethnicity: Text,
    pub(crate) disabled: bool,
    pub(crate) uasc: bool,
    pub(crate) locality: usize,
    /// Days between two times missing, if the child goes missing at all.
    pub(crate) goes_missing: Option<i32>,
}

/// How many of each noun there have been.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Numbers {
    pub(crate) contacts: u32,
    pub(crate) referrals: u32,
    pub(crate) assessments: u32,
    pub(crate) discussions: u32,
    pub(crate) enquiries: u32,
    pub(crate) plans: u32,
    pub(crate) care: u32,
    pub(crate) placements: u32,
    pub(crate) missing: u32,
    pub(crate) court: u32,
    pub(crate) early_help: u32,
}

/// An open case: a referral that is not closed yet.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// The referral.
    pub(crate) referral: Text,
    pub(crate) pathway: ReferralPathway,
    pub(crate) from: At,
    phase: Phase,
    phase_from: At,
}

impl Case {
    pub(crate) fn new(referral: Text, pathway: ReferralPathway, from: At) -> Case {
        Case { referral, pathway, from, phase: Phase::InNeed, phase_from: from }
    }
}

/// A child's story.
pub(crate) struct Story<'a> {
    pub(crate) shape: &'a Shape,
    pub(crate) draw: Draw,
    pub(crate) number: u64,
    pub(crate) uuid: u128,
    pub(crate) double: u128,
    pub(crate) person: Person,
    pub(crate) numbers: Numbers,
    pub(crate) told: Vec<Told>,
    pub(crate) phases: Vec<(Phase, Span)>,
    /// From when on which team has the child; none: nobody.
    pub(crate) teams: Vec<(At, Option<Team>)>,
    /// Whether what is told counts although it was before the county's years: it was taken over.
    taking_over: bool,
}

impl<'a> Story<'a> {
    /// A story not yet begun; `told` is a buffer to be used again.
    pub(crate) fn new(shape: &'a Shape, mut draw: Draw, number: u64, mut told: Vec<Told>) -> Story<'a> {
        told.clear();
        let (uuid, double) = (draw.uuid(), draw.uuid());
        Story {
            shape,
            draw,
            number,
            uuid,
            double,
            person: Person::default(),
            numbers: Numbers::default(),
            told,
            phases: Vec::new(),
            teams: Vec::new(),
            taking_over: false,
        }
    }

    /// Tells of something, unless it is after the county's last day, or before its first and of no consequence.
    pub(crate) fn tell(&mut self, occurred: At, written: Written, data: impl Into<Data>) {
        if occurred > self.shape.until {
            return;
        }
        let data = data.into();
        let recorded = if occurred >= self.shape.window {
            self.recorded(occurred, written)
        } else if self.taking_over || is_taken_over(data.event_type()) {
            // The day on which the county's system begins, and what it takes over from the one before.
            self.shape.window
        } else {
            return;
        };
        self.note(occurred, recorded, data);
    }

    /// Notes something with the instant at which it was recorded.
    pub(crate) fn note(&mut self, occurred: At, recorded: At, data: Data) {
        let number = u32::try_from(self.told.len()).unwrap_or(u32::MAX);
        let told = Told { occurred, recorded, number, supersedes: None, repeated: false, record: Record::Own, data };
        self.told.push(told);
    }

    /// Tells of something that counts also if it was before the county's years, as the last of its kind.
    pub(crate) fn tell_taken_over(&mut self, act: impl FnOnce(&mut Self)) {
        self.taking_over = true;
        act(self);
        self.taking_over = false;
    }

    fn recorded(&mut self, occurred: At, written: Written) -> At {
        let working_days = match written {
            Written::AtOnce => 0,
            Written::Afterwards => self.draw.of(recording::AFTERWARDS),
            Written::WithMinutes => self.draw.of(recording::WITH_MINUTES),
        };
        if working_days > 0 {
            let day = self.shape.days.working_day_after(occurred.day(), working_days);
            return in_office_hours(&mut self.draw, day);
        }
        let minutes = match written {
            Written::AtOnce => self.draw.of(recording::MINUTES_AT_ONCE),
            Written::Afterwards | Written::WithMinutes => self.draw.of(recording::MINUTES_AFTERWARDS),
        };
        let late = occurred.plus_minutes(minutes);
        if late.day() == occurred.day() { late } else { At::new(occurred.day(), 24 * 60 - 1) }
    }

    /// The first minute of the day on which the child is so old.
    pub(crate) fn birthday(&self, years: i32, months: i32) -> At {
        At::new(self.shape.days.months_after(self.person.born, years * 12 + months), 0)
    }

    /// The age in whole years on a day; negative before birth.
    pub(crate) fn age(&self, at: At) -> i32 {
        let born = self.shape.days.date(self.person.born);
        let (year, month, day) = self.shape.days.date(at.day()).ymd();
        let had_birthday = (month, day) >= (born.month(), born.day());
        year - born.year() - i32::from(!had_birthday)
    }

    /// An instant in office hours of a working day, so many days after another, and not before it.
    pub(crate) fn office(&mut self, from: At, days: i32) -> At {
        let day = self.shape.days.working_day_from(from.day().saturating_add(days));
        in_office_hours(&mut self.draw, day).max(from.plus_minutes(20))
    }

    /// An instant so many days after another, as a spread has it.
    pub(crate) fn office_after(&mut self, from: At, days: Spread) -> At {
        let days = self.draw.of(days);
        self.office(from, days)
    }

    /// When a single act is done that has a limit.
    pub(crate) fn done(&mut self, from: At, step: &Step) -> At {
        let day = day_done(&mut self.draw, &self.shape.days, from.day(), step);
        in_office_hours(&mut self.draw, day).max(from.plus_minutes(30))
    }

    /// Goes through the acts of a habit while a span lasts: `act` gets the instant and the place in the sequence.
    pub(crate) fn repeat(&mut self, span: Span, habit: Habit, act: impl FnMut(&mut Self, At, usize)) {
        self.repeat_by(span, |_, _, place| habit.step(place), act);
    }

    /// Goes through acts while a span lasts, with the step for each act from its start and its place.
    ///
    /// Of what was before the county's years only the last act is told. Where a span began long before, the acts
    /// begin in the middle.
    pub(crate) fn repeat_by(
        &mut self,
        span: Span,
        step: impl Fn(&Self, At, usize) -> Option<&'static Step>,
        mut act: impl FnMut(&mut Self, At, usize),
    ) {
        const LONG: i32 = 400;
        /// No act is that often repeated; a bound for the loop.
        const MOST: usize = 10_000;
        let window = self.shape.window;
        let end = span.to.min(self.shape.until.plus_minutes(1));
        if end <= window || end <= span.from {
            return;
        }
        let (mut start, mut place, mut before) = (span.from, 0, None);
        if span.from.day() < window.day() - LONG {
            let first = At::new(window.day() - LONG, 0);
            let Some(step) = step(self, first, usize::MAX) else { return };
            let limit = self.shape.days.due(first.day(), step.within) - first.day();
            let day = window.day() - 1 - self.draw.between(0, limit);
            start = self.office(At::new(day.max(span.from.day()), 0), 0).min(window.plus_minutes(-1));
            (place, before) = (1, Some((start, 0)));
        }
        while let Some(step) = step(self, start, place).filter(|_| place < MOST) {
            let at = self.done(start, step);
            if at >= end {
                break;
            }
            if at < window {
                before = Some((at, place));
            } else {
                self.tell_last_before(before.take(), &mut act);
                act(self, at, place);
            }
            start = at;
            place += 1;
        }
        self.tell_last_before(before, &mut act);
    }

    fn tell_last_before(&mut self, before: Option<(At, usize)>, act: &mut impl FnMut(&mut Self, At, usize)) {
        if let Some((at, place)) = before {
            self.tell_taken_over(|story| act(story, at, place));
        }
    }

    /// Strews acts over a span, with so many days between two on average, whatever was before.
    pub(crate) fn strew(&mut self, span: Span, mean_days: i32, mut act: impl FnMut(&mut Self, At)) {
        let end = span.to.min(self.shape.until.plus_minutes(1));
        let mut day = span.from.max(self.shape.window).day();
        loop {
            day += self.waiting(mean_days).max(1);
            if day > end.day() {
                return;
            }
            let at = self.office(At::new(day, 0), 0);
            if at < end && at >= span.from {
                act(self, at);
            }
        }
    }

    /// Days until something happens that happens by chance, so many days on average.
    pub(crate) fn waiting(&mut self, mean_days: i32) -> i32 {
        mean_days.saturating_mul(self.draw.of(crate::figures::WAITING)) / 1_000
    }

    /// Tells of the child for the first time.
    pub(crate) fn register(&mut self, at: At) {
        let born = self.shape.days.date(self.person.born);
        let is_born = self.person.born <= at.day();
        let record = ChildRegistered {
            date_of_birth: is_born.then_some(born),
            expected_date: (!is_born).then_some(self.expected(born)),
            sex: is_born.then_some(self.person.sex).flatten(),
            ethnicity: Some(self.person.ethnicity.clone()),
            disabled: self.person.disabled.then_some(true),
            uasc: self.person.uasc.then_some(true),
            home_postcode_recorded: Some(self.draw.chance(people::POSTCODE)),
        };
        // Nothing else of the child can be recorded before.
        self.note(at, at.max(self.shape.window), record.into());
        if !is_born {
            let birth = At::new(self.person.born, 0);
            let told = self.office_after(birth, people::BIRTH_TOLD);
            let update = ChildUpdated {
                date_of_birth: Some(born),
                expected_date: None,
                sex: self.person.sex,
                ethnicity: None,
                disabled: None,
                uasc: None,
                home_postcode_recorded: None,
            };
            self.tell(told, Written::AtOnce, update);
        }
    }

    fn expected(&mut self, born: Date) -> Date {
        born.plus_days(self.draw.between(-20, 12))
    }

    /// From here on the child is open for something else.
    pub(crate) fn turn(&mut self, case: &mut Case, at: At, phase: Phase) {
        self.phases.push((case.phase, Span { from: case.phase_from, to: at }));
        (case.phase, case.phase_from) = (phase, at);
    }

    /// Closes a case.
    pub(crate) fn close(&mut self, case: Case, at: At, reason: &'static str, stepped_down_to: Option<StepDown>) -> At {
        self.phases.push((case.phase, Span { from: case.phase_from, to: at }));
        self.teams.push((at, None));
        let reason = Text::new_static(reason);
        self.tell(at, Written::AtOnce, CaseClosed { episode: case.referral, reason, stepped_down_to });
        at
    }

    /// The end of something that adulthood ends at the latest, and whether it did.
    pub(crate) fn before_adulthood(&self, end: At) -> (At, bool) {
        let adult = self.birthday(18, 0).plus_minutes(-60);
        (end.min(adult), end > adult)
    }
}

/// Why a plan ended, where adulthood may have ended it.
pub(crate) fn end_reason(aged_out: bool, otherwise: PlanEndReason) -> PlanEndReason {
    if aged_out { PlanEndReason::AgedOut } else { otherwise }
}

/// The name of the n-th episode of a noun.
pub(crate) fn episode(noun: &str, number: &mut u32) -> Text {
    *number += 1;
    let mut digits = [0; 10];
    let mut rest = *number;
    let mut length = 0;
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (rest % 10) as u8;
        rest /= 10;
        length += 1;
        if rest == 0 {
            break;
        }
    }
    let digits = digits.get(digits.len() - length..).unwrap_or_default();
    let digits = std::str::from_utf8(digits).unwrap_or_default();
    // Nouns are short, so that the name needs no memory of its own.
    [noun, "-", digits].into_iter().collect()
}

/// Whether events of the type are taken over from before the county's years: what began or ended something, and what
/// is known of the child.
fn is_taken_over(event_type: EventType) -> bool {
    matches!(
        event_type,
        EventType::ChildRegistered
            | EventType::ChildUpdated
            | EventType::ReferralReceived
            | EventType::CaseClosed
            | EventType::PlanStarted
            | EventType::PlanEnded
            | EventType::CareStarted
            | EventType::CareEnded
            | EventType::LegalStatusChanged
            | EventType::PlacementStarted
            | EventType::PlacementEnded
            | EventType::AssessmentStarted
            | EventType::AssessmentCompleted
            | EventType::CareLeaverStarted
            | EventType::CareLeaverEnded
            | EventType::PrivateFosteringStarted
            | EventType::PrivateFosteringEnded
            | EventType::EarlyHelpStarted
            | EventType::EarlyHelpEnded
            | EventType::PreProceedingsStarted
            | EventType::PreProceedingsEnded
            | EventType::ProceedingsStarted
            | EventType::ProceedingsEnded
            | EventType::CarerApproved
            | EventType::CarerEnded
    )
}
