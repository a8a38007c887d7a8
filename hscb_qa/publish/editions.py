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
from pathlib import Path

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
    return edition_named(store, edition_id)


def use_edition(store: Path, edition: Edition) -> None:
    """Make an edition the one everyone looks at: written beside the pointer, flushed to disk, then renamed over it."""
    fresh = _pointer(store).with_suffix(".fresh")
    with fresh.open("w", encoding="utf-8") as file:
        file.write(edition.id)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(_pointer(store))


@contextmanager
def new_edition(store: Path, label: str, *, illustrative: bool) -> Iterator[Edition]:
    """Give an edition to fill. It takes its place when the block ends; where the block fails, nothing of it is left."""
    now = datetime.now(UTC)
    taken = {edition.id for edition in editions(store)}
    stamp = f"{now:%Y-%m-%d-%H%M%S}"
    edition_id = next(name for number in range(1, 1000) if (name := stamp if number == 1 else f"{stamp}-{number}") not in taken)
    draft = Edition(edition_id, label, f"{now:%Y-%m-%dT%H:%M:%SZ}", illustrative, _folder(store) / f".draft-{edition_id}-{os.getpid()}")
    draft.folder.mkdir(parents=True)
    try:
        yield draft
        facts = {name: value for name, value in asdict(draft).items() if name != "folder"}
        (draft.folder / "edition.json").write_text(json.dumps(facts, indent=1), encoding="utf-8")
        for path in draft.folder.iterdir():
            path.chmod(0o444)
        draft.folder.rename(_folder(store) / edition_id)
    except BaseException:
        shutil.rmtree(draft.folder, ignore_errors=True)
        raise


def _read(folder: Path) -> Edition:
    return Edition(**json.loads((folder / "edition.json").read_text(encoding="utf-8")), folder=folder)


def _folder(store: Path) -> Path:
    return store / "editions"


def _pointer(store: Path) -> Path:
    return _folder(store) / "current"
