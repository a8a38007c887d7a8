"""Cells that hold neither a number nor a symbol that stands for one.

Refuses all of them: a blank, an old symbol or a stray word would otherwise be a missing figure that nobody notices.
"""

import re

import pandas as pd

from hscb_qa.errors import Issue
from hscb_qa.geographies import Geographies
from hscb_qa.readers import STATUS_WORDS, Reading
from hscb_qa.readers.ees import LEGACY_SYMBOLS
from hscb_qa.readers.faults import gather_faults

_WITH_COMMAS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_LETTERS = ", ".join(STATUS_WORDS)


def blank_values(reading: Reading, _: Geographies) -> list[Issue]:
    """Errors for blank cells where the source marks a missing figure with a letter."""
    rows = _unread(reading.rows)
    blank = rows[rows["text"].str.strip() == ""]
    faults = [
        (line, f"The cell of '{measure}' is blank. A figure that is not shown is marked with one of {_LETTERS}.")
        for line, measure in zip(blank["line"], blank["measure"], strict=True)
    ]
    return gather_faults("error", "blank_values", reading.file, faults)


def legacy_symbols(reading: Reading, _: Geographies) -> list[Issue]:
    """Errors for symbols DfE gave up, with the letter that took their place."""
    rows = _unread(reading.rows)
    old = rows[rows["text"].str.strip().isin(LEGACY_SYMBOLS)]
    figures = zip(old["line"], old["measure"], old["text"].str.strip(), strict=True)
    faults = [(line, f"'{text}' in '{measure}' is an old symbol. {_modern(LEGACY_SYMBOLS[text])}") for line, measure, text in figures]
    return gather_faults("error", "legacy_symbols", reading.file, faults)


def text_in_numbers(reading: Reading, _: Geographies) -> list[Issue]:
    """Errors for any other text in place of a number."""
    rows = _unread(reading.rows)
    texts = rows["text"].str.strip()
    handled = set(LEGACY_SYMBOLS) if reading.source == "ees" else set()
    stray = rows[(texts != "") & ~texts.isin(handled)]
    faults = [
        (line, f"'{text}' in '{measure}' is not a number. {_remedy(text)}")
        for line, measure, text in zip(stray["line"], stray["measure"], stray["text"], strict=True)
    ]
    return gather_faults("error", "text_in_numbers", reading.file, faults)


def _unread(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["value"].isna() & (rows["status"] == "")]


def _modern(letter: str) -> str:
    return f"Write '{letter}' ({STATUS_WORDS[letter]}), or whichever of {_LETTERS} is meant."


def _remedy(text: str) -> str:
    """What to do about a text that stands where a number should."""
    if _WITH_COMMAS.fullmatch(text.strip()):
        return f"Write it without commas: {text.replace(',', '').strip()}."
    if text.strip().endswith("%"):
        return "Write it without the sign; the column's name says that it is a percentage."
    return "Correct it at its source, or mark the figure with its letter."
