"""The time identifiers of Explore Education Statistics: from `time_period` and `time_identifier` to a canonical period.

Source: DfE, Explore Education Statistics data standards. Refuses to guess a year: a period that does not fit its identifier is a fault.
"""

from dataclasses import dataclass
from functools import cache

from hscb_qa.errors import suggest
from hscb_qa.periods import quarter_of, read_year

_SIX_DIGIT_YEARS = ("Academic year", "Financial year", "Tax year")
_FOUR_DIGIT_YEARS = ("Calendar year", "Reporting year")
_MONTHS = (*("January", "February", "March", "April", "May", "June"), *("July", "August", "September", "October", "November", "December"))


@dataclass(frozen=True)
class TimeIdentifier:
    """A kind of period. `digits` is the length of its `time_period`; a file may mix identifiers of one `family` only."""

    title: str
    digits: int
    family: str


def _identifiers() -> tuple[TimeIdentifier, ...]:
    return (
        *(TimeIdentifier(year, 6, year) for year in _SIX_DIGIT_YEARS),
        *(TimeIdentifier(year, 4, year) for year in _FOUR_DIGIT_YEARS),
        *(TimeIdentifier(f"{season} term", 6, "terms") for season in ("Autumn", "Spring", "Summer", "Autumn and spring")),
        *(TimeIdentifier(f"{year} Q{number}", 6, f"{year} quarters") for year in _SIX_DIGIT_YEARS for number in range(1, 5)),
        *(TimeIdentifier(f"Calendar year Q{number}", 4, "Calendar year quarters") for number in range(1, 5)),
        TimeIdentifier("Part 1 (April to September)", 6, "half years"),
        TimeIdentifier("Part 2 (October to March)", 6, "half years"),
        *(TimeIdentifier(month, 4, "months") for month in _MONTHS),
        *(TimeIdentifier(f"Week {number}", 4, "weeks") for number in range(1, 54)),
    )


_BY_TITLE = {identifier.title.casefold(): identifier for identifier in _identifiers()}


def identifier_of(text: str) -> TimeIdentifier | None:
    """The identifier a cell names, whatever its capitals."""
    return _BY_TITLE.get(text.casefold())


def identifier_fault(text: str) -> str | None:
    """What is wrong with a time identifier, as a sentence; None where it is known."""
    if identifier_of(text):
        return None
    titles = [identifier.title for identifier in _BY_TITLE.values()]
    return (
        f"'{text}' is not a time identifier. Allowed are years of a named kind, quarters, months, weeks and terms.{suggest(text, titles)}"
    )


def period_fault(time_period: str, time_identifier: str) -> str | None:
    """What is wrong with a time period under its identifier, as a sentence; None where it fits or the identifier is unknown.

    >>> period_fault("201720", "Academic year")
    "'201720' is no academic year: the two years are not consecutive. Write 2017/18 as 201718."
    """
    identifier = identifier_of(time_identifier)
    if identifier is None:
        return None
    title = identifier.title.lower()
    if len(time_period) != identifier.digits or not (time_period.isascii() and time_period.isdigit()):
        example = "2017/18 as 201718" if identifier.digits == 6 else "2018 as 2018"
        return f"'{time_period}' does not fit '{time_identifier}', which takes {identifier.digits} digits. Write {example}."
    if identifier.digits == 6 and read_year(time_period) is None:
        return f"'{time_period}' is no {title}: the two years are not consecutive. Write 2017/18 as 201718."
    return None


@cache
def period_of(time_period: str, time_identifier: str) -> str:
    """Canonical text of a period; anything that is not a year, month or quarter of the framework stays as published.

    >>> period_of("201718", "Academic year"), period_of("2016", "October"), period_of("201516", "Financial year Q3")
    ('2018', '2016-10', '2015-16 Q3')
    >>> period_of("2015", "Calendar year Q4"), period_of("201718", "Summer term")
    ('2015-16 Q3', '201718 Summer term')
    """
    identifier = identifier_of(time_identifier)
    if identifier is None or period_fault(time_period, time_identifier):
        return f"{time_period} {time_identifier}"
    title = identifier.title
    if title in _SIX_DIGIT_YEARS or title in _FOUR_DIGIT_YEARS:
        return read_year(time_period) or time_period
    if title in _MONTHS:
        return f"{time_period}-{_MONTHS.index(title) + 1:02d}"
    if title.startswith("Financial year Q"):
        return f"{time_period[:4]}-{time_period[4:]} {title[-2:]}"
    if title.startswith("Calendar year Q"):
        return quarter_of(f"{time_period}-{int(title[-1]) * 3:02d}")
    return f"{time_period} {time_identifier}"
