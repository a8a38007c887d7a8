"""Small invented submissions and indicators, built by hand, so that a test's arithmetic can be followed in its own lines."""

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from hscb_qa.definitions import Correction, Disclosure, Framework, Indicator
from hscb_qa.ledger import Receipt, Submission, ledger_path, record
from hscb_qa.periods import parse_period
from hscb_qa.publish import Edition
from hscb_qa.views import (
    BoardView,
    Change,
    ChartPart,
    Comparison,
    ControlChart,
    EditionChange,
    Exceptional,
    IndicatorView,
    Limits,
    Narrative,
    Peer,
    Point,
    Rank,
    Reason,
    Signal,
    Watch,
)
from hscb_qa.views.area import AreaView, Balance

HARROW, BARNET, BRENT, EALING = "E09000015", "E09000003", "E09000005", "E09000009"
LONDON, ENGLAND = "E12000007", "E92000001"
Cells = Mapping[str, float | str]  # period -> a number, or the status that stands in its place

_INDICATOR: dict[str, Any] = {
    "id": "share",
    "catalogue": None,
    "tier": "core",
    "name": "A share of something",
    "short_name": "The share",
    "definition": "Some of all.",
    "numerator": "Some.",
    "denominator": "All.",
    "unit": "percent",
    "decimals": 1,
    "polarity": "lower",
    "measure_type": "quality",
    "evidence_source": "governance_information",
    "content_area": "practice",
    "agencies": ["childrens_social_care"],
    "areas": ["help_and_early_help"],
    "period_type": "financial_year",
    "interval": "none",
    "why_it_matters": "It is counted.",
    "what_good_looks_like": "Few.",
    "data_note": None,
    "counts_people": True,
    "breaks": [],
    "returned": None,
    "published": {"source": "ees", "numerator": {"measures": ["some"]}, "denominator": {"measures": ["all"]}},
    "cross_checks": [],
    "authored": {"by": "A test", "on": "2026-11-23"},
    "checked": {"by": "A test", "on": "2026-11-23"},
}


def indicator(**changes: Any) -> Indicator:
    """A valid indicator `share`: some over all, in percent, by financial year; with the changes given."""
    return Indicator.model_validate({**_INDICATOR, **changes})


def counted(**changes: Any) -> Indicator:
    """A plain count by quarter."""
    published = {"source": "mps_crime", "numerator": {"measures": ["crimes"]}}
    return indicator(id="crimes", unit="count", decimals=0, denominator=None, period_type="quarter", published=published, **changes)


def collected(id_: str = "kept", *, unit: str = "percent", returned: Mapping[str, Any] | None = None, **changes: Any) -> Indicator:
    """An indicator that agencies return and nobody publishes: two counts each quarter from two agencies, with the changes given."""
    gives = {"gives": "counts", **(returned or {})}
    asked = {"agencies": ["police", "housing"], "every": "quarter", "counting": "flow", **gives}
    interval = "wilson" if unit == "percent" else "byar"
    facts = {
        "id": id_,
        "unit": unit,
        "returned": asked,
        "published": None,
        "agencies": asked["agencies"],
        "interval": "none" if asked["gives"] == "value" else interval,
        "denominator": None if unit == "count" else "All.",
        "decimals": 0 if unit == "count" else 1,
        "period_type": "snapshot_31_march" if asked["counting"] == "snapshot" else "financial_year",
    }
    return indicator(**{**facts, **changes})


def only(framework: Framework, *indicators: Indicator, corrections: tuple[Correction, ...] = ()) -> Framework:
    """The shipped framework with these indicators and no others, and with no corrections but those given."""
    return framework.model_copy(update={"indicators": {one.id: one for one in indicators}, "corrections": corrections})


def cells(measure: str, values: Cells, place: str = HARROW, breakdown: str = "") -> pd.DataFrame:
    """Rows as a reader gives them, one for each period."""
    rows = [
        {
            "line": line,
            "measure": measure,
            "breakdown": breakdown,
            "geography_level": "Local authority",
            "geography": place,
            "geography_name": place,
            "time_identifier": "quarter" if " Q" in period else "Reporting year",
            "period": period,
            "value": float("nan") if isinstance(cell, str) else float(cell),
            "status": cell if isinstance(cell, str) else "",
            "text": str(cell),
        }
        for line, (period, cell) in enumerate(values.items(), start=2)
    ]
    return pd.DataFrame(rows)


def submission(*frames: pd.DataFrame, source: str = "ees", **facts: Any) -> Submission:
    """One file's worth of rows; its hash follows from its content, as a file's does."""
    rows = pd.concat(frames, ignore_index=True)
    sha256 = hashlib.sha256(rows.to_csv().encode()).hexdigest()
    return Submission(source, facts.pop("file", f"{source}.csv"), sha256, facts.pop("table", "published"), rows, "a test", **facts)


def submit(store: Path, *frames: pd.DataFrame, source: str = "ees", **facts: Any) -> Receipt:
    """Record one invented file."""
    return record(store, [submission(*frames, source=source, **facts)])[0]


