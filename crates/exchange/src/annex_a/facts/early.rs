//! Contacts and early help: lists 1 and 2.

use vocabulary::{
    AssessmentCompleted, AssessmentKind, AssessmentOutcome, AssessmentStarted, ContactReceived, EarlyHelpStarted, Text,
};

use super::{Facts, OfChild, time};
use crate::annex_a::keys::episode;

/// Contacts, without decisions: the list has none.
pub(super) fn contacts(of: &OfChild<'_>, facts: &mut Facts) {
    for of_day in of.contacts.chunk_by(|one, other| one.date == other.date) {
        // By source, so that the order of the rows does not matter.
        let mut of_day: Vec<_> = of_day.iter().collect();
        of_day.sort_by_key(|contact| contact.source.map(|source| source.category));
        for (position, contact) in of_day.into_iter().enumerate() {
            facts.add(
                contact.date,
                time::CONTACT,
                ContactReceived {
                    episode: episode("contact", contact.date, position + 1),
                    rag: None,
                    source_category: contact.source.map(|source| Text::new_static(source.category)),
                    professional: contact.source.and_then(|source| source.professional),
                    reasons: None,
                    missing_notification: None,
                },
            );
        }
    }
}

/// Early help begins with its assessment. The list does not say when it ended.
pub(super) fn early_help(of: &OfChild<'_>, facts: &mut Facts) {
    for row in of.early_help {
        let episode = episode("early-help", row.start, 1);
        facts.add(
            row.start,
            time::BEGINNING,
            EarlyHelpStarted { episode: episode.clone(), level: None, service: None },
        );
        let kind = Some(AssessmentKind::EarlyHelp);
        facts.add(row.start, time::ASSESSMENT, AssessmentStarted { episode: episode.clone(), kind, referral: None });
        if let Some(end) = row.end {
            let outcome = AssessmentOutcome::EarlyHelp;
            facts.add(end, time::ASSESSMENT_COMPLETED, AssessmentCompleted { episode, kind, referral: None, outcome });
        }
    }
}
