"""The record of the Board's own entries: events that never change, approved by a role, taken back, withdrawn, with all their history."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest
from entered import CHAIR, SOUND, enter, entry
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import rows_of

from hscb_qa.errors import StoreFault
from hscb_qa.learning import entry_of
from hscb_qa.ledger import (
    ApprovedBy,
    approve_entries,
    entries_held,
    entry_events,
    ledger_path,
    record_entries,
    take_back_entry,
    withdraw_entry,
)

ROOT = Path(__file__).resolve().parents[1]
CLERK = ApprovedBy("A clerk", "Business manager")
FINDING = ("finding", "late_reports")


def approve(store: Path, *entries: tuple[str, str], by: ApprovedBy = CHAIR, threshold: int = 5) -> int:
    return approve_entries(store, entries or [FINDING], by, threshold)


def events(store: Path) -> list[tuple[Any, ...]]:
    return rows_of(ledger_path(store), "SELECT * FROM entry_events ORDER BY id")


def test_what_is_recorded_is_held_as_it_was_given_and_not_approved(tmp_path: Path) -> None:
    given_ = [entry(kind) for kind in SOUND]
    assert enter(tmp_path, *given_, by=CLERK) == [True] * len(given_)
    held = entries_held(tmp_path)
    assert [entry_of(one.kind, one.fields or {}) for one in held] == given_
    assert {(one.revision, one.made_by, one.reason, one.latest, one.approved_by, one.approved_at) for one in held} == {
        (1, CLERK, "", True, None, None)
    }


def test_a_change_is_a_new_event_and_the_first_stays_as_it_was(tmp_path: Path) -> None:
    enter(tmp_path, entry("finding"))
    [first] = events(tmp_path)
    assert enter(tmp_path, entry("finding", text="Reports came on the day."), by=CLERK) == [True]
    assert events(tmp_path)[0] == first
    history = entry_events(tmp_path, *FINDING)
    assert [(one.revision, one.latest, one.made_by, (one.fields or {})["text"]) for one in history] == [
        (1, False, CHAIR, "Reports came late."),
        (2, True, CLERK, "Reports came on the day."),
    ]
    assert [(one.fields or {})["text"] for one in entries_held(tmp_path)] == ["Reports came on the day."]


def test_what_says_the_same_changes_nothing(tmp_path: Path) -> None:
    enter(tmp_path, entry("evidence", says={"quality": "better", "outcome": "same"}))
    assert enter(tmp_path, entry("evidence", says={"outcome": "same", "quality": "better"}), by=CLERK) == [False]
    assert enter(tmp_path, entry("finding"), entry("evidence", says={"quality": "better", "outcome": "same"})) == [True, False]
    assert len(events(tmp_path)) == 2


def test_back_to_what_it_was_is_an_event_too(tmp_path: Path) -> None:
    for text in ("One.", "Two.", "One."):
        assert enter(tmp_path, entry("finding", text=text)) == [True]
    assert [one.revision for one in entry_events(tmp_path, *FINDING)] == [1, 2, 3]


def test_kinds_do_not_mix_their_ids(tmp_path: Path) -> None:
    enter(tmp_path, entry("finding", id="one"), entry("step", id="one"))
    assert [one.revision for one in entries_held(tmp_path)] == [1, 1]
    withdraw_entry(tmp_path, "step", "one", CHAIR, "Not so.", 5)
    assert [one.kind for one in entries_held(tmp_path)] == ["finding"]


def test_one_that_cannot_be_kept_keeps_the_others_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = entry("step")
    monkeypatch.setattr(type(broken), "model_dump_json", lambda *_, **__: object())
    with pytest.raises(duckdb.Error):
        enter(tmp_path, entry("finding"), broken)
    assert entries_held(tmp_path) == []


# ---- approval ----


def test_an_approval_is_of_the_latest_revision_and_a_later_one_waits_again(tmp_path: Path) -> None:
    enter(tmp_path, entry("finding"), entry("step"))
    assert approve(tmp_path) == 1
    assert approve(tmp_path, FINDING, FINDING, ("step", "sent")) == 1, "what is approved is not approved again, nor twice at once"
    enter(tmp_path, entry("finding", text="Reports came on the day."))
    assert [one.approved_by for one in entry_events(tmp_path, *FINDING)] == [CHAIR, None]
    assert approve(tmp_path, by=CLERK) == 1
    assert [one.approved_by for one in entry_events(tmp_path, *FINDING)] == [CHAIR, CLERK]


def test_an_approval_taken_back_counts_no_more_and_stays_in_the_record(tmp_path: Path) -> None:
    enter(tmp_path, entry("finding"))
    with pytest.raises(StoreFault, match="is not approved; nothing changed"):
        take_back_entry(tmp_path, *FINDING, CLERK, "Not so.", 5)
    approve(tmp_path)
    take_back_entry(tmp_path, *FINDING, CLERK, "Not so.", 5)
    assert entries_held(tmp_path)[0].approved_by is None
    with pytest.raises(StoreFault, match="is not approved"):
        take_back_entry(tmp_path, *FINDING, CLERK, "Not so.", 5)
    assert approve(tmp_path) == 1
    assert rows_of(ledger_path(tmp_path), "SELECT approved, made_by, role, reason FROM entry_approvals ORDER BY id") == [
        (True, *vars(CHAIR).values(), ""),
        (False, *vars(CLERK).values(), "Not so."),
        (True, *vars(CHAIR).values(), ""),
    ]


@pytest.mark.parametrize(("changes", "kind_of_fault"), [
    ({"text": "Two children waited."}, "small count of people"),
    ({"text": "Ring 07700 900123."}, "telephone number"),
    ({"themes": ["late"], "text": "Only one mother came."}, "small count of people"),
])  # fmt: skip
def test_a_text_that_may_not_be_shown_keeps_the_whole_approval_out(tmp_path: Path, changes: dict[str, Any], kind_of_fault: str) -> None:
    enter(tmp_path, entry("finding", **changes), entry("step"))
    with pytest.raises(StoreFault, match=f"Nothing was approved.*finding 'late_reports': {kind_of_fault}") as fault:
        approve(tmp_path, ("step", "sent"), FINDING)
    assert "07700" not in str(fault.value) and "children" not in str(fault.value)
    assert rows_of(ledger_path(tmp_path), "SELECT * FROM entry_approvals") == []


def test_the_rule_of_the_day_decides_what_is_a_small_count(tmp_path: Path) -> None:
    enter(tmp_path, entry("finding", text="Seven children waited."))
    with pytest.raises(StoreFault, match="small count"):
        approve(tmp_path, threshold=10)
    assert approve(tmp_path) == 1


def test_what_does_not_exist_cannot_be_approved_and_nothing_else_is(tmp_path: Path) -> None:
    enter(tmp_path, entry("finding"))
    with pytest.raises(StoreFault, match="There is no step 'sent'"):
        approve(tmp_path, FINDING, ("step", "sent"))
    assert entries_held(tmp_path)[0].approved_by is None


# ---- withdrawal and history ----


def test_taking_back_reaches_the_revision_that_is_shown_while_a_change_waits(tmp_path: Path) -> None:
    enter(tmp_path, entry("finding"))
    approve(tmp_path)
    enter(tmp_path, entry("finding", text="Said otherwise."))
    take_back_entry(tmp_path, *FINDING, CLERK, "It tells too much.", 5)
    assert [one.approved_by for one in entry_events(tmp_path, *FINDING)] == [None, None]


def test_what_others_name_is_not_withdrawn_before_them(tmp_path: Path) -> None:
    enter(tmp_path, entry("evidence"), entry("finding"))
    named = entry("finding").evidence  # type: ignore[attr-defined]
    with pytest.raises(StoreFault, match="is named by finding"):
        withdraw_entry(tmp_path, "evidence", named, CLERK, "Not so.", 5)
    withdraw_entry(tmp_path, *FINDING, CLERK, "Not so.", 5)
    withdraw_entry(tmp_path, "evidence", named, CLERK, "Not so.", 5)
    assert entries_held(tmp_path) == []


def test_a_withdrawn_entry_is_out_of_force_and_stays_in_the_record(tmp_path: Path) -> None:
    enter(tmp_path, entry("finding"))
    approve(tmp_path)
    withdraw_entry(tmp_path, *FINDING, CLERK, "It was of another area.", 5)
    assert entries_held(tmp_path) == []
    last = entry_events(tmp_path, *FINDING)[-1]
    assert (last.revision, last.fields, last.made_by, last.reason, last.approved_by) == (2, None, CLERK, "It was of another area.", None)
    for again in (lambda: approve(tmp_path), lambda: withdraw_entry(tmp_path, *FINDING, CLERK, "Again.", 5)):
        with pytest.raises(StoreFault, match="was withdrawn; nothing changed"):
            again()
    with pytest.raises(StoreFault, match="was withdrawn"):
        take_back_entry(tmp_path, *FINDING, CLERK, "Again.", 5)
    assert enter(tmp_path, entry("finding")) == [True]
    assert [(one.revision, one.approved_by) for one in entries_held(tmp_path)] == [(3, None)]


@pytest.mark.parametrize("act", [withdraw_entry, take_back_entry])
@pytest.mark.parametrize(("by", "reason", "said"), [
    (CLERK, " ", "Say why"),
    (CLERK, "Ring 07700 900123.", "personal data"),
    (ApprovedBy(" ", "Chair"), "Not so.", "Say who"),
    (ApprovedBy("A Chair", ""), "Not so.", "in which role"),
    (ApprovedBy("A Chair", "Two children"), "Not so.", "Name the office"),
])  # fmt: skip
def test_whoever_takes_something_back_says_who_and_why(tmp_path: Path, act: Any, by: ApprovedBy, reason: str, said: str) -> None:
    enter(tmp_path, entry("finding"))
    approve(tmp_path)
    with pytest.raises(StoreFault, match=said):
        act(tmp_path, *FINDING, by, reason, 5)
    assert entries_held(tmp_path)[0].approved_by == CHAIR


@pytest.mark.parametrize("act", [withdraw_entry, take_back_entry])
def test_what_does_not_exist_cannot_be_taken_back(tmp_path: Path, act: Any) -> None:
    with pytest.raises(StoreFault, match="There is no finding 'late_reports'"):
        act(tmp_path, *FINDING, CHAIR, "Not so.", 5)


@pytest.mark.parametrize("by", [ApprovedBy("", "Chair"), ApprovedBy("A Chair", " ")])
def test_nobody_enters_or_approves_without_name_and_role(tmp_path: Path, by: ApprovedBy) -> None:
    with pytest.raises(StoreFault, match="Say"):
        enter(tmp_path, entry("finding"), by=by)
    assert entries_held(tmp_path) == []
    enter(tmp_path, entry("finding"))
    with pytest.raises(StoreFault, match="Say"):
        approve(tmp_path, by=by)


def test_an_empty_store_holds_none_and_has_no_history(tmp_path: Path) -> None:
    assert entries_held(tmp_path) == []
    with pytest.raises(StoreFault, match="There is no finding"):
        entry_events(tmp_path, *FINDING)


ACTS = st.sampled_from(["One.", "Two.", "approve", "take back", "withdraw"])


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(acts=st.lists(ACTS, max_size=7))
def test_no_act_changes_an_event_that_is_there_and_the_latest_state_is_what_the_acts_say(
    tmp_path_factory: pytest.TempPathFactory, acts: list[str]
) -> None:
    store, text, approved, before = tmp_path_factory.mktemp("acts"), None, False, list[tuple[Any, ...]]()
    record_entries(store, [], CHAIR, 5)
    for act in acts:
        try:
            if act == "approve":
                approve(store)
                approved = True
            elif act == "take back":
                take_back_entry(store, *FINDING, CHAIR, "Not so.", 5)
                approved = False
            elif act == "withdraw":
                withdraw_entry(store, *FINDING, CHAIR, "Not so.", 5)
                text, approved = None, False
            else:
                [changed] = enter(store, entry("finding", text=act))
                text, approved = act, approved and not changed
        except StoreFault:
            assert text is None or (act == "take back" and not approved)
        now = events(store)
        assert now[: len(before)] == before
        before = now
    held = [((one.fields or {})["text"], one.approved_by is not None) for one in entries_held(store)]
    assert held == ([(text, approved)] if text else [])


# ---- others at the ledger, and older ones ----

ENTER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from entered import enter, entry
sys.stdin.readline()
for number in range(5):
    enter(Path(sys.argv[1]), entry("finding", text=f"Said {number} by {sys.argv[3]}."))
"""


