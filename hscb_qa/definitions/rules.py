"""The board's rules: for returns, for what may be shown, for signals; the sources with their known faults; and events of the time."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from hscb_qa.definitions.vocabulary import BreakdownId, ExceptionKind, GeographyCode, Id, Model, QuarterText, SignOff, SourceId, Text
from hscb_qa.periods import parse_period


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


DisclosureMethod = Literal["rolling_year_only", "round_5", "round_10"]


class IndicatorMethod(Model):
    """What is done about an indicator's figures besides hiding the small ones, and why."""

    indicator: Id
    method: DisclosureMethod
    reason: Text


class Disclosure(Model):
    """The board's disclosure rule: counts from 1 to `threshold` identify, and so may a percentage of fewer than `small_base`.

    With `zeros` hidden a zero identifies as well; with `remainders` the count that is not in a percentage. Percentages of fewer than
    `mark_base` are shown with a mark. `methods` name the indicators for which that is not enough.
    """

    threshold: int = Field(ge=1, le=9)
    zeros: Literal["shown", "hidden"]
    small_base: int = Field(ge=1, le=100)
    mark_base: int = Field(ge=1, le=100)
    remainders: bool
    methods: tuple[IndicatorMethod, ...]
    agreed: SignOff

    def method_of(self, indicator: str) -> DisclosureMethod | None:
        """What is done about an indicator besides hiding; None where nothing is."""
        return next((one.method for one in self.methods if one.indicator == indicator), None)


class Rebase(Model):
    """The quarter from which an indicator's control limits are worked out anew, with the reason and who decided it.

    It holds for the board's figures and every agency's, or for the agency named.
    """

    indicator: Id
    agency: Id | None = None
    start: QuarterText
    reason: Text
    decided: SignOff

    @property
    def on(self) -> date:
        """The day from which points belong to the new limits."""
        return parse_period(self.start, "quarter").start


class ChartRule(Model):
    """Which control chart a series gets, as shares, counts and numbers of points.

    Under `min_points` there is only the line; under `trial_below` limits are trial limits. A mean count under `rare_below` is rare. A
    percentage whose bases differ by more than the share `bases_vary` from their mean, and whose mean base is at most `p_base_at_most`, has
    a p chart; larger bases alarm it too easily. `screen_outliers` leaves extreme moving ranges out of the limits.
    """

    min_points: int = Field(ge=3)
    trial_below: int = Field(ge=3)
    rare_below: float = Field(gt=0)
    bases_vary: float = Field(gt=0)
    p_base_at_most: float = Field(gt=0)
    screen_outliers: bool


class ExceptionRule(Model):
    """What makes an exception that needs a narrative, and after how many months a figure is too old to be one.

    `special_cause`: the latest figure is one on the finest basis. `target_missed`: its limits lie on the wrong side of the target.
    `agencies_disagree`: an agency lies outside the 99.8% limits of a funnel. `fifth`: the latest annual figure is among the highest or
    lowest fifth of local authorities.
    """

    kinds: tuple[ExceptionKind, ...]
    old_after_months: int = Field(ge=6)


class SignalRules(Model):
    """How signals are told from noise, which exceptions need a narrative, and where limits were rebased."""

    charts: ChartRule
    exceptions: ExceptionRule
    rebases: tuple[Rebase, ...]
    agreed: SignOff


EventKind = Literal["inspection", "policy", "pandemic"]


class Event(Model):
    """Something that happened on a day and may bear on figures: of which kind, where that is written, on which areas or indicators.

    It bears on every indicator where it names neither. `short` stands on charts, `title` beside them. It says when, and never that it
    was the cause of anything.
    """

    on: date
    kind: EventKind
    title: Text
    short: Annotated[Text, StringConstraints(max_length=22)]
    source: Text
    areas: tuple[Id, ...] = ()
    indicators: tuple[Id, ...] = ()

    def bears_on(self, indicator: str, areas: tuple[str, ...]) -> bool:
        """Whether it may bear on an indicator that belongs to these areas."""
        return not (self.areas or self.indicators) or indicator in self.indicators or bool(set(areas) & set(self.areas))
