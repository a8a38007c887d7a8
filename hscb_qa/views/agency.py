"""One agency as its page shows it: what it returned and owes, where it differs, its indicators beside the board's, what it says.

Stands on the edition alone, as of the edition's day: a dashboard may hold nothing else. Refuses to rank agencies against each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from hscb_qa.definitions import Agency, Area, Indicator, PlanYear
from hscb_qa.periods import Period
from hscb_qa.views.area import views_of
from hscb_qa.views.edition import OpenEdition, Selection
from hscb_qa.views.exceptions import Exceptional, exceptions_of
from hscb_qa.views.funnels import funnel_of
from hscb_qa.views.indicator import IndicatorView, indicator_view
from hscb_qa.views.returns import AgencyReturn, NextReturn, ReturnsView, items_named, next_return, quarters_begun, received_in
from hscb_qa.views.signals import Funnel, Peer
from hscb_qa.views.texts import ApprovedNote, ApprovedVoice, notes_of, voices_of

_QUARTERS = 12


@dataclass(frozen=True)
class ReturnedQuarter:
    """One quarter of an agency: `row` is None where it owed nothing."""

    quarter: Period
    due: date
    row: AgencyReturn | None


@dataclass(frozen=True)
class AgencyRow:
    """One agency among all: its return of the newest quarter, and how much there is to talk about.

    `returned` is None where it owes nothing for that quarter. `indicators` are those of the plan year that it returns; `outside` are names
    of those in which it lies outside its funnel, each with its place there; `notes_owed` counts exceptions that wait for its words.
    """

    agency: Agency
    returned: AgencyReturn | None
    indicators: int
    outside: tuple[tuple[str, Peer], ...]
    notes_owed: int


@dataclass(frozen=True)
class AgenciesView:
    """All agencies in one plan year, in the order of the configuration; `quarter` is None where nothing was ever returned."""

    plan_year: PlanYear
    day: date
    quarter: Period | None
    due: date | None
    rows: tuple[AgencyRow, ...]


@dataclass(frozen=True)
class AgencyView:
    """One agency in one plan year.

    `quarters` are the last ones, oldest first, none where it never owed a return in them. `areas` holds the agency's own views by area,
    each indicator once, under the first area of the year that lists it. `funnels` are those in which it has a place. `owed` are the
    exceptions that wait for its words. `next_return` is None where none is owed in the next two years.
    """

    agency: Agency
    plan_year: PlanYear
    day: date
    quarters: tuple[ReturnedQuarter, ...]
    areas: tuple[tuple[Area, tuple[IndicatorView, ...]], ...]
    left_out: int
    funnels: tuple[Funnel, ...]
    owed: tuple[Exceptional, ...]
    notes: tuple[ApprovedNote, ...]
    voices: tuple[ApprovedVoice, ...]
    next_return: NextReturn | None = None

    @property
    def latest(self) -> ReturnedQuarter | None:
        """The newest quarter; None without any."""
        return self.quarters[-1] if self.quarters else None

    @property
    def owes_nothing(self) -> bool:
        """Whether no return is owed for the newest quarter."""
        return self.latest is None or self.latest.row is None

    @property
    def indicators(self) -> tuple[IndicatorView, ...]:
        """All its indicators in the order of the areas."""
        return tuple(view for _, views in self.areas for view in views)

    @property
    def outside(self) -> tuple[Funnel, ...]:
        """The funnels outside whose limits it lies."""
        return tuple(one for one in self.funnels if (peer := one.peer(self.agency.id)) and peer.side)


def agency_view(edition: OpenEdition, plan_year_id: str, agency_id: str, selection: Selection = Selection()) -> AgencyView:
    """Build the view of an agency in a plan year. Raises UnknownName where there is no such year or agency.

    With a breakdown chosen, `left_out` of its indicators are not returned by it and have no view.
    """
    agency, plan_year = edition.framework.agency(agency_id), edition.framework.plan_year(plan_year_id)
    own = replace(selection, agency=agency_id)
    returned = _returned_by(edition, plan_year, agency_id)
    shown = [one for one in returned if _has_part(edition, one, selection.breakdown)]
    views = {one.id: indicator_view(edition, one.id, own) for one in shown}
    funnels = (funnel_of(edition, one.id, selection.until) for one in returned)
    return AgencyView(
        agency=agency,
        plan_year=plan_year,
        day=edition.published_on,
        quarters=_quarters(edition, agency_id),
        areas=tuple(_areas(plan_year, views)),
        left_out=len(returned) - len(shown),
        funnels=tuple(one for one in funnels if one and one.peer(agency_id)),
        owed=_notes_owed(edition, plan_year, agency, [one.id for one in returned]),
        notes=notes_of(edition, agency_id),
        voices=voices_of(edition, agency_id),
        next_return=next_return(edition.framework, received_in(edition), edition.published_on, agency_id),
    )


def agencies_view(edition: OpenEdition, plan_year_id: str) -> AgenciesView:
    """Build the list of all agencies. Raises UnknownName where there is no such plan year."""
    plan_year = edition.framework.plan_year(plan_year_id)
    latest = next(reversed(_last_quarters(edition)), None)
    exceptions = _exceptions(edition, plan_year, _indicators(plan_year))
    rows = (_agency_row(edition, plan_year, agency, latest, exceptions) for agency in edition.framework.agencies.values())
    return AgenciesView(plan_year, edition.published_on, latest.quarter if latest else None, latest.due if latest else None, tuple(rows))


def _agency_row(
    edition: OpenEdition, plan_year: PlanYear, agency: Agency, latest: ReturnsView | None, exceptions: Iterable[Exceptional]
) -> AgencyRow:
    returned = _returned_by(edition, plan_year, agency.id)
    funnels = [one for one in (funnel_of(edition, indicator.id) for indicator in returned) if one]
    return AgencyRow(
        agency=agency,
        returned=latest.row(agency.id) if latest else None,
        indicators=len(returned),
        outside=tuple(
            (edition.framework.indicators[one.indicator].short_name, peer)
            for one in funnels
            if (peer := one.peer(agency.id)) and peer.side is not None
        ),
        notes_owed=sum(_is_owed_by(one, agency) for one in exceptions),
    )


def _is_owed_by(one: Exceptional, agency: Agency) -> bool:
    return one.narrative.is_owed and agency.short_name in one.narrative.owed_by


def _notes_owed(edition: OpenEdition, plan_year: PlanYear, agency: Agency, indicators: list[str]) -> tuple[Exceptional, ...]:
    """The exceptions among the board's own figures of these indicators for which nobody has given words, and this agency owes them."""
    return tuple(one for one in _exceptions(edition, plan_year, indicators) if _is_owed_by(one, agency))


