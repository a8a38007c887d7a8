"""The improvement cycle: a line from exercise to what was found again, followed both ways, and where each line broke."""

from typing import Any

import pytest
from given_learning import EXPECTS, TODAY, evidence, exercise, finding, learnt, recommendation, step
from hypothesis import given
from hypothesis import strategies as st

from hscb_qa.learning import EffectState, Entry, Learning
from hscb_qa.learning.cycle import BREAKS, Cycle
from hscb_qa.sentences import recommendations as told

WHOLE: tuple[Entry, ...] = (
    exercise("audit"),
    evidence("june", "2025-06-01", exercise="audit"),
    finding("f", "june"),
    recommendation("r", "2025-06-10", finding="f", origin="audit", expects=EXPECTS),
    step("s1", "r", "progress", "2025-07-01"),
    step("s2", "r", "completed", "2025-08-01", evidence=["proof"]),
    step("s3", "r", "reached_frontline", "2025-09-01"),
    step("s4", "r", "re_audited", "2026-01-05", evidence=["again"]),
    evidence("proof", "2025-08-01"),
    evidence("again", "2026-01-01"),
)


def cycle(*entries: Entry, **effects: EffectState) -> Cycle:
    return Cycle(Learning(entries), TODAY, effects)


def without(*ids: str) -> list[Entry]:
    return [one for one in WHOLE if one.id not in ids]


def breaks(*entries: Entry, **effects: EffectState) -> tuple[str, ...]:
    [line] = cycle(*entries, **effects).lines
    return line.breaks


def test_a_closed_loop_has_every_stage_and_no_break() -> None:
    [line] = cycle(*WHOLE, r="seen").lines
    assert {stage.kind: [one.id for one in stage.entries] for stage in line.stages} == {
        "exercise": ["audit"],
        "evidence": ["june"],
        "finding": ["f"],
        "recommendation": ["r"],
        "action": ["s1"],
        "completed": ["s2"],
        "frontline": ["s3"],
        "measured": ["r"],
        "re_audit": ["s4"],
        "found_again": [],
    }
    assert {stage.state for stage in line.stages[:-1]} == {"done"}
    assert line.breaks == () and cycle(*WHOLE, r="seen").open_loops == ()
    assert told.line_state_in_words(line).startswith("The loop is closed")


def test_the_line_is_followed_on_and_back() -> None:
    whole, found = cycle(*WHOLE, r="seen"), []
    entry: Entry = WHOLE[0]
    while entry.KIND != "recommendation":
        found.append(entry.id)
        [entry] = whole.following(entry)
    assert [*found, entry.id] == ["audit", "june", "f", "r"]
    assert [one.id for one in whole.following(entry)] == ["s1", "s2", "s3", "s4"]
    assert [one.id for one in whole.following(WHOLE[7])] == ["again"]
    back = [WHOLE[9]]
    while before := whole.leading_to(back[-1]):
        back.append(before[0])
    assert [one.id for one in back] == ["again", "s4", "r", "f", "june", "audit"]


def test_each_way_a_line_can_break() -> None:
    assert breaks(*WHOLE[1:3]) == ("no_recommendation",)
    assert breaks(recommendation("r", "2025-06-10")) == ("overdue",)
    assert breaks(recommendation("r", "2026-06-10")) == ()
    assert breaks(*without("proof", "s2"), step("s2", "r", "completed", "2025-08-01"), r="seen") == ("no_evidence",)
    assert breaks(*without("s3"), r="seen") == ("not_passed_on",)
    assert breaks(*WHOLE, r="not_seen") == ("effect_not_seen",)
    assert breaks(*without("s4"), r="not_seen") == ("effect_not_seen", "no_re_audit")
    assert breaks(*without("s4"), r="cannot_say") == ("effect_unknown", "no_re_audit")
    assert breaks(*WHOLE, r="cannot_say") == (), "an audit again answers for a figure that cannot tell"
    assert breaks(*without("s4"), r="seen") == ()
    assert breaks(*without("s4"), r="too_early") == ()
    unmeasured = recommendation("r", "2025-06-10", finding="f", origin="audit")
    assert breaks(*without("r"), unmeasured) == ()
    assert breaks(*without("r", "s4"), unmeasured) == ("effect_not_looked_for",)
    assert breaks(*without("f", "s4"), finding("f", "june", kind="good_practice"), r="seen") == ()


