"""Funnel limits: how far a place may lie from the pooled figure of its group by chance alone, given its size.

Arrays in, arrays of the same shape out; missing stays missing. Limits are drawn at 95% and 99.8%, that is, 1 in 40 and
1 in 1,000 on either side. They take every place to have the same underlying figure and events to be independent; real
places differ more than that, so a place beyond the 95% limit is worth a question and is no verdict.
"""

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hscb_qa.statistics.arrays import Numbers
from hscb_qa.statistics.intervals import Interval, tail_of


def pooled_baseline(numerator: ArrayLike, denominator: ArrayLike, group: ArrayLike) -> Numbers:
    """The sum of numerators over the sum of denominators of each row's group, per one of the denominator.

    Three arrays (n,), groups named by any sortable label and in any order; a float array (n,). A row with either count
    missing adds to neither sum but is given its group's baseline. NaN where a group's denominators come to zero.

    As in calculate_funnel_limits of PHEindicatormethods 2.1.0.

    >>> pooled_baseline([1, 3, 5], [10, 30, 10], ["a", "a", "b"]).tolist()
    [0.1, 0.1, 0.5]
    """
    x, n = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    known = np.isfinite(x) & np.isfinite(n)
    labels, code = np.unique(np.asarray(group), return_inverse=True)
    events = np.bincount(code, weights=np.where(known, x, 0), minlength=labels.size)
    base = np.bincount(code, weights=np.where(known, n, 0), minlength=labels.size)
    pooled: Numbers = events / np.where(base > 0, base, np.nan)
    return pooled[code]


def funnel_limits_proportion(denominator: ArrayLike, baseline: ArrayLike, confidence: float = 0.95) -> Interval:
    """Lower and upper limits of a proportion about a baseline, both from 0 to 1, at each denominator.

    Two float arrays of the arguments' common shape, cut off at 0 and 1. A place lies on its limit where its Wilson
    interval ends at the baseline. NaN where either argument is missing or the denominator is zero. Raises ValueError for
    a denominator below zero, a baseline not from 0 to 1, or a confidence outside 0.9 to 1.

    PHEindicatormethods 2.1.0, calculate_funnel_limits: its formula, Wilson's solved for the proportion, comes to
    baseline -/+ z sqrt(baseline (1 - baseline) / denominator).

    >>> lower, upper = funnel_limits_proportion([100, 1], 0.8)
    >>> lower.round(4).tolist(), upper.round(4).tolist()
    ([0.7216, 0.016], [0.8784, 1.0])
    """
    n, p = _sizes(denominator, baseline)
    if (p > 1).any():
        raise ValueError("A baseline is above 1; write 80% as 0.8.")
    tail = tail_of(confidence)
    spread = -NormalDist().inv_cdf(tail) * np.sqrt(p * (1 - p) / n)
    return np.clip(p - spread, 0, 1), np.clip(p + spread, 0, 1)


def funnel_limits_rate(denominator: ArrayLike, baseline: ArrayLike, confidence: float = 0.95) -> Interval:
    """Lower and upper limits of a rate about a baseline, both per one of the denominator, at each denominator.

    Two float arrays of the arguments' common shape, never below zero; multiply by 10,000 for limits per 10,000. A place
    lies on its limit where the exact Poisson interval of its count ends at the expected count, baseline x denominator.
    With the expected count as denominator and a baseline of 1 these are the limits of a ratio of observed to expected.
    NaN where either argument is missing or the denominator is zero. Raises ValueError for a value below zero or a
    confidence outside 0.9 to 1.

    PHEindicatormethods 2.1.0, calculate_funnel_limits, gives the same curves by count; here they are given by size.

    >>> lower, upper = funnel_limits_rate([10_000, 500], 0.002)
    >>> (lower * 10_000).round(2).tolist(), (upper * 10_000).round(2).tolist()
    ([11.25, 0.0], [29.71, 76.41])
    """
    n, p = _sizes(denominator, baseline)
    tail = tail_of(confidence)
    lower = _count_with_chance(1 - tail, p * n) - 1
    upper = _count_with_chance(tail, p * n)
    return np.maximum(lower, 0) / n, upper / n


def funnel_position(
    value: ArrayLike, lower_95: ArrayLike, upper_95: ArrayLike, lower_998: ArrayLike, upper_998: ArrayLike
) -> NDArray[np.int8]:
    """Where each value lies: -2 below the 99.8% limit, -1 below the 95% limit, 0 between, +1 and +2 above.

    An int8 array of the arguments' common shape. A value on a limit is inside it. Where the value or a limit is missing
    the position is 0: nothing says that the place is out of the ordinary.

    As in assign_funnel_significance of PHEindicatormethods 2.1.0.

    >>> funnel_position([1, 2, 5, 8, 9.5], 3, 7, 2, 9).tolist()
    [-2, -1, 0, 1, 2]
    """
    v, lower, upper, least, greatest = (np.asarray(each, dtype=np.float64) for each in (value, lower_95, upper_95, lower_998, upper_998))
    above = (v > upper).astype(np.int8) + (v > greatest)
    below = (v < lower).astype(np.int8) + (v < least)
    return np.asarray(above - below, dtype=np.int8)


def _sizes(denominator: ArrayLike, baseline: ArrayLike) -> tuple[Numbers, Numbers]:
    n, p = np.broadcast_arrays(np.asarray(denominator, dtype=np.float64), np.asarray(baseline, dtype=np.float64))
    if (n < 0).any() or (p < 0).any():
        raise ValueError("A denominator or a baseline is below zero; no limits are drawn from those.")
    return np.where(n > 0, n, np.nan), p


def _count_with_chance(chance: float, expected: Numbers) -> Numbers:
    """The count x, not whole, with gammainc(x, expected) = chance: x is where the Poisson interval ends at expected."""
    from scipy.special import chdtriv

    # With nothing expected the count is 0; chdtriv itself has no answer there.
    some = np.where(expected > 0, expected, np.nan)
    return np.where(expected == 0, 0.0, chdtriv(chance, 2 * some) / 2)
