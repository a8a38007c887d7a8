"""An edition's points to its signals: control charts, trends, ranks and funnels, of every series there is.

SQL lines the series up, `hscb_qa.statistics` judges whole columns of them, a block of series at a time, so that memory stays bounded.
Refuses to see a figure that is not shown: it stands on the points that the gate let through.
"""

from collections.abc import Callable, Iterator
from typing import Any

import duckdb
import pandas as pd

from hscb_qa import statistics
from hscb_qa.definitions import ChartRule, Framework

BLOCK = 200_000
"""About how many points are judged at once; a series is never cut."""

_DAY = "datetime64[s]"
_BEFORE = ("previous_value", "previous_lower", "previous_upper")
_KEY = ("indicator", "geography", "agency", "breakdown")


def signal_rule_tables(framework: Framework) -> dict[str, pd.DataFrame]:
    """What the framework says of signals, by table: `part_starts`, `targets`, `chart_rules` and `exception_rules`.

    A start of a part without geography holds everywhere, one without agency for the board and all agencies.
    """
    rules = framework.signals
    starts: list[Any] = [(one.id, None, None, broken.on) for one in framework.indicators.values() for broken in one.breaks]
    starts += [(one.indicator, framework.board.geography, one.agency, one.on) for one in rules.rebases]
    targets = {
        (target.indicator, target.value, target.start, target.end)
        for plan_year in framework.plan_years
        for area in plan_year.areas
        for target in area.targets
    }
    kinds = [(kind, weight, rules.exceptions.old_after_months) for weight, kind in enumerate(rules.exceptions.kinds)]
    return {
        "part_starts": _typed(starts, {"indicator": "string", "geography": "string", "agency": "string", "counts_from": _DAY}),
        "targets": _typed(
            sorted(targets, key=str), {"indicator": "string", "value": "float64", "starts": "datetime64[s]", "ends": "datetime64[s]"}
        ),
        "chart_rules": _typed([(rules.charts.trial_below,)], {"trial_below": "int64"}),
        "exception_rules": _typed(kinds, {"kind": "string", "weight": "int64", "old_after_months": "int64"}),
    }


def _typed(rows: list[Any], types: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(types)).astype(types)


def find_special_causes(connection: duckdb.DuckDBPyConnection, rule: ChartRule) -> None:
    """Fill the table `found` from `series`: a row a point with its chart, limits, rule, judgement and assurance."""
    connection.execute(
        "CREATE TEMP TABLE found (series BIGINT, position BIGINT, chart VARCHAR, reason VARCHAR, mean DOUBLE, lower DOUBLE, upper DOUBLE, "
        "rule VARCHAR, side DOUBLE, judgement VARCHAR, gap DOUBLE, assurance VARCHAR)"
    )
    terms = statistics.ChartTerms(rule.min_points, rule.rare_below, rule.bases_vary, rule.p_base_at_most)
    for points in _blocks(connection):
        connection.register("rows_found", _judged(points, terms, screen_outliers=rule.screen_outliers))
        connection.execute("INSERT INTO found SELECT * FROM rows_found")
        connection.unregister("rows_found")


