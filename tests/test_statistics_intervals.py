"""Limits: worked by hand, against PHEindicatormethods, by property, and at the edges."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_qa.statistics import byar_interval, wilson_interval
from hscb_qa.statistics.intervals import EXACT_BELOW

ORACLE = Path(__file__).resolve().parents[2] / "shared" / "oracles" / "phe_confidence_intervals.json"
needs_oracle = pytest.mark.skipif(not ORACLE.exists(), reason=f"PHEindicatormethods' outputs are not at {ORACLE.name} beside the project")
CLOSE = 1e-9


# ---- worked by hand ----


def test_wilson_limits_of_nine_in_275_worked_by_hand() -> None:
    # z = 1.959964, z^2 = 3.841459; x = 9, n = 275.
    # middle = 2 x 9 + 3.841459 = 21.841459; scale = 2 (275 + 3.841459) = 557.682918
    # spread = 1.959964 sqrt(3.841459 + 36 (1 - 9/275)) = 1.959964 sqrt(38.663277) = 12.187017
    # lower = 9.654440 / 557.682918 = 0.017312; upper = 34.028478 / 557.682918 = 0.061018
    lower, upper = wilson_interval(9, 275)
    assert lower == pytest.approx(0.017312, abs=1e-6)
    assert upper == pytest.approx(0.061018, abs=1e-6)


def test_byar_limits_of_275_plans_in_60452_children_worked_by_hand() -> None:
    # lower: 275 (1 - 1/2475 - 1.959964 / (3 sqrt 275))^3 = 275 x 0.960199^3 = 275 x 0.885287 = 243.45
    # upper: 276 (1 - 1/2484 + 1.959964 / (3 sqrt 276))^3 = 276 x 1.038923^3 = 276 x 1.121372 = 309.50
    lower, upper = byar_interval(275, 60_452)
    assert lower * 10_000 == pytest.approx(40.27, abs=0.005)
    assert upper * 10_000 == pytest.approx(51.20, abs=0.005)


def test_no_event_at_all_still_allows_up_to_3_69() -> None:
    # Exact Poisson, x = 0: the upper limit u solves exp(-u) = 0.025, so u = -ln 0.025 = 3.688879.
    lower, upper = byar_interval(0)
    assert lower == 0
    assert upper == pytest.approx(3.688879, abs=1e-6)


# ---- PHEindicatormethods ----


def oracle_cases(function: str) -> list[dict[str, Any]]:
    return [case for case in json.loads(ORACLE.read_text(encoding="utf-8"))["cases"] if case["function"] == function]


def mismatches(found: Any, expected: list[float | None]) -> int:
    """How many limits differ; none expected (a missing count, in the oracle's file null) must be NaN."""
    wanted = np.array(expected, dtype=float)
    return int(np.count_nonzero(~np.isclose(np.asarray(found, dtype=float), wanted, rtol=CLOSE, atol=CLOSE, equal_nan=True)))


@needs_oracle
@pytest.mark.parametrize(("function", "interval"), [("wilson", wilson_interval), ("byars", byar_interval)])
def test_agrees_with_the_oracle_on_bare_counts(function: str, interval: Any) -> None:
    # Its `byars` is Byar's formula at any count; ours, like its own phe_rate, goes over to exact limits below ten.
    cases = [case for case in oracle_cases(function) if function == "wilson" or case["x"] >= EXACT_BELOW]
    assert len(cases) >= 4
    for case in cases:
        limits = interval(case["x"], 1 if case["n"] is None else case["n"], case["confidence"])
        assert mismatches(limits, [case["expected"]["lower"], case["expected"]["upper"]]) == 0, case["id"]


@needs_oracle
@pytest.mark.parametrize(("function", "interval"), [("proportion_wilson", wilson_interval), ("rate_byars_or_exact", byar_interval)])
@pytest.mark.parametrize(("confidence", "suffix"), [(0.95, "95_0cl"), (0.998, "99_8cl")])
def test_agrees_with_the_oracle_area_by_area(function: str, interval: Any, confidence: float, suffix: str) -> None:
    cases = oracle_cases(function)
    assert len(cases) >= 19
    counts = np.array([[c["numerator"], c["denominator"]] for c in cases], dtype=float)
    lower, upper = interval(counts[:, 0], counts[:, 1], confidence)
    multiplier = np.array([c["multiplier"] for c in cases])
    assert mismatches(lower * multiplier, [c["expected"][f"lower{suffix}"] for c in cases]) == 0
    assert mismatches(upper * multiplier, [c["expected"][f"upper{suffix}"] for c in cases]) == 0


@needs_oracle
@pytest.mark.parametrize(("function", "interval"), [("proportion_grouped", wilson_interval), ("rate_grouped", byar_interval)])
def test_agrees_with_the_oracle_where_counts_are_summed_before_they_are_divided(function: str, interval: Any) -> None:
    cases = oracle_cases(function)
    assert len(cases) >= 11
    for case in cases:
        numerator, denominator = np.sum(np.array(case["input_rows_numerator_denominator"], dtype=float), axis=0)
        limits = np.array(interval(numerator, denominator)) * case["multiplier"]
        assert mismatches(limits, [case["expected"]["lowercl"], case["expected"]["uppercl"]]) == 0, case["id"]


@needs_oracle
def test_the_comparison_with_the_oracle_can_fail() -> None:
    case = oracle_cases("wilson")[0]
    expected = [case["expected"]["lower"], case["expected"]["upper"] + 1e-6]
    assert mismatches(wilson_interval(case["x"], case["n"], case["confidence"]), expected) == 1
    assert mismatches([0.5, np.nan], [None, 0.5]) == 2


# The oracle's five error cases; every one is a ValueError here. Its "sample sizes must be greater than zero" holds for
# sizes below zero only: an area where nothing happened (denominator zero) is no fault, it has no limits.
@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: byar_interval([65, 0, -4]), "1 of 3 pairs have a count below zero"),
        (lambda: byar_interval([65, 80, 1000], confidence=0.7), "0.7 is not from 0.9"),
        (lambda: byar_interval([65, 80, 1000], confidence=14), "14 is not from 0.9"),
        (lambda: byar_interval([65, 80, 1000], confidence=125), "125 is not from 0.9"),
        (lambda: wilson_interval([65, 0, -4], [100, 5000, 1]), "1 of 3 pairs have a count below zero"),
        (lambda: wilson_interval([65, 80, 1000], [100, 5000, -6]), "1 of 3 pairs have a count below zero"),
        (
            lambda: wilson_interval([65, 80, 1000], [100, 50, 5000]),
            "1 of 3 pairs have a numerator above its denominator",
        ),
        (lambda: wilson_interval([65], [100], confidence=95), "write 95% as 0.95"),
    ],
)
def test_refuses_what_cannot_be(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


# ---- properties ----

denominators = st.integers(min_value=1, max_value=1_000_000)
confidences = st.sampled_from([0.9, 0.95, 0.998])


@st.composite
def proportions(draw: st.DrawFn) -> tuple[int, int]:
    denominator = draw(denominators)
    return draw(st.integers(min_value=0, max_value=denominator)), denominator


@given(proportions(), confidences)
def test_wilson_limits_hold_the_estimate_and_stay_possible(pair: tuple[int, int], confidence: float) -> None:
    x, n = pair
    lower, upper = wilson_interval(x, n, confidence)
    assert 0 <= lower <= x / n + CLOSE
    assert x / n - CLOSE <= upper <= 1
    assert lower < upper


@given(proportions(), confidences)
def test_wilson_limits_of_the_complement_are_the_mirror_image(pair: tuple[int, int], confidence: float) -> None:
    x, n = pair
    lower, upper = wilson_interval([x, n - x], [n, n], confidence)
    assert lower[0] == pytest.approx(1 - upper[1], abs=CLOSE)
    assert upper[0] == pytest.approx(1 - lower[1], abs=CLOSE)


@given(proportions(), st.integers(min_value=2, max_value=20))
def test_wilson_interval_shrinks_as_the_same_share_of_more(pair: tuple[int, int], times: int) -> None:
    x, n = pair
    lower, upper = wilson_interval([x, x * times], [n, n * times])
    assert upper[1] - lower[1] < upper[0] - lower[0]


@given(st.integers(min_value=0, max_value=1_000_000), denominators, confidences)
def test_byar_limits_hold_the_rate(x: int, n: int, confidence: float) -> None:
    lower, upper = byar_interval(x, n, confidence)
    assert 0 <= lower <= x / n < upper


@given(st.integers(min_value=1, max_value=100_000), st.integers(min_value=2, max_value=20))
def test_byar_interval_shrinks_as_the_same_rate_of_more(x: int, times: int) -> None:
    lower, upper = byar_interval([x, x * times], [100, 100 * times])
    assert upper[1] - lower[1] < upper[0] - lower[0]


@given(proportions())
def test_more_confidence_is_a_wider_interval(pair: tuple[int, int]) -> None:
    for interval in (wilson_interval, byar_interval):
        narrow, wide = interval(*pair, 0.95), interval(*pair, 0.998)
        assert wide[0] <= narrow[0] and narrow[1] <= wide[1]


# ---- edges ----


@pytest.mark.parametrize("interval", [wilson_interval, byar_interval])
def test_missing_or_nothing_to_divide_by_has_no_limits(interval: Any) -> None:
    lower, upper = interval([np.nan, 3, 0, np.nan, 3], [10, np.nan, 0, 0, 10])
    assert np.isnan(lower).tolist() == np.isnan(upper).tolist() == [True, True, True, True, False]


def test_a_zero_denominator_is_no_fault_for_a_rate_with_events() -> None:
    assert np.isnan(byar_interval(3, 0)).all()


def test_none_and_all_reach_the_ends_exactly() -> None:
    lower, upper = wilson_interval([0, 12], [12, 12])
    assert lower[0] == 0 and upper[1] == 1
    assert upper[0] == pytest.approx(0.2425, abs=5e-5) and lower[1] == pytest.approx(0.7575, abs=5e-5)


def test_limits_join_where_exact_gives_way_to_byar() -> None:
    lower, upper = byar_interval([EXACT_BELOW - 1, EXACT_BELOW])
    assert lower[0] < lower[1] < upper[0] < upper[1]
    assert upper[0] == pytest.approx(17.0848, abs=1e-4)  # chi-squared, 20 degrees of freedom, over two
    assert lower[1] == pytest.approx(4.7874, abs=1e-4)  # 10 (1 - 1/90 - 1.959964 / (3 sqrt 10))^3


@pytest.mark.parametrize("interval", [wilson_interval, byar_interval])
def test_shapes_follow_the_arguments(interval: Any) -> None:
    assert [np.shape(limit) for limit in interval(3, 10)] == [(), ()]
    assert [np.shape(limit) for limit in interval([], [])] == [(0,), (0,)]
    assert [np.shape(limit) for limit in interval([[1, 2], [3, 4]], 10)] == [(2, 2), (2, 2)]
