"""The commands about returns as typed: from a template to a withdrawal, and never a traceback."""

import json
from pathlib import Path
from random import Random

import pytest
from conftest import Command
from prepared import REASON, prepare

from hscb_qa.definitions import Framework
from hscb_qa.errors import Issue
from hscb_qa.intake import returns
from hscb_qa.ledger import ledger_path, revisions
from hscb_qa.obligations import read_quarter

QUARTER = "2025-26 Q3"
FIRST = ("--agency", "probation", "--period", QUARTER)


@pytest.fixture
def sound(tmp_path: Path, framework: Framework) -> Path:
    """A sound return of the probation service."""
    return prepare(framework, tmp_path / "probation.xlsx", "probation", read_quarter(QUARTER), Random(1))


@pytest.fixture
def better(tmp_path: Path, framework: Framework) -> Path:
    """The same quarter with other figures."""
    return prepare(framework, tmp_path / "better.csv", "probation", read_quarter(QUARTER), Random(2))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


def submit(command: Command, store: Path, *files: Path) -> str:
    code, out, _ = command(store, "submit", *files, "--by", "An Analyst", "--received", "2026-02-02", "--reason", REASON)
    assert code == 0
    return str(out)


# ---- from the template to the record ----


@pytest.mark.parametrize("kind", ["xlsx", "csv", "ods"])
def test_an_empty_template_is_written_and_refused_until_it_is_filled(command: Command, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"form.{kind}"
    code, out, err = command(tmp_path / "store", "template", *FIRST, "--out", file)
    assert (code, err) == (0, "") and "figures for Oct to Dec 2025 (2025-26 Q3), due 30 January 2026" in out
    code, out, err = command(tmp_path / "store", "submit", file)
    assert code == 1 and "[missing_rows]" in err and "Refused: nothing was taken in." in out
    assert not (tmp_path / "store").exists()


def test_a_return_is_accepted_once_and_then_revised(command: Command, store: Path, sound: Path, better: Path) -> None:
    assert "Accepted as submission 1 (revision 1): " in submit(command, store, sound)
    assert "The very same file is submission 1 already; nothing changed." in submit(command, store, sound)
    assert "Accepted as submission 2 (revision 2, in place of submission 1): " in submit(command, store, better)
    assert [one.submitted_by for one in revisions(store)] == ["An Analyst", "An Analyst"]


def test_each_file_of_a_call_is_told_and_one_refused_makes_the_code_1(command: Command, store: Path, sound: Path) -> None:
    code, out, err = command(store, "submit", sound, sound.parent, sound.parent / "absent.csv", "--reason", REASON)
    assert code == 1 and out.count("Refused: nothing was taken in.") == 2 and "Accepted as submission 1" in out
    assert "This is a folder" in err and "There is no such file" in err and "Traceback" not in err


def test_a_dry_run_says_what_would_be_and_takes_nothing_in(command: Command, store: Path, sound: Path) -> None:
    code, out, _ = command(store, "submit", sound, "--dry-run", "--reason", REASON)
    assert code == 0 and "Nothing stops it" in out and "Dry run: nothing was taken in." in out
    assert not ledger_path(store).exists()


def test_submit_as_json(command: Command, store: Path, sound: Path) -> None:
    code, out, err = command(store, "submit", sound, sound.parent / "absent.csv", "--json", "--reason", REASON)
    accepted, refused = json.loads(out)
    assert (code, err) == (1, "")
    assert (accepted["state"], accepted["agency"], accepted["period"], accepted["submission"]) == ("accepted", "probation", QUARTER, 1)
    assert (refused["state"], refused["submission"], refused["issues"][0]["check"]) == ("refused", None, "unreadable_file")


# ---- what came ----


def test_returns_lists_every_agency_that_owes_one(command: Command, store: Path, sound: Path) -> None:
    submit(command, store, sound)
    code, out, _ = command(store, "returns", "--period", QUARTER)
    assert code == 0 and "1 of 1" in out.splitlines()[0]
    assert "probation: in, 3 days late; received 2 February 2026; " in out and "police: overdue by" in out
    facts = json.loads(command(store, "returns", *FIRST, "--json")[1])
    [row] = facts["agencies"]
    assert (row["agency"], row["state"], row["days_late"], row["missing"], row["revision"]) == ("probation", "late", 3, 0, 1)


def test_returns_of_a_store_nobody_wrote_to(command: Command, store: Path) -> None:
    code, out, _ = command(store, "returns")
    assert code == 0 and "0 of 1" in out
    assert command(store, "returns", "--history")[1] == "No return came yet.\n"
    assert not store.exists()


def test_reminders_name_what_is_missing(command: Command, store: Path) -> None:
    code, out, _ = command(store, "returns", *FIRST, "--reminders")
    assert code == 0 and "We do not have your return yet" in out
    assert list(json.loads(command(store, "returns", *FIRST, "--reminders", "--json")[1])) == ["probation"]


def test_history_tells_every_revision_and_gives_back_its_bytes(command: Command, store: Path, sound: Path, better: Path) -> None:
    submit(command, store, sound)
    submit(command, store, better)
    first, second = json.loads(command(store, "returns", *FIRST, "--history", "--json")[1])
    assert (first["in_force"], second["in_force"], first["file"], second["revision"]) == (False, True, "probation.xlsx", 2)
    told = command(store, "returns", *FIRST, "--history")[1]
    assert "revision 1: submission 1, superseded" in told and second["sha256"] in told
    assert command(store, "returns", *FIRST, "--revision", 1, "--out", store / "back.xlsx")[0] == 0
    assert (store / "back.xlsx").read_bytes() == sound.read_bytes()
    assert "revision 2" in command(store, "returns", *FIRST, "--revision", 2)[1]


def test_a_withdrawal_stays_in_the_history(command: Command, store: Path, sound: Path) -> None:
    submit(command, store, sound)
    assert command(store, "withdraw", 1, "--reason", "Wrong quarter.", "--by", "The Board")[0] == 0
    assert "withdrawn by The Board: Wrong quarter." in command(store, "returns", "--history")[1]
    code, _, err = command(store, "withdraw", 1, "--reason", "Again.")
    assert code == 1 and "withdrawn before" in err


def test_a_settled_query_is_told_with_its_note(command: Command, store: Path, sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(returns, "check_return", lambda given, *_: [Issue("query", "a_query", given.file, None, "Is this right?")])
    assert "1 query with reasons" in submit(command, store, sound)
    assert "query 1 [a_query]: Is this right? Reason: Invented for a trial. Open." in command(store, "returns", "--history")[1]
    assert command(store, "settle", 1, 1, "--note", "They rang.", "--by", "The Board")[0] == 0
    assert "Settled by The Board: They rang." in command(store, "returns", "--history")[1]


# ---- faults of a person ----


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["template", "--agency", "polise", "--period", QUARTER, "--out", "x.xlsx"], "Did you mean 'police'?"),
        (["template", "--agency", "police", "--period", "Q3 2025", "--out", "x.xlsx"], "write it as 2015-16 Q3"),
        (["template", "--agency", "police", "--period", QUARTER, "--out", "x.pdf"], "'x.pdf' does not say what to write"),
        (["template", "--agency", "police", "--period", "2001-02 Q1", "--out", "x.csv"], "lies before"),
        (["returns", "--agency", "polise"], "Did you mean 'police'?"),
        (["returns", "--period", "last"], "is not a quarter"),
        (["returns", *FIRST, "--revision", "4"], "no revision 4"),
        (["withdraw", "3", "--reason", "x"], "no return 3"),
        (["settle", "3", "1", "--note", "x"], "no return 3"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_a_persons_fault_is_told_and_exits_with_1(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = command(tmp_path / "store", *words)
    assert (code, out) == (1, "") and told in err and "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        ["template", "--agency", "police"],
        ["submit"],
        ["submit", "x.csv", "--received", "yesterday"],
        ["submit", "x.csv", "--received", "2999-01-01"],
        ["returns", "--out", "x.csv"],
        ["withdraw", "one", "--reason", "x"],
        ["withdraw", "1"],
        ["settle", "1", "1"],
    ],
    ids=" ".join,
)
def test_what_is_not_understood_exits_with_2(command: Command, tmp_path: Path, words: list[str]) -> None:
    code, out, err = command(tmp_path, *words)
    assert code == 2 and out == "" and err and "Traceback" not in err
