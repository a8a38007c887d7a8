"""Signals from ledger to edition: limits, parts, gaps, what is hidden, rare and overlapping, polarity and targets; each worked by hand."""

import json
from pathlib import Path
from statistics import fmean
from typing import Any

import pytest
from given_series import (
    broken,
    dated,
    everything,
    quarters,
    quiet,
    ready,
    rebased,
    returns_of,
    rules,
    small_board,
    submit_ready,
    target,
    told,
)
from invented import BARNET, cells, collected, counted, give_returns, indicator, rows_of, submit

from hscb_qa.definitions import Framework
from hscb_qa.publish import Edition, publish_edition

ORACLE = Path(__file__).resolve().parents[2] / "shared" / "oracles" / "nhsrplotthedots_xmr.json"
needs_oracle = pytest.mark.skipif(not ORACLE.exists(), reason=f"NHSRplotthedots' outputs are not at {ORACLE.name} beside the project")
LIMITS = "mean, lower, upper"
POLARITIES = ("higher", "lower", "neutral")


def published(store: Path, framework: Framework, series: dict[str, list[Any]], **board: Any) -> Edition:
    """Publish ready figures by the id of their indicator, the last of each in the same quarter."""
    submit_ready(store, {name: dated(values) for name, values in series.items()})
    return publish_edition(store, small_board(framework, *(ready(name) for name in series), **board))


# ---- NHSRplotthedots ----


@needs_oracle
@pytest.mark.parametrize("screened", [True, False])
def test_published_limits_are_the_oracles(tmp_path: Path, framework: Framework, screened: bool) -> None:
    cases = {one["id"]: one for one in json.loads(ORACLE.read_text(encoding="utf-8"))["xmr_limits"] if "mean" in one["expected"]}
    of_kind = {name: one for name, one in cases.items() if one["screen_outliers"] is screened}
    assert len(of_kind) >= 2
    series = {name: one["values"] for name, one in of_kind.items()}
    edition = published(tmp_path, framework, series, charts={"screen_outliers": screened})
    for name, one in of_kind.items():
        # The oracle prints seven digits, or two decimals in figure captions.
        near = 0.005 if len(one["values"]) == 18 else 1e-6
        expected = [one["expected"][key] for key in ("mean", "lpl", "upl")]
        rows = told(edition, "signals", LIMITS, name)
        assert len(rows) == len(one["values"])
        assert all(row == pytest.approx(expected, abs=near) for row in rows)
        found = rules(edition, name)
        assert found.count("") == one["expected"].get("n_common_cause", found.count(""))
        flagged = [place for place, rule in enumerate(found, start=1) if rule]
        assert flagged == one["expected"].get("flagged_index_1based", flagged)


@needs_oracle
def test_parts_of_a_break_are_the_oracles_facets(tmp_path: Path, framework: Framework) -> None:
    cases = {one["id"]: one for one in json.loads(ORACLE.read_text(encoding="utf-8"))["xmr_limits"]}
    facets, opposite = cases["facets"], cases["opposite_sides"]
    submit_ready(tmp_path, {"facets": dated(facets["values"]), "opposite": dated(opposite["values"])})
    one = ready("facets", breaks=[broken("2024-04-01")])  # the eleventh of twenty quarters to September 2026
    edition = publish_edition(tmp_path, small_board(framework, one, ready("opposite")))
    rows = told(edition, "signals", LIMITS, "facets")
    for row, name in ((rows[9], "facet0"), (rows[10], "facet1")):  # three significant digits
        assert row == pytest.approx([facets["expected"][name][key] for key in ("mean", "lpl", "upl")], rel=0.005)
    assert rules(edition, "opposite")[-2:] == ["", ""]


# ---- parts ----

PARTS = "CAST(counts_from AS VARCHAR), first_period, last_period, points, chart, trial"