def _blocks(connection: duckdb.DuckDBPyConnection) -> Iterator[pd.DataFrame]:
    """The points of whole series, oldest first, about `BLOCK` at a time."""
    [(number,)] = connection.execute("SELECT COALESCE(MAX(series), 0) FROM series").fetchall()
    [(points,)] = connection.execute("SELECT COUNT(*) FROM series").fetchall()
    step = max(1, number * BLOCK // max(points, 1))
    for first in range(1, number + 1, step):
        yield connection.execute(
            "SELECT series, position, value, numerator, denominator, unit, overlapping, part, follows, polarity, target FROM series "
            "WHERE series BETWEEN ? AND ? ORDER BY series, position",
            [first, first + step - 1],
        ).df()


def _judged(points: pd.DataFrame, terms: statistics.ChartTerms, *, screen_outliers: bool) -> pd.DataFrame:
    is_share = (points["unit"] == "percent").to_numpy()
    series = statistics.Series(
        value=points["value"].to_numpy(float),
        numerator=points["numerator"].to_numpy(float),
        denominator=points["denominator"].to_numpy(float),
        factor=is_share * 99.0 + 1.0,
        is_share=is_share,
        overlapping=points["overlapping"].to_numpy(bool),
        part=points["part"].to_numpy(),
        follows=points["follows"].to_numpy(bool),
        position=points["position"].to_numpy(),
    )
    found = statistics.find_signals(series, terms, screen_outliers=screen_outliers)
    polarity = points["polarity"].to_numpy(str)
    limits = found.limits
    return points[["series", "position"]].assign(
        chart=found.chart,
        reason=found.reason,
        mean=limits.mean,
        lower=limits.lower,
        upper=limits.upper,
        rule=found.rule,
        side=found.side,
        judgement=statistics.judge(found.side, polarity),
        gap=found.gap,
        assurance=statistics.assure(points["target"].to_numpy(float), limits.lower, limits.upper, polarity),
    )


def judge_beside_others(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the tables `comparators`, `changes`, `trends`, `ranks` and `funnels` from the rows that stand together."""
    _write_from(connection, "comparators", "set_beside", _comparators)
    _write_from(connection, "changes", "tested_changes", _changes)
    _write_from(connection, "trends", "five_years", _trends)
    _write_from(connection, "ranks", "authorities", _ranks)
    _write_from(connection, "funnels", "agencies_together", _funnels)


def _comparators(beside: pd.DataFrame) -> pd.DataFrame:
    """One row a comparator and period: how the board's figure differs, by its interval; better or worse by polarity, or neither."""
    lower, upper, other = (beside[name].to_numpy(float) for name in ("own_lower", "own_upper", "value"))
    difference = statistics.compare(lower, upper, other)
    verdict = pd.Series(statistics.verdict(difference, beside["polarity"].to_numpy(str)), dtype="string")
    both = beside["own_value"].notna() & beside["value"].notna()
    told = beside.drop(columns=["own_value", "own_lower", "own_upper"])
    return told.assign(difference=pd.Series(difference, dtype="string").where(both), verdict=verdict.where(verdict != ""))


def _changes(tested: pd.DataFrame) -> pd.DataFrame:
    """One row a figure with one before it: what `85_changes` found, and the difference with its 95% interval where it is a change."""
    now, before = ([tested[name].to_numpy(float) for name in names] for names in (("value", "lower", "upper"), _BEFORE))
    lower, upper = statistics.difference_interval(now[0], (now[1], now[2]), before[0], (before[1], before[2]))
    told = tested.assign(difference=now[0] - before[0], difference_lower=lower, difference_upper=upper)
    told.loc[told["test"] != "changed", ["difference", "difference_lower", "difference_upper"]] = float("nan")
    return told.drop(columns=["value", "lower", "upper", *_BEFORE])


def _trends(points: pd.DataFrame) -> pd.DataFrame:
    """One row a series: `direction` rising, falling or none, `verdict` better or worse; those that cannot be calculated have no row."""
    fives = (points[name].to_numpy(float).reshape(-1, statistics.POINTS) for name in ("value", "lower", "upper"))
    trend = statistics.chi_squared_trend(*fives)
    first, last = points.iloc[:: statistics.POINTS], points.iloc[statistics.POINTS - 1 :: statistics.POINTS].reset_index(drop=True)
    words = {statistics.RISING: "rising", statistics.FALLING: "falling", statistics.NO_CHANGE: "none"}
    sides = {statistics.RISING: "higher", statistics.FALLING: "lower"}
    difference = [sides.get(one, "similar") for one in trend.tolist()]
    rows = last[[*_KEY, "period", "ends"]].assign(
        first_period=first["period"].to_numpy(),
        direction=pd.Series([words.get(one, "") for one in trend.tolist()], dtype="string"),
        verdict=statistics.verdict(difference, last["polarity"].to_numpy(str)) if len(last) else "",
    )
    return rows[rows["direction"] != ""]


def _ranks(places: pd.DataFrame) -> pd.DataFrame:
    """One row a place and year: rank (0 where the measure is neutral), of how many, band, fifth, and best or worst of a fifth."""
    polarity = places["polarity"].to_numpy(str)
    ranks = statistics.rank_and_band(places["value"].to_numpy(float), places["together"].to_numpy(), polarity)
    side = pd.Series(ranks.fifth).map({"highest": "higher", "lowest": "lower"}).fillna("similar").to_numpy(str)
    verdict = pd.Series(statistics.verdict(side, polarity)).map({"better": "best", "worse": "worst"}).fillna("")
    return places[["indicator", "geography", "period", "ends"]].assign(
        agency="", breakdown="", rank=ranks.rank, of_places=ranks.of, band=ranks.band, fifth=ranks.fifth, verdict=verdict.to_numpy()
    )


def _funnels(agencies: pd.DataFrame) -> pd.DataFrame:
    """One row an agency and period: what all have together and its limits in per cent, and the agency's position and judgement."""
    counts, bases = agencies["numerator"].to_numpy(float), agencies["denominator"].to_numpy(float)
    baseline = statistics.pooled_baseline(counts, bases, agencies["together"].to_numpy())
    near = statistics.funnel_limits_proportion(bases, baseline, 0.95)
    far = statistics.funnel_limits_proportion(bases, baseline, 0.998)
    position = statistics.funnel_position(counts / bases, *near, *far)
    return agencies[["indicator", "agency", "basis", "period", "ends", "value"]].assign(
        baseline=baseline * 100,
        lower=far[0] * 100,
        upper=far[1] * 100,
        position=position,
        judgement=statistics.judge(pd.Series(position).clip(-1, 1).to_numpy(), agencies["polarity"].to_numpy(str)),
    )


def _write_from(connection: duckdb.DuckDBPyConnection, name: str, source: str, judge: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    """Write what `judge` says of a table's rows as another table; days stay days, where pandas would have them as moments."""
    judged = judge(connection.sql(f"SELECT * FROM {source}").df())
    types = connection.execute(f"DESCRIBE {source}").fetchall()
    days = [f"CAST({column} AS DATE) AS {column}" for column, kind, *_ in types if kind == "DATE" and column in judged]
    connection.register("rows_judged", judged)
    replaced = f"REPLACE ({', '.join(days)})" if days else ""
    connection.execute(f"CREATE TABLE {name} AS SELECT * {replaced} FROM rows_judged")
    connection.unregister("rows_judged")
