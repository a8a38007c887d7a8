"""The shipped configuration has no fault, every definition in it means something, and the agreed data set is whole.

The catalogue of 127 indicators stands outside the project; tests that hold the definitions against it are skipped where it is absent.
"""

import csv
import re
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest
from conftest import ROOT

from hscb_qa.definitions import Framework, Indicator
from hscb_qa.errors import UnknownName


def test_the_shipped_configuration_has_no_fault(framework: Framework) -> None:
    assert len(framework.indicators) == 137  # the 127 of the catalogue, and ten more that are only published
    assert [one.id for one in framework.plan_years] == ["2015-16", "2025-26", "2026-27"]
    assert framework.board.geography == "E09000015"
    assert {one.id for one in framework.board.comparators} >= {"london", "england"}


INDICATOR_FILES = sorted(path.stem for path in (ROOT / "config" / "indicators").glob("*.yaml"))
PROSE = ("name", "short_name", "definition", "numerator", "why_it_matters", "what_good_looks_like")


@pytest.mark.parametrize("name", INDICATOR_FILES)
def test_every_shipped_definition_means_something(framework: Framework, name: str) -> None:
    one = framework.indicators[name]
    for field in PROSE:
        assert len(re.findall(r"[A-Za-z]{2,}", getattr(one, field))) >= 2, field
    assert not re.search(r"\b(todo|tbc|lorem|xxx)\b", " ".join(getattr(one, field) for field in PROSE), re.IGNORECASE)
    assert len({one.definition, one.why_it_matters, one.what_good_looks_like}) == 3
    assert (one.denominator is not None) == (one.unit != "count")
    assert one.authored.on <= one.checked.on <= date(2026, 12, 31)
    assert one.authored.by != one.checked.by
    below = one.published.denominator if one.published else None
    if below and one.unit.startswith("per_") and one.period_type == "snapshot_31_march" and "population_estimate" in below.measures:
        assert below.year_lag == 1


def test_no_two_definitions_say_the_same(framework: Framework) -> None:
    for field in ("name", "short_name", "definition"):
        said = [getattr(one, field) for one in framework.indicators.values()]
        assert len(set(said)) == len(said), field


# ---- the agreed data set ----

UNITS = {
    "%": "percent",
    "percentage points": "percentage_points",
    "per 1,000": "per_1000",
    "per 1,000 assessments": "per_1000",
    "per 10,000": "per_10000",
    "per 100,000": "per_100000",
    "count": "count",
    "count (to nearest 5)": "count",
    "children per WTE": "children_per_post",
    "score": "score",
    "cases": "cases",
}
DEVIATIONS = {  # where a definition differs from the catalogue: what, and why
    ("FG02", "unit"): ("per_1000", "published with the assessments it is a part of, so places can be compared as for the other factors"),
    ("WP06", "unit"): ("count", "the published cells hold counts of reviews, although their source labels them as a share"),
}
OUTSIDE = {  # published figures the board watches beside the catalogue
    "child_mental_health_at_assessment",
    "gangs_at_assessment",
    "learning_disability_at_assessment",
    "parental_alcohol_misuse_at_assessment",
    "parental_drug_misuse_at_assessment",
    "private_fostering_at_assessment",
    "recorded_possession_of_weapons",
    "recorded_sexual_offences",
    "recorded_violence_with_injury",
    "sexual_abuse_by_an_adult_at_assessment",
}


