"""Accepted returns to the record, and what became of them: revisions, withdrawals, queries and their settlement.

A later return for the same agency and quarter is a new revision; the earlier one stays, with its bytes. Refuses to withdraw or settle
what is not there, or twice.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd

from hscb_qa.checks.returns import kinds_of
from hscb_qa.errors import StoreFault
from hscb_qa.ledger.opening import first_row, ledger_path, reading, writing
from hscb_qa.ledger.submissions import insert_rows, insert_submission, now, refuse_mixture

State = tuple[int, int]
"""What tells an agency's record from an earlier one: its last submission, and its number of withdrawals."""

_SOURCE = "returns"
_IN_FORCE = "SELECT * FROM observations_in_force WHERE agency = ? ORDER BY indicator, breakdown, period"
_ALL_IN_FORCE = "SELECT * FROM observations_in_force ORDER BY agency, indicator, breakdown, period"


@dataclass(frozen=True, eq=False)
class AcceptedReturn:
    """A return that passed its checks, with everything the record keeps of it.

    The frames hold the columns of the tables observations, voices, narratives and return_queries, without the submission.
    """

    agency: str
    period: str
    file: str
    sha256: str
    content: bytes
    received_on: date
    submitted_by: str
    illustrative: bool
    observations: pd.DataFrame
    voices: pd.DataFrame
    narratives: pd.DataFrame
    queries: pd.DataFrame


@dataclass(frozen=True)
class ReturnReceipt:
    """A return's number in the record, its revision (1 is the first), the submission it supersedes, and whether it was held before."""

    submission: int
    revision: int
    supersedes: int | None
    already_held: bool = False


@dataclass(frozen=True, eq=False)
class Standing:
    """What the record holds at one moment: whether a file is in force, the kind of figures, an agency's observations in force."""

    agency: str
    held: ReturnReceipt | None
    illustrative: bool | None
    observations: pd.DataFrame
    state: State


def record_return(store: Path, given: AcceptedReturn, seen: State) -> ReturnReceipt | None:
    """Append one return in one transaction. None where the agency's record changed since it was `seen`: then check again, and try again.

    The bytes of the return in force change nothing. Raises StoreFault where invented and real figures would mix.
    """
    with writing(store) as connection:
        held = _in_force(connection, given.agency, given.period)
        if held and held[1] == given.sha256:
            return ReturnReceipt(held[0], held[2], None, already_held=True)
        if _state(connection, given.agency) != seen:
            return None
        refuse_mixture(connection, store, [given.illustrative])
        number = _append(connection, given)
        return ReturnReceipt(number, _revisions(connection, given.agency, given.period), held[0] if held else None)


def standing(store: Path, agency: str, sha256: str) -> Standing:
    """Look up, in one reading, what a return of an agency is held against, and whether its very bytes are in force."""
    with reading(store) as connection:
        row = first_row(
            connection,
            "SELECT r.submission, r.revision FROM returns_received AS r JOIN submissions AS s ON s.id = r.submission "
            "WHERE r.in_force AND s.sha256 = ?",
            sha256,
        )
        kind = first_row(connection, "SELECT illustrative FROM submissions LIMIT 1")
        return Standing(
            agency=agency,
            held=ReturnReceipt(row[0], row[1], None, already_held=True) if row else None,
            illustrative=bool(kind[0]) if kind else None,
            observations=connection.execute(_IN_FORCE, [agency]).df(),
            state=_state(connection, agency),
        )


def returns_received(store: Path) -> pd.DataFrame:
    """The view of that name, by agency, quarter and revision; empty where nothing was ever returned."""
    return _frame(store, "SELECT * FROM returns_received ORDER BY agency, period, revision")


def observations_in_force(store: Path, agency: str | None = None) -> pd.DataFrame:
    """Of each indicator, breakdown and period of an agency, or of all, the row that counts; columns as in the view of that name."""
    return _frame(store, _IN_FORCE, agency) if agency else _frame(store, _ALL_IN_FORCE)


def open_queries(store: Path) -> pd.DataFrame:
    """Queries of returns in force that nobody settled yet: those of the table `return_queries`, with agency and return_period."""
    return _frame(
        store,
        "SELECT r.agency, r.period AS return_period, q.* FROM return_queries AS q "
        "JOIN returns_received AS r ON r.submission = q.submission AND r.in_force "
        "ANTI JOIN query_settlements AS s ON s.submission = q.submission AND s.number = q.number "
        "ORDER BY r.agency, r.period, q.submission, q.number",
    )


def return_content(store: Path, submission: int) -> bytes:
    """The very bytes of a return's file. Raises StoreFault where no return has this number."""
    with reading(store) as connection:
        row = first_row(connection, "SELECT content FROM returns WHERE submission = ?", submission)
    if row is None:
        raise _no_return(submission)
    return bytes(row[0])


