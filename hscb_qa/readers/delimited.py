"""CSV, as bytes, to a table of text cells with the line of each row.

Takes a byte-order mark and any line ends. Refuses what could shift a figure into another row or column: another encoding or separator,
rows of another length than the header, a column name given twice or not at all.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from hscb_qa.errors import Issue, RefusedFile
from hscb_qa.readers.document import Document
from hscb_qa.readers.faults import gather_faults
from hscb_qa.readers.forms import Form, column_issues, likeliest_form

_OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright bars"}
_REPLACEMENT = "\ufffd"

Lines = list[tuple[int, list[str]]]


@dataclass(frozen=True, eq=False)
class Table:
    """Text cells of one file. The index of `cells` is the line on which each row starts; `form` is the layout it was read as."""

    form: Form
    cells: pd.DataFrame
    issues: tuple[Issue, ...]
    notes: tuple[str, ...]


def read_table(document: Document, *forms: Form) -> Table:
    """Read a CSV file in whichever of `forms` it is likest. Raises RefusedFile with every fault of encoding, header and rows.

    Lines without any cell are left out and noted.
    """
    text = decode(document)
    lines, blank = split(document, text)
    header_line, header = lines[0]
    _refuse_other_separator(document, header_line, header)
    form = likeliest_form(header, forms)
    issues = [
        *_header_issues(document, header_line, header),
        *column_issues(document.name, header_line, header, form),
        *_row_issues(document, lines),
        *_replacement_queries(document, lines),
    ]
    if any(issue.severity == "error" for issue in issues):
        raise RefusedFile(issues)
    if len(lines) == 1:
        raise document.refuse("no_rows", "The file has a line of column names and no figures under it.", header_line)
    index = pd.Index([line for line, _ in lines[1:]], name="line")
    cells = pd.DataFrame([row for _, row in lines[1:]], columns=list(form.rename(header)), index=index, dtype="str")
    return Table(form, cells, tuple(issues), tuple(_notes(text, blank)))


def decode(document: Document) -> str:
    """The text of a file in UTF-8, without a byte-order mark. Raises RefusedFile for another encoding and for NUL bytes."""
    content = document.content
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise document.refuse("not_utf8", "The file is UTF-16, not UTF-8. Save it as 'CSV UTF-8'.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        byte = f"0x{content[fault.start]:02x}"
        raise document.refuse(
            "not_utf8", f"The byte {byte} is not UTF-8. Save the file as 'CSV UTF-8'.", _line_at(content, fault.start)
        ) from fault
    if "\0" in text:
        message = f"There are NUL bytes in the text. The file is damaged or no CSV. {document.remedy}"
        raise document.refuse("nul_bytes", message, _line_at(content, content.index(b"\0")))
    return text


def _line_at(content: bytes, position: int) -> int:
    """The line on which a byte stands, whatever the line ends."""
    return len(content[: position + 1].splitlines())


def split(document: Document, text: str) -> tuple[Lines, int]:
    """Rows that have a cell, each with the line it starts on, the header first; and the number of lines without any.

    Raises RefusedFile for text that cannot be divided into cells, and where no line has one.
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    lines: Lines = []
    start, blank = 1, 0
    try:
        for row in reader:
            if row:
                lines.append((start, row))
            else:
                blank += 1
            start = reader.line_num + 1
    except csv.Error as fault:
        message = f"The line cannot be divided into cells: {fault}. Look for a quotation mark without its partner."
        raise document.refuse("malformed_csv", message, start) from fault
    if not lines:
        raise document.refuse("empty_file", f"The file holds blank lines only. {document.remedy}")
    return lines, blank


def _refuse_other_separator(document: Document, line: int, header: list[str]) -> None:
    """Raise where the whole header stands in one cell because its names are not parted by commas."""
    for sign, name in _OTHER_SEPARATORS.items():
        if len(header) == 1 and sign in header[0]:
            raise document.refuse("wrong_separator", f"The cells are parted by {name}. Save the file with commas between them.", line)


def _header_issues(document: Document, line: int, header: list[str]) -> list[Issue]:
    faults = []
    for position, name in enumerate(header, start=1):
        if not name.strip():
            faults.append(f"Column {position} has no name.")
        elif header.index(name) != position - 1:
            faults.append(f"The column name '{name}' is given twice, for columns {header.index(name) + 1} and {position}.")
    return [Issue("error", "header_names", document.name, line, message) for message in faults]


def _row_issues(document: Document, lines: Lines) -> list[Issue]:
    width = len(lines[0][1])
    ragged = [(line, f"The line has {_cells(len(row))} where the header has {width}.") for line, row in lines[1:] if len(row) != width]
    return gather_faults("error", "ragged_rows", document.name, ragged)


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"


def _replacement_queries(document: Document, lines: Lines) -> list[Issue]:
    """A query for each cell whose characters were lost before the file was published."""
    if _REPLACEMENT.encode() not in document.content:
        return []
    faults = [
        (line, f"'{cell}' holds the sign {_REPLACEMENT} in place of a character that was lost. Correct it at its source.")
        for line, row in lines
        for cell in row
        if _REPLACEMENT in cell
    ]
    return gather_faults("query", "replacement_characters", document.name, faults)


def _notes(text: str, blank: int) -> Iterator[str]:
    if blank:
        yield f"{blank} blank {'line' if blank == 1 else 'lines'} left out."
    if not text.endswith(("\n", "\r")):
        yield "The last line has no line end. If the file was cut off in the middle, its last figure may be cut short."