Given = float | str | tuple[float, float]  # a count or a ready figure, the status in its place, or a numerator and a denominator


def item(indicator_id: str, period: str, given: Given, breakdown: str = "", note: str = "") -> dict[str, Any]:
    """One row of a return, as the ledger keeps it."""
    numbers = (float("nan"), float("nan")) if isinstance(given, str) else given if isinstance(given, tuple) else (given, float("nan"))
    return {
        "indicator": indicator_id,
        "breakdown": breakdown,
        "period": period,
        "numerator": float(numbers[0]),
        "denominator": float(numbers[1]),
        "value": float("nan") if isinstance(given, (str, tuple)) else float(given),
        "status": given if isinstance(given, str) else "",
        "note": note,
    }


def give_return(store: Path, agency: str, quarter: str, *items: Mapping[str, Any], received: date = date(2026, 10, 21)) -> int:
    """Record one return, past the checks; gives its submission."""
    return give_returns(store, [(agency, quarter, list(items))], received)[0]


def give_returns(store: Path, given: list[tuple[str, str, list[Any]]], received: date = date(2026, 10, 21)) -> list[int]:
    """Record returns (agency, quarter, items) in one transaction, past intake and its checks; gives their submissions, in order."""
    record(store, [])
    with duckdb.connect(str(ledger_path(store))) as connection:
        connection.execute("BEGIN")
        numbers = [_give_one(connection, agency, quarter, pd.DataFrame(items), received) for agency, quarter, items in given]
        connection.execute("COMMIT")
    return numbers


def _give_one(connection: duckdb.DuckDBPyConnection, agency: str, quarter: str, rows: pd.DataFrame, received: date) -> int:
    [(number,)] = connection.execute(
        "INSERT INTO submissions VALUES (nextval('submission_ids'), 'returns', ?, ?, ?, 'a test', NULL, NULL, FALSE, ?) RETURNING id",
        [f"{agency}.xlsx", "0" * 64, datetime.now(UTC).replace(tzinfo=None), len(rows)],
    ).fetchall()
    connection.execute("INSERT INTO returns VALUES (?, ?, ?, ?, ?)", [number, agency, quarter, received, b"a file"])
    connection.register("rows_given", rows.assign(line=range(2, 2 + len(rows))))
    connection.execute(
        "INSERT INTO observations "
        "SELECT CAST(? AS BIGINT), line, indicator, breakdown, period, numerator, denominator, value, status, note FROM rows_given",
        [number],
    )
    connection.unregister("rows_given")
    return int(number)


def returned_values(
    edition: Edition, indicator_id: str = "kept", agency: str = "", basis: str = "quarter", breakdown: str = "", file: str = "restricted"
) -> dict[str, float | str]:
    """Period -> the value of a returned figure, or its status where there is none; of the restricted file unless the other is named."""
    sql = "SELECT period, value, status FROM points WHERE indicator = ? AND agency = ? AND basis = ? AND breakdown = ? ORDER BY ends"
    found = rows_of(getattr(edition, file), sql, [indicator_id, agency, basis, breakdown])
    return {period: status if value is None else value for period, value, status in found}


def neighbour_set(store: Path, neighbours: list[str], start: date = date(2025, 5, 1), place: str = HARROW) -> Receipt:
    """Record a set of statistical neighbours, nearest first."""
    rows = [(4, place, rank, neighbour, "Close") for rank, neighbour in enumerate(neighbours, start=1)]
    frame = pd.DataFrame(rows, columns=["line", "geography", "rank", "neighbour", "closeness"])
    return submit(store, frame, source="neighbours", table="neighbours", in_force_from=start)


