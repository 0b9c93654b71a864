//! What the default rulebook holds.

use rulebook::{Area, ClockRule, DEFAULT, default_rulebook};

/// Every kind of clock of the catalogue, in the order of their bytes.
const CLOCKS: &[&str] = &[
    "allocation",
    "assessment_checkpoint_20",
    "assessment_checkpoint_30",
    "assessment_checkpoint_8",
    "care_assessment",
    "care_pathway_plan",
    "care_plan",
    "care_review",
    "care_visit",
    "carer_dbs",
    "carer_medical",
    "carer_review",
    "carer_supervision",
    "carer_unannounced_visit",
    "case_activity",
    "cin_plan_in_place",
    "cin_review",
    "cin_visit",
    "contact_final_decision",
    "contact_initial_decision",
    "contact_red_decision",
    "core_group",
    "cp_review",
    "cp_seen_alone",
    "cp_visit",
    "decision_not_to_visit",
    "dental_check",
    "early_help_assessment",
    "early_help_decision",
    "early_help_episode",
    "early_help_visit",
    "exploitation_seen",
    "health_assessment",
    "icpc",
    "initial_health_assessment",
    "initial_visit_s17",
    "initial_visit_s47",
    "iro_face_to_face",
    "iro_footprint",
    "leaver_in_touch",
    "leaver_pathway_plan",
    "leaver_visit_16_20",
    "leaver_visit_21",
    "mash_enquiry",
    "pep",
    "pre_proceedings",
    "private_fostering_visit",
    "proceedings",
    "return_interview",
    "s47_enquiry",
    "sdq",
    "single_assessment",
    "single_assessment_from_referral",
    "strategy_discussion",
    "supervision",
];

