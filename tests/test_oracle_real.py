"""The real edition against figures that others have published or worked out. Skipped where the published files are absent."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, Command
from invented import ENGLAND, HARROW, LONDON, rows_of

from hscb_qa.definitions import Framework, Indicator
from hscb_qa.formats import rounded
from hscb_qa.geographies import load_geographies
from hscb_qa.publish import Edition, current_edition

OUTER_LONDON = "E13000002"
PLACES = {"harrow": HARROW, "london": LONDON, "outer_london": OUTER_LONDON, "england": ENGLAND}
SETS = {f"sn{day[:4]}_{word}": (f"neighbours_{word}", day) for day in ("2025-05-01", "2021-04-01") for word in ("mean", "median")}

# Published with more decimals than the board is shown: each neighbour is rounded first, so their mean may differ by half a decimal.
FINER_THAN_SHOWN = {
    "mental_health_inpatient_admissions_rate",
    "injury_admissions_under_15_rate",
    "two_year_reviews_with_questionnaire",
    "young_people_not_in_education_employment_or_training",
}
WORKFORCE = {"social_worker_vacancy_rate", "social_worker_turnover_rate", "agency_social_worker_rate", "social_worker_caseload"}


@pytest.fixture(scope="module")
def edition(real_store: Path) -> Edition:
    return current_edition(real_store)


# ---- rates of children in need, worked out from DfE's counts ----


def test_every_triple_of_children_in_need_agrees_to_the_published_decimal(shared: Path, edition: Edition) -> None:
    places = load_geographies(ROOT / "config" / "geographies.csv")
    sql = "SELECT geography, period, value, numerator, denominator FROM points WHERE indicator = 'children_in_need_rate'"
    ours = {(place, year): figures for place, year, *figures in rows_of(edition.shareable, sql)}
    with (shared / "oracles" / "cin_rate_harrow_and_sn_lait.csv").open(encoding="utf-8-sig", newline="") as file:
        triples = list(csv.DictReader(file))
    assert len(triples) == 110
    for row in triples:
        place = places.by_old_la_code(row["old_la_code"])
        assert place is not None
        value, numerator, denominator = ours[place.code, row["year"]]
        expected = (int(row["cin_at_31_march"]), int(row["population_0_17_mid_previous_year"]))
        assert (numerator, denominator) == expected, row
        assert rounded(value, 1) == rounded(float(row["lait_published_rate_per_10000"]), 1), row


# ---- what the issue asks to be shown, by the command line ----


@pytest.fixture
def series(command: Command, real_store: Path) -> Any:
    def read(indicator: str, *words: str) -> dict[str, Any]:
        code, out, err = command(real_store, "series", indicator, "--json", *words)
        assert (code, err) == (0, "")
        return dict(json.loads(out))

    return read


def at(points: list[dict[str, Any]], period: str) -> tuple[float | None, str | None]:
    return next((point["value"], point["status"]) for point in points if point["period"] == period)


def test_child_protection_plans(series: Any) -> None:
    facts = series("child_protection_plans_rate", "--geography", HARROW)
    assert at(facts["points"], "2016") == (33.6, None)  # 195 / 58,065 x 10,000
    assert at(facts["points"], "2025") == (45.5, None)
    assert at(facts["comparators"]["england"], "2025") == (40.6, None)
    assert at(series("child_protection_plans_rate", "--geography", ENGLAND)["points"], "2025") == (40.6, None)


def test_rereferrals_and_the_neighbours_of_2025(series: Any) -> None:
    facts = series("rereferrals_within_12_months")
    assert at(facts["points"], "2025") == (15.6, None)
    assert at(facts["comparators"]["neighbours_mean"], "2025") == (18.8, None)
    assert at(facts["comparators"]["neighbours_median"], "2025") == (19.9, None)
    assert "May 2025" in facts["comparator_notes"]["neighbours_mean"]


@pytest.mark.parametrize("restricted", [[], ["--restricted"]])
def test_plans_open_two_years_are_hidden_where_dfe_hid_them(series: Any, restricted: list[str]) -> None:
    points = series("child_protection_plans_open_two_years_or_more", *restricted)["points"]
    assert [point["period"] for point in points if point["status"] == "c"] == ["2014", "2016", "2018", "2019"]
    hidden = [point for point in points if point["status"] == "c"]
    assert {point[name] for point in hidden for name in ("value", "lower", "upper")} == {None}
    if not restricted:
        assert {point[name] for point in hidden for name in ("numerator", "denominator")} == {None}


def test_first_time_entrants_for_england_are_not_shown_as_comparable(series: Any) -> None:
    """The file's figure for England is a sum of the regions' rates: 3,071 in 2016 where Harrow has 334."""
    facts = series("first_time_entrants_to_youth_justice")
    assert at(facts["points"], "2016") == (334, None)
    england = facts["comparators"]["england"]
    assert england and all(point["value"] is None and point["status"] and point["note"] for point in england)
    assert "england" not in {name for name, judged in facts["judgement"].items() if judged["verdict"] or judged["difference"]}


# ---- forty-four published series, worked out by another hand ----


def expectations(shared: Path, framework: Framework) -> Iterator[tuple[Indicator, dict[str, str]]]:
    """Each row of the field's own table, with the indicators that show its measure or check themselves against it."""
    by_measure: dict[str, list[Indicator]] = {}
    for one in framework.indicators.values():
        for published in one.published_figures:
            if published.source == "lait" and published.value:
                by_measure.setdefault(published.value.measures[0], []).append(one)
    with (shared / "domain" / "harrow_published_series.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield from ((one, row) for one in by_measure.get(row["measure_short"], []))


def is_tolerated(indicator: str, column: str, period: str) -> str:
    """Why our figure may differ from the table's; empty where it may not."""
    if indicator in WORKFORCE and period == "2016":
        return "The workforce file, our source, begins in 2017; the table is LAIT's."
    if indicator in WORKFORCE and column.startswith("sn2021"):
        return "The workforce file gives Kingston upon Thames, of the 2021 set, together with Richmond; LAIT gives it apart."
    if (indicator, column) == ("first_time_entrants_to_youth_justice", "england"):
        return "England's figure is a sum of rates and is withheld by a correction."
    if (indicator, column[:6], period) == ("looked_after_strengths_and_difficulties_score", "sn2021", "2017"):
        return "Kingston upon Thames's score of 0 is withheld by a correction; the table averages it."
    return ""


def disagrees(ours: float | None, text: str, indicator: Indicator, column: str) -> bool:
    """The table is given to two decimals, LAIT's figures at most; ours may also be right only when rounded as shown."""
    if ours is None or text == "":
        return (ours is None) != (text == "")
    near = 0.055 if indicator.id in FINER_THAN_SHOWN and column in SETS else 0.00501
    return abs(ours - float(text)) > near and abs(rounded(ours, indicator.decimals) - float(text)) > 1e-9


def compare(shared: Path, framework: Framework, edition: Edition) -> tuple[int, set[tuple[str, str, str]]]:
    points = "SELECT indicator, geography, period, value FROM points WHERE basis = 'year'"
    comparators = "SELECT indicator, comparator || CAST(in_force_from AS VARCHAR), period, value FROM comparators WHERE basis = 'year'"
    ours = {key[:3]: key[3] for sql in (points, comparators) for key in rows_of(edition.shareable, sql)}
    compared, differing = 0, set()
    for indicator, row in expectations(shared, framework):
        for column in (*PLACES, *SETS):
            name = PLACES.get(column) or "".join(SETS[column])
            compared += 1
            if disagrees(ours.get((indicator.id, name, row["period"])), row[column], indicator, column):
                differing.add((indicator.id, column, row["period"]))
    return compared, differing


def test_published_series_agree_with_the_table_of_the_field(shared: Path, framework: Framework, edition: Edition) -> None:
    compared, differing = compare(shared, framework, edition)
    assert compared > 2_500
    assert sorted(one for one in differing if not is_tolerated(*one)) == []


def test_no_difference_is_tolerated_that_is_not_there(shared: Path, framework: Framework, edition: Edition) -> None:
    """A tolerance that nothing needs would let a later fault through."""
    _, differing = compare(shared, framework, edition)
    reasons = {is_tolerated(*one) for one in differing} - {""}
    every = {is_tolerated(one.id, column, row["period"]) for one, row in expectations(shared, framework) for column in (*PLACES, *SETS)}
    assert reasons == every - {""}
    assert {one for one, column, _ in differing if column in SETS} <= WORKFORCE | {"looked_after_strengths_and_difficulties_score"}
