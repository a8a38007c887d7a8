"""The whole plan year at one glance: every area by measure type, and what changed since the last period.

Refuses to call a difference a change where it was not tested.
"""

from collections import defaultdict
from dataclasses import dataclass

from hscb_qa.definitions import PlanYear
from hscb_qa.publish import Edition
from hscb_qa.views.area import AreaView, area_of, views_of
from hscb_qa.views.edition import OpenEdition, Selection
from hscb_qa.views.indicator import IndicatorView


@dataclass(frozen=True)
class BoardView:
    """A plan year's areas, and its indicators once each, sorted by what became of them.

    `changed` holds those that changed by more than chance would explain, `steady` those tested without such a change, `untested` those
    without an interval, the furthest moved first. `furthest` holds those whose latest figure lies more than one standard deviation from the
    neighbours', the furthest first.
    """

    board: str
    edition: Edition
    plan_year: PlanYear
    areas: tuple[AreaView, ...]
    changed: tuple[IndicatorView, ...]
    steady: tuple[IndicatorView, ...]
    untested: tuple[IndicatorView, ...]
    furthest: tuple[IndicatorView, ...]


def board_view(edition: OpenEdition, plan_year_id: str, selection: Selection = Selection()) -> BoardView:
    """Build the overview of a plan year. Raises UnknownName where there is no such year."""
    plan_year = edition.framework.plan_year(plan_year_id)
    views = views_of(edition, (indicator for area in plan_year.areas for indicator in area.indicators), selection)
    areas = tuple(area_of(edition.framework, plan_year, area, views) for area in plan_year.areas)
    by_test: dict[str, list[IndicatorView]] = defaultdict(list)
    for view in views.values():
        by_test[view.change.test if view.change else ""].append(view)
    return BoardView(
        board=edition.framework.board.name,
        edition=edition.edition,
        plan_year=plan_year,
        areas=areas,
        changed=tuple(sorted(by_test["changed"], key=_worst_first)),
        steady=tuple(by_test["no clear change"]),
        untested=tuple(sorted(by_test["not tested"], key=_moved, reverse=True)),
        furthest=tuple(sorted((view for view in views.values() if _distance(view) > 1), key=_distance, reverse=True)),
    )


def _worst_first(view: IndicatorView) -> int:
    verdict = view.change.verdict if view.change else None
    return {"worse": 0, None: 1, "better": 2}[verdict]


def _distance(view: IndicatorView) -> float:
    return abs(view.distance_from_neighbours or 0.0)


def _moved(view: IndicatorView) -> float:
    """The size of the last move as a share of the figure before it."""
    latest, previous = view.latest_shown, view.previous_shown
    if latest is None or previous is None or not latest.value or not previous.value:
        return 0.0
    return abs(latest.value / previous.value - 1)
