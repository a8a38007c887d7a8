"""One indicator as a page shows it: its series, what stands beside it, how it differs and changed, and where it comes from.

Refuses to set an agency's figure, or that of one age band, beside other places: they are compared with the board's whole figure alone. An
agency's stands beside that of all agencies which return the same.
"""

from dataclasses import dataclass, field, fields, replace
from datetime import date
from itertools import pairwise
from typing import Any

from hscb_qa.definitions import Basis, Break, Disclosure, Indicator
from hscb_qa.views.edition import BASES, OpenEdition, Selection
from hscb_qa.views.funnels import difference_of, peers_of, verdict_of
from hscb_qa.views.lookups import control_chart, rank_of, trend_of, watch_of
from hscb_qa.views.points import Point, points_of
from hscb_qa.views.series import WHERE, Series, series_of
from hscb_qa.views.signals import ControlChart, Peer, Rank, Signal, Trend, Watch

_POINT = (
    "period", "starts", "ends", "value", "status", "numerator", "denominator", "lower", "upper", "revised", "correction", "provisional",
    "without", "population_year", "small_base",
)  # fmt: skip
_COMPARED = ("period", "starts", "ends", "value", "status", "correction")


@dataclass(frozen=True)
class Comparison:
    """A series set beside the one shown, and by period how the figure shown differs from it.

    `differences` holds higher, similar, lower or not tested; `verdicts` better or worse, only where polarity says which is which; both by
    the period of the series shown. Beside an agency's series stands `board`, all agencies together: it is higher or lower where it lies
    outside the 99.8% limits of their funnel. `stands_for` names the comparator's period that is set beside one of the board's, where it is
    another: a quarter's figure stands beside the year that had ended by then. For neighbours, `statistic` says how they are summed up,
    `contributors` how many had a figure and `members` how many there are; for a single place these are empty.
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

    Of a returned figure `agencies` names those who gave it, `file` and `loaded` are of the return received last. `counted` names those
    of them whose figure was counted in evidence of the Board, as their return gave none.
    """

    publisher: str
    title: str
    file: str
    released: str | None
    next_release: str | None
    loaded: date
    agencies: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()


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
    `indicator` of their view is a count. `is_shortened` where periods are left out because of the years chosen. `breaks` are those that
    lie within the series. `control` is of the basis shown, None where its figures overlap or there are none; `watch`, `trend` and `rank`
    are the same on every basis, and so are `peers`, the agencies that return it, where they can be compared; of an agency's view that one
    alone. `board_total` is the point of all agencies together beside the latest count shown of an agency, where both are shown and several
    return it.
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
    is_shortened: bool = False
    breaks: tuple[Break, ...] = ()
    control: ControlChart | None = None
    watch: Watch | None = None
    trend: Trend | None = None
    rank: Rank | None = None
    peers: tuple[Peer, ...] = ()
    board_total: Point | None = None

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
    all_points = _points(edition, series, basis)
    points = tuple(point for point in all_points if selection.holds(point.ends))
    return IndicatorView(
        indicator=series.indicator,
        place=_place(edition, series),
        basis=basis,
        bases=bases,
        points=points,
        comparisons=_compared(edition, series, basis, selection, points) if points else (),
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
        is_shortened=len(points) < len(all_points),
        breaks=tuple(one for one in indicator.breaks if points and points[0].ends < one.on <= points[-1].ends),
        control=control_chart(edition, series, basis, points[-1].period) if points else None,
        watch=watch_of(edition, series),
        trend=trend_of(edition, series),
        rank=rank_of(edition, series) if series.is_whole else None,
        peers=peers_of(edition, series) if series.is_own and not series.breakdown else (),
        board_total=_board_total(edition, series, basis, points),
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
    rows = [{name: row[name] for name in _POINT} for row in _rows(edition, series, basis)]
    return points_of([{**row, "without": _names(edition, row["without"])} for row in rows], series.indicator, basis)


def _rows(edition: OpenEdition, series: Series, basis: Basis) -> list[dict[str, Any]]:
    """The rows of a series in `points`, oldest first; those of the board's own place are read once for all who ask."""
    if series.is_own:
        return edition.of_indicator("points", series.indicator.id).get((series.agency, series.breakdown, basis), [])
    return edition.rows(f"SELECT * FROM points WHERE {WHERE} AND basis = ? ORDER BY ends", [*series.key, basis])


def _names(edition: OpenEdition, agencies: str | None) -> tuple[str, ...]:
    """Short names of agencies from their ids joined by commas, each once."""
    ids = dict.fromkeys(agencies.split(",")) if agencies else ()
    return tuple(edition.framework.agencies[agency].short_name for agency in ids)


def _compared(
    edition: OpenEdition, series: Series, basis: Basis, selection: Selection, points: tuple[Point, ...]
) -> tuple[Comparison, ...]:
    if series.is_whole:
        return _comparisons(edition, series, basis, selection, points)
    return _all_agencies(edition, series, basis, selection) if series.indicator.is_comparable else ()


def _all_agencies(edition: OpenEdition, series: Series, basis: Basis, selection: Selection) -> tuple[Comparison, ...]:
    """All agencies together beside one of them, with the funnel's word on each period; a part of the children has no funnel."""
    points = tuple(point for point in _points_together(edition, series, basis) if selection.holds(point.ends))
    rows = [] if series.breakdown else edition.funnels.get(series.indicator.id, [])
    own = [row for row in rows if row["agency"] == series.agency and row["basis"] == basis]
    together = Comparison(
        id="board",
        name="All agencies",
        points=points,
        differences={row["period"]: difference_of(row) for row in own},
        verdicts={row["period"]: verdict for row in own if (verdict := verdict_of(row))},
    )
    return (together,) if points else ()


def _points_together(edition: OpenEdition, series: Series, basis: Basis) -> tuple[Point, ...]:
    """The points of all agencies together beside one's; none where no other agency returns it, or what stands there is published."""
    returned, published = series.indicator.returned, series.indicator.published
    if not (series.agency and series.is_own and returned and len(returned.agencies) > 1) or (published and not series.breakdown):
        return ()
    return _points(edition, replace(series, agency=""), basis)


def _board_total(edition: OpenEdition, series: Series, basis: Basis, points: tuple[Point, ...]) -> Point | None:
    """All agencies' count of the period of an agency's latest one shown; None where either is hidden, or it is no count."""
    latest = next((point for point in reversed(points) if point.value is not None), None)
    if latest is None or series.indicator.is_comparable:
        return None
    together = (point for point in _points_together(edition, series, basis) if point.period == latest.period)
    return next((point for point in together if point.value is not None), None)


def _comparisons(
    edition: OpenEdition, series: Series, basis: Basis, selection: Selection, points: tuple[Point, ...]
) -> tuple[Comparison, ...]:
    """The chosen comparators in the order chosen; a place is not set beside itself, nor the board's neighbours beside another place."""
    indicator = series.indicator
    in_force = (None, edition.neighbour_set(selection.neighbours_from))
    held = edition.of_indicator("comparators", indicator.id).get((basis,), [])
    rows = [row for row in held if row["in_force_from"] in in_force]
    rows = rows if series.is_own else [{**row, "difference": None, "verdict": None} for row in rows]  # those are of the board's figure
    places = {place.id: place for place in edition.framework.board.comparators if place.geography != series.geography}
    comparisons = []
    for name in selection.comparators:
        if name == "neighbours" and series.is_own:
            comparisons.append(_neighbours(indicator, selection.neighbour_statistic, rows))
        elif name in places:
            comparisons.append(_comparison(indicator, name, places[name].name, rows))
    shown = (_beside(comparison, selection, points) for comparison in comparisons)
    return tuple(comparison for comparison in shown if comparison.points)


def _beside(comparison: Comparison, selection: Selection, points: tuple[Point, ...]) -> Comparison:
    """A comparator's points of the chosen periods, and those that stand beside one of them though they ended before."""
    standing = {comparison.stands_for.get(point.period, point.period) for point in points}
    return replace(comparison, points=tuple(one for one in comparison.points if selection.holds(one.ends) or one.period in standing))


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
    points = {row["period"]: {key: row[key] for key in _COMPARED} for row in own}
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
    held = edition.of_indicator("changes", series.indicator.id).get((series.agency, series.breakdown, basis), [])
    row = next((row for row in held if row["period"] == points[-1].period), None)
    return Change(**{one.name: row[one.name] for one in fields(Change)}) if row else None


def _source(edition: OpenEdition, series: Series, basis: Basis, points: tuple[Point, ...]) -> SourceNote | None:
    if not points:
        return None
    loaded = (row["submission"] for row in reversed(_rows(edition, series, basis)) if row["ends"] <= points[-1].ends)
    number = next((one for one in loaded if one in edition.submissions), None)
    row, published = edition.submissions.get(number or 0), series.indicator.published
    if row is None or row["source"] == "returns":
        return _returns_note(edition, series, points[-1])
    assert published is not None
    source = edition.framework.sources[published.source]
    told = edition.releases.get((row["id"], _first_measure(series.indicator)), {})
    released = row["released"].isoformat() if row["released"] else told.get("last_update")
    return SourceNote(source.publisher, source.title, row["file"], released, told.get("next_update"), row["submitted_at"].date())


def _returns_note(edition: OpenEdition, series: Series, latest: Point) -> SourceNote | None:
    """The agencies whose returns, or evidence, hold figures of the latest period, and what was received last; None where there is none."""
    rows = [*_returns_of(edition, series, latest), *_counted_of(edition, series, latest)]
    if not rows:
        return None
    given, counted = ({row["agency"] for row in rows if row["counted"] in kinds} for kinds in ((True, False), (True,)))
    names, of_evidence = (tuple(one.short_name for one in edition.framework.agencies.values() if one.id in ids) for ids in (given, counted))
    last = max(rows, key=lambda row: (not row["counted"], row["received_on"]))
    return SourceNote(", ".join(names), "Quarterly return", last["file"], None, None, last["received_on"], names, of_evidence)


def _returns_of(edition: OpenEdition, series: Series, latest: Point) -> list[dict[str, Any]]:
    given = {row["submission"] for row in _of_agencies(edition, series, latest)} & edition.returns.keys()
    return sorted(({**edition.returns[one], "counted": False} for one in given), key=lambda row: (row["received_on"], row["submission"]))


def _counted_of(edition: OpenEdition, series: Series, latest: Point) -> list[dict[str, Any]]:
    """What was counted in evidence, where no return gave a figure."""
    if series.breakdown:
        return []
    periods = {(row["agency"], row["period"]) for row in _of_agencies(edition, series, latest)}
    found = (row for row in edition.counted.get(series.indicator.id, []) if (row["agency"], row["period"]) in periods)
    return [{"agency": row["agency"], "file": "", "received_on": row["counted_on"], "counted": True} for row in found]


def _of_agencies(edition: OpenEdition, series: Series, latest: Point) -> list[dict[str, Any]]:
    """The rows of agencies' own figures that end within a point, on any basis: of one agency, where the series is one's."""
    return [
        row
        for (agency, breakdown, _), rows in edition.of_indicator("points", series.indicator.id).items()
        if agency and breakdown == series.breakdown and series.agency in ("", agency)
        for row in rows
        if latest.starts <= row["ends"] <= latest.ends
    ]


def _first_measure(indicator: Indicator) -> str:
    return next(iter(indicator.published.figures.values())).measures[0] if indicator.published else ""


def _queries(edition: OpenEdition, series: Series) -> tuple[Query, ...]:
    rows = edition.queries.get((series.indicator.id, series.geography), [])
    return tuple(Query(**{one.name: row[one.name] for one in fields(Query)}) for row in rows)
