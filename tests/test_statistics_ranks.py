"""Ranks, quarters and fifths: worked by hand, against published ranks, against a plain reckoning, and by property."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hscb_qa.statistics.ranks import FIFTHS_FROM, Ranks, rank_and_band

SHARED = Path(__file__).resolve().parents[2] / "shared"
PUBLISHED = SHARED / "domain" / "harrow_published_series.csv"
LAIT = SHARED / "data" / "dfe_lait" / "bds_long_0.parquet"
needs_published = pytest.mark.skipif(
    not (PUBLISHED.exists() and LAIT.exists()), reason=f"{PUBLISHED.name} and the figures of LAIT are not beside the project"
)
POLARITY = {"Low": "lower", "High": "higher"}
HARROW, FIRST_REGION = 310, 970


def one_group(values: list[float], polarity: str = "lower") -> Ranks:
    return rank_and_band(values, ["all"] * len(values), polarity)


def as_rows(ranks: Ranks) -> list[tuple[Any, ...]]:
    return list(zip(ranks.rank.tolist(), ranks.of.tolist(), ranks.band.tolist(), ranks.fifth.tolist(), strict=True))


# ---- worked by hand ----


def test_five_places_worked_by_hand() -> None:
    # Of 1, 2, 2, 4, 9 the quartiles are values themselves: 2, 2, 4. A value on a quartile is in the quarter below.
    lower = one_group([4, 2, 9, np.nan, 1, 2])
    assert lower.rank.tolist() == [4, 2, 5, 0, 1, 2]
    assert lower.of.tolist() == [5] * 6
    assert lower.band.tolist() == ["C", "A", "D", "", "A", "A"]
    higher = one_group([4, 2, 9, np.nan, 1, 2], "higher")
    assert higher.rank.tolist() == [2, 3, 1, 0, 5, 3]
    assert higher.band.tolist() == ["B", "D", "A", "", "D", "D"]


def test_quartiles_between_two_values_are_of_type_7() -> None:
    # Of 0, 10, 20, 30 the first quartile is 0 + 0.75 x 10 = 7.5, the second 15, the third 22.5.
    assert one_group([0, 10, 20, 30]).band.tolist() == ["A", "B", "C", "D"]
    # Of 0, 1, 1, 1 it is 0.75: the three that tie lie above it, on the second quartile.
    assert one_group([0, 1, 1, 1]).band.tolist() == ["A", "B", "B", "B"]


def test_a_neutral_measure_has_no_rank_and_no_band_but_fifths() -> None:
    ranks = one_group(list(range(21)), "neutral")
    assert set(ranks.rank.tolist()) == {0}
    assert set(ranks.band.tolist()) == {""}
    # Of 0 to 20 the 20% and 80% quantiles are 4 and 16, both inclusive.
    assert ranks.fifth.tolist() == ["lowest"] * 5 + [""] * 11 + ["highest"] * 5


def test_there_are_no_fifths_of_few_places_or_of_places_all_alike() -> None:
    missing = [np.nan] * 5
    assert set(one_group([*range(FIFTHS_FROM - 1), *missing]).fifth.tolist()) == {""}
    assert set(one_group([*range(FIFTHS_FROM), *missing]).fifth.tolist()) == {"lowest", "", "highest"}
    assert set(one_group([1, *[5] * 28, 9]).fifth.tolist()) == {""}


def test_nothing_and_nothing_but_missing_values_are_ranked_without_fault() -> None:
    assert as_rows(one_group([])) == []
    assert as_rows(rank_and_band([np.nan, 3, np.nan], [1, 2, 1], "lower")) == [(0, 0, "", ""), (1, 1, "A", ""), (0, 0, "", "")]


def test_refuses_a_polarity_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="'High' is none of higher, lower, neutral"):
        one_group([1, 2], "High")


# ---- published ranks ----


def published() -> pd.DataFrame:
    rows = pd.read_csv(PUBLISHED, dtype=str)
    return rows[rows["harrow_rank"] != "-"].assign(polarity=lambda f: f["polarity_lait"].map(POLARITY))


def figures_of(measures: pd.DataFrame) -> pd.DataFrame:
    columns = ["Short Desc", "Years", "Values", "LA Number"]
    rows = pd.read_parquet(LAIT, columns=columns, filters=[("Short Desc", "in", measures["measure_short"].unique().tolist())])
    rows = rows[rows["LA Number"] < FIRST_REGION].drop_duplicates(["Short Desc", "Years", "LA Number"])
    polarity = measures.drop_duplicates("measure_short").set_index("measure_short")["polarity"]
    return rows.assign(value=pd.to_numeric(rows["Values"], errors="coerce"), polarity=rows["Short Desc"].map(polarity))


@needs_published
def test_agrees_with_every_rank_and_band_of_harrow() -> None:
    measures = published()
    assert len(measures) == 293
    rows = figures_of(measures)
    group = (rows["Short Desc"] + "|" + rows["Years"]).to_numpy(dtype=str)
    ranks = rank_and_band(rows["value"].to_numpy(), group, rows["polarity"].to_numpy(dtype=str))
    rows = rows.assign(rank=ranks.rank, of=ranks.of, band=ranks.band)
    found = measures.merge(
        rows[rows["LA Number"] == HARROW], left_on=["measure_short", "period"], right_on=["Short Desc", "Years"], validate="1:1"
    )
    assert len(found) == len(measures)
    assert found["rank"].tolist() == found["harrow_rank"].astype(int).tolist()
    assert found["of"].tolist() == found["n_las"].astype(int).tolist()
    assert found["band"].tolist() == found["harrow_band"].tolist()


# ---- properties ----

# Whole numbers and few of them: ties, and values that lie on a quantile, are the rule.
places = st.one_of(st.integers(-8, 8).map(float), st.just(np.nan))
groups = st.lists(st.tuples(places, st.sampled_from(["x", "y", "z"])), max_size=80)
polarities = st.sampled_from(["higher", "lower", "neutral"])


def columns_of(rows: list[tuple[float, str]]) -> tuple[Any, Any]:
    return np.array([value for value, _ in rows], dtype=float), np.array([name for _, name in rows], dtype=str)


def plain_row(value: float, others: Any, polarity: str) -> tuple[Any, ...]:
    """One place at a time, with numpy's own quantiles, which are of type 7."""
    if np.isnan(value):
        return 0, len(others), "", ""
    low, q1, q2, q3, high = (round(float(np.quantile(others, share)), 9) for share in (0.2, 0.25, 0.5, 0.75, 0.8))
    fifth = "highest" if value >= high else "lowest" if value <= low else ""
    fifth = fifth if low < high and len(others) >= 20 else ""
    if polarity == "neutral":
        return 0, len(others), "", fifth
    better = others > value if polarity == "higher" else others < value
    quarter = "A" if value <= q1 else "B" if value <= q2 else "C" if value <= q3 else "D"
    quarter = {"A": "D", "B": "C", "C": "B", "D": "A"}[quarter] if polarity == "higher" else quarter
    return int(better.sum()) + 1, len(others), quarter, fifth


