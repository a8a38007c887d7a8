"""Ledger to edition: what each figure must be, worked by hand, and what a publication must leave as it was."""

import importlib
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import BARNET, BRENT, EALING, ENGLAND, HARROW, LONDON, cells, counted, indicator, neighbour_set, only, rows_of, submit, values

from hscb_qa.definitions import Correction, Framework
from hscb_qa.publish import current_edition, publish_edition

steps = importlib.import_module("hscb_qa.publish.steps")
editions_module = importlib.import_module("hscb_qa.publish.editions")
NUMBERS = ("value", "numerator", "denominator", "lower", "upper")


def correction(**facts: Any) -> Correction:
    given_facts = {"source": "ees", "measures": ["some"], "geographies": None, "periods": None, "status": "x", "reason": "It is wrong."}
    return Correction.model_validate({**given_facts, "on": "2026-11-23", **facts})


def publish_share(store: Path, framework: Framework, some: Any, all_: Any, **changes: Any) -> dict[str, float | str]:
    """Load some and all for Harrow, publish, and give the share's values."""
    submit(store, cells("some", some), cells("all", all_))
    return values(publish_edition(store, only(framework, indicator(**changes))))


# ---- one figure ----


def test_a_rate_on_31_march_takes_the_mid_year_population_before_it(tmp_path: Path, framework: Framework) -> None:
    plans = framework.indicators["child_protection_plans_rate"]
    by_length = "category=Child Protection Plans by length of time"
    children = "age_group=Children aged 0 to 17 years"
    submit(
        tmp_path,
        cells("CPP_At31", {"2016": 195}, breakdown=by_length),
        cells("population_estimate", {"2015": 58_065, "2016": 58_500}, breakdown=children),
    )
    edition = publish_edition(tmp_path, only(framework, plans))
    # 195 / 58,065 x 10,000 = 33.58305; with the estimate of the same year it would be 33.333.
    assert values(edition, plans.id) == {"2016": pytest.approx(33.58305, abs=5e-6)}


def test_numerators_and_denominators_are_summed_apart(tmp_path: Path, framework: Framework) -> None:
    published = {"source": "ees", "numerator": {"measures": ["a", "b"]}, "denominator": {"measures": ["m", "n"]}}
    submit(tmp_path, *(cells(name, {"2016": count}) for name, count in (("a", 10), ("b", 20), ("m", 100), ("n", 400))))
    edition = publish_edition(tmp_path, only(framework, indicator(published=published)))
    assert values(edition) == {"2016": 6.0}  # 30 of 500; the mean of 10% and 5% would be 7.5


HIDDEN_PARTS = [  # some, all, what is shown of the share
    (12, 80, 15.0),
    (0, 80, 0.0),
    (0, 0, "x"),  # nothing to divide by is no share, neither 0 nor endless
    (3, 0, "x"),
    ("c", 80, "c"),
    (12, "c", "c"),
    ("z", "c", "c"),
    ("u", 80, "u"),
    ("k", 80, "k"),
    ("x", 80, "x"),
]


def test_a_hidden_part_hides_the_whole(tmp_path: Path, framework: Framework) -> None:
    years = [str(year) for year in range(2001, 2001 + len(HIDDEN_PARTS))]
    some, all_, shown = (dict(zip(years, column, strict=True)) for column in zip(*HIDDEN_PARTS, strict=True))
    assert publish_share(tmp_path, framework, some, all_) == shown


def test_a_sum_lacks_what_one_of_its_cells_lacks(tmp_path: Path, framework: Framework) -> None:
    published = {"source": "ees", "numerator": {"measures": ["a", "b"]}}
    submit(tmp_path, cells("a", {"2015": 10, "2016": 10, "2017": 10}), cells("b", {"2015": 5, "2016": "c"}))
    edition = publish_edition(tmp_path, only(framework, indicator(unit="count", published=published)))
    assert values(edition) == {"2015": 15, "2016": "c", "2017": "x"}


def test_a_period_with_a_denominator_alone_is_no_period(tmp_path: Path, framework: Framework) -> None:
    assert publish_share(tmp_path, framework, {"2016": 1}, {"2015": 10, "2016": 10}) == {"2016": 10.0}


