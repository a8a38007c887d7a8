"""Control charts: worked by hand, against NHSRplotthedots, against a plain loop, by property, and at the edges."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hscb_qa.statistics import (
    RULES,
    ChartTerms,
    Limits,
    assure,
    chart_facts,
    choose_charts,
    g_limits,
    gaps_between,
    judge,
    p_limits,
    special_causes,
    xmr_limits,
)
from hscb_qa.statistics.control import shift_of_seven, trend_of_seven, two_in_three

ORACLE = Path(__file__).resolve().parents[2] / "shared" / "oracles" / "nhsrplotthedots_xmr.json"
needs_oracle = pytest.mark.skipif(not ORACLE.exists(), reason=f"NHSRplotthedots' outputs are not at {ORACLE.name} beside the project")


def one_part(size: int) -> tuple[Any, Any]:
    """Part numbers and `follows` of a single series without gaps."""
    return np.zeros(size, dtype=int), np.arange(size) > 0


def rules_of(values: Any, **options: Any) -> list[str]:
    """The rule that found each point of one series without gaps."""
    part, follows = one_part(len(values))
    found = special_causes(values, xmr_limits(values, part, follows, **options), part, follows)
    return [RULES[number] for number in found.rule]


def oracle_cases(name: str) -> list[dict[str, Any]]:
    return list(json.loads(ORACLE.read_text(encoding="utf-8"))[name]) if ORACLE.exists() else []


# ---- worked by hand ----


def test_limits_of_twelve_points_worked_by_hand() -> None:
    # Sum 161.8, mean 13.4833. Ranges 0.6 1.3 2.2 0.7 0.4 2.3 1.4 0.6 1.4 0.8 3.4: sum 15.1, mean 1.3727; 3.267 x 1.3727 = 4.48, so none is
    # screened. Limits 13.4833 -/+ 2.66 x 1.3727 = 13.4833 -/+ 3.6515.
    values = [12.5, 13.1, 11.8, 14.0, 13.3, 12.9, 15.2, 13.8, 14.4, 13.0, 12.2, 15.6]
    limits = xmr_limits(values, *one_part(12))
    assert [limits.mean[0], limits.lower[0], limits.upper[0]] == pytest.approx([13.4833, 9.8319, 17.1348], abs=1e-4)


def test_p_limits_follow_each_base() -> None:
    # 40 of 125 is 0.32; at 100: 3 sqrt(0.32 x 0.68 / 100) = 0.1399; at 25: 0.2799.
    limits = p_limits([30, 10], [100, 25], [0, 0])
    assert limits.upper == pytest.approx([0.4599, 0.5999], abs=1e-4)
    assert limits.lower == pytest.approx([0.1801, 0.0401], abs=1e-4)


def test_g_limits_and_gaps_worked_by_hand() -> None:
    # Events in periods 0, 3 and 4; none since: gaps 2, 0 and, so far, 1. Mean 1; 1 + 3 sqrt(1 x 2) = 5.2426.
    gaps = gaps_between([1, 0, 0, 2, 1, 0], range(6), [0] * 6)
    np.testing.assert_array_equal(gaps, [np.nan, np.nan, np.nan, 2, 0, 1])
    limits = g_limits(gaps, [0] * 6)
    assert [limits.mean[0], limits.lower[0], limits.upper[0]] == pytest.approx([1, 0, 5.2426], abs=1e-4)


# ---- NHSRplotthedots ----


@needs_oracle
@pytest.mark.parametrize(
    "case", [case for case in oracle_cases("xmr_limits") if case["id"] not in ("facets", "opposite_sides")], ids=lambda case: case["id"]
)
def test_limits_agree_with_the_oracle(case: dict[str, Any]) -> None:
    # The oracle prints seven digits, or two decimals in figure captions.
    tolerance = 0.005 if "2 decimals" in case.get("precision", "") else 1e-6
    limits = xmr_limits(case["values"], *one_part(len(case["values"])), screen_outliers=case["screen_outliers"])
    expected = case["expected"]
    assert limits.mean[0] == pytest.approx(expected["mean"], abs=tolerance)
    assert limits.lower[0] == pytest.approx(expected["lpl"], abs=tolerance)
    assert limits.upper[0] == pytest.approx(expected["upl"], abs=tolerance)
    rules = rules_of(case["values"], screen_outliers=case["screen_outliers"])
    if "flagged_index_1based" in expected:
        assert [number + 1 for number, rule in enumerate(rules) if rule] == expected["flagged_index_1based"]
    if "n_common_cause" in expected:
        assert rules.count("") == expected["n_common_cause"]


@needs_oracle
def test_two_parts_have_their_own_limits_as_facets_have() -> None:
    [case] = [case for case in oracle_cases("xmr_limits") if case["id"] == "facets"]
    part = np.repeat([0, 1], 10)
    limits = xmr_limits(case["values"], part, np.append(False, part[1:] == part[:-1]))
    for place, name in ((0, "facet0"), (10, "facet1")):
        expected = case["expected"][name]  # three significant digits
        found = [limits.mean[place], limits.lower[place], limits.upper[place]]
        assert found == pytest.approx([expected["mean"], expected["lpl"], expected["upl"]], rel=0.005)


@needs_oracle
def test_two_near_points_on_opposite_sides_are_common_cause() -> None:
    [case] = [case for case in oracle_cases("xmr_limits") if case["id"] == "opposite_sides"]
    assert rules_of(case["values"])[-2:] == ["", ""]


@needs_oracle
@pytest.mark.parametrize("case", oracle_cases("seven_points_one_side"), ids=str)
def test_shift_agrees_with_the_oracle(case: dict[str, Any]) -> None:
    # The oracle marks the seventh and later points of a run; every point that lies in a window ending there is flagged.
    sides = case["sign_of_y_minus_mean"]
    assert shift_of_seven(sides, one_part(len(sides))[1]).tolist() == covered(case["expected"], 7)


@needs_oracle
@pytest.mark.parametrize("case", oracle_cases("part_of_seven"), ids=str)
def test_a_whole_run_is_flagged_as_in_the_oracle(case: dict[str, Any]) -> None:
    assert covered(case["flags"], 7) == [bool(flag) for flag in case["expected"]]


@needs_oracle
@pytest.mark.parametrize("case", oracle_cases("seven_point_trend"), ids=str)
def test_trend_agrees_with_the_oracle(case: dict[str, Any]) -> None:
    found = trend_of_seven(case["y"], one_part(len(case["y"]))[1])
    assert (found != 0).tolist() == covered(case["expected"], 7)
    assert set(found[found != 0]) <= set(case["expected"])


@needs_oracle
@pytest.mark.parametrize("case", oracle_cases("two_in_three"), ids=str)
def test_two_in_three_agrees_with_the_oracle(case: dict[str, Any]) -> None:
    # The oracle's first step marks whole windows; the points flagged are those of them that are near a limit.
    near = case["close_to_limits"]
    found = two_in_three(near, case["side_of_mean"], one_part(len(near))[1])
    assert found.tolist() == [bool(window and close) for window, close in zip(case["expected"], near, strict=True)]


@needs_oracle
@pytest.mark.parametrize("case", oracle_cases("part_of_two_in_three"), ids=str)
def test_part_of_two_in_three_agrees_with_the_oracle(case: dict[str, Any]) -> None:
    near = case["close_to_limits"]
    assert two_in_three(near, case["side_of_mean"], one_part(len(near))[1]).tolist() == [bool(flag) for flag in case["expected"]]


@needs_oracle
@pytest.mark.parametrize("case", oracle_cases("assurance"), ids=lambda case: case["improvement_direction"])
def test_assurance_agrees_with_the_oracle(case: dict[str, Any]) -> None:
    words = {"consistent_fail": "fails", "consistent_pass": "passes", "inconsistent": "hit or miss", None: ""}
    polarity = {"increase": "higher", "decrease": "lower", "neutral": "neutral"}[case["improvement_direction"]]
    lower, _, upper = np.array(case["limits_lpl_mean_upl"]).T
    assert assure(case["target"], lower, upper, polarity).tolist() == [words[word] for word in case["expected"]]


def covered(ends: list[int], length: int) -> list[bool]:
    """Points within a window of a length that ends at a marked point."""
    return [any(ends[place : place + length]) for place in range(len(ends))]


# ---- the rules and their precedence ----

_QUIET = [10.0, 11.0, 10.0, 9.0, 10.0, 11.0, 9.0, 10.0, 11.0, 9.0]


def test_precedence_is_outside_then_trend_then_two_in_three_then_shift() -> None:
    limits = Limits(np.full(9, 10.0), np.full(9, 4.0), np.full(9, 16.0))
    part, follows = one_part(9)
    values = [11.0, 12, 13, 14.5, 15, 15.5, 17, 11, 11]
    rule = special_causes(values, limits, part, follows).rule
    assert [RULES[number] for number in rule] == [*["trend"] * 6, "outside", "shift", "shift"]
    values = [11.0, 12, 11, 14.5, 15, 12, 11, 11, 11]
    rule = special_causes(values, limits, part, follows).rule
    assert [RULES[number] for number in rule] == ["shift"] * 3 + ["two_in_three"] * 2 + ["shift"] * 4


def test_a_point_on_a_limit_or_on_the_mean_is_not_beyond_it() -> None:
    limits = Limits(np.full(7, 10.0), np.full(7, 4.0), np.full(7, 16.0))
    part, follows = one_part(7)
    assert not special_causes([16.0, 10, 11, 11, 4, 10, 11], limits, part, follows).rule.any()


def test_one_odd_point_among_equal_ones_leaves_the_others_alone() -> None:
    values = [100.0] * 10 + [90.0] + [100.0] * 10
    assert [place for place, rule in enumerate(rules_of(values)) if rule == "outside"] == [10]


def test_equal_points_are_common_cause() -> None:
    assert not any(rules_of([5.0] * 20))


def test_a_gap_ends_runs_and_trends_and_has_no_moving_range() -> None:
    rising = np.array([1.0, 2, 3, 4, 5, 6, 7])
    part, follows = one_part(7)
    assert trend_of_seven(rising, follows).all()
    follows[3] = False
    assert not trend_of_seven(rising, follows).any()
    assert not shift_of_seven(np.ones(7), follows).any()
    jump = np.append(np.tile([1.0, 2.0], 4), np.tile([101.0, 102.0], 4))
    part, follows = one_part(16)
    follows[8] = False
    limits = xmr_limits(jump, part, follows)
    assert limits.upper[0] - limits.mean[0] == pytest.approx(2.66)


def test_a_part_without_successive_points_has_a_mean_and_no_limits() -> None:
    limits = xmr_limits([3.0, 5.0], [0, 0], [False, False])
    assert limits.mean.tolist() == [4, 4]
    assert np.isnan(limits.upper).all()
    assert not special_causes([3.0, 500.0], limits, [0, 0], [False, False]).rule.any()


def test_no_points_at_all_give_no_limits() -> None:
    assert xmr_limits([], [], []).mean.size == 0
    assert special_causes([], xmr_limits([], [], []), [], []).rule.size == 0
    assert gaps_between([], [], []).size == 0
    assert chart_facts([], [], [], [], []).points.size == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: xmr_limits([1.0, np.nan], [0, 0], [False, True]), "1 of 2 points have no value"),
        (lambda: xmr_limits([1.0, 2.0], [0], [False, True]), "part numbers"),
        (lambda: xmr_limits([1.0, 2.0], [0, 0], [False]), "marks of what follows what"),
        (lambda: p_limits([5], [0], [0]), "a base that is missing, zero or below zero"),
        (lambda: p_limits([5], [4], [0]), "above its base"),
    ],
)
def test_refuses_what_cannot_be(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


# ---- judgement ----


def test_neutral_is_a_full_answer() -> None:
    assert judge([1, -1, 0], "higher").tolist() == ["improvement", "concern", ""]
    assert judge([1, -1, 0], "lower").tolist() == ["concern", "improvement", ""]
    assert judge([1, -1, 0], "neutral").tolist() == ["neutral", "neutral", ""]
    assert assure([4], [1], [3], "neutral").tolist() == [""]
    assert assure([np.nan], [1], [3], "higher").tolist() == [""]


# ---- the choice of chart ----


def chosen(
    numerator: Any, denominator: Any = np.nan, *, share: bool = True, follows: Any = None, terms: ChartTerms = ChartTerms()
) -> tuple[str, str]:
    size = len(numerator)
    part, successive = one_part(size)
    facts = chart_facts(
        part, successive if follows is None else follows, numerator, np.broadcast_to(denominator, size), np.full(size, share)
    )
    chart, reason = choose_charts(facts, terms)
    return str(chart[0]), str(reason[0])


def test_the_chart_follows_points_counts_and_bases() -> None:
    assert chosen([50] * 7, 100) == ("run", "few points")
    assert chosen([50] * 8, 100) == ("xmr", "")
    assert chosen([4, 5] * 6, 100) == ("run", "rare")
    assert chosen([5] * 12, 100) == ("xmr", "")
    assert chosen([0, 0, 0, 2] * 4, share=False) == ("g", "rare")
    assert chosen([50, 80] * 6, [100, 180] * 6) == ("p", "uneven bases")
    assert chosen([50, 80] * 6, [100, 150] * 6) == ("xmr", "")  # 25 from 125 is not above a quarter
    assert chosen([5000, 8000] * 6, [10_000, 18_000] * 6) == ("xmr", "")
    assert chosen([50, 80] * 6, [100, 180] * 6, share=False) == ("xmr", "")
    assert chosen([np.nan] * 12) == ("xmr", "")


def test_gaps_take_away_limits_and_g_charts() -> None:
    scattered = np.zeros(12, dtype=bool)
    assert chosen([50] * 12, 100, follows=scattered) == ("run", "gaps")
    assert chosen([0, 0, 0, 2] * 4, share=False, follows=np.zeros(16, dtype=bool)) == ("run", "rare")


def test_each_part_is_chosen_for_by_itself() -> None:
    part = np.repeat([7, 3], [12, 8])
    follows = np.append(False, part[1:] == part[:-1])
    numerator = np.append(np.tile([50, 80], 6), np.tile([2], 8)).astype(float)
    denominator = np.append(np.tile([100, 180], 6), np.tile([100], 8)).astype(float)
    chart, reason = choose_charts(chart_facts(part, follows, numerator, denominator, np.ones(20, dtype=bool)))
    assert (chart.tolist(), reason.tolist()) == (["p", "run"], ["uneven bases", "rare"])


# ---- against a plain loop, and by property ----


@st.composite
def several_series(draw: st.DrawFn) -> tuple[Any, Any, Any]:
    """Values, parts and `follows` of one to four parts with gaps; whole numbers, so that ties and points on the mean occur."""
    sizes = draw(st.lists(st.integers(1, 30), min_size=1, max_size=4))
    part = np.repeat(np.arange(len(sizes)), sizes)
    values = draw(arrays(np.int64, part.size, elements=st.integers(-20, 20))).astype(float)
    unbroken = draw(arrays(np.bool_, part.size, elements=st.sampled_from([True, True, True, True, True, True, True, False])))
    return values, part, unbroken & np.append(False, part[1:] == part[:-1])


def plain_rules(values: Any, follows: Any) -> list[tuple[str, int]]:
    """The rule and side of each point of one part, point by point and window by window."""
    size = len(values)
    ranges = [abs(values[i] - values[i - 1]) for i in range(1, size) if follows[i]]
    if not ranges:
        return [("", 0)] * size
    mean, average = sum(values) / size, sum(ranges) / len(ranges)
    kept = [one for one in ranges if one < 3.267 * average]
    if kept and sum(kept) > 0:
        average = sum(kept) / len(kept)
    low, high = mean - 2.66 * average, mean + 2.66 * average
    side = [int(value > mean) - int(value < mean) for value in values]
    near = [
        not (value > high or value < low) and (value > mean + 2 / 3 * (high - mean) or value < mean - 2 / 3 * (mean - low))
        for value in values
    ]
    found = [("", 0)] * size

    def windows(length: int) -> list[range]:
        spans = [range(end - length + 1, end + 1) for end in range(length - 1, size)]
        return [span for span in spans if all(follows[i] for i in span[1:])]

    for span in windows(7):
        if abs(sum(side[i] for i in span)) == 7:
            found = [("shift", side[i]) if i in span else one for i, one in enumerate(found)]
    for span in windows(3):
        if abs(sum(side[i] for i in span)) == 3 and sum(near[i] for i in span) >= 2:
            found = [("two_in_three", side[i]) if i in span and near[i] else one for i, one in enumerate(found)]
    for span in reversed(windows(7)):
        steps = {int(values[i] > values[i - 1]) - int(values[i] < values[i - 1]) for i in span[1:]}
        if steps in ({1}, {-1}):
            # the point between two trends belongs to the earlier, by which it was reached
            found = [("trend", steps.copy().pop()) if i in span else one for i, one in enumerate(found)]
    return [("outside", 1) if values[i] > high else ("outside", -1) if values[i] < low else one for i, one in enumerate(found)]


@settings(max_examples=300)
@given(several_series())
def test_agrees_with_a_plain_loop(series: tuple[Any, Any, Any]) -> None:
    values, part, follows = series
    found = special_causes(values, xmr_limits(values, part, follows), part, follows)
    expected = [one for number in np.unique(part) for one in plain_rules(values[part == number].tolist(), follows[part == number].tolist())]
    assert [(RULES[rule], int(side)) for rule, side in zip(found.rule, found.side, strict=True)] == expected


@given(several_series(), st.randoms())
def test_parts_together_are_as_each_alone_in_any_order(series: tuple[Any, Any, Any], chance: Any) -> None:
    values, part, follows = series
    together = special_causes(values, xmr_limits(values, part, follows), part, follows)
    order = list(np.unique(part))
    chance.shuffle(order)
    rows = np.concatenate([np.flatnonzero(part == number) for number in order])
    shuffled = special_causes(values[rows], xmr_limits(values[rows], part[rows], follows[rows]), part[rows], follows[rows])
    np.testing.assert_array_equal(shuffled.rule, together.rule[rows])
    np.testing.assert_array_equal(shuffled.side, together.side[rows])


@given(several_series(), st.integers(-1000, 1000))
def test_adding_a_constant_moves_limits_by_it(series: tuple[Any, Any, Any], constant: int) -> None:
    values, part, follows = series
    before, after = xmr_limits(values, part, follows), xmr_limits(values + constant, part, follows)
    for name in ("mean", "lower", "upper"):
        np.testing.assert_allclose(getattr(after, name), getattr(before, name) + constant, atol=1e-9)


@given(several_series())
def test_turning_values_over_turns_sides_over_and_no_rule(series: tuple[Any, Any, Any]) -> None:
    values, part, follows = series
    found = special_causes(values, xmr_limits(values, part, follows), part, follows)
    turned = special_causes(-values, xmr_limits(-values, part, follows), part, follows)
    np.testing.assert_array_equal(turned.rule, found.rule)
    np.testing.assert_array_equal(turned.side, -found.side)


@given(arrays(np.int8, 20, elements=st.sampled_from([-1, 0, 1])))
def test_the_other_polarity_turns_judgements_over(side: Any) -> None:
    swap = {"improvement": "concern", "concern": "improvement", "": ""}
    assert [swap[word] for word in judge(side, "higher").tolist()] == judge(side, "lower").tolist()


# ---- false alarms ----


def test_series_without_a_change_seldom_alarm() -> None:
    # Of points within known limits 0.27% lie outside, and each run of seven on one side has a chance of 2 x 0.5^7 a window; limits worked
    # out from few points alarm a little more often. docs/methods.md has the measured shares.
    series, points = 2000, 24
    values = np.random.default_rng(4).normal(size=series * points)
    part = np.repeat(np.arange(series), points)
    follows = np.append(False, part[1:] == part[:-1])
    rule = special_causes(values, xmr_limits(values, part, follows), part, follows).rule
    shares = {name: float(np.mean(rule == number)) for number, name in enumerate(RULES)}
    assert 0.003 < shares["outside"] < 0.015
    assert shares["trend"] < 0.004
    assert shares["two_in_three"] < 0.03
    assert shares["shift"] < 0.06
    assert shares[""] > 0.92
