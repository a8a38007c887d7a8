"""From series to signals: each part gets its chart, each point its limits and what more than chance explains. The rules put together.

Many series at once, in the form that `control` describes. Refuses to hold a point against limits its chart does not have.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hscb_qa.statistics.arrays import Flags, Numbers, Words
from hscb_qa.statistics.charts import ChartTerms, chart_facts, choose_charts
from hscb_qa.statistics.control import RULES, Limits, g_limits, gaps_between, p_limits, special_causes, xmr_limits


@dataclass(frozen=True)
class Series:
    """The points of many series, one entry a point; parts stand together, oldest point first.

    `value` in the indicator's unit; `numerator` and `denominator` NaN where there are none; `factor` is what their quotient is multiplied
    by. `is_share` says that it is a percentage, `overlapping` that a point shares children with the one before. `part`, `follows` and
    `position` as in `control`.
    """

    value: ArrayLike
    numerator: ArrayLike
    denominator: ArrayLike
    factor: ArrayLike
    is_share: ArrayLike
    overlapping: ArrayLike
    part: ArrayLike
    follows: ArrayLike
    position: ArrayLike


@dataclass(frozen=True)
class PointSignals:
    """One entry a point: chart and reason of its part, limits in the unit of the value (NaN where none are drawn), rule, side and gap.

    `rule` is a word of `RULES`, empty for common cause; `side` 1 high or rising, -1 low or falling, 0 none, always of the value: a long gap
    between events is low. `gap` is the number of periods a g chart holds against its limits, NaN elsewhere.
    """

    chart: Words
    reason: Words
    limits: Limits
    rule: Words
    side: Numbers
    gap: Numbers


def find_signals(series: Series, terms: ChartTerms = ChartTerms(), *, screen_outliers: bool = True) -> PointSignals:
    """Choose each part's chart by `choose_charts`, draw its limits and find its special causes.

    A part whose points overlap has the line alone, with the reason `overlapping`. Of a g chart only gaps above the upper limit are told:
    gaps are skewed, so that runs below their mean are common. Raises ValueError where a value is missing or arrays differ in length.
    """
    facts = chart_facts(series.part, series.follows, series.numerator, series.denominator, series.is_share)
    chart, reason = (np.repeat(words, facts.points) for words in choose_charts(facts, terms))
    overlapping = np.asarray(series.overlapping, dtype=np.bool_)
    chart, reason = np.where(overlapping, "run", chart), np.where(overlapping & (reason != "few points"), "overlapping", reason)
    limits = _limits(series, chart, screen_outliers)
    found = special_causes(_held_against(series, chart), limits, series.part, series.follows)
    gap, is_long = _long_gaps(series, chart == "g")
    return PointSignals(
        chart=chart,
        reason=reason,
        limits=limits,
        rule=np.where(is_long, "outside", np.array(RULES)[found.rule]),
        side=np.where(is_long, -1, found.side).astype(np.float64),
        gap=gap,
    )


def _held_against(series: Series, chart: Words) -> Numbers:
    """The values; on a p chart worked out as its mean is, so that equal shares lie on the mean to the last digit."""
    value, numerator, denominator, factor = (
        np.asarray(one, dtype=np.float64) for one in (series.value, series.numerator, series.denominator, series.factor)
    )
    by_base = chart == "p"
    shares = np.divide(numerator, denominator, out=np.zeros_like(value), where=by_base)
    return np.where(by_base, shares * factor, value)


def _limits(series: Series, chart: Words, screen_outliers: bool) -> Limits:
    """The limits of XmR and p charts, each where it is drawn; NaN elsewhere."""
    usual = xmr_limits(series.value, series.part, series.follows, screen_outliers=screen_outliers)
    by_base = chart == "p"
    numerator, denominator, part, factor = (
        np.asarray(one)[by_base] for one in (series.numerator, series.denominator, series.part, series.factor)
    )
    shares = p_limits(numerator, denominator, part)

    def drawn(of_usual: Numbers, of_shares: Numbers) -> Numbers:
        limits = np.where(chart == "xmr", of_usual, np.nan)
        limits[by_base] = of_shares * factor
        return limits

    return Limits(drawn(usual.mean, shares.mean), drawn(usual.lower, shares.lower), drawn(usual.upper, shares.upper))


def _long_gaps(series: Series, by_gaps: Flags) -> tuple[Numbers, Flags]:
    """The gaps between rare events, NaN where there is none, and which of them are longer than their limit."""
    gap, is_long = np.full(by_gaps.shape, np.nan), np.zeros(by_gaps.shape, dtype=np.bool_)
    numerator, position, part = (np.asarray(one)[by_gaps] for one in (series.numerator, series.position, series.part))
    gap[by_gaps] = gaps_between(numerator, position, part)
    is_long[by_gaps] = gap[by_gaps] > g_limits(gap[by_gaps], part).upper
    return gap, is_long
