"""An invented board whose indicators are returned in every way there is, and a return to it, sound but for what a test changes.

The police owe 19 figures for 2026-27 Q2: counts and a count by quarter with breakdowns, posts, a half year's value, a year's score.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import pandas as pd
import xlsxwriter
from invented import indicator, only
from published_files import ROOT

from hscb_qa.checks.returns import HISTORY, check_return
from hscb_qa.definitions import Framework, Indicator, load_framework
from hscb_qa.errors import Issue
from hscb_qa.obligations import items_owed
from hscb_qa.periods import parse_period
from hscb_qa.readers.return_form import FIGURE_HEADERS, FORM, QUESTIONS, REQUIRED, VOICE_HEADERS
from hscb_qa.readers.returns import Return, read_return_bytes

ON = date(2026, 10, 20)
QUARTER = "2026-27 Q2"
LETTERS = {column: chr(ord("A") + place) for place, column in enumerate(REQUIRED)}
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
Figure = tuple[object, object, object]  # numerator, denominator, value as they stand in the cells
Key = tuple[str, str]  # indicator, breakdown


def returned_indicator(**changes: Any) -> Indicator:
    """An indicator only the police return, every quarter as counts, with the changes given."""
    returned = {"agencies": ["police"], "every": "quarter", "counting": "flow", "gives": "counts", **changes.pop("returned", {})}
    return indicator(**{"interval": "wilson", "published": None, "returned": returned, **changes})


@cache
def board() -> Framework:
    """The shipped agencies, plan and rules, with nine invented indicators."""
    count = {"unit": "count", "interval": "byar", "denominator": None}
    people = {"source": "ees", "measures": ["population_estimate"]}
    value = {"interval": "none", "denominator": None}
    return only(
        load_framework(ROOT / "config"),
        returned_indicator(
            id="referrals",
            name="Referrals received",
            returned={"gives": "count", "breakdowns": ["sex"], "numerator_id": "referrals"},
            **count,
        ),
        returned_indicator(id="referrals_decided", returned={"breakdowns": ["age_band", "sex"], "denominator_id": "referrals"}),
        returned_indicator(
            id="plans_rate", unit="per_10000", interval="byar", returned={"gives": "count", "population": people, "counting": "snapshot"}
        ),
        returned_indicator(id="vacancies", numerator="Vacant posts, full-time equivalent.", denominator="All posts, full-time equivalent."),
        returned_indicator(id="staff_survey", returned={"every": "half_year", "gives": "value"}, **value),
        returned_indicator(id="difficulties", unit="score", returned={"every": "year", "due_in": "Q2", "gives": "value"}, **value),
        returned_indicator(id="paired_score", unit="score", interval="none", returned={"lag_quarters": 2}),
        returned_indicator(id="repairs", returned={"agencies": ["housing"]}),
        indicator(id="published_only"),
    )


SOUND: Mapping[Key, Figure] = {
    ("difficulties", ""): ("", "", "14.2"),
    ("paired_score", ""): ("420", "30", ""),
    ("plans_rate", ""): ("310", "", ""),
    ("referrals", ""): ("60", "", ""),
    ("referrals", "sex=female"): ("30", "", ""),
    ("referrals", "sex=male"): ("28", "", ""),
    ("referrals", "sex=not_known"): ("2", "", ""),
    ("referrals_decided", ""): ("45", "60", ""),
    ("referrals_decided", "age_band=under_1"): ("5", "6", ""),
    ("referrals_decided", "age_band=1_to_4"): ("10", "14", ""),
    ("referrals_decided", "age_band=5_to_9"): ("10", "15", ""),
    ("referrals_decided", "age_band=10_to_15"): ("15", "18", ""),
    ("referrals_decided", "age_band=16_to_17"): ("4", "5", ""),
    ("referrals_decided", "age_band=not_known"): ("1", "2", ""),
    ("referrals_decided", "sex=female"): ("22", "30", ""),
    ("referrals_decided", "sex=male"): ("21", "28", ""),
    ("referrals_decided", "sex=not_known"): ("2", "2", ""),
    ("staff_survey", ""): ("", "", "72.5"),
    ("vacancies", ""): ("12.25", "61.5", ""),
}
VOICE = {
    "who": "children",
    "about": "",
    "method": "Group talk at school",
    "asked": "12",
    "date": "2026-09-14",
    "message": "We want to be told what happens next.",
    "changed": "Each child now gets a letter after the talk.",
}


def table(
    figures: Mapping[Key, Figure] = SOUND, agency: str = "police", quarter: str = QUARTER, framework: Framework | None = None
) -> pd.DataFrame:
    """The filled table of figures: one row an item owed, columns by key, all text."""
    framework = framework or board()
    rows = []
    for item in items_owed(framework, agency, parse_period(quarter, "quarter")):
        numbers = dict(zip(("numerator", "denominator", "value"), figures[item.indicator.id, item.breakdown], strict=True))
        breakdown = framework.returns.label(item.breakdown)
        head = {
            "form": FORM,
            "agency": agency,
            "quarter": quarter,
            "indicator": item.indicator.id,
            "breakdown": breakdown,
            "period": item.period.text,
        }
        rows.append({**head, **numbers, "status": "", "note": ""})
    return pd.DataFrame(rows, columns=list(REQUIRED))


def row_of(rows: pd.DataFrame, indicator_id: str, breakdown: str = "All") -> int:
    """The place of an item's row in a table."""
    return int(rows.index[(rows["indicator"] == indicator_id) & (rows["breakdown"] == breakdown)][0])