def test_a_concern_found_again_breaks_the_line_once_it_was_completed() -> None:
    later = [evidence("later", "2026-03-01"), finding("f2", "later")]
    lines = {one.finding.id: one for one in cycle(*WHOLE, *later, r="seen").lines if one.finding}
    assert lines["f"].breaks == ("found_again",)
    assert [one.id for one in lines["f"].stage("found_again").entries] == ["f2"]
    assert lines["f2"].breaks == ("no_recommendation",)
    earlier = [evidence("later", "2025-07-15"), finding("f2", "later")]
    assert not next(one for one in cycle(*WHOLE, *earlier, r="seen").lines if one.followed).breaks, "it was not completed then"


def test_a_figure_of_no_concern_closes_a_loop_without_calling_it_an_effect() -> None:
    [line] = cycle(*WHOLE, r="no_concern").lines
    assert line.breaks == () and [one.id for one in line.stage("measured").entries] == ["r"]
    assert "effect" not in told.line_state_in_words(line)


def test_loops_stand_oldest_first_with_the_challenge_of_the_board_by_its_day() -> None:
    found = cycle(
        evidence("new", "2026-02-01"),
        finding("f_new", "new"),
        evidence("old", "2024-02-01"),
        finding("f_old", "old"),
        recommendation("challenge", "2025-02-01"),
    ).open_loops
    assert [(one.began.year, one.breaks) for one in found] == [
        (2024, ("no_recommendation",)),
        (2025, ("overdue",)),
        (2026, ("no_recommendation",)),
    ]


def test_a_stage_says_why_it_broke_or_what_is_to_come() -> None:
    [line] = cycle(recommendation("r", "2026-06-10", expects=EXPECTS), r="too_early").lines
    words = {stage.kind: told.stage_in_words(line, stage) for stage in line.stages}
    assert words["completed"] == "Due 10 December 2026."
    assert words["measured"] == "To be seen in the figures of Jan to Mar 2026."
    assert words["finding"] == "None: the Board's own challenge."
    [line] = cycle(*without("s3"), r="seen").lines
    assert told.stage_in_words(line, line.stage("frontline")) == "The lesson was not passed on to frontline teams."
    assert told.line_state_in_words(line) == "The loop is not closed: the lesson was not passed on to frontline teams."


IDS = st.sampled_from(["a", "b", "c"])
ENTRIES = st.lists(
    st.one_of(
        st.builds(lambda one: exercise(one), IDS),
        st.builds(lambda one, other, day: evidence(one, f"2025-0{day}-01", exercise=other), IDS, IDS, st.integers(1, 9)),
        st.builds(lambda one, other: finding(one, other), IDS, IDS),
        st.builds(lambda one, other: recommendation(one, "2025-05-01", finding=other, origin="audit"), IDS, IDS),
        st.builds(
            lambda one, other, kind, proof: step(one, other, kind, "2025-08-01", evidence=[proof]),
            IDS,
            IDS,
            st.sampled_from(["progress", "completed", "re_audited", "reached_frontline", "reopened"]),
            IDS,
        ),
    ),
    max_size=15,
    unique_by=lambda one: (one.KIND, one.id),
)


@given(ENTRIES)
def test_every_step_on_has_its_step_back_and_every_line_stands_once(entries: list[Any]) -> None:
    whole = cycle(*entries)
    for one in entries:
        assert all(one in whole.leading_to(other) for other in whole.following(one))
        assert all(one in whole.following(other) for other in whole.leading_to(one))
    asked = [one.followed.recommendation.id for one in whole.lines if one.followed]
    assert sorted(asked) == sorted(one.id for one in entries if one.KIND == "recommendation")
    for line in whole.lines:
        assert {stage.kind for stage in line.stages if stage.state == "broken"} == {BREAKS[one] for one in line.breaks}


@pytest.mark.parametrize("missing", [one.id for one in WHOLE])
def test_whatever_is_not_in_the_file_the_rest_stands(missing: str) -> None:
    """An entry that nobody has approved is not in the shareable file; its neighbours still have pages."""
    whole = cycle(*without(missing), r="seen")
    assert all(one.stages for one in whole.lines)
    assert learnt(*without(missing)).entries


def test_a_signal_that_is_there_before_anything_was_done_is_no_measurement() -> None:
    [line] = cycle(recommendation("r", "2026-06-10", expects=EXPECTS), r="seen").lines
    assert line.stage("measured").entries == () and line.stage("measured").state == "ahead"
