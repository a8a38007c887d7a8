"""What the invented returns are drawn around: a level, a size and a season for each indicator that agencies return.

Tables only, after the volumes a place of Harrow's size would have. A level is in the indicator's own unit where the agency gives two
counts, else a count a quarter; `of` is the denominator a quarter, or on the day. What is owed once a year has a year's counts. Years are
first days of April: 2022 is 1 April 2022. Where a figure is published, the published years bend these lines to them.
"""

from dataclasses import dataclass

from illustrative_levels import Points

from hscb_qa.definitions import Indicator


@dataclass(frozen=True)
class Line:
    """Where a series lies. `season` multiplies Q1 to Q4; `noise` 1 is the chance a count has by itself, 0 none.

    `base_noise` is the chance of the denominator, where it has less than the numerator. Where several agencies return an indicator, `sizes`
    says what each has of the level, else AGENCY_SIZE does, unless `sizes` is empty.
    """

    level: Points
    of: Points = 40
    season: tuple[float, float, float, float] = (1, 1, 1, 1)
    noise: float = 0.8
    base_noise: float | None = None
    sizes: dict[str, float] | None = None


SCHOOL_YEAR = (1.04, 0.91, 1.06, 0.99)  # referrals fall while schools are shut
SUMMER = (1.05, 1.12, 0.93, 0.90)

INVITED = {
    "education": 0.92, "community_health": 0.84, "police": 0.74, "early_help": 0.42, "mental_health_trust": 0.36,
    "acute_hospital_trust": 0.31, "housing": 0.22, "domestic_abuse_services": 0.18, "probation": 0.14, "youth_justice": 0.09,
}  # fmt: skip

