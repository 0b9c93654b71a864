//! Risk, court, supervision, audit, feedback, surgeries and reports.

use crate::macros::event_data;

event_data! {
    /// A child is screened for exploitation.
    ExploitationScreeningCompleted = "exploitation_screening.completed" of Child {
        /// The risk that is found.
        risk: required choice(ExploitationRisk),
        /// The kind of exploitation.
        kind: optional choice(ExploitationKind),
    }

    /// Work before care proceedings begins.
    PreProceedingsStarted = "pre_proceedings.started" of Child {
        /// Names the pre-proceedings.
        episode: required name,
    }

    /// Work before care proceedings ends.
    PreProceedingsEnded = "pre_proceedings.ended" of Child {
        /// The pre-proceedings.
        episode: required name,
        /// What comes of them.
        outcome: required name,
    }

    /// Care proceedings begin.
    ProceedingsStarted = "proceedings.started" of Child {
        /// Names the proceedings.
        episode: required name,
    }

    /// Care proceedings end.
    ProceedingsEnded = "proceedings.ended" of Child {
        /// The proceedings.
        episode: required name,
        /// What comes of them.
        outcome: required name,
    }

    /// Social care and its lawyers plan what to do.
    LegalPlanningMeetingHeld = "legal_planning_meeting.held" of Child {}

    /// The neglect toolkit is used.
    NeglectToolkitCompleted = "neglect_toolkit.completed" of Child {
        /// The contact it is used for.
        contact: optional name,
    }

    /// The child's worker has supervision about the case.
    SupervisionRecorded = "supervision.recorded" of Child {}

    /// A note is added to the case.
    CaseNoteRecorded = "case_note.recorded" of Child {
        /// The kind of note.
        kind: optional text,
    }

    /// The case is audited.
    CaseAuditCompleted = "case_audit.completed" of Child {
        /// The grade of the whole.
        grade: required choice(AuditGrade),
        /// The grade of the assessment.
        assessment: optional choice(AuditGrade),
        /// The grade of the planning.
        planning: optional choice(AuditGrade),
        /// The grade of the management's oversight.
        management_oversight: optional choice(AuditGrade),
    }

    /// Somebody complains or pays a compliment.
    FeedbackReceived = "feedback.received" of Child or Authority {
        /// Which of the two it is.
        kind: required choice(FeedbackKind),
        /// What it is about.
        theme: optional text,
        /// Whether a complaint is upheld.
        upheld: optional choice(Upheld),
    }

    /// A surgery is arranged: a locality's meeting about its overdue clocks.
    SurgeryScheduled = "surgery.scheduled" of Locality {
        /// Names the surgery.
        surgery: required name,
        /// The locality.
        locality: required name,
        /// When it begins.
        starts: required name,
    }

    /// A surgery agrees on something to be done for a child.
    SurgeryActionAgreed = "surgery.action_agreed" of Child {
        /// Names the action.
        action: required name,
        /// The surgery.
        surgery: optional name,
        /// The clock that it is about.
        clock: optional text,
        /// Who is to do it.
        owner: required name,
        /// The date by which it is to be done.
        due: required date,
        /// What is to be done.
        note: optional text,
    }

    /// An action of a surgery is done with.
    SurgeryActionClosed = "surgery.action_closed" of Child {
        /// The action.
        action: required name,
        /// How it ends.
        outcome: required choice(ActionOutcome),
    }

    /// A surgery finds why a clock is overdue.
    SurgeryReasonRecorded = "surgery.reason_recorded" of Child {
        /// The clock.
        clock: required name,
        /// Why it is overdue.
        reason: required choice(OverdueReason),
        /// More about it.
        note: optional text,
    }

    /// A report is published.
    ReportPublished = "report.published" of Authority {
        /// The period that it is about.
        period: required name,
        /// The figures as published.
        figures: required any,
        /// What proves which events the figures come from.
        receipt: required any,
    }
}
