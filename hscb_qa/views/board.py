"""The whole plan year at one glance: every area by measure type, what needs words, and what changed since the last edition.

Refuses to call a figure an exception that the rules in force do not: it looks up what was found when the edition was published.
"""

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from hscb_qa.definitions import Agency, PlanYear
from hscb_qa.publish import Edition
from hscb_qa.views.area import AreaView, area_of, views_of
from hscb_qa.views.edition import OpenEdition, Selection
from hscb_qa.views.indicator import IndicatorView, indicator_view
from hscb_qa.views.signals import EditionChange, Judgement, Narrative, Reason

_FIRST: tuple[Judgement, ...] = ("concern", "neutral", "improvement")


@dataclass(frozen=True)
class Exceptional:
    """An indicator that needs words: its view on the basis of the first reason, the reasons in order of weight, and its narrative."""

    view: IndicatorView
    reasons: tuple[Reason, ...]
    narrative: Narrative

    @property
    def judgement(self) -> Judgement:
        """Concern where any reason is one, else neutral where any is, else improvement."""
        return min((reason.judgement for reason in self.reasons), key=_FIRST.index)


@dataclass(frozen=True)
class BoardView:
    """A plan year's areas, and what a board has to talk about.

    `exceptions` are the year's indicators that the rules name, those of concern first and the core ones before others; `since` is None
    where there is no earlier edition to compare with.
    """

    board: str
    edition: Edition
    plan_year: PlanYear
    areas: tuple[AreaView, ...]
    exceptions: tuple[Exceptional, ...] = ()
    since: EditionChange | None = None


def board_view(edition: OpenEdition, plan_year_id: str, selection: Selection = Selection()) -> BoardView:
    """Build the overview of a plan year. Raises UnknownName where there is no such year."""
    plan_year = edition.framework.plan_year(plan_year_id)
    views = views_of(edition, (indicator for area in plan_year.areas for indicator in area.indicators), selection)
    return BoardView(
        board=edition.framework.board.name,
        edition=edition.edition,
        plan_year=plan_year,
        areas=tuple(area_of(edition.framework, plan_year, area, views) for area in plan_year.areas),
        exceptions=_exceptions(edition, plan_year, views, selection),
        since=_since(edition, set(views)),
    )


def _exceptions(
    edition: OpenEdition, plan_year: PlanYear, views: dict[str, IndicatorView], selection: Selection
) -> tuple[Exceptional, ...]:
    weights = {kind: weight for weight, kind in enumerate(edition.framework.signals.exceptions.kinds)}
    rows = [row for row in edition.rows("SELECT * FROM exceptions ORDER BY indicator, agency") if row["indicator"] in views]
    found = []
    for indicator, own in groupby(rows, key=lambda row: row["indicator"]):
        reasons = sorted(own, key=lambda row: weights[row["kind"]])
        basis = reasons[0]["basis"]
        view = views[indicator]
        if view.basis != basis:
            view = indicator_view(edition, indicator, replace(selection, basis=basis))
        found.append(Exceptional(view, _reasons(reasons), _narrative(edition, plan_year, reasons)))
    return tuple(
        sorted(found, key=lambda one: (_FIRST.index(one.judgement), weights[one.reasons[0].kind], one.view.indicator.tier != "core"))
    )


def _reasons(rows: list[dict[str, Any]]) -> tuple[Reason, ...]:
    """Each kind of reason once, however many agencies gave rise to it."""
    return tuple(dict.fromkeys(Reason(row["kind"], row["basis"], row["period"], row["judgement"]) for row in rows))


def _narrative(edition: OpenEdition, plan_year: PlanYear, reasons: list[dict[str, Any]]) -> Narrative:
    """Who owes words: the agencies that disagree, else the partners that return the figure, else whoever leads its first area."""
    framework, indicator = edition.framework, edition.framework.indicator(reasons[0]["indicator"])
    apart = [row["agency"] for row in reasons if row["agency"]] if len({row["kind"] for row in reasons}) == 1 else []
    since: date = max(row["ends"] for row in reasons)
    partners = [
        agency for agency in (indicator.returned.agencies if indicator.returned else ()) if _is_partner(framework.agencies[agency], since)
    ]
    owing = apart or partners
    given = {agency for agency, ends in edition.narratives.get(indicator.id, {}).items() if ends >= since}
    lead = next(area.lead for area in plan_year.areas if indicator.id in area.indicators)
    return Narrative(
        owed_by=tuple(framework.agencies[agency].short_name for agency in owing) or (lead,),
        given_by=tuple(framework.agencies[agency].short_name for agency in owing if agency in given),
    )


def _is_partner(agency: Agency, day: date) -> bool:
    return agency.until is None or agency.until >= day


def _since(edition: OpenEdition, known: set[str]) -> EditionChange | None:
    rows = edition.rows("SELECT * FROM earlier_edition")
    if not rows:
        return None
    changed = [row for row in edition.rows("SELECT * FROM changed_since ORDER BY indicator") if row["indicator"] in known]
    began, ended, revised = (tuple(row["indicator"] for row in changed if row["what"] == what) for what in ("began", "ended", "revised"))
    return EditionChange(rows[0]["id"], rows[0]["label"], date.fromisoformat(rows[0]["published_at"][:10]), began, ended, revised)
