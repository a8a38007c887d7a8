"""The shape of every configuration file, as frozen models whose closed vocabularies are the words of the field.

Turns plain dictionaries into models. Refuses unknown keys, empty text and filler such as "n/a"; a definition has to mean something.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from hscb_qa.errors import UnknownName
from hscb_qa.periods import PeriodType, parse_period

MeasureType = Literal["quantity", "quality", "outcome"]
Polarity = Literal["higher", "lower", "neutral"]
Unit = Literal["percent", "percentage_points", "per_1000", "per_10000", "per_100000", "count", "score", "cases", "children_per_post"]
Interval = Literal["wilson", "byar", "published", "none"]
ContentArea = Literal["practice", "organisational_practitioner", "wider_picture"]
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
Basis = Literal["quarter", "half_year", "ytd", "rolling12", "year"]
BreakdownId = Literal["age_band", "sex", "ethnicity", "district"]
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


class Figure(Model):
    """Cells of a published file whose sum is one figure: measures within one breakdown.

    `year_lag` 1 takes the figure of the year before, as a rate at 31 March takes the mid-year population before it.
    """

    measures: tuple[Text, ...] = Field(min_length=1)
    breakdown: dict[str, Text] = {}
    year_lag: int = Field(default=0, ge=0, le=5)

    @property
    def breakdown_text(self) -> str:
        """The breakdown as readers write it: `name=value` pairs, sorted by name, joined by semicolons."""
        return ";".join(f"{name}={self.breakdown[name]}" for name in sorted(self.breakdown))


class Population(Figure):
    """The people a rate is counted for, from a published file; a later year than the file has takes its last."""

    source: SourceId


class Published(Model):
    """Where an indicator's figure is published: a ready value, or a numerator with its denominator."""

    source: SourceId
    value: Figure | None = None
    numerator: Figure | None = None
    denominator: Figure | None = None
    lower: Figure | None = None
    upper: Figure | None = None

    @model_validator(mode="after")
    def _has_a_figure(self) -> Self:
        if self.value is None and self.numerator is None:
            raise ValueError("needs a 'value', or a 'numerator' with its 'denominator'")
        return self

    @property
    def figures(self) -> dict[str, Figure]:
        """The figures given, by their part: value, numerator, denominator, lower, upper."""
        parts = ("value", "numerator", "denominator", "lower", "upper")
        return {part: figure for part in parts if (figure := getattr(self, part)) is not None}


class SignOff(Model):
    """Who wrote or checked a definition, by role, and when."""

    by: Text
    on: date


class Returned(Model):
    """What agencies return of an indicator: who owes it, how often, and how its figures add up.

    `every` says how often a figure is owed: each quarter, in Q2 and Q4 for the half year, or once a year in the return of the quarter
    `due_in`. `lag_quarters` 2 means that the return of a quarter holds the figure of two quarters before, because what is counted needs
    that long to be known; of a yearly one, the year that had ended by then. A `flow` is counted over its period and adds up; a `snapshot`
    is counted on its last day. `gives` says whether an agency gives numerator and denominator (`counts`), a numerator alone (`count`) or a
    ready figure (`value`). A rate whose denominator is a population names it under `population`, and the agency gives the count.
    `numerator_id` and `denominator_id` name a count that other indicators use as well, so that the two can be held against each other.
    `shown_first` is the basis pages begin with.
    """

    agencies: tuple[Id, ...] = Field(min_length=1)
    every: Frequency
    due_in: Literal["Q1", "Q2", "Q3", "Q4"] | None = None
    lag_quarters: int = Field(default=0, ge=0, le=4)
    counting: Counting
    gives: Given
    population: Population | None = None
    numerator_id: Id | None = None
    denominator_id: Id | None = None
    breakdowns: tuple[BreakdownId, ...] = ()
    shown_first: Basis = "quarter"
    since: QuarterText | None = None
    until: QuarterText | None = None

    @model_validator(mode="after")
    def _times_agree(self) -> Self:
        if (self.every == "year") != (self.due_in is not None):
            raise ValueError("'due_in' is given for an indicator owed once a year, and for no other")
        if self.population and self.gives != "count":
            raise ValueError("with a 'population' the agency gives the count alone")
        return self


class Break(Model):
    """The day from which an indicator's figures are counted otherwise, so that earlier and later ones cannot be compared."""

    on: date
    what_changed: Text
    source: Text


