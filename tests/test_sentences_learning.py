"""The words of evidence, key questions and entries: right for one and for many, for what is missing, and for what moved."""

from datetime import date
from typing import Any

import pytest
from entered import SOUND
from given_learning import TODAY, evidence, finding, learnt, recommendation, voice

from hscb_qa import sentences
from hscb_qa.checks.entries import check_entries, untellable
from hscb_qa.definitions import Framework
from hscb_qa.errors import Issue
from hscb_qa.learning import Cell, Disagreement, Fact, Judgement, Known, Theme, facts, fields_of
from hscb_qa.readers.entries import EntryList, GivenEntry
from hscb_qa.sentences import questions
from hscb_qa.views import AreaEvidence, FactThen, LearningView


def view(*entries: Any) -> LearningView:
    return LearningView(learnt(*entries), None, TODAY, {}, {}, {})


# ---- key questions ----


def test_every_fact_has_words_whatever_it_counts(framework: Framework) -> None:
    counted = facts(Known(learnt(), framework, TODAY, {}))
    assert len({one.id for one in counted}) == len(counted)
    for one in counted:
        for number in (0, 1, 2):
            plain = Fact(one.question, one.id, number, None if one.of is None else 3)
            words = sentences.fact_in_words(plain)
            assert words.endswith(".") and words[0] == str(number) and "{" not in words
        assert sentences.fact_in_words(Fact(one.question, one.id, 0, 0)) or one.id.startswith("evidence_of_")
    assert set(questions._FACTS) == {one.id for one in counted}, "no words for a fact that is not counted"
    assert set(questions._SINGULAR) == {one.id for one in counted if one.of is None}


def test_one_is_told_as_one_and_nothing_as_nothing() -> None:
    assert sentences.fact_in_words(Fact("timely", "overdue", 1)) == "1 recommendation is overdue."
    assert sentences.fact_in_words(Fact("timely", "overdue", 2)) == "2 recommendations are overdue."
    assert sentences.fact_in_words(Fact("timely", "completed_on_time", 0, 0)) == "No recommendation was due in the last twelve months."
    assert sentences.fact_in_words(Fact("balance", "evidence_of_quality", 0, 0)) == ""


def test_what_is_missing_is_named_and_a_long_list_is_cut(framework: Framework) -> None:
    area = Fact("feedback", "areas_hearing_children", 1, 2, ("neglect",))
    assert sentences.lacking_in_words(area, framework, view()) == f"Not: {short(framework, 'neglect')}"
    asked = recommendation("ask", text="The police should use the tool in every case of neglect that comes to them.")
    late = Fact("timely", "overdue", 1, None, ("ask",))
    assert sentences.lacking_in_words(late, framework, view(asked)) == "These are: The police should use the tool in every case of neglect…"
    methods = ("survey", "interviews", "focus_group", "direct_talk", "asked_at_key_points")
    five = Fact("feedback", "methods_used", 0, 5, methods)
    assert sentences.lacking_in_words(five, framework, view()).endswith(
        "talked to directly by senior people; asked at key points of our work"
    )
    six = Fact("priorities", "audits_on_priorities", 0, 6, tuple("abcdef"))
    assert sentences.lacking_in_words(six, framework, view()) == "Not: a; b; c; d; 2 more"
    sources = Fact("balance", "sources_used", 9, 10, ("peer_deep_dives",))
    assert sentences.lacking_in_words(sources, framework, view()) == "Not: peer deep dive reviews"
    assert sentences.lacking_in_words(Fact("smart", "recommendations_smart", 3, 3), framework, view()) == ""
    assert sentences.lacking_in_words(Fact("smart", "recommendations_smart", 0, 0, ("a",)), framework, view()) == ""


def short(framework: Framework, area: str) -> str:
    return next(one.short_title for one in framework.plan_years[-1].areas if one.id == area)


def then(number: int, of: int | None, label: str = "September") -> FactThen:
    return FactThen("2026-09-01-120000", label, date(2026, 9, 1), number, of)


def test_how_a_fact_moved() -> None:
    now = Fact("smart", "recommendations_smart", 3, 4)
    assert sentences.moved_in_words(now, ()) == ""
    assert sentences.moved_in_words(now, [then(1, 4), then(2, 4)]) == "2 of 4 in “September”."
    assert sentences.moved_in_words(now, [then(3, 4, "")]) == "The same in the edition of 1 September 2026."
    assert sentences.moved_in_words(now, [then(3, 5)]) == "3 of 5 in “September”."
    assert sentences.moved_in_words(Fact("timely", "overdue", 3), [then(0, None)]) == "0 in “September”."