def test_a_break_cuts_a_series_into_parts(tmp_path: Path, framework: Framework) -> None:
    """Of a quarter in which the definition changed the figure is of the new part: it ends after the day."""
    submit_ready(tmp_path, {"on_time": dated(quiet(12) + quiet(8, 200)), "within": dated(quiet(20)), "plain": dated(quiet(20))})
    ones = (ready("on_time", breaks=[broken("2024-10-01")]), ready("within", breaks=[broken("2024-11-15")]), ready("plain"))
    edition = publish_edition(tmp_path, small_board(framework, *ones))
    assert told(edition, "charts", PARTS, "on_time") == [
        (None, "2021-22 Q3", "2024-25 Q2", 12, "xmr", False),
        ("2024-10-01", "2024-25 Q3", "2026-27 Q2", 8, "xmr", True),
    ]
    assert set(rules(edition, "on_time")) == {""}  # in one part every point would be in a shift
    assert [row[1:3] for row in told(edition, "charts", PARTS, "within")][1] == ("2024-25 Q3", "2026-27 Q2")
    assert [row[0] for row in told(edition, "charts", PARTS, "plain")] == [None]


def test_a_rebase_is_of_the_boards_place_and_of_the_agency_it_names(tmp_path: Path, framework: Framework) -> None:
    percents = dated([(level, 200) for level in quiet(20)])
    agencies = {"police": {"all": percents, "one": percents}, "housing": {"all": percents, "one": percents}}
    give_returns(tmp_path, [one for agency, series in agencies.items() for one in returns_of(agency, series)])
    submit(tmp_path, *(cells("published", dated(quiet(20)), place) for place in (BARNET, "E09000015")), source="lait")
    rebases = [rebased("all", "2024-25 Q1"), rebased("one", "2024-25 Q1", "police"), rebased("published", "2024-25 Q1")]
    ones = (collected("all"), collected("one"), ready("published"))
    edition = publish_edition(tmp_path, small_board(framework, *ones, rebases=rebases))
    points = {name: [told(edition, "charts", "points", name, agency=one) for one in ("", "police", "housing")] for name in ("all", "one")}
    assert points == {"all": [[(10,), (10,)]] * 3, "one": [[(20,)], [(10,), (10,)], [(20,)]]}
    parts = rows_of(edition.shareable, "SELECT geography, points FROM charts WHERE indicator = 'published' ORDER BY 1, ends")
    assert parts == [(BARNET, 20), ("E09000015", 10), ("E09000015", 10)]


@pytest.mark.parametrize(("number", "chart"), [(7, ("run", "few points", False)), (8, ("xmr", "", True)), (12, ("xmr", "", False))])
def test_few_points_have_trial_limits_or_none(tmp_path: Path, framework: Framework, number: int, chart: tuple[Any, ...]) -> None:
    edition = published(tmp_path, framework, {"few": quiet(number)})
    assert told(edition, "charts", "chart, reason, trial", "few") == [chart]
    assert len(told(edition, "signals", LIMITS, "few")) == (0 if chart[0] == "run" else number)


# ---- gaps ----


@pytest.mark.parametrize("gap", [None, "x", "c"])
def test_a_quarter_without_a_figure_is_not_bridged(tmp_path: Path, framework: Framework, gap: str | None) -> None:
    jump = [10.0, 11.0] * 4 + [gap] + [50.0, 51.0] * 4
    above = quiet(12) + [101.0] * 4
    series = {"jump": jump, "halted": [*above, gap, *[101.0] * 4], "goes_on": [*above, *[101.0] * 4]}
    edition = published(tmp_path, framework, series)
    # Every moving range is 1; the one of 39 lies across the gap. The mean is 30.5.
    assert set(told(edition, "signals", LIMITS, "jump")) == {(30.5, 30.5 - 2.66, 30.5 + 2.66)}
    # Nine in succession lie above the mean of 100.5: the 102 before them and the eight. With the gap, five and four.
    assert rules(edition, "goes_on") == [""] * 11 + ["shift"] * 9
    assert set(rules(edition, "halted")) == {""}


