//! What goes wrong in writing down: events replaced, taken back, delivered twice, and children recorded twice.

use vocabulary::{
    ChildMerged, ChildRegistered, ContactDecided, ContactOutcome, ContactReceived, Data, DecisionStage, EventRetracted,
    EventType, Subject, SubjectKind, Text,
};

use crate::days::At;
use crate::figures::recording as figures;
use crate::habit::in_office_hours;
use crate::ids;
use crate::story::{Record, Story, Told};

impl Story<'_> {
    /// Corrects some of what was told.
    ///
    /// What is right in the end stays as it was told: the mistakes are added.
    pub(crate) fn corrections(&mut self) {
        for place in 0..self.told.len() {
            let Some(told) = self.told.get(place) else { break };
            if told.recorded <= self.shape.window {
                continue;
            }
            let is_act = is_act(&told.data);
            let drawn = self.draw.below(10_000);
            if is_act && drawn < figures::REPLACED {
                self.replaced(place);
            } else if is_act && drawn < figures::REPLACED + figures::RETRACTED {
                self.retracted(place);
            } else if drawn >= 10_000 - figures::REPEATED {
                self.repeated(place);
            }
        }
        if self.draw.chance(figures::RECORDED_TWICE) {
            self.recorded_twice();
        }
    }

    /// When somebody notices a mistake made at an instant.
    fn noticed(&mut self, recorded: At) -> At {
        let working_days = self.draw.of(figures::NOTICED_WORKING_DAYS);
        let day = self.shape.days.working_day_after(recorded.day(), working_days.max(1));
        in_office_hours(&mut self.draw, day)
    }

    /// The event was recorded with a wrong time first.
    fn replaced(&mut self, place: usize) {
        let wrong = self.draw.between(30, 26 * 60);
        let Some(mut right) = self.told.get(place).cloned() else { return };
        right.recorded = self.noticed(right.recorded);
        right.supersedes = Some(right.number);
        right.number = u32::try_from(self.told.len()).unwrap_or(u32::MAX);
        let Some(first) = self.told.get_mut(place) else { return };
        first.occurred = first.occurred.plus_minutes(-wrong).max(self.shape.window);
        self.told.push(right);
    }

    /// The event was recorded a second time by mistake, and that is taken back.
    fn retracted(&mut self, place: usize) {
        let Some(mut mistake) = self.told.get(place).cloned() else { return };
        let shift = self.draw.between(20, 3 * 24 * 60);
        mistake.occurred = mistake.occurred.plus_minutes(-shift).max(self.shape.window);
        mistake.number = u32::try_from(self.told.len()).unwrap_or(u32::MAX);
        let noticed = self.noticed(mistake.recorded);
        let id = ids::id(SubjectKind::Child, self.number, mistake.number);
        self.told.push(mistake);
        let reason = Some(Text::new_static("recorded on the wrong child"));
        self.note(noticed, noticed, EventRetracted { id, reason }.into());
    }

    /// The event is delivered twice.
    fn repeated(&mut self, place: usize) {
        if let Some(told) = self.told.get_mut(place) {
            told.repeated = true;
        }
    }

    /// Somebody opens a second record of the child, and it is merged into the first.
    fn recorded_twice(&mut self) {
        let first = self.told.iter().find(|told| told.data.event_type() == EventType::ChildRegistered);
        let Some(first) = first.filter(|first| first.occurred > self.shape.window) else { return };
        let day = first.occurred.day() + self.draw.between(1, 40);
        let at = in_office_hours(&mut self.draw, self.shape.days.working_day_from(day));
        if self.person.born > at.day() {
            return;
        }
        let episode = Text::new_static("contact-of-double-1");
        let registered = ChildRegistered {
            date_of_birth: Some(self.date_of_birth()),
            expected_date: None,
            sex: self.person.sex,
            ethnicity: None,
            disabled: None,
            uasc: None,
            home_postcode_recorded: Some(false),
        };
        let received = ContactReceived {
            episode: episode.clone(),
            rag: None,
            source_category: Some(Text::new_static("health")),
            professional: Some(true),
            reasons: None,
            missing_notification: None,
        };
        let (stage, outcome) = (DecisionStage::Final, ContactOutcome::NoFurtherAction);
        let decided = ContactDecided { episode, stage, outcome };
        let into = Subject::Child(self.uuid);
        let merged = self.noticed(at);
        self.on_double(at, registered.into());
        self.on_double(at, received.into());
        self.on_double(at.plus_minutes(90), decided.into());
        self.on_double(merged, ChildMerged { into }.into());
    }

    fn on_double(&mut self, at: At, data: Data) {
        let number = u32::try_from(self.told.len()).unwrap_or(u32::MAX);
        let record = Record::Double;
        self.told.push(Told { occurred: at, recorded: at, number, supersedes: None, repeated: false, record, data });
    }
}

/// Whether the event is an act that can be recorded wrongly without anything else being wrong then.
fn is_act(data: &Data) -> bool {
    matches!(
        data.event_type(),
        EventType::VisitCompleted
            | EventType::VisitAttempted
            | EventType::CoreGroupHeld
            | EventType::ReviewHeld
            | EventType::HealthAssessmentCompleted
            | EventType::DentalCheckCompleted
            | EventType::SdqCompleted
            | EventType::IroContactRecorded
            | EventType::SupervisionRecorded
            | EventType::CaseNoteRecorded
            | EventType::CareLeaverContacted
            | EventType::ContactDecided
            | EventType::AssessmentReviewed
    )
}
