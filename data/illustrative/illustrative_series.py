"""Levels to counts: the invented numerators and denominators of every agency's returns, one number a quarter.

Everything an agency returns is put together from quarters: a half year or year adds them up, a snapshot takes the last. A count that
several indicators share is drawn once, so that it is the same wherever it stands. Where the illustrative published files hold a year's
figure, its quarters add up to that figure, and a snapshot equals it. Counts are whole; posts have one decimal. Every series has a seed made
of SEED and its name: adding one changes no other.
"""

from collections.abc import Sequence
from typing import Any
from zlib import crc32

import numpy as np
from illustrative_levels import SEED, Points
from illustrative_published import PublishedFigures
from illustrative_return_levels import AGENCY_SIZE, PARTS, PARTS_OF, line_of
from illustrative_story import Story

from hscb_qa.checks.returns.numbers import counts_posts
from hscb_qa.definitions import UNIT_FACTORS, Framework, Indicator, Returned
from hscb_qa.periods import Period, parse_period, periods_between, quarter_of

QUARTERS = [period.text for period in periods_between("2020-21 Q1", "2026-27 Q2", "quarter")]
PLACE_OF = {text: place for place, text in enumerate(QUARTERS)}
SHARES = ("percent", "per_1000", "per_10000", "per_100000")  # units in which a numerator is a part of its denominator
Values = np.ndarray  # one number for each of QUARTERS
Series = tuple[str, str, str]  # agency, id of the indicator under which a count is drawn, numerator or denominator


def draws(*name: object) -> Values:
    """One draw of mean 0 and standard deviation 1 for each quarter: twelve uniform draws added, less six."""
    random = np.random.default_rng([SEED, crc32("|".join(map(str, name)).encode())])
    return random.random((len(QUARTERS), 12)).sum(axis=1) - 6


def apportion(total: int, weights: Sequence[float], caps: Sequence[int] | None = None) -> list[int]:
    """Whole numbers in about the ratio of the weights that add up to the total, none above its cap.

    >>> apportion(10, [1, 1, 2])
    [3, 2, 5]
    >>> apportion(5, [3, 1], [3, 9])
    [3, 2]
    """
    limits = [total] * len(weights) if caps is None else list(caps)
    assert sum(limits) >= total, "the caps hold less than the total"
    room = [weight + 1e-9 for weight in weights]
    exact = [weight / sum(room) * total for weight in room]
    parts = [min(int(share), limit) for share, limit in zip(exact, limits, strict=True)]
    while sum(parts) < total:
        open_places = [place for place, part in enumerate(parts) if part < limits[place]]
        parts[max(open_places, key=lambda place: exact[place] - parts[place])] += 1
    return parts


def quarters_of(period: Period, returned: Returned) -> slice:
    """The quarters that make up a period; the last of them alone for a snapshot, and for what is only ever given for whole years."""
    last = PLACE_OF[quarter_of(f"{period.end:%Y-%m}")]
    length = 2 if period.type == "half_year" and returned.counting == "flow" else 1
    if returned.every != "year" and returned.counting == "flow" and period.type not in ("quarter", "half_year"):
        length = 4
    return slice(last - length + 1, last + 1)


def along(points: Points) -> Values:
    """A level in each quarter; the number of a year means its first of April."""
    if not isinstance(points, dict):
        return np.full(len(QUARTERS), float(points))
    times = [int(text[:4]) + (int(text[-1]) - 0.5) / 4 for text in QUARTERS]
    return np.interp(times, list(points), list(points.values()))


