"""Cells for numbers, each by itself: what is no number, and numbers that cannot be the count or value asked for.

Refuses a number that is certainly wrong; one that is only likely to be is a query. A cell that should be blank is refused if filled.
"""

import re
from typing import Any

import pandas as pd

from hscb_qa.checks.returns.cells import WITHHELD, ask, cells, quoted, tell_errors, written
from hscb_qa.checks.returns.context import Context
from hscb_qa.definitions import Indicator, Unit
from hscb_qa.errors import Issue
from hscb_qa.readers.return_form import FIGURE_HEADERS, NUMBERS
from hscb_qa.readers.returns import Return

LARGEST = 10_000_000
"""More than all people in London: no agency of one borough counts as many of anything."""

RANGES: dict[Unit, tuple[float, float]] = {"percent": (0, 100), "percentage_points": (-100, 100), "score": (0, 40)}
"""Unit -> what a ready value may be. The one score agencies return is the strengths and difficulties questionnaire's, 0 to 40."""

_COUNTS = ("numerator", "denominator")
_FULL_TIME = re.compile(r"(?<!not )(?:full|whole)[- ]time[- ]equivalent", re.I)
_WITH_COMMAS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SMALL = re.compile(r"[<≤≥>*~].*|\d+\s?(?:-|–|to)\s?\d+|fewer than.*|less than.*|c|s|suppressed", re.I)
_NONE = re.compile(r"nil|none|zero|no|o|-|–|—", re.I)
_NOT_GIVEN = re.compile(
    r"n\W?a\W?|x|z|not (?:available|applicable|known|collected|recorded)|unknown|tbc|tba|missing|awaited|pending|null|\?+|\.+|:", re.I
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}.*|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{1,2}-[a-z]{3}(?:-\d{2,4})?", re.I)


def text_in_numbers(given: Return, context: Context) -> list[Issue]:
    """Errors for texts where a number is asked for."""
    faults = []
    for column, rows in context.asked.items():
        texts = rows[f"{column}_text"]
        unread = rows[column].isna() & (texts.str.strip() != "") & (texts != WITHHELD)
        as_percent = texts.str.contains("%", regex=False) & (column in _COUNTS)
        faults += cells(rows, column, f"{column}_text", where=unread & ~as_percent)
    return tell_errors(given, "text_in_numbers", faults, lambda text: f"{quoted(text)} is not a number. {_remedy(text.strip())}")


def percent_for_count(given: Return, context: Context) -> list[Issue]:
    """Errors for "62%" or 0.62 where a count is asked for; a query where every denominator is 100, as if shares had been put there."""
    faults = []
    for column, rows in _counts(context):
        signed = rows[column].isna() & rows[f"{column}_text"].str.contains("%", regex=False)
        part = (rows[column] > 0) & (rows[column] < 1) & ~_counts_posts(rows, context, column)
        faults += cells(rows, column, f"{column}_text", where=signed | part)
    errors = tell_errors(given, "percent_for_count", faults, _no_count)
    return [*errors, *ask(given, "percent_for_count", _hundreds(context))]


def negative_number(given: Return, context: Context) -> list[Issue]:
    """Errors for numbers below 0, where nothing below 0 can be meant."""
    faults = []
    for column, rows in context.asked.items():
        signed = (rows["unit"] == "percentage_points") & (column == "value")
        faults += cells(rows, column, where=(rows[column] < 0) & ~signed)
    message = "{} is below 0. What is counted is never below 0; give the count, and say in Note what was taken back."
    return tell_errors(given, "negative_number", faults, lambda number: message.format(written(number)))


def fractional_count(given: Return, context: Context) -> list[Issue]:
    """Errors for counts that are not whole; posts in full-time equivalents may have two decimals."""
    faults = []
    for column, rows in _counts(context):
        whole = rows[column] % 1 == 0
        hundredths = (rows[column] * 100).round(6) % 1 == 0
        parts = (rows[column] > 0) & (rows[column] < 1)
        rows = rows.assign(posts=_counts_posts(rows, context, column))
        broken = (~rows["posts"] & ~whole & ~parts) | (rows["posts"] & ~hundredths)
        faults += cells(rows, column, column, "posts", where=rows[column].notna() & broken)
    return tell_errors(given, "fractional_count", faults, lambda words: _not_whole(*words))


def number_too_large(given: Return, context: Context) -> list[Issue]:
    """Errors for numbers of more than ten million: two cells run together, or an identifier."""
    faults = [cell for column, rows in context.asked.items() for cell in cells(rows, column, where=rows[column].abs() > LARGEST)]
    message = f"{{}} is more than {LARGEST:,}, which no agency of one borough can count. Give the count itself."
    return tell_errors(given, "number_too_large", faults, lambda number: message.format(written(number)))


def value_out_of_range(given: Return, context: Context) -> list[Issue]:
    """Errors for ready values, and means of scores, outside what their unit can be: percentages 0 to 100, scores 0 to 40."""
    rows = context.asked["value"]
    faults = []
    for unit, (low, high) in RANGES.items():
        above = (rows["value"] > high) & (rows["value"] <= LARGEST)
        outside = above | (rows["value"] < low) & (low < 0)
        faults += cells(rows, "value", "value", "unit", where=outside & (rows["unit"] == unit))
    faults += _means_outside(context)
    return tell_errors(given, "value_out_of_range", faults, lambda words: _outside(*words))


