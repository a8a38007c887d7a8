"""What the screens say besides figures: how a number came to be, who was heard, what an area lacks."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from invented import point, view

from hscb_qa import sentences
from hscb_qa.publish import Edition
from hscb_qa.views import ApprovedVoice, OpenEdition, Selection, board_view, indicator_view

EDITION = Edition("2026-11-23-120000", "", "2026-11-23T12:00:00Z", True, Path())


def voice(who: str, day: date) -> ApprovedVoice:
    return ApprovedVoice(who, "Police", "survey", None, day, "We were heard.", None, "Chair", day)


def test_who_was_heard_is_told_by_quarter() -> None:
    voices = (voice("children", date(2026, 6, 18)), voice("children", date(2025, 1, 2)), voice("frontline staff", date(2024, 5, 1)))
    assert sentences.heard_in_words(voices) == "children 2026-27 Q1, parents and carers not yet, frontline staff 2024-25 Q1"
    assert sentences.silence_in_words(voices, "children", EDITION) == ""
    assert sentences.silence_in_words(voices, "parents and carers", EDITION) == "No voice of parents and carers yet."
    assert sentences.silence_in_words(voices, "frontline staff", EDITION) == "No voice of frontline staff since 2024-25 Q1."


@pytest.mark.parametrize(
    ("indicator", "basis", "agency", "words"),
    [
        ("rereferrals_within_12_months", "year", None, "shown as published. Its 95% interval is Wilson's for a percentage."),
        ("child_protection_plans_for_neglect", "quarter", None, "times 100; each is added up before they are divided. Added up from the"),
        ("referrals_rate", "quarter", None, "times 10,000; each is added up before they are divided. Added up from the returns of all"),
        ("referrals_rate", "quarter", None, "A rate of less than a year is multiplied so that it reads as a year's."),
        ("second_or_subsequent_child_protection_plans", "rolling12", None, "over twelve months. Its 95% interval is Wilson's"),
        ("safeguarding_training_in_date", None, "police", "Added up from the agency's return, counted on the last day."),
        ("recorded_sexual_offences", "quarter", None, "A plain count."),
        ("persistent_absence_of_children_on_plans", "year", None, "The publisher's own figure, shown as published. No interval"),
    ],
)
def test_how_a_number_came_to_be(illustrative_edition: OpenEdition, indicator: str, basis: str, agency: str, words: str) -> None:
    shown = indicator_view(illustrative_edition, indicator, Selection(basis=basis, agency=agency))  # type: ignore[arg-type]
    assert words in sentences.computed_in_words(shown)


def test_every_figure_says_how_it_came_to_be(illustrative_edition: OpenEdition) -> None:
    for indicator in illustrative_edition.framework.indicators:
        shown = indicator_view(illustrative_edition, indicator)
        assert bool(sentences.computed_in_words(shown)) == bool(shown.points)


def test_an_average_is_not_told_as_a_part_of_something() -> None:
    one = view(replace(point("2016", 13.4), numerator=1244.0, denominator=93.0), unit="score")
    assert sentences.latest_in_words(one) == "13.4 in 2015-16 (an average over 93)."


def test_every_hole_of_a_year_is_named(illustrative_edition: OpenEdition) -> None:
    board = board_view(illustrative_edition, "2026-27")
    told = sentences.holes_in_words(board)
    for area in board.areas:
        assert all(area.area.short_title in told for _ in area.balance.holes)
    assert told.count("no outcome measure") == told.count("no quality measure") == 1


def test_choices_that_the_overview_does_not_follow_are_told(illustrative_edition: OpenEdition) -> None:
    framework = illustrative_edition.framework
    assert sentences.board_selection_in_words(framework, Selection()) == ""
    told = sentences.board_selection_in_words(framework, Selection(until=date(2025, 3, 31), basis="half_year"))
    assert told == (
        "Only periods that ended up to 31 March 2025. Figures by half year where there are such; else each measure's own period. "
        "Exceptions, returns and what is new are of this edition's latest figures all the same."
    )


def test_a_long_title_gives_up_the_usual_range_for_the_place_among_others(illustrative_edition: OpenEdition) -> None:
    """Within its own range may be far below everybody else's: that must not be the half that is left out."""
    shown = indicator_view(illustrative_edition, "initial_conferences_within_15_working_days", Selection(basis="year"))
    assert sentences.title(shown) == "Conferences within 15 working days at 58.2%, below neighbours, London and England"
