"""Figures that a file gives more than once.

Refuses to choose between them, even where they are equal: which of the two a later reader meets would be chance.
"""

from hscb_qa.errors import Issue
from hscb_qa.geographies import Geographies
from hscb_qa.readers import Reading
from hscb_qa.readers.faults import gather_faults

_FIGURE = ["measure", "breakdown", "geography_level", "geography", "geography_name", "time_identifier", "period"]


def duplicate_rows(reading: Reading, _: Geographies) -> list[Issue]:
    """Errors for lines that give the same measure for the same breakdown, place and period as an earlier line; both lines are named.

    Rows whose place is not known are another check's, and left out.
    """
    rows = reading.rows[reading.rows["geography"] != ""]
    repeated = rows[rows.duplicated(_FIGURE, keep=False)]
    first = repeated.groupby(_FIGURE, sort=False)["line"].transform("first")
    later = repeated.assign(first=first)[repeated["line"] != first].drop_duplicates("line")
    columns = ("line", "first", "measure", "breakdown", "geography", "geography_name", "period")
    faults = [(line, _message(*figure)) for line, *figure in zip(*(later[column].tolist() for column in columns), strict=True)]
    return gather_faults("error", "duplicate_rows", reading.file, faults)


def _message(first: int, measure: str, breakdown: str, geography: str, name: str, period: str) -> str:
    part = f" for {breakdown}" if breakdown else ""
    return f"The line repeats line {first}: '{measure}'{part}, {name or geography}, {period}. Keep one of the two, or tell them apart."