def test_people_who_change_one_entry_at_once_lose_nothing(tmp_path: Path) -> None:
    settings_ = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", ENTER, str(tmp_path), str(ROOT / "tests")]
    people = [subprocess.Popen([*command, name], env=settings_, stdin=subprocess.PIPE, text=True) for name in ("one", "two", "three")]
    for process in people:
        process.communicate("begin\n")
    assert [process.returncode for process in people] == [0, 0, 0]
    history = entry_events(tmp_path, *FINDING)
    assert [one.revision for one in history] == list(range(1, 16))
    assert len({(one.fields or {})["text"] for one in history}) == 15
    assert [one.latest for one in history] == [False] * 14 + [True]


def test_a_ledger_of_before_there_were_entries_is_brought_up_to_date(tmp_path: Path) -> None:
    enter(tmp_path, entry("finding"))
    with duckdb.connect(str(ledger_path(tmp_path))) as ledger:
        ledger.execute("DROP VIEW entry_history; DROP TABLE entry_events; DROP TABLE entry_approvals")
        ledger.execute("DROP SEQUENCE entry_event_ids; DROP SEQUENCE entry_approval_ids")
    assert entries_held(tmp_path) == []
    assert enter(tmp_path, entry("finding")) == [True]
    assert approve(tmp_path) == 1