LINES: dict[str, Line] = {
    "contacts_at_the_front_door": Line({2022: 2380, 2027: 2240}, season=SCHOOL_YEAR, noise=1.2),
    "contacts_decided_within_one_working_day": Line(
        {2022: 88, 2024: 92, 2027: 91}, of={2022: 2380, 2027: 2240}, season=SCHOOL_YEAR, noise=1.5
    ),
    "contacts_becoming_referrals": Line(28, of={2022: 2380, 2027: 2240}, season=SCHOOL_YEAR),
    "referrals_rate": Line({2022: 755, 2026: 600}, season=SCHOOL_YEAR, noise=1.0),
    "rereferrals_within_12_months": Line({2022: 16.5, 2026: 18.2}, of=640, season=SCHOOL_YEAR),
    "referrals_with_no_further_action": Line(2.8, of=640, season=SCHOOL_YEAR),
    "referrals_from_police": Line(31, of=640, season=SCHOOL_YEAR),
    "referrals_from_schools": Line(28, of=640, season=SCHOOL_YEAR),
    "referrals_from_health_services": Line(17.5, of=640, season=SCHOOL_YEAR),
    "assessments_within_45_working_days": Line({2022: 74, 2026: 93}, of=575, season=SCHOOL_YEAR),
    "referrals_assessed_not_in_need": Line({2022: 31, 2026: 37}, of=640, season=SCHOOL_YEAR),
    "children_in_need_rate": Line({2022: 1930, 2026: 1470, 2027: 1440}, noise=0.6),
    "children_in_need_two_years_or_more": Line({2022: 28, 2026: 30.5}, of={2022: 1930, 2026: 1470}, noise=0.5),
    "early_help_assessments_started": Line({2022: 148, 2024: 156, 2027: 214}, noise=0.7),
    "early_help_assessments_led_by_partners": Line({2022: 39, 2027: 46}, of=165),
    "early_help_goals_met": Line(68, of=126, sizes={"early_help": 1, "voluntary_sector": 0.35}),
    "early_help_closures_later_referred": Line(9.5, of=126),
    "step_downs_sustained": Line(84, of=72),
    "families_saying_early_help_made_things_better": Line(81, of=88),
    "two_year_reviews_with_questionnaire": Line({2022: 93, 2026: 95}, of=815),
    "new_birth_visits_within_14_days": Line({2022: 90, 2027: 94}, of=805),
    "section_47_enquiries_rate": Line({2022: 333, 2026: 258}, noise=0.9),
    "section_47_enquiries_leading_to_conference": Line(30, of={2022: 333, 2026: 258}),
    "initial_child_protection_conferences_rate": Line({2022: 94, 2026: 88}, noise=0.7),
    "initial_conferences_within_15_working_days": Line(76, of={2022: 94, 2026: 88}, noise=0.6),
    "child_protection_plans_rate": Line({2022: 293, 2024: 265, 2026: 252}, noise=0.4),
    "child_protection_plans_started_rate": Line({2022: 87, 2026: 77}, noise=0.7),
    "second_or_subsequent_child_protection_plans": Line({2022: 15, 2026: 22.5}, of={2022: 87, 2026: 77}, noise=0.6),
    "child_protection_plans_open_two_years_or_more": Line(3, of={2022: 293, 2026: 252}, noise=0.6),
    "child_protection_plans_ended_after_two_years_or_more": Line(4.4, of=82, noise=0.7),
    "child_protection_reviews_on_time": Line({2022: 95.5, 2024: 92, 2025: 85, 2026: 90}, of=205, noise=0.6),
    "child_protection_visits_on_time": Line(88, of={2022: 293, 2026: 252}),
    "quorate_conferences": Line(93, of=186, noise=0.7),
    "agency_contribution_to_initial_conferences": Line(91, of={2022: 94, 2026: 88}, noise=0.7, base_noise=0.4, sizes=INVITED),
    "childs_views_at_conferences": Line({2022: 78, 2027: 85}, of=118),
    "parents_finding_conferences_fair_and_clear": Line(77, of=58),
    "families_saying_life_is_safer_after_a_plan": Line(72, of=40),
    "child_protection_plans_ended_with_goals_met": Line(74, of=82),
    "agency_contribution_to_core_groups": Line(86, of=260, sizes=INVITED),
    "looked_after_children_rate": Line({2022: 180, 2026: 168, 2027: 171}, noise=0.35),
    "looked_after_three_or_more_placements": Line({2022: 9, 2024: 12, 2026: 10}, of=171, noise=0.5),
    "looked_after_long_term_placement_stability": Line(70, of=44, noise=0.5),
    "looked_after_placed_over_20_miles_away": Line(17, of=171, noise=0.5),
    "looked_after_health_assessments_up_to_date": Line({2022: 97, 2026: 93}, of=112, noise=0.7),
    "initial_health_assessments_within_20_working_days": Line({2022: 66, 2027: 76}, of=29),
    "looked_after_strengths_and_difficulties_score": Line(13.0, of=96, noise=0.3),
    "looked_after_children_missing": Line(9, of=265, noise=0.5),
    "care_leavers_in_education_employment_or_training": Line({2022: 58, 2026: 69}, of=160, noise=0.5, base_noise=0.3),
    "care_leavers_in_suitable_accommodation": Line(91, of=160, noise=0.5, base_noise=0.3),
    "care_applications_rate": Line({2022: 8, 2027: 7.5}),
    "children_at_risk_of_sexual_exploitation": Line({2022: 38, 2027: 31}, noise=0.6),
    "sexual_exploitation_risk_reduced": Line(55, of=22),
    "crimes_flagged_child_sexual_exploitation": Line(14),
    "sexual_exploitation_at_assessment": Line(16, of=510),
    "criminal_exploitation_at_assessment": Line(31, of=510),
    "children_reported_missing": Line(42, season=SUMMER),
    "return_home_interviews_within_72_hours": Line(74, of=63, season=SUMMER),
    "children_missing_repeatedly": Line(16, of=42, season=SUMMER),
    "child_protection_plans_for_neglect": Line({2022: 41, 2027: 36}, of={2022: 293, 2026: 252}, noise=0.5),
    "neglect_at_assessment": Line(13, of=510),
    "neglect_tool_used": Line(60, of=24),
    "neglect_audits_good_or_better": Line(56, of=12),
    "persistent_absence_of_children_on_plans": Line(38, of=95),
    "domestic_abuse_incidents_with_children": Line({2022: 590, 2027: 640}, season=(1.02, 1.07, 0.97, 0.94), noise=1.1),
    "marac_cases_rate": Line(20, of=106_000, noise=0.5, base_noise=0.2),
    "children_in_marac_households": Line(74),
    "marac_repeat_cases": Line(26, of=52),
    "parental_domestic_abuse_at_assessment": Line(26, of=510),
    "families_safer_after_domestic_abuse_support": Line(80, of=42, sizes={"domestic_abuse_services": 1, "voluntary_sector": 0.6}),
    "women_and_girls_newly_recorded_with_fgm": Line(2.4, noise=1.0),
    "female_genital_mutilation_at_assessment": Line(0.7, noise=1.0),
    "children_referred_for_forced_marriage_or_honour_abuse": Line(1.2, noise=1.0),
    "fgm_enquiry_at_maternity_booking": Line(96, of=1120),
    "self_harm_admissions_aged_10_to_24_rate": Line(300, noise=6),
    "mental_health_inpatient_admissions_rate": Line(14),
    "self_harm_attendances_under_18": Line(25),
    "child_mental_health_referrals_seen_within_18_weeks": Line({2022: 71, 2027: 80}, of=172),
    "child_mental_health_reliable_improvement": Line(58, of=70),
    "adult_mental_health_plans_that_think_family": Line(54, of=32),
    "parental_mental_health_at_assessment": Line(15, of=510),
    "parents_completing_drug_treatment": Line(60, of=9),
    "pupils_who_know_where_to_get_help_online": Line(84, of=1_430),
    "schools_with_online_safety_review": Line({2022: 58, 2027: 74}, of=62, noise=0.3, base_noise=0),
    "prevent_referrals_under_18": Line(2.1, noise=1.0),
    "channel_cases_closed_with_risk_reduced": Line(67, of=6),
    "children_in_private_fostering": Line(2.6, noise=0.7),
    "private_fostering_visits_within_7_working_days": Line(72, of=2.2),
    "children_in_need_with_a_disability": Line(14, of={2022: 1930, 2026: 1470}, noise=0.5),
    "child_protection_plans_for_disabled_children": Line(4.5, of={2022: 293, 2026: 252}, noise=0.6),
    "education_health_and_care_plans_within_20_weeks": Line({2022: 36, 2026: 53}, of=65),
    "first_time_entrants_to_youth_justice": Line({2022: 112, 2027: 98}, of=26_000, noise=0.3, base_noise=0.3),
    "children_cautioned_or_sentenced_rate": Line(17, of=26_000, noise=0.5, base_noise=0.3),
    "social_worker_vacancy_rate": Line({2022: 22, 2024: 34, 2026: 26}, of=172, noise=0.4),
    "social_worker_turnover_rate": Line(5, of=126, noise=0.5),
    "agency_social_worker_rate": Line({2022: 25, 2024: 36, 2026: 28}, of=180, noise=0.4),
    "social_worker_caseload": Line({2022: 17.1, 2026: 14.7}, of=104, noise=0.3),
    "safeguarding_supervision_on_time": Line(87, of=110, noise=0.8, base_noise=0.3),
    "health_visitor_caseload": Line({2022: 322, 2027: 346}, of=52, noise=0.15, base_noise=0.02),
    "frontline_staff_who_say_partners_work_well_together": Line(74, of=310),
    "section_11_self_assessments_returned": Line(92, of=15, noise=0.3, base_noise=0),
    "section_11_standards_met": Line({2022: 76, 2027: 86}, of=40, noise=0.3, sizes={}, base_noise=0),
    "section_11_actions_overdue": Line(18, of=7, sizes={}, base_noise=0.5),
    "school_safeguarding_audits_returned": Line(88, of=62, noise=0.5, base_noise=0),
    "board_attendance": Line(86, of=6, sizes={}, base_noise=0.3),
    "dataset_items_returned_on_time": Line(92, of=330),
    "allegations_against_staff_referred": Line(19),
    "allegations_against_staff_concluded_within_3_months": Line(77, of=12),
    "audits_completed_against_programme": Line(86, of=3, sizes={}, base_noise=0.3),
    "audited_cases_good_or_better": Line({2022: 52, 2027: 64}, of=9),
    "audited_cases_with_the_childs_voice": Line({2022: 58, 2027: 71}, of=9),
    "improvement_at_repeat_audit": Line(8, noise=4.0),
    "smart_recommendations": Line(80, of=10),
    "recommendations_completed_on_time": Line(72, of=3, sizes={}),
    "recommendations_with_evidence_of_impact": Line(50, of=3, sizes={}),
    "serious_case_and_learning_reviews_started": Line(0.5, noise=1.0),
    "services_judged_good_or_better": Line(76, of=4, noise=0.2, sizes={}, base_noise=0),
    "training_places_taken": Line({2022: 225, 2027: 268}, season=(1.05, 0.82, 1.1, 1.03)),
    "training_attendance_rate": Line(89),
    "confidence_gained_from_training": Line(83, of=130),
    "practice_changed_after_training": Line(44, of=72),
    "safeguarding_training_in_date": Line(92, of=900, noise=1.0, base_noise=0.2),
    "children_in_low_income_families": Line({2022: 13.1, 2026: 13.9}, of=60_200, noise=0.5, base_noise=0.5),
    "young_people_not_in_education_employment_or_training": Line(1.4, of=6_000, noise=0.4, base_noise=0.3),
    "families_in_bed_and_breakfast_over_6_weeks": Line({2022: 8, 2024: 14, 2027: 11}, noise=0.6),
    "child_deaths_with_modifiable_factors": Line(1.6),
}

