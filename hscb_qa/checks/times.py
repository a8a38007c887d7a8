"""Periods that are not what they claim to be, and kinds of period that cannot stand in one file.

Follows the data standards of Explore Education Statistics for tidy files. Refuses a period that could be another year; a period that
is only out of the ordinary is a query.
"""

import re

from hscb_qa.errors import Issue
from hscb_qa.geographies import Geographies
from hscb_qa.readers import Reading, by_line
from hscb_qa.readers.ees_times import identifier_fault, identifier_of, period_fault
from hscb_qa.readers.faults import gather_faults
from hscb_qa.readers.fingertips_uploads import date_fault, period_type_fault

_YEAR = re.compile(r"\d{4}")
_YEARS = re.compile(r"\d{4}(?:[-/]\d{2}){0,3}")


def unknown_time_identifier(reading: Reading, _: Geographies) -> list[Issue]:
    """Errors for words in `time_identifier` that name no kind of period."""
    texts = reading.cells["time_identifier"]
    fault_of = {text: identifier_fault(text) for text in texts.unique()}
    faults = [(line, fault) for line, text in by_line(texts) if (fault := fault_of[text])]
    return gather_faults("error", "unknown_time_identifier", reading.file, faults)


def period_form(reading: Reading, _: Geographies) -> list[Issue]:
    """Errors for a `time_period` that does not fit its `time_identifier`: four digits or six, and six for consecutive years."""
    identifiers = reading.cells["time_identifier"].tolist()
    periods = zip(by_line(reading.cells["time_period"]), identifiers, strict=True)
    faults = [(line, fault) for (line, period), identifier in periods if (fault := period_fault(period, identifier))]
    return gather_faults("error", "period_form", reading.file, faults)


def mixed_time_identifiers(reading: Reading, _: Geographies) -> list[Issue]:
    """One error where kinds of period stand in one file that may not: a year and a term, or years of two kinds."""
    first: dict[str, tuple[int, str]] = {}
    for line, text in by_line(reading.cells["time_identifier"].drop_duplicates()):
        identifier = identifier_of(text)
        if identifier:
            first.setdefault(identifier.family, (line, text))
    if len(first) < 2:
        return []
    kinds = ", ".join(f"'{text}' (line {line})" for line, text in first.values())
    line = list(first.values())[1][0]
    message = f"The file mixes kinds of period: {kinds}. One file holds one kind. Split it into a file for each."
    return [Issue("error", "mixed_time_identifiers", reading.file, line, message)]


def year_form(reading: Reading, _: Geographies) -> list[Issue]:
    """Queries for LAIT's `Years` that are neither a year nor a span of years, by measure."""
    odd = reading.rows[~reading.rows["period"].str.fullmatch(_YEARS)]
    faults = [
        (
            line,
            f"'{period}' in 'Years' of {measure} is no year. The figures are kept, but no page can show them; ask DfE which year is meant.",
        )
        for line, period, measure in zip(odd["line"], odd["period"], odd["measure"], strict=True)
    ]
    return gather_faults("query", "period_form", reading.file, faults)


def upload_years(reading: Reading, _: Geographies) -> list[Issue]:
    """Errors for what is no year in an upload of Fingertips that gives years."""
    if "Year" not in reading.cells:
        return []
    years = by_line(reading.cells["Year"])
    faults = [(line, f"'{year}' in 'Year' is no year. Write it as 2023.") for line, year in years if not _YEAR.fullmatch(year)]
    return gather_faults("error", "period_form", reading.file, faults)


def upload_dates(reading: Reading, _: Geographies) -> list[Issue]:
    """For uploads of Fingertips with dates: errors for no date or an end before its start, queries for dates that make no such year."""
    if "date_from" not in reading.cells:
        return []
    starts, ends, types = (reading.cells[column].tolist() for column in ("date_from", "date_to", "period_type"))
    errors, queries = [], []
    for line, start, end, period_type in zip(reading.cells.index.tolist(), starts, ends, types, strict=True):
        if fault := date_fault(start, end):
            errors.append((line, fault))
        elif question := period_type_fault(start, end, period_type):
            queries.append((line, question))
    return [*gather_faults("error", "period_form", reading.file, errors), *gather_faults("query", "period_form", reading.file, queries)]
