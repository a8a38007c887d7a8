"""Search by words: every word somewhere, the nearest first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import indicator, only

from hscb_qa.definitions import Framework, load_framework
from hscb_qa.views import find_indicators

SHIPPED = load_framework()


@pytest.fixture
def few(framework: Framework) -> Framework:
    return only(
        framework,
        indicator(id="audits", name="Audits of neglect", short_name="Neglect audits", definition="Case files looked at."),
        indicator(id="plans", name="Plans for children", short_name="Plans", definition="Plans because of neglect."),
        indicator(id="crimes", name="Offences", short_name="Offences", definition="Recorded by police.", tier="extended"),
        indicator(id="thefts", name="Offences of theft", short_name="Theft", definition="Recorded by police."),
    )


def found(framework: Framework, words: str) -> list[tuple[str, str]]:
    return [(one.indicator.id, one.where) for one in find_indicators(framework, words)]


# ---- by hand ----


def test_a_name_comes_before_a_definition(few: Framework) -> None:
    assert found(few, "neglect") == [("audits", "name"), ("plans", "definition")]


def test_part_of_a_word_finds_it_after_a_whole_one(few: Framework) -> None:
    assert [one for one, _ in found(few, "polic")] == ["thefts", "crimes"]
    assert found(few, "glect")[0] == ("audits", "name")


def test_every_word_has_to_stand_somewhere(few: Framework) -> None:
    assert found(few, "neglect plans") == [("plans", "name")]
    assert found(few, "neglect police") == []


def test_of_equals_the_core_ones_come_first(few: Framework) -> None:
    assert [one for one, _ in found(few, "offences")] == ["thefts", "crimes"]


def test_a_plural_and_its_singular_are_one_word(few: Framework) -> None:
    assert [one for one, _ in found(few, "audit")] == ["audits"]


def test_two_letters_are_not_looked_for_within_words(few: Framework) -> None:
    assert found(few, "ff") == [] and found(few, "of") != []


@pytest.mark.parametrize("words", ["referred again", "repeated referrals", "again referred"])
def test_other_words_for_the_same_find_it(words: str) -> None:
    assert find_indicators(SHIPPED, words)[0].indicator.id == "rereferrals_within_12_months"


def test_a_word_itself_comes_before_one_for_the_same(framework: Framework) -> None:
    plans = {"short_name": "Plans", "definition": "Plans."}
    both = only(framework, indicator(id="second", name="A second plan", **plans), indicator(id="again", name="Plans made again", **plans))
    assert [one for one, _ in found(both, "again")] == ["again", "second"]


@pytest.mark.parametrize("words", ["", "   ", "?!", "'"])
def test_no_words_find_nothing(words: str) -> None:
    assert find_indicators(SHIPPED, words) == ()


def test_the_title_of_an_area_finds_its_indicators() -> None:
    ids = {one.indicator.id for one in find_indicators(SHIPPED, "radicalisation")}
    area = next(area for year in SHIPPED.plan_years for area in year.areas if area.id == "radicalisation")
    assert {one for one in area.indicators if "radicalisation" in SHIPPED.indicators[one].areas} <= ids


# ---- properties ----


@pytest.mark.parametrize("name", SHIPPED.indicators)
def test_an_indicator_is_found_first_by_its_whole_name(name: str) -> None:
    one = SHIPPED.indicators[name]
    assert name in [hit.indicator.id for hit in find_indicators(SHIPPED, f"{one.name} {one.short_name}")][:2]


@given(st.lists(st.sampled_from(["children", "plans", "police", "neglect", "rate", "health", "months", "review"]), min_size=1, max_size=4))
def test_the_order_of_words_does_not_matter_and_more_words_find_no_more(words: list[str]) -> None:
    hits = [one.indicator.id for one in find_indicators(SHIPPED, " ".join(words))]
    assert hits == [one.indicator.id for one in find_indicators(SHIPPED, " ".join(reversed(words)).upper())]
    assert set(hits) <= {one.indicator.id for one in find_indicators(SHIPPED, words[0])}
