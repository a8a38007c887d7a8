"""The steps of a publication: definitions as tables, SQL files in order, the gate and the intervals between them.

Each SQL file answers one question. Values are computed over whole columns; no row is handled by itself. Both files are made by the same
steps: the restricted one first, of which the gate says what the shareable one hides.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from hscb_qa import statistics
from hscb_qa.definitions import UNIT_FACTORS, Framework, register_path
from hscb_qa.disclosure import Progress, unheard
from hscb_qa.errors import StoreFault
from hscb_qa.geographies import Geographies, load_geographies
from hscb_qa.ledger import attached_ledger, submissions
from hscb_qa.periods import PERIOD_TYPES, TIME_IDENTIFIERS, PeriodType, parse_period
from hscb_qa.publish.counted import keep_counted, write_counted
from hscb_qa.publish.editions import Edition, edition_named, editions, new_edition, use_edition
from hscb_qa.publish.entries import write_entries, write_question_facts
from hscb_qa.publish.gate import guard, refuse_breaches
from hscb_qa.publish.guarded import KEY
from hscb_qa.publish.returned import owed_rows, population_rows, returned_kind_rows
from hscb_qa.publish.signals import find_special_causes, judge_beside_others, signal_rule_tables
from hscb_qa.publish.texts import write_texts

_Hide = Callable[[duckdb.DuckDBPyConnection], None]
_SQL = files("hscb_qa.publish") / "sql"
_KNOWN = ("05_submissions", "07_returns")
_CELLS = ("10_accepted", "20_corrected", "30_parts", "32_returned")
_GRID = ("40_periods", "42_agencies", "50_bases", "55_populations", "60_grid", "62_neighbours")
_AFTER_GATE = ("70_comparators", "80_set_beside", "85_changes", "90_queries")
_SERIES = ("72_series",)
_SIGNALS = ("74_signals", "75_watched", "76_beside_others")
_EXCEPTIONS = ("78_exceptions", "79_texts", "79_entries")
_KEPT = (
    "indicator", "geography", "agency", "breakdown", "basis", "period", "starts", "ends", "value", "status", "numerator", "denominator",
    "lower", "upper", "correction", "provisional", "without", "population_year", "submission", "revised", "small_base",
)  # fmt: skip
_CHECKED = ["indicator", "role", "geography", "basis", "period", "value"]


def publish_edition(
    store: Path, framework: Framework, label: str = "", since: str | None = None, told: Callable[[str], Progress] = lambda _: unheard
) -> Edition:
    """Compute both files of a new edition from the ledger and make it the current one.

    Both stand on the ledger as it was when this began: later submissions and withdrawals wait for the next edition. What changed is told
    since the edition with the id `since`; by default the newest with another label, as the last meeting's has. Raises StoreFault where the
    ledger is absent or empty, UnknownName where there is no such edition. Nothing changes for readers until the edition is
    complete. `told` hears of each long stage by name, and then how far it is.
    """
    moment = datetime.now(UTC).replace(tzinfo=None)
    held = submissions(store)
    if held.empty:
        raise StoreFault("There is nothing to publish: no file was loaded yet. Load one with 'hscb-qa load-published'.")
    earlier = edition_named(store, since) if since else _last_labelled(store, label)
    with new_edition(store, label, illustrative=bool(held["illustrative"].any())) as draft:
        stands_on = pd.DataFrame({"last_submission": [int(held["id"].max())], "moment": [moment]})
        _build(draft.restricted, store, framework, stands_on.assign(shareable=False), _hide_nothing)
        guarded = _guard(draft.restricted, editions(store), framework, told("The gate"))
        _build(draft.shareable, store, framework, stands_on.assign(shareable=True), partial(_hide, guarded))
        for path in (draft.restricted, draft.shareable):
            _tell_changes(path, earlier)
        refuse_breaches([*editions(store), draft], framework.disclosure, told("The attack"))
    edition = edition_named(store, draft.id)
    use_edition(store, edition)
    return edition


def _build(path: Path, store: Path, framework: Framework, stands_on: pd.DataFrame, hide: _Hide) -> None:
    with duckdb.connect(str(path)) as connection, attached_ledger(connection, store):
        _write_definitions(connection, framework)
        _table(connection, "edition_of", stands_on)
        _run(connection, _KNOWN)
        _write_owed(connection, framework)
        write_counted(connection)
        _run(connection, _CELLS)
        keep_counted(connection)
        _write_periods(connection)
        _run(connection, _GRID)
        hide(connection)
        _write_points(connection, framework.disclosure.mark_base)
        _run(connection, _AFTER_GATE)
        _write_signals(connection, framework)
        write_texts(connection, framework)
        write_entries(connection, framework)
        write_question_facts(connection, framework)
        _keep_sources(connection)


def _hide_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep the figures that the gate looks at."""
    _run(connection, ("64_guarded",))


