"""How the Board learns: its own entries, and what follows from them by the framework's rules.

Turns entries into one frozen record and the record into findings about itself: rules met, loops not closed, questions answered. Pure: reads
no file and no store. Refuses to judge in place of the Board: it says what the evidence shows.
"""

from hscb_qa.learning.beginnings import begun
from hscb_qa.learning.challenges import unanswered
from hscb_qa.learning.coverage import AreaCoverage, PriorityAudits, area_coverage, is_silent, priority_audits
from hscb_qa.learning.entries import (
    KINDS,
    MODELS,
    REFERS,
    Analysis,
    Answer,
    Counts,
    Entry,
    Evidence,
    Exercise,
    Expectation,
    Finding,
    Judgement,
    Kind,
    Recommendation,
    SelfAssessment,
    Step,
    entry_of,
    names_of,
    texts_of,
)
from hscb_qa.learning.fields import FormField, fields_of
from hscb_qa.learning.programme import ExerciseState, Span, exercise_state, programme_years, programmes
from hscb_qa.learning.questions import Fact, Known, facts
from hscb_qa.learning.record import Learning, Standing, newest
from hscb_qa.learning.rule_checks import Item, RuleCheck, RuleId, RuleState
from hscb_qa.learning.section_11 import Gap, PartnerYear, Section11Year, section_11_years
from hscb_qa.learning.timetable import TimetableCheck, check_timetable
from hscb_qa.learning.triangulation import Cell, Disagreement, Judged, Theme, disagreements, grid_of, recurring_themes
from hscb_qa.learning.vocabulary import (
    AUDITS,
    DEEP_DIVES,
    DIRECTIONS,
    METHODS,
    REVIEWS,
    SMART_TESTS,
    SPEAKERS,
    Direction,
    EffectState,
    ExpectedSignal,
    SmartTest,
    words,
)

__all__ = [
    "AUDITS",
    "DEEP_DIVES",
    "DIRECTIONS",
    "KINDS",
    "METHODS",
    "MODELS",
    "REFERS",
    "REVIEWS",
    "SMART_TESTS",
    "SPEAKERS",
    "Analysis",
    "Answer",
    "AreaCoverage",
    "Cell",
    "Counts",
    "Direction",
    "Disagreement",
    "EffectState",
    "Entry",
    "Evidence",
    "Exercise",
    "ExerciseState",
    "Expectation",
    "ExpectedSignal",
    "Fact",
    "Finding",
    "FormField",
    "Gap",
    "Item",
    "Judged",
    "Judgement",
    "Kind",
    "Known",
    "Learning",
    "PartnerYear",
    "PriorityAudits",
    "Recommendation",
    "RuleCheck",
    "RuleId",
    "RuleState",
    "Section11Year",
    "SelfAssessment",
    "SmartTest",
    "Span",
    "Standing",
    "Step",
    "Theme",
    "TimetableCheck",
    "area_coverage",
    "begun",
    "check_timetable",
    "disagreements",
    "entry_of",
    "exercise_state",
    "facts",
    "fields_of",
    "grid_of",
    "is_silent",
    "names_of",
    "newest",
    "priority_audits",
    "programme_years",
    "programmes",
    "recurring_themes",
    "section_11_years",
    "texts_of",
    "unanswered",
    "words",
]
