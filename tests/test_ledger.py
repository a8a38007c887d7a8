"""The record: nothing is lost, nothing is done twice, nothing is done by half."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT, Command
from invented import BARNET, HARROW, cells, indicator, neighbour_set, only, rows_of, submission, submit, values

from hscb_qa.definitions import Framework
from hscb_qa.errors import StoreFault
from hscb_qa.ledger import ledger_path, record, store_folder, submissions
from hscb_qa.ledger.opening import PATIENCE
from hscb_qa.publish import publish_edition


def published_rows(store: Path) -> list[tuple[object, ...]]:
    return rows_of(ledger_path(store), "SELECT submission, measure, period, value, status, text FROM published ORDER BY ALL")


def revised(store: Path, framework: Framework) -> tuple[dict[str, float | str], list[str]]:
    """The share after publishing, and the periods marked as revised."""
    edition = publish_edition(store, only(framework, indicator()))
    return values(edition), [row[0] for row in rows_of(edition.shareable, "SELECT period FROM points WHERE revised ORDER BY 1")]


def test_a_store_nobody_wrote_to_is_empty(tmp_path: Path) -> None:
    assert len(submissions(tmp_path)) == 0
    assert list(tmp_path.iterdir()) == []


def test_a_submission_is_kept_with_what_is_known_about_it(tmp_path: Path) -> None:
    receipt = submit(tmp_path, cells("some", {"2016": 5, "2017": "c"}), file="b1.csv", released=date(2017, 10, 1))
    assert (receipt.submission, receipt.file, receipt.already_held) == (1, "b1.csv", False)
    row = submissions(tmp_path).iloc[0]
    assert (row["source"], row["file"], row["submitted_by"], row["figures"], row["illustrative"]) == ("ees", "b1.csv", "a test", 2, False)
    assert len(row["sha256"]) == 64 and row["released"].date() == date(2017, 10, 1)
    assert published_rows(tmp_path) == [(1, "some", "2016", 5.0, "", "5"), (1, "some", "2017", None, "c", "c")]


def test_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    rows = cells("some", {"2016": 5})
    first, again = submit(tmp_path, rows), submit(tmp_path, rows, file="another_name.csv")
    assert (first.already_held, again.already_held) == (False, True)
    assert again.submission == first.submission
    assert len(submissions(tmp_path)) == 1 and len(published_rows(tmp_path)) == 1


def test_one_file_twice_in_one_call_is_one(tmp_path: Path) -> None:
    given = submission(cells("some", {"2016": 5}))
    assert [receipt.already_held for receipt in record(tmp_path, [given, given])] == [False, True]
    assert len(published_rows(tmp_path)) == 1


def test_the_same_neighbours_from_two_days_are_two_sets(tmp_path: Path) -> None:
    first = neighbour_set(tmp_path, [BARNET], date(2021, 4, 1))
    assert neighbour_set(tmp_path, [BARNET], date(2021, 4, 1)).already_held
    assert not neighbour_set(tmp_path, [BARNET], date(2025, 5, 1)).already_held
    assert first.submission == 1


def test_a_newer_release_is_a_new_revision_and_the_old_is_kept(tmp_path: Path, framework: Framework) -> None:
    submit(tmp_path, cells("some", {"2015": 1, "2016": 5}), cells("all", {"2015": 10, "2016": 10}))
    before = published_rows(tmp_path)
    submit(tmp_path, cells("some", {"2015": 1, "2016": 6, "2017": 2}), cells("all", {"2015": 10, "2016": 10, "2017": 10}))
    assert set(before) < set(published_rows(tmp_path))
    assert revised(tmp_path, framework) == ({"2015": 10.0, "2016": 60.0, "2017": 20.0}, ["2016"])


def test_a_figure_hidden_at_last_is_hidden_and_revised(tmp_path: Path, framework: Framework) -> None:
    submit(tmp_path, cells("some", {"2016": 5}), cells("all", {"2016": 10}))
    submit(tmp_path, cells("some", {"2016": "c"}), cells("all", {"2016": 10}))
    assert revised(tmp_path, framework) == ({"2016": "c"}, ["2016"])


def test_the_later_release_counts_whichever_was_loaded_first(tmp_path: Path, framework: Framework) -> None:
    newer = cells("some", {"2016": 6}), cells("all", {"2016": 10})
    older = cells("some", {"2015": 3, "2016": 5}), cells("all", {"2015": 10, "2016": 10})
    submit(tmp_path, *newer, released=date(2017, 10, 1))
    submit(tmp_path, *older, released=date(2016, 10, 1))
    assert revised(tmp_path, framework) == ({"2015": 30.0, "2016": 60.0}, ["2016"])


def test_of_one_release_day_the_file_loaded_later_counts(tmp_path: Path, framework: Framework) -> None:
    for some in (5, 6):
        submit(tmp_path, cells("some", {"2016": some}), cells("all", {"2016": 10}), released=date(2017, 10, 1))
    assert revised(tmp_path, framework)[0] == {"2016": 60.0}


def test_a_release_of_one_place_leaves_the_others_as_they_were(tmp_path: Path, framework: Framework) -> None:
    for place in (HARROW, BARNET):
        submit(tmp_path, cells("some", {"2016": 5}, place), cells("all", {"2016": 10}, place))
    submit(tmp_path, cells("some", {"2016": 6}, BARNET))
    edition = publish_edition(tmp_path, only(framework, indicator()))
    assert (values(edition), values(edition, place=BARNET)) == ({"2016": 50.0}, {"2016": 60.0})


def test_several_files_are_recorded_all_or_none(tmp_path: Path) -> None:
    good = submission(cells("some", {"2016": 5}))
    broken = submission(cells("all", {"2016": 10}).drop(columns="measure"))
    with pytest.raises(Exception, match="measure"):
        record(tmp_path, [good, broken])
    assert len(submissions(tmp_path)) == 0 and published_rows(tmp_path) == []
    assert not record(tmp_path, [good])[0].already_held


@pytest.mark.parametrize("first", [True, False])
def test_real_and_illustrative_figures_never_share_a_store(tmp_path: Path, first: bool) -> None:
    submit(tmp_path, cells("some", {"2016": 5}), illustrative=first)
    with pytest.raises(StoreFault, match="may not share a store"):
        submit(tmp_path, cells("some", {"2016": 6}), illustrative=not first)
    assert len(published_rows(tmp_path)) == 1


def test_real_and_illustrative_files_of_one_call_are_refused_both(tmp_path: Path) -> None:
    given = [submission(cells("some", {"2016": number}), illustrative=bool(number)) for number in (0, 1)]
    with pytest.raises(StoreFault, match="may not share"):
        record(tmp_path, given)
    assert len(submissions(tmp_path)) == 0


def test_the_record_offers_no_way_to_change_or_delete() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "hscb_qa" / "ledger").glob("*.py"))
    statements = [word for word in ("UPDATE ", "DELETE ", "TRUNCATE ", "DROP ", "OR REPLACE") if word in source]
    assert statements == []


def test_the_store_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HSCB_QA_STORE", str(tmp_path))
    assert store_folder() == tmp_path
    monkeypatch.delenv("HSCB_QA_STORE")
    assert store_folder() == ROOT / "data" / "store"


# ---- another process is writing ----

HOLD = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.read()"


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A store with one submission, whose ledger another process holds open for writing, and nobody who waits for it for long."""
    for purpose in PATIENCE:
        monkeypatch.setitem(PATIENCE, purpose, 0.1)
    submit(tmp_path, cells("some", {"2016": 5}), cells("all", {"2016": 10}))
    command = [sys.executable, "-c", HOLD, str(ledger_path(tmp_path))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout and writer.stdout.readline() == "held\n"
        yield tmp_path
        writer.communicate("")


def test_a_locked_ledger_is_a_plain_fault_for_writers_and_readers(locked: Path) -> None:
    with pytest.raises(StoreFault, match="try again once that has ended"):
        submit(locked, cells("some", {"2017": 5}))
    with pytest.raises(StoreFault, match="try again once that has ended"):
        submissions(locked)


def test_a_locked_ledger_is_a_plain_fault_when_publishing(locked: Path, framework: Framework) -> None:
    with pytest.raises(StoreFault, match="cannot be opened"):
        publish_edition(locked, framework)


@pytest.mark.parametrize("words", [["publish"], ["sources"]])
def test_a_locked_ledger_is_told_without_a_traceback(locked: Path, command: Command, words: list[str]) -> None:
    code, _, err = command(locked, *words)
    assert code == 1 and "try again" in err and "Traceback" not in err


def test_a_ledger_that_is_no_database_is_a_plain_fault(tmp_path: Path) -> None:
    ledger_path(tmp_path).write_text("These are not the rows you are looking for. " * 200)
    with pytest.raises(StoreFault, match="cannot be opened"):
        submissions(tmp_path)


def test_dates_in_frames_survive(tmp_path: Path) -> None:
    releases = pd.DataFrame([("some", "Some", "2025-10-01", "")], columns=["measure", "title", "last_update", "next_update"])
    submit(tmp_path, cells("some", {"2016": 5}), releases=releases)
    assert rows_of(ledger_path(tmp_path), "SELECT * FROM releases") == [(1, "some", "Some", "2025-10-01", "")]


def test_a_release_date_told_later_is_noted_and_counts(tmp_path: Path, framework: Framework) -> None:
    newer, older = cells("some", {"2016": 9}), cells("some", {"2016": 3})
    submit(tmp_path, newer, cells("all", {"2016": 30}))
    submit(tmp_path, older)  # loaded last, so it stands
    shown = only(framework, indicator())
    assert values(publish_edition(tmp_path, shown)) == {"2016": 10.0}
    receipt = submit(tmp_path, newer, cells("all", {"2016": 30}), released=date(2099, 1, 1))
    assert (receipt.already_held, receipt.dated, receipt.submission) == (True, True, 1)
    assert values(publish_edition(tmp_path, shown)) == {"2016": 30.0}
    assert not submit(tmp_path, newer, cells("all", {"2016": 30}), released=date(2099, 1, 1)).dated


def test_a_submission_that_fails_takes_the_others_of_its_call_with_it(tmp_path: Path) -> None:
    submit(tmp_path, cells("some", {"2014": 1}))
    whole, broken = submission(cells("some", {"2015": 2})), submission(cells("some", {"2016": 3}).drop(columns="status"))
    with pytest.raises(Exception, match="status"):
        record(tmp_path, [whole, broken])
    assert len(submissions(tmp_path)) == 1
    assert rows_of(ledger_path(tmp_path), "SELECT period FROM published") == [("2014",)]
