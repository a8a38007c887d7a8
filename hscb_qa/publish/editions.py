"""Editions on disk: folders that are complete or absent, and the pointer that names the one everyone looks at.

Turns a folder name into an `Edition`. Refuses to touch a published folder: going back means moving the pointer.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from filelock import BaseFileLock, FileLock, Timeout

from hscb_qa.errors import StoreFault, UnknownName

_LOCK = ".lock"
_PATIENCE = 60.0
"""Seconds to wait for another process that is moving the pointer."""


@dataclass(frozen=True)
class Edition:
    """A published version of the whole store: its id, label, time (UTC), and whether its figures are invented."""

    id: str
    label: str
    published_at: str
    illustrative: bool
    folder: Path

    @property
    def shareable(self) -> Path:
        """The file that holds only what disclosure control lets through."""
        return self.folder / "shareable.duckdb"

    @property
    def restricted(self) -> Path:
        """The file with true counts, for named users."""
        return self.folder / "restricted.duckdb"


def editions(store: Path) -> list[Edition]:
    """Every complete edition of a store, oldest first."""
    return [_read(path.parent) for path in sorted(_folder(store).glob("[!.]*/edition.json"))]


def edition_named(store: Path, edition_id: str) -> Edition:
    """The edition with this id. Raises UnknownName where there is none."""
    found = {edition.id: edition for edition in editions(store)}
    if edition_id not in found:
        raise UnknownName("edition", edition_id, found)
    return found[edition_id]


def current_edition(store: Path) -> Edition:
    """The edition the pointer names. Raises StoreFault where nothing was published yet."""
    try:
        edition_id = _pointer(store).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        raise StoreFault("Nothing is published yet. Load files with 'hscb-qa load-published', then run 'hscb-qa publish'.") from None
    folder = _folder(store) / edition_id
    if not folder.exists():
        raise UnknownName("edition", edition_id, [edition.id for edition in editions(store)])
    return _read(folder)


def use_edition(store: Path, edition: Edition) -> None:
    """Make an edition the one everyone looks at: written beside the pointer, flushed to disk, then renamed over it."""
    fresh = _folder(store) / ".current-new"
    with FileLock(_folder(store) / ".current.lock", timeout=_PATIENCE, fallback_to_soft=False):
        fresh.write_text(edition.id, encoding="utf-8")
        _flush(fresh)
        fresh.replace(_pointer(store))


@contextmanager
def new_edition(store: Path, label: str, *, illustrative: bool) -> Iterator[Edition]:
    """Give an edition to fill. It takes its place when the block ends; where the block fails, nothing of it is left.

    Drafts that killed publications left are deleted first; those of others still at work are left alone.
    """
    _folder(store).mkdir(parents=True, exist_ok=True)
    _clear_leftovers(store)
    now = datetime.now(UTC)
    edition_id, claim = _claim(store, f"{now:%Y-%m-%d-%H%M%S}")
    draft = Edition(edition_id, label, f"{now:%Y-%m-%dT%H:%M:%SZ}", illustrative, _draft(store, edition_id))
    try:
        draft.folder.mkdir()
        yield draft
        facts = {name: value for name, value in asdict(draft).items() if name != "folder"}
        (draft.folder / "edition.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
        for path in draft.folder.iterdir():
            _flush(path)
            path.chmod(0o444)
        draft.folder.rename(_folder(store) / edition_id)
    finally:
        _let_go(claim, draft.folder)


def _claim(store: Path, stamp: str) -> tuple[str, BaseFileLock]:
    """An id nobody else has or is about to have, with the lock of its draft, which is the claim."""
    for number in count(1):
        edition_id = stamp if number == 1 else f"{stamp}-{number}"
        claim = _lock(_draft(store, edition_id))
        with suppress(Timeout):
            claim.acquire()
            if not (_folder(store) / edition_id).exists():
                return edition_id, claim
            _let_go(claim, _draft(store, edition_id))
    raise AssertionError("there is always a next number")


def _clear_leftovers(store: Path) -> None:
    for draft in {found.with_name(found.name.removesuffix(_LOCK)) for found in _folder(store).glob(".draft-*")}:
        claim = _lock(draft)
        with suppress(Timeout):
            claim.acquire()
            _let_go(claim, draft)


def _let_go(claim: BaseFileLock, draft: Path) -> None:
    """Leave nothing of a draft, neither its folder, if it is still there, nor its lock."""
    shutil.rmtree(draft, ignore_errors=True)
    Path(claim.lock_file).unlink()
    claim.release()


def _lock(draft: Path) -> BaseFileLock:
    """The lock of a draft, for who has it at once: the system lets go of it when its process ends, however it ends."""
    return FileLock(draft.with_name(draft.name + _LOCK), timeout=0, fallback_to_soft=False)


def _flush(path: Path) -> None:
    """Have the disk keep what was written to a file."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _draft(store: Path, edition_id: str) -> Path:
    return _folder(store) / f".draft-{edition_id}"


def _read(folder: Path) -> Edition:
    return Edition(**json.loads((folder / "edition.json").read_text(encoding="utf-8")), folder=folder)


def _folder(store: Path) -> Path:
    return store / "editions"


def _pointer(store: Path) -> Path:
    return _folder(store) / "current"
