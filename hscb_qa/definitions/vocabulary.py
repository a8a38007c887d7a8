"""The closed vocabularies of configuration files, and the base of every block: frozen, and closed to unknown keys.

Refuses empty text and filler such as "n/a"; a definition has to mean something.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from hscb_qa.periods import parse_period

MeasureType = Literal["quantity", "quality", "outcome"]
Polarity = Literal["higher", "lower", "neutral"]
Unit = Literal["percent", "percentage_points", "per_1000", "per_10000", "per_100000", "count", "score", "cases", "children_per_post"]
Interval = Literal["wilson", "byar", "published", "none"]
ContentArea = Literal["practice", "organisational_practitioner", "wider_picture"]
Theme = Literal["poverty", "health", "attainment_and_work", "housing", "crime"]
EvidenceSource = Literal[
    "children_parents_carers",
    "frontline_staff_managers",
    "case_records",
    "governance_information",
    "other_management_information",
    "peer_deep_dives",
    "academic",
    "inspections",
    "serious_case_and_other_reviews",
    "messages_from_research",
]
SourceId = Literal["lait", "ees", "neighbours", "mps_crime", "fingertips"]
Tier = Literal["core", "extended"]
Frequency = Literal["quarter", "half_year", "year"]
Counting = Literal["flow", "snapshot"]
Given = Literal["counts", "count", "value"]
Basis = Literal["month", "quarter", "half_year", "ytd", "rolling12", "year"]
ExceptionKind = Literal["special_cause", "target_missed", "agencies_disagree", "fifth"]
BreakdownId = Literal["age_band", "sex", "ethnicity", "district"]
THEMES: tuple[Theme, ...] = ("poverty", "health", "attainment_and_work", "housing", "crime")
MEASURE_TYPES: tuple[MeasureType, ...] = ("quantity", "quality", "outcome")
UNIT_FACTORS: dict[Unit, float] = {
    "percent": 100,
    "percentage_points": 1,
    "per_1000": 1_000,
    "per_10000": 10_000,
    "per_100000": 100_000,
    "count": 1,
    "score": 1,
    "cases": 1,
    "children_per_post": 1,
}
_FILLER = {"", "n/a", "na", "none", "tbc", "tbd", "todo", "-", "?"}


def _is_meaningful(text: str) -> str:
    if text.lower().strip(". ") in _FILLER:
        raise ValueError(f"'{text}' says nothing; write what is meant")
    return text


def _is_quarter(text: str) -> str:
    return parse_period(text, "quarter").text


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_is_meaningful)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")]
QuarterText = Annotated[str, AfterValidator(_is_quarter)]
GeographyCode = Annotated[str, StringConstraints(pattern=r"^[EWSNK]\d{8}$")]


class Model(BaseModel):
    """A configuration block: frozen, and closed to keys that are not its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SignOff(Model):
    """Who wrote or checked a definition, by role, and when."""

    by: Text
    on: date
