"""Section 11 by partner and year: counts and gaps by hand, who owes, a year between, and what must hold of any scores."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learnt import score

from hscb_qa import sentences
from hscb_qa.definitions import Framework, load_framework
from hscb_qa.learning import Learning, Section11Year, SelfAssessment, section_11_years
from hscb_qa.learning.section_11 import gap_of

FRAMEWORK = load_framework()
assert FRAMEWORK.learning
RULES = FRAMEWORK.learning.section_11
TODAY = date(2026, 11, 23)


def years(*scores: SelfAssessment, framework: Framework = FRAMEWORK, today: date = TODAY) -> tuple[Section11Year, ...]:
    return section_11_years(Learning(scores), framework, RULES, today)


def test_counts_and_gap_by_hand() -> None:
    """Own 3, 2, 1 against 2, 2, 2: means 2 and 2, one higher, one the same, one lower; from 2 a standard is met."""
    [year] = years(score("police", "accountability", 3, 2), score("police", "senior_lead", 2, 2), score("police", "allegations", 1, 2))
    [police] = year.partners
    assert (police.met_by_self, police.met_by_moderators, police.moderated, police.is_whole) == (2, 3, 3, False)
    assert police.gap and (police.gap.mean, police.gap.higher, police.gap.same, police.gap.lower) == (0, 1, 1, 1)
    assert sentences.gap_in_words(police.gap) == "Partners and moderators scored the same on average, over 3 scores of both."
    assert sentences.part_in_words(year) == "Standards left out: Police (6)."


def test_the_gap_counts_moderated_scores_alone() -> None:
    [year] = years(score("police", "accountability", 3), score("police", "senior_lead", 3, 1))
    assert year.gap and (year.gap.number, year.gap.own, year.gap.moderated, year.gap.mean) == (1, 3, 1, 2)
    assert year.gap_in("accountability") is None
    assert sentences.gap_number(year.gap) == "+2.0"


def test_nothing_moderated_has_no_gap() -> None:
    [year] = years(score("police", "accountability", 3))
    assert year.gap is None
    assert year.partners[0].gap is None
    assert sentences.gap_in_words(year.gap) == "No score has been moderated."
    assert sentences.gap_number(None) == "–"


def test_who_owes_is_named_without_the_exempt_and_those_who_left() -> None:
    [year] = years(score("police", "accountability", 3))
    owing = {one.id for one in year.owing}
    assert "housing" in owing
    assert owing.isdisjoint({"police", "board_business_unit", "child_death_overview_panel", "clinical_commissioning_group"})
    assert sentences.not_returned_in_words(year).startswith(f"{len(owing)} partners did not return for 2025-26: ")


def test_a_year_that_runs_is_not_late() -> None:
    [year] = years(score("police", "accountability", 3, year="2026-27"))
    assert "have not returned yet for 2026-27" in sentences.not_returned_in_words(year)


def test_a_year_in_which_nobody_returned_stands_between() -> None:
    found = years(score("police", "accountability", 3, 2, "2023-24"), score("police", "accountability", 3, 3, "2025-26"))
    assert [one.year for one in found] == ["2023-24", "2024-25", "2025-26"]
    assert found[1].partners == ()
    assert found[2].partners[0].change is None
    assert sentences.trend_of_gap(found) == ""


def test_the_change_is_of_moderated_scores_where_both_years_have_them() -> None:
    before = score("police", "accountability", 3, 1, "2024-25"), score("police", "senior_lead", 3, 3, "2024-25")
    found = years(
        *before, score("police", "accountability", 2, 2), score("police", "senior_lead", 1, 2), score("police", "allegations", 1, 1)
    )
    [police] = found[1].partners
    assert sentences.score_change_in_words(police) == "1 higher, 1 lower, 0 the same (moderated, since 2024-25)"
    alone = years(score("police", "accountability", 1, None, "2024-25"), score("police", "accountability", 2, 2))[1].partners[0]
    assert sentences.score_change_in_words(alone) == "1 higher, 0 lower, 0 the same (self, since 2024-25)"


TRENDS = [
    ((2, 1), (3, 2), "as wide as"),
    ((3, 1), (2, 1), "narrower than"),
    ((2, 1), (3, 1), "wider than"),
    ((1, 3), (2, 1), "narrower than"),
]


@pytest.mark.parametrize(("before", "now", "how"), TRENDS)
def test_the_trend_of_the_gap_goes_by_its_size(before: tuple[int, int], now: tuple[int, int], how: str) -> None:
    found = years(score("police", "accountability", *before, "2024-25"), score("police", "accountability", *now))
    assert f"The gap is {how} in 2024-25" in sentences.trend_of_gap(found)


def test_nothing_entered_has_no_year() -> None:
    assert years() == ()


MARKS = [(2, 1, "▲", "self 2, moderated 1: 1 higher than the moderators"), (1, 3, "▼", "self 1, moderated 3: 2 lower than the moderators")]


@pytest.mark.parametrize(
    ("own", "moderated", "sign", "words"), [*MARKS, (2, 2, "=", "self 2, moderated 2: the same"), (2, None, "?", "self 2, not moderated")]
)
def test_a_score_has_a_sign_and_words(own: int, moderated: int | None, sign: str, words: str) -> None:
    assert sentences.score_mark(score("police", "accountability", own, moderated)) == (sign, words)


def test_a_score_that_was_not_returned_says_so() -> None:
    assert sentences.score_mark(None) == ("○", "not returned")


SCORES = st.lists(st.tuples(st.integers(0, 3), st.none() | st.integers(0, 3)), max_size=9)


@settings(deadline=None)
@given(SCORES)
def test_a_gap_is_the_mean_of_gaps(pairs: list[tuple[int, int | None]]) -> None:
    scores = [score("police", f"standard_{place}", own, moderated) for place, (own, moderated) in enumerate(pairs)]
    gaps = [one.gap for one in scores if one.gap is not None]
    gap = gap_of(scores)
    if not gaps:
        assert gap is None
    else:
        assert gap and gap.mean == pytest.approx(sum(gaps) / len(gaps))
        assert gap.higher + gap.same + gap.lower == gap.number == len(gaps)
