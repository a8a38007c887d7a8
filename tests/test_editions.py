"""Editions: complete or absent, never written again, and one command away from going back."""

import hashlib
import importlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest
from invented import cells, indicator, only, rows_of, submit, values

from hscb_qa.definitions import Framework
from hscb_qa.errors import StoreFault, UnknownName
from hscb_qa.ledger import record
from hscb_qa.publish import Edition, current_edition, edition_named, editions, publish_edition, use_edition
from hscb_qa.publish.guarded import guarded_figures

# `hscb_qa.publish.editions` is the function of that name; the module behind it is had by its import path only.
steps = importlib.import_module("hscb_qa.publish.steps")
editions_module = importlib.import_module("hscb_qa.publish.editions")


@pytest.fixture
def small(tmp_path: Path, framework: Framework) -> tuple[Path, Framework]:
    """A store with one figure, and the framework of its indicator."""
    submit(tmp_path, cells("some", {"2016": 12}), cells("all", {"2016": 80}))
    return tmp_path, only(framework, indicator())


def test_nothing_loaded_is_nothing_to_publish(tmp_path: Path, framework: Framework) -> None:
    with pytest.raises(StoreFault, match="nothing to publish"):
        publish_edition(tmp_path, framework)
    with pytest.raises(StoreFault, match="Nothing is published yet"):
        current_edition(tmp_path)
    assert editions(tmp_path) == []


def test_a_ledger_without_a_submission_is_nothing_to_publish(tmp_path: Path, framework: Framework) -> None:
    record(tmp_path, [])
    with pytest.raises(StoreFault, match="nothing to publish"):
        publish_edition(tmp_path, framework)


def test_a_crash_leaves_the_old_edition_and_no_draft(small: tuple[Path, Framework], monkeypatch: pytest.MonkeyPatch) -> None:
    store, framework = small
    old = publish_edition(store, framework)
    before = _hashes(store)
    monkeypatch.setattr(steps, "_keep_sources", _crash)
    with pytest.raises(RuntimeError, match="power cut"):
        publish_edition(store, framework)
    assert current_edition(store) == old and editions(store) == [old]
    assert _hashes(store) == before


def test_a_crash_before_the_pointer_moves_leaves_readers_with_the_old_edition(
    small: tuple[Path, Framework], monkeypatch: pytest.MonkeyPatch
) -> None:
    store, framework = small
    old = publish_edition(store, framework)
    monkeypatch.setattr(editions_module.os, "replace", _crash)
    with pytest.raises(RuntimeError, match="power cut"):
        publish_edition(store, framework)
    assert current_edition(store) == old


def test_a_draft_of_a_process_that_was_killed_is_no_edition(small: tuple[Path, Framework]) -> None:
    """Killed between writing the last file of a draft and moving it: what was never moved was never published."""
    store, framework = small
    published = publish_edition(store, framework)
    draft = published.folder.parent / ".draft-2026-11-23-120000-99"
    draft.mkdir()
    facts = {"id": "2026-11-23-120000", "label": "", "published_at": "2026-11-23T12:00:00Z", "illustrative": False}
    (draft / "edition.json").write_text(json.dumps(facts))
    assert editions(store) == [published]


def _crash(*_: object, **__: object) -> None:
    raise RuntimeError("power cut")


def _hashes(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_published_files_are_read_only_and_never_written_again(small: tuple[Path, Framework]) -> None:
    store, framework = small
    first = publish_edition(store, framework, "first")
    before = _hashes(first.folder)
    assert set(before) == {"edition.json", "restricted.duckdb", "shareable.duckdb"}
    assert all(path.stat().st_mode & 0o222 == 0 for path in first.folder.iterdir())
    submit(store, cells("some", {"2016": 40}), cells("all", {"2016": 80}))
    second = publish_edition(store, framework, "second")
    use_edition(store, first)
    assert values(second) == {"2016": 50.0} and values(first) == {"2016": 15.0}
    assert _hashes(first.folder) == before


def test_use_goes_back_and_forth(small: tuple[Path, Framework]) -> None:
    store, framework = small
    first, second = publish_edition(store, framework), publish_edition(store, framework)
    assert current_edition(store) == second
    use_edition(store, edition_named(store, first.id))
    assert current_edition(store) == first
    use_edition(store, second)
    assert current_edition(store) == second
    with pytest.raises(UnknownName, match="Did you mean"):
        edition_named(store, first.id + "0")


def test_two_editions_in_one_second_are_two(small: tuple[Path, Framework], monkeypatch: pytest.MonkeyPatch) -> None:
    class StoppedClock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # noqa: ARG003
            return datetime(2026, 11, 23, 12, 0, 0, tzinfo=UTC)

    monkeypatch.setattr(editions_module, "datetime", StoppedClock)
    made = [publish_edition(*small) for _ in range(3)]
    assert [one.id for one in made] == ["2026-11-23-120000", "2026-11-23-120000-2", "2026-11-23-120000-3"]
    assert editions(small[0]) == made and current_edition(small[0]) == made[-1]


def test_a_store_with_an_apostrophe_in_its_name_can_be_published(tmp_path: Path, framework: Framework) -> None:
    store = tmp_path / "the board's store"
    submit(store, cells("some", {"2016": 12}), cells("all", {"2016": 80}))
    assert values(publish_edition(store, only(framework, indicator()))) == {"2016": 15.0}


def test_an_edition_keeps_the_definitions_and_sources_it_was_made_with(small: tuple[Path, Framework]) -> None:
    edition: Edition = publish_edition(*small, "Board, 12 November")
    document = json.loads(rows_of(edition.shareable, "SELECT document FROM framework")[0][0])
    assert list(document["indicators"]) == ["share"]
    assert rows_of(edition.shareable, "SELECT file, submitted_by FROM submissions") == [("ees.csv", "a test")]
    assert (edition.label, edition.illustrative) == ("Board, 12 November", False)


def test_four_people_publishing_at_once_get_four_editions(tmp_path: Path, framework: Framework) -> None:
    submit(tmp_path, cells("some", {"2016": 3}), cells("all", {"2016": 30}))
    shown = only(framework, indicator())
    with ThreadPoolExecutor(4) as people:
        made = list(people.map(lambda name: publish_edition(tmp_path, shown, name), "abcd"))
    assert len({edition.id for edition in made}) == len(editions(tmp_path)) == 4
    assert current_edition(tmp_path) in made


def test_figures_of_an_edition_are_read_while_somebody_else_reads_them(tmp_path: Path, framework: Framework) -> None:
    submit(tmp_path, cells("some", {"2016": 3}), cells("all", {"2016": 30}))
    made = publish_edition(tmp_path, only(framework, indicator()), "tests")
    with duckdb.connect(str(made.restricted), read_only=True) as other:
        other.execute(f"ATTACH '{made.shareable}' AS shareable (READ_ONLY)")
        assert guarded_figures([made])["edition"].eq(0).all()
