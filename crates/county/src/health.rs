//! What is owed to children in care besides: health, teeth, feelings and school.

use vocabulary::{
    AttendanceRecorded, DentalCheckCompleted, ExclusionKind, ExclusionRecorded, HealthAssessmentCompleted,
    HealthAssessmentRequested, InitialOrReview, Number, PepHeld, SchoolRecorded, SdqCompleted, Text,
};

use crate::days::At;
use crate::figures::health as figures;
use crate::story::{Span, Story, Written};

impl Story<'_> {
    /// The part of a span in which the child has one age and not yet another.
    fn aged(&self, span: Span, from_years: i32, to_years: i32) -> Span {
        let from = span.from.max(self.birthday(from_years, 0));
        Span { from, to: span.to.min(self.birthday(to_years, 0)) }
    }

    /// Health assessments, dental checks and questionnaires of a child in care.
    pub(crate) fn health(&mut self, span: Span) {
        let requested = self.office(span.from, 2);
        let (initial, review) = (InitialOrReview::Initial, InitialOrReview::Review);
        let first = self.done(span.from, &figures::INITIAL_ASSESSMENT);
        if first < span.to {
            self.tell(requested, Written::Afterwards, HealthAssessmentRequested { kind: initial });
            self.tell(first, Written::Afterwards, HealthAssessmentCompleted { kind: initial });
        }
        let fifth_birthday = self.birthday(5, 0);
        let step = move |_: &Self, start: At, _: usize| {
            Some(if start < fifth_birthday { &figures::ASSESSMENT_UNDER_5 } else { &figures::ASSESSMENT_FROM_5 })
        };
        self.repeat_by(Span { from: first, to: span.to }, step, |story, at, _| {
            let requested = at.plus_minutes(-30 * 24 * 60);
            story.tell(requested, Written::Afterwards, HealthAssessmentRequested { kind: review });
            story.tell(at, Written::Afterwards, HealthAssessmentCompleted { kind: review });
        });
        self.repeat(self.aged(span, 2, 18), figures::DENTAL_CHECKS, |story, at, _| {
            story.tell(at, Written::Afterwards, DentalCheckCompleted {});
        });
        let usual = self.draw.of(figures::SDQ_SCORE);
        self.repeat(self.aged(span, 4, 18), figures::SDQ, |story, at, _| {
            let score = usual + story.draw.between(-3, 3);
            let score = u8::try_from(score.clamp(0, 40)).unwrap_or(0);
            story.tell(at, Written::Afterwards, SdqCompleted { score });
        });
    }

    /// School, personal education plans, attendance and exclusions of a child in care.
    pub(crate) fn schooling(&mut self, span: Span) {
        self.repeat(self.aged(span, 3, 18), figures::PEP, |story, at, _| {
            let day = story.shape.days.school_day_from(at.day());
            let held = At::new(day, at.minute());
            if held < span.to {
                let term = Some(story.term(held));
                story.tell(held, Written::WithMinutes, PepHeld { term });
            }
        });
        let school = self.aged(span, 5, 16);
        if school.from >= school.to {
            return;
        }
        let first = self.office(school.from, 5);
        if first < school.to {
            self.tell_taken_over(|story| story.school(first));
        }
        self.repeat(Span { from: first, to: school.to }, figures::SCHOOL_CHANGES, |story, at, _| story.school(at));
        self.attendance(school);
        self.strew(school, figures::DAYS_BETWEEN_EXCLUSIONS, |story, at| {
            let at = At::new(story.shape.days.school_day_from(at.day()), at.minute());
            let kind = story.draw.one(&figures::EXCLUSION_KINDS);
            let days = story.draw.between(1, 5);
            let days =
                (kind == ExclusionKind::Suspension).then(|| u8::try_from(days).map_or(Number::from(1), Number::from));
            if at < school.to {
                story.tell(at, Written::Afterwards, ExclusionRecorded { kind, days });
            }
        });
    }

    fn school(&mut self, at: At) {
        let has_place = self.draw.chance(figures::HAS_PLACE);
        let setting = has_place.then(|| self.draw.one(&figures::SETTINGS));
        let in_county = has_place.then(|| self.draw.chance(figures::SCHOOL_IN_COUNTY));
        self.tell(at, Written::Afterwards, SchoolRecorded { has_place, setting, in_county });
    }

    /// The attendance of each term, at its end.
    fn attendance(&mut self, school: Span) {
        /// A bound for the loop: the months of a childhood.
        const MONTHS: i32 = 240;
        let usual = self.draw.of(figures::ATTENDANCE_TENTHS);
        let days = &self.shape.days;
        let begin = school.from.max(self.shape.window);
        let (_, _, day_of_month) = days.date(begin.day()).ymd();
        let first = begin.day() - i32::from(day_of_month);
        for month in 0..MONTHS {
            let end = days.months_after(first + 1, month) + 13;
            let at = At::new(self.shape.days.school_day_from(end), 15 * 60 + 30);
            if at >= school.to || at > self.shape.until {
                return;
            }
            let is_term_end = matches!(self.shape.days.date(end).month(), 3 | 7 | 12);
            if is_term_end && at >= begin {
                let tenths = (usual + self.draw.between(-60, 40)).clamp(0, 1_000);
                let percent = Number::new(f64::from(tenths) / 10.0).unwrap_or(Number::from(0));
                let term = Some(self.term(at));
                self.tell(at, Written::Afterwards, AttendanceRecorded { percent, term });
            }
        }
    }

    /// The school term of an instant.
    fn term(&self, at: At) -> Text {
        Text::new_static(match self.shape.days.date(at.day()).month() {
            9..=12 => "autumn",
            1..=3 => "spring",
            _ => "summer",
        })
    }
}
