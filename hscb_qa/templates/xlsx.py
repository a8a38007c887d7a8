"""A table of figures, voices and narrative to an XLSX workbook made for the people who fill it.

Cells to fill are unlocked and yellow, with the rule of each in the cell; everything else is protected without a password. Numbers are
written as numbers and text as text, never as a formula. The same content gives the same bytes. Refuses text longer than a cell holds.
"""

import io
import math
from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hscb_qa.errors import HscbError
from hscb_qa.readers.return_form import (
    FIGURE_HEADERS,
    FIGURES,
    NARRATIVE,
    NARRATIVE_HEADERS,
    NUMBERS,
    READ_ME,
    SPEAKERS,
    STATUS_WORDS,
    VOICE_HEADERS,
    VOICES,
)
from hscb_qa.templates.table import asked_of
from hscb_qa.templates.words import AREAS_TITLE, Cover, read_me

HEADER_ROW = 3
"""The row of the headers counted from 0: title, a line on what to do, a blank line, headers."""

_FONT = {"font_name": "Arial", "font_size": 11, "valign": "top"}
_INK, _LINE, _FILL, _NEVER, _HEAD, _PART_INK, _ALARM = "#1D2A35", "#B8C2CC", "#FFF8D6", "#E3E7EB", "#1F3A52", "#4A5763", "#F6C9C0"
_WIDTHS = {
    "name": 38,
    "breakdown": 24,
    "period": 12,
    "numerator": 12,
    "denominator": 13,
    "value": 10,
    "status": 14,
    "note": 38,
    "last": 22,
    "numerator_counts": 44,
    "denominator_counts": 44,
    "definition": 56,
    "unit": 14,
    "indicator": 48,
    "agency": 22,
    "quarter": 13,
    "form": 30,
}
_PRINTED = "definition"
"""The last column that is printed; what stands right of it is for programs."""
_WRAPPED = ("name", "breakdown", "note", "last", "numerator_counts", "denominator_counts", "definition")
_VOICE_WIDTHS = {"who": 22, "about": 30, "method": 26, "asked": 12, "date": 14, "message": 60, "changed": 60}
_VOICE_LINES = 60
_LONGEST = 32_767
_LINE_HEIGHT, _HIGHEST = 14.5, 400
_LETTERS = 1.1
"""Letters of Arial that stand in a column of width 1."""
_A3, _A4 = 8, 9


class _Styles:
    """The formats of a workbook by what they are for, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[Any, ...], Format] = {}

    def of(self, **changes: Any) -> Format:
        """The base font with changes."""
        key = tuple(sorted(changes.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({**_FONT, "font_color": _INK, **changes})
        return self._made[key]

    @property
    def title(self) -> Format:
        return self.of(bold=True, font_size=16)

    @property
    def heading(self) -> Format:
        return self.of(bold=True, font_size=13, bottom=1, bottom_color=_LINE)

    @property
    def header(self) -> Format:
        return self.of(bold=True, font_color="#FFFFFF", bg_color=_HEAD, text_wrap=True, border=1, border_color=_LINE, valign="vcenter")

    @property
    def text(self) -> Format:
        return self.of(text_wrap=True)

    def cell(self, **changes: Any) -> Format:
        return self.of(text_wrap=True, border=1, border_color=_LINE, **changes)

    def fill(self, **changes: Any) -> Format:
        return self.cell(bg_color=_FILL, locked=False, **changes)

    @property
    def never(self) -> Format:
        return self.cell(bg_color=_NEVER)


def xlsx_bytes(cover: Cover, table: pd.DataFrame, voices: pd.DataFrame, narrative: pd.DataFrame) -> bytes:
    """The workbook as a file's bytes. Raises HscbError where a text is longer than a cell can hold."""
    _refuse_long_text(table, voices, narrative)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties(
            {
                "title": cover.title,
                "subject": f"Return for {cover.quarter.text}",
                "author": cover.framework.board.name,
                "comments": cover.subtitle,
                "created": datetime(cover.quarter.end.year, cover.quarter.end.month, cover.quarter.end.day),
            }
        )
        styles = _Styles(book)
        sheets = {name: book.add_worksheet(name) for name in (READ_ME, FIGURES, VOICES, NARRATIVE)}
        areas = _write_read_me(sheets[READ_ME], styles, cover)
        _write_figures(sheets[FIGURES], styles, cover, table)
        _write_voices(sheets[VOICES], styles, cover, voices, areas)
        _write_narrative(sheets[NARRATIVE], styles, cover, narrative)
        sheets[FIGURES].activate()
    return stream.getvalue()