def _guard(restricted: Path, earlier: list[Edition], framework: Framework, progress: Progress) -> pd.DataFrame:
    """What the gate says of the figures of a restricted file, which keeps it with the reasons."""
    with duckdb.connect(str(restricted)) as connection:
        guarded = guard(connection.sql("SELECT * FROM guarded").df(), earlier, framework.disclosure, progress)
        connection.execute("DROP TABLE guarded")
        _dated_table(connection, "guarded", guarded)
    return guarded


def _hide(guarded: pd.DataFrame, connection: duckdb.DuckDBPyConnection) -> None:
    """Take from the grid what the gate hides, and round what is shown rounded. Why something is hidden is not told."""
    connection.register("hidden", guarded.loc[guarded["status"] == "c", KEY])
    _run(connection, ("66_hidden",))
    connection.unregister("hidden")
    numbers = guarded.loc[(guarded["status"] == "c") & (guarded["role"] == 0)]
    connection.register("numbers_hidden", numbers)
    connection.execute(
        "CREATE TEMP TABLE hidden_numbers AS "
        "SELECT indicator, agency, period, starts, ends, numerator, denominator, percent FROM numbers_hidden"
    )
    connection.unregister("numbers_hidden")


def _last_labelled(store: Path, label: str) -> Edition | None:
    """The newest edition that was made for something else than this one; None where there is none."""
    return next((one for one in reversed(editions(store)) if one.label not in ("", label)), None)


def _tell_changes(path: Path, earlier: Edition | None) -> None:
    """What changed since the same file of an earlier edition; nothing where there is none, or where it was made before exceptions were."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE earlier_edition (id VARCHAR, label VARCHAR, published_at VARCHAR)")
        connection.execute("CREATE TABLE changed_since (indicator VARCHAR, what VARCHAR, judgement VARCHAR)")
        if earlier is None:
            return
        quoted = str(earlier.folder / path.name).replace("'", "''")
        connection.execute(f"ATTACH '{quoted}' AS earlier (READ_ONLY)")
        if connection.execute("SELECT 1 FROM duckdb_tables() WHERE database_name = 'earlier' AND table_name = 'exceptions'").fetchall():
            connection.execute("INSERT INTO earlier_edition VALUES (?, ?, ?)", [earlier.id, earlier.label, earlier.published_at])
            _run(connection, ("95_since",))
        connection.execute("DETACH earlier")


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
    _table(connection, "returned_kinds", returned_kind_rows(framework))
    _table(connection, "population_figures", population_rows(framework))
    _table(connection, "breaks", _break_rows(framework), "* REPLACE (CAST(counts_from AS DATE) AS counts_from)")
    _table(connection, "corrections", _correction_rows(framework, register))
    _table(connection, "disclosure_rule", pd.DataFrame([framework.disclosure.model_dump(include={"threshold", "mark_base"})]))
    for name, rows in signal_rule_tables(framework).items():
        _table(connection, name, rows)


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
    overlapping = [one.returned is not None and one.returned.overlapping for one in framework.indicators.values()]
    return pd.DataFrame(rows, columns=columns).assign(overlapping=overlapping).astype({"decimals": "int32", "overlapping": "bool"})


def _figure_rows(framework: Framework) -> pd.DataFrame:
    """One row a cell wanted: role 0 is the indicator's own source, 1 and up its cross-checks."""
    rows = [
        (indicator.id, role, part, published.source, measure, figure.breakdown_text, figure.year_lag, len(figure.measures))
        for indicator in framework.indicators.values()
        for role, published in enumerate(indicator.published_figures)
        for part, figure in published.figures.items()
        for measure in figure.measures
    ]
    columns = ["indicator", "role", "part", "source", "measure", "breakdown", "year_lag", "cells"]
    numbers = dict.fromkeys(("role", "year_lag", "cells"), "int64")
    return pd.DataFrame(rows, columns=columns).astype({**dict.fromkeys(columns, "string"), **numbers})


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


