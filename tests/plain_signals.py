"""Control charts point by point and window by window: slow and obvious, to hold the arrays of `find_signals` against."""

from dataclasses import dataclass
from itertools import pairwise
from math import isnan, nan, sqrt

from hscb_qa.statistics import ChartTerms

Limit = tuple[float, float, float]
"""Mean, lower and upper."""


@dataclass(frozen=True)
class PlainPoint:
    """One point of a part; `follows` and `position` as in `hscb_qa.statistics.control`."""

    value: float
    follows: bool
    position: int
    numerator: float = nan
    denominator: float = nan
    is_share: bool = False
    overlapping: bool = False


@dataclass(frozen=True)
class PlainSignal:
    """What is found of one point."""

    chart: str
    reason: str
    limit: Limit
    rule: str
    side: int
    gap: float


def plain_signals(part: list[PlainPoint], terms: ChartTerms, screened: bool) -> list[PlainSignal]:
    """What is found of every point of one part."""
    chart, reason = _chart(part, terms)
    limits = {"xmr": _xmr(part, screened), "p": _p(part)}.get(chart, [(nan, nan, nan)] * len(part))
    gaps = _gaps(part) if chart == "g" else [nan] * len(part)
    found = _long(gaps) if chart == "g" else _rules(part, limits)
    return [PlainSignal(chart, reason, *rest) for rest in zip(limits, *zip(*found, strict=True), gaps, strict=True)]


def _chart(part: list[PlainPoint], terms: ChartTerms) -> tuple[str, str]:
    if len(part) < terms.min_points:
        return "run", "few points"
    if part[0].overlapping:
        return "run", "overlapping"
    counts, bases = [one.numerator for one in part], [one.denominator for one in part]
    pairs = sum(one.follows for one in part)
    if not any(map(isnan, counts)) and sum(counts) / len(part) < terms.rare_below:
        unbroken, seldom = pairs == len(part) - 1, sum(count > 0 for count in counts) * 2 <= len(part)
        return "g" if unbroken and seldom else "run", "rare"
    if part[0].is_share and not any(map(isnan, counts + bases)) and min(bases) > 0:
        mean = sum(bases) / len(bases)
        if mean <= terms.p_base_at_most and any(abs(base - mean) > terms.bases_vary * mean for base in bases):
            return "p", "uneven bases"
    return ("run", "gaps") if pairs * 2 < len(part) - 1 else ("xmr", "")


def _xmr(part: list[PlainPoint], screened: bool) -> list[Limit]:
    mean = part[0].value + sum(one.value - part[0].value for one in part) / len(part)
    ranges = [abs(later.value - earlier.value) for earlier, later in pairwise(part) if later.follows]
    if not ranges:
        return [(mean, nan, nan)] * len(part)
    average = sum(ranges) / len(ranges)
    kept = [one for one in ranges if one < 3.267 * average]
    if screened and sum(kept) > 0:
        average = sum(kept) / len(kept)
    return [(mean, mean - 2.66 * average, mean + 2.66 * average)] * len(part)


def _p(part: list[PlainPoint]) -> list[Limit]:
    share = sum(one.numerator for one in part) / (sum(one.denominator for one in part) or nan)
    spreads = [3 * sqrt(share * (1 - share) / one.denominator) if 0 <= share <= 1 and one.denominator > 0 else nan for one in part]
    return [(100 * share, 100 * max(share - spread, 0), 100 * min(share + spread, 1)) for spread in spreads]


def _gaps(part: list[PlainPoint]) -> list[float]:
    """The periods without an event since the last; of the last point also where it has none itself."""
    gaps, since = [], None
    for place, one in enumerate(part):
        has_event, is_last = one.numerator > 0, place == len(part) - 1
        told = since is not None and (has_event or is_last)
        gaps.append(float(place - since - has_event) if told else nan)  # type: ignore[operator]
        since = place if has_event else since
    return gaps


def _long(gaps: list[float]) -> list[tuple[str, int]]:
    known = [gap for gap in gaps if not isnan(gap)]
    mean = sum(known) / len(known) if known else nan
    limit = mean + 3 * sqrt(mean * (mean + 1)) if known else nan
    return [("outside", -1) if gap > limit else ("", 0) for gap in gaps]


def _rules(part: list[PlainPoint], limits: list[Limit]) -> list[tuple[str, int]]:
    """The rule and side of each point; the rule that counts for more is written over the others."""
    size = len(part)
    found = [("", 0)] * size
    if any(isnan(lower) for _, lower, _ in limits):
        return found
    values = [one.value for one in part]
    side = [int(value > mean) - int(value < mean) for value, (mean, _, _) in zip(values, limits, strict=True)]
    outside = [int(value > high) - int(value < low) for value, (_, low, high) in zip(values, limits, strict=True)]
    near = [
        not beyond and (value > mean + 2 / 3 * (high - mean) or value < mean - 2 / 3 * (mean - low))
        for value, beyond, (mean, low, high) in zip(values, outside, limits, strict=True)
    ]

    def windows(length: int) -> list[range]:
        spans = [range(end - length + 1, end + 1) for end in range(length - 1, size)]
        return [span for span in spans if all(part[place].follows for place in span[1:])]

    for span in windows(7):
        if abs(sum(side[place] for place in span)) == 7:
            for place in span:
                found[place] = ("shift", side[place])
    for span in windows(3):
        if abs(sum(side[place] for place in span)) == 3 and sum(near[place] for place in span) >= 2:
            for place in filter(near.__getitem__, span):
                found[place] = ("two_in_three", side[place])
    for span in reversed(windows(7)):
        steps = {int(values[place] > values[place - 1]) - int(values[place] < values[place - 1]) for place in span[1:]}
        if steps in ({1}, {-1}):
            for place in span:  # the point between two trends belongs to the earlier, by which it was reached
                found[place] = ("trend", next(iter(steps)))
    return [("outside", beyond) if beyond else one for one, beyond in zip(found, outside, strict=True)]
