"""The approval of what agencies wrote: by whom, in which role and wording; replaced, taken back, never lost, and never of a person."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from invented import cells, give_return, item, rows_of, submit
from written import answer, note, voice

from hscb_qa.errors import StoreFault
from hscb_qa.ledger import (
    ApprovedBy,
    ReturnText,
    TextPlace,
    approve_texts,
    ledger_path,
    take_back_approval,
    texts_in_force,
    withdraw,
)

CHAIR = ApprovedBy("A Chair", "Chair of the Quality Assurance sub-committee")
Q1 = "2025-26 Q1"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A police return, submission 1, with a note, a voice and an answer."""
    give_return(tmp_path, "police", Q1, item("kept", Q1, (20, 100), note="Waiting fell."), item("other", Q1, 3))
    voice(tmp_path, 1, 2, message="Listen to me.", changed="We listen.")
    answer(tmp_path, 1, 3, "All is well.")
    return tmp_path


def approve(store: Path, place: TextPlace, wording: str | None = None, by: ApprovedBy = CHAIR, threshold: int = 5) -> None:
    approve_texts(store, {place: wording}, by, threshold)


def wordings(store: Path) -> dict[str, str | None]:
    return {one.place.field: one.wording for one in texts_in_force(store)}


NOTE, MESSAGE = note(1), TextPlace(1, "Voices", 2, "message")


def test_every_text_of_a_return_in_force_is_listed_and_none_is_approved_by_itself(store: Path) -> None:
    found = texts_in_force(store)
    assert [(one.place.sheet, one.place.line, one.place.field, one.text, one.wording) for one in found] == [
        ("Figures", 2, "note", "Waiting fell.", None),
        ("Narrative", 3, "answer", "All is well.", None),
        ("Voices", 2, "message", "Listen to me.", None),
        ("Voices", 2, "changed", "We listen.", None),
    ]
    assert {(one.agency, one.period, one.approved_by, one.approved_at) for one in found} == {("police", Q1, None, None)}
    assert texts_in_force(store, "housing") == []


def test_an_approved_text_stands_as_it_is_or_as_it_was_reworded(store: Path) -> None:
    approve(store, NOTE)
    approve(store, MESSAGE, " Children want to be heard. ")
    assert wordings(store) == {"note": "Waiting fell.", "answer": None, "message": "Children want to be heard.", "changed": None}
    approved = next(one for one in texts_in_force(store) if one.place == NOTE)
    assert approved.approved_by == CHAIR and approved.approved_at is not None


def test_a_later_approval_takes_the_place_of_an_earlier_one_and_both_are_kept(store: Path) -> None:
    approve(store, NOTE)
    approve(store, NOTE, "Waiting is shorter.", ApprovedBy("Another", "Business manager"))
    assert wordings(store)["note"] == "Waiting is shorter."
    assert rows_of(ledger_path(store), "SELECT wording, role FROM text_approvals ORDER BY id") == [
        ("Waiting fell.", CHAIR.role),
        ("Waiting is shorter.", "Business manager"),
    ]


def test_once_the_latest_approval_is_taken_back_none_counts_until_there_is_another(store: Path) -> None:
    approve(store, NOTE)
    approve(store, NOTE, "Waiting is shorter.")
    take_back_approval(store, NOTE, "A Chair", "It was not so.")
    assert wordings(store)["note"] is None
    with pytest.raises(StoreFault, match="is not approved; nothing changed"):
        take_back_approval(store, NOTE, "A Chair", "It was not so.")
    approve(store, NOTE)
    assert wordings(store)["note"] == "Waiting fell."
    assert rows_of(ledger_path(store), "SELECT approval, taken_back_by, reason FROM text_approvals_taken_back") == [
        (2, "A Chair", "It was not so.")
    ]


