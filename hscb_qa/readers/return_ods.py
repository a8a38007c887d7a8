"""The content of an ODS workbook to the marks of its cells: errors, formulas without a result, percentages.

Every cell is gone through, because what a repeat multiplies stands at the cell itself. Refuses cells and rows repeated beyond the bounds.
An empty repeat at the end of a row or sheet is how spreadsheets fill the rest of it, and counts for nothing.
"""

import re
from dataclasses import dataclass, field

from hscb_qa.readers.document import Document
from hscb_qa.readers.return_package import refuse_unpacking
from hscb_qa.readers.return_xml import MAX_TEXT, PERCENT, UNCALCULATED, Marks, refuse_far_cell, tags

_ERROR = re.compile(r"#(?:REF!|DIV/0!|N/A|NAME\?|VALUE!|NUM!|NULL!)|Err:\d+")
_CELLS = ("table:table-cell", "table:covered-table-cell")


@dataclass
class _Row:
    """Where the pass stands in a row: its line, how often it is repeated, the columns so far, the characters its cells show."""

    line: int = 0
    repeated: int = 1
    columns: int = 0
    shown: int = 0


@dataclass
class _Cell:
    """One cell as it is being read."""

    attributes: dict[str, str] = field(default_factory=dict)
    pieces: list[str] = field(default_factory=list)
    blanks: int = 0

    @property
    def text(self) -> str:
        return "".join(self.pieces).strip()

    @property
    def times(self) -> int:
        return _repeat(self.attributes, "columns")

    @property
    def has_content(self) -> bool:
        return bool(self.text or self.blanks or "office:value-type" in self.attributes)

    @property
    def length(self) -> int:
        return max(sum(map(len, self.pieces)) + self.blanks, len(self.attributes.get("office:string-value", "")))

    @property
    def mark(self) -> str:
        if self.attributes.get("calcext:value-type") == "error" or ("table:formula" in self.attributes and _ERROR.fullmatch(self.text)):
            return self.text or UNCALCULATED
        if "table:formula" in self.attributes and not self.has_content:
            return UNCALCULATED
        return PERCENT if self.attributes.get("office:value-type") == "percentage" else ""


def ods_marks(document: Document, content: bytes) -> dict[str, Marks]:
    """The marks of every sheet by its name. Raises RefusedFile for far cells, repeated or not, and for multiplied text."""
    marks: dict[str, Marks] = {}
    sheet, row, cell, shown = "", _Row(), _Cell(), 0
    for tag, attributes, text in tags(content, prefixes=True):
        cell.pieces.append(text)
        if tag in _CELLS:
            cell = _Cell(attributes)
        elif tag == "text:s":
            cell.blanks += int(attributes.get("text:c", "1"))
        elif tag[1:] in _CELLS:
            _end_cell(document, marks.setdefault(sheet, {}), row, cell)
            cell = _Cell()
        elif tag == "table:table-row":
            row = _Row(row.line + row.repeated, _repeat(attributes, "rows"))
        elif tag == "/table:table-row":
            shown += row.shown * row.repeated
            if shown > MAX_TEXT:
                raise refuse_unpacking(document)
            cell = _Cell()
        elif tag == "table:table":
            sheet, row = attributes.get("table:name", ""), _Row()
            marks[sheet] = {}
    return marks


def _end_cell(document: Document, marks: Marks, row: _Row, cell: _Cell) -> None:
    if cell.has_content:
        refuse_far_cell(document, row.line + row.repeated - 1, row.columns + cell.times)
        row.shown += cell.times * cell.length
    if cell.mark:
        refuse_far_cell(document, row.line + row.repeated - 1, row.columns + cell.times)
        for line in range(row.line, row.line + row.repeated):
            marks.update({(line, row.columns + 1 + right): cell.mark for right in range(cell.times)})
    row.columns += cell.times


def _repeat(attributes: dict[str, str], what: str) -> int:
    return max(1, int(attributes.get(f"table:number-{what}-repeated", "1")))