def test_a_published_value_stands_before_one_worked_out(tmp_path: Path, framework: Framework) -> None:
    published = {name: {"measures": [measure]} for name, measure in (("value", "percent"), ("numerator", "some"), ("denominator", "all"))}
    submit(tmp_path, cells("some", {"2016": 1}), cells("all", {"2016": 8}), cells("percent", {"2016": 12.4}))
    edition = publish_edition(tmp_path, only(framework, indicator(published={"source": "ees", **published})))
    assert values(edition) == {"2016": 12.4}


def test_limits_are_drawn_from_the_counts_in_the_unit_of_the_value(tmp_path: Path, framework: Framework) -> None:
    submit(tmp_path, cells("some", {"2016": 355}), cells("all", {"2016": 2281}))
    edition = publish_edition(tmp_path, only(framework, indicator(interval="wilson")))
    # Wilson for 355 of 2,281: 14.13% to 17.11%, as the doctest of the statistics has it.
    assert rows_of(edition.shareable, "SELECT ROUND(lower, 2), ROUND(upper, 2) FROM points") == [(14.13, 17.11)]


def test_a_figure_under_a_former_code_goes_on_under_the_new_one(tmp_path: Path, framework: Framework) -> None:
    submit(tmp_path, cells("some", {"2016": 1}, place="E10000027"), cells("all", {"2016": 10}, place="E10000027"))
    edition = publish_edition(tmp_path, only(framework, indicator()))
    assert values(edition, place="E06000066") == {"2016": 10.0}  # Somerset


# ---- corrections ----


def test_a_correction_takes_away_the_cell_it_names_and_no_other(tmp_path: Path, framework: Framework) -> None:
    for place in (HARROW, ENGLAND):
        submit(tmp_path, cells("some", {"2016": 1, "2017": 1}, place), cells("all", {"2016": 10, "2017": 10}, place))
    fault = correction(geographies=[ENGLAND], periods=["2017"], status="u")
    edition = publish_edition(tmp_path, only(framework, indicator(), corrections=(fault,)))
    assert values(edition, place=ENGLAND) == {"2016": 10.0, "2017": "u"}
    assert values(edition, place=HARROW) == {"2016": 10.0, "2017": 10.0}
    assert rows_of(edition.shareable, "SELECT period, geography FROM points WHERE correction = 'It is wrong.'") == [("2017", ENGLAND)]


def test_two_corrections_of_one_cell_are_one_cell(tmp_path: Path, framework: Framework) -> None:
    submit(tmp_path, cells("some", {"2016": 1}), cells("all", {"2016": 10}))
    edition = publish_edition(tmp_path, only(framework, indicator(), corrections=(correction(), correction(status="z"))))
    assert list(values(edition)) == ["2016"]
    assert rows_of(edition.shareable, "SELECT COUNT(*) FROM points") == [(1,)]


def test_a_correction_by_a_former_code_is_applied(tmp_path: Path, framework: Framework) -> None:
    submit(tmp_path, cells("some", {"2016": 1}, place="E10000027"), cells("all", {"2016": 10}, place="E10000027"))
    fault = correction(geographies=["E10000027"])
    edition = publish_edition(tmp_path, only(framework, indicator(), corrections=(fault,)))
    assert values(edition, place="E06000066") == {"2016": "x"}


# ---- quarters: year to date, twelve months, year ----


def quarterly(store: Path, framework: Framework, crimes: dict[str, Any]) -> dict[str, dict[str, float | str]]:
    submit(store, cells("crimes", crimes), source="mps_crime")
    edition = publish_edition(store, only(framework, counted()))
    return {basis: values(edition, "crimes", basis=basis) for basis in ("quarter", "ytd", "rolling12", "year")}


def test_quarters_add_up_to_date_over_twelve_months_and_to_a_year(tmp_path: Path, framework: Framework) -> None:
    crimes = {"2015-16 Q1": 10, "2015-16 Q2": 20, "2015-16 Q3": 5, "2015-16 Q4": 1, "2016-17 Q1": 7}
    found = quarterly(tmp_path, framework, crimes)
    assert found["quarter"] == crimes
    assert list(found["ytd"].values()) == [10, 30, 35, 36, 7]  # begins anew in April
    assert found["rolling12"] == {"2015-16 Q4": 36, "2016-17 Q1": 33}  # 20 + 5 + 1 + 7
    assert found["year"] == {"2016": 36}


