"""Each rule that a list of the Board's entries is held against, with line, value and remedy; personal data is never said again."""

from datetime import date, timedelta
from typing import Any

import pytest
from entered import SOUND, fields
from invented import collected, only

from hscb_qa.checks.entries import Held, check_entries, untellable
from hscb_qa.definitions import Framework
from hscb_qa.errors import Issue
from hscb_qa.readers.entries import EntryList, GivenEntry

TODAY = date(2026, 1, 31)
HELD = {(kind, one["id"]): one for kind, one in SOUND.items()}
TELEPHONE = "Ring 07700 900123 about it."


@pytest.fixture(scope="module")
def board(framework: Framework) -> Framework:
    """The shipped framework with two returned indicators: counts of police and housing, and a plain count of the police."""
    return only(framework, collected(), collected("crimes", unit="count", returned={"gives": "count", "agencies": ["police"]}))


def listed(*given: tuple[str, dict[str, Any]]) -> EntryList:
    """A list as a reader gives it: each entry ten lines below the one before, its fields on the lines after."""
    entries = []
    for number, (kind, one) in enumerate(given, start=1):
        lines: dict[tuple[str | int, ...], int] = {(name,): 10 * number + place for place, name in enumerate(one, start=1)}
        entries.append(GivenEntry(kind, one, {(): 10 * number, **lines}))
    return EntryList("list.yaml", tuple(entries), False)


def check(board: Framework, *given: tuple[str, dict[str, Any]], held: Held | None = None) -> list[Issue]:
    return check_entries(listed(*given), board, HELD if held is None else held, TODAY)[1]


def one(kind: str, /, **changes: Any) -> tuple[str, dict[str, Any]]:
    return kind, fields(kind, **changes)


@pytest.mark.parametrize("kind", SOUND)
def test_sound_entries_pass(board: Framework, kind: str) -> None:
    entries, issues = check_entries(listed(one(kind)), board, HELD, TODAY)
    assert [entry.id for entry in entries] == [SOUND[kind]["id"]] and issues == []


def test_a_list_may_name_what_it_holds_itself_in_any_order(board: Framework) -> None:
    assert check(board, *(one(kind) for kind in reversed(SOUND)), held={}) == []


@pytest.mark.parametrize(("kind", "changes", "check_id", "field", "said"), [
    ("exercise", {"areas": ["neglect", "neglekt"]}, "unknown_area", "areas", "'neglekt' is no area of this board. Did you mean 'neglect'?"),
    ("exercise", {"agencies": ["polise"]}, "unknown_agency", "agencies", "'polise' is no agency of this board. Did you mean 'police'?"),
    ("exercise", {"repeats": "audit"}, "unknown_exercise", "repeats", "there is no exercise 'audit', in the record or in this list"),
    ("exercise", {"repeats": "audit_of_neglect"}, "names_itself", "repeats", "names itself"),
    ("evidence", {"indicators": ["kept", "keptt"]}, "unknown_indicator", "indicators", "Did you mean 'kept'?"),
    ("evidence", {"exercise": "audit_of_negligence"}, "unknown_exercise", "exercise", "Did you mean 'audit_of_neglect'?"),
    ("evidence", {"on": "2026-02-01"}, "date_to_come", "on", "'2026-02-01' lies after today, 2026-01-31"),
    ("evidence", {"counts": {"indicator": "unkept", "agency": "police", "numerator": 1, "denominator": 2}}, "unknown_indicator", "counts",
     "Did you mean 'kept'?"),
    ("evidence", {"counts": {"indicator": "crimes", "agency": "police", "numerator": 1, "denominator": 2}}, "no_counts", "counts",
     "'crimes' is not returned as counts by 'police'"),
    ("evidence", {"counts": {"indicator": "kept", "agency": "probation", "numerator": 1, "denominator": 2}, "agencies": ["probation"]},
     "no_counts", "counts", "'kept' is not returned as counts by 'probation'"),
    ("finding", {"evidence": "report"}, "unknown_evidence", "evidence", "there is no evidence 'report'"),
    ("recommendation", {"finding": "late_report"}, "unknown_finding", "finding", "Did you mean 'late_reports'?"),
    ("recommendation", {"area": "neglekt"}, "unknown_area", "area", "Did you mean 'neglect'?"),
    ("recommendation", {"made_on": "2026-02-01"}, "date_to_come", "made_on", "lies after today"),
    ("recommendation", {"expects": {"indicator": "unkept", "signal": "improvement", "by": "2026-27 Q1"}}, "unknown_indicator", "expects",
     "'unkept'"),
    ("step", {"recommendation": "send"}, "unknown_recommendation", "recommendation", "there is no recommendation 'send'"),
    ("step", {"evidence": ["report_on_neglect", "report"]}, "unknown_evidence", "evidence", "there is no evidence 'report'"),
    ("analysis", {"kind": "answer", "answers": "why_lat"}, "unknown_analysis", "answers", "Did you mean 'why_late'?"),
    ("analysis", {"kind": "answer", "answers": "why_late"}, "names_itself", "answers", "names itself"),
    ("analysis", {"indicator": "keeps"}, "unknown_indicator", "indicator", "Did you mean 'kept'?"),
    ("self_assessment", {"standard": "allegation"}, "unknown_standard", "standard", "Did you mean 'allegations'?"),
    ("self_assessment", {"self_score": 4}, "score", "self_score", "'4' is more than the highest score, 3"),
    ("self_assessment", {"moderated_score": 4}, "score", "moderated_score", "'4' is more than the highest score, 3"),
    ("exercise", {"lead": "tbc"}, "value_error", "lead", "'tbc' says nothing"),
    ("evidence", {"story": TELEPHONE}, "personal_data", "story", "'story' looks as if it held personal data (telephone number)"),
    ("recommendation", {"smart": {"specific": {"met": True, "reason": TELEPHONE}}}, "personal_data", "smart", "telephone number"),
])  # fmt: skip
def test_each_fault_is_told_with_its_line(
    board: Framework, kind: str, changes: dict[str, Any], check_id: str, field: str, said: str
) -> None:
    given = one(kind, **changes)
    found = [issue for issue in check(board, given) if issue.check == check_id]
    assert [(issue.severity, issue.file, issue.line) for issue in found] == [("error", "list.yaml", 11 + list(given[1]).index(field))]
    assert said in found[0].message


