//! What goes on around an open child: supervision, notes, contacts, audits, feedback and the child's own words.

use vocabulary::{
    CaseAuditCompleted, CaseNoteRecorded, ChildUpdated, FeedbackKind, FeedbackReceived, SupervisionRecorded, Text,
    VoiceStatementReceived,
};

use crate::days::At;
use crate::figures::oversight as figures;
use crate::habit::{Habit, Step};
use crate::story::{Phase, Span, Story, Written};

impl Story<'_> {
    /// Everything around the child for as long as it is open.
    pub(crate) fn oversight(&mut self) {
        self.phases.sort_by_key(|(_, span)| span.from);
        let mut open: Option<Span> = None;
        for place in 0..self.phases.len() {
            let Some(&(_, span)) = self.phases.get(place) else { break };
            match &mut open {
                Some(open) if span.from <= open.to => open.to = open.to.max(span.to),
                _ => {
                    if let Some(over) = open.replace(span) {
                        self.around(over);
                    }
                }
            }
        }
        if let Some(over) = open {
            self.around(over);
        }
    }

    fn around(&mut self, open: Span) {
        if open.to <= self.shape.window || open.from > self.shape.until {
            return;
        }
        self.supervision(open);
        self.strew(open, figures::DAYS_BETWEEN_NOTES, |story, at| {
            let kind = Some(Text::new_static(story.draw.one(&figures::NOTES)));
            story.tell(at, Written::Afterwards, CaseNoteRecorded { kind });
        });
        let childhood = Span { from: open.from, to: open.to.min(self.birthday(18, 0)) };
        self.strew(childhood, figures::DAYS_BETWEEN_CONTACTS, |story, at| {
            let day = story.any_day(at.day());
            let outcome = story.draw.one(&figures::CONTACT_OUTCOMES);
            story.contact(day, outcome);
        });
        self.strew(open, figures::DAYS_BETWEEN_AUDITS, Self::audit);
        self.strew(open, figures::DAYS_BETWEEN_FEEDBACK, Self::feedback);
        let talking = Span { from: open.from.max(self.birthday(5, 0)), to: open.to };
        self.strew(talking, figures::DAYS_BETWEEN_STATEMENTS, |story, at| {
            let channel = Some(Text::new_static(story.draw.one(&figures::CHANNELS)));
            story.tell(at, Written::AtOnce, VoiceStatementReceived { channel });
        });
        self.strew(open, figures::DAYS_BETWEEN_UPDATES, |story, at| {
            let update = ChildUpdated {
                date_of_birth: None,
                expected_date: None,
                sex: None,
                ethnicity: Some(story.person.ethnicity.clone()),
                disabled: None,
                uasc: None,
                home_postcode_recorded: Some(true),
            };
            story.tell(at, Written::AtOnce, update);
        });
    }

    fn supervision(&mut self, open: Span) {
        let phases: Vec<_> = self.phases.iter().copied().filter(|(_, span)| span.from < open.to).collect();
        let step = move |_: &Self, start: At, place: usize| -> Option<&'static Step> {
            let phase = phases.iter().rev().find(|(_, span)| span.from <= start);
            let habit: Habit = match phase {
                Some((Phase::Protected | Phase::Care, _)) => figures::SUPERVISION_MONTHLY,
                Some((Phase::InNeed | Phase::Leaver | Phase::Private, _)) | None => figures::SUPERVISION_OTHERWISE,
            };
            habit.step(place)
        };
        self.repeat_by(open, step, |story, at, _| story.tell(at, Written::Afterwards, SupervisionRecorded {}));
    }

    fn audit(&mut self, at: At) {
        let mut theme = |permille| self.draw.chance(permille).then(|| self.draw.one(&figures::GRADES));
        let (assessment, planning) = (theme(figures::THEME_AUDITED), theme(figures::THEME_AUDITED));
        let management_oversight = theme(figures::THEME_AUDITED);
        let grade = self.draw.one(&figures::GRADES);
        let audit = CaseAuditCompleted { grade, assessment, planning, management_oversight };
        self.tell(at, Written::WithMinutes, audit);
    }

    fn feedback(&mut self, at: At) {
        let kind = self.draw.one(&figures::FEEDBACK);
        let theme = Some(Text::new_static(self.draw.one(&figures::THEMES)));
        let upheld = (kind == FeedbackKind::Complaint).then(|| self.draw.one(&figures::UPHELD));
        self.tell(at, Written::AtOnce, FeedbackReceived { kind, theme, upheld });
    }
}
