"""The parts of an XLSX workbook to the marks of its cells: errors, formulas without a result, percentages.

A sheet is searched for signs of trouble first, which is fast, and gone through cell by cell only where there are some. Refuses cells far
from the table, and a long text shown so often that the cells could not be held.
"""

import re
from collections.abc import Iterator

from hscb_qa.readers.document import Document
from hscb_qa.readers.return_package import Parts, refuse_unpacking
from hscb_qa.readers.return_xml import MAX_TEXT, PERCENT, UNCALCULATED, Marks, column_number, refuse_far_cell, tags

_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Za-z]*)(\d+)["']""")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_ERROR = re.compile(rb"""\st\s*=\s*["']e["']""")
_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_END_OF_STRING = re.compile(rb"</(?:\w+:)?si\s*>")
_PERCENT_FORMATS = {"9", "10"}
_QUOTED = re.compile(r'"[^"]*"|\\.')


def xlsx_marks(document: Document, parts: Parts) -> dict[str, Marks]:
    """The marks of every sheet by its name. Raises RefusedFile for far cells and multiplied text."""
    lower = {name.lower(): content for name, content in parts.items()}
    percents = _percent_styles(lower.get("xl/styles.xml", b"<none/>"))
    names = _sheet_names(lower)
    sheets = {part: content for part, content in lower.items() if part.startswith("xl/worksheets/")}
    for content in sheets.values():
        _refuse_far_cells(document, content)
    _refuse_multiplied_text(document, lower.get("xl/sharedstrings.xml", b""), list(sheets.values()))
    return {names[part]: _marks(content, percents) for part, content in sheets.items() if part in names}


def _refuse_far_cells(document: Document, content: bytes) -> None:
    places = set(_REFERENCE.findall(content))
    row = max((int(number) for _, number in places), default=0)
    column = max((column_number(letters.decode()) for letters in {letters for letters, _ in places}), default=0)
    refuse_far_cell(document, row, column)


def _sheet_names(parts: Parts) -> dict[str, str]:
    """Part, in small letters -> the name of the sheet it holds."""
    targets: dict[str, str] = {}
    for tag, attributes, _ in tags(parts["xl/_rels/workbook.xml.rels"]):
        if tag == "Relationship":
            target = attributes["Target"].lower()
            targets[attributes["Id"]] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    sheets = [attributes for tag, attributes, _ in tags(parts["xl/workbook.xml"]) if tag == "sheet"]
    return {targets.get(_relation(sheet), ""): sheet["name"] for sheet in sheets}


def _relation(sheet: dict[str, str]) -> str:
    """The value of `r:id`, whatever its prefix."""
    return next((value for key, value in sheet.items() if key.endswith(":id")), "")


def _percent_styles(styles: bytes) -> set[str]:
    """The numbers of the cell styles that show a percent sign."""
    formats = set(_PERCENT_FORMATS)
    cell_formats: list[str] = []
    in_cells = False
    for tag, attributes, _ in tags(styles):
        if tag == "numFmt" and "%" in _QUOTED.sub("", attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif tag == "xf" and in_cells:
            cell_formats.append(attributes.get("numFmtId", ""))
        elif tag in ("cellXfs", "/cellXfs"):
            in_cells = tag == "cellXfs"
    return {str(number) for number, format_id in enumerate(cell_formats) if format_id in formats}


def _marks(content: bytes, percents: set[str]) -> Marks:
    if not (percents or _FORMULA.search(content) or _ERROR.search(content)):
        return {}
    marked = ((line, column, _mark(cell, formula, value, percents)) for line, column, cell, formula, value in _cells(content))
    return {(line, column): mark for line, column, mark in marked if mark}


def _mark(cell: dict[str, str], formula: bool, value: str, percents: set[str]) -> str:
    if cell.get("t") == "e":
        return value or UNCALCULATED
    if formula and not value and cell.get("t") != "str":
        return UNCALCULATED
    return PERCENT if value and cell.get("t", "n") == "n" and cell.get("s") in percents else ""


def _cells(content: bytes) -> Iterator[tuple[int, int, dict[str, str], bool, str]]:
    """Every cell of a sheet: line, column, attributes, whether it has a formula, and the text of its value."""
    line, column, formula, value = 0, 0, False, ""
    cell: dict[str, str] = {}
    for tag, attributes, text in tags(content):
        if tag == "row":
            line, column = int(attributes.get("r", line + 1)), 0
        elif tag == "c":
            cell, formula, value = attributes, False, ""
            line, column = _place(attributes["r"]) if "r" in attributes else (line, column + 1)
        elif tag == "f":
            formula = True
        elif tag == "/v":
            value = text
        elif tag == "/c":
            yield line, column, cell, formula, value


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    return int(reference[len(letters) :]), column_number(letters)


def _refuse_multiplied_text(document: Document, strings: bytes, sheets: list[bytes]) -> None:
    """Raise where a text that stands in the file once is shown in so many cells that they could not be held."""
    longest = max(map(len, _END_OF_STRING.split(strings)))
    if longest * sum(len(_CELL.findall(content)) for content in sheets) <= MAX_TEXT:
        return
    lengths = dict(enumerate(_string_lengths(strings)))
    shown = (value for content in sheets for *_, cell, _, value in _cells(content) if cell.get("t") == "s")
    if sum(lengths.get(int(value or 0), 0) for value in shown) > MAX_TEXT:
        raise refuse_unpacking(document)


def _string_lengths(strings: bytes) -> Iterator[int]:
    length = 0
    for tag, _, text in tags(strings):
        if tag == "si":
            length = 0
        elif tag == "/t":
            length += len(text)
        elif tag == "/si":
            yield length