def _refuse_long_text(*tables: pd.DataFrame) -> None:
    for table in tables:
        texts = table.select_dtypes(exclude="number")
        if (texts.map(lambda text: len(str(text))) > _LONGEST).to_numpy().any():
            raise HscbError(f"A text is longer than the {_LONGEST:,} characters a cell of a workbook holds. Shorten it, or write CSV.")


# Read me


def _write_read_me(sheet: Worksheet, styles: _Styles, cover: Cover) -> str:
    """Write the sheet; gives the range in which the areas stand, for the choice of one in Voices."""
    sheet.set_column(0, 0, 40, styles.text)
    sheet.set_column(1, 1, 100, styles.text)
    sheet.write_string(0, 0, cover.title, styles.title)
    sheet.set_row(0, 26)
    lines = read_me(cover)
    for row, (name, text) in enumerate(lines, start=1):
        is_heading = name and not text
        sheet.write_string(row, 0, name, styles.heading if is_heading else styles.of(bold=True, text_wrap=True))
        if text:
            sheet.write_string(row, 1, text, styles.text)
            _set_height(sheet, row, [(text, 100)])
        if is_heading:
            sheet.write_blank(row, 1, None, styles.heading)
            sheet.set_row(row, 24)
    _finish(sheet, cover, landscape=False)
    first = lines.index((AREAS_TITLE, "")) + 3
    return f"='{READ_ME}'!$B${first}:$B${first + len(cover.areas) - 1}"


# Figures


