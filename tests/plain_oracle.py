"""Every published figure of an edition again, the slow and obvious way: plain Python over the ledger's rows, one number at a time.

Written from DESIGN.md and the contract of the readers, not from the SQL of `publish`; shares no code with it.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import mean, median
from typing import Any

from invented import rows_of

from hscb_qa.definitions import Figure, Framework, Indicator, Published

FACTORS = {"percent": 100, "per_1000": 1000, "per_10000": 10000, "per_100000": 100000, "count": 1, "score": 1, "cases": 1}
Shown = tuple[float | None, str]  # a value with status "", or None with the reason
Key = tuple[str, str, str, str]  # indicator, geography, basis, period


@dataclass(frozen=True)
class Parts:
    numerator: Shown | None
    denominator: Shown | None
    value: Shown | None


class Oracle:
    """All figures of some places. `current` maps a place's former code to the code its series goes on under."""

    def __init__(self, ledger: Path, framework: Framework, places: list[str], current: dict[str, str]) -> None:
        self.framework, self.places = framework, places
        self.cells: dict[tuple[str, str, str, str], dict[str, Shown]] = {}
        self.indicators = [one for one in framework.indicators.values() if one.published]
        wanted = {(one.published.source, measure) for one in self.indicators if one.published for measure in _measures(one.published)}
        codes = [*places, *(old for old, new in current.items() if new in places)]
        newest: dict[Any, Any] = {}
        for source, measure, breakdown, place, period, value, status, order in rows_of(ledger, _CELLS, [codes]):
            if (source, measure) in wanted:
                key = (source, measure, breakdown, current.get(place, place), period)
                if key not in newest or newest[key][0] < order:
                    newest[key] = (order, (value, status))
        for (source, measure, breakdown, place, period), (_, cell) in newest.items():
            shown = self._corrected(source, measure, place, period) or cell
            self.cells.setdefault((source, measure, breakdown, place), {})[period] = shown

    def figures(self) -> dict[Key, Shown]:
        """Every figure on every basis."""
        return {
            (one.id, place, basis, period): shown
            for one in self.indicators
            for place in self.places
            for (basis, period), shown in self._series(one, place).items()
        }

    def _series(self, indicator: Indicator, place: str) -> dict[tuple[str, str], Shown]:
        by_period = {period: self._parts(indicator, place, period) for period in self._periods(indicator, place)}
        if indicator.period_type != "quarter":
            return {("year", period): _figure(indicator, [parts]) for period, parts in by_period.items()}
        return _quarterly(indicator, by_period)

    def _periods(self, indicator: Indicator, place: str) -> set[str]:
        published = indicator.published
        spoken: set[str] = set()
        for figure in (published.numerator, published.value):
            for measure in figure.measures if figure else ():
                spoken |= set(self._cells(published, figure, measure, place))
        is_kind = _is_quarter if indicator.period_type == "quarter" else _is_year
        return {period for period in spoken if is_kind(period)}

    def _parts(self, indicator: Indicator, place: str, period: str) -> Parts:
        published = indicator.published
        return Parts(*(self._sum(published, figure, place, period) for figure in _three(published)))

    def _sum(self, published: Published, figure: Figure | None, place: str, period: str) -> Shown | None:
        if figure is None:
            return None
        source_period = str(int(period) - figure.year_lag) if figure.year_lag else period
        found = [self._cells(published, figure, measure, place).get(source_period) for measure in figure.measures]
        if not any(found):
            return None
        if all(cell and cell[0] is not None for cell in found):
            return sum(cell[0] for cell in found if cell and cell[0] is not None), ""
        return None, min((cell[1] for cell in found if cell and cell[1]), default="x")

    def _cells(self, published: Published, figure: Figure | None, measure: str, place: str) -> dict[str, Shown]:
        assert figure is not None
        return self.cells.get((published.source, measure, figure.breakdown_text, place), {})

    def _corrected(self, source: str, measure: str, place: str, period: str) -> Shown | None:
        for one in self.framework.corrections:
            named = one.source == source and measure in one.measures
            if named and (one.geographies is None or place in one.geographies) and (one.periods is None or period in one.periods):
                return None, one.status
        return None


def neighbours(figures: dict[Key, Shown], members: list[str], key: tuple[str, str, str], decimals: int) -> tuple[float, float] | None:
    """Mean and median of the neighbours' published figures, those without one left out; None where none has one."""
    indicator, basis, period = key
    shown = [figures.get((indicator, member, basis, period), (None, "x"))[0] for member in members]
    printed = [as_printed(value, decimals) for value in shown if value is not None]
    return (mean(printed), median(printed)) if printed else None


def as_printed(value: float, decimals: int) -> float:
    """The figure as its publisher would print it: half away from zero, binary noise taken off first."""
    return float(Decimal(repr(round(value, 9))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


def _quarterly(indicator: Indicator, by_period: dict[str, Parts]) -> dict[tuple[str, str], Shown]:
    series = {("quarter", period): _figure(indicator, [parts]) for period, parts in by_period.items()}
    for period in by_period:
        number = int(period[-1])
        to_date = [f"{period[:-1]}{quarter}" for quarter in range(1, number + 1)]
        twelve = [_quarters_before(period, back) for back in range(4)]
        for basis, quarters in (("ytd", to_date), ("rolling12", twelve)):
            if all(quarter in by_period for quarter in quarters):
                series[basis, period] = _figure(indicator, [by_period[quarter] for quarter in quarters])
        if number == 4 and ("ytd", period) in series:
            series["year", str(int(period[:4]) + 1)] = series["ytd", period]
    return series


def _figure(indicator: Indicator, parts: list[Parts]) -> Shown:
    """The published value as it stands; else all numerators over all denominators, unless one of them is hidden."""
    ready = parts[0].value
    if len(parts) == 1 and ready is not None and (ready[0] is not None or ready[1]):
        return ready
    has_denominator = indicator.published.denominator is not None
    needed = [one.numerator for one in parts] + ([one.denominator for one in parts] if has_denominator else [])
    reasons = [part[1] for part in needed if part and part[1]]
    if reasons:
        return None, min(reasons)
    if any(part is None for part in needed):
        return None, "x"
    numerator = sum(one.numerator[0] for one in parts if one.numerator and one.numerator[0] is not None)
    if not has_denominator:
        return numerator, ""
    denominator = sum(one.denominator[0] for one in parts if one.denominator and one.denominator[0] is not None)
    return (numerator / denominator * FACTORS[indicator.unit], "") if denominator else (None, "x")


def _quarters_before(period: str, back: int) -> str:
    year, quarter = divmod(int(period[:4]) * 4 + int(period[-1]) - 1 - back, 4)
    return f"{year}-{(year + 1) % 100:02d} Q{quarter + 1}"


def _three(published: Published) -> tuple[Figure | None, Figure | None, Figure | None]:
    return published.numerator, published.denominator, published.value


def _measures(published: Published) -> list[str]:
    return [measure for figure in _three(published) if figure for measure in figure.measures]


def _is_year(period: str) -> bool:
    return len(period) == 4 and period.isdigit() and int(period) > 1


def _is_quarter(period: str) -> bool:
    return len(period) == 10 and period[7:9] == " Q"


_CELLS = """
SELECT s.source, p.measure, p.breakdown, p.geography, p.period, p.value, p.status,
    (COALESCE(s.released, CAST(s.submitted_at AS DATE)), s.id)
FROM published p JOIN submissions s ON s.id = p.submission
WHERE p.geography IN (SELECT UNNEST(CAST(? AS VARCHAR[])))
"""
