"""An XLSX or ODS workbook to the text cells of its sheets, with the row numbers a person sees in Excel.

Reads the cells that are there and not the size the workbook claims to have, which some publishers' files state wrongly. Refuses a
workbook that cannot be opened. Formulas come as the value last worked out.
"""

import io
from dataclasses import dataclass
from datetime import date, datetime

import python_calamine

from hscb_qa.readers.document import Document


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, and its rows as pairs of row number and text cells. A sheet without cells has no rows."""

    name: str
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def read_sheets(document: Document) -> list[Sheet]:
    """All sheets of a workbook in their order. Raises RefusedFile where it cannot be opened."""
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(document.content))
        return [_sheet(workbook, name) for name in workbook.sheet_names]
    except (python_calamine.CalamineError, OSError, ValueError) as fault:
        message = f"The workbook cannot be opened: {fault}. Download it again from its publisher."
        raise document.refuse("malformed_workbook", message) from fault


def _sheet(workbook: python_calamine.CalamineWorkbook, name: str) -> Sheet:
    sheet = workbook.get_sheet_by_name(name)
    first = sheet.start[0] if sheet.start else 0
    rows = sheet.to_python(skip_empty_area=True)
    return Sheet(name, tuple((number, tuple(map(_text, row))) for number, row in enumerate(rows, start=first + 1)))


def _text(cell: object) -> str:
    """A cell as a person reads it: whole numbers without a decimal point, dates as 2025-03-31."""
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell).strip()