# How big an agency is beside a level that all of them return.
AGENCY_SIZE: dict[str, float] = {
    "childrens_social_care": 1.5,
    "early_help": 0.7,
    "youth_justice": 0.4,
    "education": 2.2,
    "public_health": 0.3,
    "housing": 0.6,
    "police": 1.3,
    "clinical_commissioning_group": 0.3,
    "integrated_care_board": 0.3,
    "acute_hospital_trust": 1.8,
    "community_health": 1.2,
    "mental_health_trust": 1.1,
    "probation": 0.5,
    "domestic_abuse_services": 0.4,
    "voluntary_sector": 0.6,
    "cafcass": 0.3,
    "child_death_overview_panel": 0.2,
    "board_business_unit": 0.3,
}

# Usual parts of a whole, in the order of config/returns.yaml, and where an indicator is unlike the rest.
PARTS: dict[str, tuple[float, ...]] = {
    "age_band": (8, 19, 27, 34, 10, 2),
    "sex": (46, 52, 2),
    "ethnicity": (33, 16, 13, 26, 8, 4),
    "district": (24, 20, 17, 19, 14, 6),
}
PARTS_OF: dict[tuple[str, str], tuple[float, ...]] = {
    ("looked_after_children_rate", "age_band"): (4, 11, 16, 41, 28, 0),
    ("looked_after_children_rate", "sex"): (40, 59, 1),
    ("children_reported_missing", "age_band"): (0, 1, 4, 63, 32, 0),
    ("children_at_risk_of_sexual_exploitation", "age_band"): (0, 0, 2, 58, 40, 0),
    ("children_at_risk_of_sexual_exploitation", "sex"): (79, 20, 1),
    ("self_harm_attendances_under_18", "sex"): (72, 26, 2),
}

# For an indicator without a line of its own: (level, of) by unit and polarity.
USUAL: dict[tuple[str, str], Line] = {
    ("percent", "higher"): Line(82, of=40),
    ("percent", "lower"): Line(15, of=40),
    ("percent", "neutral"): Line(30, of=40),
}


def line_of(indicator: Indicator) -> Line:
    """The indicator's line, or a plain one for its unit where the table has none."""
    line = LINES.get(indicator.id)
    return line or USUAL.get((indicator.unit, indicator.polarity)) or Line(12, of=40)
