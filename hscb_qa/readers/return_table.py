"""A grid to the table in it: the line of headers found, its columns put in order by name, the cells under it as rows.

Columns may stand anywhere and titles above. Refuses to overlook anything: a column the form does not have, a header given twice, text
beside the table. Headers that are no header of the form are quoted only where they are a misspelt one, since they may be anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import pandas as pd

from hscb_qa.errors import Issue
from hscb_qa.readers.return_form import plain
from hscb_qa.readers.return_grids import Grid
from hscb_qa.readers.return_xml import column_letter

_SHOWN = 10
_SEARCHED = 50
"""Lines among which headers are looked for that lack the one by which they are known."""


@dataclass(frozen=True, eq=False)
class FormTable:
    """A table of the form: `cells` has one text column for each key of the form, its index the lines, "" where a column is not there;
    `columns` gives the number of each column found, `line` that of the headers."""

    grid: Grid
    line: int
    cells: pd.DataFrame
    columns: Mapping[str, int]

    @property
    def letters(self) -> dict[str, str]:
        """The letter of each column found by its key; empty for CSV."""
        return {key: column_letter(number) for key, number in self.columns.items()} if self.grid.name else {}


@dataclass(frozen=True)
class Header:
    """The line of headers: its place in the grid's lines, its line number, and the key of each column that is known."""

    position: int
    line: int
    keys: tuple[str, ...]
    """One for each cell of the line, "" where the cell is no header of the form."""


def find_header(grid: Grid, headers: Mapping[str, str], sure: str) -> Header | None:
    """The first line that has the header `sure`, else the one with most headers of the form if it has half of them; None elsewhere."""
    wanted = plain(headers[sure])
    certain = next((place for place, (_, cells) in enumerate(grid.lines) if wanted in map(plain, cells)), None)
    if certain is not None:
        return _header(grid, certain, headers)
    first = [_header(grid, place, headers) for place in range(min(_SEARCHED, len(grid.lines)))]
    likely = max(first, key=lambda header: len(set(header.keys)), default=None)
    return likely if likely is not None and 2 * len(set(likely.keys) - {""}) >= len(headers) else None


def _header(grid: Grid, position: int, headers: Mapping[str, str]) -> Header:
    key_of = {plain(header): key for key, header in headers.items()}
    line, cells = grid.lines[position]
    return Header(position, line, tuple(key_of.get(plain(cell), "") for cell in cells))


def header_issues(grid: Grid, header: Header, headers: Mapping[str, str], required: tuple[str, ...], file: str) -> tuple[list[Issue], bool]:
    """Errors for columns that are missing, given twice or unknown; and whether the table can be read in spite of them."""
    cells = grid.lines[header.position][1]
    missing = [key for key in required if key not in header.keys]
    absent = [headers[key] for key in headers if key not in header.keys]
    issues = []
    for number, (key, cell) in enumerate(zip(header.keys, cells, strict=True), start=1):
        if key and header.keys.index(key) != number - 1:
            first = header.keys.index(key) + 1
            message = (
                f"The header '{headers[key]}' is given twice, in columns {column_letter(first)} and {column_letter(number)}. Keep one."
            )
            issues.append(grid.issue("duplicated_column", header.line, number, file, message))
        elif cell and not key:
            issues.append(grid.issue("unknown_column", header.line, number, file, _unknown_message(cell, number, absent)))
    if missing:
        names = ", ".join(f"'{headers[key]}'" for key in missing)
        message = f"The headers do not have {names}. Every column of the template has to be there, in any order."
        issues.append(grid.issue("columns_missing", header.line, None, file, message))
    return issues, not missing and not any(issue.check == "duplicated_column" for issue in issues)


def _unknown_message(cell: str, number: int, absent: list[str]) -> str:
    near = get_close_matches(cell[:60], absent, n=1)
    if near:
        return f"'{cell[:60]}' is no header of the form. Did you mean '{near[0]}'?"
    return f"Column {column_letter(number)} is not of the form. Delete it; what explains a figure goes into Note."


def read_rows(grid: Grid, header: Header, headers: Mapping[str, str], file: str) -> tuple[FormTable, list[Issue]]:
    """Every line under the headers that has a cell; and errors for text beside the table and for lines of a CSV of another length."""
    under = grid.lines[header.position + 1 :]
    width = len(header.keys)
    number_of = {key: number for number, key in enumerate(header.keys, start=1) if key}
    padded = [(line, (*cells, *("",) * (width - len(cells)))) for line, cells in under]
    texts = {key: [cells[number_of[key] - 1] if key in number_of else "" for _, cells in padded] for key in headers}
    index = pd.Index([line for line, _ in padded], name="line", dtype="int64")
    table = FormTable(grid, header.line, pd.DataFrame(texts, index=index, columns=list(headers), dtype="str"), number_of)
    return table, [*_stray_issues(grid, header, file), *_ragged_issues(grid, header, file)]


def _stray_issues(grid: Grid, header: Header, file: str) -> list[Issue]:
    named = {number for number, cell in enumerate(grid.lines[header.position][1], start=1) if cell}
    strays = [
        (line, number)
        for line, cells in grid.lines[header.position + 1 :]
        for number, cell in enumerate(cells, start=1)
        if cell and number not in named
    ]
    message = "There is text in column {} beside the table, where nothing is read. Move it into Note, or delete it."
    issues = [grid.issue("stray_text", line, number, file, message.format(column_letter(number))) for line, number in strays[:_SHOWN]]
    if len(strays) > _SHOWN:
        issues.append(
            grid.issue("stray_text", strays[_SHOWN][0], None, file, f"{len(strays) - _SHOWN:,} more cells hold text beside the table.")
        )
    return issues


def _ragged_issues(grid: Grid, header: Header, file: str) -> list[Issue]:
    """A line of CSV with fewer cells than the headers was cut off; one with more is found as text beside the table."""
    if grid.name:
        return []
    width = len(header.keys)
    short = [(line, len(cells)) for line, cells in grid.lines[header.position + 1 :] if len(cells) < width]
    message = "The line has {} cells where the headers have {}. It was cut off, or its cells are not parted by commas."
    return [grid.issue("ragged_rows", line, None, file, message.format(count, width)) for line, count in short[:_SHOWN]]
