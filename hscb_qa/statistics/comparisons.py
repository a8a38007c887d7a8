"""Is a figure different from another, and is the difference for the better? Words in arrays, so they can be shown as they are."""

from math import comb

import numpy as np
from numpy.typing import ArrayLike

from hscb_qa.statistics.arrays import Words

HIGHER, SIMILAR, LOWER, NOT_TESTED = "higher", "similar", "lower", "not tested"
BETTER, WORSE = "better", "worse"
POLARITIES = ("higher", "lower", "neutral")


def compare(lower: ArrayLike, upper: ArrayLike, other: ArrayLike) -> Words:
    """Each figure beside another, by the figure's interval: "higher", "similar", "lower" or "not tested".

    Arrays of a common shape in one unit: the limits of the figure's interval and the value it is compared with. Higher
    where the whole interval lies above the other, lower where it lies below; a limit equal to the other is similar.
    Not tested where any of the three is missing.

    Fingertips (Office for Health Improvement and Disparities), comparison with a benchmark.

    >>> compare([5, 3, 1], [7, 5, 2], 4).tolist()
    ['higher', 'similar', 'lower']
    """
    low, high, beside = (np.asarray(each, dtype=np.float64) for each in (lower, upper, other))
    missing = np.isnan(low) | np.isnan(high) | np.isnan(beside)
    return np.asarray(np.select([missing, low > beside, high < beside], [NOT_TESTED, HIGHER, LOWER], SIMILAR))


def verdict(difference: ArrayLike, polarity: ArrayLike) -> Words:
    """What a difference means: "better", "worse", or "" where it means neither.

    Arrays of a common shape, or single words: the difference as `compare` gives it, and the polarity, which says what is
    better: "higher", "lower" or "neutral". Similar, not tested and neutral have no verdict. Raises ValueError for any
    other polarity.

    >>> verdict(["higher", "lower", "similar"], "lower").tolist()
    ['worse', 'better', '']
    """
    found, good = np.asarray(difference), checked_polarity(polarity)
    judged = np.isin(found, (HIGHER, LOWER)) & (good != "neutral")
    return np.asarray(np.select([judged & (found == good), judged], [BETTER, WORSE], ""))


def sign_test(first: int, second: int) -> float:
    """The two-sided probability of a split at least as uneven as this one, were either side as likely; 1 where there is nothing to split.

    Dixon and Mood, The statistical sign test, Journal of the American Statistical Association 41 (1946).

    >>> round(sign_test(10, 5), 4), sign_test(0, 0), round(sign_test(12, 1), 4)
    (0.3018, 1.0, 0.0034)
    """
    number = first + second
    tail = sum(comb(number, fewer) for fewer in range(min(first, second) + 1))
    return min(1.0, float(2 * tail / 2**number))


def checked_polarity(polarity: ArrayLike) -> Words:
    """The polarity as an array of words. Raises ValueError where one is not "higher", "lower" or "neutral"."""
    good = np.asarray(polarity, dtype=np.str_)
    unknown = np.setdiff1d(good, POLARITIES)
    if unknown.size:
        raise ValueError(f"Polarity {', '.join(map(repr, unknown.tolist()))} is none of {', '.join(POLARITIES)}.")
    return good
