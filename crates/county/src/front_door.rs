//! The front door: contacts, the hub's enquiries and decisions, referrals, early help.

use vocabulary::{
    AssessmentCompleted, AssessmentKind, AssessmentOutcome, AssessmentStarted, ContactDecided, ContactOutcome,
    ContactRag, ContactReceived, DecisionStage, EarlyHelpEnded, EarlyHelpService, EarlyHelpStarted,
    MashEnquiryCompleted, MashEnquiryStarted, NeglectToolkitCompleted, PlanEndReason, PlanEnded, PlanKind, PlanStarted,
    ReferralPathway, ReferralReceived, ReviewHeld, ReviewKind, Text, VisitMode, VisitPurpose,
};

use crate::days::At;
use crate::figures::{early_help as help, front_door as figures};
use crate::lives::Life;
use crate::story::{Case, Span, Story, Written, episode};
use crate::workforce::Team;

/// Who makes contact.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Source {
    /// What it is called.
    pub(crate) name: &'static str,
    pub(crate) professional: bool,
    /// The hours in which it makes contact.
    pub(crate) hours: (i32, i32),
}

/// A contact that has been decided on.
pub(crate) struct Contact {
    pub(crate) episode: Text,
    pub(crate) decided: At,
}

impl Story<'_> {
    /// A day's contact at an hour that fits who makes it, with its decisions.
    pub(crate) fn contact(&mut self, day: i32, outcome: ContactOutcome) -> Contact {
        let is_working = self.shape.days.working_day_from(day) == day;
        let odds = if !is_working {
            &figures::SOURCES_AT_WEEKENDS
        } else if self.shape.days.is_school_day(day) {
            &figures::SOURCES
        } else {
            &figures::SOURCES_IN_HOLIDAYS
        };
        let source = self.draw.one(odds);
        let at = At::new(day, self.draw.between(source.hours.0, source.hours.1).rem_euclid(24 * 60));
        if self.numbers.contacts == 0 {
            self.register(at);
            self.teams.push((at, Some(Team::Mash)));
        }
        let episode = episode("contact", &mut self.numbers.contacts);
        let is_referral = outcome == ContactOutcome::Referral;
        let rag = self.draw.one(if is_referral { &figures::RAG_OF_REFERRALS } else { &figures::RAG });
        let reasons = self.reasons();
        if source.professional
            && reasons.first().is_some_and(|reason| reason == "neglect")
            && self.draw.chance(figures::TOOLKIT)
        {
            let toolkit = NeglectToolkitCompleted { contact: Some(episode.clone()) };
            self.tell(at.plus_minutes(-15), Written::AtOnce, toolkit);
        }
        let received = ContactReceived {
            episode: episode.clone(),
            rag: Some(rag),
            source_category: Some(Text::new_static(source.name)),
            professional: Some(source.professional),
            reasons: Some(reasons),
            missing_notification: None,
        };
        self.tell(at, Written::AtOnce, received);
        if self.draw.chance(figures::ENQUIRED) {
            self.mash_enquiry(at, &episode);
        }
        let decided = self.decisions(at, &episode, rag, outcome);
        Contact { episode, decided }
    }

    fn reasons(&mut self) -> Vec<Text> {
        let first = self.draw.one(&figures::REASONS);
        let second = self.draw.one(&figures::REASONS);
        let mut reasons = vec![Text::new_static(first)];
        if second != first && self.draw.chance(figures::TWO_REASONS) {
            reasons.push(Text::new_static(second));
        }
        reasons
    }

    fn mash_enquiry(&mut self, at: At, episode: &Text) {
        let started = at.plus_minutes(self.draw.of(figures::ENQUIRY_BEGINS));
        let in_time = self.draw.chance(figures::ENQUIRY_IN_TIME);
        let completed = self.answer(started, 24 * 60, in_time);
        self.tell(started, Written::AtOnce, MashEnquiryStarted { episode: episode.clone(), outcome: None });
        let outcome = Some(Text::new_static(self.draw.one(&figures::ENQUIRY_OUTCOMES)));
        self.tell(completed, Written::AtOnce, MashEnquiryCompleted { episode: episode.clone(), outcome });
    }

    /// The instant of an answer that is due within some minutes.
    fn answer(&mut self, from: At, minutes: i32, in_time: bool) -> At {
        if !in_time {
            let hours = self.draw.of(figures::ANSWER_HOURS_LATE);
            let at = from.plus_minutes(minutes + hours * 60);
            return if is_daytime(at) { at } else { at.plus_minutes(8 * 60) };
        }
        // An hour when people are there, if one comes up soon.
        let mut at = from;
        for _ in 0..4 {
            at = from.plus_minutes(self.draw.between(minutes / 12, minutes - 10));
            if is_daytime(at) {
                break;
            }
        }
        at
    }

    fn decisions(&mut self, at: At, episode: &Text, rag: ContactRag, outcome: ContactOutcome) -> At {
        let decided = |stage, outcome| ContactDecided { episode: episode.clone(), stage, outcome };
        let final_in_time = self.draw.chance(figures::FINAL_IN_TIME);
        let initial_odds =
            if final_in_time { figures::INITIAL_IN_TIME } else { figures::INITIAL_IN_TIME_WITH_FINAL_LATE };
        let initial_in_time = self.draw.chance(initial_odds);
        let initial = if rag == ContactRag::Red && self.draw.chance(figures::RED_IN_TIME) {
            at.plus_minutes(self.draw.between(10, 4 * 60 - 5))
        } else if rag == ContactRag::Red {
            at.plus_minutes(self.draw.between(4 * 60 + 5, 30 * 60))
        } else if final_in_time && !initial_in_time {
            at.plus_minutes(self.draw.between(24 * 60 + 10, 47 * 60))
        } else {
            self.answer(at, 24 * 60, initial_in_time)
        };
        let is_final_only = self.draw.chance(figures::FINAL_ONLY);
        let last = if is_final_only && initial_in_time == final_in_time {
            initial
        } else {
            self.answer(at, 48 * 60, final_in_time).max(initial.plus_minutes(15))
        };
        if last != initial {
            let first_view = if self.draw.chance(figures::SAME_OUTCOME) { outcome } else { ContactOutcome::Advice };
            self.tell(initial, Written::AtOnce, decided(DecisionStage::Initial, first_view));
        }
        self.tell(last, Written::AtOnce, decided(DecisionStage::Final, outcome));
        last
    }

    /// A contact that becomes a referral.
    pub(crate) fn referral(&mut self, day: i32, s47_permille: u32) -> Case {
        let contact = self.contact(day, ContactOutcome::Referral);
        let pathway = if self.draw.chance(s47_permille) { ReferralPathway::S47 } else { ReferralPathway::S17 };
        let referral = episode("referral", &mut self.numbers.referrals);
        let is_linked = self.draw.chance(figures::LINKED);
        let received = ReferralReceived {
            episode: referral.clone(),
            pathway,
            contact: is_linked.then_some(contact.episode),
            reasons: None,
        };
        self.tell(contact.decided, Written::AtOnce, received);
        self.teams.push((contact.decided, Some(Team::Assessment)));
        Case::new(referral, pathway, contact.decided)
    }

    /// A contact that does not become a referral, with what comes of it; when that is over.
    pub(crate) fn lesser_contact(&mut self, day: i32) -> At {
        let outcome = self.draw.one(&figures::OUTCOMES);
        let contact = self.contact(day, outcome);
        if outcome == ContactOutcome::EarlyHelp && self.draw.chance(help::BEGINS) {
            let from = contact.decided.plus_minutes(self.draw.of(help::BEGINS_AFTER_HOURS) * 60);
            return self.early_help(from);
        }
        contact.decided
    }

    /// Early help; when it ends.
    fn early_help(&mut self, from: At) -> At {
        let (service, level) = (self.draw.one(&help::SERVICES), self.draw.one(&help::LEVELS));
        let to = self.office_after(from, help::LASTS_DAYS);
        let (to, _) = self.before_adulthood(to);
        if to <= from {
            return from;
        }
        let reason = self.draw.one(&help::END_REASONS);
        let name = episode("early-help", &mut self.numbers.early_help);
        let started = EarlyHelpStarted { episode: name.clone(), level: Some(level), service: Some(service) };
        self.tell(from, Written::Afterwards, started);
        self.teams.push((from, Some(Team::EarlyHelp)));
        if matches!(service, EarlyHelpService::FamilySupport | EarlyHelpService::ChildrenCentre) {
            self.family_support(Span { from, to });
        }
        let ended = EarlyHelpEnded { episode: name, level: None, service: None, reason };
        self.tell(to, Written::Afterwards, ended);
        self.teams.push((to, None));
        to
    }

    /// Early help that follows a closed case.
    pub(crate) fn early_help_after(&mut self, closed: At) {
        let from = closed.plus_minutes(self.draw.of(help::BEGINS_AFTER_HOURS) * 60);
        self.early_help(from);
    }

    fn family_support(&mut self, span: Span) {
        let visit = self.done(span.from, &help::FIRST_VISIT);
        if visit < span.to {
            self.visit(visit, VisitPurpose::EarlyHelp, None, VisitMode::FaceToFace);
        }
        let assessed = self.done(span.from, &help::ASSESSMENT);
        if assessed < span.to {
            let name = episode("assessment", &mut self.numbers.assessments);
            let kind = Some(AssessmentKind::EarlyHelp);
            let started = AssessmentStarted { episode: name.clone(), kind, referral: None };
            self.tell(span.from.plus_minutes(60), Written::Afterwards, started);
            let outcome = AssessmentOutcome::EarlyHelp;
            let completed = AssessmentCompleted { episode: name, kind, referral: None, outcome };
            self.tell(assessed, Written::WithMinutes, completed);
            if self.draw.chance(help::PLANNED) {
                self.my_plan(Span { from: assessed, to: span.to });
            }
        }
        self.strew(span, help::DAYS_BETWEEN_VISITS, |story, at| {
            story.visit(at, VisitPurpose::EarlyHelp, None, VisitMode::FaceToFace);
        });
    }

    fn my_plan(&mut self, span: Span) {
        let kind = self.draw.one(&help::PLAN_KINDS);
        let name = episode("plan", &mut self.numbers.plans);
        let started = PlanStarted { episode: name.clone(), kind, category: None, short_break: None, origin: None };
        self.tell(span.from, Written::Afterwards, started);
        self.repeat(span, help::REVIEW, |story, at, _| {
            story.tell(at, Written::WithMinutes, ReviewHeld { kind: ReviewKind::MyPlan, participation: None });
        });
        self.tell(span.to, Written::Afterwards, plan_ended(name, kind, PlanEndReason::Completed));
    }

    /// A child of whom there are only contacts.
    pub(crate) fn only_contacts(&mut self, mut day: i32) {
        for _ in 0..self.draw.one(&figures::CONTACTS_ONLY) {
            if day > self.shape.until.day() || self.birthday(18, 0).day() <= day {
                return;
            }
            let over = self.lesser_contact(day);
            let wait = 1 + self.waiting(figures::DAYS_BETWEEN_CONTACTS);
            day = self.any_day(over.day() + wait);
        }
    }

    /// Contacts about a child before the first referral; the day of that referral.
    pub(crate) fn earlier_contacts(&mut self, mut day: i32, life: Life) -> i32 {
        let contacts = match life {
            Life::PrivateFostering | Life::ShortBreaks => 0,
            Life::ContactOnly
            | Life::Unseen
            | Life::Assessed
            | Life::InNeed
            | Life::Protected
            | Life::CareAndHome
            | Life::CareAndLeaver => self.draw.one(&figures::CONTACTS_BEFORE),
        };
        for _ in 0..contacts {
            if day > self.shape.until.day() {
                break;
            }
            let over = self.lesser_contact(day);
            let wait = 1 + self.waiting(figures::DAYS_BETWEEN_CONTACTS);
            day = self.any_day(over.day() + wait);
        }
        day
    }

    /// The day, or one soon after: not all days are alike.
    pub(crate) fn any_day(&mut self, day: i32) -> i32 {
        let is_slack = self.shape.days.is_slack(day) && self.draw.chance(figures::SLACK_PUT_OFF);
        let day = if is_slack { day + 21 } else { day };
        if self.draw.chance(figures::AT_WEEKENDS_TOO) { day } else { self.shape.days.working_day_from(day) }
    }
}

/// Whether somebody decides at such an hour.
fn is_daytime(at: At) -> bool {
    (8 * 60..19 * 60).contains(&at.minute())
}

/// The end of a plan of which nothing is said but why.
pub(crate) fn plan_ended(episode: Text, kind: PlanKind, reason: PlanEndReason) -> PlanEnded {
    PlanEnded { episode, kind, category: None, short_break: None, origin: None, reason }
}
