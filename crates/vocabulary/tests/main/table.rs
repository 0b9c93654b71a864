//! The table of types, written out once more: a published field is never lost or changed without this noticing.

use vocabulary::{EventType, Field, FieldKind, WholeValues};

/// Type, subjects and fields; a star marks required fields.
const TABLE: &str = "
child.registered (child) date_of_birth date; expected_date date; sex male|female|other|not_recorded; ethnicity text; disabled bool; uasc bool; home_postcode_recorded bool
child.updated (child) date_of_birth date; expected_date date; sex male|female|other|not_recorded; ethnicity text; disabled bool; uasc bool; home_postcode_recorded bool
child.merged (child) into* child
allocation.started (child carer worker) locality* name; team* name; worker name; manager text; role primary|secondary
allocation.ended (child carer worker) reason text
worker.updated (worker) fte* number 0 to 1; left bool
contact.received (child) episode* name; rag red|amber|green; source_category text; professional bool; reasons list of text; missing_notification bool
contact.decided (child) episode* name; stage* initial|final; outcome* referral|early_help|existing_early_help|advice|no_further_action
mash_enquiry.started (child) episode* name; outcome text
mash_enquiry.completed (child) episode* name; outcome text
referral.received (child) episode* name; pathway* s17|s47; contact name; reasons list of text
case.closed (child) episode* name; reason* name; stepped_down_to early_help|universal|other_agency
visit.completed (child) purposes* list of initial|cin|cp|statutory|care_leaver|private_fostering|exploitation|early_help|iro; seen* bool; seen_alone bool; mode* face_to_face|virtual
visit.attempted (child) purposes* list of initial|cin|cp|statutory|care_leaver|private_fostering|exploitation|early_help|iro; reason text
assessment.started (child) episode* name; kind single|cla|early_help|private_fostering; referral name
assessment.completed (child) episode* name; kind single|cla|early_help|private_fostering; referral name; outcome* no_further_action|cin_plan|early_help|other_agency|strategy_discussion|care
assessment.reviewed (child) episode* name; checkpoint* whole [8, 20, 30]
strategy_discussion.requested (child) episode* name; kind initial|review
strategy_discussion.held (child) episode* name; kind initial|review; outcome* s47|no_further_action|assessment; invited list of health|police|social_care; attended list of health|police|social_care
s47.started (child) episode* name; strategy_discussion name
s47.completed (child) episode* name; strategy_discussion name; outcome* icpc|assessment|no_further_action
conference.held (child) kind* initial|review; s47 name; outcome* cp_plan|cin_plan|no_further_action|plan_continues|plan_ends; views my_views|attended|advocate|none; advocacy_referral bool
core_group.held (child)
plan.started (child) episode* name; kind* cin|cp|pathway|care|my_plan|my_plan_plus; category neglect|emotional|physical|sexual|multiple; short_break bool; origin assessment|step_down_cp|step_down_care
plan.ended (child) episode* name; kind* cin|cp|pathway|care|my_plan|my_plan_plus; category neglect|emotional|physical|sexual|multiple; short_break bool; origin assessment|step_down_cp|step_down_care; reason* step_down_cin|completed|care|moved|transferred|aged_out|died|other
review.held (child) kind* cin|cp|care|pathway|assessment_care|my_plan; participation attended|advocate|iro|other_media|not_participated|under_4
care.started (child) episode* name; legal_status* s20|s31|s38|police|remand|other
care.ended (child) episode* name; reason* step_down_cin|returned_home|special_guardianship|adopted|independent|leaver|died|other
legal_status.changed (child) legal_status* s20|s31|s38|police|remand|other
placement.started (child) episode* name; kind* in_house_fostering|agency_fostering|kinship|residential|secure|supported|parents|adoption|other; in_county bool; miles_from_home number; provider text; carer carer
placement.ended (child) episode* name; reason text
health_assessment.requested (child) kind* initial|review
health_assessment.completed (child) kind* initial|review
dental_check.completed (child)
sdq.completed (child) score* whole 0 to 40
iro_contact.recorded (child) mode face_to_face|virtual|case_note
missing.started (child) episode* name; overnight bool
missing.ended (child) episode* name; overnight bool
return_interview.completed (child) episode* name; outcome* held|refused
exploitation_screening.completed (child) risk* mild|moderate|significant|none; kind cse|cce
pre_proceedings.started (child) episode* name
pre_proceedings.ended (child) episode* name; outcome* name
proceedings.started (child) episode* name
proceedings.ended (child) episode* name; outcome* name
legal_planning_meeting.held (child)
neglect_toolkit.completed (child) contact name
supervision.recorded (child)
case_note.recorded (child) kind text
case_audit.completed (child) grade* outstanding|good|requires_improvement|inadequate; assessment outstanding|good|requires_improvement|inadequate; planning outstanding|good|requires_improvement|inadequate; management_oversight outstanding|good|requires_improvement|inadequate
private_fostering.started (child) episode* name
private_fostering.ended (child) episode* name
care_leaver.started (child) episode* name
care_leaver.ended (child) episode* name
care_leaver.contacted (child) mode* face_to_face|virtual|letter
accommodation.recorded (child) suitable* bool; kind text
eet.recorded (child) status* education|higher_education|employment|training|neet
early_help.started (child) episode* name; level whole 2 to 4; service family_support|children_centre|dcyps|advice
early_help.ended (child) episode* name; level whole 2 to 4; service family_support|children_centre|dcyps|advice; reason* needs_met|partially_met|stepped_up|disengaged|consent_withdrawn|other_agency
voice.statement_received (child) channel text
school.recorded (child) has_place* bool; setting mainstream|alternative|special; in_county bool
pep.held (child) term text
exclusion.recorded (child) kind* suspension|permanent; days number
attendance.recorded (child) percent* number 0 to 100; term text
carer.approved (carer) episode* name; places number
carer.ended (carer) episode* name; places number
carer_review.held (carer)
carer_supervision.recorded (carer)
carer_visit.completed (carer) unannounced bool
carer_check.completed (carer) kind* dbs|medical
feedback.received (child authority) kind* complaint|compliment; theme text; upheld yes|partly|no
event.retracted (child carer worker locality authority) id* name; reason text
surgery.scheduled (locality) surgery* name; locality* name; starts* name
surgery.action_agreed (child) action* name; surgery name; clock text; owner* name; due* date; note text
surgery.action_closed (child) action* name; outcome* done|no_longer_needed
surgery.reason_recorded (child) clock* name; reason* not_recorded_yet|family_refused|child_unavailable|worker_absent|unallocated|seen_virtually|data_error|other; note text
report.published (authority) period* name; figures* any; receipt* any
";

