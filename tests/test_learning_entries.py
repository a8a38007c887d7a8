"""Every rule of the Board's own entries by hand: which fields belong together, and what an entry says of itself."""

from datetime import date
from typing import Any

import pytest
from entered import ALL_MET, SOUND, entry, fields
from pydantic import ValidationError

from hscb_qa.learning import KINDS, METHODS, MODELS, Analysis, Evidence, Exercise, Learning, Recommendation, entry_of, texts_of


def faults(kind: str, /, **changes: Any) -> list[str]:
    with pytest.raises(ValidationError) as refused:
        entry(kind, **changes)
    return [str(one["msg"]) for one in refused.value.errors()]


@pytest.mark.parametrize("kind", KINDS)
def test_the_sound_entry_of_each_kind_stands_and_is_the_same_after_writing_and_reading(kind: str) -> None:
    made = entry(kind)
    assert type(made) is MODELS[kind] and kind == made.KIND
    assert MODELS[kind].model_validate_json(made.model_dump_json(exclude_defaults=True)) == made


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_is_frozen_and_closed(kind: str) -> None:
    with pytest.raises(ValidationError):
        entry(kind).id = "another"
    assert faults(kind, colour="red") == ["Extra inputs are not permitted"]


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind in KINDS for name in SOUND[kind] if name not in ("ends", "finding", "moderated_score")]
)
def test_what_an_entry_needs_cannot_be_left_out(kind: str, name: str) -> None:
    assert faults(kind, **{name: None}) == ["Field required"]


@pytest.mark.parametrize(("kind", "changes", "said"), [
    ("exercise", {"method": "survey"}, "'survey' is no method of the source 'case_records'"),
    ("exercise", {"ends": None}, "'ends' is missing; only a continuous exercise"),
    ("exercise", {"ends": "2024-25 Q4"}, "'ends' 2024-25 Q4 lies before 'starts' 2025-26 Q1"),
    ("exercise", {"recurrence": "exceptional"}, "'responds_to' is missing"),
    ("exercise", {"recurrence": "exceptional", "responds_to": " "}, "String should have at least 1 character"),
    ("exercise", {"starts": "2025-26 Q5"}, "2025-26 Q5"),
    ("exercise", {"starts": "2025-27 Q1"}, "2025-27 Q1"),
    ("exercise", {"areas": []}, "at least 1 item"),
    ("exercise", {"agencies": []}, "at least 1 item"),
    ("exercise", {"gathers": []}, "at least 1 item"),
    ("exercise", {"status": "perhaps"}, "'planned', 'under_way', 'done' or 'not_done'"),
    ("exercise", {"id": "Audit"}, "should match pattern"),
    ("evidence", {"method": "inspection"}, "'inspection' is no method of the source 'case_records'"),
    ("evidence", {"asked": 10, "answered": 11}, "'answered' 11 is more than 'asked' 10"),
    ("evidence", {"asked": 0}, "greater than or equal to 1"),
    ("evidence", {"says": {}}, "at least 1 item"),
    ("evidence", {"says": {"quality": "fine"}}, "'better', 'same', 'worse' or 'mixed'"),
    ("evidence", {"statement": "x" * 2001}, "the text has 2,001 signs, more than 2,000"),
    ("evidence", {"source": "frontline_staff_managers", "method": "survey"}, "'speakers' is missing"),
    ("evidence", {"source": "children_parents_carers", "method": "survey"}, "'speakers' is missing"),
    ("evidence", {"counts": {"indicator": "kept", "agency": "probation", "numerator": 1, "denominator": 2}}, "not stand under 'agencies'"),
    ("evidence", {"counts": {"indicator": "kept", "agency": "police", "numerator": 3, "denominator": 2}}, "'numerator' 3 is more than"),
    ("evidence", {"counts": {"indicator": "kept", "agency": "police", "numerator": 0, "denominator": 0}}, "greater than or equal to 1"),
    ("evidence", {"on": "14/07/2025"}, "valid date"),
    ("recommendation", {"due": "2025-07-31"}, "'due' 2025-07-31 lies before 'made_on' 2025-08-01"),
    ("recommendation", {"finding": None}, "'finding' is missing; only the Board's own challenge needs none"),
    ("recommendation", {"smart": {"clever": {"met": True, "reason": "It is."}}}, "'specific', 'measurable'"),
    ("recommendation", {"smart": {"specific": {"met": True}}}, "Field required"),
    ("recommendation", {"expects": {"indicator": "kept", "signal": "luck", "by": "2025-26 Q4"}}, "'no_concern' or 'target_met'"),
    ("step", {"kind": "reached_frontline"}, "'reach' says by what way a lesson came"),
    ("step", {"reach": "briefing"}, "'reach' says by what way a lesson came"),
    ("step", {"kind": "re_audited"}, "'evidence' is missing; a re-audit names"),
    ("analysis", {"kind": "answer"}, "'answers' names the challenge that is answered"),
    ("judgement", {"question": "luck"}, "'patterns'"),
    ("self_assessment", {"year": "2024-26"}, "'2024-26' is no year from April to March"),
    ("self_assessment", {"year": "2024"}, "should match pattern"),
    ("self_assessment", {"self_score": -1}, "greater than or equal to 0"),
])  # fmt: skip
def test_what_does_not_belong_together_is_refused(kind: str, changes: dict[str, Any], said: str) -> None:
    found = faults(kind, **changes)
    assert len(found) == 1 and said in found[0]