/// Every measure of the catalogue but those whose values come from elsewhere, in the order of their bytes.
const MEASURES: &[&str] = &[
    "assessment_checkpoint_20_timely",
    "assessment_checkpoint_30_timely",
    "assessment_checkpoint_8_timely",
    "assessment_duration",
    "assessment_from_referral_timely",
    "assessment_open_duration",
    "assessment_open_in_time",
    "assessment_open_over_60",
    "assessment_outcomes",
    "assessment_timely",
    "assessments_completed",
    "assessments_open",
    "assessments_started",
    "attendance",
    "audits_assessment_good",
    "audits_completed",
    "audits_good",
    "audits_inadequate",
    "audits_oversight_good",
    "audits_planning_good",
    "care_20_miles",
    "care_assessment_timely",
    "care_children",
    "care_end_reasons",
    "care_ends",
    "care_missing_12m",
    "care_out_and_20_miles",
    "care_out_of_county",
    "care_participation",
    "care_pathway_plan_timely",
    "care_plan_timely",
    "care_readmission",
    "care_recording_delay",
    "care_review_timely",
    "care_s20",
    "care_starts",
    "care_visit_seen_otherwise",
    "care_visit_timely",
    "care_worker_stability",
    "carer_dbs_timely",
    "carer_medical_timely",
    "carer_review_timely",
    "carer_supervision_timely",
    "carer_unannounced_timely",
    "case_activity_timely",
    "caseload_18",
    "caseload_bands",
    "cin_over_12m",
    "cin_over_24m",
    "cin_plan_children",
    "cin_plan_overdue",
    "cin_plan_timely",
    "cin_review_first_held_timely",
    "cin_review_first_overdue",
    "cin_review_next_held_timely",
    "cin_review_next_overdue",
    "cin_review_timely",
    "cin_starts",
    "cin_visit_over_6_weeks",
    "cin_visit_timely",
    "cin_visit_virtual",
    "closed_unseen",
    "complaints",
    "complaints_upheld",
    "compliments",
    "contact_neglect_toolkit",
    "contact_outcomes",
    "contacts",
    "core_group_timely",
    "cp_advocacy",
    "cp_children",
    "cp_ends",
    "cp_ever_repeat",
    "cp_neglect_toolkit",
    "cp_over_2y",
    "cp_repeat",
    "cp_repeat_2y",
    "cp_review_held_timely",
    "cp_review_timely",
    "cp_seen_alone_timely",
    "cp_starts",
    "cp_three_plans",
    "cp_views",
    "cp_visit_over_20",
    "cp_visit_timely",
    "cp_visit_virtual",
    "decision_not_to_visit_timely",
    "dental_timely",
    "early_help_assessment_timely",
    "early_help_decision_timely",
    "early_help_end_reasons",
    "early_help_episode_timely",
    "early_help_open",
    "early_help_repeat",
    "early_help_visit_timely",
    "exploitation_repeat",
    "exploitation_screenings",
    "exploitation_seen_timely",
    "final_decision_timely",
    "health_assessment_5_over_timely",
    "health_assessment_timely",
    "health_assessment_under_5_timely",
    "icpc_from_s47",
    "icpc_timely",
    "icpcs",
    "iha_timely",
    "in_house_fostering",
    "in_need_children",
    "initial_decision_timely",
    "initial_visit_outstanding",
    "initial_visit_s17_timely",
    "initial_visit_s47_timely",
    "initial_visit_timely",
    "iro_face_to_face_timely",
    "iro_footprint_timely",
    "leaver_accommodation",
    "leaver_accommodation_16_18",
    "leaver_accommodation_19_21",
    "leaver_accommodation_over_21",
    "leaver_eet",
    "leaver_eet_16_18",
    "leaver_eet_19_21",
    "leaver_eet_over_21",
    "leaver_higher_education",
    "leaver_higher_education_16_18",
    "leaver_higher_education_19_21",
    "leaver_higher_education_over_21",
    "leaver_in_touch_timely",
    "leaver_pathway_plan_16_18_timely",
    "leaver_pathway_plan_19_21_timely",
    "leaver_pathway_plan_over_21_timely",
    "leaver_pathway_plan_timely",
    "leaver_visit_16_20_timely",
    "leaver_visit_21_timely",
    "leavers",
    "mash_enquiry_timely",
    "missing_children",
    "missing_episodes",
    "my_plans_over_12m",
    "open_children",
    "pep_timely",
    "persistently_absent",
    "placement_settled",
    "placements_three",
    "plan_from_icpc",
    "plan_from_strategy",
    "pre_proceedings_ongoing_timely",
    "pre_proceedings_timely",
    "private_fostering_children",
    "private_fostering_visit_timely",
    "proceedings_ongoing_timely",
    "proceedings_timely",
    "recording_delay",
    "red_decision_timely",
    "referrals",
    "rereferral",
    "rereferral_seen",
    "rereferral_unseen",
    "return_interview_children",
    "return_interview_held",
    "return_interview_timely",
    "rha_timely",
    "s47_enquiries",
    "s47_from_strategy",
    "s47_timely",
    "school_mainstream",
    "school_out_of_county",
    "school_place",
    "sdq_high",
    "sdq_mean",
    "sdq_timely",
    "stepped_down",
    "stepped_up",
    "strategy_attendance_health",
    "strategy_attendance_police",
    "strategy_attendance_social_care",
    "strategy_discussion_timely",
    "strategy_discussions",
    "supervision_first_overdue",
    "supervision_timely",
    "suspended",
    "unallocated",
    "unallocated_2w",
    "voice_app",
    "worker_stability",
];

#[test]
fn the_text_reads_without_mistakes_or_warnings() {
    let read = rulebook::read(DEFAULT).unwrap();
    assert_eq!(read.warnings, []);
    assert_eq!(format!("{:?}", read.rulebook), format!("{:?}", default_rulebook()));
}

#[test]
fn it_has_the_clocks_of_the_catalogue() {
    let ids: Vec<&str> = default_rulebook().clocks.iter().map(|clock| clock.id.as_str()).collect();
    assert_eq!(ids, CLOCKS);
}

#[test]
fn it_has_the_measures_of_the_catalogue() {
    let ids: Vec<&str> = default_rulebook().measures.iter().map(|measure| measure.id.as_str()).collect();
    assert_eq!(ids, MEASURES);
}

#[test]
fn clocks_and_measures_are_found_by_their_ids() {
    let rulebook = default_rulebook();
    assert!(CLOCKS.iter().all(|id| rulebook.clock(id).is_some_and(|clock| clock.id == **id)));
    assert!(MEASURES.iter().all(|id| { rulebook.measure(id).is_some_and(|measure| measure.id == **id) }));
    assert!(rulebook.clock("cp_visits").is_none() && rulebook.measure("").is_none());
}