def test_a_missing_quarter_leaves_no_sum_that_needs_it(tmp_path: Path, framework: Framework) -> None:
    crimes = {"2015-16 Q1": 10, "2015-16 Q3": 5, "2015-16 Q4": 1, "2016-17 Q1": 7, "2016-17 Q2": 2}
    found = quarterly(tmp_path, framework, crimes)
    assert found["ytd"] == {"2015-16 Q1": 10, "2016-17 Q1": 7, "2016-17 Q2": 9}
    assert found["rolling12"] == {"2016-17 Q2": 15}  # 5 + 1 + 7 + 2: the first twelve months with no quarter missing
    assert found["year"] == {}


def test_a_hidden_quarter_hides_every_sum_it_is_part_of(tmp_path: Path, framework: Framework) -> None:
    crimes = {"2015-16 Q1": 10, "2015-16 Q2": "c", "2015-16 Q3": 5, "2015-16 Q4": 1, "2016-17 Q1": 7, "2016-17 Q2": 2}
    found = quarterly(tmp_path, framework, crimes)
    assert found["ytd"] == {"2015-16 Q1": 10, "2015-16 Q2": "c", "2015-16 Q3": "c", "2015-16 Q4": "c", "2016-17 Q1": 7, "2016-17 Q2": 9}
    assert found["rolling12"] == {"2015-16 Q4": "c", "2016-17 Q1": "c", "2016-17 Q2": 15}
    assert found["year"] == {"2016": "c"}


def test_not_even_the_restricted_file_gives_a_part_for_the_sum(tmp_path: Path, framework: Framework) -> None:
    """10 + hidden + 5 is not 15: a numerator that leaves a quarter out would be read as the true count."""
    quarterly(tmp_path, framework, {"2015-16 Q1": 10, "2015-16 Q2": "c", "2015-16 Q3": 5})
    sums = "SELECT numerator FROM points WHERE basis = 'ytd' AND period <> '2015-16 Q1'"
    assert rows_of(current_edition(tmp_path).restricted, sums) == [(None,), (None,)]


def test_quarters_of_a_share_are_summed_apart_before_they_are_divided(tmp_path: Path, framework: Framework) -> None:
    published = {"source": "ees", "numerator": {"measures": ["some"]}, "denominator": {"measures": ["all"]}}
    submit(tmp_path, cells("some", {"2015-16 Q1": 1, "2015-16 Q2": 30}), cells("all", {"2015-16 Q1": 10, "2015-16 Q2": 100}))
    edition = publish_edition(tmp_path, only(framework, indicator(period_type="quarter", published=published)))
    assert values(edition, basis="ytd") == {"2015-16 Q1": 10.0, "2015-16 Q2": pytest.approx(3100 / 110)}  # not the mean, 20


def test_a_year_is_revised_when_one_of_its_quarters_is(tmp_path: Path, framework: Framework) -> None:
    crimes = {f"2015-16 Q{quarter}": quarter for quarter in (1, 2, 3, 4)}
    submit(tmp_path, cells("crimes", crimes), source="mps_crime")
    submit(tmp_path, cells("crimes", {**crimes, "2015-16 Q1": 9}), source="mps_crime")
    edition = publish_edition(tmp_path, only(framework, counted()))
    assert values(edition, "crimes", basis="year") == {"2016": 18}  # 9 + 2 + 3 + 4
    assert rows_of(edition.shareable, "SELECT revised FROM points WHERE basis = 'year'") == [(True,)]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.none(), st.just("c"), st.integers(0, 50)), min_size=8, max_size=8))
def test_the_last_sum_to_date_is_the_year_and_the_twelve_months_to_march(counts: list[Any]) -> None:
    """Whatever is missing or hidden. On the steps alone, in memory, so that many grids can be tried."""
    texts = [f"{year}-{year - 1999} Q{quarter}" for year in (2015, 2016) for quarter in (1, 2, 3, 4)]
    found = _bases({text: count for text, count in zip(texts, counts, strict=True) if count is not None})
    for year, last in (("2016", "2015-16 Q4"), ("2017", "2016-17 Q4")):
        assert found.get(("year", year)) == found.get(("ytd", last)) == found.get(("rolling12", last))


