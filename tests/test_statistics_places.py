"""A place among others and a series of years: funnels, ranks, comparisons and trends, by hand, by oracle and by property."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_qa.statistics import (
    chi_squared_trend,
    compare,
    funnel_limits_proportion,
    funnel_limits_rate,
    funnel_position,
    pooled_baseline,
    rank_and_band,
    verdict,
)

SHARED = Path(__file__).resolve().parents[2] / "shared"
needs_oracles = pytest.mark.skipif(not (SHARED / "oracles").exists(), reason="the outputs of established tools are not beside the project")
needs_lait = pytest.mark.skipif(not (SHARED / "data" / "dfe_lait").exists(), reason="DfE's LAIT files are not beside the project")
HARROW_RANKED = 293  # figures of 33 measures that have a polarity, to 2025
LABELS = {-2: "Low (0.001)", -1: "Low (0.025)", 0: "Not significant", 1: "High (0.025)", 2: "High (0.001)"}


def oracle(name: str) -> Any:
    return json.loads((SHARED / "oracles" / f"{name}.json").read_text(encoding="utf-8"))


def columns(rows: list[dict[str, str]]) -> pd.DataFrame:
    """The oracle's rows with tidy names; texts become numbers where all of a column are."""
    table = pd.DataFrame(rows).rename(columns=str.strip)
    return table.apply(lambda column: pd.to_numeric(column) if column.str.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?").all() else column)


# ---- worked by hand ----


def test_funnel_of_a_share_of_eight_in_ten_worked_by_hand() -> None:
    # 0.8 -/+ 1.959964 sqrt(0.8 x 0.2 / 100) = 0.8 -/+ 0.0784
    lower, upper = funnel_limits_proportion(100, 0.8)
    assert [lower, upper] == pytest.approx([0.7216, 0.8784], abs=1e-4)


def test_bands_of_five_places_worked_by_hand() -> None:
    # Quartiles of 1 to 5 are 2, 3 and 4, and a value on one belongs below it.
    low = rank_and_band([1, 2, 3, 4, 5], [0] * 5, "lower")
    assert (low.rank.tolist(), low.band.tolist()) == ([1, 2, 3, 4, 5], ["A", "A", "B", "C", "D"])
    high = rank_and_band([1, 2, 3, 4, 5], [0] * 5, "higher")
    assert (high.rank.tolist(), high.band.tolist()) == ([5, 4, 3, 2, 1], ["D", "D", "C", "B", "A"])
    neutral = rank_and_band([1, 2, 3, 4, 5], [0] * 5, "neutral")
    assert (neutral.rank.tolist(), neutral.band.tolist()) == ([0] * 5, [""] * 5)


def test_the_outer_fifths_of_twenty_one_places() -> None:
    fifth = rank_and_band(np.arange(21), [0] * 21, "neutral").fifth.tolist()  # quantiles 4 and 16
    assert fifth == ["lowest"] * 5 + [""] * 11 + ["highest"] * 5
    assert set(rank_and_band(np.arange(19), [0] * 19, "neutral").fifth) == {""}
    assert set(rank_and_band([3.0] * 30, [0] * 30, "higher").fifth) == {""}


def test_a_missing_place_has_no_rank_and_counts_for_none() -> None:
    ranks = rank_and_band([2, np.nan, 1], [0, 0, 0], "lower")
    assert (ranks.rank.tolist(), ranks.of.tolist(), ranks.band.tolist()[1], ranks.fifth.tolist()[1]) == ([2, 0, 1], [2, 2, 2], "", "")


# ---- PHEindicatormethods: funnels ----


@needs_oracles
@pytest.mark.parametrize(
    ("limits", "largest"), [("expected_limits_multiplier_100", None), ("expected_limits_filtered_denominator_lt_31000", 31_000)]
)
def test_limits_of_proportions_agree_with_the_oracle(limits: str, largest: int | None) -> None:
    given, expected = columns(oracle("phe_funnel")["proportion"]["inputs"]), columns(oracle("phe_funnel")["proportion"][limits])
    given = given[given["denominator"] < largest] if largest else given
    baseline = pooled_baseline(given["numerator"], given["denominator"], np.zeros(len(given)))[0]
    assert baseline * 100 == pytest.approx(expected["Baseline"].iloc[0], abs=1e-5)
    # The oracle prints seven digits or eight decimals.
    for confidence, name in ((0.95, "2s0025"), (0.998, "3s0001")):
        lower, upper = funnel_limits_proportion(expected["Population"], baseline, confidence)
        np.testing.assert_allclose(lower * 100, expected[f"Lower{name}limit"], atol=1e-5)
        np.testing.assert_allclose(upper * 100, expected[f"Upper{name}limit"], atol=1e-5)


@needs_oracles
def test_labels_of_proportions_agree_with_the_oracle() -> None:
    given = columns(oracle("phe_funnel")["proportion"]["inputs"])
    baseline = pooled_baseline(given["numerator"], given["denominator"], np.zeros(len(given)))
    limits = [one for level in (0.95, 0.998) for one in funnel_limits_proportion(given["denominator"], baseline, level)]
    found = funnel_position(given["numerator"] / given["denominator"], *limits)
    assert [LABELS[place] for place in found.tolist()] == given["significance"].tolist()


@needs_oracles
@pytest.mark.parametrize("table", ["expected_limits_dsr", "expected_limits_crude_lt10", "expected_limits_crude_zero_events"])
@pytest.mark.parametrize(("confidence", "name"), [(0.95, "2s"), (0.998, "3s")])
def test_limits_of_rates_lie_on_the_oracles_curve(table: str, confidence: float, name: str) -> None:
    # The oracle gives, for each count, the size at which it lies on a limit; we give the limit at that size.
    expected = columns(oracle("phe_funnel")["rate"][table])
    for side, place in (("lower", 0), ("upper", 1)):
        rate = expected[f"{side}_{name}_limit"] / 100_000
        found = funnel_limits_rate(expected["Events"] / rate, expected["baseline"] / 100_000, confidence)[place]
        np.testing.assert_allclose(found, rate, rtol=1e-5)  # the oracle solves its 99.8% limits by steps


@needs_oracles
@pytest.mark.parametrize(("confidence", "name"), [(0.95, "2s"), (0.998, "3s")])
def test_limits_of_ratios_lie_on_the_oracles_curve(confidence: float, name: str) -> None:
    expected = columns(oracle("phe_funnel")["ratio"]["expected_limits"])
    for side, place in (("lower", 0), ("upper", 1)):
        found = funnel_limits_rate(expected[f"{side}_{name}_exp_events"], 1, confidence)[place]
        np.testing.assert_allclose(found * 100, expected[f"{side}_{name}_isr"], rtol=1e-5)


@needs_oracles
def test_labels_of_ratios_agree_with_the_oracle() -> None:
    given = columns(oracle("phe_funnel")["ratio"]["inputs"])
    limits = [one for level in (0.95, 0.998) for one in funnel_limits_rate(given["expected"], 1, level)]
    found = funnel_position(given["obs"] / given["expected"], *limits)
    assert [LABELS[place] for place in found.tolist()] == given["significance"].tolist()


def test_a_place_on_a_limit_is_inside_it_and_one_without_a_figure_is_nowhere() -> None:
    assert funnel_position([3, 7, 2, 9, np.nan], 3, 7, 2, 9).tolist() == [0, 0, -1, 1, 0]


# ---- Fingertips: trend, polarity, comparison ----


def trend_of(case: dict[str, Any]) -> int:
    points = case["points_newest_first"][::-1]
    # One fixture's newest value is the expression 120/7742, which its language takes for 0.
    values = [0.0 if isinstance(point["Value"], str) else point["Value"] for point in points]
    limits = [[point.get(name, np.nan) for point in points] for name in ("LowerCI", "UpperCI")]
    return int(chi_squared_trend([values], [limits[0]], [limits[1]])[0])


@needs_oracles
@pytest.mark.parametrize(
    "name",
    ["DiabetesPrevalence", "YorkshireMmrCoverage", "DiabeticEyeDisease", "EmergencyReadmissions", "Under75CancerMortality"],
)
def test_trends_agree_with_the_oracle(name: str) -> None:
    case = oracle("fingertips_trend_benchmark")["trend_cases"][name]
    direction = {1: "Increasing", -1: "Decreasing", 0: "NoChange", 9: "CannotBeCalculated"}[trend_of(case)]
    polarity = {"High is good": "higher", "Low is good": "lower", "No judgement": "neutral"}[case["polarity"]]
    judged = verdict({"Increasing": "higher", "Decreasing": "lower"}.get(direction, "similar"), polarity).item()
    assert direction + (f"AndGetting{judged.capitalize()}" if judged else "") == case["expected"]


def test_a_trend_that_one_point_makes_is_none() -> None:
    values = np.array([[1.0, 1.0, 1.0, 1.0, 9.0]])
    assert chi_squared_trend(values, values - 0.1, values + 0.1).tolist() == [0]


@needs_oracles
def test_comparisons_agree_with_the_oracle() -> None:
    polarities = {"HighIsGood": "higher", "LowIsGood": "lower", "NoJudgement": "neutral"}
    for case in oracle("fingertips_trend_benchmark")["benchmark_cases"]:
        values, width = np.array(case["target_values"]), case["ci_half_width"]
        differences = compare(values - width, values + width, case["benchmark_values"])
        words = [judged or found for judged, found in zip(verdict(differences, polarities[case["polarity"]]), differences, strict=True)]
        assert [str(word).capitalize() for word in words] == case["expected"]


def test_what_has_no_interval_is_not_tested_and_not_judged() -> None:
    assert compare([np.nan], [2], [1]).tolist() == ["not tested"]
    assert verdict(["not tested", "similar"], "higher").tolist() == ["", ""]
    with pytest.raises(ValueError, match="'up' is none of"):
        verdict("higher", "up")


# ---- LAIT: rank and band ----


@needs_lait
def test_ranks_and_bands_agree_with_those_printed_for_harrow() -> None:
    printed = pd.read_csv(SHARED / "domain" / "harrow_published_series.csv").assign(period=lambda rows: rows["period"].astype(str))
    both = printed[printed["polarity_lait"] != "-"].merge(lait_places(), on=["measure_short", "period"])
    better = both["polarity_lait"].str.lower().map({"high": "higher", "low": "lower"})
    ranks = rank_and_band(both["value"], both["measure_short"] + both["period"], better)
    harrow = (both["place"] == "Harrow") & both["value"].notna()
    assert harrow.sum() == HARROW_RANKED
    assert ranks.rank[harrow].tolist() == both.loc[harrow, "harrow_rank"].astype(int).tolist()
    assert ranks.band[harrow].tolist() == both.loc[harrow, "harrow_band"].tolist()
    assert ranks.of[harrow].tolist() == both.loc[harrow, "n_las"].tolist()


def lait_places() -> pd.DataFrame:
    """Every local authority's figure of every measure and year; the noise of binary fractions is taken off, as it would part ties."""
    figures = pd.read_parquet(SHARED / "data" / "dfe_lait" / "bds_long_0.parquet")
    figures = figures[figures["LA Number"].astype("float64").between(201, 950)]
    names = {"Short Desc": "measure_short", "Years": "period", "LA and Regions": "place"}
    return figures.rename(columns=names).assign(value=pd.to_numeric(figures["Values"], errors="coerce").round(6))


# ---- by property ----


@given(st.lists(st.tuples(st.integers(0, 2), st.one_of(st.integers(0, 8), st.none())), min_size=1, max_size=60), st.randoms())
def test_groups_together_are_as_each_alone_in_any_order(rows: list[tuple[int, int | None]], chance: Any) -> None:
    chance.shuffle(rows)
    group = np.array([row[0] for row in rows])
    values = np.array([np.nan if row[1] is None else row[1] for row in rows], dtype=float)
    together = rank_and_band(values, group, "higher")
    for one in np.unique(group):
        known = values[(group == one) & ~np.isnan(values)]
        for place in np.flatnonzero(group == one):
            plain = 0 if np.isnan(values[place]) else int((known > values[place]).sum()) + 1
            assert together.rank[place] == plain
            assert together.of[place] == known.size
            if plain:
                quarter = sum(values[place] > np.quantile(known, share) for share in (0.25, 0.5, 0.75))
                assert together.band[place] == "DCBA"[quarter]


@given(st.lists(st.integers(0, 50), min_size=1, max_size=40))
def test_the_other_polarity_turns_judgements_over_and_no_number(values: list[int]) -> None:
    high, low = (rank_and_band(values, [0] * len(values), polarity) for polarity in ("higher", "lower"))
    assert ["ABCD"["DCBA".index(band)] for band in high.band] == low.band.tolist()
    assert high.of.tolist() == low.of.tolist()
    assert high.fifth.tolist() == low.fifth.tolist()


@given(st.integers(1, 10_000), st.floats(0, 1), st.sampled_from([0.95, 0.998]))
def test_funnels_hold_the_baseline_and_narrow_with_size(size: int, baseline: float, confidence: float) -> None:
    for limits in (funnel_limits_proportion, funnel_limits_rate):
        lower, upper = limits([size, 4 * size], baseline, confidence)
        assert (lower <= baseline).all()
        assert (upper >= baseline - 1e-12).all()
        assert lower[1] >= lower[0] - 1e-12
        assert upper[1] <= upper[0] + 1e-12