#[test]
fn equal_patterns_are_one() {
    let patterns = &default_rulebook().patterns;
    for (position, pattern) in patterns.iter().enumerate() {
        assert_eq!(patterns.iter().position(|other| other == pattern), Some(position));
    }
}

/// The limits of every clock in their order; an asterisk marks those that are the rulebook's own.
const LIMITS: &[(&str, &str)] = &[
    ("contact_initial_decision", "24 hours"),
    ("contact_final_decision", "48 hours"),
    ("contact_red_decision", "4 hours*"),
    ("mash_enquiry", "24 hours"),
    ("early_help_decision", "24 hours"),
    ("early_help_episode", "72 hours"),
    ("initial_visit_s17", "5 working days*"),
    ("initial_visit_s47", "1 working day*"),
    ("decision_not_to_visit", "5 working days*"),
    ("single_assessment", "45 working days"),
    ("single_assessment_from_referral", "45 working days"),
    ("assessment_checkpoint_8", "8 working days"),
    ("assessment_checkpoint_20", "20 working days"),
    ("assessment_checkpoint_30", "30 working days"),
    ("cin_plan_in_place", "10 working days"),
    ("cin_visit", "20 working days*"),
    ("cin_review", "30 working days*, 3 months*"),
    ("strategy_discussion", "1 working day"),
    ("s47_enquiry", "15 working days"),
    ("icpc", "15 working days"),
    ("cp_visit", "10 working days"),
    ("core_group", "10 working days, 6 weeks*"),
    ("cp_seen_alone", "10 working days"),
    ("cp_review", "3 months, 6 months"),
    ("care_visit", "1 week, 6 weeks"),
    ("care_plan", "10 working days"),
    ("pep", "20 working days, 4 months*"),
    ("care_assessment", "12 months*"),
    ("care_review", "20 working days, 3 months, 6 months"),
    ("care_pathway_plan", "0 days, 6 months"),
    ("initial_health_assessment", "20 working days"),
    ("health_assessment", "20 working days, 6 months, 12 months"),
    ("dental_check", "3 months*, 12 months"),
    ("sdq", "12 months*, 12 months"),
    ("iro_footprint", "6 months"),
    ("iro_face_to_face", "6 months"),
    ("private_fostering_visit", "7 days, 12 weeks, 6 weeks"),
    ("leaver_visit_16_20", "2 months"),
    ("leaver_visit_21", "6 months"),
    ("leaver_in_touch", "6 months"),
    ("leaver_pathway_plan", "0 days, 6 months"),
    ("return_interview", "72 hours"),
    ("exploitation_seen", "5 working days"),
    ("pre_proceedings", "26 weeks, 16 weeks"),
    ("proceedings", "26 weeks"),
    ("allocation", "1 working day*"),
    ("supervision", "1 month*, 2 months*"),
    ("case_activity", "6 weeks*"),
    ("early_help_visit", "10 working days"),
    ("early_help_assessment", "30 working days*"),
    ("carer_review", "12 months"),
    ("carer_dbs", "3 years*"),
    ("carer_medical", "2 years*"),
    ("carer_unannounced_visit", "12 months"),
    ("carer_supervision", "6 weeks*"),
];

/// The limits of a clock as [`LIMITS`] writes them.
fn limits(clock: &ClockRule) -> String {
    let shown = clock.limits.iter().map(|limit| {
        let source = limit.source.as_ref().unwrap_or(&clock.source);
        let own = if source.starts_with("Local standard of this rulebook") { "*" } else { "" };
        format!("{}{own}", limit.limit)
    });
    shown.collect::<Vec<_>>().join(", ")
}

#[test]
fn limits_and_what_they_rest_on() {
    assert_eq!(LIMITS.len(), CLOCKS.len());
    for (id, expected) in LIMITS {
        let clock = default_rulebook().clock(id).unwrap();
        assert_eq!(limits(clock), *expected, "{id}");
    }
}

#[test]
fn every_area_has_clocks_and_measures() {
    let rulebook = default_rulebook();
    for area in Area::ALL {
        assert!(rulebook.clocks.iter().any(|clock| clock.area == area), "{area:?}");
        assert!(rulebook.measures.iter().any(|measure| measure.area == area), "{area:?}");
    }
}