class Indicator(Model):
    """Something the Board has agreed to watch. The file's stem is its `id`."""

    id: Id
    catalogue: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}\d{2}$|^S1\d{2}$")] | None
    tier: Tier
    name: Text
    short_name: Annotated[Text, StringConstraints(max_length=45)]
    definition: Text
    numerator: Text
    denominator: Text | None
    unit: Unit
    decimals: int = Field(ge=0, le=2)
    polarity: Polarity
    measure_type: MeasureType
    evidence_source: EvidenceSource
    content_area: ContentArea
    agencies: tuple[Id, ...] = Field(min_length=1)
    areas: tuple[Id, ...] = Field(min_length=1)
    period_type: PeriodType
    interval: Interval
    why_it_matters: Text
    what_good_looks_like: Text
    data_note: Text | None
    counts_people: bool
    breaks: tuple[Break, ...]
    returned: Returned | None
    published: Published | None
    cross_checks: tuple[Published, ...]
    authored: SignOff
    checked: SignOff

    @model_validator(mode="after")
    def _is_fed(self) -> Self:
        if self.published is None and self.returned is None:
            raise ValueError("needs 'published', 'returned' or both; nothing would ever feed this indicator")
        if self.published is None and self.cross_checks:
            raise ValueError("'cross_checks' stand beside a 'published' figure")
        return self

    @model_validator(mode="after")
    def _interval_has_its_figures(self) -> Self:
        if self.published is None:
            return self
        parts = self.published.figures
        needed = {"wilson": {"numerator", "denominator"}, "byar": {"numerator"}, "published": {"lower", "upper"}, "none": set()}
        missing = needed[self.interval] - parts.keys()
        if missing:
            raise ValueError(f"interval '{self.interval}' needs {' and '.join(sorted(missing))} under 'published'")
        if "value" not in parts and self.unit != "count" and "denominator" not in parts:
            raise ValueError(f"unit '{self.unit}' needs a denominator under 'published'")
        return self

    @model_validator(mode="after")
    def _return_gives_the_unit(self) -> Self:
        returned = self.returned
        if returned is None or returned.gives == "value":
            return self
        if (returned.gives == "count") != (self.unit == "count" or returned.population is not None):
            raise ValueError(f"unit '{self.unit}' needs 'gives: {'count' if self.unit == 'count' else 'counts'}', or a 'population'")
        return self

    @model_validator(mode="after")
    def _interval_fits_the_return(self) -> Self:
        if self.published is None and self.interval != self.returned_interval:
            raise ValueError(f"interval is '{self.interval}'; what is returned allows '{self.returned_interval}'")
        return self

    @property
    def returned_interval(self) -> Interval:
        """The interval of returned figures: Wilson's for percentages from counts, Byar's for rates and counts, none for ready values."""
        if self.returned is None or self.returned.gives == "value" or self.unit in ("score", "cases", "children_per_post"):
            return "none"
        return "wilson" if self.unit == "percent" else "byar"

    @property
    def published_figures(self) -> tuple[Published, ...]:
        """The published source, if there is one, and its cross-checks."""
        return (self.published, *self.cross_checks) if self.published else ()

    @property
    def is_comparable(self) -> bool:
        """Whether places can be set side by side: a count says how big a place is, so it cannot."""
        return self.unit != "count"


class Target(Model):
    """What the Board agreed to reach for an indicator, and from when. Always optional."""

    indicator: Id
    value: float
    start: date
    end: date | None = None
    agreed: Text


class Area(Model):
    """An area for examination, as one plan year words it."""

    id: Id
    title: Text
    short_title: Annotated[Text, StringConstraints(max_length=32)]
    wording: Text
    wording_source: Text
    what_good_looks_like: Text
    good_source: Text
    lead: Text
    indicators: tuple[Id, ...]
    targets: tuple[Target, ...]


class Priority(Area):
    """A Part B area. `illustrative` marks a priority the Board has not itself agreed."""

    status: Literal["agreed", "illustrative"]


class PlanYear(Model):
    """One year of the Board's plan: the standing Part A, that year's Part B, and the wider picture around both."""

    id: Annotated[str, StringConstraints(pattern=r"^\d{4}-\d{2}$")]
    start: date
    end: date
    part_a: tuple[Area, ...] = Field(min_length=1)
    part_b: tuple[Priority, ...]
    wider_picture: Area

    @property
    def areas(self) -> tuple[Area, ...]:
        """Every area of the year, in the order in which a board takes them."""
        return (*self.part_a, *self.part_b, self.wider_picture)

    def area(self, area_id: str) -> Area | None:
        """The area with this id, or None where the plan year has none."""
        return next((area for area in self.areas if area.id == area_id), None)

    def part_of(self, area: Area) -> str:
        """Which part of the framework an area of this year belongs to, in words."""
        if area in self.part_a:
            return "Part A: statutory functions"
        return "Part B: priorities" if area in self.part_b else "Wider picture"