def rows_of(file: Path, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    """What a query gives on one database file, opened read-only."""
    with duckdb.connect(str(file), read_only=True) as connection:
        return connection.execute(sql, parameters or []).fetchall()


def values(edition: Edition, indicator_id: str = "share", place: str = HARROW, basis: str = "year") -> dict[str, float | str]:
    """Period -> the value shown of the whole, or its status where none is."""
    sql = (
        "SELECT period, value, status FROM points "
        "WHERE indicator = ? AND geography = ? AND basis = ? AND agency = '' AND breakdown = '' ORDER BY ends"
    )
    found = rows_of(edition.shareable, sql, [indicator_id, place, basis])
    return {period: status if value is None else value for period, value, status in found}


RULE = Disclosure.model_validate(
    {
        "threshold": 5,
        "zeros": "shown",
        "small_base": 10,
        "mark_base": 20,
        "remainders": True,
        "methods": [],
        "agreed": {"by": "A test", "on": "2016-11-23"},
    }
)


def point(year: str, cell: float | str, **facts: Any) -> Point:
    """One year or quarter of a series by hand: a number, or the status in its place."""
    period = parse_period(year, "quarter" if " Q" in year else "financial_year")
    value = None if isinstance(cell, str) else float(cell)
    return Point(year, period.label, period.start, period.end, value, cell if isinstance(cell, str) else "", **facts)


def comparison(id_: str, cells_: Cells, difference: str = "", verdict: str = "", name: str = "", had: int = 0) -> Comparison:
    """A series beside the board's own; the difference, the verdict and how many neighbours of ten `had` a figure are of its last year."""
    last = max(cells_)
    return Comparison(
        id=id_,
        name=name or id_.split("_")[0].capitalize(),
        points=tuple(point(year, cell) for year, cell in cells_.items()),
        differences={last: difference} if difference else {},
        verdicts={last: verdict} if verdict else {},
        statistic=id_.removeprefix("neighbours_") if had else "",
        in_force_from=date(2025, 5, 1) if had else None,
        contributors={last: had} if had else {},
        members=10 if had else 0,
    )


def view(*points: Point, comparisons: tuple[Comparison, ...] = (), change: Change | None = None, **changes: Any) -> IndicatorView:
    """The view of the invented share for Harrow, without a store."""
    return IndicatorView(
        indicator=indicator(**changes),
        place="Harrow",
        basis="year",
        bases=("year",),
        points=points,
        comparisons=comparisons,
        change=change,
        source=None,
        queries=(),
        illustrative=False,
        edition="2016-11-23-120000",
        published_on="2016-11-23",
        disclosure=RULE,
        partners=("Harrow Council children's services",),
    )


def signal(
    at: Point, rule: str = "shift", side: str = "high", judgement: str = "concern", since: Point | None = None, **facts: Any
) -> Signal:
    """A signal at a point: by default of the last nine points, since the one given."""
    return Signal(
        period=at.period,
        label=at.label,
        rule=rule,  # type: ignore[arg-type]
        side=side,  # type: ignore[arg-type]
        judgement=judgement,  # type: ignore[arg-type]
        since=(since or at).label,
        points=facts.pop("points", 9 if since else 1),
        **facts,
    )


def control(
    points: tuple[Point, ...], /, *signals: Signal, limits: tuple[float, float, float] | None = (20.0, 15.0, 25.0), **facts: Any
) -> ControlChart:
    """A control chart of one part: the same mean, lower and upper limit at each point shown; other `facts` are of the part or the chart."""
    shown = [one.period for one in points if one.value is not None]
    given = {"chart": "xmr", "reason": "", "trial": False, "started_by": None, "points": len(shown), **facts}
    of_chart = {name: given.pop(name) for name in ("basis", "target", "assurance") if name in given}
    return ControlChart(
        basis=of_chart.pop("basis", "year"),
        parts=(ChartPart(first=shown[0], last=shown[-1], **given),),
        limits=dict.fromkeys(shown, Limits(*limits)) if limits else {},
        signals={one.period: one for one in signals},
        **of_chart,
    )


def watch(of: Signal | None, basis: str = "quarter", is_judged: bool = True) -> Watch:
    """The watch kept on an indicator, with the signal of its latest point or without one."""
    period, label = (of.period, of.label) if of else ("2015-16 Q4", "Jan to Mar 2016")
    return Watch(basis, period, label, is_judged, of, None)  # type: ignore[arg-type]


def rank(place: int | None = 12, band: str | None = "B", fifth: str | None = None, verdict: str | None = None) -> Rank:
    """A rank among 151 local authorities in 2015-16."""
    return Rank("2016", "2015-16", place, 151, band, fifth, verdict)  # type: ignore[arg-type]


def peer(name: str, value: float, side: str | None, judgement: str | None = None, year: str = "2016") -> Peer:
    """An agency beside all agencies together, who have 84.1, within 78.2 to 89.5."""
    period = parse_period(year, "financial_year")
    return Peer(name.lower(), name, year, period.label, value, 84.1, 78.2, 89.5, side, judgement, 120.0)  # type: ignore[arg-type]


def exceptional(of: IndicatorView, *reasons: tuple[str, str], owed: tuple[str, ...] = (), given: tuple[str, ...] = ()) -> Exceptional:
    """An exception for reasons, each a kind and how it is judged, on the basis and of the latest period of a view."""
    assert of.latest
    told = tuple(Reason(kind, of.basis, of.latest.period, judgement) for kind, judgement in reasons)  # type: ignore[arg-type]
    return Exceptional(of, told, Narrative(owed, given))


def board(*exceptions: Exceptional, views: tuple[IndicatorView, ...] = (), since: EditionChange | None = None) -> BoardView:
    """The overview of a year with one area that holds some views, and its exceptions."""
    area = AreaView(
        plan_year=None,  # type: ignore[arg-type]
        area=None,  # type: ignore[arg-type]
        part="",
        illustrative_priority=False,
        groups={"quality": views},
        balance=Balance({"quantity": 0, "quality": len(views), "outcome": 0}, {}),
        shared={},
    )
    return BoardView("Harrow", None, None, (area,), exceptions, since)  # type: ignore[arg-type]
