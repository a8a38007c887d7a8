"""What needs words: the indicators that the rules in force name, why, how they are judged, and who owes the words.

Refuses to call a figure an exception that the rules do not: it looks up what was found when the edition was published.
"""

from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from hscb_qa.definitions import Agency, PlanYear
from hscb_qa.views.edition import OpenEdition, Selection
from hscb_qa.views.indicator import IndicatorView, indicator_view
from hscb_qa.views.signals import Judgement, Narrative, Reason

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


def exceptions_of(
    edition: OpenEdition, plan_year: PlanYear, views: dict[str, IndicatorView], selection: Selection
) -> tuple[Exceptional, ...]:
    """The exceptions among some indicators of a plan year, given their views; those of concern first, and core ones before others.

    They are of the board as a whole and of its latest figures, whichever agency, part and years were chosen.
    """
    weights = {kind: weight for weight, kind in enumerate(edition.framework.signals.exceptions.kinds)}
    rows = [row for row in edition.rows("SELECT * FROM exceptions ORDER BY indicator, agency") if row["indicator"] in views]
    found = []
    whole = replace(selection, agency=None, breakdown=None, since=None, until=None)
    for indicator, own in groupby(rows, key=lambda row: row["indicator"]):
        reasons = sorted(own, key=lambda row: weights[row["kind"]])
        basis = reasons[0]["basis"]
        view = views[indicator]
        if selection != whole or view.basis != basis:
            view = indicator_view(edition, indicator, replace(whole, basis=basis))
        found.append(Exceptional(view, _reasons(reasons), _narrative(edition, plan_year, reasons)))
    return tuple(
        sorted(found, key=lambda one: (_FIRST.index(one.judgement), weights[one.reasons[0].kind], one.view.indicator.tier != "core"))
    )


def on_their_basis(views: dict[str, IndicatorView], exceptions: tuple[Exceptional, ...], selection: Selection) -> dict[str, IndicatorView]:
    """The views with each exception on the basis of its reason, so that chart, title and mark say the same; unless the viewer chose one."""
    return views | {one.view.indicator.id: one.view for one in exceptions} if selection.is_open else views


def view_as_excepted(edition: OpenEdition, indicator_id: str, selection: Selection = Selection()) -> IndicatorView:
    """The view of one indicator as the overview speaks of it: on the basis of its reason where it is an exception and none was chosen."""
    kinds = edition.framework.signals.exceptions.kinds
    rows = edition.rows("SELECT kind, basis FROM exceptions WHERE indicator = ?", [indicator_id]) if selection.is_open else []
    first = min(rows, key=lambda row: kinds.index(row["kind"]), default=None)
    return indicator_view(edition, indicator_id, replace(selection, basis=first["basis"]) if first else selection)


def _reasons(rows: list[dict[str, Any]]) -> tuple[Reason, ...]:
    """Each kind of reason once, however many agencies gave rise to it."""
    return tuple(dict.fromkeys(Reason(row["kind"], row["basis"], row["period"], row["judgement"]) for row in rows))


def _narrative(edition: OpenEdition, plan_year: PlanYear, reasons: list[dict[str, Any]]) -> Narrative:
    """Who owes words: the agencies that disagree, else the partners that return the figure, else whoever leads its first area.

    A lead is no agency, so what is written without one is the lead's.
    """
    framework, indicator = edition.framework, edition.framework.indicator(reasons[0]["indicator"])
    apart = [row["agency"] for row in reasons if row["agency"]] if len({row["kind"] for row in reasons}) == 1 else []
    since: date = max(row["ends"] for row in reasons)
    partners = [
        agency for agency in (indicator.returned.agencies if indicator.returned else ()) if _is_partner(framework.agencies[agency], since)
    ]
    owing = apart or partners
    given = {agency for agency, ends in edition.narratives.get(indicator.id, {}).items() if ends >= since}
    lead = next(area.lead for area in plan_year.areas if indicator.id in area.indicators)
    if not owing:
        return Narrative((lead,), (lead,) if "" in given else ())
    return Narrative(
        owed_by=tuple(framework.agencies[agency].short_name for agency in owing),
        given_by=tuple(framework.agencies[agency].short_name for agency in owing if agency in given),
    )


def _is_partner(agency: Agency, day: date) -> bool:
    return agency.until is None or agency.until >= day
