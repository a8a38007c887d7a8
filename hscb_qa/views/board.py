"""The whole plan year at one glance: every area by measure type, what needs words, and what changed since the last edition.

Refuses to leave an area out: one without any indicator stands there with its holes.
"""

from dataclasses import dataclass
from datetime import date

from hscb_qa.definitions import PlanYear
from hscb_qa.publish import Edition
from hscb_qa.views.area import AreaView, area_of, views_of
from hscb_qa.views.edition import OpenEdition, Selection
from hscb_qa.views.exceptions import Exceptional, exceptions_of, on_their_basis
from hscb_qa.views.signals import EditionChange


@dataclass(frozen=True)
class BoardView:
    """A plan year's areas, and what a board has to talk about.

    `exceptions` are the year's indicators that the rules name, those of concern first and the core ones before others. They are of the
    board as a whole and of its latest figures, whichever agency and years were chosen; with an agency, they are of what it returns.
    `since` is None where there is no earlier edition to compare with.
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
    exceptions = exceptions_of(edition, plan_year, views, selection)
    shown = on_their_basis(views, exceptions, selection)
    return BoardView(
        board=edition.framework.board.name,
        edition=edition.edition,
        plan_year=plan_year,
        areas=tuple(area_of(edition.framework, plan_year, area, shown, exceptions) for area in plan_year.areas),
        exceptions=exceptions,
        since=_since(edition, {indicator for area in plan_year.areas for indicator in area.indicators}),
    )


def _since(edition: OpenEdition, known: set[str]) -> EditionChange | None:
    rows = edition.rows("SELECT * FROM earlier_edition")
    if not rows:
        return None
    changed = [row for row in edition.rows("SELECT * FROM changed_since ORDER BY indicator") if row["indicator"] in known]
    began, ended, revised = (tuple(row["indicator"] for row in changed if row["what"] == what) for what in ("began", "ended", "revised"))
    was = {row["indicator"]: row.get("judgement") or "" for row in changed if row["what"] == "ended"}
    return EditionChange(rows[0]["id"], rows[0]["label"], date.fromisoformat(rows[0]["published_at"][:10]), began, ended, revised, was)
