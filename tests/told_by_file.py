"""The shareable file itself, table by table and column by column, to all it tells of each hidden figure.

A row about a hidden figure may say that it is hidden, and what other places show beside it: whatever else stands there is told. A column
that nobody has thought of is told too, and so is a decimal number in a table that does not say which figure it is of.
"""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from leaks import SOMETHING, Cell, Secrets, Told, told_in_words

from hscb_qa.views import OpenEdition

_KEY = ("indicator", "geography", "agency", "breakdown", "basis", "starts", "ends")
_PERIODS = ("period", "own_period", "previous_period", "first_period", "last_period", "since")
_INNOCENT = {
    "points": {
        "status",
        "correction",
        "provisional",
        "without",
        "population_year",
        "submission",
        "revised",
    },  # that it is hidden; who gave it
    "comparators": {
        "comparator",
        "in_force_from",
        "value",
        "status",
        "correction",
        "contributors",
        "members",
        "period_basis",
        "polarity",
    },
    "changes": {"previous_status", "test"},  # of the next figure: there is nothing to compare it with
    "owed": {"period_type"},
    "counted": {"entry", "counted_on"},  # in which evidence a hidden figure was counted, and when
    "texts": {"submission", "return_period", "sheet", "line", "field", "area", "question", "wording", "approved_by", "role", "approved_on"},
}
"""What a row about a hidden figure may hold besides its key; words are read for numbers all the same."""
_OF_OTHER_PLACES = {("comparators", "period")}
_DECIMALS_OF_NO_FIGURE = {("returned_kinds", "factor"): "10,000 of a rate", ("targets", "value"): "what the Board agreed to reach"}


def told_by_file(path: Path, edition: OpenEdition, secrets: Secrets) -> Iterator[Told]:
    """What the file tells of each figure; what it should not hold at all is told of every hidden one."""
    with duckdb.connect(str(path), read_only=True) as connection:
        for (table,) in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall():
            yield from _told_by_table(table, connection, edition, secrets)
            if table == "entries":
                yield from _told_by_entries(connection, secrets)
        for words in _described(connection):
            yield from _told_by_words("description", words, edition, secrets)


def _told_by_table(table: str, connection: duckdb.DuckDBPyConnection, edition: OpenEdition, secrets: Secrets) -> Iterator[Told]:
    place = f"file {table}"
    types = {name: kind for name, kind, *_ in connection.execute(f'DESCRIBE "{table}"').fetchall()}
    periods = [name for name in _PERIODS if name in types and (table, name) not in _OF_OTHER_PLACES]
    if "indicator" in types and periods:
        here = f" AND geography = '{edition.framework.board.geography}'" if "geography" in types else ""
        sql = f'SELECT * FROM "{table}" WHERE indicator IN (SELECT UNNEST(?)){here}'
        frame = _with_whole_key(connection.execute(sql, [[*secrets.by_indicator]]).df())
        for period in periods:
            yield from _told_by_rows(table, frame, period, secrets)
        return
    for name, kind in types.items():
        if kind in ("DOUBLE", "FLOAT") or kind.startswith("DECIMAL"):
            yield from (Told(place, cell, SOMETHING) for cell in secrets.hidden if (table, name) not in _DECIMALS_OF_NO_FIGURE)
        if kind == "VARCHAR":
            for (words,) in connection.execute(
                f'SELECT DISTINCT "{name}" FROM "{table}" WHERE "{name}" SIMILAR TO \'.*[0-9].*\''
            ).fetchall():
                yield from _told_by_words(place, words, edition, secrets)


_LASTING = re.compile(r"\b\d+(?: (?:to|or|and) \d+)? (?:working |school |calendar )?(?:days?|weeks?|months?|hours?)\b")