class ComparatorPlace(Model):
    """A place set beside the board's own: the id it has in addresses, its name, its code."""

    id: Id
    name: Text
    geography: GeographyCode


class Board(Model):
    """The board itself, the place it serves, and the places it is set beside."""

    name: Text
    short_name: Text
    geography: GeographyCode
    place: Text
    comparators: tuple[ComparatorPlace, ...]


class BreakdownValue(Model):
    """One part of a breakdown, as `1_to_4` of the age bands."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$")]
    name: Text


class Breakdown(Model):
    """A way in which agencies divide a figure; its parts add up to the whole, so one of them takes what is not known."""

    id: BreakdownId
    name: Text
    values: tuple[BreakdownValue, ...] = Field(min_length=2)


class HistoryRule(Model):
    """When a figure is far from an agency's own history: with at least `points` earlier figures, `spreads` robust spreads away."""

    points: int = Field(ge=4)
    spreads: float = Field(gt=0)


class ReturnRules(Model):
    """What every quarterly return has in common: since when, due when, how it is broken down, and when a figure is asked about."""

    first_quarter: QuarterText
    due_days: int = Field(ge=1, le=120)
    history: HistoryRule
    breakdowns: tuple[Breakdown, ...]
    agreed: SignOff

    def label(self, breakdown: str) -> str | None:
        """How people read a breakdown's text: `age_band=1_to_4` as "Age band: 1 to 4", none as "All"; None for one that is not known."""
        return "All" if breakdown == "" else self.labels.get(breakdown)

    @property
    def labels(self) -> dict[str, str]:
        """The label of every part of every breakdown by its text, in order."""
        return {f"{one.id}={value.id}": f"{one.name}: {value.name}" for one in self.breakdowns for value in one.values}

    def texts(self, breakdown_id: BreakdownId) -> list[str]:
        """The texts of all parts of one breakdown: `sex=female`, `sex=male`, ..."""
        return [text for text in self.labels if text.startswith(f"{breakdown_id}=")]


class Agency(Model):
    """A partner of the board, with the time it has been or was one."""

    id: Id
    name: Text
    short_name: Text
    kind: Text
    since: date | None
    until: date | None
    source: Text


class Source(Model):
    """A published source: who puts it out, under which name and licence, and in which form it comes."""

    id: SourceId
    publisher: Text
    title: Text
    licence: Text
    form: Text


class Correction(Model):
    """A known fault of a source: these cells are not what they are called, and are shown with `status` instead."""

    source: SourceId
    measures: tuple[Text, ...] = Field(min_length=1)
    geographies: tuple[GeographyCode, ...] | None
    periods: tuple[Text, ...] | None
    status: Literal["x", "z", "u"]
    reason: Text
    on: date


class Disclosure(Model):
    """The board's disclosure rule: counts from 1 to `threshold` identify, and so may a percentage of fewer than `small_base`.

    `method` says what is done about them: `hide_small_returned` passes published figures and hides small ones that agencies return.
    """

    threshold: int = Field(ge=1, le=9)
    small_base: int = Field(ge=1, le=100)
    method: Literal["hide_small_returned"]
    agreed: SignOff
    note: Text


class Framework(Model):
    """Everything the board has configured, checked to agree with itself."""

    board: Board
    plan_years: tuple[PlanYear, ...] = Field(min_length=1)
    indicators: dict[str, Indicator]
    agencies: dict[str, Agency]
    sources: dict[str, Source]
    corrections: tuple[Correction, ...]
    disclosure: Disclosure
    returns: ReturnRules

    def agency(self, agency_id: str) -> Agency:
        """The agency with this id. Raises UnknownName, with the nearest id, where there is none."""
        if agency_id not in self.agencies:
            raise UnknownName("agency", agency_id, self.agencies)
        return self.agencies[agency_id]

    def indicator(self, indicator_id: str) -> Indicator:
        """The indicator with this id. Raises UnknownName, with the nearest id, where there is none."""
        if indicator_id not in self.indicators:
            raise UnknownName("indicator", indicator_id, self.indicators)
        return self.indicators[indicator_id]

    def plan_year(self, plan_year_id: str) -> PlanYear:
        """The plan year with this id. Raises UnknownName where there is none."""
        for plan_year in self.plan_years:
            if plan_year.id == plan_year_id:
                return plan_year
        raise UnknownName("plan year", plan_year_id, [plan_year.id for plan_year in self.plan_years])

    def current_plan_year(self, today: date) -> PlanYear:
        """The plan year in which a day lies, else the last one that has begun, else the first."""
        in_order = sorted(self.plan_years, key=lambda plan_year: plan_year.start)
        begun = [plan_year for plan_year in in_order if plan_year.start <= today]
        return begun[-1] if begun else in_order[0]
