"""Signals of many series at once: beside a plain loop over points and windows, and by property."""

from dataclasses import dataclass, replace
from math import isnan
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_signals import PlainPoint, PlainSignal, plain_signals

from hscb_qa.statistics import ChartTerms, PointSignals, Series, find_signals

TERMS = ChartTerms(min_points=6, rare_below=3, bases_vary=0.25, p_base_at_most=300)
KINDS = ("value", "count", "rare", "share", "uneven share", "large share", "smooth uneven share", "flat")


@dataclass(frozen=True)
class Part:
    """One part of a series: its points, in order."""

    points: tuple[PlainPoint, ...]


@st.composite
def parts(draw: st.DrawFn, overlapping: bool | None = None) -> Part:
    """A part of one kind with gaps; whole numbers, so that ties and points on the mean occur, and long enough for every rule."""
    kind, size = draw(st.sampled_from(KINDS)), draw(st.integers(1, 36))
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    unbroken = np.ones(size, dtype=bool) if draw(st.booleans()) else chance.random(size) < draw(st.sampled_from([0.95, 0.8, 0.3]))
    position = 100 + np.cumsum(np.where(unbroken, 1, chance.integers(2, 5, size)))
    drift = np.linspace(0, draw(st.sampled_from([0, 0, 8, -8, 90, -90])), size)
    base = np.full(size, np.nan)
    if "share" in kind:
        width = {"share": (95, 106), "large share": (400, 2000)}.get(kind, (40, 260))
        base = chance.integers(*width, size).astype(float)
    count = _counts(kind, base, drift, chance)
    value = count * 100 / base if "share" in kind else count
    overlaps = draw(st.booleans()) if overlapping is None else overlapping
    return Part(
        tuple(
            PlainPoint(
                value=float(value[place]),
                follows=bool(unbroken[place]) and place > 0,
                position=int(position[place]),
                numerator=float("nan") if kind in ("value", "flat") else float(count[place]),
                denominator=float(base[place]),
                is_share="share" in kind,
                overlapping=overlaps,
            )
            for place in range(size)
        )
    )


def _counts(kind: str, base: Any, drift: Any, chance: Any) -> Any:
    size, share = drift.size, np.clip(0.4 + drift / 40, 0, 1)
    if "smooth" in kind:
        return np.rint(base * share)
    if "share" in kind:
        return chance.binomial(base.astype(int), share).astype(float)
    if kind == "rare":
        return chance.poisson(chance.choice([0.1, 0.4, 2]), size).astype(float)
    return np.full(size, 7.0) if kind == "flat" else np.rint(chance.normal(30, 3, size) + drift)


several = st.lists(parts(overlapping=False), min_size=1, max_size=5)


def as_series(given_parts: list[Part]) -> Series:
    points = [point for part in given_parts for point in part.points]

    def column(name: str) -> Any:
        return np.array([getattr(point, name) for point in points])

    return Series(
        value=column("value"),
        numerator=column("numerator"),
        denominator=column("denominator"),
        factor=np.where(column("is_share"), 100.0, 1.0),
        is_share=column("is_share"),
        overlapping=column("overlapping"),
        part=np.repeat(np.arange(len(given_parts)), [len(part.points) for part in given_parts]),
        follows=column("follows"),
        position=column("position"),
    )


def rows(found: PointSignals) -> list[PlainSignal]:
    limits = zip(found.limits.mean.tolist(), found.limits.lower.tolist(), found.limits.upper.tolist(), strict=True)
    columns = (found.chart, found.reason, found.rule, found.side, found.gap)
    chart, reason, rule, side, gap = (column.tolist() for column in columns)
    return [PlainSignal(*one) for one in zip(chart, reason, limits, rule, map(int, side), gap, strict=True)]


def same(left: list[PlainSignal], right: list[PlainSignal]) -> bool:
    """Whether all words agree, and all numbers to a billionth, NaN with NaN."""
    words = [[(one.chart, one.reason, one.rule, one.side) for one in side] for side in (left, right)]
    numbers = [[(*one.limit, one.gap) for one in side] for side in (left, right)]
    return words[0] == words[1] and np.allclose(*numbers, rtol=1e-9, atol=1e-9, equal_nan=True)


@settings(max_examples=400, deadline=None, derandomize=True)  # a point on a limit may be rounded on either side of it
@given(st.lists(parts(), min_size=1, max_size=5), st.booleans())
def test_agrees_with_a_plain_loop(given_parts: list[Part], screened: bool) -> None:
    expected = [one for part in given_parts for one in plain_signals(list(part.points), TERMS, screened)]
    assert same(rows(find_signals(as_series(given_parts), TERMS, screen_outliers=screened)), expected)


def test_every_chart_reason_and_rule_comes_up_in_what_is_compared() -> None:
    """Else the comparison above would say little."""
    seen: set[str] = set()

    @settings(max_examples=400, deadline=None, derandomize=True, database=None)
    @given(parts())
    def collect(part: Part) -> None:
        for one in plain_signals(list(part.points), TERMS, True):
            seen.update((one.chart, one.reason, f"{one.chart} {one.rule}"))

    collect()
    rules = {f"{chart} {rule}" for chart in ("xmr", "p") for rule in ("outside", "trend", "two_in_three", "shift")}
    assert seen >= {"xmr", "p", "g", "run", "few points", "rare", "uneven bases", "gaps", "overlapping", "g outside", *rules}