def _told_by_entries(connection: duckdb.DuckDBPyConnection, secrets: Secrets) -> Iterator[Told]:
    """What the Board's own entries say of the figures they bear on: by indicator, by agency or together, and by a year around their day."""
    held = {(kind, one): json.loads(text) for kind, one, text in connection.execute("SELECT kind, id, content FROM entries").fetchall()}
    for one in held.values():
        above = held.get(("evidence", str(one.get("evidence")))) or held.get(("recommendation", str(one.get("recommendation")))) or {}
        people = [
            f"{one[name]}.00" for name in ("asked", "answered") if name in one
        ]  # a count is exact, and is not rounded to meet another
        words = " | ".join(
            [_LASTING.sub("", text) for text in _leaves(one) if not re.fullmatch(r"\d+|[a-z]+(?:_[a-z0-9]+)*", text)] + people
        )
        for cell in _borne_on({**above, **one}, secrets):
            yield Told("file entries", cell, words)


def _borne_on(one: dict[str, Any], secrets: Secrets) -> Iterator[Cell]:
    day = one.get("on") or one.get("made_on")
    named = {
        *one.get("indicators", ()),
        one.get("indicator"),
        (one.get("expects") or {}).get("indicator"),
        (one.get("counts") or {}).get("indicator"),
    }
    agencies = {"", one.get("agency"), *one.get("agencies", ())}
    for cell in secrets.hidden if day else ():
        if cell.indicator in named and cell.agency in agencies:
            yield from (cell for _ in range(abs(date.fromisoformat(day) - date.fromisoformat(secrets.ends[cell])) < timedelta(days=360)))


def _with_whole_key(frame: pd.DataFrame) -> pd.DataFrame:
    """What has no agency is of all, what has no part of all children, what has no basis of a period as it is published."""
    frame = frame.assign(**{name: "" for name in ("agency", "breakdown") if name not in frame})
    return frame if "basis" in frame else pd.concat([frame.assign(basis=basis) for basis in ("quarter", "half_year", "year")])


def _told_by_rows(table: str, frame: pd.DataFrame, period: str, secrets: Secrets) -> Iterator[Told]:
    innocent = _INNOCENT.get(table, set())
    keys = zip(*(frame[name] for name in ("indicator", "agency", "breakdown", "basis", period)), strict=True)
    cells = {place: cell for place, key in enumerate(keys) if (cell := Cell(*key)) in secrets.hidden}
    for row, cell in zip(frame.iloc[[*cells]].to_dict("records"), cells.values(), strict=True):
        held = {name: value for name, value in row.items() if name not in (*_KEY, *_PERIODS) and _says(value)}
        words = [str(value) for name, value in held.items() if name not in innocent or isinstance(value, str)]
        yield Told(f"file {table}", cell, " | ".join(words))
        yield from (Told(f"file {table}", cell, SOMETHING) for name in held if name not in innocent)


def _says(value: Any) -> bool:
    return not (value is None or value is False or value == "" or (not isinstance(value, str) and pd.isna(value)))


def _described(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """What the file says of itself beside its rows: comments, defaults, and the text of views and macros."""
    for sql in (
        "SELECT comment FROM duckdb_tables()",
        "SELECT comment FROM duckdb_columns() WHERE NOT internal",
        "SELECT column_default FROM duckdb_columns() WHERE NOT internal",
        "SELECT sql FROM duckdb_views() WHERE NOT internal",
        "SELECT macro_definition FROM duckdb_functions() WHERE NOT internal",
    ):
        yield from (words for (words,) in connection.execute(sql).fetchall() if words)


def _told_by_words(place: str, words: str, edition: OpenEdition, secrets: Secrets) -> Iterator[Told]:
    """What words, or each text in JSON, say of the indicators they name, by name or id."""
    for text in _leaves(json.loads(words)) if words[:1] in "{[" else [words]:
        for indicator, series in secrets.by_indicator.items():
            one = edition.framework.indicator(indicator)
            if any(name in text for name in (one.id, one.name, one.short_name)):
                yield from told_in_words(place, text, series, None, secrets)


def _leaves(document: Any) -> Iterator[str]:
    if isinstance(document, dict | list):
        for one in document.values() if isinstance(document, dict) else document:
            yield from _leaves(one)
    elif document is not None:
        yield str(document)
