//! Care leavers, and the pathway plans that begin before.

use vocabulary::{
    AccommodationRecorded, CareLeaverContacted, CareLeaverEnded, CareLeaverStarted, EetRecorded, LeaverContactMode,
    PlanEndReason, PlanKind, PlanStarted, ReviewHeld, ReviewKind, Text, VisitMode, VisitPurpose,
};

use crate::days::At;
use crate::figures::leaver as figures;
use crate::front_door::plan_ended;
use crate::habit::Habit;
use crate::story::{Phase, Span, Story, Written, episode};
use crate::workforce::Team;

impl Story<'_> {
    /// The support of a care leaver from adulthood on; when it ends.
    pub(crate) fn leaver(&mut self, from: At) -> At {
        let twenty_one = self.birthday(21, 0);
        let goes_on = self.draw.chance(figures::GOES_ON_FROM_21);
        let to = if goes_on { self.office_after(twenty_one, figures::GOES_ON_DAYS) } else { twenty_one };
        let to = to.min(self.birthday(25, 0));
        let name = Text::new_static("leaver-1");
        self.tell(from, Written::AtOnce, CareLeaverStarted { episode: name.clone() });
        self.phases.push((Phase::Leaver, Span { from, to }));
        self.teams.push((from, Some(Team::LeavingCare)));
        let span = Span { from, to };
        let is_in_touch = !self.draw.chance(figures::OUT_OF_TOUCH);
        if is_in_touch {
            self.seen(Span { from, to: to.min(twenty_one) }, figures::SEEN_FROM_16);
            self.seen(Span { from: twenty_one, to }, figures::SEEN_FROM_21);
        }
        let in_touch = if is_in_touch { figures::IN_TOUCH } else { figures::HARDLY_EVER };
        self.repeat(span, in_touch, |story, at, _| {
            let mode = story.draw.one(&figures::MODES);
            story.tell(at, Written::Afterwards, CareLeaverContacted { mode });
        });
        let first = self.office(from, 1);
        self.tell_taken_over(|story| story.circumstances(first));
        self.repeat(span, figures::CIRCUMSTANCES, |story, at, _| story.circumstances(at));
        self.tell(to, Written::AtOnce, CareLeaverEnded { episode: name });
        self.teams.push((to, None));
        to
    }

    /// Where the young person lives and what they do.
    fn circumstances(&mut self, at: At) {
        let suitable = self.draw.chance(figures::SUITABLE);
        let kind = Some(Text::new_static(self.draw.one(&figures::ACCOMMODATION)));
        self.tell(at, Written::Afterwards, AccommodationRecorded { suitable, kind });
        let status = self.draw.one(&figures::EET);
        self.tell(at, Written::Afterwards, EetRecorded { status });
    }

    /// Meetings face to face.
    fn seen(&mut self, span: Span, habit: Habit) {
        self.repeat(span, habit, |story, at, _| {
            if story.draw.chance(figures::SEEN_BY_VISIT) {
                story.visit(at, VisitPurpose::CareLeaver, None, VisitMode::FaceToFace);
            } else {
                let mode = LeaverContactMode::FaceToFace;
                story.tell(at, Written::Afterwards, CareLeaverContacted { mode });
            }
        });
    }

    /// The pathway plan of a child in care who is old enough, reviewed for as long as care or support last.
    pub(crate) fn pathway_plan(&mut self, care: Span, to: At) {
        let three_months_on = At::new(self.shape.days.months_after(care.from.day(), 3), 0);
        let due = self.birthday(16, 3).max(three_months_on);
        let from = self.office_after(due, figures::PLAN_DAYS);
        if from <= care.from || from >= to {
            return;
        }
        let (name, kind) = (episode("plan", &mut self.numbers.plans), PlanKind::Pathway);
        let started = PlanStarted { episode: name.clone(), kind, category: None, short_break: None, origin: None };
        self.tell(from, Written::Afterwards, started);
        self.repeat(Span { from, to }, figures::PLAN_REVIEWS, |story, at, _| {
            story.tell(at, Written::WithMinutes, ReviewHeld { kind: ReviewKind::Pathway, participation: None });
        });
        self.tell(to, Written::Afterwards, plan_ended(name, kind, PlanEndReason::AgedOut));
    }
}
