//! Child protection: strategy discussions, section 47 enquiries, conferences, plans, and work before court.

use vocabulary::{
    Agency, AssessmentOutcome, ChoiceSet, ConferenceHeld, ConferenceOutcome, ConferenceViews, CoreGroupHeld,
    InitialOrReview, LegalPlanningMeetingHeld, NeglectToolkitCompleted, PlanCategory, PlanEndReason, PlanEnded,
    PlanKind, PlanOrigin, PlanStarted, PreProceedingsEnded, PreProceedingsStarted, ProceedingsEnded,
    ProceedingsStarted, S47Completed, S47Outcome, S47Started, StrategyDiscussionHeld, StrategyDiscussionRequested,
    StrategyOutcome, Text, VisitPurpose,
};

use crate::days::At;
use crate::figures::{court, protection as figures};
use crate::habit::{day_done, in_office_hours};
use crate::need::Assessed;
use crate::story::{Case, Phase, Span, Story, Written, episode};
use crate::workforce::Team;

/// Where a strategy discussion leads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum EnquiryEnd {
    /// No further action after the discussion.
    Nothing,
    /// An assessment after the discussion.
    AssessmentOnly,
    /// A section 47 enquiry, and no further action.
    Enquired,
    /// A section 47 enquiry, and an assessment.
    Assessment,
    /// A section 47 enquiry, and a conference.
    Conference,
}

/// A strategy discussion and what followed.
pub(crate) struct Enquiry {
    /// When it was over: when the conference is, the enquiry was complete or the discussion was held.
    pub(crate) at: At,
    s47: Option<Text>,
}

/// How a child protection plan ends.
pub(crate) struct PlanEnd {
    pub(crate) at: At,
    pub(crate) reason: PlanEndReason,
}

