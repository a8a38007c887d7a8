"""One edition, opened for reading, and what a viewer has chosen to see of it.

Turns an `Edition` into answers to SQL. Refuses to write, and gives every query a cursor of its own, because DuckDB's connections may not be
shared by threads.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import duckdb

from hscb_qa.definitions import Basis, Framework
from hscb_qa.errors import StoreFault
from hscb_qa.publish import Edition
from hscb_qa.views.shelf import BySeries, Shelf

NeighbourStatistic = Literal["mean", "median"]
NEIGHBOUR_STATISTICS: tuple[NeighbourStatistic, ...] = ("mean", "median")
BASES: tuple[Basis, ...] = ("month", "quarter", "half_year", "ytd", "rolling12", "year")


@dataclass(frozen=True)
class Selection:
    """What a viewer chose: comparators by id, how neighbours are summed up, and which set of them (None: the newest).

    `agency` None is the board as a whole, `breakdown` None all children; else an agency's id, and a part's text as `age_band=1_to_4`.
    Periods that end before `since` or after `until` are left out, and so is all that later ones tell.
    """

    comparators: tuple[str, ...] = ("neighbours", "london", "england")
    neighbour_statistic: NeighbourStatistic = "mean"
    neighbours_from: date | None = None
    basis: Basis | None = None
    agency: str | None = None
    breakdown: str | None = None
    since: date | None = None
    until: date | None = None

    @property
    def is_open(self) -> bool:
        """Whether nothing was chosen that changes the board's own figures: no agency, part, basis or years."""
        return not (self.agency or self.breakdown or self.basis or self.since or self.until)

    def holds(self, day: date) -> bool:
        """Whether a period that ends on a day is one of those chosen."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


_SERIES = ("agency", "breakdown", "basis")
_SHELVED = {
    "points": (
        "SELECT p.* FROM points AS p JOIN board USING (geography) "
        "WHERE p.indicator IN (SELECT UNNEST(CAST(? AS VARCHAR[]))) ORDER BY p.ends",
        _SERIES,
    ),
    "changes": ("SELECT * FROM changes WHERE indicator IN (SELECT UNNEST(CAST(? AS VARCHAR[])))", _SERIES),
    "comparators": ("SELECT * FROM comparators WHERE indicator IN (SELECT UNNEST(CAST(? AS VARCHAR[]))) ORDER BY ends", ("basis",)),
}
"""The tables of which pages ask by indicator: how they are read for several, and what tells their series apart."""


@dataclass(frozen=True)
class OpenEdition:
    """An edition's file, open for reading; `holds` says in words which it is. Raises StoreFault where the file cannot be opened."""

    edition: Edition
    path: Path
    holds: str
    _connection: duckdb.DuckDBPyConnection = field(repr=False, compare=False)
    _own_rows: dict[str, dict[tuple[str, ...], list[dict[str, Any]]]] = field(default_factory=dict, repr=False, compare=False)
    _shelf: Shelf = field(default_factory=Shelf, repr=False, compare=False)

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

    @property
    def published_on(self) -> date:
        """The day on which this edition was published."""
        return date.fromisoformat(self.edition.published_at[:10])

    @cached_property
    def tables(self) -> frozenset[str]:
        """The tables it holds; one made by an earlier version lacks some."""
        return frozenset(row["table_name"] for row in self.rows("SELECT table_name FROM information_schema.tables"))

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

    def prepare(self, indicators: Iterable[str]) -> None:
        """Read all that pages ask of several indicators in one query a table, since each query has a price of its own."""
        for table in _SHELVED:
            if missing := [one for one in indicators if self._shelf.get(table, one) is None]:
                self._read(table, missing)

    def of_indicator(self, table: str, indicator: str) -> BySeries:
        """The rows of an indicator in `points` (the board's own place), `changes` or `comparators`, in the order of time, by their series.

        A series is an agency, a breakdown and a basis; of comparators the basis alone.
        """
        found = self._shelf.get(table, indicator)
        return self._read(table, [indicator])[indicator] if found is None else found

    def _read(self, table: str, indicators: list[str]) -> dict[str, BySeries]:
        sql, series = _SHELVED[table]
        rows = _grouped(self.rows(sql, [indicators]), "indicator")
        read = {one: _grouped(rows.get((one,), []), *series) for one in indicators}
        self._shelf.put(table, read)
        return read

    @cached_property
    def submissions(self) -> dict[int, dict[str, Any]]:
        """The files loaded, by their number."""
        return {row["id"]: row for row in self.rows("SELECT id, source, file, released, submitted_at FROM submissions")}

    @cached_property
    def releases(self) -> dict[tuple[int, str], dict[str, Any]]:
        """The last release a file tells of, by the file's number and the measure."""
        rows = self.rows("SELECT submission, measure, last_update, next_update FROM releases ORDER BY last_update")
        return {(row["submission"], row["measure"]): row for row in rows}

    @cached_property
    def returns(self) -> dict[int, dict[str, Any]]:
        """The returns received, by their number; none in an edition made before agencies returned anything."""
        if "returns" not in self.tables:
            return {}
        return {row["submission"]: row for row in self.rows("SELECT submission, agency, file, received_on FROM returns")}

    @cached_property
    def counted(self) -> dict[str, list[dict[str, Any]]]:
        """The figures counted in evidence, by indicator; none in an edition made before they were kept."""
        rows = self.rows("SELECT indicator, agency, period, counted_on FROM counted") if "counted" in self.tables else []
        return {key[0]: found for key, found in _grouped(rows, "indicator").items()}

    @cached_property
    def owed(self) -> dict[tuple[str, ...], list[dict[str, Any]]]:
        """The agencies that owe a figure, by indicator and period."""
        return _grouped(self.rows("SELECT indicator, period, agency FROM owed"), "indicator", "period")

    @cached_property
    def queries(self) -> dict[tuple[str, ...], list[dict[str, Any]]]:
        """Where two files disagree, by indicator and geography, oldest first."""
        return _grouped(self.rows("SELECT * FROM queries ORDER BY period"), "indicator", "geography")

    @cached_property
    def funnels(self) -> dict[str, list[dict[str, Any]]]:
        """Where each agency lies among those that return the same, with its denominator, by indicator, oldest first."""
        rows = self.rows(
            "SELECT f.*, p.denominator AS base FROM funnels AS f JOIN points AS p USING (indicator, agency, basis, period) "
            "JOIN board USING (geography) WHERE p.breakdown = '' ORDER BY f.ends"
        )
        return {key[0]: rows for key, rows in _grouped(rows, "indicator").items()}

    @cached_property
    def narratives(self) -> dict[str, dict[str, date]]:
        """By indicator and agency the last day for which the agency wrote: of a period with a note, or the day of its analysis.

        What was written without an agency, as by the lead of an area, stands under an empty one.
        """
        found: dict[str, dict[str, date]] = {}
        for row in [*self.rows("SELECT * FROM narratives"), *self._analyses()]:
            of_one = found.setdefault(row["indicator"], {})
            of_one[row["agency"]] = max(row["ends"], of_one.get(row["agency"], row["ends"]))
        return found

    def _analyses(self) -> list[dict[str, Any]]:
        """The analyses and answers that were entered about an indicator, with the day of each; none in an edition made before."""
        if "entries" not in self.tables:
            return []
        return self.rows(
            "SELECT content->>'$.indicator' AS indicator, COALESCE(content->>'$.agency', '') AS agency, "
            "CAST(content->>'$.on' AS DATE) AS ends "
            "FROM entries WHERE kind = 'analysis' AND content->>'$.kind' IN ('analysis', 'answer') "
            "AND content->>'$.indicator' IS NOT NULL"
        )

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
