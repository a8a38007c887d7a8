"""Two invented indicators that agencies return, and records of what came, so that a test's arithmetic can be followed in its own lines."""

from datetime import date
from typing import Any

import pandas as pd
from invented import indicator, only

from hscb_qa.definitions import Framework, Indicator
from hscb_qa.obligations import items_owed, read_quarter

Q1, Q2 = read_quarter("2026-27 Q1"), read_quarter("2026-27 Q2")
DUE = date(2026, 10, 30)  # 30 days after 30 September, the last day of Q2
_COLUMNS = [
    *("submission", "agency", "period", "file", "received_on", "submitted_at", "submitted_by", "revision", "in_force"),
    *("withdrawn_at", "withdrawn_by", "withdrawn_reason", "given", "not_available", "not_applicable", "queries", "queries_open"),
]


def share() -> Indicator:
    """Counts by sex, owed every quarter by police and housing: four items, since sex has three parts."""
    returned = {"agencies": ["police", "housing"], "every": "quarter", "counting": "flow", "gives": "counts", "breakdowns": ["sex"]}
    return _only_returned(id="seen_in_time", name="Children seen in time", interval="wilson", returned=returned)


def score() -> Indicator:
    """A ready value, owed by the police once a year in the return of Q2: one item, of the year to March 2026."""
    returned = {"agencies": ["police"], "every": "year", "due_in": "Q2", "counting": "flow", "gives": "value", "shown_first": "year"}
    return _only_returned(id="staff_survey", name="Staff survey score", unit="score", denominator=None, returned=returned)


def _only_returned(**changes: Any) -> Indicator:
    return indicator(published=None, period_type="financial_year", **changes)


def small_board(framework: Framework) -> Framework:
    """A board with these two indicators and no others: in Q2 the police owe five items, housing four."""
    return only(framework, share(), score())


def came(agency: str, received: date, *, revision: int = 1, in_force: bool = True, withdrawn: bool = False, **facts: Any) -> dict[str, Any]:
    """One return in the record, of Q2 unless another period is given."""
    moment = pd.Timestamp(received)
    numbers = {"given": 0, "not_available": 0, "not_applicable": 0, "queries": 0, "queries_open": 0, "submission": revision}
    people = {"file": f"{agency}.xlsx", "submitted_by": "an analyst", "withdrawn_by": None, "withdrawn_reason": None}
    times = {"received_on": moment, "submitted_at": moment, "withdrawn_at": moment if withdrawn else pd.NaT}
    row = {"agency": agency, "period": Q2.text, "revision": revision, "in_force": in_force and not withdrawn}
    return {**row, **numbers, **people, **times, **facts}


def record(*rows: dict[str, Any]) -> pd.DataFrame:
    """The record with the ledger's columns; without rows, as an empty ledger gives it."""
    return pd.DataFrame(rows, columns=_COLUMNS)


def observations(framework: Framework, agency: str, *, without: tuple[str, ...] = (), **statuses: str) -> pd.DataFrame:
    """A row for every item the agency owes in Q2 but those of breakdowns `without`; a status by the indicator's id, given otherwise."""
    items = [item for item in items_owed(framework, agency, Q2) if item.breakdown not in without]
    rows = [(agency, *item.key, statuses.get(item.indicator.id, "")) for item in items]
    return pd.DataFrame(rows, columns=["agency", "indicator", "breakdown", "period", "status"])


def queries(*rows: tuple[int, int, str, str, str]) -> pd.DataFrame:
    """Open queries: submission, number, check, indicator, breakdown."""
    return pd.DataFrame(rows, columns=["submission", "number", "check_id", "indicator", "breakdown"])