def test_a_stretch_begins_with_its_first_signal_and_ends_at_a_gap(tmp_path: Path, framework: Framework) -> None:
    """Those of a trend are a stretch of their own; other rules go together."""
    shifted = quiet(10) + quiet(8, 106)  # mean 102.7: ten below it, eight above
    # From 94 to 104 each of eight points is above the one before; of the seven that follow none is, and all lie above the mean of 101.3.
    climbs = [100, 106, 97, 103, 94] * 2 + [98, 99, 100, 101, 102, 103, 104] + [103, 104, 103, 104, 103, 104, 103]
    series = {"shifted": shifted, "halted": [*shifted[:10], *quiet(7, 106), None, *quiet(7, 106)], "climbs": climbs}
    edition = published(tmp_path, framework, series)
    found = {name: told(edition, "signals", "rule, side, since, stretch", name) for name in series}
    assert found["shifted"][9] == ("shift", -1, quarters(18)[0], 10)
    assert found["shifted"][-1] == ("shift", 1, quarters(8)[0], 8)
    assert found["halted"][-1] == ("shift", 1, quarters(7)[0], 7)
    assert [found["climbs"][place] for place in (8, 16, 23)] == [
        ("", 0, quarters(24)[0], 9),
        ("trend", 1, quarters(15)[0], 8),
        ("shift", 1, quarters(7)[0], 7),
    ]


# ---- what is hidden ----


def test_a_hidden_count_is_in_no_limit_that_is_shared(tmp_path: Path, framework: Framework) -> None:
    counts = quiet(12, 20)
    counts[5] = 3
    give_returns(tmp_path, returns_of("police", {"kept": dated(counts)}))
    one = collected(unit="count", returned={"gives": "count", "agencies": ["police"]})
    edition = publish_edition(tmp_path, small_board(framework, one))
    for agency in ("", "police"):
        told_to_all = told(edition, "signals", "period, mean", "kept", agency=agency, file="shareable")
        true = told(edition, "signals", "period, mean", "kept", agency=agency)
        shown = {period: count for period, count in zip(quarters(12), counts, strict=True) if period in dict(told_to_all)}
        assert quarters(12)[5] not in shown and 8 < len(shown) < 12
        assert [mean for _, mean in told_to_all] == pytest.approx([fmean(shown.values())] * len(shown))
        assert [mean for _, mean in true] == pytest.approx([fmean(counts)] * 12)
        assert told(edition, "charts", "points", "kept", agency=agency, file="shareable") == [(len(shown),)]


def test_a_latest_figure_that_is_hidden_is_not_judged(tmp_path: Path, framework: Framework) -> None:
    give_returns(tmp_path, returns_of("police", {"kept": dated([*quiet(12, 20), 3])}))
    one = collected(unit="count", returned={"gives": "count", "agencies": ["police"]})
    edition = publish_edition(tmp_path, small_board(framework, one))
    state = "period, judged, rule"
    assert told(edition, "watched", state, "kept", file="shareable") == [("2026-27 Q2", False, None)]
    assert told(edition, "watched", state, "kept") == [("2026-27 Q2", True, "outside")]
    assert rows_of(edition.shareable, "SELECT * FROM exceptions") == []
    assert rows_of(edition.restricted, "SELECT kind FROM exceptions") == [("special_cause",)]


# ---- which chart ----


def test_overlapping_figures_have_the_line_alone_but_for_their_years(tmp_path: Path, framework: Framework) -> None:
    figures = dated([(level, 200) for level in quiet(38)], last="2025-26 Q4")
    give_returns(tmp_path, returns_of("police", {"kept": figures}))
    edition = publish_edition(tmp_path, small_board(framework, collected(returned={"agencies": ["police"], "overlapping": True})))
    assert told(edition, "charts", "chart, reason, points", "kept") == [("run", "overlapping", 38)]
    assert told(edition, "signals", LIMITS, "kept") == []
    assert told(edition, "charts", "chart, reason, points", "kept", basis="year") == [("xmr", "", 9)]
    assert told(edition, "watched", "judged, rule", "kept", basis="year") == [(True, "")]


def test_sums_that_share_quarters_are_not_charted(tmp_path: Path, framework: Framework) -> None:
    give_returns(tmp_path, returns_of("police", {"kept": dated([(level, 200) for level in quiet(20)])}))
    edition = publish_edition(tmp_path, small_board(framework, collected(returned={"agencies": ["police"]})))
    assert {basis for (basis,) in rows_of(edition.restricted, "SELECT basis FROM points")} == {"quarter", "ytd", "rolling12", "year"}
    for table in ("charts", "signals", "watched"):
        assert {basis for (basis,) in rows_of(edition.restricted, f"SELECT basis FROM {table}")} <= {"quarter", "year"}


