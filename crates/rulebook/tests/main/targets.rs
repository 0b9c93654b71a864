//! The targets of the default rulebook.

use calendar::Date;
use rulebook::{Measure, Polarity, default_rulebook};

/// The target in force on a day.
fn target(measure: &Measure, day: Date) -> Option<f64> {
    measure.targets.iter().find(|target| target.in_force.holds_on(day)).map(|target| target.value.get())
}

/// Every measure with a target: its id, and the targets on 31 March and on 1 April 2022.
const TARGETS: &[(&str, f64, f64)] = &[
    ("initial_decision_timely", 90.0, 90.0),
    ("final_decision_timely", 95.0, 90.0),
    ("red_decision_timely", 90.0, 90.0),
    ("initial_visit_timely", 85.0, 85.0),
    ("initial_visit_s17_timely", 85.0, 85.0),
    ("initial_visit_s47_timely", 85.0, 85.0),
    ("assessment_timely", 85.0, 90.0),
    ("cin_plan_timely", 95.0, 95.0),
    ("cin_visit_timely", 90.0, 93.0),
    ("cin_review_timely", 85.0, 90.0),
    ("strategy_discussion_timely", 90.0, 90.0),
    ("s47_timely", 90.0, 90.0),
    ("icpc_timely", 85.0, 85.0),
    ("cp_visit_timely", 90.0, 90.0),
    ("cp_seen_alone_timely", 95.0, 95.0),
    ("cp_review_timely", 95.0, 95.0),
    ("cp_review_held_timely", 95.0, 95.0),
    ("care_visit_timely", 95.0, 95.0),
    ("care_assessment_timely", 95.0, 95.0),
    ("care_review_timely", 98.0, 98.0),
    ("care_pathway_plan_timely", 90.0, 90.0),
    ("health_assessment_timely", 95.0, 95.0),
    ("health_assessment_under_5_timely", 95.0, 95.0),
    ("health_assessment_5_over_timely", 95.0, 95.0),
    ("dental_timely", 85.0, 85.0),
    ("sdq_timely", 80.0, 80.0),
    ("iro_face_to_face_timely", 60.0, 60.0),
    ("leaver_in_touch_timely", 95.0, 95.0),
    ("leaver_visit_16_20_timely", 90.0, 90.0),
    ("leaver_visit_21_timely", 90.0, 90.0),
    ("leaver_pathway_plan_timely", 90.0, 90.0),
    ("leaver_pathway_plan_16_18_timely", 90.0, 90.0),
    ("leaver_pathway_plan_19_21_timely", 90.0, 90.0),
    ("leaver_pathway_plan_over_21_timely", 90.0, 90.0),
    ("return_interview_timely", 80.0, 80.0),
    ("pre_proceedings_timely", 80.0, 80.0),
    ("proceedings_timely", 60.0, 60.0),
    ("supervision_timely", 80.0, 95.0),
    ("case_activity_timely", 100.0, 100.0),
    ("carer_review_timely", 85.0, 85.0),
    ("carer_dbs_timely", 85.0, 85.0),
    ("carer_medical_timely", 85.0, 85.0),
    ("carer_unannounced_timely", 90.0, 90.0),
    ("carer_supervision_timely", 90.0, 90.0),
    ("rereferral", 24.0, 21.5),
    ("cin_over_12m", 10.0, 10.0),
    ("cp_over_2y", 2.0, 2.0),
    ("cp_repeat", 24.0, 21.5),
    ("cp_repeat_2y", 10.0, 10.0),
    ("care_s20", 25.0, 19.0),
    ("care_out_and_20_miles", 20.1, 20.0),
    ("care_readmission", 12.7, 7.0),
    ("care_participation", 95.0, 95.0),
    ("placements_three", 13.0, 12.0),
    ("placement_settled", 65.0, 68.0),
    ("in_house_fostering", 75.0, 70.0),
    ("leaver_accommodation", 95.0, 95.0),
    ("leaver_accommodation_16_18", 95.0, 95.0),
    ("leaver_accommodation_19_21", 95.0, 95.0),
    ("leaver_accommodation_over_21", 95.0, 95.0),
    ("leaver_eet", 55.0, 75.0),
    ("leaver_eet_16_18", 55.0, 75.0),
    ("leaver_eet_19_21", 55.0, 75.0),
    ("leaver_eet_over_21", 55.0, 75.0),
    ("return_interview_held", 82.0, 82.0),
    ("care_missing_12m", 11.9, 10.0),
    ("caseload_18", 95.0, 95.0),
    ("unallocated", 0.0, 0.0),
    ("unallocated_2w", 0.0, 0.0),
    ("worker_stability", 90.0, 90.0),
    ("audits_good", 50.0, 50.0),
    ("audits_inadequate", 10.0, 10.0),
    ("audits_assessment_good", 50.0, 50.0),
    ("audits_planning_good", 50.0, 50.0),
    ("audits_oversight_good", 50.0, 50.0),
];

#[test]
fn targets_before_and_after_april_2022() {
    let days = [Date::new(2022, 3, 31).unwrap(), Date::new(2022, 4, 1).unwrap()];
    for measure in &default_rulebook().measures {
        let expected = TARGETS.iter().find(|(id, ..)| *id == measure.id);
        let expected = [expected.map(|row| row.1), expected.map(|row| row.2)];
        assert_eq!(days.map(|day| target(measure, day)), expected, "{}", measure.id);
        assert_eq!(measure.tolerance.get(), 5.0, "{}", measure.id);
    }
    for (id, ..) in TARGETS {
        assert!(default_rulebook().measure(id).is_some(), "no measure {id}");
    }
}

/// The measures whose lower figure is better.
const LOWER: &[&str] = &[
    "assessment_open_over_60",
    "audits_inadequate",
    "care_20_miles",
    "care_missing_12m",
    "care_out_and_20_miles",
    "care_out_of_county",
    "care_readmission",
    "care_recording_delay",
    "care_s20",
    "cin_over_12m",
    "cin_over_24m",
    "cin_plan_overdue",
    "cin_review_first_overdue",
    "cin_review_next_overdue",
    "cin_visit_over_6_weeks",
    "closed_unseen",
    "cp_ever_repeat",
    "cp_over_2y",
    "cp_repeat",
    "cp_repeat_2y",
    "cp_three_plans",
    "cp_visit_over_20",
    "early_help_repeat",
    "initial_visit_outstanding",
    "my_plans_over_12m",
    "persistently_absent",
    "placements_three",
    "recording_delay",
    "rereferral",
    "school_out_of_county",
    "supervision_first_overdue",
    "suspended",
    "unallocated",
    "unallocated_2w",
];

#[test]
fn lower_is_better_where_the_catalogue_says_so() {
    let lower = default_rulebook().measures.iter().filter(|measure| measure.better == Polarity::Lower);
    let lower: Vec<&str> = lower.map(|measure| measure.id.as_str()).collect();
    assert_eq!(lower, LOWER);
}
