"""What children, parents and frontline staff said, row by row: who was asked, how, how many, when, and what came of it.

Refuses a message nobody could weigh because it is not said whose it is, or when and how it was heard.
"""

import re
from datetime import date

import pandas as pd

from hscb_qa.checks.returns.cells import WITHHELD, cells, listed, quoted, tell_errors
from hscb_qa.checks.returns.context import Context
from hscb_qa.errors import Issue, suggest
from hscb_qa.readers.return_form import SPEAKERS, VOICE_HEADERS, plain
from hscb_qa.readers.returns import Return

_NEEDED = tuple(column for column in VOICE_HEADERS if column != "about")
_WHOLE = re.compile(r"\d{1,6}(?:\.0+)?")


def incomplete_voice(given: Return, _: Context) -> list[Issue]:
    """Errors for rows of the sheet Voices that leave a cell blank which a reader needs."""
    faults = [
        fault
        for column in _NEEDED
        for fault in cells(_filled(given, column, blank=True).assign(header=VOICE_HEADERS[column]), column, "header")
    ]
    return tell_errors(given, "incomplete_voice", faults, lambda header: f"'{header}' is blank. Fill it, or clear the whole row.")


def unknown_speaker(given: Return, _: Context) -> list[Issue]:
    """Errors for those asked who are none of the three the Board hears apart."""
    rows = _filled(given, "who")
    rows = rows[~rows["who"].map(plain).isin(SPEAKERS)]
    allowed = listed([f"'{one}'" for one in SPEAKERS])
    return tell_errors(
        given, "unknown_speaker", cells(rows, "who"), lambda text: f"{quoted(text)} is none of {allowed}.{suggest(plain(text), SPEAKERS)}"
    )


def unknown_area(given: Return, context: Context) -> list[Issue]:
    """Errors for what a voice is about that is no area of any plan year, by id or title."""
    areas = [area for year in context.framework.plan_years for area in year.areas]
    known = {plain(name) for area in areas for name in (area.id, area.short_title, area.title)}
    rows = _filled(given, "about")
    rows = rows[~rows["about"].map(plain).isin(known)]
    titles = [area.short_title for area in areas]
    return tell_errors(given, "unknown_area", cells(rows, "about"), lambda text: _no_area(text, titles))


def voice_date(given: Return, context: Context) -> list[Issue]:
    """Errors for days that are no days, or lie after the day of the return."""
    dated = [
        (line, column, fault) for line, column, text in cells(_filled(given, "date"), "date") if (fault := _date_fault(text, context.on))
    ]
    return tell_errors(given, "voice_date", dated)


def voice_number_asked(given: Return, _: Context) -> list[Issue]:
    """Errors for numbers of people asked that are not whole numbers of at least 1."""
    rows = _filled(given, "asked")
    whole = rows["asked"].map(lambda text: bool(_WHOLE.fullmatch(text.strip())) and float(text) >= 1).astype(bool)
    message = "is no number of people asked. Give a whole number of 1 or more; an estimate is better than a word."
    return tell_errors(given, "voice_number_asked", cells(rows[~whole], "asked"), lambda text: f"{quoted(text)} {message}")


def _filled(given: Return, column: str, blank: bool = False) -> pd.DataFrame:
    """Voices with something in a column, or with nothing; what was withheld counts as something, and is not looked at."""
    texts = given.voices[column].str.strip()
    return given.voices[texts == ""] if blank else given.voices[(texts != "") & (texts != WITHHELD)]


def _no_area(text: str, titles: list[str]) -> str:
    return f"{quoted(text)} is no area of the Board's plan. Take one of its titles, or leave the cell blank.{suggest(text, titles)}"


def _date_fault(text: str, on: date) -> str:
    try:
        day = date.fromisoformat(text.strip()[:10])
    except ValueError:
        return f"{quoted(text)} is no date. Format the cell as a date, or write it as {on.isoformat()}."
    return f"{day.isoformat()} lies after the day of the return, {on.isoformat()}. Correct it." if day > on else ""
