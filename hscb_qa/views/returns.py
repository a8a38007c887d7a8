"""What agencies owe and what came of it: one quarter agency by agency, and the last quarters side by side.

Turns the record of returns, and which items the accepted ones hold, into rows and totals. Refuses to carry any figure: a row says that an
item was given, never what was given.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

import pandas as pd

from hscb_qa.definitions import Agency, Framework, ReturnRules
from hscb_qa.obligations import Item, agencies_owing, due_day, items_owed, quarters_owed, quarters_to_come
from hscb_qa.periods import Period
from hscb_qa.views.edition import OpenEdition

ReturnState = Literal["in", "late", "due", "overdue", "withdrawn"]
Key = tuple[str, str, str]
"""What tells an item of an agency from its others: indicator, breakdown, period."""


@dataclass(frozen=True)
class OpenQuery:
    """A query of an accepted return that nobody has settled: which check asks, and about which item; never its figures.

    `indicator` and `breakdown` are as people read them, and empty where the query is about the return as a whole.
    """

    submission: int
    number: int
    check: str
    indicator: str
    breakdown: str


@dataclass(frozen=True)
class AgencyReturn:
    """What became of one agency's return for one quarter.

    `state`: `in` by the due day, `late` if it came after it, `due` where the day has not passed, `overdue` where it has, `withdrawn` where
    everything that came was taken back. `received_on` is the day of the earliest return not withdrawn, since lateness is about when the
    board first had figures it may use; `days_late` counts from the due day to it, or to today where nothing is in. `revision` is that of
    the return in force (1 is the first that ever came, 0 none), `revised_on` the day it came where it is not the first.

    `given`, `not_available`, `not_applicable` and `missing` add up to `items_owed`. The items themselves are known only where the view was
    made from the ledger or by `items_named`; `missing_items` is then as long as `missing`.
    """

    agency: Agency
    quarter: Period
    state: ReturnState
    items_owed: int
    received_on: date | None
    days_late: int
    revision: int
    revised_on: date | None
    given: int
    not_available: int
    not_applicable: int
    missing: int
    queries_open: int
    submission: int | None
    missing_items: tuple[Item, ...] = ()
    not_available_items: tuple[Item, ...] = ()
    queries: tuple[OpenQuery, ...] = ()

    @property
    def is_in(self) -> bool:
        """Whether a return is in force."""
        return self.state in ("in", "late")

    @property
    def complete(self) -> int:
        """Items that leave nothing to ask for: given, or said not to apply."""
        return self.given + self.not_applicable


@dataclass(frozen=True)
class ReturnsView:
    """One quarter's returns: a row for each agency that owes one, in the order of the configuration; `rules` name the breakdowns."""

    quarter: Period
    due: date
    as_of: date
    rows: tuple[AgencyReturn, ...]
    rules: ReturnRules

    @property
    def agencies_owing(self) -> int:
        """How many agencies owe a return."""
        return len(self.rows)

    @property
    def agencies_in(self) -> int:
        """How many of them have one in force."""
        return sum(row.is_in for row in self.rows)

    @property
    def items_owed(self) -> int:
        """Items owed by all agencies, those without a return among them."""
        return sum(row.items_owed for row in self.rows)

    @property
    def percent_complete(self) -> int | None:
        """Whole percent of all items owed that are given or not applicable, rounded down so that 100 means all; None where none is owed."""
        return 100 * sum(row.complete for row in self.rows) // self.items_owed if self.items_owed else None

    def row(self, agency_id: str) -> AgencyReturn | None:
        """An agency's row; None where it owes nothing for the quarter."""
        return next((row for row in self.rows if row.agency.id == agency_id), None)


@dataclass(frozen=True)
class ReturnsHistory:
    """Agencies by quarters, oldest quarter first; a cell is None where the agency owed nothing."""

    quarters: tuple[Period, ...]
    rows: tuple[tuple[Agency, tuple[AgencyReturn | None, ...]], ...]


@dataclass(frozen=True)
class NextReturn:
    """The return that comes next: its quarter, its due day, and the first day on which it may be submitted, the one after the quarter."""

    quarter: Period
    due: date
    opens: date
    has_ended: bool


@dataclass(frozen=True, eq=False)
class ReturnsRecord:
    """What the ledger holds of returns: the views `returns_received` and `observations_in_force`, and the open queries."""

    received: pd.DataFrame
    observations: pd.DataFrame
    queries: pd.DataFrame


