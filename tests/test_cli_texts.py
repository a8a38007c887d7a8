"""The commands about texts as typed: what waits and why, approving, taking back, and never a traceback."""

import json
from pathlib import Path

import pytest
from conftest import Command
from invented import give_return, item
from written import answer, voice

Q1 = "2025-26 Q1"
CHAIR = ("--by", "A Chair", "--role", "Chair of the Quality Assurance sub-committee")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A police return, submission 1, with a note, a voice and an answer; one of housing with a note that counts people."""
    give_return(tmp_path, "police", Q1, item("referrals_rate", Q1, 20, note="Waiting fell."))
    give_return(tmp_path, "housing", Q1, item("referrals_rate", Q1, 20, note="Two families waited."))
    voice(tmp_path, 1, 2, message="Listen to me.", changed="We listen.", method="Talks with two girls")
    answer(tmp_path, 1, 3, "All is well.")
    return tmp_path


def test_texts_are_listed_with_what_stands_in_their_way(command: Command, store: Path) -> None:
    code, out, err = command(store, "texts")
    assert (code, err) == (0, "")
    assert out.splitlines()[:3] == [
        f"housing {Q1}: submission 2, sheet Figures, line 2, note (referrals_rate): waits",
        "   Two families waited.",
        "   In its way: small count of people.",
    ]
    assert f"police {Q1}: submission 1, sheet Voices, line 2, message (help_and_early_help): waits\n   Listen to me.\n" in out
    assert "   heard by: Talks with two girls\n   Not shown is how it was heard: small count of people.\n" in out
    assert "housing" not in command(store, "texts", "--agency", "police")[1]


def test_a_text_is_approved_and_no_longer_waits(command: Command, store: Path) -> None:
    code, out, _ = command(store, "approve-text", 1, "Figures", 2, *CHAIR)
    assert (code, out) == (0, "Approved: submission 1, sheet Figures, line 2, note. The next edition shows it.\n")
    assert "Waiting fell." not in command(store, "texts", "--waiting")[1]
    assert (
        "line 2, note (referrals_rate): approved by A Chair, Chair of the Quality Assurance sub-committee, " in command(store, "texts")[1]
    )


def test_another_wording_is_approved_and_told(command: Command, store: Path) -> None:
    code, _, err = command(store, "approve-text", 2, "figures", 2, *CHAIR)
    assert code == 1 and "small count of people" in err and "Two families" not in err
    assert command(store, "approve-text", 2, "figures", 2, *CHAIR, "--wording", "Some families waited.")[0] == 0
    assert "   Two families waited.\n   to be shown as: Some families waited.\n" in command(store, "texts", "--agency", "housing")[1]


def test_the_second_text_of_a_voice_has_its_field(command: Command, store: Path) -> None:
    assert command(store, "approve-text", 1, "Voices", 2, *CHAIR, "--field", "changed")[0] == 0
    facts = json.loads(command(store, "texts", "--agency", "police", "--json")[1])
    assert {one["field"]: one["wording"] for one in facts} == {"note": None, "answer": None, "message": None, "changed": "We listen."}
    changed = facts[-1]
    assert (changed["submission"], changed["sheet"], changed["line"], changed["in_its_way"]) == (1, "Voices", 2, [])
    assert changed["approved"]["by"] == "A Chair" and changed["approved"]["at"].endswith("Z")


def test_an_approval_is_taken_back(command: Command, store: Path) -> None:
    command(store, "approve-text", 1, "Narrative", 3, *CHAIR)
    code, out, _ = command(store, "take-back-text", 1, "Narrative", 3, "--reason", "It is not so.", "--by", "A Chair")
    assert code == 0 and out.startswith("Taken back: the approval of submission 1, sheet Narrative, line 3, answer.")
    assert "All is well." in command(store, "texts", "--waiting")[1]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("approve-text", 1, "Figurs", 2, *CHAIR), 1, "no sheet 'Figurs'. Did you mean 'Figures'?"),
        (("approve-text", 1, "Figures", 2, *CHAIR, "--field", "changed"), 1, "no text in the sheet Figures 'changed'"),
        (("approve-text", 9, "Figures", 2, *CHAIR), 1, "There is no return 9"),
        (("approve-text", 1, "Figures", 2, "--by", "A Chair"), 2, "--role"),
        (("take-back-text", 1, "Figures", 2, "--reason", "So."), 1, "is not approved"),
        (("texts", "--agency", "polic"), 1, "Did you mean 'police'?"),
    ],
)
def test_faults_are_told_plainly(command: Command, store: Path, words: tuple[object, ...], code: int, told: str) -> None:
    found, _, err = command(store, *words)
    assert found == code and told in err and "Traceback" not in err


def test_texts_of_a_store_nobody_wrote_to(command: Command, tmp_path: Path) -> None:
    assert command(tmp_path / "none", "texts")[1] == "No text came yet.\n"
    assert command(tmp_path / "none", "texts", "--waiting")[1] == "No text waits.\n"
    assert not (tmp_path / "none").exists()
