"""Which control chart a stretch of a series gets, and why: the answer is data that a page can show.

Refuses limits that would mislead: none from a handful of points, no XmR chart of rare events, none where bases differ much.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hscb_qa.statistics.arrays import Flags, Numbers, Whole, Words


@dataclass(frozen=True)
class ChartTerms:
    """When which chart is right, in points, counts and shares.

    Under `min_points` there is only the line. A mean count under `rare_below` in a period is rare. A percentage whose bases differ by more
    than the share `bases_vary` from their mean has a p chart, unless the mean base is above `p_base_at_most`, where a p chart alarms too
    easily.
    """

    min_points: int = 8
    rare_below: float = 5.0
    bases_vary: float = 0.25
    p_base_at_most: float = 1000.0


@dataclass(frozen=True)
class ChartFacts:
    """What the choice stands on, one entry a part: see `chart_facts`."""

    points: Whole
    pairs: Numbers
    counted: Flags
    mean_count: Numbers
    with_events: Numbers
    is_share: Flags
    least_base: Numbers
    mean_base: Numbers
    greatest_base: Numbers


def chart_facts(part: ArrayLike, follows: ArrayLike, numerator: ArrayLike, denominator: ArrayLike, is_share: ArrayLike) -> ChartFacts:
    """The facts of each part, in the order in which parts stand; all arguments have one entry a point, NaN for a count that is not there.

    `pairs` is how many points follow the one before; `counted` says that each has a numerator; `with_events` the share of points with a
    numerator above zero; `is_share` that the part is a percentage of which each point has a base.
    """
    parts = np.asarray(part)
    starts = np.flatnonzero(np.append(True, parts[1:] != parts[:-1])[: parts.size])
    points = np.diff(np.append(starts, parts.size))
    counts, bases = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    shares = np.asarray(is_share, dtype=np.bool_) & ~np.isnan(bases) & ~np.isnan(counts)

    def total(values: NDArray[np.generic]) -> Numbers:
        return np.asarray(np.add.reduceat(np.asarray(values, dtype=np.float64), starts) if starts.size else np.zeros(0), dtype=np.float64)

    return ChartFacts(
        points=points,
        pairs=total(np.asarray(follows, dtype=np.bool_)),
        counted=total(~np.isnan(counts)) == points,
        mean_count=total(counts) / points,
        with_events=total(counts > 0) / points,
        is_share=total(shares) == points,
        least_base=np.minimum.reduceat(bases, starts) if starts.size else bases,
        mean_base=total(bases) / points,
        greatest_base=np.maximum.reduceat(bases, starts) if starts.size else bases,
    )


def choose_charts(facts: ChartFacts, terms: ChartTerms = ChartTerms()) -> tuple[Words, Words]:
    """The chart of each part (`xmr`, `p`, `g`, or `run` for the line alone) and the reason, empty where it is the usual XmR.

    Reasons: `few points`; `rare`, where a g chart needs a series without gaps and no event in at least half of the periods; `uneven bases`;
    `gaps`, where fewer than half of the points follow the one before, so that little is known of the spread.
    """
    few = facts.points < terms.min_points
    rare = facts.counted & (facts.mean_count < terms.rare_below)
    furthest = np.maximum(facts.greatest_base - facts.mean_base, facts.mean_base - facts.least_base)
    bases_differ = furthest > terms.bases_vary * facts.mean_base
    uneven = facts.is_share & (facts.least_base > 0) & bases_differ & (facts.mean_base <= terms.p_base_at_most)
    by_gaps = rare & (facts.pairs == facts.points - 1) & (facts.with_events <= 0.5)
    broken = facts.pairs * 2 < facts.points - 1
    chart = np.select([few, by_gaps, rare, uneven, broken], ["run", "g", "run", "p", "run"], "xmr")
    reason = np.select([few, rare, uneven, broken], ["few points", "rare", "uneven bases", "gaps"], "")
    return chart, reason