def test_a_judgement_says_whose_and_when() -> None:
    judged = Judgement.model_validate(SOUND["judgement"])
    assert questions.judgement_in_words(judged) == "In part: Chair, 1 September 2025."


@pytest.mark.parametrize(("verdicts", "moved"), [
    ([], ""), (["well"], ""), (["well", "in_part"], "up from In part"), (["in_part", "not_yet", "well"], "up from Not yet"),
    (["in_part", "well"], "down from Well"), (["not_yet", "in_part"], "down from In part"), (["in_part", "in_part", "well"], "as before"),
])  # fmt: skip
def test_a_judgement_moves_up_down_or_stays(verdicts: list[str], moved: str) -> None:
    judged = [Judgement.model_validate({**SOUND["judgement"], "verdict": one}) for one in verdicts]
    assert questions.verdict_moved_in_words(judged) == moved


def test_what_was_judged_when_or_that_nothing_was() -> None:
    assert questions.verdict_in_words(Judgement.model_validate(SOUND["judgement"])) == "In part, 1 September 2025"
    assert questions.verdict_in_words(None) == "not judged yet"


# ---- evidence ----


def test_a_piece_of_evidence_in_words() -> None:
    heard = voice("v", "2026-05-01", "children", "They felt heard.")
    asked = evidence("e", "2026-05-01", source="children_parents_carers", method="survey", speakers=["children"], asked=1200, answered=40)
    assert sentences.evidence_source_in_words(heard) == "children, parents and carers, survey"
    assert (sentences.asked_in_words(heard), sentences.asked_in_words(asked)) == ("", "1,200 asked, 40 answered")
    assert sentences.says_in_words(evidence("e", "2026-05-01", says={"quality": "better", "outcome": "mixed"})) == (
        "quality better, outcome mixed"
    )
    assert sentences.cell_in_words(Cell("worse", heard.on, (heard,))) == "worse, 2026-27 Q1"


def test_disagreements_are_questions(framework: Framework) -> None:
    heard, audit = voice("v", "2026-05-01", "children", "Better."), evidence("e", "2026-02-01", says={"outcome": "worse"})
    between = Disagreement("outcome", heard, "better", audit, None, "worse")
    assert sentences.disagreement_in_words(between, framework) == (
        "About whether anyone is better off, children say better (2026-27 Q1), but case records say worse (2025-26 Q4). "
        "Which is right, and for whom?"
    )
    figures = Disagreement("quality", audit, "better", None, "neglect_tool_used", "worse")
    words = sentences.disagreement_in_words(figures, framework)
    assert f"but the figures of “{framework.indicator('neglect_tool_used').name}” say worse." in words


def test_signals_are_counted_by_what_polarity_makes_of_them(framework: Framework) -> None:
    area = framework.plan_years[-1].areas[0]
    laid = AreaEvidence(area, ("police",), {}, {"police": {"concern": 2, "neutral": 1}}, ())
    assert sentences.figures_in_words(laid, "police") == "2 concern, 1 neither good nor bad"
    assert sentences.figures_in_words(laid, "") == ""


def test_a_theme_says_where_it_was_found(framework: Framework) -> None:
    theme = Theme("tool", (finding("f", "e"), finding("g", "e")), (), ("neglect",), ("police", "housing"))
    assert sentences.theme_in_words(theme, framework) == f"2 findings, in {short(framework, 'neglect')}; at Police and Housing."


# ---- entries ----


def field(kind: Any, name: str) -> Any:
    return next(one for one in fields_of(kind) if one.name == name)


def named(what: str, name: str) -> str:
    return f"{what}:{name}"


def test_every_field_of_every_form_has_words_of_its_own() -> None:
    for kind in SOUND:
        for one in fields_of(kind):  # type: ignore[arg-type]
            assert sentences.field_in_words(one.name) and "_" not in sentences.field_in_words(one.name)
    assert sentences.field_in_words("expects.by") == "Effect: by the quarter"
    assert (sentences.field_in_words("smart.time_bound.met"), sentences.field_in_words("smart.time_bound.reason")) == (
        "Time-bound", "Reason: time-bound",
    )  # fmt: skip
    assert sentences.label_of(field("evidence", "story")).endswith(" (may stay open)")
    assert not sentences.label_of(field("exercise", "ends")).endswith(" (may stay open)"), "its words say when"
    assert sentences.label_of(field("evidence", "title")) == "Title, in a few words"


