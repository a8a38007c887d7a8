"""Rows of indicators kept as they were read, so that pages ask the edition's file few questions.

Bounded by rows, whatever the ledger's size: what was put there first goes first. Refuses nothing: who finds nothing reads it.
"""

from collections import OrderedDict
from collections.abc import Mapping
from threading import Lock
from typing import Any

Row = dict[str, Any]
BySeries = dict[tuple[str, ...], list[Row]]
"""Rows in the order of time by what tells series apart, as agency, breakdown and basis."""

_MOST_ROWS = 150_000  # a kilobyte each, or a little more


class Shelf:
    """What is kept of one edition, by table and indicator; viewers share it, and each may put something there."""

    def __init__(self, most_rows: int = _MOST_ROWS) -> None:
        self._most_rows = most_rows
        self._held: OrderedDict[tuple[str, str], tuple[BySeries, int]] = OrderedDict()
        self._rows = 0
        self._turn = Lock()

    def get(self, table: str, indicator: str) -> BySeries | None:
        """What is kept of an indicator; None where nothing is."""
        found = self._held.get((table, indicator))
        return found[0] if found else None

    def put(self, table: str, rows: Mapping[str, BySeries]) -> None:
        """Keep what was read of some indicators, and let go of the oldest where it grows too much."""
        with self._turn:
            for indicator, series in rows.items():
                self._rows -= self._held.pop((table, indicator), ({}, 0))[1]
                number = sum(map(len, series.values()))
                self._held[table, indicator] = (series, number)
                self._rows += number
            while self._rows > self._most_rows:
                self._rows -= self._held.popitem(last=False)[1][1]
