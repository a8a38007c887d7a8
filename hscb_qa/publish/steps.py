"""The steps of a publication: definitions as tables, SQL files in order, the gate and the intervals between them.

Each SQL file answers one question. Values are computed over whole columns; no row is handled by itself.
"""

from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path

import duckdb
import pandas as pd

from hscb_qa import statistics
from hscb_qa.definitions import UNIT_FACTORS, Framework, register_path
from hscb_qa.disclosure import suppress_grid
from hscb_qa.errors import StoreFault
from hscb_qa.geographies import Geographies, load_geographies
from hscb_qa.ledger import attached_ledger, submissions
from hscb_qa.periods import PERIOD_TYPES, TIME_IDENTIFIERS, parse_period
from hscb_qa.publish.editions import Edition, edition_named, new_edition, use_edition

Gate = Callable[[pd.DataFrame], pd.DataFrame]
_SQL = files("hscb_qa.publish") / "sql"
_BEFORE_GATE = ("05_submissions", "10_accepted", "20_corrected", "30_parts")
_GRID = ("40_periods", "50_bases", "60_grid", "62_neighbours")
_AFTER_GATE = ("70_comparators", "80_judgements", "85_changes", "90_queries")
_KEPT = (
    "indicator", "geography", "basis", "period", "starts", "ends", "value", "status", "numerator", "denominator", "lower", "upper",
    "correction", "submission", "revised",
)  # fmt: skip


def publish_edition(store: Path, framework: Framework, label: str = "") -> Edition:
    """Compute both files of a new edition from the ledger and make it the current one.

    Raises StoreFault where the ledger is absent or empty. Nothing changes for readers until the edition is complete.
    """
    held = submissions(store)
    if held.empty:
        raise StoreFault("There is nothing to publish: no file was loaded yet. Load one with 'hscb-qa load-published'.")
    with new_edition(store, label, illustrative=bool(held["illustrative"].any())) as draft:
        last = int(held["id"].max())
        _build(draft.restricted, store, framework, last, lambda grid: grid)
        _build(draft.shareable, store, framework, last, lambda grid: suppress_grid(grid, framework.disclosure))
    edition = edition_named(store, draft.id)
    use_edition(store, edition)
    return edition


def _build(path: Path, store: Path, framework: Framework, last_submission: int, gate: Gate) -> None:
    with duckdb.connect(str(path)) as connection, attached_ledger(connection, store):
        _write_definitions(connection, framework)
        _table(connection, "edition_of", pd.DataFrame({"last_submission": [last_submission]}))
        _run(connection, _BEFORE_GATE)
        _write_periods(connection)
        _run(connection, _GRID)
        _write_points(connection, gate)
        _run(connection, _AFTER_GATE)
        _keep_sources(connection)


def _run(connection: duckdb.DuckDBPyConnection, steps: Iterable[str]) -> None:
    for step in steps:
        connection.execute((_SQL / f"{step}.sql").read_text(encoding="utf-8"))


def _write_definitions(connection: duckdb.DuckDBPyConnection, framework: Framework) -> None:
    """The framework as tables the steps join with, and whole, so that an edition keeps the definitions it was made with."""
    connection.execute("CREATE TABLE framework (document VARCHAR)")
    connection.execute("INSERT INTO framework VALUES (?)", [framework.model_dump_json()])
    register = load_geographies(register_path())
    _table(connection, "places", _place_rows(register))
    _table(connection, "board", pd.DataFrame({"geography": [framework.board.geography]}))
    _table(
        connection,
        "comparator_places",
        pd.DataFrame([(place.id, place.geography) for place in framework.board.comparators], columns=["id", "geography"]),
    )
    _table(connection, "indicators", _indicator_rows(framework))
    _table(connection, "readable", pd.DataFrame(TIME_IDENTIFIERS, columns=["period_type", "time_identifier"]))
    _table(connection, "figures", _figure_rows(framework))
    _table(connection, "corrections", _correction_rows(framework, register))


def _place_rows(register: Geographies) -> pd.DataFrame:
    """The register of places; `current` is the code under which a place's series goes on after its code changed."""
    rows = [(place.code, place.name, place.level, register.current(place.code)) for place in register]
    return pd.DataFrame(rows, columns=["code", "name", "level", "current"])


def _indicator_rows(framework: Framework) -> pd.DataFrame:
    rows = [
        (one.id, one.unit, UNIT_FACTORS[one.unit], one.decimals, one.polarity, one.interval, one.period_type, one.is_comparable)
        for one in framework.indicators.values()
    ]
    columns = ["id", "unit", "factor", "decimals", "polarity", "interval", "period_type", "comparable"]
    return pd.DataFrame(rows, columns=columns).astype({"decimals": "int32"})