def _exceptions(edition: OpenEdition, plan_year: PlanYear, indicators: list[str]) -> tuple[Exceptional, ...]:
    found = {row["indicator"] for row in edition.rows("SELECT indicator FROM exceptions")}
    views = views_of(edition, (one for one in indicators if one in found), Selection())
    return exceptions_of(edition, plan_year, views, Selection())


def _quarters(edition: OpenEdition, agency_id: str) -> tuple[ReturnedQuarter, ...]:
    found = tuple(ReturnedQuarter(view.quarter, view.due, view.row(agency_id)) for view in _last_quarters(edition))
    return found if any(one.row for one in found) else ()


@lru_cache(maxsize=2)
def _last_quarters(edition: OpenEdition) -> tuple[ReturnsView, ...]:
    """The returns of all agencies in the last quarters, oldest first; every agency's page asks for the same."""
    received = received_in(edition)
    return tuple(items_named(edition, received, quarters_begun(edition, received)[-_QUARTERS:]))


def _indicators(plan_year: PlanYear) -> list[str]:
    return list(dict.fromkeys(indicator for area in plan_year.areas for indicator in area.indicators))


def _returned_by(edition: OpenEdition, plan_year: PlanYear, agency_id: str) -> list[Indicator]:
    """The indicators of the year that an agency returns, or has returned."""
    indicators = (edition.framework.indicators[one] for one in _indicators(plan_year))
    return [one for one in indicators if one.returned and agency_id in one.returned.agencies]


def _has_part(edition: OpenEdition, indicator: Indicator, breakdown: str | None) -> bool:
    wanted = indicator.returned.breakdowns if indicator.returned else ()
    return breakdown is None or any(breakdown in edition.framework.returns.texts(one) for one in wanted)


def _areas(plan_year: PlanYear, views: dict[str, IndicatorView]) -> Iterable[tuple[Area, tuple[IndicatorView, ...]]]:
    left = dict(views)
    for area in plan_year.areas:
        own = tuple(left.pop(one) for one in area.indicators if one in left)
        if own:
            yield area, own
