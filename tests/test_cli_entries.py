"""The commands about the Board's entries: entering lists, what there is and waits, approving, withdrawing; never a traceback."""

import json
from pathlib import Path

import pytest
import yaml
from conftest import Command
from entered import SOUND, fields
from invented import cells, submit

CHAIR = ("--by", "A Chair", "--role", "Chair of the sub-committee")
FINDING = ("finding", "late_reports")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    submit(tmp_path / "store", cells("some", {"2016": 5}))
    return tmp_path / "store"


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """A list with one sound entry of each kind."""
    return listed(tmp_path, **{kind: [one] for kind, one in SOUND.items()})


def listed(folder: Path, **content: object) -> Path:
    path = folder / "list.yaml"
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    return path


def withdraw_what_names_it(command: Command, store: Path) -> None:
    """The step, then the recommendation that arose from the finding."""
    for kind in ("step", "recommendation"):
        assert command(store, "withdraw-entry", kind, SOUND[kind]["id"], *CHAIR, "--reason", "It stood twice.")[0] == 0


def test_a_list_is_checked_entered_and_approved(command: Command, store: Path, sound: Path) -> None:
    checked = command(store, "enter", sound, *CHAIR, "--dry-run")
    assert checked == (0, "list.yaml: 8 entries, nothing was entered, as this was only a check.\n", "")
    assert command(store, "entries") == (0, "Nothing was entered yet.\n", "")
    assert command(store, "enter", sound, *CHAIR) == (0, "list.yaml: 8 entries, 8 new or changed, 0 approved.\n", "")
    assert command(store, "enter", sound, *CHAIR, "--approve") == (0, "list.yaml: 8 entries, 0 new or changed, 8 approved.\n", "")


def test_entries_are_listed_by_kind_with_what_waits(command: Command, store: Path, sound: Path) -> None:
    command(store, "enter", sound, *CHAIR)
    code, out, err = command(store, "entries", "--kind", "finding")
    assert (code, err) == (0, "")
    first, second = out.splitlines()
    assert first.startswith("finding late_reports, revision 1: by A Chair, Chair of the sub-committee, ") and first.endswith("; waits")
    assert second == "   Reports came late."
    command(store, "approve-entry", *FINDING, *CHAIR)
    assert "finding late_reports" not in command(store, "entries", "--waiting")[1]
    assert command(store, "entries", "--waiting", "--kind", "finding")[1] == "No entry waits.\n"
    assert "; approved by A Chair, Chair of the sub-committee, " in command(store, "entries", "--kind", "finding")[1]


def test_the_history_holds_every_event(command: Command, store: Path, sound: Path, tmp_path: Path) -> None:
    command(store, "enter", sound, *CHAIR, "--approve")
    command(store, "enter", listed(tmp_path, finding=[fields("finding", text="Reports came very late.")]), *CHAIR)
    withdraw_what_names_it(command, store)
    command(store, "withdraw-entry", *FINDING, *CHAIR, "--reason", "It stood twice.")
    lines = command(store, "entries", "--kind", "finding", "--history", "late_reports")[1].splitlines()
    assert [line.split(":")[0] for line in lines[::2]] == [f"finding late_reports, revision {number}" for number in (1, 2, 3)]
    assert lines[3] == "   Reports came very late." and lines[5] == "   withdrawn: It stood twice."
    events = json.loads(command(store, "entries", "--kind", "finding", "--history", "late_reports", "--json")[1])
    assert [(one["revision"], one["fields"] and one["fields"]["text"], bool(one["approved"])) for one in events] == [
        (1, "Reports came late.", True), (2, "Reports came very late.", False), (3, None, False),
    ]  # fmt: skip
    assert events[0]["approved"]["role"] == "Chair of the sub-committee" and events[0]["made"]["at"].endswith("Z")
    assert "late_reports" not in command(store, "entries")[1]


def test_entries_as_json_hold_their_fields(command: Command, store: Path, sound: Path) -> None:
    command(store, "enter", sound, *CHAIR)
    found = json.loads(command(store, "entries", "--json")[1])
    assert {(one["kind"], one["id"]) for one in found} == {(kind, one["id"]) for kind, one in SOUND.items()}
    assert all(one["approved"] is None and one["fields"] == SOUND[one["kind"]] for one in found)


