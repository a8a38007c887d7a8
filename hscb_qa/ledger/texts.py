"""What agencies wrote in their returns, and its approval by a named role, to events in the record.

A text is one cell: the note of a figure, what a voice said, what changed for it, an answer of the narrative. Its latest approval counts,
with the wording that may be shown; once that is taken back, none does. Refuses a wording that tells of a person, and never repeats it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from hscb_qa.checks.sharing import obstacles
from hscb_qa.errors import StoreFault
from hscb_qa.ledger.opening import first_row, reading, writing
from hscb_qa.ledger.returns import refuse_unfit, require_ledger, require_return
from hscb_qa.ledger.submissions import now

FIELDS = {"Figures": ("note",), "Voices": ("message", "changed"), "Narrative": ("answer",)}
"""Sheet -> the columns in which an agency writes; the first is meant where none is named."""

_ONE = "submission = ? AND sheet = ? AND line = ? AND field = ?"
_LATEST = (
    "SELECT a.*, t.approval IS NOT NULL AS taken_back FROM text_approvals AS a "
    "LEFT JOIN text_approvals_taken_back AS t ON t.approval = a.id "
    "WHERE a.id IN (SELECT MAX(id) FROM text_approvals GROUP BY submission, sheet, line, field)"
)


@dataclass(frozen=True)
class TextPlace:
    """Where a text stands: the return's submission, sheet, line of the sheet, and column as `FIELDS` names it."""

    submission: int
    sheet: str
    line: int
    field: str

    def __str__(self) -> str:
        return f"submission {self.submission}, sheet {self.sheet}, line {self.line}, {self.field}"


@dataclass(frozen=True)
class ApprovedBy:
    """Who approves, and in which role, as "Chair of the Quality Assurance sub-committee"."""

    name: str
    role: str


@dataclass(frozen=True)
class ReturnText:
    """A text of a return in force. `about` is the indicator's id, the area a voice is about as it was written, or the question.

    `method` is how a voice was heard, which is shown with it; empty elsewhere. `wording` is what may be shown; None while the text is not
    approved. `approved_at` is UTC.
    """

    place: TextPlace
    agency: str
    period: str
    about: str
    method: str
    text: str
    wording: str | None
    approved_by: ApprovedBy | None
    approved_at: datetime | None


def texts_in_force(store: Path, agency: str | None = None) -> list[ReturnText]:
    """Every text of the returns in force, or of one agency's, by agency, quarter, sheet, line and column; none where nobody wrote any."""
    with reading(store) as connection:
        rows = connection.execute(
            "SELECT x.submission, x.sheet, x.line, x.field, r.agency, r.period, x.about, COALESCE(v.method, ''), x.text, "
            "a.wording, a.approved_by, a.role, a.approved_at "
            "FROM return_texts AS x JOIN returns_received AS r ON r.submission = x.submission AND r.in_force "
            "LEFT JOIN voices AS v ON x.sheet = 'Voices' AND v.submission = x.submission AND v.line = x.line "
            f"LEFT JOIN ({_LATEST}) AS a ON NOT a.taken_back AND a.submission = x.submission AND a.sheet = x.sheet AND a.line = x.line "
            "AND a.field = x.field WHERE r.agency = COALESCE(?, r.agency) ORDER BY r.agency, r.period, x.sheet, x.line, x.field DESC",
            [agency],
        ).fetchall()
    return [_return_text(row) for row in rows]


def approve_texts(store: Path, wordings: dict[TextPlace, str | None], by: ApprovedBy, threshold: int) -> None:
    """Approve texts, each with the wording that may be shown or as it stands (None), in one transaction: all of them, or none.

    A later approval of a text takes the place of an earlier one. Raises StoreFault where there is no such text in a return in force,
    where name or role is blank, and where a wording holds personal data or counts people from 1 to the threshold.
    """
    refuse_nameless(by, threshold)
    for place in wordings:
        require_ledger(store, place.submission)
    with writing(store) as connection:
        texts = _texts(connection, wordings)
        said = {place: texts[place] if wording is None else wording for place, wording in wordings.items()}
        _refuse_untellable(said, threshold)
        for place, wording in said.items():
            _insert_approval(connection, place, wording, by)


