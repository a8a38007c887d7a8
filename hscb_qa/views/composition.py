"""What an indicator is made of: the parts of one breakdown, each as a view, and the periods in which they are the whole.

Refuses to work out a part that is hidden or missing from the others; a period with one is told not to be the whole.
"""

from dataclasses import dataclass, replace

from hscb_qa.definitions import Basis, Breakdown, Indicator
from hscb_qa.views.edition import OpenEdition, Selection
from hscb_qa.views.indicator import IndicatorView, indicator_view
from hscb_qa.views.points import Point, points_of
from hscb_qa.views.series import WHERE


@dataclass(frozen=True)
class Part:
    """One part of a breakdown: its name and its view."""

    name: str
    view: IndicatorView


@dataclass(frozen=True)
class CompositionView:
    """The parts of an indicator by one breakdown in the configuration's order, and every period in which any has a point, oldest first."""

    breakdown: Breakdown
    parts: tuple[Part, ...]
    periods: tuple[Point, ...]

    def at(self, part: Part, period: str) -> Point | None:
        """A part's point of a period; None where it has none."""
        return next((point for point in part.view.points if point.period == period), None)

    def missing(self, period: str) -> tuple[str, ...]:
        """The statuses that stand in place of numbers in a period, each once; empty where the parts are the whole."""
        points = [self.at(part, period) for part in self.parts]
        return tuple(dict.fromkeys("x" if point is None else point.status for point in points if point is None or point.value is None))


def breakdowns_of(edition: OpenEdition, indicator: Indicator) -> tuple[Breakdown, ...]:
    """The breakdowns by which an indicator is returned and of which the edition has parts."""
    returned = indicator.returned.breakdowns if indicator.returned else ()
    held = {key[3].partition("=")[0] for key in edition.bases if key[0] == indicator.id}
    return tuple(one for one in edition.framework.returns.breakdowns if one.id in returned and one.id in held)


def composition_view(edition: OpenEdition, indicator_id: str, breakdown: Breakdown, selection: Selection) -> CompositionView:
    """The parts of an indicator, of all agencies or the one chosen, on the basis chosen where any part has figures on it.

    A part that is hidden whole on that basis stays among them, with its statuses.
    """
    chosen = {value.name: replace(selection, comparators=(), breakdown=f"{breakdown.id}={value.id}") for value in breakdown.values}
    views = {name: indicator_view(edition, indicator_id, one) for name, one in chosen.items()}
    bases = [view.basis for view in views.values() if view.points]
    if not bases:
        return CompositionView(breakdown, (), ())
    basis = selection.basis if selection.basis in bases else max(bases, key=bases.count)
    parts = tuple(Part(name, _on(edition, view, basis, selection)) for name, view in views.items() if view.points)
    periods = {point.period: point for part in parts for point in part.view.points}
    return CompositionView(breakdown, parts, tuple(sorted(periods.values(), key=lambda point: point.ends)))


def _on(edition: OpenEdition, view: IndicatorView, basis: Basis, selection: Selection) -> IndicatorView:
    """A part's view on a basis that nobody could choose for it, since all of it is hidden there: statuses without numbers."""
    if view.basis == basis:
        return view
    key = [view.indicator.id, edition.framework.board.geography, view.agency, view.breakdown]
    rows = edition.rows(f"SELECT period, starts, ends, value, status FROM points WHERE {WHERE} AND basis = ? ORDER BY ends", [*key, basis])
    points = tuple(point for point in points_of(rows, view.indicator, basis) if selection.holds(point.ends))
    return replace(view, basis=basis, points=points, change=None, control=None, comparisons=())