@given(groups, polarities)
def test_agrees_with_a_plain_reckoning(rows: list[tuple[float, str]], polarity: str) -> None:
    values, group = columns_of(rows)
    expected = []
    for value, name in rows:
        others = values[(group == name) & ~np.isnan(values)]
        expected.append(plain_row(value, others, polarity))
    assert as_rows(rank_and_band(values, group, polarity)) == expected


@given(groups, polarities, st.randoms())
def test_order_changes_nothing_and_groups_stand_alone(rows: list[tuple[float, str]], polarity: str, random: Any) -> None:
    values, group = columns_of(rows)
    together = as_rows(rank_and_band(values, group, polarity))
    order = random.sample(range(len(rows)), len(rows))
    assert as_rows(rank_and_band(values[order], group[order], polarity)) == [together[i] for i in order]
    for name in set(group.tolist()):
        own = np.flatnonzero(group == name)
        assert as_rows(rank_and_band(values[own], group[own], polarity)) == [together[i] for i in own]


@given(groups)
def test_the_other_polarity_ranks_from_the_other_end_and_changes_no_fifth(rows: list[tuple[float, str]]) -> None:
    values, group = columns_of(rows)
    higher, lower = (rank_and_band(values, group, polarity) for polarity in ("higher", "lower"))
    assert rank_and_band(-values, group, "lower").rank.tolist() == higher.rank.tolist()
    turned = {"A": "D", "B": "C", "C": "B", "D": "A", "": ""}
    assert higher.band.tolist() == [turned[band] for band in lower.band.tolist()]
    assert higher.fifth.tolist() == lower.fifth.tolist()
    assert higher.of.tolist() == lower.of.tolist()


@given(groups)
def test_rows_of_different_polarity_may_be_ranked_together(rows: list[tuple[float, str]]) -> None:
    values, group = columns_of(rows)
    by_row = [{"x": "higher", "y": "lower", "z": "neutral"}[name] for name in group.tolist()]
    together = as_rows(rank_and_band(values, group, np.array(by_row, dtype=str)))
    for polarity in ("higher", "lower", "neutral"):
        alone = as_rows(rank_and_band(values, group, polarity))
        assert all(together[i] == alone[i] for i in range(len(rows)) if by_row[i] == polarity)
