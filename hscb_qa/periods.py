"""Periods of time: from the words of files to canonical text and dates, and from months to quarters.

A quarter is written `2015-16 Q3` (October to December 2015), a half year `2015-16 H2`, a month `2015-10`. A year of any kind is written
by the calendar year it ends in, as DfE does: `2016` is the year ending 31 March 2016, the academic year 2015/16, or the calendar year
2016; which of them is the indicator's period type. Refuses to guess: text it does not know is an error, and a quarter that lacks a
month is not made.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

PeriodType = Literal[
    "month",
    "quarter",
    "half_year",
    "financial_year",
    "snapshot_31_march",
    "snapshot_30_september",
    "calendar_year",
    "academic_year",
]
PERIOD_TYPES = get_args(PeriodType)

_YEARLY = ("Reporting year", "Years", "Time period")
# What each period type may be called in a file: `Reporting year` is DfE's for any year of its own, `Years` LAIT's, `Time period` that of
# Fingertips.
TIME_IDENTIFIERS: tuple[tuple[PeriodType, str], ...] = (
    ("month", "month"),
    ("quarter", "quarter"),
    *(("financial_year", name) for name in (*_YEARLY, "Financial year")),
    *(("academic_year", name) for name in (*_YEARLY, "Academic year")),
    *(("calendar_year", name) for name in (*_YEARLY, "Calendar year")),
    *(("snapshot_31_march", name) for name in _YEARLY),
    *(("snapshot_30_september", name) for name in _YEARLY),
)

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_QUARTER = re.compile(r"(\d{4})-(\d{2}) Q([1-4])")
_HALF_YEAR = re.compile(r"(\d{4}-\d{2}) H([12])")
_YEAR = re.compile(r"\d{4}")
_SPAN = re.compile(r"(\d{4})[-/]?(\d{2})")


@dataclass(frozen=True, order=True)
class Period:
    """A stretch of time, or a day on which things were counted; ordered by its end."""

    end: date
    start: date
    type: PeriodType
    text: str

    @property
    def label(self) -> str:
        """The period as a reader says it.

        >>> parse_period("2016", "snapshot_31_march").label, parse_period("2016", "financial_year").label
        ('31 March 2016', '2015-16')
        >>> parse_period("2015-16 Q3", "quarter").label
        'Oct to Dec 2015'
        """
        previous, short = self.end.year - 1, f"{self.end.year % 100:02d}"
        labels = {
            "month": f"{self.end:%B %Y}",
            "quarter": f"{self.start:%b} to {self.end:%b %Y}",
            "half_year": f"{self.start:%b} to {self.end:%b %Y}" if self.end.month == 9 else f"{self.start:%b %Y} to {self.end:%b %Y}",
            "financial_year": f"{previous}-{short}",
            "academic_year": f"{previous}/{short}",
            "calendar_year": f"{self.end.year}",
            "snapshot_31_march": f"31 March {self.end.year}",
            "snapshot_30_september": f"30 September {self.end.year}",
        }
        return labels[self.type]

    @property
    def ends_in_financial_year(self) -> int:
        """The year in which the financial year ends that holds this period's last day.

        >>> parse_period("2015-16 Q3", "quarter").ends_in_financial_year
        2016
        """
        return self.end.year + (self.end.month >= 4)


def parse_period(text: str, period_type: PeriodType) -> Period:
    """Give the period that canonical text names. Raises ValueError where the text does not fit the type.

    >>> parse_period("2015-16 Q4", "quarter").end
    datetime.date(2016, 3, 31)
    """
    if period_type == "month":
        start, end = _month_dates(text)
    elif period_type == "quarter":
        start, end = _quarter_dates(text)
    elif period_type == "half_year":
        start, end = _half_year_dates(text)
    else:
        start, end = _year_dates(text, period_type)
    return Period(end=end, start=start, type=period_type, text=text)


def periods_between(first: str, last: str, period_type: PeriodType) -> list[Period]:
    """Every period of a type from one to another, both among them.

    >>> [period.text for period in periods_between("2015-16 Q3", "2016-17 Q1", "quarter")]
    ['2015-16 Q3', '2015-16 Q4', '2016-17 Q1']
    """
    found = [parse_period(first, period_type)]
    while found[-1].text != last:
        found.append(parse_period(_following(found[-1]), period_type))
        assert found[-1].text <= last, "the first period lies after the last"
    return found


def _following(period: Period) -> str:
    if period.type in _OF_MONTH:
        return _OF_MONTH[period.type](f"{period.end + timedelta(days=1):%Y-%m}")
    return str(int(period.text) + 1)


def quarters_before(quarter: Period, number: int) -> Period:
    """The quarter that lies `number` quarters before another; 0 gives the quarter itself.

    >>> quarters_before(parse_period("2015-16 Q1", "quarter"), 2).text
    '2014-15 Q3'
    """
    for _ in range(number):
        quarter = parse_period(quarter_of(f"{quarter.start - timedelta(days=1):%Y-%m}"), "quarter")
    return quarter


def latest_ended(period_type: PeriodType, day: date) -> Period:
    """The last period of a type that had ended by the end of a day.

    >>> latest_ended("quarter", date(2026, 9, 29)).text, latest_ended("half_year", date(2026, 9, 30)).text
    ('2026-27 Q1', '2026-27 H1')
    >>> latest_ended("academic_year", date(2026, 9, 30)).text, latest_ended("snapshot_31_march", date(2026, 3, 30)).text
    ('2026', '2025')
    """
    if period_type in _OF_MONTH:
        period = parse_period(_OF_MONTH[period_type](f"{day:%Y-%m}"), period_type)
        if period.end <= day:
            return period
        return parse_period(_OF_MONTH[period_type](f"{period.start - timedelta(days=1):%Y-%m}"), period_type)
    years = (parse_period(str(year), period_type) for year in (day.year + 1, day.year, day.year - 1))
    return next(year for year in years if year.end <= day)


def months_after(day: date, months: int) -> date:
    """The same day of a month so many months later; the last day of that month where it has no such day.

    >>> months_after(date(2026, 8, 31), 6)
    datetime.date(2027, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def read_year(text: str) -> str | None:
    """Canonical text of a year written `2016`, `2015-16`, `2015/16` or `201516`; None for anything else.

    >>> read_year("2024-25"), read_year("201718"), read_year("2016"), read_year("2014-16")
    ('2025', '2018', '2016', None)
    """
    if _YEAR.fullmatch(text):
        return text
    match = _SPAN.fullmatch(text)
    if match and (int(match[1]) + 1) % 100 == int(match[2]):
        return str(int(match[1]) + 1)
    return None


def quarter_of(month: str) -> str:
    """The financial quarter in which a month lies.

    >>> quarter_of("2015-10"), quarter_of("2016-01")
    ('2015-16 Q3', '2015-16 Q4')
    """
    year, number = (int(part) for part in month.split("-"))
    first = year if number >= 4 else year - 1
    return f"{first}-{(first + 1) % 100:02d} Q{(number - 4) % 12 // 3 + 1}"


def _half_of(month: str) -> str:
    year, quarter = quarter_of(month).split(" Q")
    return f"{year} H{(int(quarter) + 1) // 2}"


_OF_MONTH: dict[str, Callable[[str], str]] = {"month": str, "quarter": quarter_of, "half_year": _half_of}
"""The period types shorter than a year: how the period is named in which a month lies."""


def whole_quarters(months: Iterable[str]) -> list[str]:
    """The quarters of which all three months are given, in order of time; a part quarter is left out.

    >>> whole_quarters(["2023-07", "2023-08", "2023-09", "2023-10", "2023-11"])
    ['2023-24 Q2']
    """
    quarters = [quarter_of(month) for month in set(months)]
    return sorted(quarter for quarter in set(quarters) if quarters.count(quarter) == 3)


def _month_dates(text: str) -> tuple[date, date]:
    match = _MONTH.fullmatch(text)
    if not match:
        raise ValueError(f"'{text}' is not a month; write it as 2015-10.")
    year, month = int(match[1]), int(match[2])
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def _quarter_dates(text: str) -> tuple[date, date]:
    match = _QUARTER.fullmatch(text)
    if not match or (int(match[1]) + 1) % 100 != int(match[2]):
        raise ValueError(f"'{text}' is not a quarter; write it as 2015-16 Q3.")
    first, number = int(match[1]), int(match[3])
    start = date(first + (number == 4), (number * 3) % 12 + 1, 1)
    end_month = start.month + 2
    return start, date(start.year, end_month, monthrange(start.year, end_month)[1])


def _half_year_dates(text: str) -> tuple[date, date]:
    match = _HALF_YEAR.fullmatch(text)
    if not match:
        raise ValueError(f"'{text}' is not a half year; write it as 2015-16 H2.")
    first, last = (1, 2) if match[2] == "1" else (3, 4)
    return _quarter_dates(f"{match[1]} Q{first}")[0], _quarter_dates(f"{match[1]} Q{last}")[1]


def _year_dates(text: str, period_type: PeriodType) -> tuple[date, date]:
    if not _YEAR.fullmatch(text):
        raise ValueError(f"'{text}' is not a year; write the year it ends in, as 2016.")
    year = int(text)
    dates = {
        "financial_year": (date(year - 1, 4, 1), date(year, 3, 31)),
        "academic_year": (date(year - 1, 9, 1), date(year, 8, 31)),
        "calendar_year": (date(year, 1, 1), date(year, 12, 31)),
        "snapshot_31_march": (date(year, 3, 31), date(year, 3, 31)),
        "snapshot_30_september": (date(year, 9, 30), date(year, 9, 30)),
    }
    return dates[period_type]
