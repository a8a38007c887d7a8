"""One indicator as a page shows it: its series, what stands beside it, how it differs and changed, and where it comes from.

Refuses to fill a gap: a period without a figure is a point with a status, never a number and never left out between others.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from hscb_qa.definitions import Basis, Indicator
from hscb_qa.errors import UnknownName
from hscb_qa.periods import Period, PeriodType, parse_period, periods_between
from hscb_qa.views.edition import OpenEdition, Selection

BASES_OF_QUARTERS: tuple[Basis, ...] = ("quarter", "ytd", "rolling12", "year")


@dataclass(frozen=True)
class Point:
    """One period of a series. `value` is None where `status` says why; limits are the 95% interval, in the unit of the value."""

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


@dataclass(frozen=True)
class Comparison:
    """A series set beside the board's own, and by period how the board's figure differs from it.

    `differences` holds higher, similar, lower or not tested; `verdicts` better or worse, only where polarity says which is which. For
    neighbours, `statistic` says how they are summed up, `contributors` how many had a figure, `members` how many there are, and `spreads`
    how far they lie apart (standard deviation, in the unit of the value); for a single place these are empty.
    """

    id: str
    name: str
    points: tuple[Point, ...]
    differences: dict[str, str]
    verdicts: dict[str, str]
    spreads: dict[str, float] = field(default_factory=dict)
    statistic: str = ""
    in_force_from: date | None = None
    contributors: dict[str, int] = field(default_factory=dict)
    members: int = 0

    def at(self, period: str) -> Point | None:
        """The comparator's point of a period, or None."""
        return next((point for point in self.points if point.period == period), None)


@dataclass(frozen=True)
class Change:
    """The latest figure against that of the period before.

    `test` is changed, no clear change, not tested (no interval), or nothing before, where `previous_status` says why there is no figure.
    `verdict` is better or worse, only where the test says changed and polarity allows.
    """

    previous_period: str | None
    previous_status: str
    direction: str
    test: str
    verdict: str | None


@dataclass(frozen=True)
class SourceNote:
    """Where the latest figure comes from. `released` and `next_release` are ISO dates, or the publisher's words, or None if not known."""

    publisher: str
    title: str
    file: str
    released: str | None
    next_release: str | None
    loaded: date


@dataclass(frozen=True)
class Query:
    """Another file prints another figure for the same thing."""

    period: str
    value: float
    other_value: float
    other_source: str


@dataclass(frozen=True)
class IndicatorView:
    """Everything a page says about one indicator in one place on one basis."""

    indicator: Indicator
    place: str
    basis: Basis
    bases: tuple[Basis, ...]
    points: tuple[Point, ...]
    comparisons: tuple[Comparison, ...]
    change: Change | None
    source: SourceNote | None
    queries: tuple[Query, ...]
    illustrative: bool
    edition: str
    published_on: str
    partners: tuple[str, ...]

    @property
    def latest(self) -> Point | None:
        """The last point, whether it has a value or a status; None where there is no point at all."""
        return self.points[-1] if self.points else None

    @property
    def latest_shown(self) -> Point | None:
        """The last point that has a value, or None."""
        return next((point for point in reversed(self.points) if point.value is not None), None)

    @property
    def neighbours(self) -> Comparison | None:
        """The statistical neighbours, where they were chosen and have figures."""
        return next((one for one in self.comparisons if one.statistic), None)

    @property
    def distance_from_neighbours(self) -> float | None:
        """How far the latest figure lies from the neighbours', in standard deviations among them.

        None where that cannot be said, or where fewer than half of the neighbours have a figure.
        """
        latest, neighbours = self.latest, self.neighbours
        if latest is None or neighbours is None or latest.value is None:
            return None
        other, spread = neighbours.at(latest.period), neighbours.spreads.get(latest.period)
        enough = neighbours.contributors.get(latest.period, 0) * 2 >= neighbours.members
        if other is None or other.value is None or not spread or not enough:
            return None
        return (latest.value - other.value) / spread

    @property
    def previous_shown(self) -> Point | None:
        """The shown point that the change is measured from, or None."""
        period = self.change.previous_period if self.change else None
        return next((point for point in self.points if point.period == period and point.value is not None), None)