class IllustrativeSeries:
    """All counts of the illustrative board, drawn when first asked for."""

    def __init__(self, framework: Framework, published: PublishedFigures, story: Story) -> None:
        self.framework, self.published, self.story = framework, published, story
        self.owners = owners_of_counts(framework)
        self.drawn: dict[Series, Values] = {}
        self.divided: dict[tuple[Series, str], dict[str, Values]] = {}

    def value(self, agency: str, indicator: Indicator, period: Period) -> float:
        """A ready value, as a score."""
        line = line_of(indicator)
        level = self.story.bend(agency, indicator.id, "value", along(line.level))
        values = level + line.noise * draws(agency, indicator.id, "value")
        return round(float(values[quarters_of(period, indicator.returned)][0]), indicator.decimals)

    def counts(self, agency: str, indicator: Indicator, breakdown: str, period: Period) -> tuple[float, float | None]:
        """Numerator and denominator of one item; no denominator where the agency gives the count alone."""
        quarters = quarters_of(period, indicator.returned)
        numerator = self.part(agency, indicator, "numerator", breakdown)[quarters].sum()
        if indicator.returned.gives == "count":
            return round(float(numerator), 1), None
        return round(float(numerator), 1), round(float(self.part(agency, indicator, "denominator", breakdown)[quarters].sum()), 1)

    def part(self, agency: str, indicator: Indicator, part: str, breakdown: str) -> Values:
        """A numerator or denominator for all, or for a part of a breakdown."""
        if not breakdown:
            return self.whole(agency, indicator, part)
        owner, part = self.owner(indicator, part)
        name = breakdown.split("=")[0]
        if ((agency, owner.id, part), name) not in self.divided:
            self.divided[(agency, owner.id, part), name] = self.divide(agency, owner, part, name)
        return self.divided[(agency, owner.id, part), name][breakdown]

    def whole(self, agency: str, indicator: Indicator, part: str) -> Values:
        owner, part = self.owner(indicator, part)
        key = (agency, owner.id, part)
        if key not in self.drawn:
            draw = self.draw_share if part == "numerator" and owner.returned.gives == "counts" else self.draw_count
            self.drawn[key] = draw(agency, owner, part)
        return self.drawn[key]

    def owner(self, indicator: Indicator, part: str) -> tuple[Indicator, str]:
        """Under which indicator a count is drawn, and which part of that it is."""
        return self.owners.get(count_name(indicator, part), (indicator, part))

    def draw_count(self, agency: str, indicator: Indicator, part: str) -> Values:
        """Counts around their level, by season and chance; a denominator whose numerator is drawn elsewhere is made to fit that."""
        line = line_of(indicator)
        if part == "denominator" and self.owner(indicator, "numerator")[0] != indicator:
            return np.ceil(self.whole(agency, indicator, "numerator") / along(line.level) * UNIT_FACTORS[indicator.unit])
        level = along(line.of if part == "denominator" else line.level) * agency_size(agency, indicator)
        level = level * np.array([line.season[int(text[-1]) - 1] for text in QUARTERS])
        level = self.story.bend(agency, indicator.id, part, level)
        noise = line.base_noise if part == "denominator" and line.base_noise is not None else line.noise
        chance = noise * np.sqrt(np.maximum(level, 0.3)) * self.chance(agency, indicator, part)
        return self.settle(agency, indicator, part, level, chance, None)

    def draw_share(self, agency: str, indicator: Indicator, part: str) -> Values:
        """Numerators around their share of the denominators."""
        line, whole = line_of(indicator), self.whole(agency, indicator, "denominator")
        share = along(line.level) / UNIT_FACTORS[indicator.unit] + agency_shift(agency, indicator)
        share = self.story.bend(agency, indicator.id, "share", share)
        is_share = indicator.unit in SHARES
        spread = np.maximum(share * (1 - share), 0.001) if is_share else np.abs(share)
        chance = line.noise * np.sqrt(whole * spread) * self.chance(agency, indicator, "share")
        return self.settle(agency, indicator, part, whole * share, chance, whole if is_share else None)

    def chance(self, agency: str, indicator: Indicator, part: str) -> Values:
        return draws(agency, indicator.id, part) * self.story.calm(agency, indicator.id, part)

    def settle(self, agency: str, indicator: Indicator, part: str, level: Values, chance: Values, whole: Values | None) -> Values:
        """Level and chance to whole numbers: bent to the published years, within the whole, then with what the story sets."""
        years = self.published_years(agency, indicator, part)
        fineness = 10 if counts_posts(indicator, part) else 1
        drawn = np.maximum(0, level * bent_to(years, level) + chance)
        settled = np.round(drawn * fineness) / fineness
        settled = settled if whole is None else np.minimum(settled, whole)
        for quarters, figure in years:
            caps = None if whole is None else np.round(whole[quarters] * fineness).astype(int).tolist()
            settled[quarters] = np.array(apportion(round(figure * fineness), drawn[quarters].tolist(), caps)) / fineness
        return self.story.set_figures(agency, indicator.id, part, settled)

    def published_years(self, agency: str, indicator: Indicator, part: str) -> list[tuple[slice, float]]:
        """The published years of a count: the quarters that make one up, and the figure they give."""
        counts = self.published.count(indicator, part)
        values = self.published.value(indicator) if part == "numerator" and not counts else {}
        found = []
        for year in sorted(counts or values):
            period = parse_period(str(year), indicator.period_type)
            if period.end >= END_OF_FIRST_YEAR:
                quarters = quarters_of(period, indicator.returned)
                figure = counts[year] if counts else values[year] * self.base(agency, indicator, quarters, year)
                found.append((quarters, figure + self.story.difference(indicator.id, part, year)))
        return found

    def base(self, agency: str, indicator: Indicator, quarters: slice, year: int) -> float:
        """What a published value is multiplied by to give the count behind it."""
        returned = indicator.returned
        if returned.gives == "counts":
            of = float(self.whole(agency, indicator, "denominator")[quarters].sum())
        else:
            of = self.published.population(indicator, year) if returned.population else 1.0
        return of / UNIT_FACTORS[indicator.unit]

    def divide(self, agency: str, indicator: Indicator, part: str, name: str) -> dict[str, Values]:
        """Divide a count into the parts of one breakdown, quarter by quarter; shares stay within their denominators."""
        texts = self.framework.returns.texts(name)
        whole = self.whole(agency, indicator, part)
        caps = None
        if part == "numerator" and indicator.returned.gives == "counts":
            caps = np.array([self.part(agency, indicator, "denominator", text) for text in texts])
        usual = np.array(PARTS_OF.get((indicator.id, name), PARTS[name]), dtype=float)
        level = np.outer(usual / usual.sum(), whole) if caps is None else caps
        chance = np.array([draws(agency, indicator.id, part, text) for text in texts])
        noisy = np.maximum(0, level + 0.5 * np.sqrt(level) * chance)
        is_within = caps is not None and indicator.unit in SHARES
        parts = [
            apportion(int(total), noisy[:, place].tolist(), caps[:, place].tolist() if is_within else None)
            for place, total in enumerate(whole)
        ]
        return dict(zip(texts, np.array(parts).T, strict=True))