def _figure_rows(framework: Framework) -> pd.DataFrame:
    """One row a cell wanted: role 0 is the indicator's own source, 1 and up its cross-checks."""
    rows = [
        (indicator.id, role, part, published.source, measure, figure.breakdown_text, figure.year_lag, len(figure.measures))
        for indicator in framework.indicators.values()
        for role, published in enumerate(indicator.published_figures)
        for part, figure in published.figures.items()
        for measure in figure.measures
    ]
    return pd.DataFrame(rows, columns=["indicator", "role", "part", "source", "measure", "breakdown", "year_lag", "cells"])


def _correction_rows(framework: Framework, register: Geographies) -> pd.DataFrame:
    rows = [
        (one.source, measure, geography and register.current(geography), period, one.status, one.reason)
        for one in framework.corrections
        for measure in one.measures
        for geography in one.geographies or (None,)
        for period in one.periods or (None,)
    ]
    columns = ["source", "measure", "geography", "period", "status", "reason"]
    return pd.DataFrame(rows, columns=columns).astype("string")


def _write_periods(connection: duckdb.DuckDBPyConnection) -> None:
    """Every period the parts speak of, under each period type it can be read as; `year` and `quarter` place it in its financial year."""
    texts = [row[0] for row in connection.execute("SELECT DISTINCT period FROM parts ORDER BY period").fetchall()]
    rows = []
    for period_type in PERIOD_TYPES:
        for text in texts:
            try:
                period = parse_period(text, period_type)
            except ValueError:
                continue
            quarter = int(text[-1]) if period_type == "quarter" else 0
            year = period.ends_in_financial_year if period_type == "quarter" else period.end.year
            rows.append((period_type, text, period.start, period.end, year, quarter))
    _dated_table(connection, "periods", pd.DataFrame(rows, columns=["period_type", "text", "starts", "ends", "year", "quarter"]))


def _write_points(connection: duckdb.DuckDBPyConnection, gate: Gate) -> None:
    """The gate on the whole grid, then intervals from what it let through; cross-checks pass the same gate."""
    shown = gate(connection.sql("SELECT * FROM grid ORDER BY indicator, role, geography, basis, starts").df())
    shown[["lower", "upper"]] = _intervals(shown)
    _dated_table(connection, "points", shown.loc[shown["role"] == 0, list(_KEPT)])
    checks = shown.loc[shown["role"] > 0, ["indicator", "role", "geography", "basis", "period", "value"]]
    connection.register("checks", checks)
    connection.execute("CREATE TEMP TABLE cross_checks AS SELECT * FROM checks")


def _intervals(grid: pd.DataFrame) -> pd.DataFrame:
    """The 95% interval of each row, by its indicator's method, in the indicator's unit; empty where the value is not shown."""
    limits = grid[["lower", "upper"]].where(grid["interval"] == "published").astype("float64")
    for method, interval in (("wilson", statistics.wilson_interval), ("byar", statistics.byar_interval)):
        rows = (grid["interval"] == method) & (grid["status"] == "")
        counts = grid.loc[rows]
        denominators = counts["denominator"].fillna(1) if method == "byar" else counts["denominator"]
        lower, upper = interval(counts["numerator"].to_numpy(float), denominators.to_numpy(float))
        limits.loc[rows, "lower"] = lower * counts["factor"].to_numpy(float)
        limits.loc[rows, "upper"] = upper * counts["factor"].to_numpy(float)
    return limits


def _keep_sources(connection: duckdb.DuckDBPyConnection) -> None:
    """The submissions an edition stands on, and the publisher's dates, so that every figure can name its source."""
    connection.execute("CREATE TABLE submissions AS SELECT * FROM known_submissions ORDER BY id")
    connection.execute("CREATE TABLE releases AS SELECT * FROM ledger.releases WHERE submission IN (SELECT id FROM submissions)")


def _table(connection: duckdb.DuckDBPyConnection, name: str, rows: pd.DataFrame, columns: str = "*") -> None:
    connection.register("rows_given", rows)
    connection.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM rows_given")
    connection.unregister("rows_given")


def _dated_table(connection: duckdb.DuckDBPyConnection, name: str, rows: pd.DataFrame) -> None:
    """A table whose `starts` and `ends` are days; pandas would have them as moments."""
    _table(connection, name, rows, "* REPLACE (CAST(starts AS DATE) AS starts, CAST(ends AS DATE) AS ends)")
