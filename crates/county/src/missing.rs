//! Children who go missing, and screenings for exploitation.

use vocabulary::{
    ContactReceived, ExploitationRisk, ExploitationScreeningCompleted, MissingEnded, MissingStarted,
    ReturnInterviewCompleted, Text, VisitMode, VisitPurpose,
};

use crate::days::At;
use crate::figures::missing as figures;
use crate::story::{Phase, Span, Story, Written, episode};

impl Story<'_> {
    /// The times when the child is missing while open.
    pub(crate) fn gone_missing(&mut self) {
        let Some(mean_days) = self.person.goes_missing else { return };
        let (old_enough, adult) = (self.birthday(figures::FROM_AGE, 0), self.birthday(18, 0));
        for place in 0..self.phases.len() {
            let Some(&(phase, span)) = self.phases.get(place) else { return };
            let span = Span { from: span.from.max(old_enough), to: span.to.min(adult) };
            if phase == Phase::Leaver || span.from >= span.to {
                continue;
            }
            self.strew(span, mean_days, |story, at| {
                let night = At::new(at.day() - story.draw.between(0, 2), story.draw.between(15 * 60, 23 * 60 + 50));
                if night > span.from.max(story.shape.window) {
                    story.missing(night);
                }
            });
            self.strew(span, figures::DAYS_BETWEEN_SCREENINGS, Self::screening);
        }
    }

    fn missing(&mut self, from: At) {
        let to = from.plus_minutes(self.draw.of(figures::MINUTES_AWAY));
        let name = episode("missing", &mut self.numbers.missing);
        let overnight = to.day() > from.day() && to.minute() > 6 * 60 || to.day() > from.day() + 1;
        let started = MissingStarted { episode: name.clone(), overnight: None };
        self.tell(from, Written::AtOnce, started);
        if self.draw.chance(figures::NOTIFIED) {
            let told = from.plus_minutes(self.draw.between(20, 240));
            let notification = ContactReceived {
                episode: episode("contact", &mut self.numbers.contacts),
                rag: None,
                source_category: Some(Text::new_static("police")),
                professional: Some(true),
                reasons: Some(vec![Text::new_static("missing")]),
                missing_notification: Some(true),
            };
            self.tell(told, Written::AtOnce, notification);
        }
        self.tell(to, Written::Afterwards, MissingEnded { episode: name.clone(), overnight: Some(overnight) });
        let outcome = self.draw.one(&figures::INTERVIEWS);
        let Some(outcome) = outcome else { return };
        let held = if self.draw.chance(figures::INTERVIEW_IN_TIME) {
            let at = self.office(to, 1);
            at.min(to.plus_minutes(71 * 60))
        } else {
            self.office_after(to, figures::INTERVIEW_DAYS_LATE)
        };
        self.tell(held, Written::Afterwards, ReturnInterviewCompleted { episode: name, outcome });
    }

    fn screening(&mut self, at: At) {
        let (risk, kind) = (self.draw.one(&figures::RISKS), self.draw.one(&figures::KINDS));
        self.tell(at, Written::Afterwards, ExploitationScreeningCompleted { risk, kind: Some(kind) });
        if matches!(risk, ExploitationRisk::Moderate | ExploitationRisk::Significant) {
            let seen = self.done(at, &figures::SEEN_AFTER_SCREENING);
            self.visit(seen, VisitPurpose::Exploitation, Some(true), VisitMode::FaceToFace);
        }
    }
}
