"""The words of the form on which agencies return their figures: its marks, sheets, headers, statuses and questions.

The template writer and the reader both take them from here, so that what is written is what is looked for. Refuses nothing; a new form
gets a new mark, and the reader refuses marks it does not know.
"""

from typing import Literal

FORM = "HSCB return 1"
ILLUSTRATIVE_FORM = f"{FORM}, illustrative"
FORMS = (FORM, ILLUSTRATIVE_FORM)
"""What stands in every row under "Form". Invented figures are marked by their own file, not by a choice made at submission."""

READ_ME, FIGURES, VOICES, NARRATIVE = "Read me", "Figures", "Voices", "Narrative"
SHEETS = (READ_ME, FIGURES, VOICES, NARRATIVE)

FIGURE_HEADERS = {
    "name": "Indicator",
    "breakdown": "Breakdown",
    "period": "Period",
    "numerator": "Numerator",
    "denominator": "Denominator",
    "value": "Value",
    "status": "Status",
    "note": "Note",
    "last": "Last accepted",
    "numerator_counts": "Numerator counts",
    "denominator_counts": "Denominator counts",
    "definition": "Definition",
    "unit": "Unit",
    "indicator": "Indicator id",
    "agency": "Agency",
    "quarter": "Return for",
    "form": "Form",
}
"""Column key -> header, in the order of the template, what is filled first and what a program needs last. They may stand in any order."""

DESCRIBING = ("name", "definition", "numerator_counts", "denominator_counts", "unit", "last")
"""Columns that explain and are not read."""
REQUIRED = tuple(key for key in FIGURE_HEADERS if key not in DESCRIBING)
NUMBERS = ("numerator", "denominator", "value")

STATUS_WORDS = {"x": "not available", "z": "not applicable"}

VOICE_HEADERS = {
    "who": "Who",
    "about": "About",
    "method": "Method",
    "asked": "Number asked",
    "date": "Date",
    "message": "Message",
    "changed": "What changed",
}
SPEAKERS: tuple[str, ...] = ("children", "parents and carers", "frontline staff")

NARRATIVE_HEADERS = {"question": "Question", "answer": "Answer"}
QUESTIONS = (
    "What are these figures telling you about children's safety and welfare?",
    "What has changed since the last return, and why?",
    "What have you done about it, and what difference has it made for children?",
    "What does the Board need to know or decide?",
)

HEADERS: dict[Literal["Figures", "Voices", "Narrative"], dict[str, str]] = {
    "Figures": FIGURE_HEADERS,
    "Voices": VOICE_HEADERS,
    "Narrative": NARRATIVE_HEADERS,
}
"""Sheet -> column key -> header. No key stands in two sheets, so a key alone names a column."""


def plain(text: str) -> str:
    """Text as the reader compares it: case and runs of blanks do not matter.

    >>> plain("  Indicator  ID ")
    'indicator id'
    """
    return " ".join(text.split()).casefold()
