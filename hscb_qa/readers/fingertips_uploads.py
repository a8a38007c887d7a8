"""The two layouts in which figures are uploaded to Fingertips, to indicator, breakdown, place and period of each line.

Neither layout says of what level a place is; the dated one does not name its indicator either. Refuses to read a period into dates
that do not make one: they stay as they are written.
"""

from datetime import date

import pandas as pd

from hscb_qa.readers.reading import breakdown_of

NOT_STATED = "Not stated"

_NONE = "-1"
_YEAR_ENDS = {"calendar_year": ("01-01", "12-31", 0), "financial_year": ("04-01", "03-31", 1), "academic_year": ("09-01", "08-31", 1)}
"""First day, last day, and the years between them, of the period types that are years."""


def describe_numbered_upload(cells: pd.DataFrame) -> pd.DataFrame:
    """Columns indicator, breakdown, geography_level, geography, geography_name, time_identifier, period of the numbered layout."""
    parts = {"age_id": "AgeId", "category_id": "CategoryId", "category_type_id": "CategoryTypeId", "sex_id": "SexId"}
    return pd.DataFrame(
        {
            "indicator": cells["IndicatorId"],
            "breakdown": breakdown_of({name: cells[column].replace(_NONE, "") for name, column in parts.items()}),
            "geography_level": NOT_STATED,
            "geography": cells["AreaCode"],
            "geography_name": "",
            "time_identifier": "Year",
            "period": _numbered_periods(cells),
        }
    )


def describe_dated_upload(cells: pd.DataFrame) -> pd.DataFrame:
    """The same columns for the dated layout; `indicator` is blank, as the layout does not give it."""
    parts = {
        "age_from": "age_from_years_inclusive",
        "age_to": "age_to_years_inclusive",
        "deprivation_category": "deprivation_category",
        "deprivation_decile": "deprivation_decile",
        "sex": "sex",
    }
    return pd.DataFrame(
        {
            "indicator": "",
            "breakdown": breakdown_of({name: cells[column] for name, column in parts.items()}),
            "geography_level": NOT_STATED,
            "geography": cells["area_code"],
            "geography_name": "",
            "time_identifier": cells["period_type"],
            "period": list(map(dated_period, cells["date_from"], cells["date_to"], cells["period_type"])),
        }
    )


def dated_period(date_from: str, date_to: str, period_type: str) -> str:
    """The year that two dates make under their period type; dates and type as written where they make none.

    >>> dated_period("2023-04-01", "2024-03-31", "financial_year")
    '2024'
    >>> dated_period("2024-01-01", "2024-12-31", "financial_year")
    '2024-01-01 to 2024-12-31 financial_year'
    """
    as_written = f"{date_from} to {date_to} {period_type}"
    if period_type not in _YEAR_ENDS:
        return as_written
    first, last, years = _YEAR_ENDS[period_type]
    start_year, end_year = date_from[:4], date_to[:4]
    fits = date_from[5:] == first and date_to[5:] == last and start_year.isdigit() and end_year == str(int(start_year) + years)
    return end_year if fits else as_written


def date_fault(date_from: str, date_to: str) -> str | None:
    """What is wrong with two dates, as a sentence; None where both are dates and the first is not after the second."""
    for text in (date_from, date_to):
        if _date(text) is None:
            return f"'{text}' is not a date. Write it as 2024-03-31."
    if date_from > date_to:
        return f"The period from {date_from} to {date_to} ends before it starts. Are the columns 'date_from' and 'date_to' switched?"
    return None


def period_type_fault(date_from: str, date_to: str, period_type: str) -> str | None:
    """What to ask where two dates do not make the year their period type says; None where they do, or the type is no year."""
    if period_type not in _YEAR_ENDS or dated_period(date_from, date_to, period_type) == date_to[:4]:
        return None
    first, last, _ = _YEAR_ENDS[period_type]
    kind = period_type.replace("_", " ")
    return f"{date_from} to {date_to} is no {kind}, which runs from {first} to {last}. The period is kept as written."


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _numbered_periods(cells: pd.DataFrame) -> pd.Series:
    """The year where a line covers one whole year; the parts that narrow or widen it named after it otherwise."""
    parts = {"YearRange": cells["YearRange"].replace("1", ""), "Quarter": cells["Quarter"], "Month": cells["Month"]}
    words = breakdown_of({name: part.replace(_NONE, "") for name, part in parts.items()})
    return (cells["Year"] + " " + words).str.strip()
