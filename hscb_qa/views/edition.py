"""One edition, opened for reading, and what a viewer has chosen to see of it.

Turns an `Edition` into answers to SQL. Refuses to write, and gives every query a cursor of its own, because DuckDB's connections may not be
shared by threads.
"""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import duckdb

from hscb_qa.definitions import Basis, Framework
from hscb_qa.errors import StoreFault
from hscb_qa.publish import Edition

NeighbourStatistic = Literal["mean", "median"]
NEIGHBOUR_STATISTICS: tuple[NeighbourStatistic, ...] = ("mean", "median")
BASES: tuple[Basis, ...] = ("month", "quarter", "half_year", "ytd", "rolling12", "year")


@dataclass(frozen=True)
class Selection:
    """What a viewer chose: comparators by id, how neighbours are summed up, and which set of them (None: the newest).

    `agency` None is the board as a whole, `breakdown` None all children; else an agency's id, and a part's text as `age_band=1_to_4`.
    """

    comparators: tuple[str, ...] = ("neighbours", "london", "england")
    neighbour_statistic: NeighbourStatistic = "mean"
    neighbours_from: date | None = None
    basis: Basis | None = None
    agency: str | None = None
    breakdown: str | None = None


@dataclass(frozen=True)
class OpenEdition:
    """An edition's file, open for reading; `holds` says in words which it is. Raises StoreFault where the file cannot be opened."""

    edition: Edition
    path: Path
    holds: str
    _connection: duckdb.DuckDBPyConnection = field(repr=False, compare=False)
    _own_rows: dict[str, dict[tuple[str, ...], list[dict[str, Any]]]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def shareable(cls, edition: Edition) -> "OpenEdition":
        """Open what disclosure control lets through."""
        return cls._open(edition, edition.shareable, "Shareable: small numbers hidden")

    @classmethod
    def restricted(cls, edition: Edition) -> "OpenEdition":
        """Open the true counts, for named users."""
        return cls._open(edition, edition.restricted, "Restricted: true counts")

    @classmethod
    def _open(cls, edition: Edition, path: Path, holds: str) -> "OpenEdition":
        try:
            return cls(edition, path, holds, duckdb.connect(str(path), read_only=True))
        except duckdb.Error as fault:
            raise StoreFault(f"Edition {edition.id} cannot be opened: {fault}. Publish again, or use another edition.") from fault

    def rows(self, sql: str, parameters: list[Any] | None = None) -> list[dict[str, Any]]:
        """The rows that answer a query, each as a dictionary by column name."""
        with self._connection.cursor() as cursor:
            result = cursor.execute(sql, parameters or [])
            names = [column[0] for column in result.description or []]
            return [dict(zip(names, row, strict=True)) for row in result.fetchall()]

    @cached_property
    def framework(self) -> Framework:
        """The definitions this edition was made with."""
        return Framework.model_validate_json(self.rows("SELECT document FROM framework")[0]["document"])

    @cached_property
    def neighbour_sets(self) -> list[date]:
        """The days from which each set of statistical neighbours counts, newest first."""
        rows = self.rows("SELECT DISTINCT in_force_from FROM neighbour_sets ORDER BY in_force_from DESC")
        return [row["in_force_from"] for row in rows]

    @cached_property
    def bases(self) -> dict[tuple[str, ...], frozenset[Basis]]:
        """The bases on which there are figures, by indicator, geography, agency and breakdown; one that is hidden whole only alone."""
        key = "indicator, geography, agency, breakdown"
        rows = self.rows(
            f"SELECT {key}, LIST(basis) AS bases, LIST(basis) FILTER (WHERE NOT hidden) AS shown "
            f"FROM (SELECT {key}, basis, BOOL_AND(status = 'c') AS hidden FROM points GROUP BY {key}, basis) GROUP BY {key}"
        )
        return {tuple(row[name] for name in key.split(", ")): frozenset(row["shown"] or row["bases"]) for row in rows}

    def own_rows(self, table: str) -> dict[tuple[str, ...], list[dict[str, Any]]]:
        """The rows of a table that are of the board's own place, by indicator, geography, agency and breakdown, oldest first; read once."""
        if table not in self._own_rows:
            rows = self.rows(f"SELECT t.* FROM {table} AS t JOIN board USING (geography) ORDER BY t.ends")
            self._own_rows[table] = _grouped(rows, "indicator", "geography", "agency", "breakdown")
        return self._own_rows[table]

    @cached_property
    def funnels(self) -> dict[str, list[dict[str, Any]]]:
        """Where each agency lies among those that return the same, by indicator, oldest first."""
        return {key[0]: rows for key, rows in _grouped(self.rows("SELECT * FROM funnels ORDER BY ends"), "indicator").items()}

    @cached_property
    def narratives(self) -> dict[str, dict[str, date]]:
        """By indicator and agency the last day of the latest period beside whose figure the agency wrote a note."""
        found: dict[str, dict[str, date]] = {}
        for row in self.rows("SELECT * FROM narratives"):
            found.setdefault(row["indicator"], {})[row["agency"]] = row["ends"]
        return found

    @cached_property
    def places(self) -> dict[str, str]:
        """Names of geographies by code."""
        return {row["code"]: row["name"] for row in self.rows("SELECT code, name FROM places")}

    def neighbour_set(self, asked: date | None) -> date | None:
        """The set asked for, else the newest; None where no set is loaded."""
        return asked if asked in self.neighbour_sets else next(iter(self.neighbour_sets), None)

    def neighbours_of(self, in_force_from: date) -> list[str]:
        """Names of the board's statistical neighbours in one set, nearest first."""
        rows = self.rows("SELECT neighbour FROM neighbour_sets WHERE in_force_from = ? ORDER BY rank", [in_force_from])
        return [self.places[row["neighbour"]] for row in rows]


def _grouped(rows: list[dict[str, Any]], *names: str) -> dict[tuple[str, ...], list[dict[str, Any]]]:
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in names), []).append(row)
    return groups