def _break_rows(framework: Framework) -> pd.DataFrame:
    """The days from which an indicator is counted otherwise."""
    rows = [(indicator.id, one.on) for indicator in framework.indicators.values() for one in indicator.breaks]
    return pd.DataFrame(rows, columns=["indicator", "counts_from"]).astype({"indicator": "string"})


def _write_owed(connection: duckdb.DuckDBPyConnection, framework: Framework) -> None:
    """Which agency owes which figure of which period, for every quarter that has ended or that somebody has given figures for."""
    given = connection.execute(
        "SELECT period FROM returns UNION SELECT o.period FROM ledger.observations AS o INNER JOIN returns USING (submission)"
    ).fetchall()
    [(moment,)] = connection.execute("SELECT moment FROM edition_of").fetchall()
    _table(connection, "owed", owed_rows(framework, moment.date(), [text for (text,) in given]))


def _write_periods(connection: duckdb.DuckDBPyConnection) -> None:
    """Every period somebody speaks of, under each period type it can be read as.

    `year` is the financial year in which it ends (of a year, its own), `number` its place in that year, `in_year` how many make a year.
    """
    spoken = connection.execute("SELECT period FROM parts UNION SELECT period FROM returned ORDER BY period").fetchall()
    rows = [row for period_type in PERIOD_TYPES for (text,) in spoken if (row := _period_row(text, period_type))]
    columns = ["period_type", "text", "starts", "ends", "year", "number", "in_year"]
    _dated_table(connection, "periods", pd.DataFrame(rows, columns=columns))


def _period_row(text: str, period_type: PeriodType) -> tuple[Any, ...] | None:
    try:
        period = parse_period(text, period_type)
    except ValueError:
        return None
    in_year = {"quarter": 4, "half_year": 2}.get(period_type, 1)
    year = period.ends_in_financial_year if in_year > 1 else period.end.year
    return period_type, text, period.start, period.end, year, int(text[-1]) if in_year > 1 else 1, in_year


def _write_points(connection: duckdb.DuckDBPyConnection, mark_base: int) -> None:
    """The grid without the numbers of what is not shown, then intervals from what is, and marks; cross-checks are treated alike."""
    shown = connection.sql("SELECT * FROM grid ORDER BY indicator, role, geography, agency, breakdown, basis, starts").df()
    shown.loc[shown["status"] != "", ["value", "numerator", "denominator", "lower", "upper"]] = float("nan")
    shown[["lower", "upper"]] = _intervals(shown)
    shown["small_base"] = (shown["unit"] == "percent") & (shown["denominator"] < mark_base)
    _dated_table(connection, "points", shown.loc[shown["role"] == 0, list(_KEPT)])
    connection.register("checks", shown.loc[(shown["role"] != 0) & ~shown["provisional"], _CHECKED])
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


def _write_signals(connection: duckdb.DuckDBPyConnection, framework: Framework) -> None:
    """What is signal and what is noise in every series of points, and which of the board's indicators are exceptions."""
    _run(connection, _SERIES)
    find_special_causes(connection, framework.signals.charts)
    _run(connection, _SIGNALS)
    judge_beside_others(connection)
    _run(connection, _EXCEPTIONS)


def _keep_sources(connection: duckdb.DuckDBPyConnection) -> None:
    """The submissions an edition stands on, and the publisher's dates, so that every figure can name its source.

    A return's hash is not shared: whoever knows all of the file but one small number could try them all.
    """
    connection.execute(
        "CREATE TABLE submissions AS SELECT known_submissions.* REPLACE (CASE WHEN edition_of.shareable AND source = 'returns' THEN NULL "
        "ELSE sha256 END AS sha256) FROM known_submissions CROSS JOIN edition_of ORDER BY id"
    )
    connection.execute("CREATE TABLE releases AS SELECT * FROM ledger.releases WHERE submission IN (SELECT id FROM submissions)")


def _table(connection: duckdb.DuckDBPyConnection, name: str, rows: pd.DataFrame, columns: str = "*") -> None:
    connection.register("rows_given", rows)
    connection.execute(f"CREATE TABLE {name} AS SELECT {columns} FROM rows_given")
    connection.unregister("rows_given")


def _dated_table(connection: duckdb.DuckDBPyConnection, name: str, rows: pd.DataFrame) -> None:
    """A table whose `starts` and `ends` are days; pandas would have them as moments."""
    _table(connection, name, rows, "* REPLACE (CAST(starts AS DATE) AS starts, CAST(ends AS DATE) AS ends)")
