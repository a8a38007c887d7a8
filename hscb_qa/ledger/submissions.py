"""Accepted rows of published files to submissions in the record.

Every submission stays, with its file's hash, who gave it and when; a later one for the same figures supersedes an earlier one, which is
kept. Refuses to let invented and real figures share a store.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pandas as pd

from hscb_qa.errors import StoreFault
from hscb_qa.ledger.opening import first_row, reading, writing


@dataclass(frozen=True)
class Submission:
    """Accepted rows of one file, and what is known about it.

    `rows` holds a table's columns as readers give them; `table` says which one they go to. `releases` holds the publisher's dates
    by measure where the source has them. `in_force_from` is the day from which a neighbour set counts.
    """

    source: str
    file: str
    sha256: str
    table: str
    rows: pd.DataFrame
    submitted_by: str
    releases: pd.DataFrame | None = None
    released: date | None = None
    in_force_from: date | None = None
    illustrative: bool = False


@dataclass(frozen=True)
class Receipt:
    """What became of a submission: its number, whether the very same file was there before, and whether its release date is new."""

    submission: int
    file: str
    already_held: bool
    dated: bool = False


def record(store: Path, submissions: Sequence[Submission]) -> list[Receipt]:
    """Append submissions in one transaction: all of them, or none.

    A file whose hash the ledger holds for the same source changes nothing. Raises StoreFault where invented and real figures would
    mix, or where another process keeps the ledger to itself.
    """
    with writing(store) as connection:
        refuse_mixture(connection, store, [submission.illustrative for submission in submissions])
        return [_append(connection, submission) for submission in submissions]


def submissions(store: Path) -> pd.DataFrame:
    """Every submission, oldest first, with the columns of the table of that name; empty where nothing was ever submitted."""
    with reading(store) as connection:
        held: pd.DataFrame = connection.execute("SELECT * FROM submissions ORDER BY id").df()
        return held


def is_illustrative(store: Path) -> bool | None:
    """Whether the ledger's figures are invented; None where it holds none yet."""
    with reading(store) as connection:
        found = first_row(connection, "SELECT illustrative FROM submissions LIMIT 1")
    return None if found is None else bool(found[0])


def refuse_mixture(connection: duckdb.DuckDBPyConnection, store: Path, given: Iterable[bool]) -> None:
    """Hold `illustrative` of what is given against that of what is held. Raises StoreFault where both kinds would share the store."""
    held = {row[0] for row in connection.execute("SELECT DISTINCT illustrative FROM submissions").fetchall()}
    if len(held | set(given)) > 1:
        raise StoreFault(
            f"Real and illustrative figures may not share a store, since nobody could tell them apart, and {store} holds the other kind. "
            "Name another folder in HSCB_QA_STORE, or delete that one."
        )


def insert_submission(
    connection: duckdb.DuckDBPyConnection,
    source: str,
    file: str,
    sha256: str,
    by: str,
    *,
    illustrative: bool,
    figures: int,
    released: date | None = None,
    in_force_from: date | None = None,
) -> int:
    """Give a file its number in the record, dated now."""
    sql = "INSERT INTO submissions VALUES (nextval('submission_ids'), ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"
    row = first_row(connection, sql, source, file, sha256, now(), by, released, in_force_from, illustrative, figures)
    assert row is not None
    return int(row[0])


def insert_rows(connection: duckdb.DuckDBPyConnection, table: str, submission: int, rows: pd.DataFrame) -> None:
    """Append rows to a table under a submission's number; the table's columns are taken by name, others left out."""
    connection.register("given_rows", rows)
    columns = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
    wanted = ", ".join(column for column in columns if column != "submission")
    connection.execute(f"INSERT INTO {table} SELECT CAST(? AS BIGINT), {wanted} FROM given_rows", [submission])
    connection.unregister("given_rows")


def now() -> datetime:
    """The moment, in UTC, as the record keeps it."""
    return datetime.now(UTC).replace(tzinfo=None)


def _append(connection: duckdb.DuckDBPyConnection, given: Submission) -> Receipt:
    held = first_row(
        connection,
        "SELECT id FROM submissions WHERE source = ? AND sha256 = ? AND in_force_from IS NOT DISTINCT FROM ?",
        given.source,
        given.sha256,
        given.in_force_from,
    )
    if held:
        return Receipt(held[0], given.file, already_held=True, dated=_tell_release_date(connection, held[0], given))
    number = insert_submission(
        connection,
        given.source,
        given.file,
        given.sha256,
        given.submitted_by,
        illustrative=given.illustrative,
        figures=len(given.rows),
        released=given.released,
        in_force_from=given.in_force_from,
    )
    insert_rows(connection, given.table, number, given.rows)
    if given.releases is not None:
        insert_rows(connection, "releases", number, given.releases)
    return Receipt(number, given.file, already_held=False)


def _tell_release_date(connection: duckdb.DuckDBPyConnection, submission: int, given: Submission) -> bool:
    """Keep a release date that was not known when the file came, or was wrong; the record of before stays."""
    known = first_row(
        connection,
        "SELECT COALESCE((SELECT released FROM release_dates WHERE submission = s.id ORDER BY told_at DESC LIMIT 1), s.released) "
        "FROM submissions AS s WHERE s.id = ?",
        submission,
    )
    if given.released is None or known == (given.released,):
        return False
    connection.execute("INSERT INTO release_dates VALUES (?, ?, ?, ?)", [submission, given.released, now(), given.submitted_by])
    return True
