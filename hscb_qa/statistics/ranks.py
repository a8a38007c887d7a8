"""Where a place stands among the others: its rank, its quarter and whether it is in the outer fifths."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from hscb_qa.statistics.arrays import Numbers, Whole, Words
from hscb_qa.statistics.comparisons import checked_polarity

# Fewer places than this have no fifths worth naming: there would be no four in each.
FIFTHS_FROM = 20
BANDS = np.array(["A", "B", "C", "D"])


@dataclass(frozen=True)
class Ranks:
    """Arrays (n,), one entry per row asked about.

    rank: 1 is the best by polarity, places that tie share the least rank; 0 where the value is missing or the polarity
    neutral. of: how many places of the group have a value. band: "A", the best quarter of values, to "D", "" where there
    is no rank. fifth: "highest", "lowest" or "", by value alone, whatever the polarity.
    """

    rank: Whole
    of: Whole
    band: Words
    fifth: Words


@dataclass(frozen=True)
class _Sorted:
    """The values by group and, within a group, from the least; each group's first place and number of places."""

    values: Numbers
    first: Whole
    places: Whole


def rank_and_band(values: ArrayLike, group: ArrayLike, polarity: ArrayLike) -> Ranks:
    """Rank, quarter and fifth of each value within its group.

    Two arrays (n,), the values with NaN where missing, and groups named by any sortable label in any order; polarity is
    one word or an array (n,): "higher" where more is better, "lower" where less is, or "neutral". The quartiles are of
    type 7 over the places of the group with a value; a value on a quartile belongs to the quarter below it. A value is
    among the highest fifth from the 80% quantile on and among the lowest up to the 20% quantile; there is no fifth where
    these are equal or the group has fewer than 20 places. Raises ValueError for an unknown polarity.

    Ranks and bands: Local Authority Interactive Tool (Department for Education), which has no fifths.

    >>> ranks = rank_and_band([10, 20, 20, 40], ["a", "a", "a", "a"], "lower")
    >>> ranks.rank.tolist(), ranks.band.tolist()
    ([1, 2, 2, 4], ['A', 'B', 'B', 'D'])
    """
    v = np.asarray(values, dtype=np.float64)
    good = np.broadcast_to(checked_polarity(polarity), v.shape)
    labels, code = np.unique(np.asarray(group), return_inverse=True)
    ordered, order = _sorted(v, code, labels.size)
    ranked = ~np.isnan(v) & (good != "neutral")
    rank = np.where(good == "higher", *_ranks_from_either_end(ordered, order, code))
    quarter = sum((v > _quantile(ordered, percent)[code]).astype(np.int64) for percent in (25, 50, 75))
    band = BANDS[np.where(good == "higher", 3 - quarter, quarter)]
    return Ranks(
        rank=np.where(ranked, rank, 0),
        of=ordered.places[code],
        band=np.where(ranked, band, ""),
        fifth=_fifth(v, ordered, code),
    )


def _sorted(values: Numbers, code: Whole, groups: int) -> tuple[_Sorted, Whole]:
    """Missing values go to the end of their group, so that a group's places come first."""
    order = np.lexsort((values, code))
    first = np.searchsorted(code[order], np.arange(groups))
    places = np.bincount(code[~np.isnan(values)], minlength=groups)
    return _Sorted(values[order], first, places), order


def _ranks_from_either_end(ordered: _Sorted, order: Whole, code: Whole) -> tuple[Whole, Whole]:
    """The rank counted from the greatest value and from the least; a tie takes the least rank either way."""
    position = np.arange(order.size)
    group = code[order]
    new = np.ones(order.size + 1, dtype=bool)
    new[1:-1] = (ordered.values[1:] != ordered.values[:-1]) | (group[1:] != group[:-1])
    run = np.cumsum(new[:-1]) - 1
    begins = np.flatnonzero(new)
    from_least, from_greatest = np.empty_like(position), np.empty_like(position)
    from_least[order] = begins[run] - ordered.first[group] + 1
    from_greatest[order] = (ordered.first + ordered.places)[group] - begins[run + 1] + 1
    return from_greatest, from_least


def _quantile(ordered: _Sorted, percent: int) -> Numbers:
    """Type-7 quantile of each group, in whole numbers up to the last step: a quantile that is a value equals it."""
    whole, hundredths = np.divmod(np.maximum(ordered.places - 1, 0) * percent, 100)
    below = ordered.values[ordered.first + whole]
    above = ordered.values[ordered.first + whole + (hundredths > 0)]
    return np.asarray(below + (above - below) * (hundredths / 100), dtype=np.float64)


def _fifth(values: Numbers, ordered: _Sorted, code: Whole) -> Words:
    low, high = _quantile(ordered, 20), _quantile(ordered, 80)
    told_apart = ((low < high) & (ordered.places >= FIFTHS_FROM))[code]
    return np.select([told_apart & (values >= high[code]), told_apart & (values <= low[code])], ["highest", "lowest"], "")