def _bases(crimes: dict[str, Any]) -> dict[tuple[str, str], Any]:
    rows = [
        ("crimes", 0, HARROW, text, int(text[:4]) + 1, int(text[-1]), None if cell == "c" else float(cell), "c" if cell == "c" else "")
        for text, cell in crimes.items()
    ]
    table = pd.DataFrame(rows, columns=["indicator", "role", "geography", "period", "year", "number", "numerator", "status"])
    empty = "NULL::DOUBLE AS denominator, NULL::DOUBLE AS value, NULL::DOUBLE AS lower, NULL::DOUBLE AS upper, NULL::VARCHAR AS correction"
    published = "'' AS agency, '' AS breakdown, 'quarter' AS basis, 4 AS in_year, FALSE AS provisional, NULL::VARCHAR AS without"
    with duckdb.connect() as connection:
        connection.register("given_rows", table.astype({"numerator": "float64", "year": "int64", "number": "int64"}))
        connection.execute("CREATE TABLE breaks (indicator VARCHAR, counts_from DATE)")
        connection.execute(
            f"CREATE TABLE by_period AS SELECT *, {empty}, {published}, DATE '2015-04-01' AS starts, DATE '2015-06-30' AS ends, "
            "1 AS submission, FALSE AS revised, TRUE AS adds, FALSE AS snapshot, TRUE AS makes_year FROM given_rows"
        )
        connection.execute((Path(steps.__file__).parent / "sql" / "50_bases.sql").read_text(encoding="utf-8"))
        found = connection.execute("SELECT basis, period, numerator, status FROM by_basis").fetchall()
    return {(basis, period): status or numerator for basis, period, numerator, status in found}


# ---- comparators and judgements ----


def test_neighbours_are_summed_up_by_mean_and_median_and_the_missing_are_counted(tmp_path: Path, framework: Framework) -> None:
    for place, some in ((HARROW, 50), (BARNET, 10), (BRENT, 20), (EALING, "c")):
        submit(tmp_path, cells("some", {"2016": some}, place), cells("all", {"2016": 100}, place))
    neighbour_set(tmp_path, [BARNET, BRENT, EALING, LONDON])
    submit(tmp_path, cells("some", {"2016": 60}, LONDON), cells("all", {"2016": 100}, LONDON))
    edition = publish_edition(tmp_path, only(framework, indicator()))
    sql = "SELECT comparator, value, contributors, members FROM comparators WHERE comparator LIKE 'neighbours%' ORDER BY 1"
    # 10, 20 and 60: mean 30, median 20; Ealing is one of the four but has no figure.
    assert rows_of(edition.shareable, sql) == [("neighbours_mean", 30.0, 3, 4), ("neighbours_median", 20.0, 3, 4)]


def test_neighbours_of_whom_none_has_a_figure_have_a_status(tmp_path: Path, framework: Framework) -> None:
    for place, some in ((HARROW, 50), (BARNET, "c")):
        submit(tmp_path, cells("some", {"2016": some}, place), cells("all", {"2016": 100}, place))
    neighbour_set(tmp_path, [BARNET])
    edition = publish_edition(tmp_path, only(framework, indicator()))
    assert rows_of(edition.shareable, "SELECT DISTINCT value, status, contributors FROM comparators") == [(None, "c", 0)]


def test_a_neighbour_named_by_a_former_code_still_counts(tmp_path: Path, framework: Framework) -> None:
    for place, some in ((HARROW, 50), ("E06000066", 10)):
        submit(tmp_path, cells("some", {"2016": some}, place), cells("all", {"2016": 100}, place))
    neighbour_set(tmp_path, ["E10000027"])  # Somerset, as a set of before 2023 names it
    edition = publish_edition(tmp_path, only(framework, indicator()))
    assert rows_of(edition.shareable, "SELECT value FROM comparators WHERE comparator = 'neighbours_mean'") == [(10.0,)]


def test_a_later_file_of_the_same_set_takes_its_place(tmp_path: Path, framework: Framework) -> None:
    neighbour_set(tmp_path, [BARNET, BRENT])
    neighbour_set(tmp_path, [EALING])
    submit(tmp_path, cells("some", {"2016": 1}), cells("all", {"2016": 10}))
    edition = publish_edition(tmp_path, only(framework, indicator()))
    assert rows_of(edition.shareable, "SELECT neighbour, rank FROM neighbour_sets") == [(EALING, 1)]


