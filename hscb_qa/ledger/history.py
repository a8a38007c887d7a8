"""Every revision that ever came of a return, with its queries and what became of both.

Turns rows of the record into objects a person can read through. Refuses to leave out what was superseded or withdrawn.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from hscb_qa.ledger.opening import reading


@dataclass(frozen=True)
class KeptQuery:
    """A query of an accepted return with its reason, and who settled it with which note; None where nobody did yet.

    `indicator`, `breakdown` and `period` are blank where it is about the return as a whole.
    """

    number: int
    check: str
    indicator: str
    breakdown: str
    period: str
    message: str
    reason: str
    settled_by: str | None
    note: str | None


@dataclass(frozen=True)
class Revision:
    """One return as it came. `submitted_at` is UTC; `withdrawn_by` and `withdrawn_reason` are None while it was not taken back."""

    agency: str
    period: str
    revision: int
    submission: int
    file: str
    sha256: str
    received_on: date
    submitted_at: datetime
    submitted_by: str
    in_force: bool
    withdrawn_by: str | None
    withdrawn_reason: str | None
    given: int
    not_available: int
    not_applicable: int
    queries: tuple[KeptQuery, ...]


def revisions(store: Path, agency: str | None = None, period: str | None = None) -> list[Revision]:
    """Every revision of an agency's quarter, or of all of them, by agency, quarter and revision; none where nothing came."""
    with reading(store) as connection:
        found = connection.execute(
            "SELECT r.agency, r.period, r.revision, r.submission, r.file, s.sha256, r.received_on, r.submitted_at, r.submitted_by, "
            "r.in_force, r.withdrawn_by, r.withdrawn_reason, r.given, r.not_available, r.not_applicable "
            "FROM returns_received AS r JOIN submissions AS s ON s.id = r.submission "
            "WHERE r.agency = COALESCE(?, r.agency) AND r.period = COALESCE(?, r.period) ORDER BY r.agency, r.period, r.revision",
            [agency, period],
        ).fetchall()
        asked = connection.execute(
            "SELECT q.submission, q.number, q.check_id, q.indicator, q.breakdown, q.period, q.message, q.reason, s.settled_by, s.note "
            "FROM return_queries AS q LEFT JOIN query_settlements AS s ON s.submission = q.submission AND s.number = q.number "
            "ORDER BY q.submission, q.number"
        ).fetchall()
    queries: dict[int, list[KeptQuery]] = {}
    for submission, *query in asked:
        queries.setdefault(submission, []).append(KeptQuery(*query))
    return [Revision(*(*row, tuple(queries.get(row[3], ())))) for row in found]
