"""The Board's entries to the entries of an edition: the latest of each for named users, and for everybody what was approved.

What the entries answer to the framework's key questions is counted here too, from the very entries of the file, so that it can be followed
over editions. Refuses to let an unapproved entry into the shareable file, nor one whose texts may not be shown by the disclosure rule of
this day or name a hidden number of an indicator they bear on, nor a number of people that the rule hides.
"""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import duckdb
import pandas as pd

from hscb_qa.checks.sharing import obstacles
from hscb_qa.definitions import Framework
from hscb_qa.learning import Known, Learning, entry_of, facts, texts_of
from hscb_qa.publish.named import hidden_numbers, names, without_times

_COLUMNS = ("kind", "id", "revision", "content", "made_on", "role", "approved_on", "approved_role")
_DATES = "* REPLACE (CAST(made_on AS DATE) AS made_on, CAST(approved_on AS DATE) AS approved_on)"
_LOOKED_BACK = timedelta(days=366)
_ABOVE = {
    "finding": ("evidence", "evidence"),
    "recommendation": ("finding", "finding"),
    "step": ("recommendation", "recommendation"),
    "analysis": ("answers", "analysis"),
}
"""What an entry of a kind arose from: the field that names it, and its kind."""
"""An entry speaks of what ended within this time before its day, or had begun by then."""

Fields = dict[str, Any]
Key = tuple[str, str]


def write_entries(connection: duckdb.DuckDBPyConnection, framework: Framework) -> None:
    """Write the tables `entries`, a row an entry, and `entries_waiting`, how many of each kind there are that are not in it."""
    written = connection.sql("SELECT * FROM entries_written ORDER BY first_event").df()
    [(shareable,)] = connection.execute("SELECT shareable FROM edition_of").fetchall()
    rows = _shareable(connection, written, framework.disclosure.threshold) if shareable else written[written["is_latest"]]
    kept = rows[list(_COLUMNS)].astype(dict.fromkeys(("kind", "id", "content", "role", "approved_role"), "string"))
    left_out = written[written["is_latest"] & ~written["id"].add(written["kind"]).isin(rows["id"].add(rows["kind"]))]
    connection.register("entries_given", kept)
    connection.execute(f"CREATE TABLE entries AS SELECT {_DATES} FROM entries_given")
    connection.unregister("entries_given")
    connection.register("waiting_given", left_out.groupby("kind").size().rename("entries").reset_index().astype({"kind": "string"}))
    connection.execute("CREATE TABLE entries_waiting AS SELECT kind, CAST(entries AS INTEGER) AS entries FROM waiting_given")
    connection.unregister("waiting_given")


def write_question_facts(connection: duckdb.DuckDBPyConnection, framework: Framework) -> None:
    """Write the table `question_facts` from the tables `entries` and `texts`: question, fact, number, of (or NULL) and what is missing."""
    connection.execute("CREATE TABLE question_facts (question VARCHAR, fact VARCHAR, number INTEGER, total INTEGER, missing VARCHAR[])")
    if framework.learning is None:
        return
    [(moment,)] = connection.execute("SELECT moment FROM edition_of").fetchall()
    entries = [entry_of(kind, json.loads(content)) for kind, content in connection.execute("SELECT kind, content FROM entries").fetchall()]
    learning = Learning(tuple(entries), framework.learning.recommendations.due_months)
    heard: dict[tuple[str, str], set[date]] = {}
    for area, who, day in connection.execute("SELECT area, who, spoken_on FROM texts WHERE sheet = 'Voices'").fetchall():
        heard.setdefault((area, who), set()).add(day)
    found = facts(Known(learning, framework, moment.date(), heard))
    rows = [(one.question, one.id, one.number, one.of, list(one.missing)) for one in found]
    connection.executemany("INSERT INTO question_facts VALUES (?, ?, ?, ?, ?)", rows)


