"""Figures that must agree with each other: part and whole, numerator and denominator, one count given in several places.

Refuses sums that do not come out. A part marked not available leaves its sum unchecked, unless the others already pass the whole.
"""

import pandas as pd

from hscb_qa.checks.returns.cells import cells, name_of, tell_errors, written
from hscb_qa.checks.returns.context import Context
from hscb_qa.checks.returns.numbers import counts_posts
from hscb_qa.errors import Issue
from hscb_qa.readers.return_form import FIGURE_HEADERS
from hscb_qa.readers.returns import Return

_COUNTS = ("numerator", "denominator")
_COUNT = ["count", "breakdown", "period", "period_type"]
"""What tells one named count from another."""

_ROUNDING = 0.01
"""By how much each part given in full-time equivalents may be rounded."""


def numerator_above_denominator(given: Return, context: Context) -> list[Issue]:
    """Errors for shares with more in the numerator than in the denominator, and for anything shared out among none."""
    rows = context.given
    above = (rows["unit"] == "percent") & (rows["numerator"] > rows["denominator"])
    among_none = (rows["denominator"] == 0) & (rows["numerator"] > 0)
    faults = cells(rows, "numerator", *_COUNTS, where=(rows["gives"] == "counts") & (above | among_none))
    return tell_errors(given, "numerator_above_denominator", faults, _above)


def breakdown_sum(given: Return, context: Context) -> list[Issue]:
    """Errors for breakdowns whose parts do not add up to the whole, numerators and denominators apart."""
    faults = [fault for column in _COUNTS for fault in _sums(context, column)]
    return tell_errors(given, "breakdown_sum", faults)


def shared_count_differs(given: Return, context: Context) -> list[Issue]:
    """Errors for one count given with different numbers in several indicators, for one breakdown and period."""
    shared = _shared_counts(context)
    apart = shared[shared.groupby(_COUNT)["number"].transform("nunique") > 1]
    often = apart.assign(often=apart.groupby([*_COUNT, "number"])["line"].transform("size"))
    usual = often.sort_values("often", ascending=False, kind="stable").drop_duplicates(_COUNT)
    both = apart.merge(usual, on=_COUNT, suffixes=("", "_usual"))
    odd = both[both["number"] != both["number_usual"]]
    found = zip(*(odd[name].tolist() for name in ("line", "column", "number", "line_usual", "column_usual", "number_usual")), strict=True)
    faults = [(line, column, _differ(number, name_of(given, (at, under)), usual)) for line, column, number, at, under, usual in found]
    return tell_errors(given, "shared_count_differs", faults)


def _above(counts: tuple[float, float]) -> str:
    numerator, denominator = counts
    if denominator == 0:
        return f"Numerator is {written(numerator)} and Denominator is 0; nothing can be shared out among none. Correct one of the two."
    return f"Numerator {written(numerator)} is above Denominator {written(denominator)}, of which it is a part. Correct one of the two."


def _sums(context: Context, column: str) -> list[tuple[int, str, str]]:
    """Faults of one column: at the whole, what its parts add up to."""
    rows = context.asked[column]
    asked = rows[rows["sound"] & (rows[column] >= 0)]
    if (asked["breakdown"] == "").all():
        return []
    whole = asked[asked["breakdown"] == ""].set_index(["indicator", "period"])[["line", column]]
    parts = asked[asked["breakdown"] != ""]
    parts = parts.assign(kind=parts["breakdown"].map({text: text.split("=")[0] for text in context.framework.returns.labels}))
    sums = parts.groupby(["indicator", "period", "kind"], sort=False)[column].agg(["sum", "size"]).reset_index("kind")
    both = whole.join(sums, how="inner").reset_index()
    sizes = {one.id: len(one.values) for one in context.framework.returns.breakdowns}
    names = {one.id: one.name for one in context.framework.returns.breakdowns}
    posts = both["indicator"].isin([name for name in both["indicator"].unique() if counts_posts(context.indicator(name), column)])
    slack = posts * both["size"] * _ROUNDING + 1e-9
    complete = both["size"] == both["kind"].map(sizes)
    wrong = both[(both["sum"] > both[column] + slack) | (complete & (both["sum"] < both[column] - slack))]
    found = zip(*(wrong[name].tolist() for name in ("line", "kind", "sum", column)), strict=True)
    return [(line, column, _sum(FIGURE_HEADERS[column], names[kind], total, number)) for line, kind, total, number in found]


def _sum(header: str, breakdown: str, total: float, whole: float) -> str:
    words = f"The parts of '{breakdown}' add up to {written(total)} under {header}, and the whole is {written(whole)}."
    return f"{words} Correct one of them; who is not known belongs in the part for not known."


def _shared_counts(context: Context) -> pd.DataFrame:
    """Every count that has a name: the name, where it stands and its number."""
    frames = []
    for column in _COUNTS:
        rows = context.asked[column]
        rows = rows[rows["sound"] & rows[column].notna()]
        named = {
            name: str(count) for name in rows["indicator"].unique() if (count := getattr(context.indicator(name).returned, f"{column}_id"))
        }
        found = rows[rows["indicator"].isin(list(named))].assign(column=column)
        found["count"] = found["indicator"].map(named).astype("str")
        frames.append(found.rename(columns={column: "number"})[["line", "column", *_COUNT, "number"]])
    return pd.concat(frames, ignore_index=True)


def _differ(number: float, place: str, usual: float) -> str:
    return f"{written(number)} here and {written(usual)} in {place} are one and the same count. Correct one of the two."
