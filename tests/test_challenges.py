"""Challenges of the Board that wait for an answer: which, in which order, since when, and what an answer is."""

from datetime import date, timedelta
from typing import Any

import pytest
from given_learning import TODAY, learnt
from hypothesis import given
from hypothesis import strategies as st

from hscb_qa.learning import Analysis, Learning, unanswered
from hscb_qa.sentences import challenges as told
from hscb_qa.views import LearningView


def said(entry_id: str, on: str, kind: str = "challenge", **fields: Any) -> Analysis:
    given_ = {"area": "neglect", "agency": "police", "by_role": "Chair", "text": "Why is it so?"}
    return Analysis.model_validate({"id": entry_id, "on": on, "kind": kind, **given_, **fields})


def ids(record: Learning, **chosen: str) -> list[str]:
    return [one.id for one in unanswered(record, **chosen)]


def test_the_longest_waiting_stands_first_and_what_is_answered_not_at_all() -> None:
    record = learnt(
        said("newer", "2026-05-01"),
        said("answered", "2026-01-01"),
        said("older", "2026-02-01"),
        said("it_is", "2026-03-01", "answer", answers="answered"),
        said("analysis", "2026-01-01", "analysis"),
        said("action", "2026-01-01", "action"),
    )
    assert ids(record) == ["older", "newer"]


def test_an_answer_that_names_another_challenge_answers_nothing_here() -> None:
    record = learnt(said("one", "2026-01-01"), said("two", "2026-01-02"), said("it_is", "2026-03-01", "answer", answers="two"))
    assert ids(record) == ["one"]


def test_one_agency_or_area_alone() -> None:
    record = learnt(
        said("police", "2026-01-01"),
        said("housing", "2026-01-02", agency="housing"),
        said("nobody", "2026-01-03", agency=None, area="training"),
    )
    assert ids(record, agency="housing") == ["housing"]
    assert ids(record, area="training") == ["nobody"]
    assert ids(record, agency="housing", area="training") == []
    assert ids(record) == ["police", "housing", "nobody"], "one that names no agency stands among all, and under none"


def test_nothing_waits_where_nothing_was_asked() -> None:
    assert unanswered(learnt()) == ()


@given(st.lists(st.tuples(st.dates(date(2024, 1, 1), TODAY), st.booleans()), max_size=12))
def test_every_challenge_waits_or_is_answered_and_days_never_fall(drawn: list[tuple[date, bool]]) -> None:
    asked = [said(f"c{place}", f"{on}") for place, (on, _) in enumerate(drawn)]
    answers = [said(f"a{place}", f"{TODAY}", "answer", answers=f"c{place}") for place, (_, is_answered) in enumerate(drawn) if is_answered]
    found = unanswered(learnt(*asked, *answers))
    assert {one.id for one in found} == {f"c{place}" for place, (_, is_answered) in enumerate(drawn) if not is_answered}
    assert [one.on for one in found] == sorted(one.on for one in found)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "asked 1 July 2026, today"),
        (1, "asked 30 June 2026, 1 day ago"),
        (110, "asked 13 March 2026, 110 days ago"),  # 18 of March, 30, 31, 30, 1
    ],
)
def test_since_when_it_waits(days: int, words: str) -> None:
    assert told.since_asked_in_words(TODAY - timedelta(days=days), TODAY) == words


@pytest.mark.parametrize(
    ("waiting", "words"),
    [
        ({}, ""),
        ({"step": 4}, ""),
        ({"analysis": 1}, "1 analysis, challenge, answer or action waits for approval; an answer may be among them."),
        ({"analysis": 3}, "3 analyses, challenges, answers or actions wait for approval; an answer may be among them."),
    ],
)
def test_an_answer_may_wait_for_approval(waiting: dict[str, int], words: str) -> None:
    assert told.may_be_answered_in_words(LearningView(learnt(), None, TODAY, {}, waiting, {})) == words