def _shareable(connection: duckdb.DuckDBPyConnection, written: pd.DataFrame, threshold: int) -> pd.DataFrame:
    approved = written[written["is_approved"]]
    fields: list[Fields] = [json.loads(content) for content in approved["content"]]
    found = obstacles([text for one in fields for text in texts_of(one)], threshold)
    hidden = _hidden_beside(connection, approved, fields, _by_key(written))
    untold = [
        any(text in found for text in texts_of(one)) or names(without_times(texts_of(one)), numbers)
        for one, numbers in zip(fields, hidden, strict=True)
    ]
    contents = [json.dumps(_without_small_numbers(one, threshold, numbers)) for one, numbers in zip(fields, hidden, strict=True)]
    return approved.assign(content=pd.Series(contents, approved.index, "string"))[~pd.Series(untold, approved.index, "bool")]


def _by_key(written: pd.DataFrame) -> dict[Key, Fields]:
    """The fields of every entry by kind and id, of the approved revision where there are two."""
    rows = written.sort_values("is_approved", kind="stable")
    return {(kind, one): json.loads(content) for kind, one, content in zip(rows["kind"], rows["id"], rows["content"], strict=True)}


def _hidden_beside(
    connection: duckdb.DuckDBPyConnection, approved: pd.DataFrame, fields: list[Fields], entries: Mapping[Key, Fields]
) -> list[set[float]]:
    """The hidden numbers that each entry may tell of: of the indicators and agencies it bears on and the year before its day."""
    hidden = {str(one): rows for one, rows in hidden_numbers(connection).groupby("indicator")}
    return [_hidden_of(hidden, *_bears_on(kind, one, entries)) for kind, one in zip(approved["kind"], fields, strict=True)]


def _hidden_of(hidden: Mapping[str, pd.DataFrame], indicators: set[str], agencies: set[str], days: set[date]) -> set[float]:
    rows = [hidden[one] for one in sorted(indicators & hidden.keys())]
    found: set[float] = set()
    for day in days:
        first, last = pd.Timestamp(day - _LOOKED_BACK), pd.Timestamp(day)
        near = [one[one["agency"].isin(agencies | {""}) & (one["ends"] >= first) & (one["starts"] <= last)] for one in rows]
        found |= {number for one in near for numbers in one["numbers"] for number in numbers}
    return found


def _bears_on(kind: str, one: Fields, entries: Mapping[Key, Fields]) -> tuple[set[str], set[str], set[date]]:
    """The indicators, agencies and days an entry speaks of: its own, and those of everything it arose from."""
    line = _line(kind, one, entries)
    days = {date.fromisoformat(text) for each in line for name in ("on", "made_on") if (text := each.get(name))}
    indicators = {name for each in line for name in _indicators(each)}
    agencies = {name for each in line for name in (each.get("agency"), *each.get("agencies", ())) if name}
    return indicators, agencies, days


def _line(kind: str, one: Fields, entries: Mapping[Key, Fields]) -> list[Fields]:
    """An entry and what it arose from, one after another: a step's recommendation, its finding, its evidence; an answer's challenge."""
    above = _ABOVE.get(kind)
    named = one.get(above[0]) if above else None
    if above is None or named is None:
        return [one]
    parent = entries.get((above[1], str(named)))
    return [one, *(_line(above[1], parent, entries) if parent is not None and parent is not one else [])]


def _indicators(one: Fields) -> list[str]:
    parts = [one.get("counts") or {}, one.get("expects") or {}, one]
    return [*one.get("indicators", ()), *(name for part in parts if (name := part.get("indicator")))]


def _without_small_numbers(fields: Fields, threshold: int, hidden: set[float]) -> Fields:
    """The fields without counts of people so small that they are hidden, or that are hidden as an indicator's numbers.

    The counts of an indicator stand in its own figure, or nowhere.

    >>> _without_small_numbers({"asked": 22, "answered": 20, "counts": {"numerator": 3}}, 5, set())
    {'asked': 22}
    >>> _without_small_numbers({"asked": 22, "answered": 14}, 5, {22.0})
    {'answered': 14}
    """
    asked, answered = fields.get("asked"), fields.get("answered")
    small = {name for name in ("asked", "answered") if 1 <= (fields.get(name) or 0) <= threshold or fields.get(name) in hidden}
    if asked is not None and answered is not None and 1 <= asked - answered <= threshold:
        small.add("answered")
    return {name: value for name, value in fields.items() if name not in {*small, "counts"}}
