"""Figures beside the agency's own earlier ones: what would surprise somebody who knows the service is asked about, with the numbers.

The spread of a history is the larger of its own, robustly measured, and what chance alone does to counts of that size, so that small
counts are not asked about for moving as small counts do. Refuses nothing: a surprise may be true, so all here are queries.
"""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

import pandas as pd

from hscb_qa.checks.returns.cells import ask, written
from hscb_qa.checks.returns.context import ITEM, Context
from hscb_qa.errors import Issue
from hscb_qa.periods import PeriodType
from hscb_qa.readers.return_form import NUMBERS, STATUS_WORDS
from hscb_qa.readers.returns import Return

LATEST = 8
"""How many of the latest earlier figures count: two years of quarters, so that a service which changed long ago is not held against it."""

_NORMAL = 1.4826
"""Makes the median absolute deviation of a normal distribution equal its standard deviation."""

_USUAL_ZERO = 5
"""A count around this many is none in fewer than one quarter of a hundred by chance alone."""

_FEWEST = 4
"""Figures a return must hold before their being all alike says anything."""

_ANSWER = "If it is right, say why in Note; else correct it."
_MANY: dict[PeriodType, str] = {"quarter": "quarters", "half_year": "half years"}
_PART = ["indicator", "breakdown"]


def far_from_history(given: Return, context: Context) -> list[Issue]:
    """Queries for figures far from the agency's own: more robust spreads from their median than `history` of config/returns.yaml allows.

    Counts: spread is max(1.4826 x MAD, root of the median). Shares: max(1.4826 x MAD, binomial standard error at this denominator). Ready
    values: max(1.4826 x MAD, a twentieth of the median, the last decimal shown). Figures from before a break in the definition are left
    out. MAD: the median of the absolute differences from the median (Leys and others, 2013).
    """
    if _owed(context).empty or context.history.empty:
        return []
    far = _far(_beside_history(context), context)
    of_denominator = far["line"][far["column"] == "denominator"]
    told = far[(far["column"] == "denominator") | ~far["line"].isin(of_denominator)]
    return ask(given, "far_from_history", _far_faults(told.sort_values("line", kind="stable")))


def zero_after_many(given: Return, context: Context) -> list[Issue]:
    """Queries for a count of none where there were always some, and around five or more, unless it is asked about as far from them."""
    rows = _owed(context)
    lines = rows["line"][rows["asks_numerator"] & (rows["numerator"] == 0)]
    if lines.empty or context.history.empty:
        return []
    beside = _beside_history(context)
    beside = beside[beside["line"].isin(lines) & ~beside["line"].isin(_far(beside, context)["line"])]
    none = beside[(beside["column"] == "numerator") & (beside["kind"] == "count") & (beside["low"] > 0) & (beside["median"] >= _USUAL_ZERO)]
    return ask(given, "zero_after_many", [(line, "numerator", f"None, {where}. {_ANSWER}") for line, where in _where(none)])


def restated_figure(given: Return, context: Context) -> list[Issue]:
    """Queries for rows of an earlier period that change what was accepted for it, old and new named, or give what never was."""
    rows = context.rows[context.rows["sound"] & (context.rows["timing"] == "earlier") & ~context.rows["is_blank"]]
    both = rows.merge(context.history, on=ITEM, how="left", suffixes=("", "_before"), indicator="accepted")
    faults = []
    for row in both.to_dict("records"):
        old = _words(row, "_before") if row["accepted"] == "both" else None
        if old != (new := _words(row, "")):
            faults.append((row["line"], "period", _restated(row["period"], old, new)))
    return ask(given, "restated_figure", faults)