@pytest.fixture(scope="session")
def catalogue(shared: Path) -> dict[str, dict[str, str]]:
    """The catalogue's rows by their id."""
    with (shared / "domain" / "indicator_catalogue.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def in_catalogue(framework: Framework) -> dict[str, Indicator]:
    return {one.catalogue: one for one in framework.indicators.values() if one.catalogue}


def test_the_catalogue_is_defined_whole_and_each_row_once(framework: Framework, catalogue: dict[str, dict[str, str]]) -> None:
    found = Counter(one.catalogue for one in framework.indicators.values() if one.catalogue)
    assert len(catalogue) == 127 and found == Counter(list(catalogue))
    assert {one.id for one in framework.indicators.values() if one.catalogue is None} == OUTSIDE


def test_a_definition_agrees_with_its_row(framework: Framework, catalogue: dict[str, dict[str, str]]) -> None:
    told = {}
    for row_id, one in in_catalogue(framework).items():
        row = catalogue[row_id]
        for field in ("measure_type", "polarity", "tier", "unit"):
            wanted = UNITS[row[field]] if field == "unit" else row[field]
            if getattr(one, field) != wanted:
                told[row_id, field] = getattr(one, field)
    assert told == {place: value for place, (value, _) in DEVIATIONS.items()}


def test_every_core_indicator_is_owed_by_a_partner_of_today(framework: Framework) -> None:
    core = [one for one in framework.indicators.values() if one.tier == "core"]
    assert len(core) == 71
    for one in core:
        assert one.returned, one.id
        assert any(framework.agencies[agency].until is None for agency in one.returned.agencies), one.id
        assert any(one.id in area.indicators for area in framework.plan_year("2026-27").areas), one.id


def test_what_a_count_is_broken_down_by_adds_up(framework: Framework) -> None:
    """Parts of a breakdown add up to their whole; scores, averages and ready values do not, and an organisation's audits have no ages."""
    broken_down = [one for one in framework.indicators.values() if one.returned and one.returned.breakdowns]
    assert 8 <= len(broken_down) <= 12
    for one in broken_down:
        assert one.returned and one.returned.gives == "count" and one.returned.every == "quarter" and one.counts_people, one.id


def test_a_named_count_is_one_count(framework: Framework) -> None:
    """Indicators that name the same count take it of the same period, in the same way, from the same agencies."""
    uses = defaultdict(list)
    for one in framework.indicators.values():
        if returned := one.returned:
            taken = one.period_type if returned.every == "year" else returned.counting
            for count in filter(None, (returned.numerator_id, returned.denominator_id)):
                uses[count].append((taken, returned.every, returned.lag_quarters, returned.agencies))
    assert len(uses) > 10
    assert [count for count, found in uses.items() if len(found) < 2 or len(set(found)) > 1] == []


def test_what_the_commissioning_group_owed_the_integrated_care_board_owes(framework: Framework) -> None:
    for one in framework.indicators.values():
        owing = one.returned.agencies if one.returned else ()
        assert ("clinical_commissioning_group" in owing) == ("integrated_care_board" in owing), one.id


def test_a_return_speaks_of_its_own_period(framework: Framework) -> None:
    """The form shows these words beside the cells, in any quarter: a day in March or a year would mislead whoever fills it in."""
    for one in framework.indicators.values():
        if one.returned and one.returned.every != "year":
            words = f"{one.numerator} {one.denominator}"
            assert not re.search(r"at 31 March|at 30 September|year ending|in the (calendar )?year\b(?!;)", words), one.id


def test_breaks_are_told_in_order_and_lie_behind_us(framework: Framework) -> None:
    for one in framework.indicators.values():
        days = [found.on for found in one.breaks]
        assert days == sorted(set(days)) and all(day <= one.checked.on for day in days), one.id
    assert sum(bool(one.breaks) for one in framework.indicators.values()) >= 8


@pytest.mark.parametrize("year", ["2015-16", "2025-26", "2026-27"])
def test_every_plan_year_stands_on_the_four_functions(framework: Framework, year: str) -> None:
    plan_year = framework.plan_year(year)
    assert [area.id for area in plan_year.part_a] == ["help_and_early_help", "partners_duties", "quality_of_practice", "training"]
    assert plan_year.part_b and all(area.status == "illustrative" for area in plan_year.part_b)
    assert plan_year.area("help_and_early_help") in plan_year.areas and plan_year.area("nothing") is None


def test_unknown_names_are_told_with_the_nearest(framework: Framework) -> None:
    with pytest.raises(UnknownName, match="Did you mean 'rereferrals_within_12_months'"):
        framework.indicator("rereferals_within_12_months")
    with pytest.raises(UnknownName, match="no plan year '2016-17'"):
        framework.plan_year("2016-17")


def test_the_first_of_two_years_is_in_force_until_the_second_begins(framework: Framework) -> None:
    assert framework.current_plan_year(date(2014, 1, 1)).id == "2015-16"
    assert framework.current_plan_year(date(2030, 1, 1)).id == "2026-27"


def test_what_a_board_does_not_configure_it_need_not(framework: Framework) -> None:
    assert all(area.targets == () for plan_year in framework.plan_years for area in plan_year.areas)


def test_an_area_is_titled_as_its_newest_plan_words_it(framework: Framework) -> None:
    oldest, *others = framework.plan_years
    shared, gone = oldest.areas[0], next(one for one in oldest.areas if not any(year.area(one.id) for year in others))
    again = oldest.model_copy(update={"part_a": [shared.model_copy(update={"short_title": "Before"}), *oldest.part_a[1:]]})
    titles = framework.model_copy(update={"plan_years": (again, *others)}).area_titles
    assert titles[shared.id] == others[-1].area(shared.id).short_title != "Before"
    assert titles[gone.id] == gone.short_title
    assert list(titles)[: len(others[-1].areas)] == [one.id for one in others[-1].areas]
    assert titles == framework.model_copy(update={"plan_years": (*reversed(others), again)}).area_titles, "in whatever order they stand"
