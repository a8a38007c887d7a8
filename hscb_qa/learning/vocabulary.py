"""The closed vocabularies of the Board's own entries, each with the words it is shown in.

Refuses methods that do not belong to a source: a focus group says something of people, and nothing of a case record.
"""

from typing import Literal, get_args

from hscb_qa.definitions import EvidenceSource

Method = Literal[
    "survey",
    "interviews",
    "focus_group",
    "direct_talk",
    "asked_at_key_points",
    "partnership_survey",
    "exit_interviews",
    "walking_the_floor",
    "single_agency_audit",
    "multi_agency_audit",
    "management_oversight",
    "multi_agency_dataset",
    "agency_report",
    "internal_deep_dive",
    "external_deep_dive",
    "study",
    "inspection",
    "serious_case_review",
    "learning_review",
    "near_miss_review",
    "good_outcome_review",
    "research_summary",
]
METHODS: dict[EvidenceSource, tuple[Method, ...]] = {
    "children_parents_carers": ("survey", "interviews", "focus_group", "direct_talk", "asked_at_key_points"),
    "frontline_staff_managers": ("survey", "focus_group", "partnership_survey", "exit_interviews", "walking_the_floor"),
    "case_records": ("single_agency_audit", "multi_agency_audit", "management_oversight"),
    "governance_information": ("multi_agency_dataset", "agency_report"),
    "other_management_information": ("agency_report",),
    "peer_deep_dives": ("internal_deep_dive", "external_deep_dive"),
    "academic": ("study",),
    "inspections": ("inspection",),
    "serious_case_and_other_reviews": ("serious_case_review", "learning_review", "near_miss_review", "good_outcome_review"),
    "messages_from_research": ("research_summary",),
}
"""The framework's ten sources of evidence, each with the methods that belong to it."""

AUDITS: tuple[Method, ...] = ("single_agency_audit", "multi_agency_audit", "management_oversight")
DEEP_DIVES: tuple[Method, ...] = ("internal_deep_dive", "external_deep_dive")
REVIEWS: tuple[Method, ...] = ("serious_case_review", "learning_review", "near_miss_review", "good_outcome_review")

Speaker = Literal["children", "parents and carers", "frontline staff"]
SPEAKERS: tuple[Speaker, ...] = get_args(Speaker)

Direction = Literal["better", "same", "worse", "mixed"]
DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
Grade = Literal["outstanding", "good", "requires_improvement", "inadequate"]

Recurrence = Literal["continuous", "annual", "biannual", "three_yearly", "exceptional", "once"]
ExerciseStatus = Literal["planned", "under_way", "done", "not_done"]

FindingKind = Literal["concern", "good_practice"]
Origin = Literal["review", "audit", "inspection", "deep_dive", "voices", "challenge"]

SmartTest = Literal["specific", "measurable", "achievable", "relevant", "time_bound"]
SMART_TESTS: tuple[SmartTest, ...] = get_args(SmartTest)
StepKind = Literal["progress", "completed", "reached_frontline", "re_audited", "reopened"]
ExpectedSignal = Literal["improvement", "no_concern", "target_met"]
EffectState = Literal["seen", "no_concern", "not_seen", "too_early", "cannot_say"]
Reach = Literal["briefing", "training", "team_meeting", "supervision", "learning_event"]

AnalysisKind = Literal["analysis", "challenge", "answer", "action"]
Verdict = Literal["well", "in_part", "not_yet"]

WORDS: dict[str, str] = {
    "asked_at_key_points": "asked at key points of our work",
    "direct_talk": "talked to directly by senior people",
    "three_yearly": "every three years",
    "biannual": "every two years",
    "multi_agency_audit": "multi-agency audit",
    "single_agency_audit": "single-agency audit",
    "multi_agency_dataset": "multi-agency dataset",
    "time_bound": "time-bound",
    "re_audited": "audited again",
    "reached_frontline": "reached frontline teams",
    "under_way": "under way",
    "not_done": "not done",
    "not_yet": "not yet",
    "in_part": "in part",
    "no_concern": "no signal of concern",
    "target_met": "the target is met",
    "study": "academic study",
}


def words(name: str) -> str:
    """A name of these vocabularies as people read it.

    >>> words("not_done"), words("focus_group")
    ('not done', 'focus group')
    """
    return WORDS.get(name, name.replace("_", " "))
