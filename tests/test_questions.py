"""What answers the key questions, counted by hand."""

from datetime import date
from typing import Any

import pytest
from given_learning import MET
from given_learning import evidence as evidence_of
from given_learning import exercise as exercise_of
from given_learning import finding as finding_of
from given_learning import learnt as learning
from given_learning import recommendation as recommendation_of
from given_learning import step as step_of

from hscb_qa.definitions import Framework
from hscb_qa.learning import Evidence, Exercise, Fact, Finding, Known, Recommendation, Step, facts

TODAY = date(2026, 11, 23)


def evidence(entry_id: str = "one", on: date = date(2026, 6, 10), **fields: Any) -> Evidence:
    return evidence_of(entry_id, str(on), **{"says": {"quality": "better"}, **fields})


def heard(entry_id: str, speaker: str = "children", **fields: Any) -> Evidence:
    return evidence(entry_id, **{"source": "children_parents_carers", "method": "survey", "speakers": [speaker], **fields})


def exercise(entry_id: str, **fields: Any) -> Exercise:
    return exercise_of(entry_id, **{"starts": "2026-27 Q1", "ends": "2026-27 Q1", **fields})


def finding(entry_id: str, evidence: str = "one", **fields: Any) -> Finding:
    return finding_of(entry_id, evidence, **{"themes": [], **fields})


def recommendation(entry_id: str = "ask", **fields: Any) -> Recommendation:
    return recommendation_of(entry_id, "2026-01-10", **{"due": "2026-06-30", **fields})


def step(entry_id: str, kind: str = "completed", on: date = date(2026, 5, 1), recommendation: str = "ask") -> Step:
    return step_of(entry_id, recommendation, kind, str(on))


def smart(*failed: str) -> dict[str, Any]:
    return {test: {**answer, "met": test not in failed} for test, answer in MET.items()}


def counted(framework: Framework, *entries: Any, heard_on: dict[tuple[str, str], set[date]] | None = None) -> dict[str, Fact]:
    return {one.id: one for one in facts(Known(learning(*entries), framework, TODAY, heard_on or {}))}


def share(fact: Fact) -> tuple[int, int | None, tuple[str, ...]]:
    return fact.number, fact.of, fact.missing


def test_an_empty_record_counts_nothing_and_divides_by_nothing(framework: Framework) -> None:
    told = counted(framework)
    assert {one.question for one in told.values()} == {one.id for one in framework.learning.questions}  # type: ignore[union-attr]
    assert share(told["findings_with_a_theme"]) == (0, 0, ())
    assert told["sources_used"].number == 0 and told["sources_used"].of == 10


def test_the_last_twelve_months_count_to_the_day(framework: Framework) -> None:
    in_time, too_old = evidence("in", on=date(2025, 11, 23)), evidence("old", on=date(2025, 11, 22))
    told = counted(framework, in_time, too_old, finding("new", evidence="in", themes=["a"]), finding("past", evidence="old", themes=["b"]))
    assert share(told["findings_with_a_theme"]) == (1, 1, ())
    assert share(told["evidence_of_quality"]) == (1, 1, ())


def test_patterns_balance_impact_and_good_practice(framework: Framework) -> None:
    told = counted(
        framework,
        evidence(looks_at_impact=True),
        heard("said", says={"outcome": "same"}),
        finding("themed", themes=["late"]),
        finding("bare"),
        finding("good", kind="good_practice", areas=["training"]),
    )
    assert share(told["findings_with_a_theme"]) == (1, 3, ("bare", "good"))
    assert share(told["evidence_on_impact"])[:2] == (1, 2)
    assert told["sources_used"].number == 2 and "inspections" in told["sources_used"].missing
    assert share(told["findings_of_good_practice"])[:2] == (1, 3)
    assert "neglect" in told["areas_with_good_practice"].missing and "training" not in told["areas_with_good_practice"].missing


def test_audits_of_the_year_and_the_priorities_they_look_at(framework: Framework) -> None:
    told = counted(
        framework,
        exercise("on_priority"),
        exercise("on_duty", areas=["training"]),
        exercise("planned", areas=["domestic_abuse"], status="planned"),
        exercise("last_year", starts="2025-26 Q1", ends="2025-26 Q2"),
        exercise("survey", source="children_parents_carers", method="survey"),
    )
    assert share(told["audits_on_priorities"]) == (1, 2, ("on_duty",))
    assert told["priorities_audited"].number == 1 and "domestic_abuse" in told["priorities_audited"].missing


def test_smart_is_of_those_a_person_has_tested(framework: Framework) -> None:
    told = counted(
        framework,
        recommendation("all", smart=smart()),
        recommendation("fails", smart=smart("measurable")),
        recommendation("half", smart={"specific": {"met": True, "reason": "By hand."}}),
        recommendation("none"),
    )
    assert share(told["recommendations_smart"]) == (1, 2, ("fails",))  # one test failed is enough to fail
    assert share(told["recommendations_tested"]) == (2, 4, ("half", "none"))


def test_timely_is_of_those_that_were_due(framework: Framework) -> None:
    late = step("late", on=date(2026, 7, 1), recommendation="late")
    told = counted(
        framework,
        recommendation("ask"),
        step("done"),
        recommendation("late"),
        late,
        recommendation("open"),
        recommendation("later", due=date(2027, 3, 1)),
    )
    assert share(told["completed_on_time"]) == (1, 3, ("late", "open"))
    assert share(told["overdue"]) == (1, None, ("open",))


def test_a_reopened_recommendation_is_open_again(framework: Framework) -> None:
    again = step("again", "reopened", date(2026, 5, 20))
    assert share(counted(framework, recommendation(), step("done"), again)["completed_on_time"])[:2] == (0, 1)


def test_lessons_passed_on_and_the_ways(framework: Framework) -> None:
    told = counted(
        framework,
        recommendation(),
        step("done"),
        step("told", "reached_frontline"),
        recommendation("other"),
        step("x", recommendation="other"),
    )
    assert share(told["lessons_passed_on"]) == (1, 2, ("other",))
    assert told["ways_used"].number == 1


@pytest.mark.parametrize(("day", "areas"), [(date(2026, 3, 1), 2), (date(2025, 3, 1), 1)])
def test_families_are_heard_in_evidence_and_in_returns(framework: Framework, day: date, areas: int) -> None:
    told = counted(framework, heard("said", "children"), heard_on={("training", "children"): {day}})
    assert told["areas_hearing_children"].number == areas and told["areas_hearing_parents"].number == 0
    assert share(told["methods_used"])[:2] == (1, 5)


def test_an_exercise_done_in_a_quarter_that_still_runs_counts_at_once(framework: Framework) -> None:
    running = exercise("now", starts="2026-27 Q3", ends="2026-27 Q3", gathers=["outcome"])
    assert share(counted(framework, running)["exercises_gathering_outcome"]) == (1, 1, ())
