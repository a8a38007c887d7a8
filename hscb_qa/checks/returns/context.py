"""A return and the framework to what the checks hold it against: whose it is, what is owed, what was accepted before, what each row is.

Every row is looked up once, so that checks read plain columns. Refuses to guess: where the file does not say whose return it is, agency
and quarter are None, and checks that need them find nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from hscb_qa.checks.returns.cells import WITHHELD
from hscb_qa.definitions import Agency, Framework, Indicator
from hscb_qa.obligations import Item, items_owed, period_owed
from hscb_qa.periods import Period, PeriodType, parse_period, periods_between
from hscb_qa.readers.return_form import NUMBERS, STATUS_WORDS
from hscb_qa.readers.returns import Return

ITEM = ["indicator", "breakdown", "period"]
"""What tells one row of a return from another."""

HISTORY = {
    **dict.fromkeys(("indicator", "breakdown", "period", "status"), "str"),
    "period_end": "datetime64[us]",
    **dict.fromkeys(NUMBERS, "float64"),
}
"""The columns of an agency's accepted figures, with their types."""

_PARTS_ASKED = {"counts": ("numerator", "denominator"), "count": ("numerator",), "value": ("value",)}


@dataclass(frozen=True, eq=False)
class Context:
    """What a return is held against.

    `rows` has the return's rows with what the definitions say of each: `returns` (this agency returns the indicator), `timing` ("owed",
    "earlier", "later", "none" for no period of its kind, "" where that cannot be said), `period_type`, `period_end`, `gives`, `unit`,
    `asks_numerator`, `asks_denominator`, `asks_value` (whether that cell is to be filled; all three where the indicator is not known),
    `has_status`, `is_blank`, and `sound`: a known item that stands here for the first time, so that its figures mean something.
    `history` has the agency's accepted figures: indicator, breakdown, period, period_end, numerator, denominator, value, status.
    """

    framework: Framework
    agency: Agency | None
    quarter: Period | None
    items: tuple[Item, ...]
    history: pd.DataFrame
    on: date
    rows: pd.DataFrame

    @cached_property
    def asked(self) -> dict[str, pd.DataFrame]:
        """For numerator, denominator and value: the rows in which that cell is to be filled and no status stands in its place."""
        plain = ["line", "indicator", "breakdown", "period", "period_type", "gives", "unit", "sound"]
        return {
            part: self.rows.loc[self.rows[f"asks_{part}"] & ~self.rows["has_status"], [*plain, part, f"{part}_text"]] for part in NUMBERS
        }

    @cached_property
    def given(self) -> pd.DataFrame:
        """The sound rows that hold figures and no word in Status."""
        return self.rows[self.rows["sound"] & (self.rows["status"] == "") & ~self.rows["is_blank"]]

    def indicator(self, indicator_id: str) -> Indicator:
        """The definition of an indicator a sound row names."""
        return self.framework.indicators[indicator_id]


def context_of(given: Return, framework: Framework, history: Callable[[str], pd.DataFrame], on: date) -> Context:
    """Look up everything a return names. `history` gives an agency's accepted figures by its id; `on` is the day of the return."""
    agency = _agency_of(given, framework)
    quarter = _quarter_of(given)
    items = tuple(items_owed(framework, agency.id, quarter)) if agency and quarter else ()
    accepted = (history(agency.id) if agency else pd.DataFrame(columns=list(HISTORY))).astype(HISTORY)
    return Context(framework, agency, quarter, items, accepted, on, _looked_up(given, framework, agency, quarter))


def quarter_or_none(text: str) -> Period | None:
    """The quarter that a text names, or None."""
    try:
        return parse_period(text, "quarter")
    except ValueError:
        return None


def period_type_of(indicator: Indicator) -> PeriodType:
    """The kind of period for which an indicator's figures are returned."""
    every = indicator.returned.every if indicator.returned else "year"
    return indicator.period_type if every == "year" else every


def is_returned_by(indicator: Indicator, agency: Agency | None) -> bool:
    """Whether an agency returns an indicator; of an unknown agency, whether any does."""
    return indicator.returned is not None and (agency is None or agency.id in indicator.returned.agencies)


def _agency_of(given: Return, framework: Framework) -> Agency | None:
    named = _commonest(given.rows["agency"][given.rows["agency"].isin(list(framework.agencies))])
    return framework.agencies[named] if named else None


