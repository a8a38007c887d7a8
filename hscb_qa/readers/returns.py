"""An agency's return, from XLSX, ODS or CSV, to its figures, voices and narrative, each with the line and cell it stands in.

Refuses a file that is not the form, or that is built to do harm. What an agency wrote is never quoted here: the check for personal data
comes after, and a message must not carry what that check would hold back.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd

from hscb_qa.definitions import Framework
from hscb_qa.errors import Issue, RefusedFile
from hscb_qa.readers.document import Document
from hscb_qa.readers.return_cells import PeriodTexts, breakdown_texts, percent_text, read_day, read_number, read_status
from hscb_qa.readers.return_form import (
    FIGURE_HEADERS,
    FIGURES,
    FORMS,
    NARRATIVE,
    NARRATIVE_HEADERS,
    NUMBERS,
    QUESTIONS,
    REQUIRED,
    SHEETS,
    VOICE_HEADERS,
    VOICES,
    plain,
)
from hscb_qa.readers.return_grids import Grid, checked_document, open_return, read_grids
from hscb_qa.readers.return_table import FormTable, find_header, header_issues, read_rows
from hscb_qa.readers.return_xml import PERCENT, column_letter

RETURN_COLUMNS = (
    *("line", "form", "agency", "quarter", "indicator", "breakdown", "period"),
    *("numerator_text", "denominator_text", "value_text", "numerator", "denominator", "value", "status", "note"),
)
VOICE_COLUMNS = ("line", *VOICE_HEADERS)
NARRATIVE_COLUMNS = ("line", *NARRATIVE_HEADERS)

_USUAL_SHEET = re.compile(r"(?:Sheet|Tabelle|Feuil|Hoja|Blad)[ _]?[0-9]{0,3}", re.IGNORECASE)
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright bars"}


@dataclass(frozen=True, eq=False)
class Return:
    """One agency's return, read whole.

    `rows` has the columns `RETURN_COLUMNS`: `line` int64; `numerator`, `denominator` and `value` float64, NaN where the cell is blank or no
    number, its text beside it; all others text. `breakdown`, `period` and `quarter` are canonical where what is written is known, else as
    written; `status` is '', 'x' or 'z', else as written. A cell shown as a percentage has text such as "45%", and is the number 45 as
    the value of an indicator in percent, no number elsewhere. `voices` and `narrative` have `VOICE_COLUMNS` and `NARRATIVE_COLUMNS`, all
    text but `line`; days are ISO text where the cell is a day. `columns` gives the letter of each column by its key in `return_form`, of
    all sheets; it is empty for CSV. `texts` has every cell that holds something, of every sheet: sheet, line, column letter, text.
    """

    file: str
    sha256: str
    content: bytes
    rows: pd.DataFrame
    voices: pd.DataFrame
    narrative: pd.DataFrame
    columns: Mapping[str, str]
    texts: tuple[tuple[str, int, str, str], ...]
    issues: tuple[Issue, ...]


def read_return(path: Path, framework: Framework) -> Return:
    """Read the file of a return. Raises RefusedFile, with every fault of the form, where there is no table to check."""
    return _read(open_return(path), framework)


def read_return_bytes(name: str, content: bytes, framework: Framework) -> Return:
    """Read an uploaded return from its name and bytes; otherwise as `read_return`."""
    return _read(checked_document(Document(Path(name), content)), framework)


def _read(document: Document, framework: Framework) -> Return:
    grids, issues = read_grids(document)
    figures, grids, unknown = _sort_sheets(document, grids)
    issues += unknown
    table = _figures_table(document, figures, issues)
    voices = _side_table(document, grids, VOICES, VOICE_HEADERS, "message", issues)
    narrative = _side_table(document, grids, NARRATIVE, NARRATIVE_HEADERS, "question", issues)
    rows = _rows(table, framework)
    issues += _form_issues(document, table, rows)
    issues += _question_issues(document, narrative)
    return Return(
        file=document.name,
        sha256=document.sha256,
        content=document.content,
        rows=rows,
        voices=_voices(voices),
        narrative=_narrative(narrative),
        columns={key: letter for one in (table, voices, narrative) if one for key, letter in one.letters.items()},
        texts=_texts([figures, *grids]),
        issues=tuple(issues),
    )


def _sort_sheets(document: Document, grids: list[Grid]) -> tuple[Grid, list[Grid], list[Issue]]:
    """The grid of the figures under its proper name, the other grids, and an error for each sheet the form does not have.

    Figures stand in the sheet of that name, else in the first that has the header "Indicator id". Raises RefusedFile where none does.
    """
    filled = [grid for grid in grids if grid.lines]
    named = [grid for grid in filled if plain(grid.name) in ("", plain(FIGURES))]
    figures = next((grid for grid in [*named, *filled] if find_header(grid, FIGURE_HEADERS, "indicator")), None)
    if figures is None:
        raise _not_the_form(document, filled)
    others: dict[str, Grid] = {}
    issues = []
    proper = {plain(name): name for name in SHEETS if name != FIGURES}
    for number, grid in enumerate(grids, start=1):
        name = proper.get(plain(grid.name))
        if grid is figures or not grid.lines:
            continue
        if name is None or name in others:
            issues.append(Issue("error", "unknown_sheet", document.name, None, _sheet_message(grid.name, number)))
        others[name or f"sheet {number}"] = replace(grid, name=name or f"sheet {number}")
    return replace(figures, name=FIGURES if figures.name else ""), list(others.values()), issues


def _sheet_message(name: str, number: int) -> str:
    called = f" ('{name}')" if _USUAL_SHEET.fullmatch(name) else ""
    return f"Sheet {number} of the workbook{called} is not of the form. A return has the sheets {', '.join(SHEETS)}; delete any other."


def _not_the_form(document: Document, grids: list[Grid]) -> RefusedFile:
    for line, cells in grids[0].lines[:5] if grids and not grids[0].name else ():
        sign = next((sign for sign in _SEPARATORS if sign in cells[0]), None)
        if len(cells) == 1 and sign:
            return document.refuse(
                "wrong_separator", f"The cells are parted by {_SEPARATORS[sign]}. Save the file with commas between them.", line
            )
    message = (
        f"There is no table of figures in this file: no line has the headers of a return, such as '{FIGURE_HEADERS['indicator']}'. "
        "Copy the figures into a new template."
    )
    return document.refuse("form_not_known", message)


def _figures_table(document: Document, grid: Grid, issues: list[Issue]) -> FormTable:
    """The table of figures; adds what is wrong with its form. Raises RefusedFile where columns are missing or there are no rows."""
    header = find_header(grid, FIGURE_HEADERS, "indicator")
    assert header is not None, "the sheet was chosen by its headers"
    faults, readable = header_issues(grid, header, FIGURE_HEADERS, REQUIRED, document.name)
    issues += faults
    if not readable:
        raise RefusedFile(issues)
    table, faults = read_rows(grid, header, FIGURE_HEADERS, document.name)
    issues += faults
    if table.cells.empty:
        message = "There are no figures under the headers. Keep the rows of the template and fill them."
        raise RefusedFile([*issues, grid.issue("no_rows", header.line, None, document.name, message)])
    return table


def _side_table(
    document: Document, grids: list[Grid], name: str, headers: Mapping[str, str], sure: str, issues: list[Issue]
) -> FormTable | None:
    """The table of Voices or Narrative, adding what is wrong with its form; None where the sheet is not there or cannot be read."""
    grid = next((grid for grid in grids if grid.name == name), None)
    if grid is None:
        return None
    header = find_header(grid, headers, sure)
    if header is None:
        message = f"No line has the headers {', '.join(headers.values())}. Copy what is written there into a new template."
        issues.append(grid.issue("columns_missing", None, None, document.name, message))
        return None
    faults, readable = header_issues(grid, header, headers, tuple(headers), document.name)
    issues += faults
    if not readable:
        return None
    table, faults = read_rows(grid, header, headers, document.name)
    issues += faults
    return table


def _rows(table: FormTable, framework: Framework) -> pd.DataFrame:
    cells, rules = table.cells, framework.returns
    breakdowns, periods = breakdown_texts(rules), PeriodTexts(framework, date.today())
    in_percent = {one.id for one in framework.indicators.values() if one.unit == "percent"}
    percents = cells["indicator"].isin(in_percent)
    texts = {part: _number_texts(table, part) for part in NUMBERS}
    rows = pd.DataFrame(
        {
            "line": cells.index,
            "form": cells["form"],
            "agency": cells["agency"],
            "quarter": cells["quarter"].map(periods.quarter),
            "indicator": cells["indicator"],
            "breakdown": [breakdowns.get(plain(text), text) for text in cells["breakdown"]],
            "period": [periods.canonical(*pair) for pair in zip(cells["indicator"], cells["period"], strict=True)],
            **{f"{part}_text": texts[part] for part in NUMBERS},
            "numerator": texts["numerator"].map(read_number),
            "denominator": texts["denominator"].map(read_number),
            "value": [read_number(text, percent) for text, percent in zip(texts["value"], percents, strict=True)],
            "status": cells["status"].map(read_status),
            "note": cells["note"],
        }
    )
    kinds = {name: "float64" if name in NUMBERS else "int64" if name == "line" else "str" for name in RETURN_COLUMNS}
    return rows.reset_index(drop=True)[list(RETURN_COLUMNS)].astype(kinds)


def _number_texts(table: FormTable, part: str) -> pd.Series:
    """The texts of a column of numbers, with the percent sign where the cell shows one."""
    texts, column = table.cells[part].copy(), table.columns[part]
    shown = [line for (line, number), mark in table.grid.marks.items() if mark == PERCENT and number == column and line in texts.index]
    texts.loc[shown] = [percent_text(texts[line]) for line in shown]
    return texts


def _form_issues(document: Document, table: FormTable, rows: pd.DataFrame) -> list[Issue]:
    """Errors for marks of the form that are not known, and for a file that is partly invented."""
    issues = []
    strange = rows.loc[~rows["form"].isin(FORMS), "line"].tolist()
    if strange:
        marks = " or ".join(f"'{form}'" for form in FORMS)
        message = f"'{FIGURE_HEADERS['form']}' is {marks}; it is otherwise in {_lines(strange)}. Copy the mark of the template."
        issues.append(table.grid.issue("form_not_known", strange[0], table.columns["form"], document.name, message))
    elif rows["form"].nunique() > 1:
        other = rows.loc[rows["form"] != rows["form"].iloc[0], "line"].tolist()
        message = (
            f"The file mixes a real and an illustrative form: {_lines(other)} differ from the first. A return is of one form throughout."
        )
        issues.append(table.grid.issue("mixed_forms", other[0], table.columns["form"], document.name, message))
    return issues


def _lines(lines: list[int]) -> str:
    return f"line {lines[0]}" if len(lines) == 1 else f"line {lines[0]} and {len(lines) - 1:,} more"


def _question_issues(document: Document, narrative: FormTable | None) -> list[Issue]:
    if narrative is None:
        return []
    known = {plain(question) for question in QUESTIONS}
    questions = narrative.cells["question"]
    lines = [line for line, question in zip(questions.index.tolist(), questions, strict=True) if plain(question) not in known]
    message = "The question is not one of the form's. Put the answer beside one of the questions of the template."
    return [narrative.grid.issue("unknown_question", line, narrative.columns["question"], document.name, message) for line in lines[:5]]


def _voices(table: FormTable | None) -> pd.DataFrame:
    if table is None:
        return _no_rows(VOICE_COLUMNS)
    cells = table.cells.assign(date=table.cells["date"].map(read_day))
    return cells[(cells != "").any(axis=1)].reset_index()[list(VOICE_COLUMNS)]


def _narrative(table: FormTable | None) -> pd.DataFrame:
    if table is None:
        return _no_rows(NARRATIVE_COLUMNS)
    return table.cells[table.cells["answer"] != ""].reset_index()[list(NARRATIVE_COLUMNS)]


def _no_rows(columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype="int64" if name == "line" else "str") for name in columns})


def _texts(grids: list[Grid]) -> tuple[tuple[str, int, str, str], ...]:
    letters = [column_letter(number) for number in range(1, max((len(cells) for grid in grids for _, cells in grid.lines), default=0) + 1)]
    return tuple(
        (grid.name, line, letter, cell)
        for grid in grids
        for line, cells in grid.lines
        for letter, cell in zip(letters, cells, strict=False)
        if cell
    )
