"""From counts to limits: the 95% interval of a proportion, a rate, a count, or the difference of two.

Arrays in, arrays of the same shape out; missing stays missing. Refuses counts that cannot be (below zero, or more than
their denominator) and a confidence that was meant as a percentage: a limit drawn from them would look like any other.
"""

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hscb_qa.statistics.arrays import Numbers

Interval = tuple[Numbers, Numbers]
"""Lower and upper limit."""

# Below this count PHEindicatormethods gives up Byar's approximation: the exact limits are then visibly different.
EXACT_BELOW = 10


def wilson_interval(numerator: ArrayLike, denominator: ArrayLike, confidence: float = 0.95) -> Interval:
    """Lower and upper Wilson score limits of numerator / denominator, as proportions from 0 to 1.

    Two float arrays of the arguments' common shape. NaN where either count is missing or the denominator is zero. A
    numerator of zero has lower limit 0, one equal to its denominator has upper limit 1. Raises ValueError for a count
    below zero, a numerator above its denominator, or a confidence outside 0.9 to 1.

    Wilson, E. B. (1927), J. Am. Stat. Assoc. 22, 209-212; as in PHEindicatormethods (technical guidance on confidence
    intervals).

    >>> lower, upper = wilson_interval([355, 0], [2281, 12])
    >>> (lower * 100).round(2).tolist(), (upper * 100).round(2).tolist()
    ([14.13, 0.0], [17.11, 24.25])
    """
    x, n = _counts(numerator, denominator)
    _refuse(x > n, "a numerator above its denominator")
    z = _z(confidence)
    n = np.where(n > 0, n, np.nan)
    middle = 2 * x + z**2
    spread = z * np.sqrt(z**2 + 4 * x * (1 - x / n))
    scale = 2 * (n + z**2)
    # At the two ends the formula gives 0 and 1 but for the last bit; written out, so that no limit passes the possible.
    lower = np.where(x == 0, 0 * n, (middle - spread) / scale)
    upper = np.where(x == n, 1.0, (middle + spread) / scale)
    return lower, upper


def byar_interval(count: ArrayLike, denominator: ArrayLike = 1.0, confidence: float = 0.95) -> Interval:
    """Lower and upper limits of count / denominator for events that arise independently, per one of the denominator.

    Two float arrays of the arguments' common shape; multiply by 10,000 for limits per 10,000. Counts of 10 or more take
    Byar's approximation, smaller ones the exact Poisson (chi-squared) limits. NaN where either argument is missing or
    the denominator is zero; a count of zero has lower limit 0. Raises ValueError for a value below zero or a confidence
    outside 0.9 to 1.

    Byar: Breslow and Day (1987), Statistical Methods in Cancer Research vol. II, p. 69; the change at 10 follows
    phe_rate of PHEindicatormethods.

    >>> lower, upper = byar_interval([172, 0], 57_459)
    >>> (lower * 10_000).round(2).tolist(), (upper * 10_000).round(2).tolist()
    ([25.63, 0.0], [34.76, 0.64])
    """
    x, n = _counts(count, denominator)
    z = _z(confidence)
    n = np.where(n > 0, n, np.nan)
    exact_lower, exact_upper = exact_poisson_interval(x, confidence=confidence)
    lower = np.where(x < EXACT_BELOW, exact_lower, _byar(x, -z))
    upper = np.where(x < EXACT_BELOW, exact_upper, _byar(x + 1, z))
    return lower / n, upper / n


def exact_poisson_interval(count: ArrayLike, denominator: ArrayLike = 1.0, confidence: float = 0.95) -> Interval:
    """Lower and upper exact Poisson limits of count / denominator, per one of the denominator.

    Two float arrays of the arguments' common shape. NaN where either argument is missing or the denominator is zero; a count of zero has
    lower limit 0. Raises ValueError for a value below zero or a confidence outside 0.9 to 1.

    Garwood, F. (1936), Biometrika 28, 437-442: chi-squared quantiles over two.

    >>> lower, upper = exact_poisson_interval([9, 0])
    >>> lower.round(3).tolist(), upper.round(3).tolist()
    ([4.115, 0.0], [17.085, 3.689])
    """
    from scipy.special import gammaincinv  # the regularised gamma function: scipy.stats takes too long to import

    x, n = _counts(count, denominator)
    tail = tail_of(confidence)
    n = np.where(n > 0, n, np.nan)
    lower = np.where(x == 0, 0.0, gammaincinv(np.where(x == 0, np.nan, x), tail))
    upper = np.asarray(gammaincinv(x + 1, 1 - tail), dtype=np.float64)
    return lower / n, upper / n


def difference_interval(figure: ArrayLike, limits: Interval, other: ArrayLike, other_limits: Interval) -> Interval:
    """Lower and upper limits of figure - other, from the limits of each; all in one unit, at one confidence.

    Two float arrays of the arguments' common shape, NaN where anything is missing. From Wilson's limits it is Newcombe's hybrid score
    interval of two proportions; from Byar's the same for two rates. The figures must not depend on each other.

    Newcombe, R. G. (1998), Statistics in Medicine 17, 873-890, method 10; Zou, G. Y. and Donner, A. (2008), Statistics in Medicine 27,
    1693-1702, for other figures.

    >>> lower, upper = difference_interval(56 / 70, wilson_interval(56, 70), 48 / 80, wilson_interval(48, 80))
    >>> lower.round(4).item(), upper.round(4).item()
    (0.0524, 0.3339)
    """
    a, b = np.asarray(figure, dtype=np.float64), np.asarray(other, dtype=np.float64)
    (a_lower, a_upper), (b_lower, b_upper) = limits, other_limits
    below = np.sqrt((a - a_lower) ** 2 + (b_upper - b) ** 2)
    above = np.sqrt((a_upper - a) ** 2 + (b - b_lower) ** 2)
    return a - b - below, a - b + above


def _counts(count: ArrayLike, denominator: ArrayLike) -> tuple[Numbers, Numbers]:
    x, n = np.broadcast_arrays(np.asarray(count, dtype=np.float64), np.asarray(denominator, dtype=np.float64))
    _refuse((x < 0) | (n < 0), "a count below zero")
    return x, n


def _refuse(faulty: NDArray[np.bool_], what: str) -> None:
    # How many, never which: a message must not carry a count that disclosure control would hide.
    if faulty.any():
        raise ValueError(f"{np.count_nonzero(faulty)} of {faulty.size} pairs have {what}; no limits are drawn from those.")


def _z(confidence: float) -> float:
    return -NormalDist().inv_cdf(tail_of(confidence))


def tail_of(confidence: float) -> float:
    """The chance left on each side of an interval. Raises ValueError for a confidence outside 0.9 to 1."""
    if not 0.9 <= confidence < 1:
        raise ValueError(f"Confidence {confidence} is not from 0.9 up to 1; write 95% as 0.95.")
    return (1 - confidence) / 2


def _byar(x: Numbers, z: float) -> Numbers:
    x = np.where(x < EXACT_BELOW, np.nan, x)
    return x * (1 - 1 / (9 * x) + z / (3 * np.sqrt(x))) ** 3