fn row(event_type: EventType) -> String {
    let subjects: Vec<_> = event_type.subject_kinds().iter().map(|kind| kind.as_str()).collect();
    let fields: Vec<_> = event_type.fields().iter().map(field).collect();
    format!("{} ({}) {}", event_type.name(), subjects.join(" "), fields.join("; ")).trim_end().to_owned()
}

fn field(field: &Field) -> String {
    let kind = match field.kind {
        FieldKind::Text => "text".to_owned(),
        FieldKind::Name => "name".to_owned(),
        FieldKind::Bool => "bool".to_owned(),
        FieldKind::Date => "date".to_owned(),
        FieldKind::Number { least, most } if least.is_finite() => format!("number {least} to {most}"),
        FieldKind::Number { .. } => "number".to_owned(),
        FieldKind::Whole { values: WholeValues::Range { least, most } } => format!("whole {least} to {most}"),
        FieldKind::Whole { values: WholeValues::OneOf(numbers) } => format!("whole {numbers:?}"),
        FieldKind::Choice(names) => names.join("|"),
        FieldKind::Choices(names) => format!("list of {}", names.join("|")),
        FieldKind::TextList => "list of text".to_owned(),
        FieldKind::Subject(kind) => kind.as_str().to_owned(),
        FieldKind::Any => "any".to_owned(),
    };
    format!("{}{} {kind}", field.name, if field.required { "*" } else { "" })
}

#[test]
fn the_table_is_as_published() {
    let rows: Vec<_> = EventType::ALL.iter().map(|event_type| row(*event_type)).collect();
    let published: Vec<_> = TABLE.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    for (row, published) in rows.iter().zip(&published) {
        assert_eq!(row, published);
    }
    assert_eq!(rows.len(), published.len());
}
