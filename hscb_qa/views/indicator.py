"""One indicator as a page shows it: its series, what stands beside it, how it differs and changed, and where it comes from.

Refuses to set an agency's figure, or that of one age band, beside other places: only the board's whole figure has comparators.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any

from hscb_qa.definitions import Basis, Break, Disclosure, Indicator
from hscb_qa.views.edition import BASES, OpenEdition, Selection
from hscb_qa.views.lookups import control_chart, peers_of, rank_of, trend_of, watch_of
from hscb_qa.views.points import Point, points_of
from hscb_qa.views.series import WHERE, Series, series_of
from hscb_qa.views.signals import ControlChart, Peer, Rank, Signal, Trend, Watch

_POINT = (
    "period, starts, ends, value, status, numerator, denominator, lower, upper, revised, correction, provisional, without, "
    "population_year, small_base"
)
_CHANGE = "previous_period, previous_status, direction, test, verdict, difference, difference_lower, difference_upper"
_BESIDE = ("period", "starts", "ends", "value", "status", "correction")


@dataclass(frozen=True)
class Comparison:
    """A series set beside the board's own, and by period how the board's figure differs from it.

    `differences` holds higher, similar, lower or not tested; `verdicts` better or worse, only where polarity says which is which; both by
    the board's own period. `stands_for` names the comparator's period that is set beside one of the board's, where it is another: a
    quarter's figure stands beside the year that had ended by then. For neighbours, `statistic` says how they are summed up, `contributors`
    how many had a figure and `members` how many there are; for a single place these are empty.
    """

    id: str
    name: str
    points: tuple[Point, ...]
    differences: dict[str, str]
    verdicts: dict[str, str]
    statistic: str = ""
    in_force_from: date | None = None
    contributors: dict[str, int] = field(default_factory=dict)
    members: int = 0
    stands_for: dict[str, str] = field(default_factory=dict)

    def at(self, period: str) -> Point | None:
        """The comparator's point that is set beside the board's of a period, or None."""
        own = self.stands_for.get(period, period)
        return next((point for point in self.points if point.period == own), None)


@dataclass(frozen=True)
class Change:
    """The latest figure against that of the period before.

    `test` is changed, no clear change, not tested (no interval), or nothing before, where `previous_status` says why there is no figure to
    compare with; it is b where the definition changed in between. `verdict` is better or worse, only where the test says changed and
    polarity allows. `difference` and its 95% limits are in the unit of the value, and only given where the test says changed.
    """

    previous_period: str | None
    previous_status: str
    direction: str
    test: str
    verdict: str | None
    difference: float | None = None
    difference_lower: float | None = None
    difference_upper: float | None = None


@dataclass(frozen=True)
class SourceNote:
    """Where the latest figure comes from. `released` and `next_release` are ISO dates, or the publisher's words, or None if not known.

    Of a returned figure `agencies` names those who gave it, `file` and `loaded` are of the return received last.
    """

    publisher: str
    title: str
    file: str
    released: str | None
    next_release: str | None
    loaded: date
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Query:
    """Another file prints another figure for the same thing."""

    period: str
    value: float
    other_value: float
    other_source: str


@dataclass(frozen=True)
class IndicatorView:
    """Everything a page says about one indicator in one place on one basis.

    `agency` and `breakdown` are ids, empty for the board as a whole and for all children. Where a rate's parts can only be counted, the
    `indicator` of their view is a count. `breaks` are those that lie within the series. `control` is of the basis shown, None where its
    figures overlap or there are none; `watch`, `trend` and `rank` are the same on every basis, and so are `peers`, the agencies that return
    it, where they can be compared.
    """

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
    disclosure: Disclosure
    partners: tuple[str, ...]
    agency: str = ""
    breakdown: str = ""
    breaks: tuple[Break, ...] = ()
    control: ControlChart | None = None
    watch: Watch | None = None
    trend: Trend | None = None
    rank: Rank | None = None
    peers: tuple[Peer, ...] = ()

    @property
    def signal(self) -> Signal | None:
        """The signal of the latest point on the basis shown; None where it lies within what is usual or nothing can be said."""
        latest = self.latest
        return self.control.signals.get(latest.period) if self.control and latest else None

    @property
    def breaks_before(self) -> dict[str, Break]:
        """The first period that ended on or after the day of each break, by its text."""
        return {later.period: one for one in self.breaks for earlier, later in pairwise(self.points) if earlier.ends < one.on <= later.ends}

    @property
    def is_annualised(self) -> bool:
        """Whether the figures are of less than a year and written as a year's would be."""
        returned = self.indicator.returned
        if returned is None or returned.population is None or self.breakdown:
            return False
        return returned.counting == "flow" and self.basis in ("quarter", "half_year", "ytd")

    @property
    def latest(self) -> Point | None:
        """The last point, whether it has a value or a status; None where there is no point at all."""
        return self.points[-1] if self.points else None

    @property
    def latest_shown(self) -> Point | None:
        """The last point that has a value, or None."""
        return next((point for point in reversed(self.points) if point.value is not None), None)

    @property
    def previous_shown(self) -> Point | None:
        """The shown point that the change is measured from, or None."""
        period = self.change.previous_period if self.change else None
        return next((point for point in self.points if point.period == period and point.value is not None), None)