def returns_view(
    framework: Framework,
    received: pd.DataFrame,
    quarter: Period,
    today: date,
    observations: pd.DataFrame | None = None,
    queries: pd.DataFrame | None = None,
) -> ReturnsView:
    """Build one quarter's view as of a day.

    `received` has the columns of the ledger's `returns_received`, or of the edition's table `returns`. With the ledger's `observations`
    in force an item counts wherever it was given, a later return among them; without, each return's own counts are taken. With
    `queries` (those open) a row names them.
    """
    came = _by_agency(row for row in _records(received) if row["period"] == quarter.text)
    statuses = None if observations is None else _statuses(observations)
    asked = {} if queries is None else _queries(framework, queries)
    rows = tuple(
        _agency_return(framework, agency, quarter, today, came.get(agency.id, []), statuses, asked)
        for agency in agencies_owing(framework, quarter)
    )
    return ReturnsView(quarter, due_day(framework, quarter), today, rows, framework.returns)


def returns_history(framework: Framework, received: pd.DataFrame, today: date, number: int = 12) -> ReturnsHistory:
    """Build the last `number` quarters for which returns are owed; an agency that owed nothing in any of them is left out."""
    quarters = quarters_owed(framework, today)[-number:]
    views = [returns_view(framework, received, quarter, today) for quarter in quarters]
    cells = {agency.id: tuple(view.row(agency.id) for view in views) for agency in framework.agencies.values()}
    rows = tuple((framework.agencies[agency_id], row) for agency_id, row in cells.items() if any(row))
    return ReturnsHistory(tuple(quarters), rows)


def next_return(framework: Framework, received: pd.DataFrame, day: date, agency_id: str = "") -> NextReturn | None:
    """The first return due on a day or later that is not in: an agency's, or that of any agency; None where none is owed for two years.

    Raises UnknownName for an agency that is not configured.
    """
    for quarter in quarters_to_come(framework, day, agency_id):
        rows = returns_view(framework, received, quarter, day).rows
        if any(not row.is_in for row in rows if agency_id in ("", row.agency.id)):
            opens = quarter.end + timedelta(days=1)
            return NextReturn(quarter, due_day(framework, quarter), opens, has_ended=opens <= day)
    return None


def edition_returns(edition: OpenEdition) -> ReturnsView | None:
    """The returns as they stood when an edition was published, of its last quarter; None where it knows of none.

    The last quarter is the newest whose due day had passed or of which something had come.
    """
    received = received_in(edition)
    begun = quarters_begun(edition, received)
    return returns_view(edition.framework, received, begun[-1], edition.published_on) if begun else None


def received_in(edition: OpenEdition) -> pd.DataFrame:
    """The edition's table `returns`; empty in one made before agencies returned anything."""
    if "returns" not in edition.tables:
        return pd.DataFrame()
    return pd.DataFrame(edition.rows("SELECT * FROM returns"))


def quarters_begun(edition: OpenEdition, received: pd.DataFrame) -> list[Period]:
    """The quarters whose due day had passed when the edition was made, or of which something had come, oldest first."""
    framework, day = edition.framework, edition.published_on
    return [
        quarter
        for quarter in quarters_owed(framework, day)
        if len(received) and (due_day(framework, quarter) < day or (received["period"] == quarter.text).any())
    ]


def items_named(edition: OpenEdition, received: pd.DataFrame, quarters: Iterable[Period]) -> list[ReturnsView]:
    """The edition's returns of some quarters, with the items missing and not available by name.

    Which items are missing is known by the points: every item that came has one, shown or hidden. How many are not available is what the
    return itself says, since a point of none over none looks the same; they are named only where as many points look so.
    """
    held, framework, day = _items_held(edition), edition.framework, edition.published_on
    views = []
    for quarter in quarters:
        named, counted = (returns_view(framework, received, quarter, day, held), returns_view(framework, received, quarter, day))
        rows = (_both(*pair) for pair in zip(named.rows, counted.rows, strict=True))
        views.append(replace(named, rows=tuple(rows)))
    return views


def _both(named: AgencyReturn, counted: AgencyReturn) -> AgencyReturn:
    came = named.given + named.not_available
    not_available = min(counted.not_available, came)
    known = named.not_available_items if named.not_available == not_available else ()
    return replace(named, not_available=not_available, given=came - not_available, not_available_items=known)


def _items_held(edition: OpenEdition) -> pd.DataFrame:
    """The items of all returns in force, with those columns of the ledger's `observations_in_force` that say which they are.

    An item that a return gave as not available is held as such, also where a count in the Board's evidence stands in its place.
    """
    every = {one.id: one.returned.every for one in edition.framework.indicators.values() if one.returned}
    rows = edition.rows(
        "SELECT indicator, agency, breakdown, basis, period, CASE WHEN status IN ('x', 'z') THEN status ELSE '' END AS status "
        "FROM points JOIN board USING (geography) WHERE agency <> '' AND submission IN (SELECT submission FROM returns)"
    )
    if "counted" in edition.tables:
        none = edition.rows("SELECT indicator, agency, '' AS breakdown, period, 'x' AS status FROM counted WHERE given_none")
        rows += [{**row, "basis": every[row["indicator"]]} for row in none]
    held = [row for row in rows if every.get(row["indicator"]) == row["basis"]]
    return pd.DataFrame(held, columns=["indicator", "agency", "breakdown", "basis", "period", "status"])


