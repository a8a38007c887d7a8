"""Accepted rows to an append-only record: the board's system of record.

Every submission stays, with its file's hash, who gave it and when; a later one for the same figures supersedes an earlier one, which is
kept. Refuses to change or delete anything, and holds the database open only for one transaction, because DuckDB lets one writing
process shut all others out.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pandas as pd

from hscb_qa.errors import StoreFault

_TABLES = """
CREATE SEQUENCE IF NOT EXISTS submission_ids;
CREATE TABLE IF NOT EXISTS submissions (
    id BIGINT PRIMARY KEY, source VARCHAR NOT NULL, file VARCHAR NOT NULL, sha256 VARCHAR NOT NULL,
    submitted_at TIMESTAMP NOT NULL, submitted_by VARCHAR NOT NULL, released DATE, in_force_from DATE,
    illustrative BOOLEAN NOT NULL, figures BIGINT NOT NULL
);
CREATE TABLE IF NOT EXISTS release_dates (
    submission BIGINT NOT NULL, released DATE NOT NULL, told_at TIMESTAMP NOT NULL, told_by VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS published (
    submission BIGINT NOT NULL, line BIGINT NOT NULL, measure VARCHAR NOT NULL, breakdown VARCHAR NOT NULL,
    geography_level VARCHAR NOT NULL, geography VARCHAR NOT NULL, geography_name VARCHAR NOT NULL,
    time_identifier VARCHAR NOT NULL, period VARCHAR NOT NULL, value DOUBLE, status VARCHAR NOT NULL, text VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS neighbours (
    submission BIGINT NOT NULL, line BIGINT NOT NULL, geography VARCHAR NOT NULL, rank INTEGER NOT NULL,
    neighbour VARCHAR NOT NULL, closeness VARCHAR NOT NULL
);
CREATE TABLE IF NOT EXISTS releases (
    submission BIGINT NOT NULL, measure VARCHAR NOT NULL, title VARCHAR NOT NULL, last_update VARCHAR NOT NULL,
    next_update VARCHAR NOT NULL
);
"""


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


def store_folder() -> Path:
    """Where ledger and editions are: `HSCB_QA_STORE`, else `data/store` beside the package."""
    return Path(os.environ.get("HSCB_QA_STORE") or Path(__file__).resolve().parents[1] / "data" / "store")


def ledger_path(store: Path) -> Path:
    """The ledger's file in a store."""
    return store / "ledger.duckdb"


def record(store: Path, submissions: Sequence[Submission]) -> list[Receipt]:
    """Append submissions in one transaction: all of them, or none.

    A file whose hash the ledger holds for the same source changes nothing. Raises StoreFault where invented and real figures would
    mix, or where another process is writing.
    """
    with _writing(store) as connection:
        _refuse_mixture(connection, store, submissions)
        return [_append(connection, submission) for submission in submissions]


def submissions(store: Path) -> pd.DataFrame:
    """Every submission, oldest first, with the columns of the table of that name; empty where nothing was ever submitted."""
    if not ledger_path(store).exists():
        return pd.DataFrame(columns=["id", "source", "file"])
    with _open(store) as connection:
        held: pd.DataFrame = connection.sql("SELECT * FROM submissions ORDER BY id").df()
        return held


@contextmanager
def _writing(store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    store.mkdir(parents=True, exist_ok=True)
    with _open(store, read_only=False) as connection:
        connection.execute(_TABLES)
        connection.execute("BEGIN")
        try:
            yield connection
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


@contextmanager
def _open(store: Path, *, read_only: bool = True) -> Iterator[duckdb.DuckDBPyConnection]:
    """The ledger's database, closed again when the block ends. Raises StoreFault where another process writes it."""
    try:
        connection = duckdb.connect(str(ledger_path(store)), read_only=read_only)
    except duckdb.Error as fault:
        raise _locked(store, fault) from fault
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def attached_ledger(connection: duckdb.DuckDBPyConnection, store: Path) -> Iterator[None]:
    """The ledger beside another database, as `ledger`, for reading only. Raises StoreFault where another process writes it."""
    path = str(ledger_path(store)).replace("'", "''")
    try:
        connection.execute(f"ATTACH '{path}' AS ledger (READ_ONLY)")
    except duckdb.Error as fault:
        raise _locked(store, fault) from fault
    yield
    connection.execute("DETACH ledger")


def _locked(store: Path, fault: duckdb.Error) -> StoreFault:
    advice = "If another command is writing it, try again once that has ended."
    return StoreFault(f"The ledger {ledger_path(store)} cannot be opened: {fault}. {advice}")


def _refuse_mixture(connection: duckdb.DuckDBPyConnection, store: Path, given: Sequence[Submission]) -> None:
    held = {row[0] for row in connection.execute("SELECT DISTINCT illustrative FROM submissions").fetchall()}
    kinds = held | {submission.illustrative for submission in given}
    if len(kinds) > 1:
        raise StoreFault(
            f"Real and illustrative figures may not share a store, since nobody could tell them apart, and {store} holds the other kind. "
            "Name another folder in HSCB_QA_STORE, or delete that one."
        )


def _append(connection: duckdb.DuckDBPyConnection, given: Submission) -> Receipt:
    held = connection.execute(
        "SELECT id FROM submissions WHERE source = ? AND sha256 = ? AND in_force_from IS NOT DISTINCT FROM ?",
        [given.source, given.sha256, given.in_force_from],
    ).fetchone()
    if held:
        return Receipt(held[0], given.file, already_held=True, dated=_tell_release_date(connection, held[0], given))
    row = connection.execute(
        "INSERT INTO submissions VALUES (nextval('submission_ids'), ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
        [
            given.source,
            given.file,
            given.sha256,
            _now(),
            given.submitted_by,
            given.released,
            given.in_force_from,
            given.illustrative,
            len(given.rows),
        ],
    ).fetchone()
    assert row is not None
    _insert(connection, given.table, row[0], given.rows)
    if given.releases is not None:
        _insert(connection, "releases", row[0], given.releases)
    return Receipt(row[0], given.file, already_held=False)


def _tell_release_date(connection: duckdb.DuckDBPyConnection, submission: int, given: Submission) -> bool:
    """Keep a release date that was not known when the file came, or was wrong; the record of before stays."""
    known = connection.execute(
        "SELECT COALESCE((SELECT released FROM release_dates WHERE submission = s.id ORDER BY told_at DESC LIMIT 1), s.released) "
        "FROM submissions AS s WHERE s.id = ?",
        [submission],
    ).fetchone()
    if given.released is None or known == (given.released,):
        return False
    connection.execute("INSERT INTO release_dates VALUES (?, ?, ?, ?)", [submission, given.released, _now(), given.submitted_by])
    return True


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, submission: int, rows: pd.DataFrame) -> None:
    connection.register("given_rows", rows)
    columns = [row[0] for row in connection.execute(f"DESCRIBE {table}").fetchall()]
    wanted = ", ".join(column for column in columns if column != "submission")
    connection.execute(f"INSERT INTO {table} SELECT CAST(? AS BIGINT), {wanted} FROM given_rows", [submission])
    connection.unregister("given_rows")
