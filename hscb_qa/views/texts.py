"""What agencies wrote and the Board has approved for everybody: notes beside an indicator's figures, and voices about an area.

Turns the texts of an edition into small objects, newest first. Refuses to give a text without approved wording, whichever file it reads.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from hscb_qa.definitions import Indicator
from hscb_qa.periods import parse_period
from hscb_qa.views.edition import OpenEdition
from hscb_qa.views.points import label_of


@dataclass(frozen=True)
class ApprovedNote:
    """What an agency wrote beside one figure, as approved. `label` is the figure's period, `breakdown` its part; empty for the whole.

    `about` names the indicator, or holds the form's question that the words answer.
    """

    agency: str
    label: str
    breakdown: str
    wording: str
    role: str
    approved_on: date
    about: str = ""


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
    return notes_in(edition, [indicator_id], agency).get(indicator_id, ())


def notes_in(edition: OpenEdition, indicator_ids: Sequence[str], agency: str | None = None) -> dict[str, tuple[ApprovedNote, ...]]:
    """The approved notes beside the figures of several indicators, by indicator; one without a note is not in it."""
    found: dict[str, tuple[ApprovedNote, ...]] = {}
    for row in _approved(edition, "indicator", indicator_ids):
        if agency in (None, row["agency"]):
            found[row["indicator"]] = (*found.get(row["indicator"], ()), _note(edition, row))
    return found


def notes_of(edition: OpenEdition, agency_id: str) -> tuple[ApprovedNote, ...]:
    """An agency's approved notes beside figures, and its approved answers to the form's questions; newest first."""
    return tuple(_note(edition, row) for row in _approved(edition, "agency", [agency_id]) if row["sheet"] != "Voices")


def voices_about(edition: OpenEdition, area_id: str) -> tuple[ApprovedVoice, ...]:
    """The approved voices about an area; none in an edition made before texts were published."""
    return _voices(edition, _approved(edition, "area", [area_id]))


def voices_of(edition: OpenEdition, agency_id: str) -> tuple[ApprovedVoice, ...]:
    """The approved voices that an agency heard, about any area."""
    return _voices(edition, [row for row in _approved(edition, "agency", [agency_id]) if row["sheet"] == "Voices"])


def _note(edition: OpenEdition, row: dict[str, Any]) -> ApprovedNote:
    framework = edition.framework
    indicator = framework.indicators.get(row["indicator"])
    return ApprovedNote(
        agency=framework.agency(row["agency"]).short_name,
        label=_label(indicator, row["period"]) if indicator else _quarter_label(row["period"]),
        breakdown=row["breakdown"] and (framework.returns.label(row["breakdown"]) or row["breakdown"]),
        wording=row["wording"],
        role=row["role"],
        approved_on=row["approved_on"],
        about=indicator.name if indicator else row["question"] or "",
    )


def _quarter_label(period: str) -> str:
    try:
        return parse_period(period, "quarter").label
    except ValueError:
        return period


def _voices(edition: OpenEdition, rows: list[dict[str, Any]]) -> tuple[ApprovedVoice, ...]:
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


def _approved(edition: OpenEdition, about: str, names: Sequence[str]) -> list[dict[str, Any]]:
    if "texts" not in edition.tables:
        return []
    return edition.rows(
        f"SELECT * FROM texts WHERE LIST_CONTAINS(?, {about}) AND wording IS NOT NULL "
        "ORDER BY return_period DESC, agency, submission, line, field DESC",
        [list(names)],
    )