def indicator_view(
    edition: OpenEdition, indicator_id: str, selection: Selection = Selection(), geography: str | None = None
) -> IndicatorView:
    """Build the view of one indicator, for the board's own geography unless another is named.

    Raises UnknownName for an indicator, geography, agency or breakdown the edition does not know. An agency that does not return the
    indicator, or a part by which it is not returned, gives a view without points.
    """
    indicator = edition.framework.indicator(indicator_id)
    series = series_of(edition, indicator, selection, geography)
    bases = _bases(edition, series)
    basis: Basis = selection.basis if selection.basis in bases else bases[0]
    points = _points(edition, series, basis)
    return IndicatorView(
        indicator=series.indicator,
        place=_place(edition, series),
        basis=basis,
        bases=bases,
        points=points,
        comparisons=_comparisons(edition, series, basis, selection) if points and series.is_whole else (),
        change=_change(edition, series, basis, points) if series.is_own else None,
        source=_source(edition, series, basis, points),
        queries=_queries(edition, series) if series.is_whole else (),
        illustrative=edition.edition.illustrative,
        edition=edition.edition.id,
        published_on=edition.edition.published_at[:10],
        disclosure=edition.framework.disclosure,
        partners=tuple(edition.framework.agencies[agency].name for agency in indicator.agencies),
        agency=series.agency,
        breakdown=series.breakdown,
        breaks=tuple(one for one in indicator.breaks if points and points[0].ends < one.on <= points[-1].ends),
        control=control_chart(edition, series, basis) if points else None,
        watch=watch_of(edition, series),
        trend=trend_of(edition, series),
        rank=rank_of(edition, series) if series.is_whole else None,
        peers=peers_of(edition, series) if series.is_whole and series.is_own else (),
    )


def _place(edition: OpenEdition, series: Series) -> str:
    name = edition.framework.agencies[series.agency].short_name if series.agency else edition.places[series.geography]
    label = edition.framework.returns.label(series.breakdown)
    return f"{name}, {label}" if series.breakdown else name


def _bases(edition: OpenEdition, series: Series) -> tuple[Basis, ...]:
    """The bases on which there are figures, the one pages begin with first."""
    first = _first_basis(series)
    held = edition.bases.get(tuple(series.key), frozenset())
    found = [basis for basis in BASES if basis in held] or [first]
    return (first, *(basis for basis in found if basis != first)) if first in found else tuple(found)


def _first_basis(series: Series) -> Basis:
    indicator = series.indicator
    if indicator.published and series.is_whole:
        return "quarter" if indicator.period_type == "quarter" else "year"
    return indicator.returned.shown_first if indicator.returned else "year"


def _points(edition: OpenEdition, series: Series, basis: Basis) -> tuple[Point, ...]:
    rows = edition.rows(f"SELECT {_POINT} FROM points WHERE {WHERE} AND basis = ? ORDER BY ends", [*series.key, basis])
    return points_of([{**row, "without": _names(edition, row["without"])} for row in rows], series.indicator, basis)


def _names(edition: OpenEdition, agencies: str | None) -> tuple[str, ...]:
    """Short names of agencies from their ids joined by commas, each once."""
    ids = dict.fromkeys(agencies.split(",")) if agencies else ()
    return tuple(edition.framework.agencies[agency].short_name for agency in ids)


def _comparisons(edition: OpenEdition, series: Series, basis: Basis, selection: Selection) -> tuple[Comparison, ...]:
    """The chosen comparators in the order chosen; a place is not set beside itself, nor the board's neighbours beside another place."""
    indicator = series.indicator
    rows = edition.rows(
        "SELECT * FROM comparators WHERE indicator = ? AND basis = ? AND (in_force_from IS NULL OR in_force_from = ?) ORDER BY ends",
        [indicator.id, basis, edition.neighbour_set(selection.neighbours_from)],
    )
    rows = rows if series.is_own else [{**row, "difference": None, "verdict": None} for row in rows]  # those are of the board's figure
    places = {place.id: place for place in edition.framework.board.comparators if place.geography != series.geography}
    comparisons = []
    for name in selection.comparators:
        if name == "neighbours" and series.is_own:
            comparisons.append(_neighbours(indicator, selection.neighbour_statistic, rows))
        elif name in places:
            comparisons.append(_comparison(indicator, name, places[name].name, rows))
    return tuple(comparison for comparison in comparisons if comparison.points)


