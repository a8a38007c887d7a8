"""Recorded crime of the Metropolitan Police, one column a month, to tidy rows: one for each month, and one for each whole quarter.

A quarter's row is the sum of its three months. Refuses to make a quarter of which a month is missing or cannot be read. Places that
are no borough, such as the airports, keep their own id.
"""

import re
from pathlib import Path

import pandas as pd

from hscb_qa.errors import Issue
from hscb_qa.geographies import Geographies
from hscb_qa.periods import parse_period, quarter_of, whole_quarters
from hscb_qa.readers.delimited import read_table
from hscb_qa.readers.document import open_document
from hscb_qa.readers.figures import read_figures
from hscb_qa.readers.forms import MPS_CRIME
from hscb_qa.readers.reading import Reading, tidy

UNKNOWN_PLACE = "mps:"
"""What stands before the name of a place that is no borough of the register."""

_MONTH = re.compile(r"(\d{4})(0[1-9]|1[0-2])")


def read_mps_crime(path: Path, places: Geographies) -> Reading:
    """Read the file. Rows of months have the time identifier "month", sums of three months "quarter". Raises RefusedFile."""
    document = open_document(path, (".csv",))
    table = read_table(document, MPS_CRIME)
    columns = [column for column in table.cells.columns.tolist() if column not in MPS_CRIME.mandatory]
    months = {column: f"{match[1]}-{match[2]}" for column in columns if (match := _MONTH.fullmatch(column))}
    if not months:
        raise document.refuse("missing_columns", "There is no column for a month, such as '202311'.", 1)
    unknown = [
        Issue("query", "unexpected_columns", document.name, 1, f"'{column}' is no month; it was not read. Months are written as 202311.")
        for column in columns
        if column not in months
    ]
    figures = _figures(table.cells, months)
    known = _known(table.cells, places)
    quarters = _quarters(figures)
    return Reading(
        source="mps_crime",
        file=document.name,
        sha256=document.sha256,
        rows=tidy(pd.concat([figures, quarters]).join(known, on="line")),
        issues=(*table.issues, *unknown),
        notes=(*table.notes, *_notes(list(months.values()), len(quarters))),
    )


def _known(cells: pd.DataFrame, places: Geographies) -> pd.DataFrame:
    """What all figures of a line have in common."""
    place_of = {name: places.by_name(name) for name in cells["BoroughName"].unique()}
    codes = {name: place.code if place else UNKNOWN_PLACE + name for name, place in place_of.items()}
    levels = {name: place.level if place else "Other" for name, place in place_of.items()}
    return pd.DataFrame(
        {
            "measure": cells["MinorText"],
            "breakdown": "MajorText=" + cells["MajorText"],
            "geography_level": cells["BoroughName"].map(levels),
            "geography": cells["BoroughName"].map(codes),
            "geography_name": cells["BoroughName"],
        },
        index=cells.index,
    )


def _figures(cells: pd.DataFrame, months: dict[str, str]) -> pd.DataFrame:
    """Columns line, period, text, value, status, time_identifier: one row for each cell of a month."""
    long = cells[list(months)].rename(columns=months).melt(ignore_index=False, var_name="period", value_name="text")
    long = long.rename_axis("line").reset_index().astype({"period": "str"})
    return long.assign(time_identifier="month", **read_figures(long["text"], {}))


def _quarters(figures: pd.DataFrame) -> pd.DataFrame:
    """The same columns, one row for each line and whole quarter whose three months are all numbers."""
    whole = whole_quarters(figures["period"].unique())
    months = figures.assign(period=figures["period"].map(quarter_of))
    months = months[months["period"].isin(whole)]
    sums = months.groupby(["line", "period"], as_index=False)["value"].agg(["sum", "count"]).reset_index(drop=True)
    sums = sums[sums["count"] == 3].rename(columns={"sum": "value"}).drop(columns="count")
    return sums.assign(
        time_identifier="quarter", status="", text=sums["value"].map(lambda value: f"{value:g}" if value % 1 else f"{value:.0f}")
    )


def _notes(months: list[str], quarters: int) -> list[str]:
    whole = set(whole_quarters(months))
    left = [parse_period(month, "month").label for month in sorted(months) if quarter_of(month) not in whole]
    notes = [f"{quarters:,} of the figures are quarters, summed from three months each."]
    if left:
        notes.append(f"No whole quarter, so not rolled up: {', '.join(left)}.")
    return notes
