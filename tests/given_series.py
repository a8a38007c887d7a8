"""Small stores of invented series with or without signals, and what an edition says of them: a test's points stand in its own lines."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from invented import Cells, cells, indicator, item, only, rows_of, submit

from hscb_qa.definitions import Break, Framework, Indicator, register_path
from hscb_qa.definitions.boards import Target
from hscb_qa.geographies import load_geographies
from hscb_qa.ledger import Receipt
from hscb_qa.periods import parse_period, periods_between, quarters_before
from hscb_qa.publish import Edition

LAST = "2026-27 Q2"
TABLES = ("charts", "signals", "watched", "trends", "ranks", "funnels", "exceptions", "narratives")
_QUIET = (0, 2, -1, 1, -2)
"""Moving ranges 2 3 2 3 and 2 again: the limits of many lie about 2.66 x 2.4 = 6.4 from their mean, and no rule finds anything."""


def quarters(number: int, last: str = LAST) -> list[str]:
    """The texts of as many quarters, oldest first."""
    end = parse_period(last, "quarter")
    return [one.text for one in periods_between(quarters_before(end, number - 1).text, last, "quarter")]


def quiet(number: int, level: float = 100) -> list[float]:
    """As many figures about a level, in which nothing but chance is at work."""
    return [level + _QUIET[place % 5] for place in range(number)]


def dated(values: Sequence[float | str | None], last: str = LAST) -> dict[str, float | str]:
    """Each value with its quarter, the last with `last`; None leaves the quarter out."""
    pairs = zip(quarters(len(values), last), values, strict=True)
    return {period: value for period, value in pairs if value is not None}


def ready(id_: str, **changes: Any) -> Indicator:
    """An indicator published ready each quarter under its own id, without limits of what it can be."""
    facts = {"unit": "percentage_points", "period_type": "quarter", "published": {"source": "lait", "value": {"measures": [id_]}}}
    return indicator(id=id_, **{**facts, **changes})


def submit_ready(store: Path, series: dict[str, Cells]) -> Receipt:
    """Submit published figures, by the id of their indicator."""
    return submit(store, *(cells(name, figures) for name, figures in series.items()), source="lait")


def broken(on: str) -> Break:
    """A definition that counts otherwise from a day."""
    return Break.model_validate({"on": on, "what_changed": "More is counted.", "source": "A test."})


def rebased(indicator_id: str, start: str, agency: str | None = None) -> dict[str, Any]:
    """The rebase of an indicator, as configuration has it."""
    decided = {"by": "A subcommittee", "on": "2026-07-01"}
    return {"indicator": indicator_id, "agency": agency, "start": start, "reason": "One front door took over.", "decided": decided}


def target(indicator_id: str, value: float, start: str = "2010-04-01", end: str | None = None) -> Target:
    """What the Board agreed to reach."""
    return Target.model_validate({"indicator": indicator_id, "value": value, "start": start, "end": end, "agreed": "A meeting."})


def small_board(framework: Framework, *indicators: Indicator, targets: Iterable[Target] = (), **rules: Any) -> Framework:
    """A board with one area of these indicators, whose signal rules are the shipped ones but for `rules`: figures are never too old."""
    shipped = framework.signals.model_dump()
    given = {**shipped, **{name: {**shipped[name], **value} if isinstance(value, dict) else value for name, value in rules.items()}}
    given["exceptions"] = {**given["exceptions"], "old_after_months": rules.get("exceptions", {}).get("old_after_months", 2400)}
    year = framework.plan_years[-1]
    area = year.part_a[0].model_copy(update={"indicators": tuple(one.id for one in indicators), "targets": tuple(targets)})
    wider = year.wider_picture.model_copy(update={"indicators": (), "targets": ()})
    plan = year.model_copy(update={"part_a": (area,), "part_b": (), "wider_picture": wider})
    signals = type(framework.signals).model_validate(given)
    return only(framework, *indicators).model_copy(update={"plan_years": (plan,), "signals": signals})


def returns_of(agency: str, series: dict[str, dict[str, Any]], notes: dict[str, dict[str, str]] | None = None) -> list[Any]:
    """One return of an agency for each quarter: its figures by indicator and quarter, and what is written beside some of them."""
    periods = sorted({period for figures in series.values() for period in figures})
    told = notes or {}
    return [
        (
            agency,
            period,
            [item(name, period, one[period], note=told.get(name, {}).get(period, "")) for name, one in series.items() if period in one],
        )
        for period in periods
    ]


def authorities(number: int) -> list[str]:
    """The codes of as many local authorities that are not Harrow."""
    register = load_geographies(register_path())
    codes = [one.code for one in register if one.level == "Local authority" and register.current(one.code) == one.code]
    return [code for code in codes if code != "E09000015"][:number]


def told(
    edition: Edition, table: str, columns: str, indicator_id: str, basis: str = "quarter", agency: str = "", file: str = "restricted"
) -> list[Any]:
    """Columns of a table of the edition for one whole series, oldest first."""
    sql = f"SELECT {columns} FROM {table} WHERE indicator = ? AND basis = ? AND agency = ? AND breakdown = '' ORDER BY ends"
    return rows_of(getattr(edition, file), sql, [indicator_id, basis, agency])


def rules(edition: Edition, indicator_id: str, **where: Any) -> list[str]:
    """The rule that found each point with limits, oldest first."""
    return [rule for (rule,) in told(edition, "signals", "rule", indicator_id, **where)]


def everything(edition: Edition, file: str = "restricted") -> dict[str, list[Any]]:
    """All that an edition says of signals, by table, without regard to order."""
    return {table: sorted(map(repr, rows_of(getattr(edition, file), f"SELECT * FROM {table}"))) for table in TABLES}