def test_counts_are_not_set_beside_other_places(tmp_path: Path, framework: Framework) -> None:
    for place in (HARROW, LONDON, BARNET):
        submit(tmp_path, cells("crimes", {"2015-16 Q1": 5}, place), source="mps_crime")
    neighbour_set(tmp_path, [BARNET])
    edition = publish_edition(tmp_path, only(framework, counted()))
    assert rows_of(edition.shareable, "SELECT COUNT(*) FROM comparators") == [(0,)]


VERDICTS = [  # England's share, polarity, how Harrow's is judged against it
    # Wilson for Harrow's 355 of 2,281 (15.6%) is 14.13 to 17.11.
    (22.6, "lower", ("lower", "better")),
    (22.6, "higher", ("lower", "worse")),
    (22.6, "neutral", ("lower", None)),
    (10.0, "lower", ("higher", "worse")),
    (10.0, "higher", ("higher", "better")),
    (10.0, "neutral", ("higher", None)),
    (17.0, "lower", ("similar", None)),
    (17.2, "lower", ("lower", "better")),
]


def test_better_and_worse_come_from_the_interval_and_polarity(tmp_path: Path, framework: Framework) -> None:
    indicators = [indicator(id=polarity, interval="wilson", polarity=polarity) for polarity in ("lower", "higher", "neutral")]
    for year, (england, _, _) in enumerate(VERDICTS, start=2001):
        submit(tmp_path, cells("some", {str(year): 355}), cells("all", {str(year): 2281}))
        submit(tmp_path, cells("some", {str(year): england * 10}, ENGLAND), cells("all", {str(year): 1000}, ENGLAND))
    edition = publish_edition(tmp_path, only(framework, *indicators))
    judged_rows = rows_of(edition.shareable, "SELECT period, indicator, difference, verdict FROM comparators")
    found = {(period, polarity): (difference, verdict) for period, polarity, difference, verdict in judged_rows}
    for year, (_, polarity, judged) in enumerate(VERDICTS, start=2001):
        assert found[str(year), polarity] == judged


CHANGES = [  # of 1,000 the year before and now, polarity, what is told
    # Wilson for 1,000: 100 gives 8.3 to 12.0; 200 gives 17.6 to 22.6; 110 gives 9.2 to 13.1.
    (100, 200, "lower", ("rose", "changed", "worse")),
    (200, 100, "lower", ("fell", "changed", "better")),
    (200, 100, "higher", ("fell", "changed", "worse")),
    (200, 100, "neutral", ("fell", "changed", None)),
    (100, 110, "lower", ("rose", "no clear change", None)),
    (100, 100, "lower", ("held", "no clear change", None)),
]


def test_a_change_is_told_where_the_two_intervals_part(tmp_path: Path, framework: Framework) -> None:
    indicators = []
    for number, (before, now, polarity, _) in enumerate(CHANGES):
        published = {"source": "ees", "numerator": {"measures": [f"some{number}"]}, "denominator": {"measures": ["all"]}}
        indicators.append(indicator(id=f"share_{number}", interval="wilson", polarity=polarity, published=published))
        submit(tmp_path, cells(f"some{number}", {"2015": before, "2016": now}))
    submit(tmp_path, cells("all", {"2015": 1000, "2016": 1000}))
    edition = publish_edition(tmp_path, only(framework, *indicators))
    found = rows_of(edition.shareable, "SELECT direction, test, verdict FROM changes ORDER BY indicator")
    assert found == [told for *_, told in CHANGES]


def test_a_hidden_figure_has_no_change_and_no_judgement(tmp_path: Path, framework: Framework) -> None:
    submit(tmp_path, cells("some", {"2016": 5}, ENGLAND), cells("all", {"2016": 10}, ENGLAND))
    publish_share(tmp_path, framework, {"2014": 5, "2015": "c", "2016": 9}, dict.fromkeys(("2014", "2015", "2016"), 90), interval="wilson")
    edition = current_edition(tmp_path)
    assert rows_of(edition.shareable, "SELECT period, test, previous_status, verdict FROM changes") == [
        ("2016", "nothing before", "c", None)
    ]
    assert rows_of(edition.shareable, "SELECT period FROM comparators WHERE difference IS NOT NULL") == [("2016",)]