def indicator_view(
    edition: OpenEdition, indicator_id: str, selection: Selection = Selection(), geography: str | None = None
) -> IndicatorView:
    """Build the view of one indicator, for the board's own geography unless another is named.

    Raises UnknownName for an indicator or a geography the edition does not know.
    """
    indicator = edition.framework.indicator(indicator_id)
    board = edition.framework.board
    code = geography or board.geography
    if code not in edition.places:
        raise UnknownName("geography", code, edition.places)
    bases = BASES_OF_QUARTERS if indicator.period_type == "quarter" else ("year",)
    basis: Basis = selection.basis if selection.basis in bases else bases[0]
    points = _points(edition, indicator, basis, code)
    own = code == board.geography
    return IndicatorView(
        indicator=indicator,
        place=edition.places[code],
        basis=basis,
        bases=bases,
        points=points,
        comparisons=_comparisons(edition, indicator, basis, selection, code) if points else (),
        change=_change(edition, indicator, basis, points) if own else None,
        source=_source(edition, indicator, basis, code),
        queries=_queries(edition, indicator, code),
        illustrative=edition.edition.illustrative,
        edition=edition.edition.id,
        published_on=edition.edition.published_at[:10],
        partners=tuple(edition.framework.agencies[agency].name for agency in indicator.agencies),
    )


def _points(edition: OpenEdition, indicator: Indicator, basis: Basis, geography: str) -> tuple[Point, ...]:
    rows = edition.rows(
        "SELECT period, starts, ends, value, status, numerator, denominator, lower, upper, revised, correction FROM points "
        "WHERE indicator = ? AND basis = ? AND geography = ? ORDER BY ends",
        [indicator.id, basis, geography],
    )
    return _complete([_point(indicator, basis, row) for row in rows], indicator, basis)


def _point(indicator: Indicator, basis: Basis, row: dict[str, Any]) -> Point:
    return Point(**row, label=_label(indicator, basis, row["period"], row["starts"], row["ends"]))


def _complete(points: list[Point], indicator: Indicator, basis: Basis) -> tuple[Point, ...]:
    """The series with a point for every period between its first and last: one nobody published is `x`, not available."""
    if not points:
        return ()
    held = {point.period: point for point in points}
    periods = periods_between(points[0].period, points[-1].period, _type(indicator, basis))
    return tuple(held.get(period.text) or _absent(indicator, basis, period) for period in periods)


def _absent(indicator: Indicator, basis: Basis, period: Period) -> Point:
    starts = _starts(period, basis)
    return Point(period.text, _label(indicator, basis, period.text, starts, period.end), starts, period.end, value=None, status="x")


def _starts(period: Period, basis: Basis) -> date:
    if basis == "ytd":
        return date(period.ends_in_financial_year - 1, 4, 1)
    if basis == "rolling12":
        day_after = period.end + timedelta(days=1)
        return day_after.replace(year=day_after.year - 1)
    return period.start


def _type(indicator: Indicator, basis: Basis) -> PeriodType:
    """How the texts of a series' periods are to be read."""
    return "financial_year" if indicator.period_type == "quarter" and basis == "year" else indicator.period_type


def _label(indicator: Indicator, basis: Basis, period: str, starts: date, ends: date) -> str:
    if basis == "year":
        return parse_period(period, _type(indicator, basis)).label
    if basis == "rolling12":
        return f"12 months to {ends:%b %Y}"
    return f"{starts:%b} to {ends:%b %Y}"