def test_an_entry_is_named_by_its_own_words_and_day() -> None:
    assert sentences.entry_in_words(SOUND["evidence"], "x") == "Report on neglect (14 July 2025)"
    assert sentences.entry_in_words({"agency": "police"}, "police_2025") == "police_2025"
    long = sentences.entry_in_words({"text": "word " * 40}, "x")
    assert len(long) <= 81 and long.endswith("…")


@pytest.mark.parametrize(
    ("kind", "name", "value", "words"),
    [
        ("finding", "areas", ["neglect", "training"], "area:neglect, area:training"),
        ("finding", "kind", "good_practice", "good practice"),
        ("finding", "text", "good_practice is a word", "good_practice is a word"),
        ("finding", "themes", [], "open"),
        ("evidence", "source", "peer_deep_dives", "peer deep dive reviews"),
        ("evidence", "on", "2025-07-14", "14 July 2025"),
        ("evidence", "says", {"quality": "better"}, "quality better"),
        ("evidence", "looks_at_impact", True, "yes"),
        ("evidence", "asked", 3, "given, not repeated here"),
        ("evidence", "counts", {"indicator": "i", "agency": "a", "numerator": 2, "denominator": 3}, "given, not repeated here"),
        ("recommendation", "expects", {"indicator": "i", "signal": "no_concern", "by": "2026-27 Q1"},
         "indicator:i: no signal of concern, by 2026-27 Q1"),
        ("recommendation", "smart", {"time_bound": {"met": False, "reason": "No day."}}, "time-bound: does not pass, No day."),
        ("self_assessment", "self_score", 2, "2"),
    ],
)  # fmt: skip
def test_what_stands_in_a_field(kind: str, name: str, value: Any, words: str) -> None:
    assert sentences.value_in_words(field(kind, name), value, named) == words


def told(framework: Framework, kind: str, /, **changes: Any) -> list[str]:
    """What a form says of a sound entry with changes; None leaves a field out."""
    given = {name: value for name, value in {**SOUND[kind], **changes}.items() if value is not None}
    held = {(one, fields["id"]): fields for one, fields in SOUND.items()}
    listed = EntryList("this form", (GivenEntry(kind, given),), False)
    _, issues = check_entries(listed, framework, held, date(2026, 7, 1))
    return [sentences.fault_in_words(one) for one in [*issues, *untellable(listed, 5)]]


@pytest.mark.parametrize(
    ("kind", "changes", "words"),
    [
        ("finding", {"text": None}, "“In words” is not filled in."),
        ("evidence", {"on": "2026-07-02"}, "“Day”: '2026-07-02' lies after today"),
        ("evidence", {"source": "inspections"}, "'multi-agency audit' is no method of the source 'inspections'"),
        ("exercise", {"ends": None}, "“Last quarter; open only where it goes on without end” is missing; only a continuous exercise"),
        ("recommendation", {"finding": None}, "“Which finding it arose from; open only for the Board's own challenge” is missing"),
        ("recommendation", {"smart": {"specific": {"reason": "It is."}}}, "“Specific” is not filled in."),
        ("recommendation", {"smart": {"specific": {"met": True}}}, "“Reason: specific” is not filled in."),
        ("recommendation", {"expects": {"indicator": "neglect_tool_used"}}, "“Effect: signal expected” is not filled in."),
        ("step", {"kind": "reached_frontline"}, "“By what way the lesson came, where it reached frontline teams” says by what way"),
        ("evidence", {"themes": ["3_days"]}, "“Themes, in one or two words each”: begin each with a letter"),
        ("evidence", {"counts": {"indicator": "neglect_tool_used", "agency": "police", "numerator": 3, "denominator": 2}},
         "“Figure of an indicator”: “Figure: how many said it” 3 is more than “Figure: of how many” 2."),
        ("finding", {"text": "Ring 07700 900123."}, "“In words” looks as if it held personal data"),
        ("finding", {"text": "Two children waited."}, "“In words” tells a small count of people."),
    ],
)  # fmt: skip
def test_a_form_tells_faults_in_its_own_words(framework: Framework, kind: str, changes: dict[str, Any], words: str) -> None:
    said = told(framework, kind, **changes)
    assert any(one.startswith(words) for one in said), said
    assert "900123" not in " ".join(said)


def test_a_sound_entry_has_no_fault_and_a_fault_without_a_field_stays_as_it_is(framework: Framework) -> None:
    assert told(framework, "finding") == []
    assert sentences.fault_in_words(Issue("error", "x", "this form", None, "All is wrong.")) == "All is wrong."