END_OF_FIRST_YEAR = parse_period(QUARTERS[3], "quarter").end


def bent_to(years: list[tuple[slice, float]], level: Values) -> Values:
    """The factor, in each quarter, by which a level passes through the published years."""
    known = [(quarters, figure) for quarters, figure in years if level[quarters].sum() > 0]
    if not known:
        return np.ones(len(QUARTERS))
    middles = [(quarters.start + quarters.stop - 1) / 2 for quarters, _ in known]
    return np.interp(range(len(QUARTERS)), middles, [figure / level[quarters].sum() for quarters, figure in known])


def count_name(indicator: Indicator, part: str) -> str | None:
    return indicator.returned.numerator_id if part == "numerator" else indicator.returned.denominator_id


def owners_of_counts(framework: Framework) -> dict[str | None, tuple[Indicator, str]]:
    """Each named count with the indicator and part under which it is drawn: a plain count before a denominator before a share."""

    def rank(indicator: Indicator, part: str) -> tuple[int, str]:
        is_plain = part == "numerator" and indicator.returned.gives == "count"
        return (0 if is_plain else 1 if part == "denominator" else 2), indicator.id

    found: dict[str | None, tuple[Indicator, str]] = {}
    for indicator in (one for one in framework.indicators.values() if one.returned):
        for part in ("numerator", "denominator"):
            name = count_name(indicator, part)
            if name and (name not in found or rank(indicator, part) < rank(*found[name])):
                found[name] = (indicator, part)
    return found


def agency_size(agency: str, indicator: Indicator) -> float:
    """What an agency has of the level, where several return the same indicator."""
    sizes = line_of(indicator).sizes
    if len(indicator.returned.agencies) < 2 or sizes == {}:
        return 1.0
    return (AGENCY_SIZE if sizes is None else sizes).get(agency, 0.5)


def agency_shift(agency: str, indicator: Indicator) -> float:
    """How far an agency's share lies from the level that several agencies have."""
    own = float(draws(agency, indicator.id, "own level")[0])
    return 0.025 * max(-1.5, min(1.5, own)) if len(indicator.returned.agencies) > 1 else 0.0


def number_drawn(below: int, *name: object) -> int:
    """A whole number from 0 to one less than `below` that belongs to this name."""
    return crc32("|".join(map(str, (SEED, *name))).encode()) % below


def one_of(choices: Sequence[Any], *name: object) -> Any:
    """One of the choices, by name."""
    return choices[number_drawn(len(choices), *name)]
