"""The file of a return, of any of its three kinds, to grids of text cells: a workbook's sheets, or a CSV's one table.

Refuses files beyond the bounds before they are read, and workbooks that hold more than cells. A cell that shows an error or a formula
without a result is reported by its place; nothing else is judged here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.parsers.expat import ExpatError

from hscb_qa.errors import Issue, RefusedFile
from hscb_qa.readers.delimited import decode, split
from hscb_qa.readers.document import KIND_OF_SUFFIX, TEXT, Document, read_document, refuse_other_kind
from hscb_qa.readers.return_ods import ods_marks
from hscb_qa.readers.return_package import MAX_FILE, malformed, repack, unpack
from hscb_qa.readers.return_xlsx import xlsx_marks
from hscb_qa.readers.return_xml import MAX_COLUMNS, MAX_ROWS, PERCENT, UNCALCULATED, Marks, column_letter, grid_too_large
from hscb_qa.readers.workbook import Sheet, read_sheets

SUFFIXES = (".xlsx", ".csv", ".ods")
_REMEDY = "Save it again from the program it was filled in, or copy the figures into a new template."
_LINE_END = re.compile(r"\r\n?")
_SHOWN = 20
MAX_CELL = 32_767
"""Characters of a cell, as spreadsheets have it; a CSV could have a cell of megabytes."""


@dataclass(frozen=True)
class Grid:
    """One sheet, or a CSV's table where `name` is empty: lines of text cells, the first cell in column A. `marks` says which show a
    percent sign, and which an error."""

    name: str
    lines: tuple[tuple[int, tuple[str, ...]], ...]
    marks: Mapping[tuple[int, int], str]

    def cell(self, line: int, column: int) -> str:
        """What people call a cell, as "M12"; empty for CSV, which has no columns letters."""
        return f"{column_letter(column)}{line}" if self.name else ""

    def issue(self, check: str, line: int | None, column: int | None, file: str, message: str) -> Issue:
        """An error at a cell, a line or the whole grid."""
        cell = self.cell(line, column) if line and column else ""
        return Issue("error", check, file, line, message, self.name, cell)


def open_return(path: Path) -> Document:
    """Read the file of a return. Raises RefusedFile where it is missing, empty, of another kind or too large; a large file is not read."""
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        size = 0
    if size > MAX_FILE:
        raise _too_large(Document(path, b""))
    return checked_document(Document(path, read_document(path).content, _REMEDY))


def checked_document(document: Document) -> Document:
    """The document with the remedy for returns. Raises RefusedFile where it is empty, too large or not of a kind returns come in."""
    document = Document(document.path, document.content, _REMEDY)
    if len(document.content) > MAX_FILE:
        raise _too_large(document)
    if not document.content.strip():
        raise document.refuse("empty_file", f"The file is empty. {document.remedy}")
    refuse_other_kind(document, SUFFIXES)
    return document


def read_grids(document: Document) -> tuple[list[Grid], list[Issue]]:
    """All grids of a return, and an issue for every cell without a value where a formula was meant to give one."""
    is_text = KIND_OF_SUFFIX[document.path.suffix.lower()] == TEXT
    grids = [_delimited(document)] if is_text else _workbook(document)
    _refuse_long_texts(document, grids)
    return grids, [issue for grid in grids for issue in _formula_issues(document, grid)]


def _too_large(document: Document) -> Exception:
    message = f"The file is larger than {MAX_FILE // 2**20} MB, so it was not read. A return is rarely larger than one; {_REMEDY.lower()}"
    return document.refuse("too_large", message)


def _delimited(document: Document) -> Grid:
    lines, _ = split(document, decode(document))
    if len(lines) > MAX_ROWS or any(len(cells) > MAX_COLUMNS for _, cells in lines):
        raise grid_too_large(document, "The file has more lines, or more cells in a line")
    return Grid("", tuple((line, tuple(map(_clean, cells))) for line, cells in lines if any(cells)), {})


def _workbook(document: Document) -> list[Grid]:
    parts = unpack(document)
    try:
        marks = _marks(document, parts)
    except (ExpatError, KeyError, ValueError, OverflowError) as fault:
        raise malformed(document, "a part of it is missing or damaged") from fault
    plain = repack(document, parts)
    del parts
    sheets = enumerate(read_sheets(plain), start=1)
    return [Grid(sheet.name or f"sheet {number}", _lines(sheet), marks.get(sheet.name, {})) for number, sheet in sheets]


def _marks(document: Document, parts: Mapping[str, bytes]) -> dict[str, Marks]:
    return ods_marks(document, parts["content.xml"]) if document.path.suffix.lower() == ".ods" else xlsx_marks(document, parts)


def _refuse_long_texts(document: Document, grids: list[Grid]) -> None:
    message = (
        f"The text is longer than the {MAX_CELL:,} characters a cell holds. Shorten it; a missing quotation mark can run cells together."
    )
    issues = [
        grid.issue("text_too_long", line, number, document.name, message)
        for grid in grids
        for line, cells in grid.lines
        for number, cell in enumerate(cells, start=1)
        if len(cell) > MAX_CELL
    ]
    if issues:
        raise RefusedFile(issues[:_SHOWN])


def _lines(sheet: Sheet) -> tuple[tuple[int, tuple[str, ...]], ...]:
    before = ("",) * (sheet.first_column - 1)
    return tuple((line, (*before, *map(_clean, cells))) for line, cells in sheet.rows if any(cells))


def _clean(cell: str) -> str:
    """A cell's text without blanks around it and with one kind of line end."""
    return _LINE_END.sub("\n", cell).strip()


def _formula_issues(document: Document, grid: Grid) -> list[Issue]:
    wrong = sorted((place, mark) for place, mark in grid.marks.items() if mark != PERCENT)
    issues = [grid.issue("formula_error", *place, document.name, _formula_message(mark)) for place, mark in wrong[:_SHOWN]]
    if len(wrong) > _SHOWN:
        message = f"{len(wrong) - _SHOWN:,} more cells show an error or hold a formula without a result."
        issues.append(grid.issue("formula_error", None, None, document.name, message))
    return issues


def _formula_message(mark: str) -> str:
    if mark == UNCALCULATED:
        return "The cell holds a formula that was never worked out, so there is nothing to read. Put the number itself in the cell."
    return f"The cell shows the error {mark[:12]} in place of a value. Put the number itself in the cell."
