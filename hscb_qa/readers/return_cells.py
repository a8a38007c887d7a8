"""The text of a cell to what it stands for: a number, a status, a period, a breakdown, a day.

Refuses to guess: text that is none of them is handed on as it is written, or as no number, for the checks to name.
"""

import re
from datetime import date, datetime

from hscb_qa.definitions import Framework, Indicator, ReturnRules
from hscb_qa.periods import Period, PeriodType, latest_ended, parse_period, periods_between
from hscb_qa.readers.return_form import STATUS_WORDS, plain

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WITH_COMMAS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DAYS = ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y")
_STATUS_OF = {plain(word): status for status, word in STATUS_WORDS.items()} | {status: status for status in STATUS_WORDS}
_YEARS_KNOWN = 5
NO_NUMBER = float("nan")


def read_number(text: str, percent: bool = False) -> float:
    """The number a text is: digits with at most one point, an exponent, or commas between thousands; NaN for anything else, and for a
    number beyond all bounds. With `percent`, "45%" is 45.

    >>> read_number("1,234"), read_number("12.0"), read_number("1e3"), read_number("45%"), read_number("45%", percent=True)
    (1234.0, 12.0, 1000.0, nan, 45.0)
    """
    if percent and text.endswith("%"):
        text = text[:-1].rstrip()
    if not (_NUMBER.fullmatch(text) or _WITH_COMMAS.fullmatch(text)):
        return NO_NUMBER
    number = float(text.replace(",", ""))
    return number if abs(number) < float("inf") else NO_NUMBER


def percent_text(text: str) -> str:
    """What a cell shown as a percentage shows, from the number it holds.

    >>> percent_text("0.07"), percent_text("0.455")
    ('7%', '45.5%')
    """
    number = read_number(text)
    return text if number != number else f"{number * 100:.15g}%"


def read_status(text: str) -> str:
    """'x' for "not available", 'z' for "not applicable", '' for nothing; other text as written."""
    return _STATUS_OF.get(plain(text), text)


def read_day(text: str) -> str:
    """A day as ISO text, however it is written; the day stands before the month. Other text as written.

    >>> read_day("5/11/2025"), read_day("5 November 2025"), read_day("in autumn")
    ('2025-11-05', '2025-11-05', 'in autumn')
    """
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date().isoformat()
        except ValueError:
            continue
    return text


def breakdown_texts(rules: ReturnRules) -> dict[str, str]:
    """What may stand in a Breakdown cell, by its plain text -> the breakdown's canonical text. A blank cell is for all."""
    canonical = {"": "", plain("All"): ""}
    for text, label in rules.labels.items():
        canonical |= {plain(text): text, plain(label): text}
    return canonical


class PeriodTexts:
    """What may stand in a Period cell of each indicator, from five years before the first return to a year from the given day."""

    def __init__(self, framework: Framework, today: date) -> None:
        self._indicators = framework.indicators
        self._first = parse_period(framework.returns.first_quarter, "quarter")
        self._last = date(today.year + 1, today.month, 1)
        self._texts: dict[PeriodType, dict[str, str]] = {}

    def canonical(self, indicator_id: str, text: str) -> str:
        """The canonical text of an indicator's period; as written where it is not known."""
        return self._of_type(_period_type(self._indicators.get(indicator_id))).get(plain(text), text)

    def quarter(self, text: str) -> str:
        """The canonical text of a quarter; as written where it is not known."""
        return self._of_type("quarter").get(plain(text), text)

    def _of_type(self, period_type: PeriodType) -> dict[str, str]:
        if period_type not in self._texts:
            start = self._first.start
            first = latest_ended(period_type, date(start.year - _YEARS_KNOWN, start.month, 1))
            last = max(first, latest_ended(period_type, self._last))
            periods = periods_between(first.text, last.text, period_type)
            self._texts[period_type] = {plain(way): period.text for period in periods for way in _ways(period)}
        return self._texts[period_type]


def _ways(period: Period) -> tuple[str, ...]:
    """How a period may be written; a day also as spreadsheets turn it into a date."""
    on_a_day = (period.end.isoformat(),) if period.start == period.end else ()
    return period.text, period.label, *on_a_day


def _period_type(indicator: Indicator | None) -> PeriodType:
    if indicator is None or indicator.returned is None or indicator.returned.every == "quarter":
        return "quarter"
    return "half_year" if indicator.returned.every == "half_year" else indicator.period_type
