//! Children in need: referrals that come to nothing, assessments, plans, visits and reviews.

use vocabulary::{
    AssessmentCompleted, AssessmentKind, AssessmentOutcome, AssessmentReviewed, AssessmentStarted, ChoiceSet,
    PlanEndReason, PlanKind, PlanOrigin, PlanStarted, PrivateFosteringEnded, PrivateFosteringStarted, ReferralPathway,
    ReviewHeld, ReviewKind, StepDown, VisitAttempted, VisitCompleted, VisitMode, VisitPurpose,
};

use crate::days::At;
use crate::draw::Spread;
use crate::figures::{need as figures, private};
use crate::front_door::plan_ended;
use crate::protection::EnquiryEnd;
use crate::story::{Case, Phase, Span, Story, Written, end_reason, episode};
use crate::workforce::Team;

/// A child in need who has been seen and assessed.
pub(crate) struct Assessed {
    pub(crate) case: Case,
    pub(crate) visited: At,
    pub(crate) completed: At,
}

impl Story<'_> {
    /// A visit at which the child is seen.
    pub(crate) fn visit(&mut self, at: At, purpose: VisitPurpose, seen_alone: Option<bool>, mode: VisitMode) {
        let purposes = ChoiceSet::from([purpose]);
        self.tell(at, Written::Afterwards, VisitCompleted { purposes, seen: true, seen_alone, mode });
    }

    /// A visit for which nobody is at home, or the child is not.
    pub(crate) fn vain_visit(&mut self, at: At, purpose: VisitPurpose) {
        let purposes = ChoiceSet::from([purpose]);
        if self.draw.chance(figures::CHILD_NOT_SEEN) {
            let visit = VisitCompleted { purposes, seen: false, seen_alone: None, mode: VisitMode::FaceToFace };
            self.tell(at, Written::Afterwards, visit);
        } else {
            let reason = Some(vocabulary::Text::new_static("no answer"));
            self.tell(at, Written::Afterwards, VisitAttempted { purposes, reason });
        }
    }

    /// A referral that is closed before anybody has seen the child.
    pub(crate) fn unseen_spell(&mut self, day: i32) -> At {
        let case = self.referral(day, figures::S47_UNSEEN);
        let closed = self.done(case.from, &figures::DECISION_NOT_TO_VISIT);
        self.close(case, closed, "no further action", None)
    }

    /// A referral, the initial visit, and the assessment with its outcome.
    pub(crate) fn assessed(&mut self, day: i32, s47: u32, outcome: AssessmentOutcome) -> Assessed {
        let case = self.referral(day, s47);
        let step = match case.pathway {
            ReferralPathway::S17 => &figures::INITIAL_VISIT_S17,
            ReferralPathway::S47 => &figures::INITIAL_VISIT_S47,
        };
        let visited = self.done(case.from, step);
        if visited.day() > case.from.day() + 7 && self.draw.chance(figures::IN_VAIN_BEFORE) {
            let in_vain = self.office(case.from, 3);
            self.vain_visit(in_vain, VisitPurpose::Initial);
        }
        // For as long as the case is open it counts whether the child was seen.
        self.tell_taken_over(|story| story.visit_as_seen(visited, VisitPurpose::Initial));
        let started = self.office_after(case.from, figures::ASSESSMENT_BEGINS);
        let working_days = self.draw.of(figures::ASSESSMENT_WORKING_DAYS);
        let completed = self.assessment(&case, started, working_days, visited, outcome);
        Assessed { case, visited, completed }
    }

    /// A single assessment, at the earliest complete when the child has been seen; when it is.
    pub(crate) fn assessment(
        &mut self,
        case: &Case,
        started: At,
        working_days: i32,
        not_before: At,
        outcome: AssessmentOutcome,
    ) -> At {
        let day = self.shape.days.working_day_after(started.day(), working_days);
        let completed = self.office(At::new(day, 0), 0).max(not_before.plus_minutes(60));
        let name = episode("assessment", &mut self.numbers.assessments);
        let (kind, referral) = (Some(AssessmentKind::Single), Some(case.referral.clone()));
        let start = AssessmentStarted { episode: name.clone(), kind, referral: referral.clone() };
        self.tell(started, Written::AtOnce, start);
        for (checkpoint, step) in figures::CHECKPOINTS {
            let reviewed = self.done(started, step);
            if reviewed < completed && self.draw.chance(figures::CHECKPOINT_HELD) {
                let review = AssessmentReviewed { episode: name.clone(), checkpoint: *checkpoint };
                self.tell(reviewed, Written::Afterwards, review);
            }
        }
        self.tell(completed, Written::AtOnce, AssessmentCompleted { episode: name, kind, referral, outcome });
        completed
    }

    /// A referral that ends with its assessment.
    pub(crate) fn assessed_spell(&mut self, day: i32) -> At {
        let outcome = self.draw.one(&figures::OUTCOMES);
        let Assessed { case, visited, completed } = self.assessed(day, figures::S47_ASSESSED, outcome);
        self.enquiries_without_plan(case.from, figures::ENQUIRED_ASSESSED);
        let closing = self.office_after(completed, figures::CLOSED_AFTER_ASSESSMENT);
        let (closing, _) = self.before_adulthood(closing);
        self.visits_in_need(Span { from: visited, to: closing });
        let stepped_down_to = step_down(outcome);
        let closed = self.close(case, closing.max(completed), "assessment complete", stepped_down_to);
        if stepped_down_to == Some(StepDown::EarlyHelp) && self.draw.chance(figures::EARLY_HELP_FOLLOWS) {
            self.early_help_after(closed);
        }
        closed
    }

    /// Strategy discussions, perhaps with an enquiry, that lead to no conference.
    fn enquiries_without_plan(&mut self, from: At, permille: u32) {
        if self.draw.chance(permille) {
            let end = self.draw.one(&figures::ENQUIRY_ENDS);
            let from = self.office_after(from, figures::ENQUIRY_BEGINS);
            self.enquiry(from, end);
        }
    }

    /// The visits to a child in need, from the first on or from when the child is in need again.
    pub(crate) fn visits_in_need(&mut self, span: Span) {
        self.repeat(span, figures::VISITS, |story, at, _| {
            if story.draw.chance(figures::IN_VAIN) {
                let before = story.office(at, -2).max(at.plus_minutes(-3 * 24 * 60));
                if before < at {
                    story.vain_visit(before, VisitPurpose::Cin);
                }
            }
            story.visit_as_seen(at, VisitPurpose::Cin);
        });
    }

    fn visit_as_seen(&mut self, at: At, purpose: VisitPurpose) {
        let age = self.age(at);
        let alone = (4..18).contains(&age).then(|| self.draw.chance(figures::SEEN_ALONE));
        let mode = self.draw.one(&figures::MODES);
        self.visit(at, purpose, alone, mode);
    }

    /// A child in need with a plan.
    pub(crate) fn need_spell(&mut self, day: i32) -> At {
        let Assessed { case, visited, completed } =
            self.assessed(day, figures::S47_IN_NEED, AssessmentOutcome::CinPlan);
        let mut ready = completed;
        if self.draw.chance(figures::CONFERENCE_WITHOUT_PLAN) {
            let from = self.office_after(case.from, figures::ENQUIRY_BEGINS);
            let conference = self.enquiry(from, EnquiryEnd::Conference);
            self.initial_conference(&conference, vocabulary::ConferenceOutcome::CinPlan);
            ready = ready.max(conference.at);
        } else {
            self.enquiries_without_plan(case.from, figures::ENQUIRED_IN_NEED);
        }
        self.need_plan_and_close(case, visited, ready, PlanOrigin::Assessment)
    }

    /// A plan for a child in need up to its end, and then the case's; `visited` is when the visits count from.
    pub(crate) fn need_plan_and_close(&mut self, case: Case, visited: At, ready: At, origin: PlanOrigin) -> At {
        let ended = self.need_plan(&case, ready, origin, figures::PLAN_DAYS);
        let closing = self.office_after(ended, figures::CLOSED_AFTER_PLAN);
        let (closing, _) = self.before_adulthood(closing);
        let closing = closing.max(ended);
        self.visits_in_need(Span { from: visited, to: closing });
        let stepped_down_to = self.draw.one(&figures::STEP_DOWNS);
        let closed = self.close(case, closing, "needs met", stepped_down_to);
        if stepped_down_to == Some(StepDown::EarlyHelp) && self.draw.chance(figures::EARLY_HELP_FOLLOWS) {
            self.early_help_after(closed);
        }
        closed
    }

    /// A plan for a child in need, with its reviews and assessments; when it ends.
    pub(crate) fn need_plan(&mut self, case: &Case, ready: At, origin: PlanOrigin, lasts: Spread) -> At {
        let from = self.done(ready, &figures::PLAN_IN_PLACE);
        let to = self.office_after(from, lasts);
        let (to, aged_out) = self.before_adulthood(to);
        if to <= from {
            return ready;
        }
        let name = episode("plan", &mut self.numbers.plans);
        let started = PlanStarted {
            episode: name.clone(),
            kind: PlanKind::Cin,
            category: None,
            short_break: None,
            origin: Some(origin),
        };
        self.tell(from, Written::Afterwards, started.clone());
        self.teams.push((from, Some(Team::Safeguarding)));
        let span = Span { from, to };
        self.need_reviews(span);
        let mut name = name;
        if let Some(renewed) = self.assessed_again(case, span) {
            self.tell(renewed, Written::Afterwards, plan_ended(name, PlanKind::Cin, PlanEndReason::Other));
            name = episode("plan", &mut self.numbers.plans);
            let origin = Some(PlanOrigin::Assessment);
            self.tell(renewed, Written::Afterwards, PlanStarted { episode: name.clone(), origin, ..started });
        }
        let reason = end_reason(aged_out, PlanEndReason::Completed);
        self.tell(to, Written::Afterwards, plan_ended(name, PlanKind::Cin, reason));
        to
    }

    pub(crate) fn need_reviews(&mut self, span: Span) {
        self.repeat(span, figures::REVIEWS, |story, at, _| {
            story.tell(at, Written::WithMinutes, ReviewHeld { kind: ReviewKind::Cin, participation: None });
        });
    }

    /// Assessments while there is a plan: on the way, after an enquiry, and before it ends. When the plan begins anew
    /// after one, if it does.
    fn assessed_again(&mut self, case: &Case, plan: Span) -> Option<At> {
        self.assessed_at_the_end(case, plan);
        let days = plan.to.day() - plan.from.day();
        if days <= figures::LONG_PLAN_DAYS {
            return None;
        }
        let mut started = self.office(plan.from, days / 6);
        if self.draw.chance(figures::ENQUIRED_ON_THE_WAY) {
            let end = self.draw.one(&figures::ENQUIRY_ENDS);
            started = self.enquiry(started, end).at;
        }
        if !self.draw.chance(figures::ASSESSED_ON_THE_WAY) {
            return None;
        }
        let working_days = self.draw.of(figures::ASSESSMENT_WORKING_DAYS);
        let day = self.shape.days.working_day_after(started.day(), working_days);
        if day + figures::DAYS_FOR_NEW_PLAN > plan.to.day() {
            return None;
        }
        let outcome = self.draw.one(&figures::OUTCOMES_ON_THE_WAY);
        let completed = self.assessment(case, started, working_days, started, outcome);
        if outcome == AssessmentOutcome::StrategyDiscussion {
            let end = self.draw.one(&figures::ENQUIRY_ENDS);
            self.enquiry(completed, end);
        }
        let renewed = self.done(completed, &figures::PLAN_IN_PLACE);
        Some(renewed).filter(|&renewed| outcome == AssessmentOutcome::CinPlan && renewed < plan.to)
    }

    /// An assessment before a plan ends.
    pub(crate) fn assessed_at_the_end(&mut self, case: &Case, plan: Span) {
        if !self.draw.chance(figures::ASSESSED_AT_THE_END) {
            return;
        }
        let working_days = self.draw.of(figures::ASSESSMENT_WORKING_DAYS);
        let day = self.shape.days.working_day_after(plan.to.day(), -working_days);
        let started = self.office(At::new(day, 0), 0);
        if started > plan.from {
            let outcome = self.draw.one(&figures::OUTCOMES);
            self.assessment(case, started, working_days, started, outcome);
        }
    }

    /// A disabled child with short breaks.
    pub(crate) fn short_breaks(&mut self, day: i32) -> At {
        let Assessed { case, visited, completed } = self.assessed(day, 0, AssessmentOutcome::CinPlan);
        let from = self.done(completed, &figures::PLAN_IN_PLACE);
        let to = self.office_after(from, figures::SHORT_BREAK_DAYS);
        let (to, aged_out) = self.before_adulthood(to);
        let to = to.max(from.plus_minutes(24 * 60));
        let name = episode("plan", &mut self.numbers.plans);
        let started = PlanStarted {
            episode: name.clone(),
            kind: PlanKind::Cin,
            category: None,
            short_break: Some(true),
            origin: Some(PlanOrigin::Assessment),
        };
        self.tell(from, Written::Afterwards, started);
        self.teams.push((from, Some(Team::Disabled)));
        self.need_reviews(Span { from, to });
        let reason = end_reason(aged_out, PlanEndReason::Completed);
        self.tell(to, Written::Afterwards, plan_ended(name, PlanKind::Cin, reason));
        self.visits_in_need(Span { from: visited, to });
        self.close(case, to, "needs met", None)
    }

    /// A child in private fostering.
    pub(crate) fn private_fostering(&mut self, day: i32) -> At {
        let contact = self.contact(day, vocabulary::ContactOutcome::NoFurtherAction);
        let from = contact.decided;
        let to = self.office_after(from, private::LASTS_DAYS);
        let (to, _) = self.before_adulthood(to);
        let to = to.max(from.plus_minutes(24 * 60));
        let name = vocabulary::Text::new_static("private-fostering-1");
        self.tell(from, Written::AtOnce, PrivateFosteringStarted { episode: name.clone() });
        self.phases.push((Phase::Private, Span { from, to }));
        self.teams.push((from, Some(Team::Safeguarding)));
        let kind = Some(AssessmentKind::PrivateFostering);
        let assessment = episode("assessment", &mut self.numbers.assessments);
        let started = AssessmentStarted { episode: assessment.clone(), kind, referral: None };
        self.tell(from, Written::AtOnce, started);
        let completed = self.office_after(from, private::ASSESSED_DAYS);
        let outcome = AssessmentOutcome::NoFurtherAction;
        let done = AssessmentCompleted { episode: assessment, kind, referral: None, outcome };
        self.tell(completed, Written::Afterwards, done);
        self.repeat(Span { from, to }, private::VISITS, |story, at, _| {
            story.visit(at, VisitPurpose::PrivateFostering, Some(true), VisitMode::FaceToFace);
        });
        self.tell(to, Written::AtOnce, PrivateFosteringEnded { episode: name });
        self.teams.push((to, None));
        to
    }
}

/// Who helps after an assessment with the outcome.
fn step_down(outcome: AssessmentOutcome) -> Option<StepDown> {
    match outcome {
        AssessmentOutcome::EarlyHelp => Some(StepDown::EarlyHelp),
        AssessmentOutcome::OtherAgency => Some(StepDown::OtherAgency),
        AssessmentOutcome::NoFurtherAction
        | AssessmentOutcome::CinPlan
        | AssessmentOutcome::StrategyDiscussion
        | AssessmentOutcome::Care => None,
    }
}
