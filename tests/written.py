"""Voices, answers and places of texts by hand, put into a ledger past intake, so that a text can be as bad as a test wants."""

from datetime import date
from pathlib import Path

import duckdb

from hscb_qa.ledger import TextPlace, ledger_path


def note(submission: int, line: int = 2) -> TextPlace:
    """Where the note of a return's first figure stands, or that of another line."""
    return TextPlace(submission, "Figures", line, "note")


def voice(
    store: Path,
    submission: int,
    line: int,
    *,
    message: str,
    changed: str = "",
    about: str = "help_and_early_help",
    method: str = "Survey",
    asked: int = 12,
    who: str = "children",
) -> TextPlace:
    """Add a voice to a return; gives the place of its message."""
    values = [submission, line, who, about, method, asked, date(2026, 5, 1), message, changed]
    with duckdb.connect(str(ledger_path(store))) as ledger:
        ledger.execute("INSERT INTO voices VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
    return TextPlace(submission, "Voices", line, "message")


def answer(
    store: Path, submission: int, line: int, words: str, question: str = "What has changed since the last return, and why?"
) -> TextPlace:
    """Add an answer of the narrative to a return; gives its place."""
    with duckdb.connect(str(ledger_path(store))) as ledger:
        ledger.execute("INSERT INTO narratives VALUES (?, ?, ?, ?)", [submission, line, question, words])
    return TextPlace(submission, "Narrative", line, "answer")
