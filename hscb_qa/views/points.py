"""The points of a series: rows of an edition to periods in order, each with its label, without a hole between the first and the last.

Refuses to fill a gap: a period without a figure is a point with a status, never a number and never left out between others.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hscb_qa.definitions import Basis, Indicator
from hscb_qa.periods import Period, PeriodType, parse_period, periods_between


@dataclass(frozen=True)
class Point:
    """One period of a series. `value` is None where `status` says why; limits are the 95% interval, in the unit of the value.

    `without` names the agencies that owe a part of the figure and have not given it; where there is a value, it is `provisional`.
    `population_year` is given where a rate is counted for the people of another year than is due. `small_base` marks a percentage of few.
    """

    period: str
    label: str
    starts: date
    ends: date
    value: float | None
    status: str
    numerator: float | None = None
    denominator: float | None = None
    lower: float | None = None
    upper: float | None = None
    revised: bool = False
    correction: str | None = None
    provisional: bool = False
    without: tuple[str, ...] = ()
    population_year: int | None = None
    small_base: bool = False


def points_of(rows: list[dict[str, Any]], indicator: Indicator, basis: Basis) -> tuple[Point, ...]:
    """The series with a point for every period between its first and last: one nobody gave is `x`, not available."""
    if not rows:
        return ()
    held = {row["period"]: Point(**row, label=_label(indicator, basis, row["period"], row["starts"], row["ends"])) for row in rows}
    periods = periods_between(rows[0]["period"], rows[-1]["period"], _type(indicator, basis))
    return tuple(held.get(period.text) or _absent(indicator, basis, period) for period in periods)


def label_of(indicator: Indicator, basis: Basis, period: str) -> str:
    """A period as a reader says it, by its text."""
    found = parse_period(period, _type(indicator, basis))
    return _label(indicator, basis, period, _starts(indicator, basis, found), found.end)


def _absent(indicator: Indicator, basis: Basis, period: Period) -> Point:
    starts = _starts(indicator, basis, period)
    return Point(period.text, _label(indicator, basis, period.text, starts, period.end), starts, period.end, value=None, status="x")


def _starts(indicator: Indicator, basis: Basis, period: Period) -> date:
    if basis == "ytd":
        return date(period.ends_in_financial_year - 1, 4, 1)
    if basis == "rolling12":
        day_after = period.end + timedelta(days=1)
        return day_after.replace(year=day_after.year - 1)
    return period.end if is_counted_on_a_day(indicator, basis) else period.start


def is_counted_on_a_day(indicator: Indicator, basis: Basis) -> bool:
    """Whether a point says how many there were on one day, and not in a stretch of time."""
    if basis == "year":
        return indicator.period_type.startswith("snapshot")
    return indicator.returned is not None and indicator.returned.counting == "snapshot"


def _type(indicator: Indicator, basis: Basis) -> PeriodType:
    """How the texts of a series' periods are to be read."""
    if basis in ("month", "half_year"):
        return basis
    if basis != "year":
        return "quarter"
    return "financial_year" if indicator.period_type == "quarter" else indicator.period_type


def _label(indicator: Indicator, basis: Basis, period: str, starts: date, ends: date) -> str:
    if basis == "rolling12":
        return f"12 months to {ends:%b %Y}"
    if basis == "ytd":
        return f"{starts:%b} to {ends:%b %Y}"
    if basis != "year" and is_counted_on_a_day(indicator, basis):
        return f"{ends.day} {ends:%B %Y}"
    return parse_period(period, _type(indicator, basis)).label
