"""Faults of a return's cells to issues that name sheet and cell, many equal ones in one.

What is wrong in the same words in many cells becomes one error at the first of them, with the next ones named. A query is never
joined to another, because each is answered in the Note of its own row. Refuses to quote a long text whole.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import islice
from typing import Any

import pandas as pd

from hscb_qa.errors import Issue
from hscb_qa.readers.return_form import HEADERS
from hscb_qa.readers.returns import Return

CELLS_NAMED = 5
ERRORS_TOLD = 100
QUOTED = 40

WITHHELD = "(withheld)"
"""What stands, after the check for personal data, in place of a text that holds some."""

_SHEET_OF = {column: sheet for sheet, headers in HEADERS.items() for column in headers}


def tell_errors(given: Return, check: str, faults: Iterable[tuple[int, str, Any]], say: Callable[[Any], str] = str) -> list[Issue]:
    """One error for each different message, at its first cell and with the next ones named; after a hundred, one that counts the rest.

    `faults` holds line, column key and what tells one message from another; `say` puts that into words, and is asked only for what is
    told. None gives an empty list.
    """
    cells_of: dict[Hashable, list[tuple[int, str]]] = {}
    for line, column, words in faults:
        cells_of.setdefault(words, []).append((line, column))
    issues = [at_cell(given, check, cells[0], say(words) + also_in(given, cells)) for words, cells in islice(cells_of.items(), ERRORS_TOLD)]
    rest = [cell for cells in islice(cells_of.values(), ERRORS_TOLD, None) for cell in cells]
    if rest:
        message = f"From here on {len(rest):,} cells have other faults of the same kind. Mend those above, and look for the same in these."
        issues.append(at_cell(given, check, rest[0], message))
    return issues


def cells(rows: pd.DataFrame, column: str, *words: str, where: "pd.Series[bool] | None" = None) -> list[tuple[int, str, Any]]:
    """Line, column key and words of each row, or of those `where` says: the text of one column, or a tuple where several are asked for."""
    told = ("line", *(words or (column,)))
    chosen = (rows[name] if where is None else rows.loc[where, name] for name in told)
    lines, *columns = (one.tolist() for one in chosen)
    return [(line, column, one) for line, one in zip(lines, columns[0] if len(columns) == 1 else zip(*columns, strict=True), strict=True)]


def ask(given: Return, check: str, faults: Iterable[tuple[int, str, str]]) -> list[Issue]:
    """One query for each line, column key and message, so that each has its own answer."""
    issues = (at_cell(given, check, (line, column), message) for line, column, message in faults)
    return [Issue("query", check, one.file, one.line, one.message, one.sheet, one.cell) for one in issues]


def at_cell(given: Return, check: str, cell: tuple[int, str], message: str) -> Issue:
    """An error at a line and column key. A return without sheets, from CSV, has lines only."""
    line, column = cell
    sheet = _SHEET_OF[column] if given.columns else ""
    return Issue("error", check, given.file, line, message, sheet, name_of(given, cell) if given.columns else "")


def name_of(given: Return, cell: tuple[int, str]) -> str:
    """What a person calls a cell: `M12`, or `line 12` where there are no sheets."""
    line, column = cell
    return f"{given.columns[column]}{line}" if given.columns else f"line {line}"


def also_in(given: Return, cells: Sequence[tuple[int, str]]) -> str:
    """The cells after the first, as a sentence to append; nothing where there is one only."""
    others = list(dict.fromkeys(name_of(given, cell) for cell in cells))[1:]
    return f" Also {listed(others)}." if others else ""


def listed(names: Sequence[str], shown: int = CELLS_NAMED) -> str:
    """Names as people list them, the first few and how many more.

    >>> listed(["M12", "M13"]), listed(["a", "b", "c"], shown=2)
    ('M12 and M13', 'a, b and 1 more')
    """
    first, more = list(names[:shown]), len(names) - shown
    if more > 0:
        return f"{', '.join(first)} and {more:,} more"
    return " and ".join(filter(None, (", ".join(first[:-1]), first[-1])))


def quoted(text: str) -> str:
    """A cell's text between quotation marks, on one line and cut where it is long.

    >>> quoted("Police "), quoted("a" * 50)
    ("'Police'", "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…'")
    """
    plain = " ".join(text.split())
    return f"'{plain[:QUOTED]}{'…' if len(plain) > QUOTED else ''}'"


def written(number: float) -> str:
    """A number as people write it.

    >>> written(1234.0), written(17.5)
    ('1,234', '17.5')
    """
    return f"{number:,.10g}"
