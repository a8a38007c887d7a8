"""Editions on disk: folders that are complete or absent, and the pointer that names the one everyone looks at.

Turns a folder name into an `Edition`. Refuses to touch a published folder: going back means moving the pointer.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tempfile import NamedTemporaryFile

from hscb_qa.errors import StoreFault, UnknownName


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
    with NamedTemporaryFile("w", dir=_folder(store), prefix=".current-", delete=False, encoding="utf-8") as file:
        file.write(edition.id)
    fresh = Path(file.name)
    fresh.chmod(0o644)
    _flush(fresh)
    fresh.replace(_pointer(store))


@contextmanager
def new_edition(store: Path, label: str, *, illustrative: bool) -> Iterator[Edition]:
    """Give an edition to fill. It takes its place when the block ends; where the block fails, nothing of it is left."""
    now = datetime.now(UTC)
    edition_id = _claim(store, f"{now:%Y-%m-%d-%H%M%S}")
    draft = Edition(edition_id, label, f"{now:%Y-%m-%dT%H:%M:%SZ}", illustrative, _draft(store, edition_id))
    try:
        yield draft
        facts = {name: value for name, value in asdict(draft).items() if name != "folder"}
        (draft.folder / "edition.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
        for path in draft.folder.iterdir():
            _flush(path)
            path.chmod(0o444)
        draft.folder.rename(_folder(store) / edition_id)
    except BaseException:
        shutil.rmtree(draft.folder, ignore_errors=True)
        raise


def _claim(store: Path, stamp: str) -> str:
    """An id nobody else has or is about to have: making its draft's folder is the claim."""
    for number in count(1):
        edition_id = stamp if number == 1 else f"{stamp}-{number}"
        try:
            _draft(store, edition_id).mkdir(parents=True)
        except FileExistsError:
            continue
        if not (_folder(store) / edition_id).exists():
            return edition_id
        _draft(store, edition_id).rmdir()
    raise AssertionError("there is always a next number")


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