def test_nothing_else_is_told_beside_a_fault(board: Framework) -> None:
    assert len(check(board, one("exercise", areas=["neglekt"]))) == 1
    assert len(check(board, one("evidence", story=TELEPHONE))) == 1


def test_all_faults_of_a_list_are_told_in_its_order(board: Framework) -> None:
    given = [one("step", recommendation="send"), one("finding", colour="red"), one("exercise", areas=["neglekt"], agencies=["polise"])]
    assert [(issue.line, issue.check) for issue in check(board, *given)] == [
        (12, "unknown_recommendation"),
        (27, "extra_forbidden"),
        (36, "unknown_area"),
        (37, "unknown_agency"),
    ]


def test_an_id_stands_once_for_each_kind(board: Framework) -> None:
    [issue] = check(board, one("finding"), one("finding", text="Another."), one("evidence", id="late_reports"))
    assert (issue.check, issue.line) == ("repeated_id", 21) and "finding 'late_reports' stands twice" in issue.message
    missing = [one("finding", id=None), one("finding", id=None)]
    assert {issue.check for issue in check(board, *missing)} == {"missing"}


@pytest.mark.parametrize(("kind", "changes"), [
    ("evidence", {"on": TELEPHONE}),
    ("evidence", {"agencies": [TELEPHONE]}),
    ("evidence", {"exercise": TELEPHONE}),
    ("evidence", {"source": TELEPHONE}),
    ("evidence", {"says": {TELEPHONE: "better"}}),
    ("evidence", {TELEPHONE: "x"}),
    ("finding", {"id": TELEPHONE}),
    ("finding", {"text": TELEPHONE}),
    ("exercise", {"starts": TELEPHONE}),
    ("self_assessment", {"self_score": TELEPHONE}),
    ("self_assessment", {"standard": "07700 900123"}),
])  # fmt: skip
def test_personal_data_is_refused_and_never_repeated(board: Framework, kind: str, changes: dict[str, Any]) -> None:
    issues = check(board, one(kind, **changes))
    assert issues and all("07700" not in issue.message for issue in issues)


def test_a_withdrawn_name_is_unknown_and_what_is_at_fault_itself_may_be_named(board: Framework) -> None:
    assert [issue.check for issue in check(board, one("step"), held={})] == ["unknown_recommendation"]
    issues = check(board, one("step"), one("recommendation", owner="tbc"), one("finding"), one("evidence"), held={})
    assert [issue.check for issue in issues] == ["value_error"]


def test_texts_that_count_few_people_are_told_apart(board: Framework) -> None:
    given = listed(one("finding", text="Two children waited."), one("step", text="Twelve children waited."))
    assert check_entries(given, board, HELD, TODAY)[1] == []
    [issue] = untellable(given, 5)
    assert (issue.check, issue.line) == ("small_count", 14) and "children" not in issue.message
    assert untellable(given, 1) == []
    deep = listed(one("recommendation", smart={"specific": {"met": True, "reason": "Two children waited."}}))
    assert [issue.check for issue in untellable(deep, 5)] == ["small_count"]


def test_a_partner_is_scored_once_for_a_standard_and_year_and_may_change_the_score(board: Framework) -> None:
    [issue] = check(board, one("self_assessment", id="another"))
    assert (issue.check, issue.field) == ("scored_twice", "standard") and f"as '{SOUND['self_assessment']['id']}'" in issue.message
    assert check(board, one("self_assessment", self_score=1)) == []
    assert check(board, one("self_assessment", id="another", year="2023-24")) == []
    assert [found.check for found in check(board, one("self_assessment"), one("self_assessment", id="another"), held={})] == [
        "scored_twice"
    ] * 2


def test_a_step_is_not_dated_before_its_recommendation_was_made(board: Framework) -> None:
    made_on = date.fromisoformat(str(SOUND["recommendation"]["made_on"]))
    assert check(board, one("step", on=str(made_on))) == []
    [issue] = check(board, one("step", on=str(made_on - timedelta(days=1))))
    assert (issue.check, issue.field) == ("step_too_early", "on") and str(made_on) in issue.message
