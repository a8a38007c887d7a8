"""Every returned figure of an edition again, the slow and obvious way: plain Python over the ledger's rows, one number at a time.

Written from the definitions' docstrings and the guides, not from the SQL of `publish` or from the gate; shares no code with them. What
agencies owe is asked of `obligations`, which has tests of its own.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from invented import HARROW, rows_of

from hscb_qa.definitions import Framework, Indicator
from hscb_qa.obligations import items_owed
from hscb_qa.periods import Period, latest_ended, parse_period, periods_between

FACTORS = {"percent": 100, "per_1000": 1000, "per_10000": 10000, "per_100000": 100000}
Key = tuple[str, str, str, str, str]  # indicator, agency ("" the board), breakdown ("" all), basis, period


@dataclass(frozen=True)
class Cell:
    """What one agency gave for one figure, or what all of them gave together."""

    status: str
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    revised: bool = False
    without: frozenset[str] = frozenset()

    @property
    def given(self) -> tuple[object, ...]:
        return self.status, self.numerator, self.denominator, self.value


@dataclass(frozen=True)
class Told:
    """One point of a series as it must be; the counts only where the value is shown."""

    value: float | None
    status: str
    numerator: float | None = None
    denominator: float | None = None
    provisional: bool = False
    without: frozenset[str] = frozenset()
    population_year: int | None = None
    revised: bool = False


class ReturnedOracle:
    """The returned figures of a ledger, as they truly are."""

    def __init__(self, ledger: Path, framework: Framework, today: date) -> None:
        self.framework = framework
        self.owed = _owed(framework, ledger, today)
        self.population = {
            (indicator.id, year): number for indicator in _returned(framework) for year, number in _population(ledger, indicator).items()
        }
        cells = _cells_in_force(ledger, framework)
        self.cells = {key: cell for key, cell in cells.items() if (key[0], key[1], key[3]) in self.owed}

    def figures(self) -> dict[Key, Told]:
        """Every point of the agencies' and the board's series."""
        found: dict[Key, Told] = {}
        for indicator in _returned(self.framework):
            for breakdown in {key[2] for key in self.cells if key[0] == indicator.id}:
                for agency in ("", *self.framework.agencies):
                    series = self._series(indicator, agency, breakdown)
                    for (basis, period), told in self._bases(indicator, breakdown, series).items():
                        if not _is_published(indicator, agency, breakdown, basis):
                            found[indicator.id, agency, breakdown, basis, period] = told
        return found

    def _series(self, indicator: Indicator, agency: str, breakdown: str) -> dict[str, Cell]:
        periods = {key[3] for key in self.cells if key[0] == indicator.id and key[2] == breakdown}
        if agency:
            return {period: self.cells[key] for period in periods if (key := (indicator.id, agency, breakdown, period)) in self.cells}
        return {period: self._together(indicator, breakdown, period) for period in periods}

    def _together(self, indicator: Indicator, breakdown: str, period: str) -> Cell:
        owing = sorted(agency for name, agency, text in self.owed if (name, text) == (indicator.id, period))
        members = {agency: self.cells.get((indicator.id, agency, breakdown, period), Cell("x")) for agency in owing}
        revised = any(cell.revised for cell in members.values())
        missing = frozenset(agency for agency, cell in members.items() if cell.status == "x")
        concerned = [cell for cell in members.values() if cell.status != "z"]
        there = [cell for cell in concerned if cell.status != "x"]
        assert indicator.returned is not None
        gives = indicator.returned.gives
        if not concerned:
            return Cell("z", revised=revised)
        if not there or (missing and gives != "counts") or (gives == "value" and len(concerned) > 1):
            return Cell("x", revised=revised, without=missing)
        if gives == "value":
            return replace(there[0], revised=revised)
        return Cell("", _total(cell.numerator for cell in there), _total(cell.denominator for cell in there), None, revised, missing)

    def _bases(self, indicator: Indicator, breakdown: str, series: dict[str, Cell]) -> dict[tuple[str, str], Told]:
        returned = indicator.returned
        assert returned is not None
        told: dict[tuple[str, str], Told] = {}
        for text, cell in series.items():
            told[returned.every, text] = self._told(indicator, breakdown, returned.every, _period(indicator, text), [cell])
        if returned.every == "year":
            return told
        last = "Q4" if returned.every == "quarter" else "H2"
        makes_year = indicator.period_type == ("financial_year" if returned.counting == "flow" else "snapshot_31_march")
        for text in series:
            period = _period(indicator, text)
            year = str(period.ends_in_financial_year)
            if returned.counting == "snapshot":
                if text.endswith(last) and makes_year:
                    told["year", year] = self._told(indicator, breakdown, "year", period, [series[text]])
                continue
            if returned.gives == "value":
                continue
            to_date = [f"{text[:-1]}{number}" for number in range(1, int(text[-1]) + 1)]
            twelve = [_quarters_before(text, back) for back in range(4)] if returned.every == "quarter" else ["none"]
            for basis, parts in (("ytd", to_date), ("rolling12", twelve)):
                if returned.every == "quarter" and all(part in series for part in parts):
                    told[basis, text] = self._summed(indicator, breakdown, basis, period, parts, series)
            if text.endswith(last) and makes_year and all(part in series for part in to_date):
                told["year", year] = self._summed(indicator, breakdown, "year", period, to_date, series)
        return told

    def _summed(self, indicator: Indicator, breakdown: str, basis: str, period: Period, parts: list[str], series: dict[str, Cell]) -> Told:
        starts = min(_period(indicator, part).start for part in parts)
        if len(parts) > 1 and any(starts < one.on <= period.end for one in indicator.breaks):
            joined = _joined([series[part] for part in parts])
            return Told(None, "b", without=joined.without, revised=joined.revised)
        return self._told(indicator, breakdown, basis, period, [series[part] for part in parts])

    def _told(self, indicator: Indicator, breakdown: str, basis: str, period: Period, cells: list[Cell]) -> Told:
        returned, whole = indicator.returned, _joined(cells)
        assert returned is not None
        if whole.status:
            return Told(None, whole.status, without=whole.without, revised=whole.revised)
        numerator, denominator, other_year = whole.numerator, whole.denominator, None
        factor = float(FACTORS.get(indicator.unit, 1))
        if returned.population:
            year = period.ends_in_financial_year if period.type in ("quarter", "half_year") else period.end.year
            denominator, other_year = (None, None) if breakdown else self._people(indicator, year - returned.population.year_lag)
            factor = factor * _times(basis, period, returned.counting) if not breakdown else 1
        value = whole.value
        if value is None:
            divides = not breakdown if returned.population else returned.gives == "counts"
            assert numerator is not None
            value = (numerator / denominator * factor if denominator else None) if divides else numerator
        marks = {"without": whole.without, "population_year": other_year, "revised": whole.revised}
        if value is None:
            return Told(None, "x", provisional=bool(whole.without), **marks)
        return Told(value, "", numerator, denominator, bool(whole.without), **marks)

    def _people(self, indicator: Indicator, wanted: int) -> tuple[float | None, int | None]:
        years = [year for name, year in self.population if name == indicator.id and year <= wanted]
        if not years:
            return None, None
        return self.population[indicator.id, max(years)], None if max(years) == wanted else max(years)

    def is_small(self, key: Key, told: Told) -> bool:
        """Whether the rule hides a figure for its own sake: a small count, a small base, or a few who are not among the rest."""
        indicator, rule = self.framework.indicators[key[0]], self.framework.disclosure
        assert indicator.returned is not None
        if not indicator.counts_people or indicator.returned.gives == "value" or told.status or told.numerator is None:
            return False
        counts = [told.numerator, told.denominator if indicator.returned.gives == "counts" else None]
        if indicator.unit == "percent" and told.denominator is not None:
            if told.denominator < rule.small_base:
                return True
            counts.append(told.denominator - told.numerator)
        return any(count is not None and 0 < count <= rule.threshold for count in counts)


def _returned(framework: Framework) -> list[Indicator]:
    return [indicator for indicator in framework.indicators.values() if indicator.returned]


def _is_published(indicator: Indicator, agency: str, breakdown: str, basis: str) -> bool:
    whole = not agency and not breakdown
    return whole and indicator.published is not None and (basis == "year" or indicator.period_type == "quarter")


def _joined(cells: list[Cell]) -> Cell:
    """Periods added up: hidden where one of them is, with the reason that comes first in the alphabet."""
    without = frozenset().union(*(cell.without for cell in cells))
    revised = any(cell.revised for cell in cells)
    reasons = [cell.status for cell in cells if cell.status]
    if reasons:
        return Cell(min(reasons), revised=revised, without=without)
    if len(cells) == 1:
        return cells[0]
    return Cell("", _total(one.numerator for one in cells), _total(one.denominator for one in cells), None, revised, without)


def _total(numbers: Iterable[float | None]) -> float | None:
    held = list(numbers)
    assert all(number is None for number in held) or all(number is not None for number in held)
    return None if held[0] is None else sum(number for number in held if number is not None)


def _times(basis: str, period: Period, counting: str) -> float:
    """How many times a flow of less than a year goes into a year."""
    if counting == "snapshot":
        return 1
    return {"quarter": 4, "half_year": 2, "ytd": 4 / int(period.text[-1])}.get(basis, 1)


def _period(indicator: Indicator, text: str) -> Period:
    if " Q" in text or " H" in text:
        return parse_period(text, "quarter" if " Q" in text else "half_year")
    return parse_period(text, indicator.period_type)


def _quarters_before(period: str, back: int) -> str:
    year, quarter = divmod(int(period[:4]) * 4 + int(period[-1]) - 1 - back, 4)
    return f"{year}-{(year + 1) % 100:02d} Q{quarter + 1}"


def _owed(framework: Framework, ledger: Path, today: date) -> set[tuple[str, str, str]]:
    """Indicator, agency and period of everything owed, back to the first quarter that is agreed or that somebody gave."""
    given = [text for (text,) in rows_of(ledger, "SELECT period FROM returns UNION SELECT period FROM observations") if " Q" in text]
    texts = [framework.returns.first_quarter, latest_ended("quarter", today).text, *given]
    return {
        (item.indicator.id, agency, item.period.text)
        for quarter in periods_between(min(texts), max(texts), "quarter")
        for agency in framework.agencies
        for item in items_owed(framework, agency, quarter)
    }


def _cells_in_force(ledger: Path, framework: Framework) -> dict[tuple[str, str, str, str], Cell]:
    withdrawn = {submission for (submission,) in rows_of(ledger, "SELECT submission FROM withdrawals")}
    agencies, in_force = {}, {}
    for submission, agency, quarter in rows_of(ledger, "SELECT submission, agency, period FROM returns ORDER BY submission"):
        agencies[submission] = agency
        if submission not in withdrawn:
            in_force[agency, quarter] = submission
    given: dict[tuple[str, str, str, str], list[tuple[int, Cell]]] = {}
    for submission, name, breakdown, period, *numbers, status in rows_of(ledger, _OBSERVATIONS):
        if name in framework.indicators and submission in agencies:
            cell = _as_asked(framework.indicators[name], Cell(status, *numbers))
            given.setdefault((name, agencies[submission], breakdown, period), []).append((submission, cell))
    cells = {}
    for key, history in given.items():
        counting = [(submission, cell) for submission, cell in history if submission in in_force.values()]
        if counting:
            last, cell = max(counting, key=lambda one: one[0])
            cells[key] = replace(cell, revised=any(other.given != cell.given for number, other in history if number < last))
    return cells


def _as_asked(indicator: Indicator, cell: Cell) -> Cell:
    """Only the numbers the indicator asks for."""
    assert indicator.returned is not None
    if cell.status:
        return Cell(cell.status)
    if indicator.returned.gives == "value":
        return Cell("", value=cell.value)
    return Cell("", cell.numerator, cell.denominator if indicator.returned.gives == "counts" else None)


def _population(ledger: Path, indicator: Indicator) -> dict[int, float]:
    if indicator.returned is None or indicator.returned.population is None:
        return {}
    people = indicator.returned.population
    sql = "SELECT period, SUM(value) FROM published WHERE geography = ? AND measure = ? AND breakdown = ? GROUP BY period"
    return {int(year): number for year, number in rows_of(ledger, sql, [HARROW, people.measures[0], people.breakdown_text])}


_OBSERVATIONS = "SELECT submission, indicator, breakdown, period, numerator, denominator, value, status FROM observations"