def fraction_for_percent(given: Return, context: Context) -> list[Issue]:
    """Queries for percentages given as ready values between 0 and 1, as a cell formatted as a percentage holds them."""
    message = "{0} is asked for as a percentage. Is {1}% meant? If {0}% is right, say so in Note."
    rows = context.asked["value"]
    shares = cells(rows, "value", where=(rows["unit"] == "percent") & (rows["value"] > 0) & (rows["value"] < 1))
    faults = [(line, column, message.format(written(number), written(number * 100))) for line, column, number in shares]
    return ask(given, "fraction_for_percent", faults)


def count_missing(given: Return, context: Context) -> list[Issue]:
    """Errors for rows that give one of two counts, where both are asked for."""
    rows = context.rows.loc[
        (context.rows["gives"] == "counts") & ~context.rows["has_status"], ["line", "numerator_text", "denominator_text"]
    ]
    has = {column: rows[f"{column}_text"].str.strip() != "" for column in _COUNTS}
    faults = [
        (line, column, (column, other))
        for column, other in (_COUNTS, _COUNTS[::-1])
        for line, _, _ in cells(rows, column, "line", where=~has[column] & has[other])
    ]
    return tell_errors(given, "count_missing", faults, lambda words: _one_count(*words))


def figure_in_wrong_cell(given: Return, context: Context) -> list[Issue]:
    """Errors for filled cells that are not asked for, as a ready value where counts are."""
    faults = []
    for column in NUMBERS:
        filled = context.rows[f"{column}_text"].str.strip() != ""
        unasked = cells(context.rows, column, "gives", where=filled & ~context.rows[f"asks_{column}"] & ~context.rows["has_status"])
        faults += [(line, column, (column, gives)) for line, _, gives in unasked]
    return tell_errors(given, "figure_in_wrong_cell", faults, lambda words: _wrong_cell(*words))


def counts_posts(indicator: Indicator, column: str) -> bool:
    """Whether a count is one of posts in full-time equivalents, by the words of its definition, so that it need not be whole."""
    text = indicator.numerator if column == "numerator" else indicator.denominator
    return bool(_FULL_TIME.search(text or ""))


def _means_outside(context: Context) -> list[tuple[int, str, tuple[float, str]]]:
    """Scores given as a sum and how many were scored, whose mean is outside what one score can be."""
    rows = context.given[(context.given["unit"] == "score") & (context.given["denominator"] > 0)]
    mean = (rows["numerator"] / rows["denominator"]).round(2)
    return cells(rows.assign(mean=mean), "numerator", "mean", "unit", where=mean > RANGES["score"][1])


def _counts(context: Context) -> list[tuple[str, pd.DataFrame]]:
    return [(column, context.asked[column]) for column in _COUNTS]


def _counts_posts(rows: pd.DataFrame, context: Context, column: str) -> Any:
    posts = [
        name
        for name in rows["indicator"].unique()
        if name in context.framework.indicators and counts_posts(context.indicator(name), column)
    ]
    return rows["indicator"].isin(posts)


def _hundreds(context: Context) -> list[tuple[int, str, str]]:
    """One question, at the first of at least three rows of which every one has the denominator 100."""
    rows = context.given[(context.given["gives"] == "counts") & context.given["denominator"].notna()]
    if len(rows) < 3 or (rows["denominator"] != 100).any():
        return []
    message = (
        "Every denominator is 100, as if percentages had been put where counts belong. Give the counts, or say in Note that they are right."
    )
    return [(int(rows["line"].iloc[0]), "denominator", message)]


def _remedy(text: str) -> str:
    if _WITH_COMMAS.fullmatch(text):
        return f"Write it without commas: {text.replace(',', '')}."
    if text.endswith("%"):
        return f"Write it without the sign: {text.rstrip('% ')}."
    if _NONE.fullmatch(text):
        return "Write 0 if there were none; if it is not known, leave the cell blank and choose 'not available' in Status."
    if _NOT_GIVEN.fullmatch(text):
        return "Leave the cell blank, choose 'not available' or 'not applicable' in Status and say why in Note."
    if _SMALL.fullmatch(text):
        return "Give the true count; the Board hides small numbers before anything is shown."
    if _DAY.fullmatch(text):
        return "It looks like a date, which a spreadsheet may have made of a number. Format the cell as a number and type it again."
    return "Give digits alone, and put words in Note."


def _no_count(text: str) -> str:
    return f"{quoted(text)} is a percentage or a share, and a count is asked for. Give the number counted."


def _not_whole(number: float, posts: bool) -> str:
    if posts:
        return f"{written(number)} has more than two decimals. Give full-time equivalents to two decimals."
    return f"{written(number)} is not whole, and a count is. Give the number counted, not an average or a share."


def _outside(number: float, unit: Unit) -> str:
    low, high = RANGES[unit]
    return f"{written(number)} is outside {low} to {high}, which is all a {unit.replace('_', ' ')} can be. Correct it."


def _one_count(missing: str, given: str) -> str:
    words = f"{FIGURE_HEADERS[missing]} is blank and {FIGURE_HEADERS[given]} is filled."
    return f"{words} Both are asked for; give 0 where there were none, or clear both and choose a status."


def _wrong_cell(column: str, gives: str) -> str:
    asked = {"counts": "Numerator and Denominator", "count": "Numerator alone", "value": "Value alone"}[gives]
    return f"{FIGURE_HEADERS[column]} is not asked for here; give {asked}, and clear this cell. The rest is worked out from what is given."