def _write_figures(sheet: Worksheet, styles: _Styles, cover: Cover, table: pd.DataFrame) -> None:
    hint = "Fill the yellow cells. Grey cells stay empty. None is 0, not blank. No names, dates of birth or other personal data."
    _write_head(sheet, styles, cover.title, hint, FIGURE_HEADERS, _WIDTHS)
    records = table.to_dict("records")
    asked = [_asked(cover, record["indicator"]) for record in records]
    for row, (record, parts) in enumerate(zip(records, asked, strict=True), start=HEADER_ROW + 1):
        _set_height(sheet, row, [(record[key], _WIDTHS[key]) for key in _WRAPPED])
        for column, key in enumerate(FIGURE_HEADERS):
            _write_cell(sheet, row, column, record[key], _figure_style(styles, key, record, parts))
    last = HEADER_ROW + len(records)
    _validate_numbers(sheet, cover, records, asked)
    _validate_list(sheet, _column("status"), last, list(STATUS_WORDS.values()), "Blank where you give a figure. Say why under Note.")
    _mark_contradictions(sheet, styles, last)
    sheet.freeze_panes(HEADER_ROW + 1, _column("breakdown") + 1)
    sheet.autofilter(HEADER_ROW, 0, last, len(FIGURE_HEADERS) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{_letter('form')}{last + 1}"})
    sheet.repeat_rows(HEADER_ROW)
    sheet.print_area(0, 0, last, _column(_PRINTED))
    _finish(sheet, cover, paper=_A3)


def _asked(cover: Cover, indicator_id: str) -> tuple[str, ...]:
    indicator = cover.framework.indicators.get(indicator_id)
    return asked_of(indicator) if indicator else NUMBERS


def _column(key: str) -> int:
    return list(FIGURE_HEADERS).index(key)


def _letter(key: str) -> str:
    return chr(65 + _column(key))


def _figure_style(styles: _Styles, key: str, record: Mapping[Any, Any], parts: tuple[str, ...]) -> Format:
    is_part = record["breakdown"] != "All"
    if key in NUMBERS:
        return styles.fill(num_format="#,##0.##########" if key == "value" else "#,##0.###") if key in parts else styles.never
    if key in ("status", "note"):
        return styles.fill(num_format="@")
    if key == "name":
        return styles.cell(align="left", indent=2, font_color=_PART_INK, font_size=10) if is_part else styles.cell(bold=True)
    return styles.cell(font_color=_PART_INK) if is_part else styles.cell()


def _write_cell(sheet: Worksheet, row: int, column: int, content: Any, style: Format) -> None:
    if isinstance(content, str) and content:
        sheet.write_string(row, column, content, style)
    elif isinstance(content, float) and content == content:
        sheet.write_number(row, column, content, style)
    else:
        sheet.write_blank(row, column, None, style)


def _validate_numbers(sheet: Worksheet, cover: Cover, records: list[dict[Any, Any]], asked: list[tuple[str, ...]]) -> None:
    """One rule for each run of rows that takes the same kind of number."""
    for part in NUMBERS:
        kinds = [_kind(cover, record["indicator"]) if part in parts else "" for record, parts in zip(records, asked, strict=True)]
        row = HEADER_ROW + 1
        for kind, run in groupby(kinds):
            length = len(list(run))
            if kind:
                sheet.data_validation(row, _column(part), row + length - 1, _column(part), _number_rule(kind))
            row += length


def _kind(cover: Cover, indicator_id: str) -> str:
    """Counts are whole numbers; ready figures, and counts of full-time equivalents, may have decimals, and differences be below 0."""
    indicator = cover.framework.indicators.get(indicator_id)
    if indicator is None or indicator.unit == "percentage_points":
        return "any"
    words = f"{indicator.numerator} {indicator.denominator}".casefold()
    return "decimal" if "value" in asked_of(indicator) or "equivalent" in words else "integer"


def _number_rule(kind: str) -> dict[str, Any]:
    what = {"integer": "a whole number, 0 or more", "decimal": "a number, 0 or more; 45% is written 45", "any": "a number"}[kind]
    return {
        "validate": "integer" if kind == "integer" else "decimal",
        "criteria": ">=",
        "value": -1_000_000 if kind == "any" else 0,
        "error_title": "Not a figure",
        "error_message": f"Write {what}. Where there is no figure, leave the cell blank and choose a Status.",
    }


def _validate_list(sheet: Worksheet, column: int, last: int, words: list[str] | str, hint: str) -> None:
    rule = {
        "validate": "list",
        "source": words,
        "input_message": hint,
        "error_title": "Not in the list",
        "error_message": f"Choose one. {hint}",
    }
    sheet.data_validation(HEADER_ROW + 1, column, last, column, rule)


def _mark_contradictions(sheet: Worksheet, styles: _Styles, last: int) -> None:
    """Red for the numerator of a percentage above its denominator, and for a status without a reason."""
    first = HEADER_ROW + 2
    numerator, denominator, status, note, unit = (
        f"${_letter(key)}{first}" for key in ("numerator", "denominator", "status", "note", "unit")
    )
    alarm = styles.of(bg_color=_ALARM)
    above = f'=AND(ISNUMBER({numerator}),ISNUMBER({denominator}),{unit}="percent",{numerator}>{denominator})'
    sheet.conditional_format(
        HEADER_ROW + 1, _column("numerator"), last, _column("denominator"), {"type": "formula", "criteria": above, "format": alarm}
    )
    silent = f'=AND({status}<>"",{note}="")'
    sheet.conditional_format(
        HEADER_ROW + 1, _column("note"), last, _column("note"), {"type": "formula", "criteria": silent, "format": alarm}
    )


# Voices and Narrative


def _write_voices(sheet: Worksheet, styles: _Styles, cover: Cover, voices: pd.DataFrame, areas: str) -> None:
    hint = "One row a message you heard. All but About is needed. Write it so that nobody can be known from it."
    _write_head(sheet, styles, "Voices", hint, VOICE_HEADERS, _VOICE_WIDTHS)
    records = voices.to_dict("records")
    last = HEADER_ROW + max(_VOICE_LINES, len(records))
    for row in range(HEADER_ROW + 1, last + 1):
        record = records[row - HEADER_ROW - 1] if row - HEADER_ROW <= len(records) else {}
        for column, key in enumerate(VOICE_HEADERS):
            style = styles.fill(num_format="d mmmm yyyy", align="left") if key == "date" else styles.fill()
            _write_voice_cell(sheet, row, column, key, record.get(key, ""), style)
    _validate_list(sheet, 0, last, list(SPEAKERS), "Who said it.")
    _validate_list(sheet, 1, last, areas, "May be blank.")
    sheet.data_validation(HEADER_ROW + 1, 3, last, 3, {**_number_rule("integer"), "error_message": "How many were asked: a whole number."})
    day = {
        "validate": "date",
        "criteria": "between",
        "minimum": date(2000, 1, 1),
        "maximum": date(2099, 12, 31),
        "error_title": "Not a day",
        "error_message": "The day, or the last day, on which it was said, as 14 November 2025.",
    }
    sheet.data_validation(HEADER_ROW + 1, 4, last, 4, day)
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    sheet.repeat_rows(HEADER_ROW)
    _finish(sheet, cover)


def _write_voice_cell(sheet: Worksheet, row: int, column: int, key: str, text: str, style: Format) -> None:
    """Days as days and numbers as numbers where the text is one; everything else as text."""
    if key == "date" and text:
        try:
            sheet.write_datetime(row, column, date.fromisoformat(text), style)
            return
        except ValueError:
            pass
    _write_cell(sheet, row, column, float(text) if key == "asked" and text.isdecimal() else text, style)


def _write_narrative(sheet: Worksheet, styles: _Styles, cover: Cover, narrative: pd.DataFrame) -> None:
    hint = "A few sentences each are enough. No names or other personal data."
    _write_head(sheet, styles, "Narrative", hint, NARRATIVE_HEADERS, {"question": 44, "answer": 110})
    for row, record in enumerate(narrative.to_dict("records"), start=HEADER_ROW + 1):
        sheet.set_row(row, 110)
        _write_cell(sheet, row, 0, record["question"], styles.cell(bold=True))
        _write_cell(sheet, row, 1, record["answer"], styles.fill(num_format="@"))
    sheet.freeze_panes(HEADER_ROW + 1, 0)
    _finish(sheet, cover)


# Every sheet


def _write_head(sheet: Worksheet, styles: _Styles, title: str, hint: str, headers: Mapping[str, str], widths: Mapping[str, int]) -> None:
    sheet.write_string(0, 0, title, styles.title)
    sheet.set_row(0, 26)
    sheet.write_string(1, 0, hint, styles.of())
    for column, (key, header) in enumerate(headers.items()):
        sheet.set_column(column, column, widths[key])
        sheet.write_string(HEADER_ROW, column, header, styles.header)
    sheet.set_row(HEADER_ROW, 32)


def _set_height(sheet: Worksheet, row: int, texts: list[tuple[str, int]]) -> None:
    """Make a row high enough for its longest text, in a column of so many characters; a row of one line keeps the usual height."""
    lines = max(sum(math.ceil(max(len(line), 1) / (_LETTERS * width)) for line in text.split("\n")) for text, width in texts)
    if lines > 1:
        sheet.set_row(row, min(lines * _LINE_HEIGHT + 3, _HIGHEST))


def _finish(sheet: Worksheet, cover: Cover, *, landscape: bool = True, paper: int = _A4) -> None:
    """Print to one page's width, and protect what is not to be filled, leaving widths and filters to the reader."""
    if landscape:
        sheet.set_landscape()
    sheet.set_paper(paper)
    sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    footer = f"{cover.agency.short_name}, {cover.quarter.text}".replace("&", "&&")
    sheet.set_footer(f"&L{footer}&RPage &P of &N")
    sheet.hide_gridlines(2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})