def identical_to_last_quarter(given: Return, context: Context) -> list[Issue]:
    """A query where every figure equals the one accepted for the quarter before, as when an old file is sent again under a new name."""
    rows = _owed(context)
    rows = rows[(rows["period_type"] == "quarter") & rows[list(NUMBERS)].notna().any(axis=1)]
    before = _before(rows, context).drop_duplicates("line", keep="last")
    if len(before) < _FEWEST or not (before[list(NUMBERS)].fillna(0) != 0).any(axis=None):
        return []
    if any((before[part].fillna(-1) != before[f"{part}_before"].fillna(-1)).any() for part in NUMBERS):
        return []
    message = "Every figure equals the one accepted for the quarter before. If an old file was sent again, send the new one; else say why."
    return [Issue("query", "identical_to_last_quarter", given.file, None, message)]


def same_figure_throughout(given: Return, context: Context) -> list[Issue]:
    """A query where all wholes of the return are one and the same number, nought among them, as when a cell was filled downwards."""
    rows = _owed(context)
    rows = rows[rows["breakdown"] == ""]
    figures = rows["numerator"].where(rows["asks_numerator"], rows["value"]).dropna()
    if len(figures) < _FEWEST or figures.nunique() > 1:
        return []
    message = f"All {len(figures)} indicators have the figure {written(figures.iloc[0])}. If that is right, say so; else give each its own."
    return [Issue("query", "same_figure_throughout", given.file, None, message)]


def _owed(context: Context) -> pd.DataFrame:
    return context.given[context.given["timing"] == "owed"]


def _before(rows: pd.DataFrame, context: Context) -> pd.DataFrame:
    """Each row with its accepted figures of earlier periods, `_before` behind their names, oldest first, as far back as they compare."""
    history = context.history[(context.history["status"] == "") & context.history["indicator"].isin(rows["indicator"].unique())]
    earlier = history[[*_PART, "period_end", *NUMBERS]].sort_values("period_end", kind="stable")
    now = rows[["line", *_PART, "period_end", "period_type", "unit", "gives", *NUMBERS]]
    both = now.merge(earlier, on=_PART, suffixes=("", "_before"))
    return both[
        (both["period_end_before"] < both["period_end"])
        & (both["period_end_before"] >= both["indicator"].map(_breaks(rows, context)).astype("datetime64[us]"))
    ]


def _breaks(rows: pd.DataFrame, context: Context) -> dict[str, pd.Timestamp]:
    """For each indicator the day of its last break before the periods owed; a day long ago where it has none."""
    latest = rows.groupby("indicator")["period_end"].max()
    days = {
        name: [one.on for one in context.indicator(name).breaks if pd.Timestamp(one.on) <= end]
        for name, end in zip(latest.index.astype("str"), latest, strict=True)
    }
    return {name: pd.Timestamp(max(found)) if found else pd.Timestamp(1900, 1, 1) for name, found in days.items()}


@lru_cache(maxsize=1)
def _beside_history(context: Context) -> pd.DataFrame:
    """Each figure owed with enough history: line, column, kind, now, and size, median, mad, low and high of its latest earlier figures.

    Kept for the next check of the same return.
    """
    before = _before(_owed(context), context).groupby("line", sort=False).tail(LATEST)
    figures = pd.concat(_measured(before), ignore_index=True)
    of = figures.groupby(["line", "column"], sort=False)["past"]
    figures["away"] = (figures["past"] - of.transform("median")).abs()
    spread = figures.groupby(["line", "column"], sort=False)["away"].median().rename("mad")
    summary = of.agg(size="size", median="median", low="min", high="max").join(spread).reset_index()
    now = figures.drop(columns=["past", "away"]).drop_duplicates(["line", "column"])
    beside = now.merge(summary, on=["line", "column"])
    return beside[beside["size"] >= context.framework.returns.history.points]