Deed = Callable[[Path], None]
REFUSED: list[tuple[str, str, Deed]] = [
    ("no submission", "no return 9", lambda store: approve(store, note(9))),
    ("no line", "no text at submission 1, sheet Figures, line 7, note", lambda store: approve(store, note(1, 7))),
    ("no note in the line", "no text at submission 1, sheet Figures, line 3", lambda store: approve(store, note(1, 3), "Fine.")),
    ("blank name", "Say who approves", lambda store: approve(store, NOTE, by=ApprovedBy(" ", "Chair"))),
    ("blank role", "Say in which role", lambda store: approve(store, NOTE, by=ApprovedBy("A Chair", ""))),
    ("a person as role", "the office, not the person", lambda store: approve(store, NOTE, by=ApprovedBy("A", "Mrs Secret's deputy"))),
    ("personal data", "line 2, note: telephone number", lambda store: approve(store, NOTE, "Secret: 07700 900123")),
    ("small count", "small count of people", lambda store: approve(store, NOTE, "Two Secret girls were late.")),
    ("blank wording", "the wording is blank", lambda store: approve(store, NOTE, " ")),
    ("never approved", "is not approved", lambda store: take_back_approval(store, NOTE, "A Chair", "So.")),
    ("taken back without a reason", "Say why", lambda store: take_back_approval(store, NOTE, "A Chair", " ")),
    ("taken back by nobody", "Say who", lambda store: take_back_approval(store, NOTE, " ", "So.")),
    ("a reason with a person", "personal data", lambda store: take_back_approval(store, NOTE, "A", "Mrs Secret rang.")),
]


@pytest.mark.parametrize(("told", "deed"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_is_refused_is_told_plainly_quotes_no_text_and_changes_nothing(store: Path, told: str, deed: Deed) -> None:
    before = texts_in_force(store)
    with pytest.raises(StoreFault, match=told) as fault:
        deed(store)
    assert not any(word in str(fault.value) for word in ("Secret", "07700", "Two"))
    assert texts_in_force(store) == before
    assert rows_of(ledger_path(store), "SELECT COUNT(*) FROM text_approvals") == [(0,)]


def test_of_several_texts_all_are_approved_or_none(store: Path) -> None:
    with pytest.raises(StoreFault, match="small count of people"):
        approve_texts(store, {NOTE: None, MESSAGE: "Two girls said so."}, CHAIR, 5)
    assert set(wordings(store).values()) == {None}
    approve_texts(store, {NOTE: None, MESSAGE: "Two girls said so."}, CHAIR, 1)
    assert wordings(store)["message"] == "Two girls said so."


def test_a_return_that_no_longer_counts_takes_its_texts_with_it(store: Path) -> None:
    approve(store, NOTE)
    later = give_return(store, "police", Q1, item("kept", Q1, (21, 100), note="Waiting fell."))
    assert [(one.place.submission, one.wording) for one in texts_in_force(store)] == [(later, None)]
    with pytest.raises(StoreFault, match="not in force"):
        approve(store, NOTE)
    withdraw(store, later, "an officer", "The wrong file.")
    assert wordings(store)["note"] == "Waiting fell."


def test_nothing_is_made_of_a_ledger_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="no return 1"):
        approve(tmp_path, NOTE)
    with pytest.raises(StoreFault, match="no return 1"):
        take_back_approval(tmp_path, NOTE, "A Chair", "So.")
    found: list[ReturnText] = texts_in_force(tmp_path)
    assert found == [] and list(tmp_path.iterdir()) == []


def test_a_ledger_of_before_texts_were_approved_is_brought_up_to_date(store: Path) -> None:
    with duckdb.connect(str(ledger_path(store))) as ledger:
        ledger.execute("DROP VIEW entry_history; DROP TABLE entry_approvals; DROP TABLE entry_events")
        ledger.execute("DROP VIEW return_texts; DROP TABLE text_approvals_taken_back; DROP TABLE text_approvals")
        ledger.execute("DROP SEQUENCE text_approval_ids")
    submit(store, cells("some", {"2016": 5}))
    assert len(texts_in_force(store)) == 4
    approve(store, NOTE)
    assert wordings(store)["note"] == "Waiting fell."
