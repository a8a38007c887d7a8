"""Where an exercise's bar stands on the timeline, what the timeline reaches over, and the table and rows that say the same."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from learnt import deep_dive, evidence, exercise

from hscb_qa import figures, sentences, tables
from hscb_qa.definitions import Framework
from hscb_qa.learning import Exercise, Learning, Span

PROGRAMME = Span(date(2024, 4, 1), date(2027, 3, 31))
TODAY = date(2026, 11, 23)


def drawn(*exercises: Exercise, today: date = TODAY) -> figures.Timeline:
    return figures.timeline({"All": exercises}, PROGRAMME, today)


def test_the_programme_is_drawn_whole_though_nothing_is_in_it() -> None:
    empty = drawn()
    assert (len(empty.quarters), empty.groups) == (12, ())
    assert empty.years == (("2024-25", 4), ("2025-26", 4), ("2026-27", 4))


def test_quarters_reach_as_far_as_exercises_do_in_whole_years() -> None:
    line = drawn(exercise(starts="2023-24 Q4"), exercise("b", starts="2027-28 Q2"))
    assert (line.quarters[0].text, line.quarters[-1].text) == ("2023-24 Q1", "2027-28 Q4")


def test_a_bar_by_hand() -> None:
    """October 2024 to March 2025 is the third and the fourth quarter of twelve: eight are left after it."""
    [(_, (bar,))] = drawn(exercise(starts="2024-25 Q3", ends="2024-25 Q4")).groups
    assert (bar.first, bar.last, bar.room, bar.state, bar.goes_on) == (2, 4, "after", "done", False)


def test_words_stand_where_there_is_room() -> None:
    [(_, bars)] = drawn(
        exercise("early"), exercise("late", starts="2026-27 Q2"), exercise("long", starts="2025-26 Q2", ends="2026-27 Q2"),
    ).groups  # fmt: skip
    assert {bar.exercise.id: bar.room for bar in bars} == {"early": "after", "late": "before", "long": "within"}


def test_an_exercise_without_end_reaches_to_the_edge() -> None:
    [(_, (bar,))] = drawn(exercise(recurrence="continuous", status="under_way", ends=None)).groups
    assert (bar.first, bar.last, bar.goes_on) == (4, 12, True)


def test_today_by_hand() -> None:
    """The quarter from October has 92 days, of which 53 have passed on the morning of 23 November; ten quarters stand before it."""
    assert drawn().today == (10 + 53 / 92) / 12
    assert drawn(today=date(2024, 4, 1)).today == 0
    assert drawn(today=date(2027, 4, 1)).today is None


def test_what_does_an_exercise_again_follows_it() -> None:
    first, other = exercise("first"), exercise("other", starts="2025-26 Q2")
    again, third = exercise("again", starts="2026-27 Q1", repeats="first"), exercise("third", starts="2026-27 Q3", repeats="again")
    assert [one.id for one in figures.in_chains([first, other, again, third])] == ["first", "again", "third", "other"]
    assert [one.id for one in figures.in_chains([other, again])] == ["other", "again"]  # what it repeats is not shown


def test_exercises_that_name_each_other_are_all_there() -> None:
    ring = [exercise("a", repeats="b"), exercise("b", repeats="a"), exercise("c", repeats="c")]
    assert sorted(one.id for one in figures.in_chains(ring)) == ["a", "b", "c"]


def test_an_exercise_of_two_areas_stands_under_both() -> None:
    one = exercise(areas=["neglect", "training"])
    groups = figures.grouped([one], {"training": "Training", "neglect": "Neglect", "mental_health": "Mental health"}, lambda one: one.areas)
    assert groups == {"Training": [one], "Neglect": [one], "Mental health": []}
    assert [name for name, _ in figures.timeline(groups, PROGRAMME, TODAY).groups] == ["Training", "Neglect"]


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19), st.none() | st.integers(0, 5)), max_size=6))
def test_every_bar_stands_within_the_quarters_and_none_is_lost(spans: list[tuple[int, int, int | None]]) -> None:
    quarters = [f"{year}-{year % 100 + 1} Q{number}" for year in range(2022, 2027) for number in (1, 2, 3, 4)]
    shown = [
        exercise(
            f"e{place}", starts=quarters[min(one, other)], ends=quarters[max(one, other)], repeats=None if again is None else f"e{again}"
        )
        for place, (one, other, again) in enumerate(spans)
    ]
    line = drawn(*shown)
    bars = [bar for _, group in line.groups for bar in group]
    assert sorted(bar.exercise.id for bar in bars) == sorted(one.id for one in shown)
    for bar in bars:
        assert line.quarters[bar.first].text == bar.exercise.starts
        assert line.quarters[bar.last - 1].text == bar.exercise.ends


def test_the_table_says_all_that_a_bar_does(framework: Framework) -> None:
    missed = deep_dive("dive", status="planned", repeats="first", agencies=["police", "housing"])
    learning = Learning((exercise("first"), missed, evidence(exercise="first")))
    first, second = tables.timetable_table(learning.exercises[::-1], learning, framework, TODAY).to_dict("records")
    assert {first["Exercise"], second["Exercise"]} == {"Exercise first", "Exercise dive"}
    dive = first if first["Exercise"] == "Exercise dive" else second
    assert dive["State"] == "missed: its last quarter has passed"
    assert dive["When"] == "Apr to Jun 2025"
    assert (dive["Agencies"], dive["Does again"], dive["Evidence"]) == ("Police, Housing", "Exercise first", "–")
    assert sentences.timeline_alternative([missed], TODAY) == (
        "Timeline of 1 exercise by quarter: 1 missed. The same stands in the table below."
    )
