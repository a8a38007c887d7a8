"""The commands as typed: exit codes, words, JSON; and never a traceback."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Command
from invented import rows_of

from hscb_qa.ledger import ledger_path, submissions

ILLUSTRATIVE = ROOT / "data" / "illustrative"
TIDY = ILLUSTRATIVE / "illustrative_ees_b1_children_in_need.csv"
NEIGHBOURS = ILLUSTRATIVE / "illustrative_neighbours.csv"


@pytest.fixture
def bad_file(tmp_path: Path) -> Path:
    """A tidy file with a word where a number should be."""
    lines = TIDY.read_text(encoding="utf-8-sig").splitlines()
    lines[1] = lines[1].rsplit(",", 1)[0] + ",many"
    path = tmp_path / "bad.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


# ---- exit code 0 ----


def test_check_says_how_much_was_checked(command: Command, tmp_path: Path) -> None:
    code, out, err = command(tmp_path, "check")
    assert (code, err) == (0, "") and "no fault found" in out


def test_sources_lists_what_can_be_read_and_what_was_loaded(command: Command, illustrative_store: Path) -> None:
    code, out, _ = command(illustrative_store, "sources")
    assert code == 0
    assert all(name in out for name in ("lait", "ees", "neighbours", "mps_crime", "fingertips", TIDY.name))


def test_sources_of_an_empty_store(command: Command, tmp_path: Path) -> None:
    assert command(tmp_path, "sources")[0] == 0


def test_a_file_is_loaded_once_however_often_it_is_given(command: Command, tmp_path: Path) -> None:
    words = ("load-published", "ees", TIDY, "--illustrative", "--by", "A. Tester")
    first, second = command(tmp_path, *words), command(tmp_path, *words)
    assert (first[0], second[0]) == (0, 0)
    assert "recorded as submission 1" in first[1] and "nothing changed" in second[1]
    assert submissions(tmp_path)["submitted_by"].tolist() == ["A. Tester"]


def test_a_dry_run_loads_nothing(command: Command, tmp_path: Path) -> None:
    code, out, _ = command(tmp_path, "load-published", "ees", TIDY, "--dry-run")
    assert code == 0 and "dry run: nothing was loaded" in out and "figures:" in out
    assert not ledger_path(tmp_path).exists()


def test_the_summary_counts_every_figure_of_the_file(command: Command, tmp_path: Path) -> None:
    _, out, _ = command(tmp_path, "load-published", "ees", TIDY, "--illustrative")
    [(rows,)] = rows_of(ledger_path(tmp_path), "SELECT COUNT(*) FROM published")
    assert f"{rows:,} figures" in out


def test_the_same_file_with_a_day_it_has_no_use_for_is_still_the_same_file(command: Command, tmp_path: Path) -> None:
    """`--from` is of neighbour sets; with another source it is refused, or makes no difference."""
    words = ("load-published", "ees", TIDY, "--illustrative")
    command(tmp_path, *words)
    code, _, _ = command(tmp_path, *words, "--from", "2025-05")
    assert len(submissions(tmp_path)) == 1
    assert code in (0, 2)


def test_series_as_json_and_as_a_table(command: Command, illustrative_store: Path) -> None:
    code, out, err = command(illustrative_store, "series", "rereferrals_within_12_months", "--json")
    facts = json.loads(out)
    assert (code, err, facts["illustrative"]) == (0, "", True)
    assert "illustrative" in facts["source"]
    code, out, _ = command(illustrative_store, "series", "rereferrals_within_12_months")
    assert code == 0 and "Harrow" in out and str(facts["points"][-1]["value"]) in out


def test_series_of_another_place_basis_and_file(command: Command, illustrative_store: Path) -> None:
    words = ("series", "recorded_sexual_offences", "--geography", "E09000003", "--basis", "rolling12", "--restricted", "--json")
    facts = json.loads(command(illustrative_store, *words)[1])
    assert (facts["place"], facts["basis"]) == ("Barnet", "rolling12")


def test_editions_are_listed_and_used(command: Command, illustrative_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(illustrative_store, store)
    assert command(store, "publish", "--label", "Board, 12 November")[0] == 0
    listed = json.loads(command(store, "editions", "--json")[1])
    assert [(one["label"], one["shown"]) for one in listed[1:]] == [
        ("Illustrative board, meeting of 26 November 2026", False),
        ("Board, 12 November", True),
    ]
    assert command(store, "use", listed[0]["id"])[0] == 0
    assert [one["shown"] for one in json.loads(command(store, "editions", "--json")[1])] == [True, False, False]
    told = command(store, "editions")[1]
    assert all(one["id"] in told for one in listed), "an id that is cut short cannot be typed after 'use'"
    shown = json.loads(command(store, "series", "referrals_rate", "--json")[1])
    other = json.loads(command(store, "series", "referrals_rate", "--json", "--edition", listed[1]["id"])[1])
    assert (shown["edition"], other["edition"]) == (listed[0]["id"], listed[1]["id"])


def test_a_store_without_an_edition_lists_none(command: Command, tmp_path: Path) -> None:
    code, out, _ = command(tmp_path, "editions", "--json")
    assert (code, json.loads(out)) == (0, [])


def test_the_demo_twice_loads_nothing_twice(command: Command, illustrative_store: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    shutil.copytree(illustrative_store, store)
    before = len(submissions(store))
    assert command(store, "demo")[0] == 0
    assert len(submissions(store)) == before


# ---- exit code 1: a fault a person can mend ----

PERSONS_FAULTS = [
    (["publish"], "nothing to publish"),
    (["series", "referrals_rate"], "Nothing is published yet"),
    (["use", "2026-11-23-120000"], "no edition '2026-11-23-120000'"),
    (["serve"], "Nothing is published yet"),
    (["load-published", "ees", "not_there.csv"], "not_there.csv"),
    (["load-published", "lait", "not_there.parquet"], "not_there.parquet"),
    (["load-published", "ees", str(TIDY), "--dictionary", str(TIDY)], "goes with the source 'lait'"),
    (["load-published", "lait", str(TIDY)], "Nothing was loaded"),
    (["load-published", "fingertips", str(TIDY)], "Nothing was loaded"),
    (["load-published", "mps_crime", str(TIDY)], "Nothing was loaded"),
    (["load-published", "neighbours", str(TIDY), "--from", "2025-05"], "Nothing was loaded"),
    (["load-published", "ees", str(ROOT)], "Nothing was loaded"),
]


@pytest.mark.parametrize(
    ("words", "told"), PERSONS_FAULTS, ids=[" ".join(Path(word).name for word in words) for words, _ in PERSONS_FAULTS]
)
def test_a_persons_fault_is_told_and_exits_with_1(command: Command, tmp_path: Path, words: list[str], told: str) -> None:
    code, _, err = command(tmp_path / "store", *words)
    assert code == 1 and told in err and "Traceback" not in err
    assert not ledger_path(tmp_path / "store").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["series", "rereferals_within_12_months"], "Did you mean 'rereferrals_within_12_months'?"),
        (["series", "referrals_rate", "--geography", "E09000000"], "no geography 'E09000000'"),
        (["series", "infant_mortality_rate", "--basis", "ytd"], "It has: year"),
        (["series", "referrals_rate", "--edition", "yesterday"], "no edition 'yesterday'"),
    ],
)
def test_what_an_edition_does_not_have_is_told(command: Command, illustrative_store: Path, words: list[str], told: str) -> None:
    code, out, err = command(illustrative_store, *words, "--json")
    assert (code, out) == (1, "") and told in err and "Traceback" not in err


def test_one_bad_file_keeps_every_file_of_the_call_out(command: Command, tmp_path: Path, bad_file: Path) -> None:
    store = tmp_path / "store"
    code, _, err = command(store, "load-published", "ees", TIDY, bad_file, "--illustrative")
    assert code == 1 and "bad.csv, line 2" in err and "'many'" in err and "Nothing was loaded" in err
    assert not ledger_path(store).exists() or len(submissions(store)) == 0


def test_the_demo_does_not_mix_with_real_figures(command: Command, tmp_path: Path) -> None:
    command(tmp_path, "load-published", "ees", TIDY)  # given out as real
    code, _, err = command(tmp_path, "demo")
    assert code == 1 and "may not share a store" in err
    assert len(submissions(tmp_path)) == 1


def test_faulty_definitions_are_told_with_their_line(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "config", tmp_path / "config")
    sources = tmp_path / "config" / "disclosure.yaml"
    sources.write_text(sources.read_text(encoding="utf-8").replace("threshold: 5", "threshold: 50"), encoding="utf-8")
    monkeypatch.setenv("HSCB_QA_CONFIG", str(tmp_path / "config"))
    code, _, err = command(tmp_path / "store", "check")
    assert code == 1 and "config/disclosure.yaml, line 9:" in err and "'50'" in err


@pytest.mark.parametrize("name", ["nowhere", "a_file.txt"])
def test_a_configuration_folder_that_is_none_is_told(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    (tmp_path / "a_file.txt").write_text("not a folder")
    monkeypatch.setenv("HSCB_QA_CONFIG", str(tmp_path / name))
    code, _, err = command(tmp_path / "store", "check")
    assert code == 1 and "priorities.yaml" in err and "Traceback" not in err


# ---- exit code 2: a command that was not understood ----


@pytest.mark.parametrize(
    "words",
    [
        ["pubish"],
        ["load-published", "laits", str(TIDY)],
        ["load-published", "ees"],
        ["load-published", "neighbours", str(NEIGHBOURS)],
        ["load-published", "neighbours", str(NEIGHBOURS), "--from", "May 2025"],
        ["load-published", "neighbours", str(NEIGHBOURS), "--from", "2025-13"],
        ["load-published", "ees", str(TIDY), "--released", "yesterday"],
        ["series"],
        ["series", "referrals_rate", "--basis", "monthly"],
        ["series", "referrals_rate", "--nothing"],
        ["serve", "--port", "http"],
    ],
)
def test_what_is_not_understood_exits_with_2(command: Command, tmp_path: Path, words: list[str]) -> None:
    code, out, err = command(tmp_path, *words)
    assert code == 2 and out == "" and err and "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_help_names_every_command(command: Command, tmp_path: Path) -> None:
    code, out, _ = command(tmp_path, "--help")
    assert code == 0
    assert all(name in out for name in ("check", "sources", "load-published", "publish", "editions", "use", "series", "demo", "serve"))


# ---- as a process of its own ----


@pytest.mark.parametrize(("words", "code"), [(["check"], 0), (["publish"], 1), (["publsh"], 2)])
def test_the_module_runs_with_warnings_as_errors(tmp_path: Path, words: list[str], code: int) -> None:
    settings = os.environ | {"HSCB_QA_STORE": str(tmp_path), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-W", "error", "-m", "hscb_qa", *words]
    ended = subprocess.run(command, env=settings, capture_output=True, text=True, timeout=60, cwd=tmp_path, check=False)
    assert ended.returncode == code and "Traceback" not in ended.stderr


def test_metadata_given_with_its_data_is_read_with_it(command: Command, shared: Path, tmp_path: Path) -> None:
    files = sorted((shared / "data" / "bad_inputs" / "ees_screener" / "pass").glob("hyphen*.csv"))
    assert [path.name for path in files] == ["hyphen.csv", "hyphen.meta.csv"]
    code, told, _ = command(tmp_path, "load-published", "ees", *files)
    assert code == 0 and "hyphen.csv: " in told and "hyphen.meta.csv" not in told
    assert command(tmp_path, "load-published", "ees", files[1])[0] == 1