def test_uneven_bases_have_a_p_chart_in_per_cent(tmp_path: Path, framework: Framework) -> None:
    give_returns(tmp_path, returns_of("police", {"kept": dated([(40, 100), (60, 200)] * 6 + [(90, 100)])}))
    edition = publish_edition(tmp_path, small_board(framework, collected(returned={"agencies": ["police"]})))
    assert told(edition, "charts", "chart, reason", "kept") == [("p", "uneven bases")]
    # 690 of 1,900 is 36.32%; three standard errors at a base of 100 are 14.43 points, at 200 10.20.
    for row, wide in zip(told(edition, "signals", LIMITS, "kept"), (14.43, 10.20), strict=False):
        assert row == pytest.approx((36.32, 36.32 - wide, 36.32 + wide), abs=0.01)
    assert rules(edition, "kept") == [""] * 12 + ["outside"]


def test_rare_events_are_judged_by_the_gaps_between_them(tmp_path: Path, framework: Framework) -> None:
    """A long gap is low; the next one is a signal of its own, whatever lies between; a g chart has no limits to draw."""
    events = [1, 0] * 8 + [0] * 12 + [1, 0] * 8 + [0] * 13
    give_returns(tmp_path, returns_of("police", {"kept": dated(events)}))
    one = collected(unit="count", counts_people=False, returned={"gives": "count", "agencies": ["police"]})
    edition = publish_edition(tmp_path, small_board(framework, one))
    assert told(edition, "charts", "chart, reason", "kept") == [("g", "rare")]
    # Fourteen gaps of 1, one of 13 and, so far, one of 14: mean 2.56, upper limit 2.56 + 3 sqrt(2.56 x 3.56) = 11.6.
    told_gaps = told(edition, "signals", "period, mean, lower, upper, rule, side, judgement, gap, since, stretch", "kept")
    common = (None, None, None, "outside", -1, "improvement")
    later, last = quarters(29)[0], "2026-27 Q2"
    assert told_gaps == [(later, *common, 13, later, 1), (last, *common, 14, last, 1)]


def test_limits_stay_within_what_can_be(tmp_path: Path, framework: Framework) -> None:
    give_returns(tmp_path, returns_of("police", {"low": dated([(4, 200), (30, 200)] * 6), "high": dated([(196, 200), (170, 200)] * 6)}))
    ones = [collected(name, counts_people=False, returned={"agencies": ["police"]}) for name in ("low", "high")]
    edition = publish_edition(tmp_path, small_board(framework, *ones))
    # About 8.5% and 91.5%, each 2.66 x 13 = 34.6 points from its limits.
    assert told(edition, "signals", LIMITS, "low")[0] == pytest.approx((8.5, 0, 43.08))
    assert told(edition, "signals", LIMITS, "high")[0] == pytest.approx((91.5, 56.92, 100))


# ---- polarity and targets ----


def of_each_polarity(name: str, **changes: Any) -> list[Any]:
    """The same published figures thrice, under each polarity."""
    figure = {"source": "lait", "value": {"measures": [name]}}
    return [ready(f"{name}_{polarity}", published=figure, polarity=polarity, **changes) for polarity in POLARITIES]


