"""The board's rules: for returns and for what may be shown; and the sources with their known faults."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from hscb_qa.definitions.vocabulary import BreakdownId, GeographyCode, Model, QuarterText, SignOff, SourceId, Text


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


class Disclosure(Model):
    """The board's disclosure rule: counts from 1 to `threshold` identify, and so may a percentage of fewer than `small_base`.

    `method` says what is done about them: `hide_small_returned` passes published figures and hides small ones that agencies return.
    """

    threshold: int = Field(ge=1, le=9)
    small_base: int = Field(ge=1, le=100)
    method: Literal["hide_small_returned"]
    agreed: SignOff
    note: Text
