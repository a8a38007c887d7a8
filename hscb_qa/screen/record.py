"""The ledger's record of returns as it stands now: read once for all viewers, and again when the ledger has changed.

Turns it into the views of the Returns page. Refuses to keep the ledger open, and to fail while somebody writes it: the reading before is
then shown again, with its time.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import streamlit as st

from hscb_qa.definitions import Framework, load_framework
from hscb_qa.errors import StoreFault
from hscb_qa.ledger import is_illustrative, ledger_path, observations_in_force, open_queries, returns_received
from hscb_qa.periods import Period
from hscb_qa.views import NextReturn, ReturnsHistory, ReturnsRecord, ReturnsView, next_return, returns_history, returns_view

_KEPT = 40
_QUARTERS = 12
_Stamp = tuple[tuple[int, int], ...]


@dataclass(frozen=True, eq=False)
class Reading:
    """The record, and the moment up to which it is known to be so. `illustrative` is None while the ledger is empty.

    `is_stale` where the ledger has changed since and could not be read. `stamp` is what the caches of views know it by.
    """

    stamp: _Stamp
    as_of: datetime
    record: ReturnsRecord
    illustrative: bool | None
    is_stale: bool = False


@dataclass
class _Latest:
    reading: Reading | None = field(default=None)


def latest_reading(store: Path) -> Reading:
    """The record as it is, or as it was where the ledger is being written. Raises StoreFault where it was never read and cannot be."""
    latest, stamp = _latest(store), _stamp(store)
    if latest.reading is None or latest.reading.stamp != stamp:
        try:
            latest.reading = _read(store, stamp)
        except StoreFault:
            if latest.reading is None:
                raise
            return replace(latest.reading, is_stale=True)
    return replace(latest.reading, as_of=datetime.now())


@st.cache_resource(ttl=60, show_spinner=False)
def framework() -> Framework:
    """The configuration as it is now: what agencies owe and are checked against. A change is seen within a minute."""
    return load_framework()


def quarter_view(reading: Reading, quarter: Period, today: date) -> ReturnsView:
    """One quarter, with its missing items and open queries by name."""
    return _quarter_view(reading, quarter, today, framework())


def history(reading: Reading, today: date) -> ReturnsHistory:
    """The last quarters, agency by agency."""
    return _history(reading, today, framework())


def coming(reading: Reading, today: date, agency_id: str = "") -> NextReturn | None:
    """The return that comes next: an agency's, or that of any; None where none is owed."""
    return _coming(reading, today, agency_id, framework())


def _stamp_of(reading: Reading) -> _Stamp:
    return reading.stamp


_HASHES: dict[str | type[Any], Callable[[Any], Any]] = {Reading: _stamp_of, Framework: id}


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs=_HASHES)
def _quarter_view(reading: Reading, quarter: Period, today: date, board: Framework) -> ReturnsView:
    record = reading.record
    return returns_view(board, record.received, quarter, today, record.observations, record.queries)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs=_HASHES)
def _history(reading: Reading, today: date, board: Framework) -> ReturnsHistory:
    return returns_history(board, reading.record.received, today, _QUARTERS)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs=_HASHES)
def _coming(reading: Reading, today: date, agency_id: str, board: Framework) -> NextReturn | None:
    return next_return(board, reading.record.received, today, agency_id)


@st.cache_resource(show_spinner=False)
def _latest(store: Path) -> _Latest:
    del store  # the key of the cache: each store has its own latest reading
    return _Latest()


def _read(store: Path, stamp: _Stamp) -> Reading:
    record = ReturnsRecord(returns_received(store), observations_in_force(store), open_queries(store))
    return Reading(stamp, datetime.now(), record, is_illustrative(store))


def _stamp(store: Path) -> _Stamp:
    """What changes whenever the ledger does: time and size of its file and of its log."""
    path = ledger_path(store)
    files = [file.stat() for file in (path, path.with_name(f"{path.name}.wal")) if file.exists()]
    return tuple((file.st_mtime_ns, file.st_size) for file in files)