def changed(rows: pd.DataFrame, indicator_id: str, breakdown: str = "All", **cells: object) -> pd.DataFrame:
    """The table with these cells of one item's row changed."""
    rows = rows.copy()
    for column, text in cells.items():
        rows.loc[row_of(rows, indicator_id, breakdown), column] = text
    return rows


def csv_return(rows: pd.DataFrame, name: str = "police.csv", framework: Framework | None = None) -> Return:
    """The table as a CSV file, read back."""
    content = rows.rename(columns=FIGURE_HEADERS).to_csv(index=False).encode()
    return read_return_bytes(name, content, framework or board())


def xlsx_return(
    rows: pd.DataFrame, voices: Iterable[Mapping[str, str]] = (VOICE,), answer: str = "Fewer wait.", name: str = "police.xlsx"
) -> Return:
    """The table as a workbook with voices and an answer, read back; headers stand in line 1, columns from A in the order of the form."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    _fill(book.add_worksheet("Figures"), list(rows.rename(columns=FIGURE_HEADERS)), rows.to_numpy().tolist())
    _fill(book.add_worksheet("Voices"), list(VOICE_HEADERS.values()), [list(voice.values()) for voice in voices])
    _fill(book.add_worksheet("Narrative"), ["Question", "Answer"], [[QUESTIONS[0], answer]])
    book.close()
    return read_return_bytes(name, buffer.getvalue(), board())


def _fill(sheet: Any, headers: list[str], lines: list[list[Any]]) -> None:
    """Write texts as a person's typing would: what looks like a number is one, but a leading 0 keeps it text."""
    for number, cells in enumerate([headers, *lines]):
        sheet.write_row(number, 0, [float(cell) if _NUMBER.fullmatch(str(cell)) else cell for cell in cells])


def history(*figures: tuple[str, str, str, float | None, float | None, float | None]) -> Callable[[str], pd.DataFrame]:
    """Accepted figures of any agency: indicator, breakdown, period, numerator, denominator, value."""
    types = {
        name: ("half_year" if " H" in name else "quarter" if " Q" in name else "financial_year")
        for *_, name in [one[:3] for one in figures]
    }
    rows = [(*one[:3], pd.Timestamp(parse_period(one[2], types[one[2]]).end), *one[3:], "") for one in figures]
    columns = ["indicator", "breakdown", "period", "period_end", "numerator", "denominator", "value", "status"]
    frame = pd.DataFrame(rows, columns=columns).astype(HISTORY)
    return lambda _: frame


def issues_of(given: Return, past: Callable[[str], pd.DataFrame] | None = None, framework: Framework | None = None) -> list[Issue]:
    """All issues of a return received on `ON`, by default from an agency without history."""
    return check_return(given, framework or board(), past or history(), ON)
