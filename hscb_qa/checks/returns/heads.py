"""Whose return it is and for which quarter: what every row says alike, and what the file's name says.

Refuses a return that could be filed under another agency or quarter.
"""

import re
from collections.abc import Iterable

import pandas as pd

from hscb_qa.checks.returns.cells import WITHHELD, at_cell, cells, quoted, tell_errors
from hscb_qa.checks.returns.context import Context, quarter_or_none
from hscb_qa.definitions import Framework
from hscb_qa.errors import Issue, suggest
from hscb_qa.periods import Period
from hscb_qa.readers.return_form import plain
from hscb_qa.readers.returns import Return

_LOOSE_QUARTER = re.compile(
    r"(?:q(?:uarter|tr)?\W*(?P<early>[1-4])\D+)?(?P<year>20\d{2})\W?(?:20)?(?P<short>\d{2})(?!\d)(?:\W*q(?:uarter|tr)?\W*(?P<late>[1-4]))?",
    re.I,
)


def unknown_agency(given: Return, context: Context) -> list[Issue]:
    """Errors for rows whose agency is none of the board's."""
    rows = _outside(given.rows, "agency", context.framework.agencies)
    return tell_errors(given, "unknown_agency", cells(rows, "agency"), lambda text: _no_agency(text, context.framework))


def unknown_quarter(given: Return, _: Context) -> list[Issue]:
    """Errors for rows whose quarter is written in another way, or is none."""
    rows = given.rows[(given.rows["quarter"] != WITHHELD) & ~given.rows["quarter"].isin(_quarters(given.rows))]
    return tell_errors(given, "unknown_quarter", cells(rows, "quarter"), _no_quarter)


def part_quarter(given: Return, context: Context) -> list[Issue]:
    """An error where the quarter had not ended on the day of the return, so that part of it cannot have been counted."""
    quarter = context.quarter
    if quarter is None or quarter.end <= context.on:
        return []
    message = (
        f"{quarter.text} ends on {_day(quarter)}; a return made before then holds part of a quarter. Send it when the quarter has ended."
    )
    return [_at_quarter(given, quarter, "part_quarter", message)]


def before_first_quarter(given: Return, context: Context) -> list[Issue]:
    """An error for a quarter before the first for which returns are owed."""
    first = context.framework.returns.first_quarter
    if context.quarter is None or context.quarter.text >= first:
        return []
    message = f"{context.quarter.text} lies before {first}, the first quarter for which returns are owed. Correct the quarter."
    return [_at_quarter(given, context.quarter, "before_first_quarter", message)]


def nothing_owed(given: Return, context: Context) -> list[Issue]:
    """An error where the agency owes nothing for the quarter: it was no partner then, or no indicator is its to return."""
    if context.agency is None or context.quarter is None or context.items:
        return []
    message = f"'{context.agency.id}' owes no return for {context.quarter.text}. Ask the Board which agency or quarter is meant."
    return [_at_quarter(given, context.quarter, "nothing_owed", message)]


def several_returns_in_one_file(given: Return, context: Context) -> list[Issue]:
    """Errors for rows of another agency or quarter than most rows are of."""
    agencies = _others(given.rows, "agency", context.framework.agencies, context.agency.id if context.agency else "")
    quarters = _others(given.rows, "quarter", _quarters(given.rows), context.quarter.text if context.quarter else "")
    faults = [
        (line, column, (column, text))
        for column, rows in (("agency", agencies), ("quarter", quarters))
        for line, _, text in cells(rows, column)
    ]
    whole = {"agency": context.agency.id if context.agency else "", "quarter": context.quarter.text if context.quarter else ""}
    return tell_errors(given, "several_returns_in_one_file", faults, lambda words: _second_return(words[1], whole[words[0]]))


def file_name_quarter(given: Return, context: Context) -> list[Issue]:
    """A query where the file's name says another agency or quarter than its rows."""
    if context.agency is None or context.quarter is None:
        return []
    name = f"_{re.sub(r'[^a-z0-9]+', '_', given.file.rsplit('.', 1)[0].casefold())}_"
    named = [one for one in context.framework.agencies if f"_{one}_" in name]
    others = [] if context.agency.id in named or _names(context, name) else [f"the agency '{one}'" for one in named]
    meant = quarter_meant(given.file.rsplit(".", 1)[0])
    others += [f"the quarter {meant}"] if meant and meant != context.quarter.text else []
    if not others:
        return []
    rows = f"'{context.agency.id}' and {context.quarter.text}"
    message = f"The file's name says {' and '.join(others)}, its rows say {rows}. If the rows are right, say so; else send the right file."
    return [Issue("query", "file_name_quarter", given.file, None, message)]


def quarter_meant(text: str) -> str:
    """The quarter a text seems to mean, in canonical form; blank where it names none or could mean two.

    >>> [quarter_meant(text) for text in ("Q3 2025/26", "police 2025-26_q3 final", "Quarter 3 2025-2026", "2025-26")]
    ['2025-26 Q3', '2025-26 Q3', '2025-26 Q3', '']
    """
    meant = {_canonical(match) for match in _LOOSE_QUARTER.finditer(text.replace("_", " "))} - {""}
    return meant.pop() if len(meant) == 1 else ""


def _canonical(match: re.Match[str]) -> str:
    found = quarter_or_none(f"{match['year']}-{match['short']} Q{match['early'] or match['late']}")
    return found.text if found else ""


def _outside(rows: pd.DataFrame, column: str, allowed: Iterable[str]) -> pd.DataFrame:
    return rows[~rows[column].isin([*allowed, WITHHELD])]


def _others(rows: pd.DataFrame, column: str, known: Iterable[str], most: str) -> pd.DataFrame:
    return rows[rows[column].isin(list(known)) & (rows[column] != most)]


def _quarters(rows: pd.DataFrame) -> list[str]:
    return [text for text in rows["quarter"].unique() if quarter_or_none(text)]


def _at_quarter(given: Return, quarter: Period, check: str, message: str) -> Issue:
    line = int(given.rows["line"][given.rows["quarter"] == quarter.text].iloc[0])
    return at_cell(given, check, (line, "quarter"), message)


def _no_agency(text: str, framework: Framework) -> str:
    names = {plain(name): one.id for one in framework.agencies.values() for name in (one.id, one.name, one.short_name)}
    meant = names.get(plain(text))
    near = f" Did you mean '{meant}'?" if meant else suggest(text, framework.agencies)
    return f"{_what(text)} is no agency of the Board. Each row names the agency by its id, as the template does.{near}"


def _no_quarter(text: str) -> str:
    meant = quarter_meant(text)
    return f"{_what(text)} is no quarter; write it as 2025-26 Q3.{f' Did you mean {meant!r}?' if meant else ''}"


def _what(text: str) -> str:
    return quoted(text) if text.strip() else "A blank cell"


def _second_return(text: str, most: str) -> str:
    rule = "One file holds one agency's return for one quarter. Correct it, or make two files."
    return f"The row is for '{text}', most rows are for '{most}'. {rule}"


def _names(context: Context, file_name: str) -> bool:
    """Whether a file's name holds the short name of the return's own agency."""
    assert context.agency
    return f"_{re.sub(r'[^a-z0-9]+', '_', context.agency.short_name.casefold())}_" in file_name


def _day(quarter: Period) -> str:
    return f"{quarter.end.day} {quarter.end:%B %Y}"