def test_the_other_polarity_turns_judgements_over_and_no_number(tmp_path: Path, framework: Framework) -> None:
    submit_ready(tmp_path, {"rises": dated(quiet(10) + quiet(8, 106)), "falls": dated([*quiet(12), 80]), "still": dated(quiet(12))})
    ones = [one for name in ("rises", "falls", "still") for one in of_each_polarity(name)]
    goals = [target(one.id, {"r": 150.0, "f": 50.0, "s": 100.0}[one.id[0]]) for one in ones]
    edition = publish_edition(tmp_path, small_board(framework, *ones, targets=goals))
    turned = {"improvement": "concern", "concern": "improvement", "passes": "fails", "fails": "passes"}
    for name in ("rises", "falls", "still"):
        columns = "period, mean, lower, upper, rule, side, gap, target, since, stretch"
        numbers = [told(edition, "signals", columns, f"{name}_{polarity}") for polarity in POLARITIES]
        assert numbers[0] == numbers[1] == numbers[2]
        higher, lower, neutral = (told(edition, "signals", "judgement, assurance", f"{name}_{polarity}") for polarity in POLARITIES)
        assert [tuple(turned.get(word, word) for word in row) for row in higher] == lower
        assert neutral == [("neutral" if judgement else "", "") for judgement, _ in higher]
    assert told(edition, "signals", "judgement, assurance", "rises_higher")[-1] == ("improvement", "fails")
    assert told(edition, "signals", "judgement, assurance", "falls_higher")[-1] == ("concern", "passes")
    assert told(edition, "signals", "judgement, assurance", "still_higher")[-1] == ("", "hit or miss")


def test_a_target_holds_in_its_time_for_the_board_alone(tmp_path: Path, framework: Framework) -> None:
    names = ("always", "ended", "later", "twice")
    give_returns(tmp_path, returns_of("police", {name: dated([(level, 200) for level in quiet(12)]) for name in names}))
    goals = [
        target("always", 90),
        target("ended", 90, end="2026-06-30"),
        target("later", 90, start="2026-10-01"),
        target("twice", 90, end="2026-03-31"),
        target("twice", 40, start="2026-04-01"),
    ]
    ones = [collected(name, polarity="higher", returned={"agencies": ["police"]}) for name in names]
    edition = publish_edition(tmp_path, small_board(framework, *ones, targets=goals))
    found = {name: told(edition, "signals", "target, assurance", name)[-2:] for name in names}
    missed = (90, "fails")
    assert found == {"always": [missed] * 2, "ended": [missed, (None, "")], "later": [(None, "")] * 2, "twice": [(40, "passes")] * 2}
    assert told(edition, "signals", "target", "twice")[-3] == (90,)
    assert {row for name in names for row in told(edition, "signals", "target", name, agency="police")} == {(None,)}
    assert rows_of(edition.restricted, "SELECT indicator, kind FROM exceptions") == [("always", "target_missed")]


def test_a_counts_target_is_a_years(tmp_path: Path, framework: Framework) -> None:
    submit(tmp_path, cells("crimes", dated(quiet(40), last="2025-26 Q4")), source="mps_crime")
    edition = publish_edition(tmp_path, small_board(framework, counted(), targets=[target("crimes", 300)]))
    assert {goal for (goal,) in told(edition, "signals", "target", "crimes")} == {None}
    assert set(told(edition, "signals", "target, assurance", "crimes", basis="year")) == {(300, "fails")}


# ---- what does not matter ----


def test_the_order_in_which_figures_come_does_not_matter(tmp_path: Path, framework: Framework) -> None:
    kept = {"police": dated([(level, 200) for level in quiet(14)]), "housing": dated([(level + 30, 300) for level in quiet(14)])}
    given = [
        one
        for agency, figures in kept.items()
        for one in returns_of(agency, {"kept": figures, "also": figures}, {"kept": {"2026-27 Q2": "Words."}})
    ]
    annual = {
        place: dict(zip(("2021", "2022", "2023", "2024", "2025"), (10 + number,) * 5, strict=True))
        for number, place in enumerate((BARNET, "E09000015"))
    }
    tables = [cells(measure, years, place) for place, years in annual.items() for measure in ("some", "all")]
    ones = (collected("kept"), collected("also"), indicator(interval="wilson"))
    editions = []
    for name, way in (("onward", 1), ("backward", -1)):
        give_returns(tmp_path / name, [(agency, period, items[::way]) for agency, period, items in given[::way]])
        submit(tmp_path / name, *(table.iloc[::way] for table in tables[::way]))
        editions.append(publish_edition(tmp_path / name, small_board(framework, *ones)))
    for file in ("restricted", "shareable"):
        onward, backward = (everything(edition, file) for edition in editions)
        assert onward == backward
        assert all(onward[table] for table in ("charts", "signals", "watched", "trends", "ranks", "narratives"))
