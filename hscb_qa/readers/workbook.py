"""An XLSX or ODS workbook to the text cells of its sheets, with the row numbers a person sees in Excel.

Reads the cells that are there and not the size the workbook claims to have, which some publishers' files state wrongly. Refuses a
workbook that cannot be opened. Formulas come as the value last worked out.
"""

import io
from dataclasses import dataclass
from datetime import date, datetime

import python_calamine

from hscb_qa.readers.document import Document

_WHOLE = 10**15
"""Above it a float no longer holds every whole number, and is written as it is held, as 1e+300."""


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, and its rows as pairs of row number and text cells. A sheet without cells has no rows.

    The first cell of every row stands in column `first_column`, 1 being A.
    """

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    first_column: int = 1


def read_sheets(document: Document) -> list[Sheet]:
    """All sheets of a workbook in their order. Raises RefusedFile where it cannot be opened."""
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(document.content))
        return [_sheet(workbook, name) for name in workbook.sheet_names]
    except (python_calamine.CalamineError, OSError, ValueError) as fault:
        message = f"The workbook cannot be opened: {fault}. {document.remedy}"
        raise document.refuse("malformed_workbook", message) from fault


def _sheet(workbook: python_calamine.CalamineWorkbook, name: str) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    row, column = sheet.start or (0, 0)
    rows = sheet.to_python(skip_empty_area=True)
    return Sheet(name, tuple((number, tuple(map(_text, cells))) for number, cells in enumerate(rows, start=row + 1)), column + 1)


def _text(cell: object) -> str:
    """A cell as a person reads it: whole numbers without a decimal point, dates as 2025-03-31."""
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _WHOLE:
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell).strip()
