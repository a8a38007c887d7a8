"""Trends, comparisons and verdicts: worked by hand, against Fingertips, by property, and at the edges."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_qa.statistics.comparisons import compare, verdict
from hscb_qa.statistics.trends import CANNOT_BE_CALCULATED, FALLING, NO_CHANGE, RISING, THRESHOLD, chi_squared_trend

ORACLE = Path(__file__).resolve().parents[2] / "shared" / "oracles" / "fingertips_trend_benchmark.json"
needs_oracle = pytest.mark.skipif(not ORACLE.exists(), reason=f"Fingertips' cases are not at {ORACLE.name} beside the project")
POLARITY = {"High is good": "higher", "Low is good": "lower", "No judgement": "neutral"}
POLARITY |= {"HighIsGood": "higher", "LowIsGood": "lower", "NoJudgement": "neutral"}
TREND_WORDS = {RISING: "Increasing", FALLING: "Decreasing", NO_CHANGE: "NoChange", CANNOT_BE_CALCULATED: "CannotBeCalculated"}
DIFFERENCES = {"Increasing": "higher", "Decreasing": "lower", "NoChange": "similar", "CannotBeCalculated": "not tested"}


def oracle(part: str) -> Any:
    return json.loads(ORACLE.read_text(encoding="utf-8"))[part]


def trend_of(values: Any, half_width: float) -> int:
    line = np.asarray(values, dtype=float)
    return int(chi_squared_trend(line, line - half_width, line + half_width)[0])


def trend_in_words(trend: int, polarity: str) -> str:
    word = TREND_WORDS[trend]
    judged = str(verdict(DIFFERENCES[word], polarity))
    return f"{word}AndGetting{judged.capitalize()}" if judged else word


# ---- worked by hand ----


def test_a_straight_line_worked_by_hand() -> None:
    # Slope 1; sum of (t - 3)^2 = 10; with standard error s chi-squared is 10 / s^2, above 9.5495 while s < 1.0233.
    # s is the half width / 1.96.
    assert trend_of([[1, 2, 3, 4, 5]], 1.96 * 1.0232) == RISING
    assert trend_of([[1, 2, 3, 4, 5]], 1.96 * 1.0234) == NO_CHANGE
    assert trend_of([[5, 4, 3, 2, 1]], 1.96 * 1.0232) == FALLING
    assert pytest.approx((10 / THRESHOLD) ** 0.5, abs=1e-4) == 1.0233


def test_a_rise_that_one_point_makes_is_none() -> None:
    # The slope of all five is +1.6; without the last the others fall: sum (t - 2.5) v = -1.5 x 3 - 0.5 x 2 + 0.5 x 1 = -5.
    assert trend_of([[3, 2, 1, 0, 12]], 0.1) == NO_CHANGE
    # Without the last the others are level: a slope of zero has no sign, whichever way the last point lies.
    assert trend_of([[2, 2, 2, 2, 12]], 0.1) == NO_CHANGE
    assert trend_of([[2, 2, 2, 2, -12]], 0.1) == NO_CHANGE


@pytest.mark.parametrize("at", [0, 2, 4])
@pytest.mark.parametrize("fault", ["value", "lower", "upper", "no width"])
def test_a_trend_with_a_missing_point_or_interval_cannot_be_calculated(at: int, fault: str) -> None:
    values = np.tile(np.arange(5.0), (2, 1))
    lower, upper = values - 0.1, values + 0.1
    {"value": values, "lower": lower, "upper": upper, "no width": upper}[fault][1, at] = lower[1, at] if fault == "no width" else np.nan
    assert chi_squared_trend(values, lower, upper).tolist() == [RISING, CANNOT_BE_CALCULATED]


def test_only_five_points_make_a_trend_and_no_series_makes_none() -> None:
    with pytest.raises(ValueError, match="rows of 5 points"):
        trend_of([[1, 2, 3, 4]], 1)
    assert chi_squared_trend(*np.empty((3, 0, 5))).tolist() == []


def test_a_limit_equal_to_the_other_figure_is_similar() -> None:
    found = compare([4, 4.1, 3, np.nan, 3, 3], [6, 6, 4, 6, 3.9, 5], [4, 4, 4, 4, 4, np.nan])
    assert found.tolist() == ["similar", "higher", "similar", "not tested", "lower", "not tested"]


def test_only_a_difference_with_a_polarity_has_a_verdict() -> None:
    assert verdict(["higher", "lower", "similar", "not tested"], "higher").tolist() == ["better", "worse", "", ""]
    assert verdict("higher", ["higher", "lower", "neutral"]).tolist() == ["better", "worse", ""]
    with pytest.raises(ValueError, match="'High' is none of higher, lower, neutral"):
        verdict("higher", "High")


# ---- Fingertips ----

# The fixture of GpRegisteredPopulationOver65 has no intervals: Fingertips then says "no change", since nothing was found
# significant; here nothing was tested, so it cannot be calculated. EmergencyReadmissions is of a type for which Fingertips
# draws no trend whatever the numbers; which indicators have one is settled before this function is called. The newest value
# of Under75CancerMortality is a slip, a division of whole numbers that comes to 0; it is kept as 0.
DIFFERENT = {"GpRegisteredPopulationOver65": "CannotBeCalculated"}
NOT_ASKED = {"EmergencyReadmissions"}


def number(given: float | str | None) -> float:
    if isinstance(given, str):
        above, below = given.split("/")
        return int(above) // int(below)
    return np.nan if given is None else given


def points(case: dict[str, Any]) -> Any:
    oldest_first = case["points_newest_first"][::-1]
    return ([[number(point.get(name)) for point in oldest_first]] for name in ("Value", "LowerCI", "UpperCI"))


@needs_oracle
def test_agrees_with_the_oracle_on_trends() -> None:
    cases = oracle("trend_cases")
    assert len(cases) == 6
    for name, case in cases.items():
        if name not in NOT_ASKED:
            (trend,) = chi_squared_trend(*points(case)).tolist()
            assert trend_in_words(trend, POLARITY[case["polarity"]]) == DIFFERENT.get(name, case["expected"]), name


@needs_oracle
def test_agrees_with_the_oracle_on_what_a_trend_means() -> None:
    cases = oracle("polarity_cases")
    assert len(cases) == 7
    codes = {word: code for code, word in TREND_WORDS.items()}
    for case in cases:
        assert trend_in_words(codes[case["trend"]], POLARITY[case["polarity"]]) == case["expected"], case


def in_fingertips_words(values: list[float], others: list[float], half_width: float, polarity: str) -> list[str]:
    line = np.array(values)
    found = compare(line - half_width, line + half_width, others)
    judged = verdict(found, POLARITY[polarity])
    return [word.capitalize() for word in np.where(judged == "", found, judged).tolist()]


@needs_oracle
def test_agrees_with_the_oracle_on_benchmarks() -> None:
    cases = oracle("benchmark_cases")
    assert len(cases) == 3
    for case in cases:
        found = in_fingertips_words(case["target_values"], case["benchmark_values"], case["ci_half_width"], case["polarity"])
        assert found == case["expected"], case


@needs_oracle
@pytest.mark.parametrize("sex", ["female", "male"])
def test_agrees_with_the_oracle_on_inequalities(sex: str) -> None:
    (case,) = oracle("inequality_cases")
    found = in_fingertips_words(case[sex], case["persons"], case["ci_half_width"], case["polarity"])
    assert found == case[f"expected_{sex}"]


# ---- properties ----

lines = st.lists(st.integers(-50, 50), min_size=5, max_size=5)
widths = st.lists(st.integers(1, 100), min_size=5, max_size=5)
series = st.lists(st.tuples(lines, widths), min_size=1, max_size=6)


def trends_of(many: list[tuple[list[int], list[int]]]) -> list[int]:
    line, width = (np.array(each, dtype=float) for each in zip(*many, strict=True))
    trends: list[int] = chi_squared_trend(line, line - width / 10, line + width / 10).tolist()
    return trends


def plain_slope(times: list[int], line: list[int], width: list[int]) -> tuple[float, float]:
    weight = [(39.2 / (2 * each)) ** 2 for each in width]
    total, mean = sum(weight), sum(w * t for w, t in zip(weight, times, strict=True)) / sum(weight)
    level = sum(w * v for w, v in zip(weight, line, strict=True)) / total
    spread = sum(w * (t - mean) ** 2 for w, t in zip(weight, times, strict=True))
    return sum(w * (t - mean) * (v - level) for w, t, v in zip(weight, times, line, strict=True)) / spread, spread


def plain_slopes(line: list[int], width: list[int]) -> list[float]:
    """The slope with each one point dropped, then with none dropped."""
    full = ([1, 2, 3, 4, 5], line, width)
    return [plain_slope(*([each for i, each in enumerate(row) if i != at] for row in full))[0] for at in range(6)]


def plain_trend(line: list[int], width: list[int]) -> int:
    slope, spread = plain_slope([1, 2, 3, 4, 5], line, width)
    slopes = plain_slopes(line, width)
    if slope**2 * spread > THRESHOLD and (min(slopes) > 0 or max(slopes) < 0):
        return RISING if slope > 0 else FALLING
    return NO_CHANGE


@given(series)
def test_many_series_together_are_as_each_alone_and_as_a_plain_reckoning(many: list[tuple[list[int], list[int]]]) -> None:
    together = trends_of(many)
    assert together == [trends_of([one])[0] for one in many]
    assert trends_of(many[::-1]) == together[::-1]
    for (line, width), trend in zip(many, together, strict=True):
        # A slope of zero may come out of floating point with either sign.
        assert trend == plain_trend(line, width) or min(map(abs, plain_slopes(line, width))) < 1e-9


@given(lines, st.integers(1, 100))
def test_the_mirror_image_of_a_rise_is_a_fall(line: list[int], width: int) -> None:
    (up,) = trends_of([(line, [width] * 5)])
    (down,) = trends_of([([-each for each in line], [width] * 5)])
    assert down == -up


figures = st.lists(st.tuples(st.floats(-100, 100), st.floats(0, 10), st.floats(-100, 100)), min_size=1, max_size=10)


@given(figures)
def test_another_polarity_turns_the_verdict_and_not_the_difference(rows: list[tuple[float, float, float]]) -> None:
    value, width, other = (np.array(each) for each in zip(*rows, strict=True))
    found = compare(value - width, value + width, other)
    turned = {"better": "worse", "worse": "better", "": ""}
    assert verdict(found, "lower").tolist() == [turned[each] for each in verdict(found, "higher").tolist()]
    assert set(verdict(found, "neutral").tolist()) == {""}
    mirrored = compare(-value - width, -value + width, -other)
    assert verdict(mirrored, "lower").tolist() == verdict(found, "higher").tolist()