@pytest.mark.parametrize("planted", [("chart", "p"), ("rule", "shift"), ("side", -1), ("limit", (99.0, 0.0, 100.0)), ("gap", 0.0)])
def test_the_comparison_finds_one_planted_difference(planted: tuple[str, Any]) -> None:
    points = tuple(PlainPoint(10.0 + place % 2, place > 0, place) for place in range(8))
    expected = plain_signals(list(points), TERMS, True)
    found = rows(find_signals(as_series([Part(points)]), TERMS))
    assert same(found, expected)
    assert not same([*found[:-1], replace(found[-1], **dict([planted]))], expected)


@given(parts(overlapping=True))
def test_overlapping_points_have_the_line_alone(part: Part) -> None:
    found = rows(find_signals(as_series([part]), TERMS))
    assert {one.reason for one in found} == {"few points" if len(found) < TERMS.min_points else "overlapping"}
    assert {(one.chart, one.rule, one.side) for one in found} == {("run", "", 0)}
    assert all(map(isnan, [number for one in found for number in (*one.limit, one.gap)]))


@given(st.integers(8, 40), st.sampled_from([0.0, 0.1, 7.0, 1e9]))
def test_a_constant_series_gives_no_signal(size: int, value: float) -> None:
    points = tuple(PlainPoint(value, place > 0, place) for place in range(size))
    found = rows(find_signals(as_series([Part(points)])))
    assert {(one.chart, one.limit, one.rule) for one in found} == {("xmr", (value, value, value), "")}


@pytest.mark.parametrize(
    "share",
    [
        (0, 4),
        (1, 4),
        (4, 4),
        (1, 3),
    ],
)
def test_a_constant_share_gives_no_signal_on_any_base(share: tuple[int, int]) -> None:
    some, every = share
    bases = [30.0 * every * (1 + place % 2) for place in range(12)]
    points = tuple(
        PlainPoint(base * some / every * 100 / base, place > 0, place, base * some / every, base, is_share=True)
        for place, base in enumerate(bases)
    )
    found = rows(find_signals(as_series([Part(points)])))
    assert {(one.chart, one.rule) for one in found} == {("p" if some else "g", "")}


@given(several)
def test_limits_of_shares_are_in_the_unit_of_the_value(given_parts: list[Part]) -> None:
    """The same percentages as proportions, and as parts of a thousand."""
    percent = as_series(given_parts)
    before = find_signals(percent, TERMS)
    uneven = before.chart == "p"
    for factor in (1.0, 1000.0):
        times = np.where(percent.is_share, factor / 100, 1.0)
        after = find_signals(replace(percent, value=percent.value * times, factor=np.asarray(percent.factor) * times), TERMS)
        for name in ("mean", "lower", "upper"):
            np.testing.assert_allclose(getattr(after.limits, name)[uneven], (getattr(before.limits, name) * times)[uneven], rtol=1e-9)


@given(several, st.integers(-1000, 1000))
def test_adding_a_constant_moves_limits_by_it(given_parts: list[Part], constant: int) -> None:
    """Of charts of values; what is counted has its own distance from none."""
    plain = [Part(tuple(replace(point, numerator=float("nan")) for point in part.points)) for part in given_parts]
    moved = [Part(tuple(replace(point, value=point.value + constant) for point in part.points)) for part in plain]
    before, after = (find_signals(as_series(one), TERMS) for one in (plain, moved))
    for name in ("mean", "lower", "upper"):
        np.testing.assert_allclose(getattr(after.limits, name), getattr(before.limits, name) + constant, atol=1e-7)
    np.testing.assert_array_equal(after.chart, before.chart)


@given(several)
def test_turning_values_over_turns_sides_over_and_nothing_else(given_parts: list[Part]) -> None:
    plain = [Part(tuple(replace(point, numerator=float("nan")) for point in part.points)) for part in given_parts]
    turned = [Part(tuple(replace(point, value=-point.value) for point in part.points)) for part in plain]
    before, after = (rows(find_signals(as_series(one), TERMS)) for one in (plain, turned))
    over = [replace(one, side=-one.side, limit=(-one.limit[0], -one.limit[2], -one.limit[1])) for one in before]
    assert same(after, over)


@given(several, st.randoms())
def test_the_order_of_series_does_not_matter_and_each_is_as_alone(given_parts: list[Part], random: Any) -> None:
    alone = [rows(find_signals(as_series([part]), TERMS)) for part in given_parts]
    order = random.sample(range(len(given_parts)), len(given_parts))
    together = rows(find_signals(as_series([given_parts[place] for place in order]), TERMS))
    assert same(together, [one for place in order for one in alone[place]])


def test_no_points_at_all_give_nothing() -> None:
    found = find_signals(Series(*([[]] * 9)))
    assert [column.size for column in (found.chart, found.reason, found.rule, found.side, found.gap, found.limits.mean)] == [0] * 6
