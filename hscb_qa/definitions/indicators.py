"""An indicator's definition: what it is, where its figure is published, what agencies return of it."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from hscb_qa.definitions.vocabulary import (
    Basis,
    BreakdownId,
    ContentArea,
    Counting,
    EvidenceSource,
    Frequency,
    Given,
    Id,
    Interval,
    MeasureType,
    Model,
    Polarity,
    QuarterText,
    SignOff,
    SourceId,
    Text,
    Theme,
    Tier,
    Unit,
)
from hscb_qa.periods import PeriodType


class Figure(Model):
    """Cells of a published file whose sum is one figure: measures within one breakdown.

    `year_lag` 1 takes the figure of the year before, as a rate at 31 March takes the mid-year population before it.
    """

    measures: tuple[Text, ...] = Field(min_length=1)
    breakdown: dict[str, Text] = Field(default={})
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


class Returned(Model):
    """What agencies return of an indicator: who owes it, how often, and how its figures add up.

    `every` says how often a figure is owed: each quarter, in Q2 and Q4 for the half year, or once a year in the return of the quarter
    `due_in`. `lag_quarters` 2 means that the return of a quarter holds the figure of two quarters before, because what is counted needs
    that long to be known; of a yearly one, the year that had ended by then. A `flow` is counted over its period and adds up; a `snapshot`
    is counted on its last day. `gives` says whether an agency gives numerator and denominator (`counts`), a numerator alone (`count`) or a
    ready figure (`value`). A rate whose denominator is a population names it under `population`, and the agency gives the count.
    `numerator_id` and `denominator_id` name a count that other indicators use as well, so that the two can be held against each other.
    `shown_first` is the basis pages begin with. `overlapping` says that a period's figure looks back over more than the period, so that it
    shares children with the one before.
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
    overlapping: bool = False
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
    """Something the Board has agreed to watch. The file's stem is its `id`.

    `theme` is given for what stands in the wider picture, and says of which pressure on families it tells.
    """

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
    theme: Theme | None = None
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
