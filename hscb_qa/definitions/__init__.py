"""The framework as configured: areas, indicators, agencies, corrections, sources and the board's rules.

Turns the YAML files of a configuration folder into one frozen `Framework`. Refuses the whole folder when any file has a fault, and then
names all faults of all files at once, each with its file and line.
"""

from hscb_qa.definitions.boards import Agency, Area, Board, PlanYear, Priority
from hscb_qa.definitions.framework import Framework
from hscb_qa.definitions.indicators import Break, Figure, Indicator, Published, Returned
from hscb_qa.definitions.loading import load_framework, register_path
from hscb_qa.definitions.rules import (
    Breakdown,
    ChartRule,
    Correction,
    Disclosure,
    ExceptionRule,
    IndicatorMethod,
    Rebase,
    ReturnRules,
    SignalRules,
    Source,
)
from hscb_qa.definitions.vocabulary import MEASURE_TYPES, UNIT_FACTORS, Basis, ExceptionKind, Unit

__all__ = [
    "MEASURE_TYPES",
    "UNIT_FACTORS",
    "Agency",
    "Area",
    "Basis",
    "Board",
    "Break",
    "Breakdown",
    "ChartRule",
    "Correction",
    "Disclosure",
    "ExceptionKind",
    "ExceptionRule",
    "Figure",
    "Framework",
    "Indicator",
    "IndicatorMethod",
    "PlanYear",
    "Priority",
    "Published",
    "Rebase",
    "ReturnRules",
    "Returned",
    "SignalRules",
    "Source",
    "Unit",
    "load_framework",
    "register_path",
]
