"""One indicator as a page shows it: its series, what stands beside it, how it differs and changed, and where it comes from.

Refuses to fill a gap: a period without a figure is a point with a status, never a number and never left out between others.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hscb_qa.definitions import Indicator
from hscb_qa.errors import UnknownName
from hscb_qa.periods import Period, PeriodType, parse_period, periods_between
from hscb_qa.views.edition import Basis, OpenEdition, Selection

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

    `differences` holds higher, similar, lower or not tested; `verdicts` better or worse, only where polarity says which is which. `spreads`
    holds the standard deviation among neighbours, in the unit of the value, and nothing for a single place.
    """

    id: str
    name: str
    note: str
    points: tuple[Point, ...]
    differences: dict[str, str]
    verdicts: dict[str, str]
    spreads: dict[str, float] = field(default_factory=dict)

    def at(self, period: str) -> Point | None:
        """The comparator's point of a period, or None."""
        return next((point for point in self.points if point.period == period), None)


@dataclass(frozen=True)
class Change:
    """The latest figure against the one before: direction, whether more than chance is at work, better or worse where polarity allows."""

    previous_period: str
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

    @property
    def latest(self) -> Point | None:
        """The last point, whether it has a value or a status; None where there is no point at all."""
        return self.points[-1] if self.points else None

    @property
    def latest_shown(self) -> Point | None:
        """The last point that has a value, or None."""
        return next((point for point in reversed(self.points) if point.value is not None), None)

    @property
    def distance_from_neighbours(self) -> float | None:
        """How far the latest figure lies from the neighbours', in standard deviations among them; None where that cannot be said."""
        latest = self.latest
        neighbours = next((one for one in self.comparisons if one.spreads), None)
        other = neighbours.at(latest.period) if neighbours and latest else None
        if neighbours is None or latest is None or other is None or latest.value is None or other.value is None:
            return None
        spread = neighbours.spreads.get(latest.period)
        return (latest.value - other.value) / spread if spread else None

    @property
    def previous_shown(self) -> Point | None:
        """The shown point that the change is measured from, or None."""
        period = self.change.previous_period if self.change else None
        return next((point for point in self.points if point.period == period), None)


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
            comparisons.append(_comparison(indicator, basis, name, places[name].name, "", rows))
    return tuple(comparison for comparison in comparisons if comparison.points)


def _neighbours(indicator: Indicator, basis: Basis, statistic: str, rows: list[dict[str, Any]]) -> Comparison:
    id_ = f"neighbours_{statistic}"
    latest = next((row for row in reversed(rows) if row["comparator"] == id_ and row["value"] is not None), None)
    note = f"{statistic} of {latest['contributors']} of {latest['members']}, set of {latest['in_force_from']:%B %Y}" if latest else ""
    return _comparison(indicator, basis, id_, "Neighbours", note, rows)


def _comparison(indicator: Indicator, basis: Basis, id_: str, name: str, note: str, rows: list[dict[str, Any]]) -> Comparison:
    own = [row for row in rows if row["comparator"] == id_]
    wanted = ("period", "starts", "ends", "value", "status", "correction")
    return Comparison(
        id=id_,
        name=name,
        note=note,
        points=_complete([_point(indicator, basis, {key: row[key] for key in wanted}) for row in own], indicator, basis),
        differences={row["period"]: row["difference"] for row in own if row["difference"]},
        verdicts={row["period"]: row["verdict"] for row in own if row["verdict"]},
        spreads={row["period"]: row["spread"] for row in own if row["spread"]},
    )


def _change(edition: OpenEdition, indicator: Indicator, basis: Basis, points: tuple[Point, ...]) -> Change | None:
    if not points:
        return None
    rows = edition.rows(
        "SELECT previous_period, direction, test, verdict FROM changes WHERE indicator = ? AND basis = ? AND period = ?",
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
    row, source = rows[0], edition.framework.sources[indicator.published.source]
    released = row["released"].isoformat() if row["released"] else row["last_update"]
    return SourceNote(source.publisher, source.title, row["file"], released, row["next_update"], row["submitted_at"].date())


def _first_measure(indicator: Indicator) -> str:
    return next(iter(indicator.published.figures.values())).measures[0]


def _queries(edition: OpenEdition, indicator: Indicator, geography: str) -> tuple[Query, ...]:
    rows = edition.rows(
        "SELECT period, value, other_value, other_source FROM queries WHERE indicator = ? AND geography = ? ORDER BY period",
        [indicator.id, geography],
    )
    return tuple(Query(**row) for row in rows)
