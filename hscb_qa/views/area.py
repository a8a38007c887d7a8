"""One area for examination as its page shows it: the three questions, each with its indicators, and how balanced they are.

Refuses to hide a hole: a measure type without an indicator stays in the view, empty.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hscb_qa.definitions import MEASURE_TYPES, Area, Framework, PlanYear, Priority
from hscb_qa.errors import UnknownName
from hscb_qa.views.edition import OpenEdition, Selection
from hscb_qa.views.exceptions import Exceptional, exceptions_of, on_their_basis
from hscb_qa.views.indicator import IndicatorView, indicator_view


@dataclass(frozen=True)
class Balance:
    """How many indicators there are of each measure type, and from each evidence source; types without any count 0."""

    measure_types: dict[str, int]
    evidence_sources: dict[str, int]

    @property
    def holes(self) -> list[str]:
        """The measure types that have no indicator."""
        return [measure_type for measure_type, number in self.measure_types.items() if number == 0]


@dataclass(frozen=True)
class AreaView:
    """An area in one plan year. `groups` holds its indicators by measure type, in the framework's order.

    Where one agency or a part of the children was chosen, `groups` holds only what is returned by or for it, and `left_out` says how many
    others there are; `balance` is of all. `exceptions` are those of its indicators that need words. `shared` names the other areas of the
    year that list one of this area's indicators, by area id.
    """

    plan_year: PlanYear
    area: Area
    part: str
    illustrative_priority: bool
    groups: dict[str, tuple[IndicatorView, ...]]
    balance: Balance
    shared: dict[str, list[str]]
    left_out: int = 0
    exceptions: tuple[Exceptional, ...] = ()


def area_view(edition: OpenEdition, plan_year_id: str, area_id: str, selection: Selection = Selection()) -> AreaView:
    """Build the view of an area in a plan year. Raises UnknownName where the year has no such area."""
    plan_year = edition.framework.plan_year(plan_year_id)
    area = plan_year.area(area_id)
    if area is None:
        raise UnknownName(f"area in plan year {plan_year_id}", area_id, [area.id for area in plan_year.areas])
    views = views_of(edition, area.indicators, selection)
    exceptions = exceptions_of(edition, plan_year, views, selection)
    return area_of(edition.framework, plan_year, area, on_their_basis(views, exceptions, selection), exceptions)


def views_of(edition: OpenEdition, indicators: Iterable[str], selection: Selection) -> dict[str, IndicatorView]:
    """The views of indicators, each once, by id; without those that are not returned by the agency or for the part chosen."""
    asked = [one for one in dict.fromkeys(indicators) if _is_returned(edition.framework, one, selection)]
    edition.prepare(asked)
    return {indicator: indicator_view(edition, indicator, selection) for indicator in asked}


def _is_returned(framework: Framework, indicator_id: str, selection: Selection) -> bool:
    """Whether there can be figures of an indicator by the agency and for the part of the children that were chosen."""
    if not (selection.agency or selection.breakdown):
        return True
    returned = framework.indicator(indicator_id).returned
    if returned is None or (selection.agency and selection.agency not in returned.agencies):
        return False
    return not selection.breakdown or selection.breakdown in (text for one in returned.breakdowns for text in framework.returns.texts(one))


def area_of(
    framework: Framework, plan_year: PlanYear, area: Area, views: Mapping[str, IndicatorView], exceptions: Iterable[Exceptional]
) -> AreaView:
    """The view of an area from the views of its indicators and the exceptions among them."""
    own = [views[indicator] for indicator in area.indicators if indicator in views]
    return AreaView(
        plan_year=plan_year,
        area=area,
        part=plan_year.part_of(area),
        illustrative_priority=isinstance(area, Priority) and area.status == "illustrative",
        groups={kind: tuple(view for view in own if view.indicator.measure_type == kind) for kind in MEASURE_TYPES},
        balance=balance_of(framework, area),
        shared=_shared(plan_year, area),
        left_out=len(area.indicators) - len(own),
        exceptions=tuple(one for one in exceptions if one.view.indicator.id in area.indicators),
    )


def balance_of(framework: Framework, area: Area) -> Balance:
    """The balance of an area's indicators."""
    indicators = [framework.indicators[indicator_id] for indicator_id in area.indicators]
    kinds = Counter(indicator.measure_type for indicator in indicators)
    return Balance(
        measure_types={kind: kinds[kind] for kind in MEASURE_TYPES},
        evidence_sources=dict(Counter(indicator.evidence_source for indicator in indicators).most_common()),
    )


def _shared(plan_year: PlanYear, area: Area) -> dict[str, list[str]]:
    others = {other.id: [one for one in other.indicators if one in area.indicators] for other in plan_year.areas if other != area}
    return {area_id: indicators for area_id, indicators in others.items() if indicators}
