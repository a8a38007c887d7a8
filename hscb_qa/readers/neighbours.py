"""A set of statistical neighbours, workbook or wide CSV, to rows of authority, rank, neighbour and closeness.

Both forms give the same rows. Refuses numbers that stand for no authority, an authority among its own neighbours, and a neighbour
given twice. Authorities for which DfE gives no neighbours ("-") are noted.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from hscb_qa.errors import Issue
from hscb_qa.geographies import Geographies
from hscb_qa.readers.delimited import read_table
from hscb_qa.readers.document import TEXT, Document, open_document
from hscb_qa.readers.faults import gather_faults
from hscb_qa.readers.forms import NEIGHBOURS
from hscb_qa.readers.reading import NEIGHBOUR_COLUMNS, Reading
from hscb_qa.readers.workbook import Sheet, read_sheets

RANKS = range(1, 11)

_NONE = ("", "-")
_HEADER = ("LA num", "LA Name", *(f"SN{rank}" for rank in RANKS))


@dataclass(frozen=True)
class _Authority:
    """One line of a set: an authority, and number and closeness of its neighbours by rank."""

    line: int
    number: str
    name: str
    neighbours: tuple[tuple[str, str], ...]


def read_neighbours(path: Path, places: Geographies) -> Reading:
    """Read a set. `rows` has the columns line (int64), geography, rank (int64, 1 to 10), neighbour and closeness. Raises RefusedFile."""
    document = open_document(path, (".xlsx", ".ods", ".csv"))
    authorities, notes = _from_csv(document) if document.kind == TEXT else _from_workbook(document)
    with_neighbours = [one for one in authorities if any(number not in _NONE for number, _ in one.neighbours)]
    without = [one.name for one in authorities if one not in with_neighbours]
    if without:
        notes.append(f"No neighbours are given for {', '.join(without)}.")
    return Reading(
        source="neighbours",
        file=document.name,
        sha256=document.sha256,
        rows=_rows(with_neighbours, places),
        issues=tuple(_issues(document, with_neighbours, places)),
        notes=tuple(notes),
    )


def _from_csv(document: Document) -> tuple[list[_Authority], list[str]]:
    table = read_table(document, NEIGHBOURS)
    numbers = [f"SN_{rank}" for rank in RANKS]
    authorities = [
        _Authority(line, row["old_la_code"], row["la_name"], tuple((row[column], row[column + "P"].strip()) for column in numbers))
        for line, row in zip(table.cells.index, table.cells.to_dict("records"), strict=True)
    ]
    return authorities, list(table.notes)


def _from_workbook(document: Document) -> tuple[list[_Authority], list[str]]:
    for sheet in read_sheets(document):
        for position, (_, row) in enumerate(sheet.rows):
            if set(_HEADER) <= set(row):
                return _below(sheet, position), []
    wanted = ", ".join(_HEADER[:3])
    message = f"No sheet has a line with the column names {wanted} to {_HEADER[-1]}. Is it a set of statistical neighbours by DfE?"
    raise document.refuse("missing_columns", message)


def _below(sheet: Sheet, header_position: int) -> list[_Authority]:
    """The authorities under the header; lines without a number and neighbours are headings between blocks."""
    header = sheet.rows[header_position][1]
    at = {title: header.index(title) for title in _HEADER}
    authorities = []
    for line, row in sheet.rows[header_position + 1 :]:
        padded = (*row, "")
        neighbours = tuple((padded[at[f"SN{rank}"]], padded[at[f"SN{rank}"] + 1]) for rank in RANKS)
        if row[at["LA num"]] or any(number for number, _ in neighbours):
            authorities.append(_Authority(line, row[at["LA num"]], row[at["LA Name"]], neighbours))
    return authorities


def _rows(authorities: list[_Authority], places: Geographies) -> pd.DataFrame:
    rows = [
        (one.line, _code(one.number, places), rank, _code(number, places), closeness)
        for one in authorities
        for rank, (number, closeness) in enumerate(one.neighbours, start=1)
    ]
    frame = pd.DataFrame(rows, columns=list(NEIGHBOUR_COLUMNS))
    return frame.astype({"line": "int64", "geography": "str", "rank": "int64", "neighbour": "str", "closeness": "str"})


def _code(number: str, places: Geographies) -> str:
    place = places.by_old_la_code(number)
    return place.code if place else ""


def _issues(document: Document, authorities: list[_Authority], places: Geographies) -> Iterator[Issue]:
    faults = [(one.line, check, words) for one in authorities for check, words in _faults(one, places)]
    for check in dict.fromkeys(check for _, check, _ in faults):
        yield from gather_faults("error", check, document.name, [(line, words) for line, found, words in faults if found == check])
    numbers = [one.number for one in authorities]
    repeated = [
        (one.line, f"'{one.name}' ({one.number}) is given twice.")
        for position, one in enumerate(authorities)
        if one.number in numbers[:position]
    ]
    yield from gather_faults("error", "neighbour_sets", document.name, repeated)


def _faults(one: _Authority, places: Geographies) -> Iterator[tuple[str, str]]:
    place = places.by_old_la_code(one.number)
    if place and not place.is_called(one.name):
        yield ("geography_code_and_name", f"The number {one.number} is {place.name}, not '{one.name}'. Correct one of the two.")
    numbers = [number for number, _ in one.neighbours]
    for number in dict.fromkeys((one.number, *numbers)):
        if places.by_old_la_code(number) is None:
            yield ("unknown_place", f"'{number}' is the number of no authority. Numbers are three digits, such as 310 for Harrow.")
    if one.number in numbers:
        yield "neighbour_sets", f"'{one.name}' stands among its own neighbours."
    for number in dict.fromkeys(number for number in numbers if numbers.count(number) > 1):
        yield "neighbour_sets", f"'{one.name}' has the neighbour '{number}' twice."
