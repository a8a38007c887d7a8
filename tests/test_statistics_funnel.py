"""Funnel limits: worked by hand, against PHEindicatormethods, by property, and at the edges."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.special import gammaincinv

from hscb_qa.statistics.funnel import funnel_limits_proportion, funnel_limits_rate, funnel_position, pooled_baseline
from hscb_qa.statistics.intervals import wilson_interval

ORACLE = Path(__file__).resolve().parents[2] / "shared" / "oracles" / "phe_funnel.json"
needs_oracle = pytest.mark.skipif(not ORACLE.exists(), reason=f"PHEindicatormethods' funnels are not at {ORACLE.name} beside the project")
# Half a unit of the last place printed: limits of proportions to 6 places (8 in the second table). The tables of rates and
# ratios are found by search there and stand to about 5 figures of the population.
PRINTED_SIX, PRINTED_EIGHT, SEARCHED = 6e-7, 6e-9, 2e-5
POSITIONS = {"Low (0.001)": -2, "Low (0.025)": -1, "Not significant": 0, "High (0.025)": 1, "High (0.001)": 2}
BOTH = [(0.95, "2s"), (0.998, "3s")]

Numbers = NDArray[np.float64]


def oracle(statistic: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(ORACLE.read_text(encoding="utf-8"))[statistic]
    return found


def column(rows: list[dict[str, str]], name: str) -> Numbers:
    return np.array([float({key.strip(): value for key, value in row.items()}[name]) for row in rows])


def positions(rows: list[dict[str, str]], name: str) -> list[int]:
    return [POSITIONS[row[name]] for row in rows]


def positions_in_funnel(limits: Any, numerator: Numbers, denominator: Numbers) -> list[int]:
    baseline = pooled_baseline(numerator, denominator, np.zeros(numerator.size))
    outer, inner = limits(denominator, baseline, 0.998), limits(denominator, baseline, 0.95)
    found: list[int] = funnel_position(numerator / denominator, *inner, *outer).tolist()
    return found


# ---- worked by hand ----


def test_the_limits_of_a_quarter_of_275_worked_by_hand() -> None:
    # sqrt(0.25 x 0.75 / 275) = 0.026112; x 1.959964 = 0.051178; x 3.090232 = 0.080692
    assert np.array(funnel_limits_proportion(275, 0.25)) == pytest.approx([0.198822, 0.301178], abs=1e-6)
    assert np.array(funnel_limits_proportion(275, 0.25, 0.998)) == pytest.approx([0.169308, 0.330692], abs=1e-6)


def test_where_3_69_are_expected_none_at_all_lies_on_the_limit() -> None:
    # Exact Poisson: no event at all allows up to -ln 0.025 = 3.688879, so 3.688879 expected have the lower limit 0.
    assert funnel_limits_rate(3.688879, 1)[0] == pytest.approx(0, abs=1e-6)
    assert funnel_limits_rate(3.7, 1)[0] > 0
    # One event allows from -ln 0.975 = 0.025318 on: the upper limit there is one event.
    assert funnel_limits_rate(0.025317808, 1)[1] * 0.025317808 == pytest.approx(1, abs=1e-6)


def test_a_baseline_is_pooled_and_no_mean_of_shares() -> None:
    # (9 + 10) / (275 + 25) = 0.0633; the mean of shares would be 0.2164.
    found = pooled_baseline([9, 10, np.nan, 4, 1], [275, 25, 50, 0, np.nan], ["x", "x", "x", "y", "y"])
    assert found[:3] == pytest.approx(19 / 300)
    assert np.isnan(found[3:]).all()


def test_a_value_on_a_limit_is_inside_it_and_a_missing_one_is_nowhere() -> None:
    values = [0.9, 1, 2.9, 3, 5, 7, 7.1, 9, 9.1, np.nan]
    assert funnel_position(values, 3, 7, 1, 9).tolist() == [-2, -1, -1, 0, 0, 0, 1, 1, 2, 0]
    assert funnel_position(5, np.nan, np.nan, np.nan, np.nan) == 0


# ---- PHEindicatormethods ----


@needs_oracle
@pytest.mark.parametrize(("confidence", "sigma"), BOTH)
@pytest.mark.parametrize(
    ("table", "close"),
    [("expected_limits_multiplier_100", PRINTED_SIX), ("expected_limits_filtered_denominator_lt_31000", PRINTED_EIGHT)],
)
def test_agrees_with_the_oracle_on_limits_of_proportions(table: str, close: float, confidence: float, sigma: str) -> None:
    case = oracle("proportion")
    rows = case[table]
    assert len(rows) == 100
    numerator, denominator = column(case["inputs"], "numerator"), column(case["inputs"], "denominator")
    chosen = denominator < (31_000 if "filtered" in table else np.inf)
    baseline = pooled_baseline(numerator[chosen], denominator[chosen], np.zeros(chosen.sum()))[0]
    assert baseline * 100 == pytest.approx(column(rows, "Baseline")[0], abs=close)
    lower, upper = funnel_limits_proportion(column(rows, "Population"), baseline, confidence)
    suffix = {"2s": "2s0025limit", "3s": "3s0001limit"}[sigma]
    assert np.abs(lower * 100 - column(rows, f"Lower{suffix}")).max() < close
    assert np.abs(upper * 100 - column(rows, f"Upper{suffix}")).max() < close


@needs_oracle
@pytest.mark.parametrize(("confidence", "sigma"), BOTH)
@pytest.mark.parametrize("table", ["expected_limits_dsr", "expected_limits_crude_lt10", "expected_limits_crude_zero_events"])
def test_agrees_with_the_oracle_on_limits_of_rates(table: str, confidence: float, sigma: str) -> None:
    # The oracle gives for a count the yearly population, of three years' data, at which it lies on the limit; ours gives
    # the limit for that population.
    rows = oracle("rate")[table]
    assert len(rows) == 100
    for side, name in enumerate(("lower", "upper")):
        baseline = column(rows, "baseline") / 100_000
        found = funnel_limits_rate(3 * column(rows, f"{name}_{sigma}_population_1_year"), baseline, confidence)[side]
        assert found * 100_000 == pytest.approx(column(rows, f"{name}_{sigma}_limit"), rel=SEARCHED)


@needs_oracle
@pytest.mark.parametrize(("confidence", "sigma"), BOTH)
def test_agrees_with_the_oracle_on_limits_of_ratios(confidence: float, sigma: str) -> None:
    rows = oracle("ratio")["expected_limits"]
    assert len(rows) == 100
    for side, name in enumerate(("lower", "upper")):
        found = funnel_limits_rate(column(rows, f"{name}_{sigma}_exp_events"), 1, confidence)[side]
        assert found * 100 == pytest.approx(column(rows, f"{name}_{sigma}_isr"), rel=SEARCHED)


@needs_oracle
def test_agrees_with_the_oracle_on_the_place_of_every_proportion() -> None:
    rows = oracle("proportion")["inputs"]
    assert len(rows) == 303
    found = positions_in_funnel(funnel_limits_proportion, column(rows, "numerator"), column(rows, "denominator"))
    assert found == positions(rows, "significance")


@needs_oracle
def test_agrees_with_the_oracle_on_the_place_of_every_ratio() -> None:
    rows = oracle("ratio")["inputs"]
    assert len(rows) == 300
    observed, expected = column(rows, "obs"), column(rows, "expected")
    inner, outer = funnel_limits_rate(expected, 1), funnel_limits_rate(expected, 1, 0.998)
    assert funnel_position(observed / expected, *inner, *outer).tolist() == positions(rows, "significance")


@needs_oracle
@pytest.mark.parametrize("kind", ["crude", "dsr"])
@pytest.mark.parametrize("unit", ["per_100000", "per_100"])
@pytest.mark.parametrize("zeros", ["with_0", "without_0"])
def test_agrees_with_the_oracle_on_the_place_of_every_rate(kind: str, unit: str, zeros: str) -> None:
    rows = oracle("rate")["inputs_for_significance"]
    assert len(rows) == 40
    # The places without event have no directly standardised rate, and are left out of "without_0" altogether.
    kept = [row for row in rows if row["count"] != "0" or (kind, zeros) == ("crude", "with_0")]
    rate = column(kept, "rate_dsr" if kind == "dsr" else f"rate_crude_{unit}")
    per = 100 if (kind, unit) == ("crude", "per_100") else 100_000
    events = column(kept, "count")
    population = np.where(events > 0, events / np.where(rate > 0, rate, 1) * per, column(kept, "pop"))
    assert positions_in_funnel(funnel_limits_rate, events, population) == positions(kept, f"{kind}_{unit}_{zeros}")


# ---- properties ----

sizes = st.integers(min_value=1, max_value=200_000)
baselines = st.floats(min_value=0.001, max_value=0.999)
confidences = st.sampled_from([0.95, 0.998])


@given(sizes, baselines, confidences)
def test_a_share_on_its_limit_has_a_wilson_interval_that_ends_at_the_baseline(size: int, baseline: float, confidence: float) -> None:
    lower, upper = funnel_limits_proportion(size, baseline, confidence)
    assert 0 <= lower <= baseline <= upper <= 1
    if lower > 0:
        assert wilson_interval(lower * size, size, confidence)[1] == pytest.approx(baseline, abs=1e-9)
    if upper < 1:
        assert wilson_interval(upper * size, size, confidence)[0] == pytest.approx(baseline, abs=1e-9)


@given(sizes, st.floats(min_value=1e-5, max_value=0.05), confidences)
def test_a_count_on_its_limit_has_an_interval_that_ends_at_the_baseline(size: int, baseline: float, confidence: float) -> None:
    lower, upper = funnel_limits_rate(size, baseline, confidence)
    assert 0 <= lower <= baseline <= upper
    tail = (1 - confidence) / 2
    assert gammaincinv(upper * size, tail) == pytest.approx(baseline * size, rel=1e-6)
    if lower > 0:
        assert gammaincinv(lower * size + 1, 1 - tail) == pytest.approx(baseline * size, rel=1e-6)


counts = st.lists(st.tuples(st.integers(0, 50), st.integers(50, 5_000), st.sampled_from(["x", "y"])), min_size=1, max_size=20)


@given(counts, st.randoms())
def test_the_order_of_places_changes_no_baseline_and_groups_stand_alone(rows: list[tuple[int, int, str]], random: Any) -> None:
    numerator, denominator, group = (np.array(each) for each in zip(*rows, strict=True))
    together = pooled_baseline(numerator, denominator, group)
    order = np.array(random.sample(range(len(rows)), len(rows)))
    assert pooled_baseline(numerator[order], denominator[order], group[order]) == pytest.approx(together[order])
    for name in np.unique(group):
        own = group == name
        assert pooled_baseline(numerator[own], denominator[own], group[own]) == pytest.approx(together[own])


@given(sizes, baselines, confidences)
def test_the_funnel_of_the_complement_is_the_mirror_image(size: int, baseline: float, confidence: float) -> None:
    lower, upper = funnel_limits_proportion(size, baseline, confidence)
    mirrored = funnel_limits_proportion(size, 1 - baseline, confidence)
    assert np.array(mirrored) == pytest.approx(np.array([1 - upper, 1 - lower]), abs=1e-12)


# ---- edges ----


@pytest.mark.parametrize("limits", [funnel_limits_proportion, funnel_limits_rate])
def test_there_is_no_limit_without_a_size_or_a_baseline(limits: Any) -> None:
    found = np.array(limits([0, np.nan, 10], [0.5, 0.5, np.nan]))
    assert np.isnan(found).all()
    assert np.array(limits(10, 0)).tolist() == [0, 0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: funnel_limits_proportion(-1, 0.5), "below zero"),
        (lambda: funnel_limits_proportion(10, 80), "write 80% as 0.8"),
        (lambda: funnel_limits_proportion(10, 0.5, 95), "write 95% as 0.95"),
        (lambda: funnel_limits_rate(10, -0.1), "below zero"),
        (lambda: funnel_limits_rate(10, 0.5, 0.5), "not from 0.9"),
    ],
)
def test_refuses_what_cannot_be(call: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
