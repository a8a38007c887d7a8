"""What agencies wrote and the Board has approved for everybody: notes beside an indicator's figures, and voices about an area.

Turns the texts of an edition into small objects, newest first. Refuses to give a text without approved wording, whichever file it reads.
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from hscb_qa.definitions import Indicator
from hscb_qa.views.edition import OpenEdition
from hscb_qa.views.points import label_of


@dataclass(frozen=True)
class ApprovedNote:
    """What an agency wrote beside one figure, as approved. `label` is the figure's period, `breakdown` its part; empty for the whole."""

    agency: str
    label: str
    breakdown: str
    wording: str
    role: str
    approved_on: date


@dataclass(frozen=True)
class ApprovedVoice:
    """What children, parents and carers, or frontline staff told an agency, and what changed for it; either is None where not approved.

    `asked` is how many were asked, None where they were so few that it is not shown. `role` and `approved_on` are of the later approval.
    """

    who: str
    agency: str
    method: str
    asked: int | None
    spoken_on: date
    message: str | None
    changed: str | None
    role: str
    approved_on: date


def notes_beside(edition: OpenEdition, indicator_id: str, agency: str | None = None) -> tuple[ApprovedNote, ...]:
    """The approved notes beside an indicator's figures, all agencies' or one's; none in an edition made before texts were published."""
    indicator = edition.framework.indicator(indicator_id)
    return tuple(
        ApprovedNote(
            agency=edition.framework.agency(row["agency"]).short_name,
            label=_label(indicator, row["period"]),
            breakdown=row["breakdown"] and (edition.framework.returns.label(row["breakdown"]) or row["breakdown"]),
            wording=row["wording"],
            role=row["role"],
            approved_on=row["approved_on"],
        )
        for row in _approved(edition, "indicator", indicator_id)
        if agency in (None, row["agency"])
    )


def voices_about(edition: OpenEdition, area_id: str) -> tuple[ApprovedVoice, ...]:
    """The approved voices about an area; none in an edition made before texts were published."""
    rows = _approved(edition, "area", area_id)
    return tuple(_voice(edition, list(of_one)) for _, of_one in groupby(rows, lambda row: (row["submission"], row["line"])))


def _label(indicator: Indicator, period: str) -> str:
    """The period in words; as it was written where the indicator is now returned for another kind of period, or no more."""
    if indicator.returned is None:
        return period
    try:
        return label_of(indicator, indicator.returned.every, period)
    except ValueError:
        return period


def _voice(edition: OpenEdition, rows: list[dict[str, Any]]) -> ApprovedVoice:
    said = {row["field"]: row["wording"] for row in rows}
    latest = max(rows, key=lambda row: row["approved_on"])
    return ApprovedVoice(
        who=latest["who"],
        agency=edition.framework.agency(latest["agency"]).short_name,
        method=latest["method"] or "",
        asked=latest["asked"],
        spoken_on=latest["spoken_on"],
        message=said.get("message"),
        changed=said.get("changed"),
        role=latest["role"],
        approved_on=latest["approved_on"],
    )


def _approved(edition: OpenEdition, about: str, name: str) -> list[dict[str, Any]]:
    if not edition.rows("SELECT 1 FROM information_schema.tables WHERE table_name = 'texts'"):
        return []
    return edition.rows(
        f"SELECT * FROM texts WHERE {about} = ? AND wording IS NOT NULL ORDER BY return_period DESC, agency, submission, line, field DESC",
        [name],
    )
