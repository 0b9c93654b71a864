//! Care: coming into it, its legal grounds, placements, visits and reviews, and leaving it.

use vocabulary::{
    AssessmentCompleted, AssessmentKind, AssessmentOutcome, AssessmentStarted, CareEndReason, CareEnded, CareStarted,
    ConferenceOutcome, IroContactRecorded, LegalStatus, LegalStatusChanged, Number, Participation, PlacementEnded,
    PlacementKind, PlacementStarted, PlanEndReason, PlanKind, PlanOrigin, PlanStarted, ReviewHeld, ReviewKind, Subject,
    Text, VisitMode, VisitPurpose,
};

use crate::days::At;
use crate::figures::care as figures;
use crate::front_door::plan_ended;
use crate::lives::Life;
use crate::need::Assessed;
use crate::story::{Case, Phase, Span, Story, Written, episode};
use crate::workforce::Team;

/// How a child comes into care.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Entry {
    /// Soon after the referral.
    Direct,
    /// From a child protection plan.
    Protected,
    /// From a plan for a child in need.
    InNeed,
}

impl Story<'_> {
    /// A referral that ends up in care, with what follows care.
    pub(crate) fn care_spell(&mut self, day: i32, life: Life) -> At {
        let is_known_to_care = self.person.uasc || self.numbers.care > 0;
        let entry = if is_known_to_care { Entry::Direct } else { self.draw.one(&figures::ENTRIES) };
        let (mut case, from) = match entry {
            Entry::Direct => self.straight_into_care(day),
            Entry::Protected => self.care_after_protection(day),
            Entry::InNeed => self.care_after_need(day),
        };
        let adult = self.birthday(18, 0);
        if from.day() > adult.day() - figures::LEAST_DAYS {
            return self.close(case, from, "aged out", None);
        }
        self.turn(&mut case, from, Phase::Care);
        let stays = life == Life::CareAndLeaver;
        let leaves = self.office_after(from, figures::LASTS_DAYS);
        let to = if stays { adult } else { leaves.min(adult.plus_minutes(-48 * 60)) };
        let reason = if stays { CareEndReason::Leaver } else { self.end_reason_at(to) };
        let care = Span { from, to };
        self.in_care(care, stays, reason);
        let over = self.after_care(case, to, reason);
        self.pathway_plan(care, if stays { over } else { to });
        over
    }

    fn straight_into_care(&mut self, day: i32) -> (Case, At) {
        let Assessed { case, visited, .. } = self.assessed(day, figures::S47_DIRECT, AssessmentOutcome::Care);
        let wait = if self.person.uasc { figures::UASC_WAIT_DAYS } else { figures::DIRECT_WAIT_DAYS };
        let from = self.office_after(case.from, wait);
        self.visits_in_need(Span { from: visited, to: from });
        (case, from)
    }

    fn care_after_protection(&mut self, day: i32) -> (Case, At) {
        let ((mut case, enquiry), visited) = self.up_to_conference(day);
        let cut = self.office_after(enquiry.at, figures::PROTECTED_WAIT_DAYS);
        self.initial_conference(&enquiry, ConferenceOutcome::CpPlan);
        self.visits_in_need(Span { from: visited, to: enquiry.at });
        let end = self.protection_plan(enquiry.at, Some(cut));
        self.turn(&mut case, enquiry.at, Phase::Protected);
        (case, end.at)
    }

    fn care_after_need(&mut self, day: i32) -> (Case, At) {
        let Assessed { case, visited, completed } =
            self.assessed(day, crate::figures::need::S47_IN_NEED, AssessmentOutcome::CinPlan);
        let origin = PlanOrigin::Assessment;
        let from = self.need_plan(&case, completed, origin, crate::figures::protection::PLAN_BEFORE_DAYS);
        self.visits_in_need(Span { from: visited, to: from });
        (case, from)
    }

    fn end_reason_at(&mut self, to: At) -> CareEndReason {
        match self.age(to) {
            ..6 => self.draw.one(&figures::END_REASONS_UNDER_6),
            6.. => self.draw.one(&figures::END_REASONS),
        }
    }

    fn after_care(&mut self, mut case: Case, to: At, reason: CareEndReason) -> At {
        match reason {
            CareEndReason::Leaver => {
                self.close(case, to, "aged out", None);
                self.leaver(to)
            }
            CareEndReason::StepDownCin => {
                self.turn(&mut case, to, Phase::InNeed);
                self.need_plan_and_close(case, to, to, PlanOrigin::StepDownCare)
            }
            CareEndReason::ReturnedHome
            | CareEndReason::SpecialGuardianship
            | CareEndReason::Adopted
            | CareEndReason::Independent
            | CareEndReason::Died
            | CareEndReason::Other => {
                self.turn(&mut case, to, Phase::InNeed);
                let closing = self.office_after(to, figures::CLOSED_AFTER_CARE);
                let (closing, _) = self.before_adulthood(closing);
                self.close(case, closing.max(to), "care ended", None)
            }
        }
    }

    fn in_care(&mut self, span: Span, stays: bool, reason: CareEndReason) {
        let name = episode("care", &mut self.numbers.care);
        let permanence = self.office_after(span.from, figures::PERMANENCE_AFTER_DAYS);
        if permanence < span.to {
            self.teams.push((permanence, Some(Team::Permanence)));
        }
        self.legal_grounds(span, &name, stays);
        let moves = self.placements(span);
        let mut starts = moves.iter().copied().peekable();
        while let Some(from) = starts.next() {
            let to = starts.peek().copied().unwrap_or(span.to);
            self.care_visits(Span { from, to });
        }
        self.care_plan(span);
        self.repeat(span, figures::REVIEWS, |story, at, _| {
            let participation =
                if story.age(at) < 4 { Participation::Under4 } else { story.draw.one(&figures::PARTICIPATION) };
            let review = ReviewHeld { kind: ReviewKind::Care, participation: Some(participation) };
            story.tell(at, Written::WithMinutes, review);
        });
        self.care_assessments(span);
        self.repeat(span, figures::IRO_CONTACTS, |story, at, _| {
            let mode = Some(story.draw.one(&figures::IRO_MODES));
            story.tell(at, Written::Afterwards, IroContactRecorded { mode });
        });
        self.health(span);
        self.schooling(span);
        self.tell(span.to, Written::AtOnce, CareEnded { episode: name, reason });
    }

    fn legal_grounds(&mut self, span: Span, name: &Text, stays: bool) {
        let odds = match (self.person.uasc, stays) {
            (true, _) => &figures::LEGAL_STATUS_UASC,
            (false, true) => &figures::LEGAL_STATUS_OF_STAYERS,
            (false, false) => &figures::LEGAL_STATUS,
        };
        let legal_status = self.draw.one(odds);
        self.tell(span.from, Written::AtOnce, CareStarted { episode: name.clone(), legal_status });
        let goes_to_court = match legal_status {
            LegalStatus::S38 | LegalStatus::Police => true,
            LegalStatus::S20 => !self.person.uasc && self.draw.chance(figures::S20_TO_COURT),
            LegalStatus::S31 | LegalStatus::Remand | LegalStatus::Other => false,
        };
        if !goes_to_court {
            return;
        }
        let issued = if legal_status == LegalStatus::S20 {
            self.office_after(span.from, figures::S20_TO_COURT_DAYS)
        } else {
            self.office(span.from, 1)
        };
        if issued >= span.to {
            return;
        }
        let ended = self.proceedings(issued);
        if legal_status != LegalStatus::S38 {
            self.tell(issued, Written::Afterwards, LegalStatusChanged { legal_status: LegalStatus::S38 });
        }
        if ended < span.to {
            self.tell(ended, Written::Afterwards, LegalStatusChanged { legal_status: LegalStatus::S31 });
        }
    }

    /// The placements one after the other; when each begins.
    fn placements(&mut self, span: Span) -> Vec<At> {
        /// A bound for the loop: a placement lasts days at least.
        const MOST: usize = 400;
        let mut moves = Vec::new();
        let is_unsettled = self.draw.chance(figures::UNSETTLED);
        let mut from = span.from;
        while from < span.to && moves.len() < MOST {
            let days = match (is_unsettled, moves.len()) {
                (true, _) => figures::PLACEMENT_DAYS_UNSETTLED,
                (false, 0) => figures::PLACEMENT_DAYS_FIRST,
                (false, _) => figures::PLACEMENT_DAYS,
            };
            let to = self.office_after(from, days).min(span.to);
            let name = self.placement(from);
            let reason = if to < span.to { self.draw.one(&figures::MOVE_REASONS) } else { "care ended" };
            let ended = PlacementEnded { episode: name, reason: Some(Text::new_static(reason)) };
            self.tell(to, Written::Afterwards, ended);
            moves.push(from);
            from = to;
        }
        moves
    }

    fn placement(&mut self, at: At) -> Text {
        let name = episode("placement", &mut self.numbers.placements);
        let age = self.age(at);
        let kind = if self.person.uasc || age >= 16 {
            self.draw.one(&figures::PLACEMENTS_FROM_16)
        } else if age < 2 {
            self.draw.one(&figures::PLACEMENTS_UNDER_2)
        } else {
            self.draw.one(&figures::PLACEMENTS)
        };
        let is_in_house = kind == PlacementKind::InHouseFostering;
        let place = self.draw.one(if is_in_house { &figures::WHERE_IN_HOUSE } else { &figures::WHERE });
        let miles = match (place.far, place.out) {
            (true, _) => figures::FAR_MILES,
            (false, true) => figures::NEAR_BORDER_MILES,
            (false, false) => figures::NEAR_MILES,
        };
        let miles = self.draw.of(miles);
        let turn = self.number.wrapping_add(u64::from(self.numbers.placements));
        // Households that ended before the county's years are not taken over.
        let household = self.shape.workforce.household(turn, at.day());
        let household = household.filter(|household| is_in_house && household.to > self.shape.window.day());
        let provider = if is_in_house || kind == PlacementKind::Kinship || kind == PlacementKind::Parents {
            figures::OWN_PROVIDER
        } else {
            self.draw.one(&figures::PROVIDERS)
        };
        let started = PlacementStarted {
            episode: name.clone(),
            kind,
            in_county: Some(!place.out),
            miles_from_home: u8::try_from(miles).ok().map(Number::from),
            provider: Some(Text::new_static(provider)),
            carer: household.map(|household| Subject::Carer(household.uuid)),
        };
        self.tell(at, Written::Afterwards, started);
        name
    }

    fn care_visits(&mut self, span: Span) {
        let mut last = span.from;
        self.repeat(span, figures::VISITS, |story, at, _| {
            story.virtual_visit_between(last, at);
            last = at;
            let alone = (story.age(at) >= 4).then(|| story.draw.chance(figures::SEEN_ALONE));
            story.visit(at, VisitPurpose::Statutory, alone, VisitMode::FaceToFace);
        });
        let until = self.shape.until;
        if span.to > until {
            self.virtual_visit_between(last, until);
        }
    }

    /// Where a visit is late, the child is often seen on a screen meanwhile.
    fn virtual_visit_between(&mut self, last: At, next: At) {
        const SIX_WEEKS: i32 = 42;
        if next.day() - last.day() > SIX_WEEKS && last >= self.shape.window && self.draw.chance(figures::SEEN_ON_SCREEN)
        {
            let days = self.draw.between(28, SIX_WEEKS - 2);
            let at = self.office(last, days);
            self.visit(at.min(next.plus_minutes(-60)), VisitPurpose::Statutory, None, VisitMode::Virtual);
        }
    }

    fn care_plan(&mut self, span: Span) {
        let from = self.done(span.from, &figures::PLAN);
        if from >= span.to {
            return;
        }
        let (name, kind) = (episode("plan", &mut self.numbers.plans), PlanKind::Care);
        let started = PlanStarted { episode: name.clone(), kind, category: None, short_break: None, origin: None };
        self.tell(from, Written::Afterwards, started);
        self.tell(span.to, Written::Afterwards, plan_ended(name, kind, PlanEndReason::Other));
    }

    fn care_assessments(&mut self, span: Span) {
        self.repeat(span, figures::ASSESSMENTS, |story, at, _| {
            let (name, kind) = (episode("assessment", &mut story.numbers.assessments), Some(AssessmentKind::Cla));
            let started = AssessmentStarted { episode: name.clone(), kind, referral: None };
            story.tell(at.plus_minutes(-21 * 24 * 60), Written::Afterwards, started);
            let outcome = AssessmentOutcome::Care;
            story.tell(at, Written::Afterwards, AssessmentCompleted { episode: name, kind, referral: None, outcome });
        });
    }
}