@pytest.mark.parametrize(("england", "difference"), [(29, "similar"), (31, "similar"), (10, "higher"), (60, "lower")])
def test_a_difference_within_the_interval_is_similar(tmp_path: Path, framework: Framework, england: int, difference: str) -> None:
    # 30 of 100: Wilson's interval is 21.9 to 39.6, so 29 and 31 lie inside it, on either side of the figure.
    submit(tmp_path, cells("some", {"2016": england}, ENGLAND), cells("all", {"2016": 100}, ENGLAND))
    publish_share(tmp_path, framework, {"2016": 30}, {"2016": 100}, interval="wilson")
    sql = "SELECT difference FROM comparators WHERE comparator = 'england'"
    assert rows_of(current_edition(tmp_path).shareable, sql) == [(difference,)]


def test_a_year_that_is_missing_is_not_skipped(tmp_path: Path, framework: Framework) -> None:
    publish_share(tmp_path, framework, {"2012": 5, "2016": 30}, dict.fromkeys(("2012", "2016"), 90), interval="wilson")
    found = rows_of(current_edition(tmp_path).shareable, "SELECT period, test, previous_status, direction FROM changes")
    assert found == [("2016", "nothing before", "x", "")]


@pytest.mark.parametrize(("some", "every"), [(40, 30), (-1, 30)])
def test_counts_that_cannot_be_are_not_shown_and_say_why(tmp_path: Path, framework: Framework, some: int, every: int) -> None:
    publish_share(tmp_path, framework, {"2015": 3, "2016": some}, {"2015": 30, "2016": every}, interval="wilson")
    edition = current_edition(tmp_path)
    assert values(edition) == {"2015": 10.0, "2016": "u"}
    for file in (edition.shareable, edition.restricted):
        [(value, reason)] = rows_of(file, "SELECT value, correction FROM points WHERE period = '2016'")
        assert value is None and "cannot be" in reason


def test_a_calendar_year_does_not_stand_for_a_financial_year(tmp_path: Path, framework: Framework) -> None:
    publish_share(tmp_path, framework, {"2016": 3}, {"2016": 30})
    submit(tmp_path, cells("some", {"2016": 9}).assign(time_identifier="Calendar year"))
    assert values(publish_edition(tmp_path, only(framework, indicator()))) == {"2016": 10.0}


# ---- cross-checks ----


def test_a_difference_between_two_files_becomes_one_query(tmp_path: Path, framework: Framework) -> None:
    checked = indicator(cross_checks=[{"source": "lait", "value": {"measures": ["Share"]}}])
    years = ("2015", "2016", "2017", "2018")
    submit(tmp_path, cells("some", dict.fromkeys(years, 12)), cells("all", dict.fromkeys(years, 80)))
    submit(tmp_path, cells("Share", {"2015": 15.0, "2016": 15.1, "2017": 15.04, "2018": "x"}), source="lait")
    edition = publish_edition(tmp_path, only(framework, checked))
    found = rows_of(edition.shareable, "SELECT indicator, period, value, other_value, other_source FROM queries")
    assert found == [("share", "2016", 15.0, 15.1, "lait")]
    assert values(edition) == dict.fromkeys(years, 15.0)  # never averaged, never replaced


# ---- the gate ----


def test_shareable_holds_no_number_beside_a_status(real_store: Path, illustrative_store: Path) -> None:
    for store in (real_store, illustrative_store):
        edition = current_edition(store)
        numbers = " OR ".join(f"{name} IS NOT NULL" for name in NUMBERS)
        assert rows_of(edition.shareable, f"SELECT COUNT(*) FROM points WHERE status <> '' AND ({numbers})") == [(0,)]
        assert rows_of(edition.shareable, "SELECT COUNT(*) FROM points WHERE status = '' AND value IS NULL") == [(0,)]
        assert rows_of(edition.shareable, "SELECT COUNT(*) FROM comparators WHERE (status = '') <> (value IS NOT NULL)") == [(0,)]


def test_shareable_and_restricted_hold_the_same_rows(real_store: Path) -> None:
    edition = current_edition(real_store)
    sql = "SELECT indicator, geography, basis, period, value, status FROM points ORDER BY ALL"
    assert rows_of(edition.shareable, sql) == rows_of(edition.restricted, sql)
