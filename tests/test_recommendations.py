"""Recommendations as they stand on a day: late or not, how long they take, what came of them, what was found again."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any, get_args

import pytest
from given_learning import EXPECTS, MET, TODAY, evidence, finding, learnt, recommendation, step
from hypothesis import given
from hypothesis import strategies as st

from hscb_qa.figures import durations_figure, in_theme
from hscb_qa.learning import EffectState, Learning
from hscb_qa.learning import recommendations as learning
from hscb_qa.learning.recommendations import Followed, Share, Smart, Tally, days_for
from hscb_qa.learning.repeats import repeats
from hscb_qa.sentences import effects as came
from hscb_qa.sentences import recommendations as told
from hscb_qa.tables import durations_table

COMPLETED, REOPENED = "completed", "reopened"
EFFECTS = get_args(EffectState)


def followed(record: Learning, today: date = TODAY, **effects: Any) -> dict[str, Followed]:
    return {one.recommendation.id: one for one in learning.follow(record, today, effects)}


def test_due_day_and_days_overdue_by_hand() -> None:
    """Made on 1 January and due after six months, on 1 July: on that day it is open, the day after it is one day late."""
    record = learnt(recommendation("a"))
    on_the_day, after = followed(record)["a"], followed(record, date(2026, 7, 2))["a"]
    assert (on_the_day.standing, on_the_day.due, on_the_day.days_overdue, on_the_day.days) == ("open", date(2026, 7, 1), 0, 181)
    assert (after.standing, after.days_overdue) == ("overdue", 1)


def test_a_day_of_its_own_stands_before_the_rule() -> None:
    assert followed(learnt(recommendation("a", due="2026-03-01")))["a"].days_overdue == 122  # 30 + 30 + 31 + 30 + 1


@pytest.mark.parametrize(
    ("steps", "standing"),
    [
        ([], "open"),
        ([(COMPLETED, "2026-07-01")], "completed"),
        ([(COMPLETED, "2026-07-02")], "completed_late"),
        ([(COMPLETED, "2026-02-01"), (REOPENED, "2026-03-01")], "open"),
        ([(COMPLETED, "2026-02-01"), (REOPENED, "2026-03-01"), (COMPLETED, "2026-07-09")], "completed_late"),
    ],
)
def test_the_last_completion_counts(steps: list[tuple[str, str]], standing: str) -> None:
    record = learnt(recommendation("a"), *(step(f"s{place}", "a", kind, on) for place, (kind, on) in enumerate(steps)))
    assert followed(record)["a"].standing == standing


def test_the_latest_is_first_then_the_next_due_then_by_effect() -> None:
    record = learnt(
        recommendation("seen", expects=EXPECTS),
        step("s1", "seen", COMPLETED, "2026-05-01"),
        recommendation("not_seen", expects=EXPECTS),
        step("s2", "not_seen", COMPLETED, "2026-05-01"),
        recommendation("no_signal"),
        step("s3", "no_signal", COMPLETED, "2026-06-01"),
        recommendation("later", due="2027-01-01"),
        recommendation("sooner", due="2026-08-01"),
        recommendation("late", due="2026-06-01"),
        recommendation("latest", due="2026-02-01"),
    )
    found = followed(record, seen="seen", not_seen="not_seen", no_signal="seen")
    assert list(found) == ["latest", "late", "sooner", "later", "not_seen", "no_signal", "seen"]
    assert found["no_signal"].effect is None, "no signal was named, so none can have come"
    assert learning.tally(list(found.values())) == Tally(
        open=4, overdue=2, completed=3, completed_late=0, effect_seen=1, effect_not_seen=1, no_concern=0, found_again=0, effect_unknown=1
    )
    assert [one.recommendation.id for one in learning.due_next(found.values(), TODAY, 3)] == ["sooner"]
    assert [one.recommendation.id for one in learning.completed_without_effect(found.values())] == ["not_seen"]
    assert len(learning.completed_without_evidence(found.values())) == len(learning.never_passed_on(found.values())) == 3


def test_on_time_counts_those_whose_day_has_passed() -> None:
    """Four were due before today: one in time, one late, one still open, one opened again after it was in time. One is due today."""
    record = learnt(
        *(recommendation(name, due="2026-06-01") for name in ("in_time", "late", "open", "reopened")),
        recommendation("today", due="2026-07-01"),
        recommendation("early", due="2026-12-01"),
        step("s1", "in_time", COMPLETED, "2026-06-01"),
        step("s2", "late", COMPLETED, "2026-06-02"),
        step("s3", "reopened", COMPLETED, "2026-03-02"),
        step("s4", "reopened", REOPENED, "2026-04-02"),
        step("s5", "early", COMPLETED, "2026-04-02"),
    )
    assert learning.on_time(followed(record).values(), TODAY) == Share(1, 4)
    assert learning.on_time([], TODAY) == Share(0, 0)
    assert told.share_in_words(Share(0, 0), "completed in time") == "nothing yet to count as completed in time"


def test_smart_is_what_people_decided_and_no_more() -> None:
    given = [
        recommendation("all", smart=MET),
        recommendation("one_failed", smart={"specific": {"met": False, "reason": "No."}}),
        recommendation("four", smart={name: answer for name, answer in MET.items() if name != "relevant"}),
        recommendation("none"),
    ]
    assert learning.smart(given) == Smart(smart=1, not_smart=1, undecided=2)
    assert learning.smart(given).share == Share(1, 2)
    assert [told.smart_in_short(one) for one in given] == ["SMART", "not SMART: specific", "4 of 5 tests decided", "0 of 5 tests decided"]


def test_evidence_of_the_last_completion_counts() -> None:
    record = learnt(
        recommendation("a"),
        step("s1", "a", COMPLETED, "2026-02-01", evidence=["e"]),
        step("s2", "a", REOPENED, "2026-03-01"),
        step("s3", "a", COMPLETED, "2026-04-01"),
    )
    assert not followed(record)["a"].has_evidence


def test_an_open_one_keeps_the_quartiles_honest() -> None:
    """Three took 100, 120 and 140 days; one has run for 400. Without it half were done by 120; with it a half of four, also by 120.

    Three quarters of four are done by 140; with a second that has run 500 days only three of five are, so nobody can say.
    """
    assert [days_for(Fraction(share, 4), [100, 120, 140], [400]) for share in (1, 2, 3)] == [100, 120, 140]
    assert days_for(Fraction(3, 4), [100, 120, 140], [400, 500]) is None
    assert days_for(Fraction(1, 2), [], [400]) is None


@given(st.lists(st.integers(0, 900), min_size=1), st.lists(st.integers(0, 900)), st.sampled_from([1, 2, 3]))
def test_what_is_still_open_never_makes_it_quicker(completed: list[int], still_open: list[int], quarters: int) -> None:
    share = Fraction(quarters, 4)
    alone, beside = days_for(share, completed, []), days_for(share, completed, still_open)
    assert alone == sorted(completed)[-(-len(completed) * quarters // 4) - 1], "without open ones it is the plain quantile"
    assert alone is not None and (beside is None or beside >= alone)


@given(st.lists(st.tuples(st.integers(0, 400), st.none() | st.integers(0, 400)), max_size=12), st.integers(0, 800))
def test_everything_is_counted_once(given_ones: list[tuple[int, int | None]], day: int) -> None:
    """Whenever made, due or completed: each recommendation stands in one group, under one agency and in one of the two rows of times."""
    start = date(2024, 1, 1)
    entries: list[Any] = []
    for place, (made, took) in enumerate(given_ones):
        entries.append(recommendation(f"r{place}", made_on=str(start + timedelta(made)), expects=EXPECTS))
        if took is not None:
            entries.append(step(f"s{place}", f"r{place}", COMPLETED, str(start + timedelta(made + took))))
    effects = {f"r{place}": EFFECTS[place % len(EFFECTS)] for place in range(len(given_ones))}
    found = learning.follow(Learning(tuple(entries)), start + timedelta(day), effects)
    assert sum(map(len, learning.grouped(found).values())) == len(given_ones) == len(found)
    assert sum(map(len, learning.by_agency(found).values())) == sum(map(len, learning.by_area(found).values())) == len(found)
    times = learning.times(found)
    assert len(times.completed) + len(times.still_open) == len(found)
    assert all((one.days_overdue > 0) == (one.group == "overdue") for one in found)
    counts = learning.tally(found)
    assert counts.open + counts.completed == len(found) and counts.overdue <= counts.open
    ended = (counts.effect_seen, counts.effect_not_seen, counts.no_concern, counts.found_again, counts.effect_unknown)
    assert sum(ended) == counts.completed


def twice(*more: Any, **fields: Any) -> Learning:
    """A concern found in June and again in December, with a recommendation from the first."""
    return learnt(
        evidence("june", "2025-06-01"),
        evidence("december", "2025-12-01"),
        finding("first", "june"),
        finding("second", "december", **fields),
        recommendation("r", "2025-06-10", finding="first", origin="audit"),
        *more,
    )


def test_a_concern_found_again_is_a_repeat_with_what_was_completed_between() -> None:
    [repeat] = repeats(twice(step("s", "r", COMPLETED, "2025-11-30")))
    assert [one.id for one in repeat.findings] == ["first", "second"]
    assert (repeat.themes, repeat.areas, repeat.agencies) == (("tool",), ("neglect",), ("police",))
    assert [one.id for one in repeat.completed_before] == ["r"]
    words = told.repeat_in_words(repeat, (["Neglect"], ["Police"]))
    assert words == "Tool: Police, Neglect. Found twice, last on 1 December 2025."


@pytest.mark.parametrize(
    "more",
    [
        [],
        [step("s", "r", COMPLETED, "2025-12-02")],
        [step("s", "r", COMPLETED, "2025-08-01"), step("t", "r", REOPENED, "2025-09-01")],
    ],
)
def test_what_was_not_completed_by_then_has_not_failed(more: list[Any]) -> None:
    [repeat] = repeats(twice(*more))
    assert repeat.completed_before == ()


@pytest.mark.parametrize(
    "other", [{"themes": ["voice"]}, {"areas": ["training"]}, {"agencies": ["housing"]}, {"kind": "good_practice"}, {"evidence": "june"}]
)
def test_another_theme_area_agency_kind_or_the_same_day_is_no_repeat(other: dict[str, Any]) -> None:
    again = finding("second", other.pop("evidence", "december"), **other)
    record = [one for one in twice().entries if one.id != "second"]
    assert repeats(learnt(*record, again)) == ()


def test_a_finding_without_its_evidence_is_no_repeat() -> None:
    assert repeats(learnt(*(one for one in twice().entries if one.id != "december"))) == ()


FOUND_AGAIN = [
    ([step("s", "r", COMPLETED, "2025-11-30")], date(2025, 12, 1)),
    ([step("s", "r", COMPLETED, "2025-12-01")], None),  # on the same day: nobody knows which came first
    ([step("s", "r", COMPLETED, "2025-08-01"), step("t", "r", REOPENED, "2025-12-10")], None),
    ([step("s", "r", COMPLETED, "2025-08-01"), step("t", "r", REOPENED, "2025-12-10"), step("u", "r", COMPLETED, "2026-02-01")], None),
    ([], None),
]


@pytest.mark.parametrize(("steps", "day"), FOUND_AGAIN)
def test_found_again_counts_from_the_last_completion(steps: list[Any], day: date | None) -> None:
    assert followed(twice(*steps))["r"].found_again == day


def test_what_was_found_again_has_not_had_its_effect_whatever_the_figure_says() -> None:
    asked = recommendation("r", "2025-06-10", finding="first", origin="audit", expects=EXPECTS)
    record = learnt(*(one for one in twice().entries if one.id != "r"), asked, step("s", "r", COMPLETED, "2025-11-30"))
    for effect in EFFECTS:
        [one] = learning.follow(record, TODAY, {"r": effect})
        counts = learning.tally([one])
        assert (one.group, counts.found_again, counts.effect_seen, counts.no_concern) == ("found_again", 1, 0, 0)
        assert came.found_again_mark(one) == ("✗", "concern", "found again 1 December 2025")
        assert came.effect_mark(one)[1] != "improvement"
        assert came.again_in_words(one.found_again).startswith("The same was found again on 1 December 2025")
    assert came.again_in_words(None) == ""
    assert [one.recommendation.id for one in learning.completed_without_effect(learning.follow(record, TODAY, {"r": "not_seen"}))] == ["r"]


def test_a_figure_that_is_only_of_no_concern_is_no_effect_seen() -> None:
    [one] = learning.follow(
        learnt(recommendation("r", expects=EXPECTS), step("s", "r", COMPLETED, "2026-05-01")), TODAY, {"r": "no_concern"}
    )
    counts = learning.tally([one])
    assert (one.group, counts.no_concern, counts.effect_seen) == ("no_concern", 1, 0)
    assert came.effect_mark(one) == ("=", "quiet", "no concern since") and came.found_again_mark(one) is None
    assert told.ended_in_words(counts) == "1 completed: 1 no concern since."


def test_what_two_agencies_share_and_one_repeats_fails_only_its_recommendation() -> None:
    record = learnt(
        evidence("june", "2025-06-01"),
        evidence("december", "2025-12-01"),
        finding("first", "june", agencies=["police", "housing"]),
        finding("second", "december", agencies=["police"]),
        *(recommendation(name, "2025-06-10", finding="first", origin="audit", agency=name) for name in ("police", "housing")),
        *(step(f"s_{name}", name, COMPLETED, "2025-08-01") for name in ("police", "housing")),
    )
    [repeat] = repeats(record)
    assert [one.id for one in repeat.completed_before] == ["police"]


def test_the_strip_of_dots_tells_open_ones_by_their_shape() -> None:
    record = learnt(recommendation("a"), step("s", "a", COMPLETED, "2026-04-11"), recommendation("b", "2026-06-01"), recommendation("c"))
    found = learning.follow(record, TODAY, {})
    drawn = durations_figure(found, learning.times(found), 6)
    done, still_open = drawn["data"]
    assert (done["x"], done["y"], done["marker"]["color"]) == ([100], [1], "#12436D")
    assert (still_open["x"], still_open["y"], still_open["marker"]["color"]) == ([30, 181], [-1, -1], "#FFFFFF")
    assert [one["text"] for one in drawn["layout"]["annotations"]] == ["half done: 100 days", "the rule: 6 months"]
    assert in_theme(drawn, "dark")["data"][0]["marker"]["color"] == "#7FB7E6"
    assert told.times_alternative(learning.times(found)).startswith(
        "How many days recommendations took: 1 recommendation took 100 days; 2 still open have run 30 to 181 days."
    )


def test_dots_of_alike_days_are_stacked_and_the_table_counts_the_same() -> None:
    record = learnt(*(recommendation(f"r{day}", f"2026-06-{day:02d}") for day in (1, 2, 3)))
    found = learning.follow(record, TODAY, {})
    assert durations_figure(found, learning.times(found), 6)["data"][1]["y"] == [-1, -2, -3]  # 28, 29 and 30 days
    assert durations_table(learning.times(found)).to_numpy().tolist() == [["0 to 59", 0, 3]]


def test_times_in_words_say_what_cannot_be_said() -> None:
    words = told.times_in_words(learning.Times((100, 120, 140), (400, 500)))
    assert words == (
        "A quarter were completed within 120 days and half were completed within 140 days. Too few are completed to say how long three "
        "quarters take. The 2 recommendations still open count for the days they have run."
    )
    assert told.times_in_words(learning.Times((), (3,))) == "None is completed yet, so nothing can be said of how long they take."


@pytest.mark.parametrize(
    ("group", "effect", "words"),
    [
        ("open", "seen", "signal there before it is completed"),
        ("open", "too_early", "effect to be looked for"),
        ("open", "no_concern", "no concern before it is completed"),
        ("done", "seen", "effect seen"),
        ("done", "no_concern", "no concern since"),
        ("done", "not_seen", "effect not seen"),
        ("done", "cannot_say", "effect cannot be judged"),
    ],
)
def test_nothing_has_worked_before_it_was_done(group: str, effect: str, words: str) -> None:
    steps = [step("s", "r", COMPLETED, "2026-02-01")] if group == "done" else []
    assert came.effect_mark(followed(learnt(recommendation("r", expects=EXPECTS), *steps), r=effect)["r"])[2] == words


def test_the_line_on_top_counts_what_stands_below() -> None:
    until = date(2026, 10, 1)
    assert told.overview_in_words(Tally(6, 2, 9, 1, 1, 2, 1, 2, 3), 3, until) == (
        "6 open, 2 of them overdue; 3 due by 1 October 2026. "
        "9 completed: 1 effect seen, 1 no concern since, 2 effect not seen, 2 found again, 3 effect not known."
    )
    assert (
        told.overview_in_words(Tally(1, 0, 0, 0, 0, 0, 0, 0, 0), 0, until)
        == "1 open, none of them overdue; 0 due by 1 October 2026. None is completed."
    )
    assert told.overview_in_words(Tally(0, 0, 0, 0, 0, 0, 0, 0, 0), 0, until) == "No recommendation is recorded here."
