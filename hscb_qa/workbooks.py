"""The rows of a chart to an XLSX workbook: one sheet of figures with their statuses, one that says what they are.

Numbers are written as numbers and text as text, never as a formula. Refuses figures without their sheet of words: a file travels alone.
"""

import io
from collections.abc import Iterable
from datetime import datetime

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from hscb_qa import formats, sentences
from hscb_qa.views import IndicatorView

FIGURES, ABOUT = "Figures", "About"
_WIDEST, _NARROWEST = 46, 8
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
}


def figures_workbook(rows: pd.DataFrame, about: Iterable[tuple[str, str]]) -> bytes:
    """A workbook of rows, one to a figure, under a heading that stays, and of what has to be known of them.

    An empty cell is empty: its status stands beside it. The same content gives the same bytes.
    """
    target = io.BytesIO()
    with Workbook(target, _OPTIONS) as book:
        book.set_properties({"created": datetime(2000, 1, 1)})
        _write_figures(book, book.add_worksheet(FIGURES), rows)
        _write_about(book, book.add_worksheet(ABOUT), [*about, *_statuses(rows)])
    return target.getvalue()


def about_views(views: Iterable[IndicatorView], chart: Iterable[str] = ()) -> list[tuple[str, str]]:
    """What has to be known of series: what each is, where it comes from and how it is read; the words of their chart come first.

    What holds for all of them, the edition and the disclosure rule, is said once.
    """
    shown = list(views)
    told = [("This chart", words) for words in chart]
    for view in {(one.indicator.id, one.breakdown): one for one in shown}.values():
        told += _about_indicator(view)
    told += [(f"Source, {view.place}", sentences.source_in_words(view)) for view in shown]
    told += dict.fromkeys(
        ("Note", words) for view in shown for words in (*sentences.notes_in_words(view), *sentences.hidden_in_words(view))
    )
    return [*told, *_about_edition(shown[0])]


def _about_indicator(view: IndicatorView) -> list[tuple[str, str]]:
    one = view.indicator
    return [
        ("Indicator", f"{one.name} ({formats.unit_name(one).lower()})"),
        ("What it is", one.definition),
        ("Numerator", one.numerator),
        *([("Denominator", one.denominator)] if one.denominator else []),
        ("Why it matters", one.why_it_matters),
        ("How to read it", f"{formats.POLARITY_WORDS[one.polarity].capitalize()}."),
        *([("Data note", one.data_note)] if one.data_note else []),
    ]


def _about_edition(view: IndicatorView) -> list[tuple[str, str]]:
    kind = "Illustrative: every figure is invented." if view.illustrative else "Published figures and agencies' returns."
    rules = [("Rule for small numbers", words) for words in sentences.rule_in_words(view.disclosure)]
    return [("Figures", kind), ("Edition", f"{view.edition}, published {view.published_on}"), *rules]


def _statuses(rows: pd.DataFrame) -> list[tuple[str, str]]:
    found = {str(status).strip("[]") for status in rows.get("status", [])}
    return [(f"[{status}]", words) for status, words in formats.STATUS_WORDS.items() if status in found]


def _write_figures(book: Workbook, sheet: Worksheet, rows: pd.DataFrame) -> None:
    head, plain = book.add_format({"bold": True, "bottom": 2}), book.add_format({})
    for column, name in enumerate(rows.columns):
        sheet.write_string(0, column, str(name), head)
        cells = list(rows[name])
        longest = max((len(str(cell)) for cell in cells if not pd.isna(cell)), default=0)
        sheet.set_column(column, column, min(max(longest, len(str(name)), _NARROWEST) + 2, _WIDEST), plain)
        for line, cell in enumerate(cells, start=1):
            _write_cell(sheet, line, column, cell)
    sheet.freeze_panes(1, 0)
    if len(rows):
        sheet.autofilter(0, 0, len(rows), len(rows.columns) - 1)


def _write_cell(sheet: Worksheet, line: int, column: int, cell: object) -> None:
    if cell is None or pd.isna(cell):  # type: ignore[call-overload]
        return
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        sheet.write_number(line, column, cell)
    elif str(cell):
        sheet.write_string(line, column, str(cell))


def _write_about(book: Workbook, sheet: Worksheet, about: list[tuple[str, str]]) -> None:
    head, text = book.add_format({"bold": True, "valign": "top"}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 110)
    for line, (name, words) in enumerate(about):
        sheet.write_string(line, 0, name, head)
        sheet.write_string(line, 1, words, text)