def _agency_return(
    framework: Framework,
    agency: Agency,
    quarter: Period,
    today: date,
    came: list[dict[str, Any]],
    statuses: Mapping[str, Mapping[Key, str]] | None,
    asked: Mapping[int, tuple[OpenQuery, ...]],
) -> AgencyReturn:
    owed = items_owed(framework, agency.id, quarter)
    in_force = next((row for row in came if row["in_force"]), None)
    first = min((row["received_on"] for row in came if row["withdrawn_at"] is None), default=None)
    due = due_day(framework, quarter)
    days_late = max(0, ((first or today) - due).days)
    items = _items_by_counts(owed, in_force) if statuses is None else _items_by_name(owed, statuses.get(agency.id, {}))
    revision = int(in_force["revision"]) if in_force else 0
    return AgencyReturn(
        agency=agency,
        quarter=quarter,
        state=_state(came, in_force is not None, days_late),
        items_owed=len(owed),
        received_on=first,
        days_late=days_late,
        revision=revision,
        revised_on=in_force["received_on"] if in_force and revision > 1 else None,
        queries_open=int(in_force["queries_open"]) if in_force else 0,
        submission=int(in_force["submission"]) if in_force else None,
        queries=asked.get(int(in_force["submission"]), ()) if in_force else (),
        **items,
    )


def _state(came: list[dict[str, Any]], is_in: bool, days_late: int) -> ReturnState:
    if is_in:
        return "late" if days_late else "in"
    if came:
        return "withdrawn"
    return "overdue" if days_late else "due"


def _items_by_name(owed: list[Item], statuses: Mapping[Key, str]) -> dict[str, Any]:
    held = {item.key: statuses.get(item.key) for item in owed}
    of_status = {status: tuple(item for item in owed if held[item.key] == status) for status in (None, "x")}
    counts = list(held.values())
    return {
        "given": counts.count(""),
        "not_available": counts.count("x"),
        "not_applicable": counts.count("z"),
        "missing": counts.count(None),
        "missing_items": of_status[None],
        "not_available_items": of_status["x"],
    }


def _items_by_counts(owed: list[Item], in_force: dict[str, Any] | None) -> dict[str, Any]:
    """The counts of the return itself. Restated figures of earlier quarters stand among those given, so no more count than are owed."""
    if in_force is None:
        return {"given": 0, "not_available": 0, "not_applicable": 0, "missing": len(owed)}
    not_available, not_applicable = int(in_force["not_available"]), int(in_force["not_applicable"])
    given = max(0, min(int(in_force["given"]), len(owed) - not_available - not_applicable))
    missing = len(owed) - given - not_available - not_applicable
    return {"given": given, "not_available": not_available, "not_applicable": not_applicable, "missing": missing}


def _statuses(observations: pd.DataFrame) -> dict[str, dict[Key, str]]:
    found: dict[str, dict[Key, str]] = defaultdict(dict)
    columns = observations[["agency", "indicator", "breakdown", "period", "status"]]
    for agency, indicator, breakdown, period, status in columns.itertuples(index=False):
        found[agency][indicator, breakdown, period] = status
    return found


def _queries(framework: Framework, queries: pd.DataFrame) -> dict[int, tuple[OpenQuery, ...]]:
    found: dict[int, list[OpenQuery]] = defaultdict(list)
    for row in _records(queries):
        indicator = framework.indicators.get(row["indicator"] or "")
        label = framework.returns.label(row["breakdown"] or "") or row["breakdown"]
        name, breakdown = (indicator.name, label) if indicator else (row["indicator"] or "", "")
        found[row["submission"]].append(OpenQuery(int(row["submission"]), int(row["number"]), row["check_id"], name, breakdown))
    return {submission: tuple(sorted(rows, key=lambda one: one.number)) for submission, rows in found.items()}


def _by_agency(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["agency"]].append(row)
    return found


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dictionaries, with None for what is not there and dates as dates."""
    return [{str(name): _plain(cell) for name, cell in row.items()} for row in frame.to_dict("records")]


def _plain(cell: Any) -> Any:
    if pd.isna(cell):
        return None
    return cell.date() if isinstance(cell, datetime) else cell
