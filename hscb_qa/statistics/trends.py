"""The direction of a short yearly series: does it rise or fall by more than its intervals allow for?"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hscb_qa.statistics.arrays import Numbers

POINTS = 5
# The width of a 95% interval in standard errors, and the chi-squared value on 1 degree of freedom at 99.8%, as in Fingertips.
STANDARD_ERRORS_WIDE = 3.92
THRESHOLD = 9.54953570608324

RISING, FALLING, NO_CHANGE = 1, -1, 0
CANNOT_BE_CALCULATED = 9


def chi_squared_trend(values: ArrayLike, lower: ArrayLike, upper: ArrayLike) -> NDArray[np.int8]:
    """The trend of each series of five points: RISING (1), FALLING (-1), NO_CHANGE (0) or CANNOT_BE_CALCULATED (9).

    Three arrays (s, 5), the oldest point first: values and their 95% limits, in any one unit. An int8 array (s,). A line
    is fitted with weights of one over the squared standard error (width of the interval / 3.92). There is a trend where
    (slope / its standard error)^2 is above the threshold, and the slope keeps its sign when any one point is dropped.
    It cannot be calculated where a value or limit is missing or an interval has no width. Raises ValueError for another
    number of points.

    Fingertips (Office for Health Improvement and Disparities), TrendMarkerCalculator. There a slope of exactly zero
    counts as rising in the check of dropped points; here it has no sign, so that rise and fall are judged alike.

    >>> chi_squared_trend([[1, 2, 3, 4, 5]], [[0, 1, 2, 3, 4]], [[2, 3, 4, 5, 6]]).tolist()
    [1]
    """
    v, low, high = (np.asarray(each, dtype=np.float64) for each in (values, lower, upper))
    if not v.shape == low.shape == high.shape or v.ndim != 2 or v.shape[1] != POINTS:
        raise ValueError(f"A trend is taken of rows of {POINTS} points and their limits, not of {v.shape}, {low.shape} and {high.shape}.")
    usable = np.isfinite(v).all(axis=1) & np.isfinite(high - low).all(axis=1) & (high > low).all(axis=1)
    trend = np.full(len(v), CANNOT_BE_CALCULATED, dtype=np.int8)
    trend[usable] = _trend(v[usable], (STANDARD_ERRORS_WIDE / (high - low)[usable]) ** 2)
    return trend


def _trend(values: Numbers, weight: Numbers) -> NDArray[np.int8]:
    # The first of the six fits has every point, each of the others lacks one; all are (s, 6).
    kept = np.vstack([np.ones(POINTS), 1 - np.eye(POINTS)])
    slope, precision = _slope(values[:, None, :], weight[:, None, :] * kept)
    sign = np.sign(slope)
    steady = np.abs(sign.sum(axis=1)) == len(kept)
    significant = slope[:, 0] ** 2 * precision[:, 0] > THRESHOLD
    return np.where(steady & significant, sign[:, 0], NO_CHANGE).astype(np.int8)


def _slope(values: Numbers, weight: Numbers) -> tuple[Numbers, Numbers]:
    """Weighted least squares along the last axis: the slope per period, and one over its squared standard error."""
    period = np.arange(1.0, POINTS + 1)
    total = weight.sum(axis=-1, keepdims=True)
    off_centre = period - (weight * period).sum(axis=-1, keepdims=True) / total
    precision: Numbers = (weight * off_centre**2).sum(axis=-1)
    centre = (weight * values).sum(axis=-1, keepdims=True) / total
    slope: Numbers = (weight * off_centre * (values - centre)).sum(axis=-1) / precision
    return slope, precision
