"""The framework as configured: areas, indicators, agencies, corrections, sources and the board's rules.

Turns the YAML files of a configuration folder into one frozen `Framework`. Refuses the whole folder when any file has a fault, and then
names all faults of all files at once, each with its file and line.
"""

from hscb_qa.definitions.boards import Agency, Area, Board, PlanYear, Priority
from hscb_qa.definitions.config_file import ConfigFile
from hscb_qa.definitions.framework import Framework
from hscb_qa.definitions.indicators import Break, Figure, Indicator, Published, Returned
from hscb_qa.definitions.learning import EvidenceRules, KeyQuestion, LearningRules, QuestionId, Section11, Standard, TimetableRules
from hscb_qa.definitions.loading import explain, load_framework, register_path, root_causes
from hscb_qa.definitions.rules import (
    Breakdown,
    ChartRule,
    Correction,
    Disclosure,
    Event,
    ExceptionRule,
    IndicatorMethod,
    Rebase,
    ReturnRules,
    SignalRules,
    Source,
)
from hscb_qa.definitions.vocabulary import (
    MEASURE_TYPES,
    THEMES,
    UNIT_FACTORS,
    Basis,
    EvidenceSource,
    ExceptionKind,
    Id,
    MeasureType,
    QuarterText,
    Text,
    Theme,
    Unit,
)

__all__ = [
    "MEASURE_TYPES",
    "THEMES",
    "UNIT_FACTORS",
    "Agency",
    "Area",
    "Basis",
    "Board",
    "Break",
    "Breakdown",
    "ChartRule",
    "ConfigFile",
    "Correction",
    "Disclosure",
    "Event",
    "EvidenceRules",
    "EvidenceSource",
    "ExceptionKind",
    "ExceptionRule",
    "Figure",
    "Framework",
    "Id",
    "Indicator",
    "IndicatorMethod",
    "KeyQuestion",
    "LearningRules",
    "MeasureType",
    "PlanYear",
    "Priority",
    "Published",
    "QuarterText",
    "QuestionId",
    "Rebase",
    "ReturnRules",
    "Returned",
    "Section11",
    "SignalRules",
    "Source",
    "Standard",
    "Text",
    "Theme",
    "TimetableRules",
    "Unit",
    "explain",
    "load_framework",
    "register_path",
    "root_causes",
]