def _measured(before: pd.DataFrame) -> list[pd.DataFrame]:
    """What is held against what: denominators and counts as counts, numerators of percentages as shares, ready values as they are."""
    counts, percent = before["gives"] == "counts", before["unit"] == "percent"
    whole = (before["denominator"] > 0) & (before["denominator_before"] > 0)
    shares = before[counts & percent & whole]
    return [
        _figures(before[counts], "denominator", "count", before["denominator"], before["denominator_before"]),
        _figures(
            before[before["gives"].eq("count") | (counts & ~percent)], "numerator", "count", before["numerator"], before["numerator_before"]
        ),
        _figures(
            shares,
            "numerator",
            "share",
            100 * before["numerator"] / before["denominator"].where(whole),
            100 * before["numerator_before"] / before["denominator_before"].where(whole),
        ),
        _figures(before[before["gives"] == "value"], "value", "value", before["value"], before["value_before"]),
    ]


def _figures(rows: pd.DataFrame, column: str, kind: str, now: pd.Series, past: pd.Series) -> pd.DataFrame:
    chosen = rows[["line", "indicator", "period_type", "numerator", "denominator"]]
    return chosen.assign(column=column, kind=kind, now=now[rows.index], past=past[rows.index]).dropna(subset=["now", "past"])


def _far(beside: pd.DataFrame, context: Context) -> pd.DataFrame:
    least = _least_spread(beside, context)
    own = _NORMAL * beside["mad"]
    spread = own.where(own > least, least)
    return beside[(beside["now"] - beside["median"]).abs() > context.framework.returns.history.spreads * spread]


def _least_spread(beside: pd.DataFrame, context: Context) -> pd.Series:
    """What chance alone, or rounding, does to each figure; a share of none or all is drawn in by one case, so that it can vary at all."""
    chance = beside["median"].clip(lower=1) ** 0.5
    base = beside["denominator"]
    share = (beside["median"] / 100 * base + 1) / (base + 2)
    binomial = 100 * (share * (1 - share) / base.where(base > 0)) ** 0.5
    decimals = beside["indicator"].map({name: context.indicator(name).decimals for name in beside["indicator"].unique()})
    rounding = pd.concat([beside["median"].abs() / 20, 10.0 ** -decimals.astype("float64")], axis=1).max(axis=1)
    return chance.where(beside["kind"] == "count", binomial.where(beside["kind"] == "share", rounding))


def _far_faults(far: pd.DataFrame) -> list[tuple[int, str, str]]:
    told = zip(*(far[name].tolist() for name in ("column", "kind", "now", "numerator", "denominator")), strict=True)
    return [
        (line, column, f"{_now(kind, now, numerator, denominator)}, {where}. {_ANSWER}")
        for (line, where), (column, kind, now, numerator, denominator) in zip(_where(far), told, strict=True)
    ]


def _where(beside: pd.DataFrame) -> list[tuple[int, str]]:
    """Line and where the earlier figures lay: "where the last 8 quarters lay between 9 and 15"."""
    columns = (beside[name].tolist() for name in ("line", "period_type", "size", "kind", "low", "high"))
    return [
        (line, f"where the last {size} {_MANY.get(period_type, 'years')} {_span(_shown(kind, low), _shown(kind, high))}")
        for line, period_type, size, kind, low, high in zip(*columns, strict=True)
    ]


def _span(low: str, high: str) -> str:
    return f"all were {low}" if low == high else f"lay between {low} and {high}"


def _now(kind: str, now: float, numerator: float, denominator: float) -> str:
    return f"{written(numerator)} of {written(denominator)} is {_shown(kind, now)}" if kind == "share" else written(now)


def _shown(kind: str, number: float) -> str:
    return f"{number:.1f}%" if kind == "share" else written(number)


def _words(row: dict[Hashable, Any], suffix: str) -> str:
    """A figure in words: "31 of 50", "34", "not available"."""
    status = str(row[f"status{suffix}"])
    if status in STATUS_WORDS:
        return STATUS_WORDS[status]
    numbers = [number for part in NUMBERS if pd.notna(number := row[f"{part}{suffix}"])]
    return " of ".join(written(number) for number in numbers)


def _restated(period: str, old: str | None, new: str) -> str:
    before = f"was given as {old} and is now {new}" if old else f"was never accepted before and is now {new}"
    return f"The figure of {period} {before}. If that is meant, say why in Note; else delete the row."