@pytest.mark.parametrize(("kind", "changes"), [
    ("exercise", {"recurrence": "continuous", "ends": None}),
    ("exercise", {"ends": "2025-26 Q1"}),
    ("exercise", {"recurrence": "exceptional", "responds_to": "An inspection."}),
    ("evidence", {"asked": 10, "answered": 10}),
    ("evidence", {"answered": 10}),
    ("evidence", {"counts": {"indicator": "kept", "agency": "police", "numerator": 2, "denominator": 2}}),
    ("recommendation", {"due": "2025-08-01"}),
    ("recommendation", {"finding": None, "origin": "challenge"}),
    ("recommendation", {"smart": ALL_MET}),
    ("step", {"kind": "reached_frontline", "reach": "briefing"}),
    ("step", {"kind": "re_audited", "evidence": ["report_on_neglect"]}),
    ("analysis", {"kind": "answer", "answers": "another"}),
    ("self_assessment", {"year": "1999-00", "moderated_score": None}),
])  # fmt: skip
def test_what_just_belongs_together_stands(kind: str, changes: dict[str, Any]) -> None:
    assert entry(kind, **changes).id == SOUND[kind]["id"]


@pytest.mark.parametrize(("source", "method"), [(source, method) for source, methods in METHODS.items() for method in methods])
def test_each_source_takes_its_own_methods(source: str, method: str) -> None:
    assert entry("evidence", source=source, method=method, speakers=["children"]).id
    assert entry("exercise", source=source, method=method).id


def test_an_entry_says_when_it_is_and_how_far_scores_lie_apart() -> None:
    exercise, evidence, recommendation = entry("exercise"), entry("evidence"), entry("recommendation", made_on="2025-08-31")
    assert isinstance(exercise, Exercise) and (exercise.start, exercise.end) == (date(2025, 4, 1), date(2025, 9, 30))
    assert isinstance(evidence, Evidence) and evidence.quarter == "2025-26 Q2"
    assert isinstance(recommendation, Recommendation) and recommendation.due_day(6) == date(2026, 2, 28)
    assert entry("recommendation", due="2025-10-01").due_day(6) == date(2025, 10, 1)  # type: ignore[attr-defined]
    assert entry("self_assessment").gap == 1 and entry("self_assessment", moderated_score=None).gap is None  # type: ignore[attr-defined]


def test_texts_are_found_however_deep_they_stand() -> None:
    given = fields("recommendation", smart={"specific": {"met": True, "reason": "Deep."}})
    assert {"Deep.", "Send reports earlier.", "Head of service"} <= set(texts_of(given))
    assert texts_of(fields("evidence", themes=["waiting"]))[-1] == "waiting"
    assert texts_of({"a": 1, "b": None, "c": True}) == []


# ---- the record ----


def steps(*kinds: str) -> tuple[Any, ...]:
    """Steps on the first of each month from September 2025."""
    return tuple(
        entry("step", id=f"step_{number}", kind=kind, on=f"{2025 + (8 + number) // 12}-{(8 + number) % 12 + 1:02}-01")
        for number, kind in enumerate(kinds)
    )


@pytest.mark.parametrize(("kinds", "today", "standing", "completed"), [
    ((), "2026-02-01", "open", None),
    ((), "2026-02-02", "overdue", None),
    (("completed",), "2027-01-01", "completed", date(2025, 9, 1)),
    (("completed", "reopened"), "2026-02-01", "open", None),
    (("completed", "reopened"), "2026-02-02", "overdue", None),
    (("completed", "reopened", "completed"), "2027-01-01", "completed", date(2025, 11, 1)),
    (("progress",) * 5 + ("completed",), "2027-01-01", "completed", date(2026, 2, 1)),
    (("progress",) * 6 + ("completed",), "2027-01-01", "completed_late", date(2026, 3, 1)),
])  # fmt: skip
def test_a_recommendation_stands_as_its_steps_say(kinds: tuple[str, ...], today: str, standing: str, completed: date | None) -> None:
    """Made on 1 August 2025, due on 1 February 2026."""
    recommendation = entry("recommendation")
    assert isinstance(recommendation, Recommendation)
    learning = Learning((recommendation, *steps(*kinds)))
    assert learning.standing(recommendation, date.fromisoformat(today)) == standing
    assert learning.completed_on(recommendation) == completed


def test_each_entry_finds_what_belongs_to_it() -> None:
    evidence = entry("evidence", exercise="audit_of_neglect")
    answer = entry("analysis", id="because", kind="answer", answers="why_late", on="2025-10-01")
    exercise, finding, recommendation, step, challenge = (
        entry(kind) for kind in ("exercise", "finding", "recommendation", "step", "analysis")
    )
    learning = Learning((answer, step, recommendation, finding, evidence, exercise, challenge))
    assert learning.produced_by(exercise) == (evidence,)  # type: ignore[arg-type]
    assert learning.found_in(evidence) == (finding,)  # type: ignore[arg-type]
    assert learning.following(finding) == (recommendation,)  # type: ignore[arg-type]
    assert learning.steps(recommendation) == learning.steps(recommendation, "completed") == (step,)  # type: ignore[arg-type]
    assert learning.steps(recommendation, "progress") == ()  # type: ignore[arg-type]
    assert learning.answers_to(challenge) == (answer,)  # type: ignore[arg-type]
    assert learning.analyses == (answer, challenge)
    assert learning.find(Evidence, "report_on_neglect") == evidence and learning.find(Analysis, "report_on_neglect") is None
    assert learning.found_on(finding) == date(2025, 7, 14)  # type: ignore[arg-type]
    assert Learning((finding,)).found_on(finding) is None  # type: ignore[arg-type]


def test_an_entry_of_each_kind_is_known_by_its_kind_and_id() -> None:
    same = entry_of("step", fields("step", id="one")), entry_of("finding", fields("finding", id="one"))
    learning = Learning(same)
    assert [learning.find(MODELS[kind], "one") for kind in ("step", "finding")] == list(same)
