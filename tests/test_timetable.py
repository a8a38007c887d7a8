"""The timetable against the framework's rules: each state by hand, what is named, the edges of time, and what holds of any."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learnt import deep_dive, evidence, exercise, inspection

from hscb_qa import sentences
from hscb_qa.definitions import Framework, TimetableRules, load_framework
from hscb_qa.learning import (
    Entry,
    Exercise,
    Item,
    Learning,
    RuleCheck,
    Span,
    TimetableCheck,
    check_timetable,
    exercise_state,
    priority_audits,
    programme_years,
    programmes,
)
from hscb_qa.views import LearningView

RULES = TimetableRules(programme_start=date(2024, 4, 1), programme_years=3, silent_after_months=12, response_months=6)
TODAY = date(2026, 11, 23)
FRAMEWORK = load_framework()


def checked(*entries: Entry, today: date = TODAY) -> TimetableCheck:
    return check_timetable(Learning(entries), FRAMEWORK, RULES, today)


def rule(name: str, *entries: Entry, **how: Any) -> RuleCheck:
    return next(one for one in checked(*entries, **how).rules if one.rule == name)


def kinds(items: tuple[Item, ...]) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in items]


# ---- time ----


def test_programmes_follow_each_other_and_only_those_that_have_begun_are_judged() -> None:
    first, second = Span(date(2024, 4, 1), date(2027, 3, 31)), Span(date(2027, 4, 1), date(2030, 3, 31))
    assert programmes(RULES, date(2024, 3, 31)) == ()
    assert programmes(RULES, date(2024, 4, 1)) == programmes(RULES, date(2027, 3, 31)) == (first,)
    assert programmes(RULES, date(2027, 4, 1)) == (first, second)
    assert [one.name for one in programme_years(RULES, TODAY)] == ["2024-25", "2025-26", "2026-27"]


STATES = [
    ("done", "2025-26 Q1", "done"),
    ("done", "2027-28 Q1", "done"),
    ("planned", "2026-27 Q3", "planned"),
    ("planned", "2026-27 Q2", "missed"),
    ("under_way", "2026-27 Q3", "under_way"),
    ("under_way", "2026-27 Q2", "late"),
    ("not_done", "2027-28 Q1", "not_done"),
]


@pytest.mark.parametrize(("status", "ends", "state"), STATES)
def test_how_an_exercise_stands(status: str, ends: str, state: str) -> None:
    assert exercise_state(exercise(status=status, starts="2025-26 Q1", ends=ends), TODAY) == state


def test_an_exercise_is_missed_from_the_day_after_its_last_quarter() -> None:
    planned = exercise(status="planned")
    assert exercise_state(planned, date(2025, 6, 30)) == "planned"
    assert exercise_state(planned, date(2025, 7, 1)) == "missed"


def test_an_exercise_without_end_is_never_late() -> None:
    going_on = exercise(recurrence="continuous", status="under_way", ends=None)
    assert exercise_state(going_on, date(2050, 1, 1)) == "under_way"


# ---- a deep dive in each programme ----


def test_a_deep_dive_done_meets_the_programme_whatever_else_was_missed() -> None:
    check = rule("deep_dive", deep_dive("done"), deep_dive("missed", status="planned"))
    assert (check.state, kinds(check.meets), check.missing) == ("met", [("done", "Exercise done")], ())


def test_a_deep_dive_to_come_is_planned_and_names_the_one_that_was_missed() -> None:
    check = rule("deep_dive", deep_dive("missed", status="planned"), deep_dive("coming", status="planned", starts="2026-27 Q4"))
    assert check.state == "planned"
    assert check.meets == (Item("to_come", "Exercise coming", date(2027, 3, 31), exercise="coming", within="2024-27"),)
    assert check.missing == (Item("missed", "Exercise missed", date(2025, 6, 30), exercise="missed", within="2024-27"),)


def test_without_any_deep_dive_the_programme_is_named() -> None:
    check = rule("deep_dive", exercise())
    assert check.state == "not_met"
    assert check.missing == (Item("none_planned", "2024-27", date(2024, 4, 1), date(2027, 3, 31)),)


@pytest.mark.parametrize("status", ["planned", "under_way", "not_done"])
def test_a_programme_that_is_over_wants_one_done(status: str) -> None:
    check = rule("deep_dive", deep_dive(status=status), today=date(2027, 4, 1))
    assert check.state == "not_met"
    assert kinds(check.missing) == [("none_done", "2024-27"), ("missed", "Exercise dive"), ("none_planned", "2027-30")]


def test_a_deep_dive_after_the_programme_does_not_count_for_it() -> None:
    assert rule("deep_dive", deep_dive(status="planned", starts="2027-28 Q1")).state == "not_met"
    assert rule("deep_dive", deep_dive(starts="2023-24 Q4")).state == "not_met"


# ---- a repeat in each year ----


def repeats(*years: str, **fields: Any) -> list[Exercise]:
    return [
        exercise("first", starts="2023-24 Q4"),
        *(exercise(f"again_{year[:4]}", starts=f"{year} Q2", repeats="first", **fields) for year in years),
    ]


def test_a_repeat_in_each_year_meets_the_rule() -> None:
    check = rule("repeat_audit", *repeats("2024-25", "2025-26", "2026-27"))
    assert (check.state, len(check.meets), check.missing) == ("met", 3, ())


def test_a_year_without_a_repeat_is_named() -> None:
    check = rule("repeat_audit", *repeats("2024-25", "2026-27"))
    assert (check.state, kinds(check.missing)) == ("not_met", [("none_done", "2025-26")])


def test_the_year_that_runs_may_still_have_one_to_come() -> None:
    early = date(2026, 6, 1)
    done = repeats("2024-25", "2025-26")
    coming = exercise("coming", starts="2026-27 Q4", status="planned", repeats="first")
    assert rule("repeat_audit", *done, coming, today=early).state == "planned"
    assert kinds(rule("repeat_audit", *done, today=early).missing) == [("none_planned", "2026-27")]


def test_a_survey_done_again_is_no_repeat_audit() -> None:
    again = repeats("2024-25", "2025-26", "2026-27", source="children_parents_carers", method="survey")
    assert len(rule("repeat_audit", *again).missing) == 3


# ---- audits directed at priorities ----


def test_priorities_with_an_audit_and_without_are_named() -> None:
    check = rule(
        "priorities",
        exercise(areas=["neglect", "training"]),
        exercise("next", areas=["mental_health"], starts="2026-27 Q4", status="planned"),
    )
    assert check.state == "not_met"
    assert kinds(check.meets) == [("audited", "Neglect"), ("audit_planned", "Mental health")]
    named = {one.name: one.within for one in check.missing}
    assert named["Domestic abuse"] == "2025-26, 2026-27"
    assert named["Child sexual abuse"] == "2026-27"
    assert len(named) == len({area.id for year in FRAMEWORK.plan_years[1:] for area in year.part_b}) - 2


def test_an_audit_left_under_way_does_not_help_a_programme_that_is_over() -> None:
    late = exercise(status="under_way")
    assert ("audit_planned", "Neglect") in kinds(rule("priorities", late).meets)
    assert ("not_audited", "Neglect") in kinds(rule("priorities", late, today=date(2027, 4, 1)).missing)


def test_a_year_of_which_no_plan_is_held_is_said_and_not_judged() -> None:
    assert kinds(rule("priorities", exercise()).notes) == [("plan_not_held", "2024-25")]


def test_without_an_audit_there_is_nothing_to_judge_about_priorities() -> None:
    assert rule("priorities", deep_dive()).state == "nothing_yet"


def test_all_priorities_audited_meets_the_rule() -> None:
    every = sorted({area.id for year in FRAMEWORK.plan_years[1:] for area in year.part_b})
    assert rule("priorities", exercise(areas=every)).state == "met"


def test_the_share_of_audits_on_priorities_by_plan_year() -> None:
    going_on = exercise("on", recurrence="continuous", method="management_oversight", status="under_way", ends=None, areas=["training"])
    audits = [exercise(), exercise("b", areas=["training"]), exercise("planned", status="planned", starts="2026-27 Q4"), going_on]
    read = [evidence(f"read_{on[:4]}", exercise="on", areas=["training"], on=on) for on in ("2026-03-31", "2026-04-01")]
    first, second = priority_audits(Learning((*audits, *read)), FRAMEWORK, RULES, TODAY)
    assert (first.plan_year, first.audits, first.on_priorities, first.audited) == ("2025-26", 3, 1, ("neglect",))
    assert (second.plan_year, second.audits, second.on_priorities, second.audited) == ("2026-27", 1, 0, ())


def managers_read(**fields: Any) -> Exercise:
    """Managers who read records of neglect and go on doing so."""
    looks = {"recurrence": "continuous", "method": "management_oversight", "status": "under_way", "ends": None}
    return exercise("on", **{**looks, **fields})


def test_an_audit_that_goes_on_counts_only_where_it_produced_evidence() -> None:
    early, late = evidence("early", exercise="on", on="2024-03-31"), evidence("late", exercise="on", on="2026-04-01")
    for entries, of_years in (((), [(), ()]), ((early,), [(), ()]), ((early, late), [(), ("neglect",)])):
        record = Learning((managers_read(starts="2023-24 Q1"), *entries))
        assert [one.audited for one in priority_audits(record, FRAMEWORK, RULES, TODAY)] == of_years
    check = rule("priorities", managers_read(), late)
    assert check.meets == (Item("audited", "Neglect", date(2026, 4, 1), exercise="on", within="Exercise on"),)
    assert ("not_audited", "Neglect") in kinds(rule("priorities", managers_read(), early).missing)
    assert ("audit_planned", "Neglect") in kinds(rule("priorities", managers_read(starts="2026-27 Q1")).meets), "it may still say something"


# ---- quality and outcome information ----


def heard_everywhere(on: str = "2026-05-01") -> list[Entry]:
    year = FRAMEWORK.current_plan_year(TODAY)
    return [evidence(f"about_{area.id}", areas=[area.id], on=on) for area in (*year.part_a, *year.part_b)]


def test_no_silent_area_meets_the_rule_and_names_what_is_not_continuous() -> None:
    going_on = exercise(recurrence="continuous", method="management_oversight", status="under_way", ends=None)
    check = rule("continuous", *heard_everywhere(), going_on)
    assert check.state == "met"
    assert "Neglect" not in {one.name for one in check.notes}
    assert len(check.notes) == len(check.meets) - 1


def test_an_area_is_silent_from_the_day_after_twelve_months() -> None:
    at = heard_everywhere("2025-11-23")
    assert rule("continuous", *at).state == "met"
    check = rule("continuous", *at, today=TODAY + timedelta(days=1))
    assert check.state == "not_met"
    assert Item("silent", "Neglect", date(2025, 11, 23)) in check.missing


def test_how_much_is_no_word_on_how_well() -> None:
    others = [one for one in heard_everywhere() if one.id != "about_neglect"]
    check = rule("continuous", *others, evidence(says={"quantity": "worse"}, on="2026-11-01"))
    assert kinds(check.missing) == [("never_heard", "Neglect")]


def test_a_silent_area_with_an_exercise_to_come_is_planned() -> None:
    others = [one for one in heard_everywhere() if one.id != "about_neglect"]
    assert rule("continuous", *others, exercise(status="planned", starts="2026-27 Q4")).state == "planned"
    assert rule("continuous", *others, exercise(status="planned", starts="2026-27 Q4", gathers=["quantity"])).state == "not_met"


def test_an_exercise_that_runs_on_and_says_nothing_does_not_help_a_silent_area() -> None:
    others = [one for one in heard_everywhere() if one.id != "about_neglect"]
    silent = exercise(recurrence="continuous", method="management_oversight", status="under_way", ends=None)
    assert rule("continuous", *others, silent).state == "not_met"


def test_coverage_tells_both_types_apart() -> None:
    said = evidence(says={"quality": "better"}, on="2026-01-01"), evidence("b", says={"outcome": "same"}, on="2024-01-01")
    neglect = next(one for one in checked(*said).areas if one.area.id == "neglect")
    assert (neglect.last_quality, neglect.last_outcome, neglect.last) == (date(2026, 1, 1), date(2024, 1, 1), date(2026, 1, 1))


# ---- inspections and exceptional reports ----

ANSWERS = [
    ("2025-26 Q1", "done", "met"),  # the quarter of the inspection
    ("2025-26 Q3", "under_way", "met"),  # begins on 1 October, within six months of 10 May
    ("2025-26 Q4", "done", "not_met"),  # begins on 1 January, after 10 November
    ("2024-25 Q4", "done", "not_met"),  # was over before
    ("2025-26 Q2", "not_done", "not_met"),
]


@pytest.mark.parametrize(("starts", "status", "state"), ANSWERS)
def test_an_inspection_is_answered_in_time_or_not(starts: str, status: str, state: str) -> None:
    answer = exercise(recurrence="exceptional", responds_to="The inspection", starts=starts, status=status)
    check = rule("responsive", inspection(), answer)
    assert check.state == state
    if state == "not_met":
        assert check.missing == (Item("unanswered", "Evidence inspected", date(2025, 5, 10), date(2025, 11, 10)),)


def test_an_answer_about_another_area_or_that_is_not_exceptional_is_none() -> None:
    other = exercise(recurrence="exceptional", responds_to="The inspection", areas=["training"])
    assert rule("responsive", inspection(), other, exercise()).state == "not_met"


def test_while_there_is_time_an_inspection_is_awaiting_its_answer() -> None:
    check = rule("responsive", inspection(), today=date(2025, 11, 10))
    assert (check.state, kinds(check.notes)) == ("nothing_yet", [("awaiting", "Evidence inspected")])
    planned = exercise(recurrence="exceptional", responds_to="The inspection", starts="2025-26 Q3", ends="2025-26 Q4", status="planned")
    assert rule("responsive", inspection(), planned, today=date(2025, 11, 10)).state == "planned"


def test_an_exceptional_report_is_judged_as_an_inspection_is() -> None:
    report: dict[str, Any] = {"title": "Exceptional report on waiting", "areas": ["mental_health"]}
    check = rule("responsive", exercise(), evidence("waiting", on="2026-01-10", exceptional=True, **report))
    assert kinds(check.missing) == [("unanswered", "Exceptional report on waiting")]
    assert rule("responsive", exercise(), evidence("waiting", on="2026-01-10", **report)).state == "nothing_yet"


def test_without_a_report_there_is_nothing_to_judge() -> None:
    assert rule("responsive", exercise()).state == "nothing_yet"
    assert rule("responsive", inspection(on="2024-03-31")).state == "nothing_yet"  # before the first programme


# ---- our own two rules ----


def test_what_was_not_kept_and_what_left_no_evidence_is_named() -> None:
    entries = exercise("done"), exercise("missed", status="planned"), exercise("with"), evidence(exercise="with")
    assert kinds(rule("kept", *entries).missing) == [("missed", "Exercise missed")]
    assert kinds(rule("evidenced", *entries).missing) == [("without_evidence", "Exercise done")]


SINCE = date(2025, 11, 23)  # twelve months before today
GOING_ON = [
    ("2025-26 Q1", None, [Item("never_evidenced", "Exercise on", date(2025, 4, 1), exercise="on")]),
    ("2026-27 Q1", None, []),  # not yet under way for twelve months
    ("2025-26 Q1", SINCE, []),
    ("2025-26 Q1", SINCE - timedelta(days=1), [Item("evidence_ended", "Exercise on", SINCE - timedelta(days=1), exercise="on")]),
    ("2025-26 Q1", TODAY + timedelta(days=1), [Item("never_evidenced", "Exercise on", date(2025, 4, 1), exercise="on")]),
]


@pytest.mark.parametrize(("starts", "on", "missing"), GOING_ON)
def test_an_exercise_that_goes_on_without_new_evidence_is_named(starts: str, on: date | None, missing: list[Item]) -> None:
    heard = [evidence(exercise="on", on=on)] if on else []
    check = rule("evidenced", managers_read(starts=starts), exercise("with"), evidence("w", exercise="with"), *heard)
    assert (list(check.missing), check.state) == (missing, "not_met" if missing else "met")
    assert all(sentences.item_in_words(one).startswith("Exercise on, under way") for one in missing)


def test_an_empty_record_has_nothing_to_judge() -> None:
    assert {one.state for one in checked().rules} == {"nothing_yet"}


# ---- what holds of any timetable ----

QUARTERS = [f"{year}-{year % 100 + 1} Q{quarter}" for year in (2023, 2024, 2025, 2026, 2027) for quarter in (1, 2, 3, 4)]
METHODS = [("case_records", "multi_agency_audit"), ("peer_deep_dives", "external_deep_dive"), ("children_parents_carers", "survey")]


@st.composite
def exercises(draw: st.DrawFn) -> list[Exercise]:
    found = []
    for number in range(draw(st.integers(0, 6))):
        first, last = sorted(draw(st.tuples(st.integers(0, 19), st.integers(0, 19))))
        source, method = draw(st.sampled_from(METHODS))
        looks = {"source": source, "method": method, "status": draw(st.sampled_from(["planned", "under_way", "done", "not_done"]))}
        again = draw(st.sampled_from([None, "e0"])) if number else None
        found.append(exercise(f"e{number}", starts=QUARTERS[first], ends=QUARTERS[last], repeats=again, **looks))
    return found


DAYS = st.dates(date(2023, 1, 1), date(2029, 1, 1))


@settings(deadline=None)
@given(exercises(), DAYS)
def test_a_rule_that_is_not_met_names_what_is_missing_and_one_that_is_met_what_meets_it(
    given_exercises: list[Exercise], today: date
) -> None:
    for check in checked(*given_exercises, today=today).rules:
        assert check.state != "not_met" or check.missing
        assert check.state not in ("met", "planned") or check.meets
        assert check.state != "met" or not check.missing


@settings(deadline=None)
@given(exercises(), DAYS)
def test_doing_what_is_left_to_do_never_makes_a_rule_of_doing_worse(given_exercises: list[Exercise], today: date) -> None:
    order = ["not_met", "planned", "nothing_yet", "met"]
    done = [one.model_copy(update={"status": "done"}) for one in given_exercises]
    for name in ("deep_dive", "repeat_audit", "kept"):
        before, after = rule(name, *given_exercises, today=today).state, rule(name, *done, today=today).state
        assert order.index(after) >= order.index(before) or before == "nothing_yet"


@settings(deadline=None)
@given(exercises(), DAYS)
def test_everything_named_can_be_said(given_exercises: list[Exercise], today: date) -> None:
    check = checked(*given_exercises, inspection(), today=today)
    for one in check.rules:
        assert sentences.rule_title(one.rule, RULES)
        assert sentences.rule_meaning(one.rule, RULES)
        for item in (*one.meets, *one.missing, *one.notes):
            words = sentences.item_in_words(item)
            assert item.name in words
            assert "None" not in words


def test_the_summary_in_words() -> None:
    check = checked(deep_dive(), exercise("again", repeats="dive", starts="2025-26 Q2"))
    words = sentences.timetable_in_words(check, RULES)
    assert words == "2 of 6 rules met, 4 not met. Programmes of three years from 1 April 2024."
    assert sentences.timetable_in_words(checked(), RULES) == "Nothing to judge yet."


def test_framework_without_a_plan_for_the_day_still_has_areas(framework: Framework) -> None:
    check = check_timetable(Learning((exercise(),)), framework, RULES, date(2031, 1, 1))
    assert next(one.area.id for one in check.areas) == "help_and_early_help"


EMPTY = LearningView(Learning(), FRAMEWORK.learning, TODAY, effects={}, waiting={}, approvals={})
WHY_EMPTY = [
    (EMPTY, "No exercise has been entered."),
    (replace(EMPTY, waiting={"exercise": 2}), "No exercise has been approved yet; 2 wait for approval."),
    (replace(EMPTY, rules=None), "This edition was made before the Board kept its timetable here."),
]


@pytest.mark.parametrize(("view", "words"), WHY_EMPTY)
def test_an_empty_timetable_says_why(view: LearningView, words: str) -> None:
    assert sentences.no_exercise_in_words(view).startswith(words)
