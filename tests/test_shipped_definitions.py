"""The shipped configuration has no fault, and every definition in it means something."""

import re
from datetime import date

import pytest
from conftest import ROOT

from hscb_qa.definitions import Framework
from hscb_qa.errors import UnknownName


def test_the_shipped_configuration_has_no_fault(framework: Framework) -> None:
    assert len(framework.indicators) >= 50
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
    rate = one.unit.startswith("per_") and one.period_type.startswith("snapshot_31_march") and one.published.denominator
    if rate and "population_estimate" in one.published.denominator.measures:  # type: ignore[union-attr]
        assert one.published.denominator.year_lag == 1  # type: ignore[union-attr]


def test_no_two_definitions_say_the_same(framework: Framework) -> None:
    for field in ("name", "short_name", "definition"):
        said = [getattr(one, field) for one in framework.indicators.values()]
        assert len(set(said)) == len(said), field


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