def _quarter_of(given: Return) -> Period | None:
    quarters = [text for text in given.rows["quarter"].unique() if quarter_or_none(text)]
    named = _commonest(given.rows["quarter"][given.rows["quarter"].isin(quarters)])
    return quarter_or_none(named) if named else None


def _commonest(texts: pd.Series) -> str:
    """The text that stands most often, the first of them in a tie; blank where there is none."""
    counts = texts.groupby(texts, sort=False).size()
    return str(counts.idxmax()) if len(counts) else ""


def _looked_up(given: Return, framework: Framework, agency: Agency | None, quarter: Period | None) -> pd.DataFrame:
    rows = given.rows.join(_of_indicators(given, framework, agency), on="indicator")
    rows = rows.join(_of_periods(rows[rows["returns"].eq(True)], framework, quarter), on=["indicator", "period"])
    rows["returns"] = rows["returns"].eq(True)
    for part in NUMBERS:
        rows[f"asks_{part}"] = ~rows["gives"].isin([gives for gives, asked in _PARTS_ASKED.items() if part not in asked])
    rows["has_status"] = rows["status"].isin(list(STATUS_WORDS))
    texts = [rows[f"{part}_text"].str.strip() for part in NUMBERS]
    rows["is_blank"] = (texts[0] == "") & (texts[1] == "") & (texts[2] == "") & (rows["status"] == "")
    rows["known_part"] = _known_parts(rows, framework)
    rows["sound"] = rows["returns"] & rows["known_part"] & rows["timing"].isin(["owed", "earlier", ""]) & ~rows.duplicated(ITEM)
    return rows


def _of_indicators(given: Return, framework: Framework, agency: Agency | None) -> pd.DataFrame:
    """For each indicator named that this agency returns: in which form."""
    found: dict[str, tuple[Any, ...]] = {}
    for name in given.rows["indicator"].unique():
        one = framework.indicators.get(name)
        if one and one.returned and is_returned_by(one, agency):
            found[name] = (True, one.returned.gives, one.unit, period_type_of(one))
    return pd.DataFrame.from_dict(found, orient="index", columns=["returns", "gives", "unit", "period_type"])


def _of_periods(rows: pd.DataFrame, framework: Framework, quarter: Period | None) -> pd.DataFrame:
    """For each period of an indicator: its end, and whether it is the one owed."""
    found = {}
    for name, text in dict.fromkeys(zip(rows["indicator"], rows["period"], strict=True)):
        found[name, text] = _timing(framework, framework.indicators[name], text, quarter)
    index = pd.MultiIndex.from_tuples(list(found), names=["indicator", "period"]) if found else pd.MultiIndex.from_arrays([[], []])
    frame = pd.DataFrame(list(found.values()), index=index, columns=["timing", "period_end"])
    return frame.astype({"timing": "str", "period_end": "datetime64[us]"})


def _timing(framework: Framework, indicator: Indicator, text: str, quarter: Period | None) -> tuple[str, date | None]:
    if text == WITHHELD:
        return "", None
    try:
        period = parse_period(text, period_type_of(indicator))
    except ValueError:
        return "none", None
    if quarter is None:
        return "", period.end
    owed = period_owed(indicator, quarter)
    if owed and period == owed:
        return "owed", period.end
    last = owed.end if owed else quarter.end
    first = first_end_owed(framework, indicator, quarter)
    return "earlier" if first and first <= period.end <= last else "later" if period.end > last else "none", period.end


def first_end_owed(framework: Framework, indicator: Indicator, quarter: Period) -> date | None:
    """The end of the first period whose figure was ever owed, up to a quarter; None where none was."""
    first = framework.returns.first_quarter
    if quarter.text < first:
        return None
    ends = (owed.end for one in periods_between(first, quarter.text, "quarter") if (owed := period_owed(indicator, one)))
    return next(ends, None)


def _known_parts(rows: pd.DataFrame, framework: Framework) -> pd.Series:
    """Whether each row's breakdown is the whole or a part by which its indicator is returned."""
    kind_of = {text: text.split("=")[0] for text in framework.returns.labels}
    known = {}
    for name, text in dict.fromkeys(zip(rows["indicator"], rows["breakdown"], strict=True)):
        indicator = framework.indicators.get(name)
        breakdowns = indicator.returned.breakdowns if indicator and indicator.returned else ()
        known[name, text] = text == "" or kind_of.get(text) in breakdowns
    return pd.Series([known[pair] for pair in zip(rows["indicator"], rows["breakdown"], strict=True)], index=rows.index, dtype=bool)
