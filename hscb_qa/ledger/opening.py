"""A store's folder to an open ledger: for one reading, or for one transaction.

DuckDB lets one writing process in and then shuts out everyone else, readers too, so whoever finds the door shut waits, in turn. Refuses to
wait for ever, and never leaves a half-made ledger under the ledger's name: a new one is made aside and then given its name.
"""

import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import Any

import duckdb
from filelock import FileLock, Timeout

from hscb_qa.errors import StoreFault
from hscb_qa.ledger.tables import LAST_MADE, TABLES

PATIENCE = {"write": 60.0, "read": 30.0}
"""Seconds that one who finds the ledger shut goes on trying."""

_SHUT = ("Could not set lock", "different configuration", "file handle conflict", "used by another process")
_SHORTEST_WAIT, _LONGEST_WAIT = 0.005, 0.2


def store_folder() -> Path:
    """Where ledger and editions are: `HSCB_QA_STORE`, else `data/store` beside the package."""
    return Path(os.environ.get("HSCB_QA_STORE") or Path(__file__).resolve().parents[2] / "data" / "store")


def ledger_path(store: Path) -> Path:
    """The ledger's file in a store."""
    return store / "ledger.duckdb"


@contextmanager
def reading(store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The ledger, for reading; an empty one where none was ever written. Raises StoreFault where it stays shut or is no ledger."""
    connection = _open_to_read(store) if ledger_path(store).exists() else _empty()
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def writing(store: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The ledger in one transaction, kept on disk when the block ends, or not at all where it fails.

    Raises StoreFault where another process keeps the ledger to itself, or where it is no ledger.
    """
    with _plainly(store):
        store.mkdir(parents=True, exist_ok=True)
        with _turn(store, "write"):
            _ensure_ledger(store)
            connection = _connect(store, "write")
            try:
                _bring_up_to_date(connection)
                with _transaction(connection):
                    yield connection
            finally:
                connection.close()


@contextmanager
def attached_ledger(connection: duckdb.DuckDBPyConnection, store: Path) -> Iterator[None]:
    """The ledger beside another database, as `ledger`, for reading only. Raises StoreFault where it stays shut."""
    with reading(store):
        pass  # an older ledger is brought up to date by opening it
    path = str(ledger_path(store)).replace("'", "''")
    with _turn(store, "read"):
        _patiently(store, "read", lambda: connection.execute(f"ATTACH '{path}' AS ledger (READ_ONLY)"))
    yield
    connection.execute("DETACH ledger")


def first_row(connection: duckdb.DuckDBPyConnection, sql: str, *parameters: object) -> tuple[Any, ...] | None:
    """The first row a query gives; None where it gives none. All rows are fetched, so that the connection is free for the next."""
    return next(iter(connection.execute(sql, list(parameters)).fetchall()), None)


def _open_to_read(store: Path) -> duckdb.DuckDBPyConnection:
    connection = _enter(store)
    if _is_up_to_date(connection):
        return connection
    connection.close()
    with writing(store):
        pass  # made by an earlier version: writing brings it up to date
    return _enter(store)


def _enter(store: Path) -> duckdb.DuckDBPyConnection:
    with _turn(store, "read"):
        return _connect(store, "read")


def _empty() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(TABLES)
    return connection


@contextmanager
def _turn(store: Path, purpose: str) -> Iterator[None]:
    """A turn at the door: a writer's lasts until it has ended, a reader's until it is in, so that readers never keep a writer out."""
    turn = FileLock(store / "ledger.lock", timeout=PATIENCE[purpose], poll_interval=_SHORTEST_WAIT, fallback_to_soft=False)
    try:
        turn.acquire()
    except Timeout as fault:
        raise _shut(store, purpose, str(fault)) from fault
    except OSError:
        if purpose == "write":
            raise
        # a reader who may not write in the folder goes in without
    try:
        yield
    finally:
        turn.release()


def _connect(store: Path, purpose: str) -> duckdb.DuckDBPyConnection:
    path = str(ledger_path(store))
    return _patiently(store, purpose, lambda: duckdb.connect(path, read_only=purpose == "read"))


def _patiently(store: Path, purpose: str, attempt: Callable[[], duckdb.DuckDBPyConnection]) -> duckdb.DuckDBPyConnection:
    """What the attempt gives, tried again at random, lengthening times while the ledger is shut."""
    until, wait = time.monotonic() + PATIENCE[purpose], _SHORTEST_WAIT
    while True:
        try:
            return attempt()
        except duckdb.Error as fault:
            if not any(words in str(fault) for words in _SHUT):
                raise StoreFault(f"The ledger {ledger_path(store)} cannot be opened: {fault}") from fault
            if time.monotonic() > until:
                raise _shut(store, purpose, str(fault)) from fault
        time.sleep(wait * random.uniform(0.5, 1.5))
        wait = min(wait * 1.5, _LONGEST_WAIT)


def _shut(store: Path, purpose: str, fault: str) -> StoreFault:
    return StoreFault(
        f"The ledger {ledger_path(store)} cannot be opened: another command has kept it to itself for {PATIENCE[purpose]:.0f} seconds. "
        f"Nothing was changed; try again once that has ended. ({fault})"
    )


@contextmanager
def _plainly(store: Path) -> Iterator[None]:
    """Tell a full disk, a folder that may not be written and the like in words."""
    try:
        yield
    except (OSError, duckdb.IOException, duckdb.TransactionException, duckdb.OutOfMemoryException) as fault:
        raise StoreFault(f"The ledger {ledger_path(store)} cannot be written, so nothing was recorded: {fault}") from fault


def _ensure_ledger(store: Path) -> None:
    """Have a ledger where there is none: made whole in a folder aside, then given its name. What a killed maker left is cleared away."""
    if ledger_path(store).exists():
        return
    aside = store / ".new-ledger"
    rmtree(aside, ignore_errors=True)
    aside.mkdir()
    with duckdb.connect(str(ledger_path(aside))) as connection:
        _bring_up_to_date(connection)
    ledger_path(aside).rename(ledger_path(store))
    aside.rmdir()
    _flush_names(store)


def _flush_names(folder: Path) -> None:
    """Have the disk keep a folder's names, so that a power cut cannot take a new one back."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _is_up_to_date(connection: duckdb.DuckDBPyConnection) -> bool:
    return first_row(connection, "SELECT 1 FROM duckdb_views() WHERE view_name = ?", LAST_MADE) is not None


def _bring_up_to_date(connection: duckdb.DuckDBPyConnection) -> None:
    if not _is_up_to_date(connection):
        with _transaction(connection):
            connection.execute(TABLES)


@contextmanager
def _transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
