"""The XML of a workbook's part to its tags in their order, without ever holding the whole; and the bounds of a sheet.

Refuses XML that is damaged, and sheets that would fill the memory when read as a grid.
"""

from collections.abc import Iterator
from typing import Any
from xml.parsers import expat

from hscb_qa.errors import RefusedFile
from hscb_qa.readers.document import Document

MAX_ROWS, MAX_COLUMNS = 30_000, 100
MAX_TEXT = 100 * 2**20
"""Bounds of a sheet; and of the characters of all cells together, a text counted as often as it is shown."""

PERCENT = "%"
UNCALCULATED = "no result"

Marks = dict[tuple[int, int], str]
"""What a cell's value does not say, by line and column, both from 1: PERCENT, UNCALCULATED, or the error it shows, as #REF!."""

_PIECE = 2**16


def tags(content: bytes, prefixes: bool = False) -> Iterator[tuple[str, dict[str, str], str]]:
    """Every tag, an end tag as `/name`, with its attributes and the text between the tag before and this one.

    Prefixes of names are cut off unless wanted. Raises ExpatError where the XML is damaged.
    """
    found: list[tuple[str, dict[str, str], str]] = []
    text: list[str] = []

    def note(tag: str, attributes: dict[str, str]) -> None:
        found.append((tag, attributes, "".join(text)))
        text.clear()

    def name(tag: str) -> str:
        return tag if prefixes else tag.rpartition(":")[2]

    parser: Any = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: note(name(tag), attributes)
    parser.EndElementHandler = lambda tag: note("/" + name(tag), {})
    parser.CharacterDataHandler = text.append
    for start in range(0, len(content), _PIECE):
        parser.Parse(content[start : start + _PIECE], start + _PIECE >= len(content))
        yield from found
        found.clear()


def column_letter(number: int) -> str:
    """The letters of a column, the first being 1.

    >>> column_letter(1), column_letter(26), column_letter(27), column_letter(702)
    ('A', 'Z', 'AA', 'ZZ')
    """
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column from its letters.

    >>> column_number("A"), column_number("AA"), column_number("XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def refuse_far_cell(document: Document, row: int, column: int) -> None:
    """Raise RefusedFile where the sheet would reach beyond the bounds."""
    if row <= MAX_ROWS and column <= MAX_COLUMNS:
        return
    raise grid_too_large(document, f"A cell stands in row {row:,}" if row > MAX_ROWS else f"A cell stands {column:,} columns to the right")


def grid_too_large(document: Document, what: str) -> RefusedFile:
    """The refusal of a table larger than any return."""
    message = (
        f"{what}; a return has at most {MAX_ROWS:,} rows and {MAX_COLUMNS} columns. "
        "Delete everything below and beside the table and save again, or copy the figures into a new template."
    )
    return document.refuse("grid_too_large", message)