def withdraw(store: Path, submission: int, by: str, reason: str) -> None:
    """Take a return out of force; it stays in the record. Raises StoreFault where there is none, or it was withdrawn before.

    The reason stays as well, so it may not be blank nor hold personal data.
    """
    refuse_unfit(reason)
    require_ledger(store, submission)
    with writing(store) as connection:
        require_return(connection, submission)
        if first_row(connection, "SELECT 1 FROM withdrawals WHERE submission = ?", submission):
            raise StoreFault(f"Submission {submission} was withdrawn before; nothing changed.")
        connection.execute("INSERT INTO withdrawals VALUES (?, ?, ?, ?)", [submission, now(), by, reason])


def settle_query(store: Path, submission: int, number: int, by: str, note: str) -> None:
    """Close a query of a return. Raises StoreFault where there is none of this number, or it was settled before.

    The note stays in the record, so it may not be blank nor hold personal data.
    """
    refuse_unfit(note)
    require_ledger(store, submission)
    with writing(store) as connection:
        require_return(connection, submission)
        asked = connection.execute("SELECT number FROM return_queries WHERE submission = ? ORDER BY number", [submission]).fetchall()
        if (number,) not in asked:
            has = f"It has the queries 1 to {len(asked)}." if asked else "It has no queries."
            raise StoreFault(f"Submission {submission} has no query {number}. {has}")
        if first_row(connection, "SELECT 1 FROM query_settlements WHERE submission = ? AND number = ?", submission, number):
            raise StoreFault(f"Query {number} of submission {submission} was settled before; nothing changed.")
        connection.execute("INSERT INTO query_settlements VALUES (?, ?, ?, ?, ?)", [submission, number, now(), by, note])


def _append(connection: duckdb.DuckDBPyConnection, given: AcceptedReturn) -> int:
    number = insert_submission(
        connection, _SOURCE, given.file, given.sha256, given.submitted_by, illustrative=given.illustrative, figures=len(given.observations)
    )
    connection.execute("INSERT INTO returns VALUES (?, ?, ?, ?, ?)", [number, given.agency, given.period, given.received_on, given.content])
    insert_rows(connection, "observations", number, given.observations)
    insert_rows(connection, "voices", number, given.voices)
    insert_rows(connection, "narratives", number, given.narratives)
    insert_rows(connection, "return_queries", number, given.queries)
    return number


def _in_force(connection: duckdb.DuckDBPyConnection, agency: str, period: str) -> tuple[int, str, int] | None:
    """Submission, hash and revision of the return in force of an agency and quarter."""
    return first_row(
        connection,
        "SELECT r.submission, s.sha256, r.revision FROM returns_received AS r JOIN submissions AS s ON s.id = r.submission "
        "WHERE r.in_force AND r.agency = ? AND r.period = ?",
        agency,
        period,
    )


def _revisions(connection: duckdb.DuckDBPyConnection, agency: str, period: str) -> int:
    row = first_row(connection, "SELECT COUNT(*) FROM returns WHERE agency = ? AND period = ?", agency, period)
    assert row is not None
    return int(row[0])


def _state(connection: duckdb.DuckDBPyConnection, agency: str) -> State:
    row = first_row(
        connection,
        "SELECT COALESCE(MAX(r.submission), 0), COUNT(w.submission) FROM returns AS r "
        "LEFT JOIN withdrawals AS w ON w.submission = r.submission WHERE r.agency = ?",
        agency,
    )
    assert row is not None
    return int(row[0]), int(row[1])


def require_ledger(store: Path, submission: int) -> None:
    """Raise StoreFault where there is no ledger at all; none is made, only to say that it holds no such return."""
    if not ledger_path(store).exists():
        raise _no_return(submission)


def require_return(connection: duckdb.DuckDBPyConnection, submission: int) -> None:
    """Raise StoreFault where no return has this number."""
    if not first_row(connection, "SELECT 1 FROM returns WHERE submission = ?", submission):
        raise _no_return(submission)


def refuse_unfit(text: str) -> None:
    """Raise StoreFault for a reason or note that is blank or holds personal data."""
    if not text.strip():
        raise StoreFault("Say why; what is kept for ever needs its reason.")
    kinds = kinds_of([text])
    if kinds:
        raise StoreFault(f"The text holds personal data ({', '.join(kinds[text])}). It was not kept. Say it without.")


def _no_return(submission: int) -> StoreFault:
    return StoreFault(f"There is no return {submission}. 'hscb-qa returns --history' lists them by their number.")


def _frame(store: Path, sql: str, *parameters: object) -> pd.DataFrame:
    with reading(store) as connection:
        found: pd.DataFrame = connection.execute(sql, list(parameters)).df()
        return found