def _comparisons(edition: OpenEdition, indicator: Indicator, basis: Basis, selection: Selection, geography: str) -> tuple[Comparison, ...]:
    """The chosen comparators in the order chosen; a place is not set beside itself, nor the board's neighbours beside another place."""
    rows = edition.rows(
        "SELECT * FROM comparators WHERE indicator = ? AND basis = ? AND (in_force_from IS NULL OR in_force_from = ?) ORDER BY ends",
        [indicator.id, basis, edition.neighbour_set(selection.neighbours_from)],
    )
    board = edition.framework.board
    own = geography == board.geography
    rows = rows if own else [{**row, "difference": None, "verdict": None} for row in rows]  # those are of the board's figure
    places = {place.id: place for place in board.comparators if place.geography != geography}
    comparisons = []
    for name in selection.comparators:
        if name == "neighbours" and own:
            comparisons.append(_neighbours(indicator, basis, selection.neighbour_statistic, rows))
        elif name in places:
            comparisons.append(_comparison(indicator, basis, name, places[name].name, rows))
    return tuple(comparison for comparison in comparisons if comparison.points)


def _neighbours(indicator: Indicator, basis: Basis, statistic: str, rows: list[dict[str, Any]]) -> Comparison:
    own = [row for row in rows if row["comparator"] == f"neighbours_{statistic}"]
    return replace(
        _comparison(indicator, basis, f"neighbours_{statistic}", "Neighbours", own),
        statistic=statistic,
        in_force_from=own[0]["in_force_from"] if own else None,
        contributors={row["period"]: row["contributors"] for row in own},
        members=own[0]["members"] if own else 0,
        spreads={row["period"]: row["spread"] for row in own if row["spread"]},
    )


def _comparison(indicator: Indicator, basis: Basis, id_: str, name: str, rows: list[dict[str, Any]]) -> Comparison:
    own = [row for row in rows if row["comparator"] == id_]
    wanted = ("period", "starts", "ends", "value", "status", "correction")
    return Comparison(
        id=id_,
        name=name,
        points=_complete([_point(indicator, basis, {key: row[key] for key in wanted}) for row in own], indicator, basis),
        differences={row["period"]: row["difference"] for row in own if row["difference"]},
        verdicts={row["period"]: row["verdict"] for row in own if row["verdict"]},
    )


def _change(edition: OpenEdition, indicator: Indicator, basis: Basis, points: tuple[Point, ...]) -> Change | None:
    if not points:
        return None
    rows = edition.rows(
        "SELECT previous_period, previous_status, direction, test, verdict FROM changes WHERE indicator = ? AND basis = ? AND period = ?",
        [indicator.id, basis, points[-1].period],
    )
    return Change(**rows[0]) if rows else None


def _source(edition: OpenEdition, indicator: Indicator, basis: Basis, geography: str) -> SourceNote | None:
    rows = edition.rows(
        "SELECT s.file, s.released, s.submitted_at, r.last_update, r.next_update FROM points p "
        "JOIN submissions s ON s.id = p.submission LEFT JOIN releases r ON r.submission = s.id AND r.measure = ? "
        "WHERE p.indicator = ? AND p.basis = ? AND p.geography = ? ORDER BY p.ends DESC, r.last_update DESC LIMIT 1",
        [_first_measure(indicator), indicator.id, basis, geography],
    )
    if not rows:
        return None
    assert indicator.published is not None
    row, source = rows[0], edition.framework.sources[indicator.published.source]
    released = row["released"].isoformat() if row["released"] else row["last_update"]
    return SourceNote(source.publisher, source.title, row["file"], released, row["next_update"], row["submitted_at"].date())


def _first_measure(indicator: Indicator) -> str:
    return next(iter(indicator.published.figures.values())).measures[0] if indicator.published else ""


def _queries(edition: OpenEdition, indicator: Indicator, geography: str) -> tuple[Query, ...]:
    rows = edition.rows(
        "SELECT period, value, other_value, other_source FROM queries WHERE indicator = ? AND geography = ? ORDER BY period",
        [indicator.id, geography],
    )
    return tuple(Query(**row) for row in rows)