def _neighbours(indicator: Indicator, statistic: str, rows: list[dict[str, Any]]) -> Comparison:
    own = [row for row in rows if row["comparator"] == f"neighbours_{statistic}"]
    return replace(
        _comparison(indicator, f"neighbours_{statistic}", "Neighbours", own),
        statistic=statistic,
        in_force_from=own[0]["in_force_from"] if own else None,
        contributors={row["period"]: row["contributors"] for row in own},
        members=own[0]["members"] if own else 0,
    )


def _comparison(indicator: Indicator, id_: str, name: str, rows: list[dict[str, Any]]) -> Comparison:
    own = [row for row in rows if row["comparator"] == id_]
    points = {row["period"]: {key: row[key] for key in _BESIDE} for row in own}
    return Comparison(
        id=id_,
        name=name,
        points=points_of(list(points.values()), indicator, own[0]["period_basis"]) if own else (),
        differences={row["own_period"]: row["difference"] for row in own if row["difference"]},
        verdicts={row["own_period"]: row["verdict"] for row in own if row["verdict"]},
        stands_for={row["own_period"]: row["period"] for row in own if row["own_period"] != row["period"]},
    )


def _change(edition: OpenEdition, series: Series, basis: Basis, points: tuple[Point, ...]) -> Change | None:
    if not points:
        return None
    rows = edition.rows(
        f"SELECT {_CHANGE} FROM changes WHERE indicator = ? AND agency = ? AND breakdown = ? AND basis = ? AND period = ?",
        [series.indicator.id, series.agency, series.breakdown, basis, points[-1].period],
    )
    return Change(**rows[0]) if rows else None


def _source(edition: OpenEdition, series: Series, basis: Basis, points: tuple[Point, ...]) -> SourceNote | None:
    rows = edition.rows(
        "SELECT s.source, s.file, s.released, s.submitted_at, r.last_update, r.next_update FROM points p "
        "JOIN submissions s ON s.id = p.submission LEFT JOIN releases r ON r.submission = s.id AND r.measure = ? "
        f"WHERE {WHERE} AND p.basis = ? ORDER BY p.ends DESC, r.last_update DESC LIMIT 1",
        [_first_measure(series.indicator), *series.key, basis],
    )
    if not rows:
        return None
    row, published = rows[0], series.indicator.published
    if row["source"] == "returns":
        return _returns_note(edition, series, points[-1])
    assert published is not None
    source = edition.framework.sources[published.source]
    released = row["released"].isoformat() if row["released"] else row["last_update"]
    return SourceNote(source.publisher, source.title, row["file"], released, row["next_update"], row["submitted_at"].date())


def _returns_note(edition: OpenEdition, series: Series, latest: Point) -> SourceNote:
    """The agencies whose returns hold figures of the latest period, and the return of them that was received last."""
    rows = edition.rows(
        "SELECT r.agency, r.file, r.received_on FROM points p JOIN returns r ON r.submission = p.submission "
        "WHERE p.indicator = ? AND p.breakdown = ? AND p.agency <> '' AND p.agency = COALESCE(NULLIF(?, ''), p.agency) "
        "AND p.ends BETWEEN ? AND ? ORDER BY r.received_on, r.submission",
        [series.indicator.id, series.breakdown, series.agency, latest.starts, latest.ends],
    )
    agencies = edition.framework.agencies
    given = {row["agency"] for row in rows}
    names = tuple(agency.short_name for agency in agencies.values() if agency.id in given)
    last = rows[-1]
    return SourceNote(", ".join(names), "Quarterly return", last["file"], None, None, last["received_on"], names)


def _first_measure(indicator: Indicator) -> str:
    return next(iter(indicator.published.figures.values())).measures[0] if indicator.published else ""


def _queries(edition: OpenEdition, series: Series) -> tuple[Query, ...]:
    rows = edition.rows(
        "SELECT period, value, other_value, other_source FROM queries WHERE indicator = ? AND geography = ? ORDER BY period",
        [series.indicator.id, series.geography],
    )
    return tuple(Query(**row) for row in rows)