def take_back_approval(store: Path, place: TextPlace, by: str, reason: str) -> None:
    """Take back the approval of a text, which then may not be shown; both stay in the record.

    Raises StoreFault where the text is not approved, and where the name is blank or the reason blank or holding personal data.
    """
    refuse_unfit(reason)
    _refuse_blank(by, "Say who takes it back.")
    require_ledger(store, place.submission)
    with writing(store) as connection:
        _texts(connection, [place])
        found = first_row(connection, f"SELECT id, taken_back FROM ({_LATEST}) WHERE {_ONE}", *_key(place))
        if found is None or found[1]:
            raise StoreFault(f"The text of {place} is not approved; nothing changed.")
        connection.execute("INSERT INTO text_approvals_taken_back VALUES (?, ?, ?, ?)", [found[0], now(), by, reason])


def _return_text(row: tuple[Any, ...]) -> ReturnText:
    submission, sheet, line, field, agency, period, about, method, text, wording, by, role, at = row
    place = TextPlace(submission, sheet, line, field)
    return ReturnText(place, agency, period, about, method, text, wording, ApprovedBy(by, role) if by else None, at)


def _insert_approval(connection: duckdb.DuckDBPyConnection, place: TextPlace, wording: str, by: ApprovedBy) -> None:
    values = [*_key(place), wording.strip(), now(), by.name.strip(), by.role.strip()]
    connection.execute("INSERT INTO text_approvals VALUES (nextval('text_approval_ids'), ?, ?, ?, ?, ?, ?, ?, ?)", values)


def _texts(connection: duckdb.DuckDBPyConnection, places: Collection[TextPlace]) -> dict[TextPlace, str]:
    """What stands at these places. Raises StoreFault where there is nothing, or where the return is not the one that counts."""
    rows = connection.execute(
        "SELECT x.submission, x.sheet, x.line, x.field, x.text FROM return_texts AS x "
        "JOIN returns_received AS r ON r.submission = x.submission AND r.in_force WHERE x.submission IN (SELECT UNNEST(?))",
        [sorted({place.submission for place in places})],
    ).fetchall()
    found = {TextPlace(*place): str(text) for *place, text in rows}
    for place in places:
        if place not in found:
            raise _absent(connection, place)
    return {place: found[place] for place in places}


def _absent(connection: duckdb.DuckDBPyConnection, place: TextPlace) -> StoreFault:
    """Why there is no text at a place that counts."""
    require_return(connection, place.submission)
    if not first_row(connection, "SELECT 1 FROM returns_received WHERE submission = ? AND in_force", place.submission):
        return StoreFault(f"Submission {place.submission} is not in force: it was withdrawn, or a later return took its place.")
    return StoreFault(f"There is no text at {place}. 'hscb-qa texts' lists those there are.")


def refuse_nameless(by: ApprovedBy, threshold: int) -> None:
    _refuse_blank(by.name, "Say who approves.")
    _refuse_blank(by.role, "Say in which role, as 'Chair of the Quality Assurance sub-committee'.")
    if kinds := obstacles([by.role], threshold).get(by.role):
        raise StoreFault(f"The role holds what may not be shown ({', '.join(kinds)}). Name the office, not the person.")


def _refuse_blank(words: str, told: str) -> None:
    if not words.strip():
        raise StoreFault(told)


def _refuse_untellable(said: dict[TextPlace, str], threshold: int) -> None:
    found = obstacles(said.values(), threshold)
    faults = [f"{place}: {', '.join(found[wording])}" for place, wording in said.items() if wording in found]
    faults += [f"{place}: the wording is blank" for place, wording in said.items() if not wording.strip()]
    if faults:
        raise StoreFault(f"Nothing was approved, because a wording may not be shown. {'; '.join(faults)}. Give another with --wording.")


def _key(place: TextPlace) -> Sequence[object]:
    return place.submission, place.sheet, place.line, place.field