impl Story<'_> {
    /// A strategy discussion and all that it leads to, a conference apart, whose time is given.
    pub(crate) fn enquiry(&mut self, from: At, end: EnquiryEnd) -> Enquiry {
        let held = self.done_soon(from);
        let discussion = episode("strategy", &mut self.numbers.discussions);
        let kind = Some(InitialOrReview::Initial);
        self.tell(from, Written::AtOnce, StrategyDiscussionRequested { episode: discussion.clone(), kind });
        let (outcome, s47_outcome) = match end {
            EnquiryEnd::Nothing => (StrategyOutcome::NoFurtherAction, None),
            EnquiryEnd::AssessmentOnly => (StrategyOutcome::Assessment, None),
            EnquiryEnd::Enquired => (StrategyOutcome::S47, Some(S47Outcome::NoFurtherAction)),
            EnquiryEnd::Assessment => (StrategyOutcome::S47, Some(S47Outcome::Assessment)),
            EnquiryEnd::Conference => (StrategyOutcome::S47, Some(S47Outcome::Icpc)),
        };
        let (invited, attended) = self.agencies();
        let discussed = StrategyDiscussionHeld {
            episode: discussion.clone(),
            kind,
            outcome,
            invited: Some(invited),
            attended: Some(attended),
        };
        self.tell(held, Written::Afterwards, discussed);
        let Some(outcome) = s47_outcome else { return Enquiry { at: held, s47: None } };
        let s47 = episode("s47", &mut self.numbers.enquiries);
        let strategy_discussion = Some(discussion);
        let started = S47Started { episode: s47.clone(), strategy_discussion: strategy_discussion.clone() };
        self.tell(held, Written::Afterwards, started);
        let completed = self.done(held, &figures::ENQUIRY);
        let complete = S47Completed { episode: s47.clone(), strategy_discussion, outcome };
        self.tell(completed, Written::Afterwards, complete);
        if outcome != S47Outcome::Icpc {
            return Enquiry { at: completed, s47: Some(s47) };
        }
        let conference = self.done(held, &figures::INITIAL_CONFERENCE);
        let earliest = self.office(completed, 1);
        Enquiry { at: conference.max(earliest), s47: Some(s47) }
    }

    /// When a strategy discussion is held: the same or the next working day, if in time.
    fn done_soon(&mut self, from: At) -> At {
        let same_day = from.plus_minutes(self.draw.between(30, 150));
        if same_day.day() == from.day() && self.draw.chance(figures::DISCUSSED_SAME_DAY) {
            same_day
        } else {
            self.done(from, &figures::DISCUSSION)
        }
    }

    fn agencies(&mut self) -> (ChoiceSet<Agency>, ChoiceSet<Agency>) {
        let (mut invited, mut attended) = (ChoiceSet::new(), ChoiceSet::new());
        for &(agency, invited_permille, attended_permille) in figures::AGENCIES {
            if self.draw.chance(invited_permille) {
                invited.insert(agency);
                if self.draw.chance(attended_permille) {
                    attended.insert(agency);
                }
            }
        }
        (invited, attended)
    }

    /// The initial conference after an enquiry.
    pub(crate) fn initial_conference(&mut self, enquiry: &Enquiry, outcome: ConferenceOutcome) {
        self.conference(enquiry.at, InitialOrReview::Initial, enquiry.s47.clone(), outcome);
    }

    fn conference(&mut self, at: At, kind: InitialOrReview, s47: Option<Text>, outcome: ConferenceOutcome) {
        let views = if self.age(at) < 4 { ConferenceViews::None } else { self.draw.one(&figures::VIEWS) };
        let advocacy_referral = Some(self.draw.chance(figures::ADVOCACY));
        let held = ConferenceHeld { kind, s47, outcome, views: Some(views), advocacy_referral };
        self.tell(at, Written::WithMinutes, held);
    }

    /// A referral that ends up in a child protection plan, with what follows the plan.
    pub(crate) fn protected_spell(&mut self, day: i32) -> At {
        let ((mut case, planned), visited) = self.up_to_conference(day);
        let end = self.protection_plan(planned.at, None);
        self.initial_conference(&planned, ConferenceOutcome::CpPlan);
        self.visits_in_need(Span { from: visited, to: planned.at });
        self.turn(&mut case, planned.at, Phase::Protected);
        self.turn(&mut case, end.at, Phase::InNeed);
        self.proceedings_at_home(planned.at, end.at);
        if self.draw.chance(figures::ASSESSED_BEFORE_END) {
            self.assessed_at_the_end(&case, Span { from: planned.at, to: end.at });
        }
        match end.reason {
            PlanEndReason::StepDownCin => self.need_plan_and_close(case, end.at, end.at, PlanOrigin::StepDownCp),
            PlanEndReason::Completed
            | PlanEndReason::Care
            | PlanEndReason::Moved
            | PlanEndReason::Transferred
            | PlanEndReason::AgedOut
            | PlanEndReason::Died
            | PlanEndReason::Other => {
                let closing = self.office_after(end.at, figures::CLOSED_AFTER_PLAN);
                let (closing, _) = self.before_adulthood(closing);
                self.close(case, closing.max(end.at), "plan ended", None)
            }
        }
    }

    /// From a referral to the initial conference, at once or after a plan for a child in need; with when the child was
    /// first seen.
    pub(crate) fn up_to_conference(&mut self, day: i32) -> ((Case, Enquiry), At) {
        let comes_from_plan = self.draw.chance(figures::COMES_FROM_PLAN);
        let (s47, outcome) = if comes_from_plan {
            (crate::figures::need::S47_IN_NEED, AssessmentOutcome::CinPlan)
        } else {
            (figures::S47_PROTECTED, AssessmentOutcome::StrategyDiscussion)
        };
        let Assessed { case, visited, completed } = self.assessed(day, s47, outcome);
        let from = if comes_from_plan {
            let plan = self.need_plan(&case, completed, PlanOrigin::Assessment, figures::PLAN_BEFORE_DAYS);
            self.office(plan, -10).max(completed)
        } else {
            self.office_after(case.from, figures::ENQUIRY_BEGINS)
        };
        let enquiry = self.enquiry(from, EnquiryEnd::Conference);
        ((case, enquiry), visited)
    }

    /// A child protection plan with its visits, core groups and reviews; at one of these it ends, or at `cut`.
    pub(crate) fn protection_plan(&mut self, from: At, cut: Option<At>) -> PlanEnd {
        let category = self.draw.one(&figures::CATEGORIES);
        let name = episode("plan", &mut self.numbers.plans);
        let started = PlanStarted {
            episode: name.clone(),
            kind: PlanKind::Cp,
            category: Some(category),
            short_break: None,
            origin: None,
        };
        self.tell(from, Written::Afterwards, started);
        self.teams.push((from, Some(Team::Safeguarding)));
        let end = self.reviewed_until_end(from, cut);
        let span = Span { from, to: end.at };
        self.protection_visits(span);
        self.repeat(span, figures::CORE_GROUPS, |story, at, _| {
            story.tell(at, Written::WithMinutes, CoreGroupHeld {});
        });
        if category == PlanCategory::Neglect {
            self.strew(span, figures::DAYS_BETWEEN_TOOLKITS, |story, at| {
                story.tell(at, Written::Afterwards, NeglectToolkitCompleted { contact: None });
            });
        }
        self.before_court(span);
        let kind = PlanKind::Cp;
        let ended =
            PlanEnded { episode: name, kind, category: None, short_break: None, origin: None, reason: end.reason };
        self.tell(end.at, Written::Afterwards, ended);
        end
    }

    /// The review conferences, up to the one that ends the plan.
    fn reviewed_until_end(&mut self, from: At, cut: Option<At>) -> PlanEnd {
        let reviews = self.draw.one(&figures::REVIEWS_UNTIL_END);
        let mut at = from;
        for review in 0..reviews {
            let Some(step) = figures::REVIEWS.step(review) else { break };
            let day = day_done(&mut self.draw, &self.shape.days, at.day(), step);
            let next = in_office_hours(&mut self.draw, day);
            if let Some(cut) = cut.filter(|&cut| cut <= next) {
                return PlanEnd { at: cut, reason: PlanEndReason::Care };
            }
            let (_, aged_out) = self.before_adulthood(next);
            if aged_out {
                return PlanEnd { at: self.birthday(18, 0).plus_minutes(-60), reason: PlanEndReason::AgedOut };
            }
            at = next;
            let is_last = review + 1 == reviews && cut.is_none();
            let outcome = if is_last { ConferenceOutcome::PlanEnds } else { ConferenceOutcome::PlanContinues };
            self.conference(at, InitialOrReview::Review, None, outcome);
        }
        match cut {
            Some(cut) => PlanEnd { at: cut.max(at.plus_minutes(60)), reason: PlanEndReason::Care },
            None => PlanEnd { at, reason: self.draw.one(&figures::END_REASONS) },
        }
    }

    fn protection_visits(&mut self, span: Span) {
        let speaks = self.draw.chance(figures::SPEAKS_ALONE);
        self.repeat(span, figures::VISITS, |story, at, _| {
            if story.draw.chance(figures::IN_VAIN) {
                let before = at.plus_minutes(-24 * 60);
                if before > span.from {
                    story.vain_visit(before, VisitPurpose::Cp);
                }
            }
            let mode = story.draw.one(&figures::MODES);
            let permille = if speaks { figures::SEEN_ALONE_IF_SPEAKS } else { figures::SEEN_ALONE_IF_NOT };
            let alone = (story.age(at) >= 3).then(|| story.draw.chance(permille));
            story.visit(at, VisitPurpose::Cp, alone, mode);
        });
    }

    /// Work before care proceedings, of some plans.
    fn before_court(&mut self, plan: Span) {
        if !self.draw.chance(court::PRE_PROCEEDINGS) {
            return;
        }
        let meeting = self.office_after(plan.from, court::PRE_PROCEEDINGS_BEGIN_DAYS);
        if meeting >= plan.to {
            return;
        }
        self.tell(meeting, Written::Afterwards, LegalPlanningMeetingHeld {});
        let from = self.office(meeting, 5);
        let to = self.office_after(from, court::PRE_PROCEEDINGS_DAYS);
        let name = episode("court", &mut self.numbers.court);
        self.tell(from, Written::AtOnce, PreProceedingsStarted { episode: name.clone() });
        let outcome = Text::new_static(self.draw.one(&court::PRE_PROCEEDINGS_OUTCOMES));
        self.tell(to, Written::AtOnce, PreProceedingsEnded { episode: name, outcome });
    }

    /// Care proceedings of a child who stays at home.
    fn proceedings_at_home(&mut self, from: At, to: At) {
        if to.day() - from.day() > 90 && self.draw.chance(court::PROCEEDINGS_AT_HOME) {
            let issued = self.office(from, 80);
            self.proceedings(issued);
        }
    }

    /// Care proceedings; when they end.
    pub(crate) fn proceedings(&mut self, from: At) -> At {
        let to = self.office_after(from, court::PROCEEDINGS_DAYS);
        let to = self.before_adulthood(to).0.max(from.plus_minutes(24 * 60));
        let name = episode("court", &mut self.numbers.court);
        self.tell(from, Written::AtOnce, ProceedingsStarted { episode: name.clone() });
        let outcome = Text::new_static(self.draw.one(&court::PROCEEDINGS_OUTCOMES));
        self.tell(to, Written::AtOnce, ProceedingsEnded { episode: name, outcome });
        to
    }
}
