"""The page of entry without a browser: open or closed, filled from links, refused without losing anything, entered and approved."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from entered import SOUND, enter, enter_approved, entry
from invented import cells, submit
from streamlit.components.v2.component_manager import BidiComponentManager
from streamlit.testing.v1 import AppTest

from hscb_qa.definitions import Framework
from hscb_qa.learning import KINDS, fields_of
from hscb_qa.ledger import entries_held, entry_approvals, entry_events, withdraw_entry
from hscb_qa.publish import publish_edition
from hscb_qa.views import Selection

Opened = Callable[..., AppTest]


def made(store: Path, framework: Framework, *, illustrative: bool) -> Path:
    submit(store, cells("a_measure", {"2025": 1}), illustrative=illustrative)
    enter_approved(store, *(entry(kind) for kind in SOUND))
    publish_edition(store, framework, "tests")
    return store


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, framework: Framework) -> Path:
    return made(tmp_path_factory.mktemp("entry_page") / "store", framework, illustrative=True)


@pytest.fixture
def store(published: Path, tmp_path: Path) -> Path:
    """An illustrative store with one approved entry of each kind, published."""
    return Path(shutil.copytree(published, tmp_path / "store"))


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, framework: Framework) -> Opened:
    """Open a page of a store at an address."""
    monkeypatch.setattr(BidiComponentManager, "discover_and_register_components", lambda *_, **__: None)

    def open_page(store: Path, page: str = "entry", **query: Any) -> AppTest:
        monkeypatch.setenv("HSCB_QA_STORE", str(store))
        shown = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=60)
        shown.session_state["plan_year"] = framework.plan_years[-1].id
        shown.session_state["selection"] = Selection()
        for name, value in query.items():
            shown.query_params[name] = value
        return ran(shown)

    return open_page


def ran(page: AppTest) -> AppTest:
    page.run()
    assert not page.exception, page.exception[0].message
    return page


def labelled(page: AppTest, kind: str, label: str) -> Any:
    return next(one for one in getattr(page, kind) if one.label == label)


def told(page: AppTest) -> str:
    return " ".join(one.proto.body for one in page.get("html"))


def signed(page: AppTest) -> AppTest:
    labelled(page, "text_input", "Your name: kept in the record, not shown").input("A. Tester")
    labelled(page, "text_input", "Your role, as shown").input("Officer")
    return page


def pressed(page: AppTest, button: str = "Enter") -> AppTest:
    next(one for one in page.button if one.label == button).click()
    return ran(page)


@pytest.mark.parametrize(("illustrative", "uploads", "is_open"), [(False, "", False), (False, "yes", True), (True, "", True)])
def test_entry_is_off_where_real_figures_are_shared(
    tmp_path: Path, framework: Framework, opened: Opened, monkeypatch: pytest.MonkeyPatch, illustrative: bool, uploads: str, is_open: bool
) -> None:
    monkeypatch.setenv("HSCB_QA_UPLOADS", uploads)
    store = made(tmp_path, framework, illustrative=illustrative)
    page = opened(store)
    assert ("Nothing can be entered on this server" in told(page)) is not is_open
    assert ("Enter" in [one.label for one in page.button]) is is_open
    for name, query, words in (
        ("evidence", {"area": "neglect"}, "Record what was found"),
        ("recommendations", {"finding": "late_reports"}, "Make a recommendation"),
        ("recommendations", {"recommendation": "send_reports"}, "Record a step"),
        ("recommendations", {}, "Enter the answer"),
        ("key_questions", {}, "Record a judgement"),
        ("timetable", {}, "Plan an exercise"),
        ("timetable", {"exercise": "audit_of_neglect"}, "Plan an exercise"),
        ("section_11", {}, "Record a score"),
    ):
        assert (words in told(opened(store, name, **query))) is is_open, name
        assert words not in told(opened(store, name, present="1", **query)), "on no slide"


def test_every_kind_has_a_form_with_all_its_fields_and_every_entry_fills_its_own(store: Path, opened: Opened) -> None:
    for kind in KINDS:
        page = opened(store, kind=kind, entry=SOUND[kind]["id"])
        page = pressed(signed(page))
        assert "Nothing had changed." in told(page), kind
        assert len(entry_events(store, kind, SOUND[kind]["id"])) == 1
        assert fields_of(kind) and "everything: entered" in told(page)


def test_a_link_fills_a_new_form_and_says_what_it_could_not_fill(store: Path, opened: Opened) -> None:
    page = opened(store, kind="recommendation", of_finding="late_reports")
    chosen = {one.label: one.value for one in page.selectbox}
    assert chosen["Which finding it arose from; open only for the Board's own challenge"] == "late_reports"
    assert (chosen["Area"], chosen["Agency"], chosen["Where it comes from"]) == ("neglect", "police", "audit")
    page = opened(store, kind="recommendation", of_finding="gone")
    assert page.session_state["choices_dropped"] == [
        "The address fills “Which finding it arose from; open only for the Board's own challenge” with 'gone', which there is not. "
        "It is left out."
    ]


def test_an_answer_begins_with_the_area_and_agency_of_its_challenge(store: Path, opened: Opened) -> None:
    enter(store, entry("analysis", id="asked", agency="police", indicator="neglect_tool_used"))
    page = opened(store, kind="analysis", of_answers="asked")
    chosen = {one.label: one.value for one in page.selectbox}
    assert chosen["Which challenge it answers, where it is an answer"] == "asked"
    assert (chosen["Area"], chosen["What it is"]) == ("neglect", "answer")
    filled = {chosen[label] for label in chosen if label.startswith(("Agency", "Indicator"))}
    assert filled == {"police", "neglect_tool_used"}


def test_an_exercise_that_left_no_evidence_leads_to_its_form(store: Path, framework: Framework, opened: Opened) -> None:
    enter_approved(store, entry("exercise", id="bare"), entry("evidence", exercise="audit_of_neglect"))
    publish_edition(store, framework, "tests")
    for query in ({}, {"exercise": "bare"}):
        words = told(opened(store, "timetable", **query))
        assert "Record the evidence it produced" in words and "kind=evidence&amp;of_exercise=bare" in words
        assert "of_exercise=audit_of_neglect" not in words, "that one has left evidence"


def test_a_refusal_keeps_what_was_typed_and_names_the_fields(store: Path, opened: Opened) -> None:
    page = opened(store, kind="finding", of_evidence="report_on_neglect")
    labelled(page, "text_area", "In words").input("Reports came very late.")
    page = pressed(ran(page))
    assert "“Your name”, at the top of this page, is not filled in." in told(page)
    page = pressed(signed(page))
    assert "“What it is” is not filled in." in told(page) and "'kind'" not in told(page)
    assert labelled(page, "text_area", "In words").value == "Reports came very late."
    assert len(entries_held(store)) == len(SOUND)
    labelled(page, "selectbox", "What it is").select("concern")
    page = pressed(page)
    assert "It waits for approval." in told(page) and "of_finding=finding_2" in told(page)
    assert labelled(page, "text_area", "In words").value == "", "the form is empty for the next one"
    assert [one.fields["text"] for one in entries_held(store) if one.entry == "finding_2" and one.fields] == ["Reports came very late."]
    page = pressed(page, "Approve")
    assert "Approved: Finding “Reports came very late.”" in told(page) and "Nothing waits." in told(page)


def test_a_change_is_told_with_what_stood_there_before(store: Path, opened: Opened) -> None:
    enter(store, entry("recommendation", owner="Chief officer", agency="housing"))
    words = told(opened(store, kind="recommendation", entry="send_reports"))
    assert "Who owns it: a role, no name: Head of service → Chief officer" in words
    assert "Agency: Police → Housing" in words and "waits" in words


def test_how_many_were_asked_is_not_repeated(store: Path, opened: Opened) -> None:
    enter(store, entry("evidence", asked=4444, answered=3333))
    words = told(opened(store, kind="evidence", entry="report_on_neglect"))
    assert "given, not repeated here" in words and "4444" not in words and "4,444" not in words and "3333" not in words


def test_a_form_says_when_somebody_else_changed_the_entry_meanwhile(store: Path, opened: Opened) -> None:
    page = signed(opened(store, kind="finding", entry="late_reports"))
    labelled(page, "text_area", "In words").input("Mine.")
    enter(store, entry("finding", text="Theirs."))
    page = pressed(page)
    assert "Somebody else changed this entry" in told(page) and len(entry_events(store, "finding", "late_reports")) == 2
    page = pressed(page)
    assert [one.fields["text"] for one in entry_events(store, "finding", "late_reports") if one.fields][-1] == "Mine."


def test_a_new_entry_takes_no_id_that_a_withdrawn_one_had(store: Path, opened: Opened) -> None:
    enter(store, entry("finding", id="finding_3"))
    withdraw_entry(store, "finding", "finding_3", entries_held(store)[0].made_by, "Twice.", 5)
    page = signed(opened(store, kind="finding", of_evidence="report_on_neglect"))
    labelled(page, "text_area", "In words").input("Another.")
    labelled(page, "selectbox", "What it is").select("concern")
    pressed(page)
    assert [one.entry for one in entries_held(store) if one.kind == "finding"] == ["late_reports", "finding_4"]


def reasoned(page: AppTest, why: str) -> AppTest:
    labelled(page, "text_input", "Why: kept in the record").input(why)
    return page


def test_an_approval_is_taken_back_with_a_reason_and_the_history_says_so(store: Path, opened: Opened) -> None:
    page = pressed(opened(store, kind="step", entry="sent"), "Take back the approval")
    assert "“Your name”, at the top of this page, is not filled in." in told(page)
    page = pressed(signed(page), "Take back the approval")
    assert "Say why; what is kept for ever needs its reason." in told(page)
    [event] = entry_events(store, "step", "sent")
    assert event.approved_by, "neither without a name nor without a reason"
    page = pressed(reasoned(page, "Sent to <one> team."), "Take back the approval")
    assert "Taken back: the approval of Step of a recommendation" in told(page)
    assert "taken back: Officer, " in told(page) and "Sent to &lt;one&gt; team." in told(page) and "waits" in told(page)
    assert "Take back the approval" not in [one.label for one in page.button], "there is none any more"
    assert [one.approved_by for one in entry_events(store, "step", "sent")] == [None]
    assert [(one.approved, one.reason) for one in entry_approvals(store, "step", "sent")] == [
        (True, ""),
        (False, "Sent to <one> team."),
    ]


def test_a_withdrawal_says_what_it_does_before_it_does_it(store: Path, opened: Opened) -> None:
    page = pressed(signed(opened(store, kind="step", entry="sent")), "Withdraw")
    assert "Say why; what is kept for ever needs its reason." in told(page)
    page = pressed(reasoned(page, "Entered twice."), "Withdraw")
    assert "will be withdrawn. The next edition does not hold it" in told(page)
    page = pressed(page, "No, keep it")
    assert "will be withdrawn" not in told(page) and len(entry_events(store, "step", "sent")) == 1
    page = pressed(pressed(page, "Withdraw"), "Yes, withdraw it")
    assert "Withdrawn: Step of a recommendation" in told(page) and "will be withdrawn" not in told(page)
    assert "entry" not in page.query_params and "choices_dropped" not in page.session_state
    assert [(one.fields is None, one.reason) for one in entry_events(store, "step", "sent")] == [(False, ""), (True, "Entered twice.")]
    assert labelled(page, "selectbox", "New, or a change of").value == "new"


def test_an_entry_that_others_name_is_not_withdrawn_and_they_are_led_to(store: Path, opened: Opened) -> None:
    page = reasoned(signed(opened(store, kind="recommendation", entry="send_reports")), "Not ours.")
    page = pressed(pressed(page, "Withdraw"), "Yes, withdraw it")
    assert "The recommendation &#x27;send_reports&#x27; is named by step &#x27;sent&#x27;. Withdraw or change that first" in told(page)
    assert "kind=step&amp;entry=sent" in told(page)
    assert len(entry_events(store, "recommendation", "send_reports")) == 1


def test_the_page_goes_on_where_somebody_else_withdrew_the_entry(store: Path, opened: Opened) -> None:
    page = opened(store, kind="step", entry="sent")
    withdraw_entry(store, "step", "sent", entries_held(store)[0].made_by, "Twice.", 5)
    page = ran(page)
    assert labelled(page, "selectbox", "New, or a change of").value == "new"
    assert page.session_state["choices_dropped"] == ["The address asks for entry 'sent', which there is not. It is left out."]


def test_name_and_role_are_kept_for_the_session_alone(store: Path, opened: Opened) -> None:
    page = ran(signed(opened(store)))
    labelled(page, "selectbox", "What do you enter?").select("step")
    assert labelled(ran(page), "text_input", "Your role, as shown").value == "Officer"
    kept = {name: page.session_state[name] for name in ("entered_by_kept", "entered_role_kept")}
    assert kept == {"entered_by_kept": "A. Tester", "entered_role_kept": "Officer"}
    assert "Tester" not in str(dict(page.query_params))
    again = opened(store)
    assert labelled(again, "text_input", "Your role, as shown").value == "", "another session does not know it"


def test_what_an_entry_holds_is_kept_though_it_is_offered_no_longer(store: Path, opened: Opened) -> None:
    enter(store, entry("exercise", starts="2009-10 Q1", ends="2009-10 Q2"))
    page = signed(opened(store, kind="exercise", entry="audit_of_neglect"))
    labelled(page, "text_input", "Title, in a few words").input("Audit of neglect, long ago")
    pressed(page)
    [held] = [one.fields for one in entries_held(store) if one.kind == "exercise"]
    assert held and (held["starts"], held["ends"], held["title"]) == ("2009-10 Q1", "2009-10 Q2", "Audit of neglect, long ago")