def test_an_approval_is_given_once_and_taken_back(command: Command, store: Path, sound: Path) -> None:
    command(store, "enter", sound, *CHAIR)
    assert command(store, "approve-entry", *FINDING, *CHAIR)[1] == "Approved: finding 'late_reports'. The next edition shows it.\n"
    assert command(store, "approve-entry", *FINDING, *CHAIR)[1] == "The finding 'late_reports' was approved before.\n"
    code, out, _ = command(store, "take-back-entry", *FINDING, *CHAIR, "--reason", "It was about another year.")
    assert (code, out) == (0, "Taken back: the approval of finding 'late_reports'. Editions published before still hold it.\n")
    code, out, err = command(store, "take-back-entry", *FINDING, *CHAIR, "--reason", "It was about another year.")
    assert (code, out) == (1, "") and "is not approved; nothing changed" in err


def test_a_withdrawn_entry_is_gone_and_cannot_be_approved(command: Command, store: Path, sound: Path) -> None:
    command(store, "enter", sound, *CHAIR)
    code, _, err = command(store, "withdraw-entry", *FINDING, *CHAIR, "--reason", "It stood twice.")
    assert code == 1 and "is named by recommendation" in err
    withdraw_what_names_it(command, store)
    code, out, _ = command(store, "withdraw-entry", *FINDING, *CHAIR, "--reason", "It stood twice.")
    assert (code, out) == (0, "Withdrawn: finding 'late_reports'. It stays in the record, and the next edition does not hold it.\n")
    code, _, err = command(store, "approve-entry", *FINDING, *CHAIR)
    assert code == 1 and "was withdrawn; nothing changed" in err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("entries", "--kind", "findings"), "There is no kind of entry 'findings'. Did you mean 'finding'?"),
        (("approve-entry", "findings", "late_reports", *CHAIR), "There is no kind of entry 'findings'. Did you mean 'finding'?"),
        (("approve-entry", "finding", "late_report", *CHAIR), "There is no finding 'late_report'."),
        (("withdraw-entry", "finding", "late_report", *CHAIR, "--reason", "Twice."), "There is no finding 'late_report'."),
        (("take-back-entry", *FINDING, "--by", "A", "--role", " ", "--reason", "Twice."), "Say in which role"),
        (("withdraw-entry", *FINDING, *CHAIR, "--reason", " "), "reason"),
        (("approve-entry", *FINDING, "--by", "A", "--role", "Mrs Jane Smith, 07700 900123"), "Name the office, not the person."),
        (("entries", "--kind", "finding", "--history", "nowhere"), "There is no finding 'nowhere'."),
    ],
)
def test_a_fault_is_told_in_words_and_ends_with_1(command: Command, store: Path, sound: Path, words: tuple[str, ...], told: str) -> None:
    command(store, "enter", sound, *CHAIR)
    code, out, err = command(store, *words)
    assert (code, out) == (1, "") and told in err and "Traceback" not in err and "900123" not in err


@pytest.mark.parametrize("words", [("entries", "--history", "late_reports"), ("enter", "list.yaml"), ("approve-entry", "finding")])
def test_a_command_that_is_not_whole_ends_with_2(command: Command, store: Path, words: tuple[str, ...]) -> None:
    code, _, err = command(store, *words)
    assert code == 2 and "Traceback" not in err


def test_a_refused_list_names_each_line_and_keeps_nothing(command: Command, store: Path, tmp_path: Path) -> None:
    path = listed(tmp_path, finding=[fields("finding", areas=["neglekt"])], step=[fields("step", recommendation="nowhere")])
    lines = path.read_text(encoding="utf-8").splitlines()
    code, out, err = command(store, "enter", path, *CHAIR)
    assert (code, out) == (1, "")
    area = next(number for number, line in enumerate(lines, start=1) if "areas" in line)
    asked = next(number for number, line in enumerate(lines, start=1) if "nowhere" in line)
    assert f"list.yaml, line {area}: 'neglekt' is no area of this board. Did you mean 'neglect'?" in err
    assert f"list.yaml, line {asked}: there is no recommendation 'nowhere'" in err
    assert command(store, "entries")[1] == "Nothing was entered yet.\n"
