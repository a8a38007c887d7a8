"""From a series to what is usual in it: mean and limits of control charts, points that more than chance explains, and what they mean.

Many series at once, without a loop over them. `part` numbers the stretches that have one mean each: the points of a part stand together,
oldest first. `follows` is true where a point is of the period directly after the point before it, in the same part; it is false at a part's
first point and after a gap. Points that are missing or hidden are not given at all: nothing is measured across them, and no run goes on.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hscb_qa.statistics.arrays import Flags, Numbers, Whole, Words

RULES = ("", "outside", "trend", "two_in_three", "shift")
"""What `SpecialCauses.rule` indexes, in order of precedence; the first is common cause."""

LIMIT_FACTOR = 2.66
"""Three over d2 = 1.128: how many mean moving ranges lie between the mean and a limit."""

_SCREEN_FACTOR = 3.267
_RUN = 7
_NEAR = 2 / 3


@dataclass(frozen=True)
class Limits:
    """Mean, lower and upper control limit at each point, in the unit of the values; NaN where there is none."""

    mean: Numbers
    lower: Numbers
    upper: Numbers


@dataclass(frozen=True)
class SpecialCauses:
    """For each point the rule that found it, as a place in `RULES`, and the side: 1 high or rising, -1 low or falling, 0 none."""

    rule: NDArray[np.int8]
    side: NDArray[np.int8]


def xmr_limits(values: ArrayLike, part: ArrayLike, follows: ArrayLike, *, screen_outliers: bool = True) -> Limits:
    """The limits of an XmR chart, in the unit of the values: mean plus and minus 2.66 mean moving ranges, one for each part.

    With screening, moving ranges of 3.267 times their mean or more are left out once. Where no spread at all would be left, they are kept:
    else one odd point among equal ones would make every point special. Limits are NaN in a part where no point follows another; limits are
    not clipped. Raises ValueError where a value is missing or the arrays differ in length.

    Method: NHSRplotthedots 0.2, `screen_outliers`; False gives the limits of NHS England's Making Data Count tool.

    >>> limits = xmr_limits([12.5, 13.1, 11.8, 14.0], [0, 0, 0, 0], [False, True, True, True])
    >>> limits.mean.round(3)[0].item(), limits.lower.round(3)[0].item(), limits.upper.round(3)[0].item()
    (12.85, 9.215, 16.485)
    """
    x, groups, counted = _series(values, part, follows)
    ranges = np.abs(np.diff(x, prepend=np.nan))
    average = _mean_of(ranges, groups, counted)
    if screen_outliers:
        kept = counted & (np.nan_to_num(ranges) < _SCREEN_FACTOR * average)
        screened = _mean_of(ranges, groups, kept)
        average = np.where(screened > 0, screened, average)
    mean = _mean_of(x, groups, np.ones(x.shape, dtype=np.bool_))
    return Limits(mean, mean - LIMIT_FACTOR * average, mean + LIMIT_FACTOR * average)


def p_limits(numerator: ArrayLike, denominator: ArrayLike, part: ArrayLike) -> Limits:
    """The limits of a p chart, as proportions: the pooled proportion of a part plus and minus three standard errors at each base.

    Clipped to 0 and 1. Raises ValueError for a count that is missing or below zero, a base of zero, or a numerator above its base.

    Shewhart (1931); as in Provost and Murray (2011), The Health Care Data Guide, ch. 5.

    >>> limits = p_limits([30, 10], [100, 25], [0, 0])
    >>> limits.mean.round(3).tolist(), limits.lower.round(3).tolist(), limits.upper.round(3).tolist()
    ([0.32, 0.32], [0.18, 0.04], [0.46, 0.6])
    """
    n = np.asarray(denominator, dtype=np.float64)
    x, groups, _ = _series(numerator, part, np.zeros(n.shape, dtype=np.bool_))
    _refuse(~(n > 0), "a base that is missing, zero or below zero")
    _refuse((x < 0) | (x > n), "a numerator below zero or above its base")
    mean = np.asarray(np.bincount(groups, x)[groups] / np.bincount(groups, n)[groups], dtype=np.float64)
    spread = 3 * np.sqrt(mean * (1 - mean) / n)
    return Limits(mean, np.clip(mean - spread, 0, 1), np.clip(mean + spread, 0, 1))


def gaps_between(numerator: ArrayLike, position: ArrayLike, part: ArrayLike) -> Numbers:
    """The values of a g chart: at each point with an event, the periods without one since the last that had one.

    The last point of a part that has no event gives the periods so far. NaN at other points, before the first event of a part, and where
    a period within the gap is not known: `position` is the running number of the period, and numbers that are left out are not known.

    >>> gaps_between([1, 0, 0, 2, 1, 0], [0, 1, 2, 3, 4, 5], [0, 0, 0, 0, 0, 0]).tolist()
    [nan, nan, nan, 2.0, 0.0, 1.0]
    """
    place = np.asarray(position, dtype=np.int64)
    x, groups, _ = _series(numerator, part, np.zeros(place.shape, dtype=np.bool_))
    index = np.arange(x.size)
    events = np.flatnonzero(x > 0)
    before = np.searchsorted(events, index, side="left") - 1
    previous = np.where(before >= 0, events[np.maximum(before, 0)] if events.size else 0, 0)
    told = (before >= 0) & (groups[previous] == groups) & (place - place[previous] == index - previous)
    ends = np.append(np.diff(groups) != 0, True) if x.size else np.zeros(0, dtype=np.bool_)
    gap = index - previous - (x > 0)
    return np.where(told & ((x > 0) | ends), gap, np.nan)


def g_limits(gaps: ArrayLike, part: ArrayLike) -> Limits:
    """The limits of a g chart for gaps between rare events, in the unit of the gaps; NaN gaps are passed over.

    Mean gap g, and g plus and minus 3 sqrt(g (g + 1)), the lower not under zero. NaN limits where a part has no gap.

    Benneyan, J. C. (2001), Health Care Management Science 4, 305-318.

    >>> limits = g_limits([2, 0, 4, 2], [0, 0, 0, 0])
    >>> limits.mean[0].item(), limits.lower[0].item(), limits.upper.round(3)[0].item()
    (2.0, 0.0, 9.348)
    """
    g = np.asarray(gaps, dtype=np.float64)
    mean = _mean_of(g, _numbered(part, g), ~np.isnan(g))
    spread = 3 * np.sqrt(mean * (mean + 1))
    return Limits(mean, np.maximum(mean - spread, 0), mean + spread)


def special_causes(values: ArrayLike, limits: Limits, part: ArrayLike, follows: ArrayLike) -> SpecialCauses:
    """Which points more than chance explains: outside a limit; in a trend of seven; near a limit twice in three; in a shift of seven.

    The first rule that holds is told. Of a trend and a shift every point is flagged, of two in three those near the limit. A trend is
    seven points each above (or below) the one before, a shift seven on one side of the mean; a point on the mean ends it. Near is beyond
    two thirds of the way from the mean to the limit. Without limits a point is common cause.

    Rules and precedence: NHSRplotthedots 0.2, `ptd_calculate_point_type`.
    """
    x, _, successive = _series(values, part, follows)
    limited = ~np.isnan(limits.lower) & ~np.isnan(limits.upper)
    side = np.where(limited, np.sign(x - limits.mean), 0).astype(np.int8)
    outside = ((x > limits.upper).astype(np.int8) - (x < limits.lower)).astype(np.int8)
    near = (x > limits.mean + _NEAR * (limits.upper - limits.mean)) | (x < limits.mean - _NEAR * (limits.mean - limits.lower))
    found = (
        outside,
        np.where(limited, trend_of_seven(x, successive), 0),
        np.where(two_in_three(near & (outside == 0), side, successive), side, 0),
        np.where(shift_of_seven(side, successive), side, 0),
    )
    rule, direction = np.zeros(x.shape, dtype=np.int8), np.zeros(x.shape, dtype=np.int8)
    for number, sides in reversed(list(enumerate(found, start=1))):
        rule = np.where(sides != 0, number, rule).astype(np.int8)
        direction = np.where(sides != 0, sides, direction).astype(np.int8)
    return SpecialCauses(rule, direction)


def shift_of_seven(side: ArrayLike, follows: ArrayLike) -> Flags:
    """Points that lie among seven or more in succession on one side of the mean (`side` 1 or -1; 0 is on it)."""
    sides, successive = np.asarray(side), np.asarray(follows, dtype=np.bool_)
    goes_on = successive & (sides == np.roll(sides, 1))
    return np.asarray((sides != 0) & (_length_of_run(goes_on) >= _RUN))


def trend_of_seven(values: ArrayLike, follows: ArrayLike) -> NDArray[np.int8]:
    """1 where a point lies in a run of seven or more that rises at each step, -1 where it falls, else 0.

    A point that ends one such run and begins another takes the direction in which it was reached.
    """
    x, successive = np.asarray(values, dtype=np.float64), np.asarray(follows, dtype=np.bool_)
    step = np.where(successive, np.sign(np.diff(x, prepend=np.nan)), 0)
    goes_on = successive & (step == np.roll(step, 1)) & (step != 0)
    long = (step != 0) & (_length_of_run(goes_on) >= _RUN - 1)
    reached = np.where(long, step, 0)
    left = np.append(reached[1:], 0)  # the point from which a run's first step was taken
    return np.asarray(np.where(reached != 0, reached, left), dtype=np.int8)


def two_in_three(near: ArrayLike, side: ArrayLike, follows: ArrayLike) -> Flags:
    """Points near a limit of which there are two or three among three in succession that all lie on one side of the mean."""
    close, sides, successive = np.asarray(near, dtype=np.bool_), np.asarray(side), np.asarray(follows, dtype=np.bool_)
    if close.size < 3:
        return np.zeros(close.shape, dtype=np.bool_)
    together = successive[1:-1] & successive[2:] & (sides[2:] != 0) & (sides[:-2] == sides[1:-1]) & (sides[1:-1] == sides[2:])
    holds = together & (close[:-2].astype(int) + close[1:-1] + close[2:] >= 2)
    in_window = np.zeros(close.shape, dtype=np.bool_)
    for offset in range(3):
        in_window[offset : offset + holds.size] |= holds
    return in_window & close


def judge(side: ArrayLike, polarity: ArrayLike) -> Words:
    """What a signal means: improvement or concern by polarity (higher, lower), neutral where it is neutral, empty without a signal."""
    sides, better = np.broadcast_arrays(np.asarray(side), np.asarray(polarity))
    good = np.where(better == "higher", 1, -1)
    return np.select([sides == 0, better == "neutral", sides == good], ["", "neutral", "improvement"], "concern")


def assure(target: ArrayLike, lower: ArrayLike, upper: ArrayLike, polarity: ArrayLike) -> Words:
    """Whether limits say that a target will be reached: passes, fails, or hit or miss; empty without target, limits or polarity.

    NHSRplotthedots 0.2, `ptd_calculate_assurance_type`.

    >>> assure([4, 4, 4], [1, 5, 1], [3, 7, 5], "higher").tolist()
    ['fails', 'passes', 'hit or miss']
    """
    goal, low, high, better = np.broadcast_arrays(
        *(np.asarray(one, dtype=np.float64) for one in (target, lower, upper)), np.asarray(polarity)
    )
    none = np.isnan(goal) | np.isnan(low) | np.isnan(high) | (better == "neutral")
    above, below = np.where(better == "higher", "fails", "passes"), np.where(better == "higher", "passes", "fails")
    return np.asarray(np.select([none, goal > high, goal < low], ["", above, below], "hit or miss"))


def _series(values: ArrayLike, part: ArrayLike, follows: ArrayLike) -> tuple[Numbers, Whole, Flags]:
    """The arrays checked, the parts numbered from 0 in the order in which they stand."""
    x = np.asarray(values, dtype=np.float64)
    successive = np.asarray(follows, dtype=np.bool_)
    if successive.shape != x.shape:
        raise ValueError(f"{x.size} values cannot be read with {successive.size} marks of what follows what.")
    _refuse(np.isnan(x), "no value; leave missing points out")
    return x, _numbered(part, x), successive


def _numbered(part: ArrayLike, values: Numbers) -> Whole:
    parts = np.asarray(part)
    if parts.shape != values.shape:
        raise ValueError(f"{values.size} values cannot be read with {parts.size} part numbers.")
    return np.cumsum(np.append(0, parts[1:] != parts[:-1])).astype(np.int64)[: values.size]


def _refuse(faulty: Flags, what: str) -> None:
    # How many, never which: a message must not carry a number that disclosure control would hide.
    if faulty.any():
        raise ValueError(f"{np.count_nonzero(faulty)} of {faulty.size} points have {what}; no limits are drawn from those.")


def _mean_of(values: Numbers, groups: Whole, counted: Flags) -> Numbers:
    """At each point the mean of its group's counted values; NaN where none is counted.

    Taken of the differences from the group's first counted value, so that the mean of equal values is exactly that value.
    """
    if not values.size:
        return values.copy()
    number = np.bincount(groups, counted)
    places = np.flatnonzero(counted)
    first = np.zeros(number.size)
    first[groups[places[::-1]]] = values[places[::-1]]
    total = np.bincount(groups, np.where(counted, values - first[groups], 0))
    return np.asarray(first + total / np.where(number > 0, number, np.nan), dtype=np.float64)[groups]


def _length_of_run(goes_on: Flags) -> Whole:
    """At each point the length of the run it lies in; a run begins where nothing goes on."""
    if not goes_on.size:
        return np.zeros(0, dtype=np.int64)
    run = np.cumsum(~goes_on)
    return np.asarray(np.bincount(run)[run], dtype=np.int64)
