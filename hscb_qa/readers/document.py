"""A path to the bytes of one file, with its name and hash.

Refuses what cannot be the file meant: nothing there, a folder, an empty file, another kind of file than its name or source says.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from hscb_qa.errors import Issue, RefusedFile

TEXT, PARQUET, WORKBOOK = "plain text", "Parquet", "a workbook"
KIND_OF_SUFFIX = {".csv": TEXT, ".parquet": PARQUET, ".xlsx": WORKBOOK, ".ods": WORKBOOK}

_KIND_OF_START = (
    (b"PAR1", PARQUET),
    (b"PK\x03\x04", WORKBOOK),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (XLS) or one locked with a password; save it as XLSX without a password"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a compressed file; unpack it first"),
    (b"<", "a web page or XML, perhaps a notice in place of the download"),
)
_METADATA_SUFFIX = ".meta.csv"


@dataclass(frozen=True)
class Document:
    """One file as bytes. `name` is the file's name without folders, `remedy` what to do where the file is damaged."""

    path: Path
    content: bytes
    remedy: str = "Download it again from its publisher."

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def kind(self) -> str:
        """What the file's first bytes say it is; anything unknown is taken for text."""
        return next((kind for start, kind in _KIND_OF_START if self.content.startswith(start)), TEXT)

    def refuse(self, check: str, message: str, line: int | None = None) -> RefusedFile:
        """The refusal of this file for one fault, to be raised."""
        return RefusedFile([Issue("error", check, self.name, line, message)])


def open_document(path: Path, suffixes: tuple[str, ...]) -> Document:
    """Read a file whose name ends in one of `suffixes`. Raises RefusedFile where it is missing, empty or of another kind."""
    document = read_document(path)
    if path.name.lower().endswith(_METADATA_SUFFIX):
        data_file = path.name[: -len(_METADATA_SUFFIX)] + ".csv"
        raise document.refuse("metadata_file", f"This is the metadata of {data_file}. Give {data_file}; its metadata is read with it.")
    refuse_other_kind(document, suffixes)
    return document


def read_document(path: Path) -> Document:
    """Read a file whatever its kind. Raises RefusedFile where it is missing, a folder or empty."""
    document = Document(path, _content(path))
    if not document.content.strip():
        raise document.refuse("empty_file", f"The file is empty. {document.remedy}")
    return document


def metadata_path(path: Path) -> Path:
    """Where the metadata of a tidy data file stands: `<stem>.meta.csv` beside it."""
    return path.with_name(path.stem + _METADATA_SUFFIX)


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as fault:
        raise _unreadable(path, "There is no such file. Look at the folder and the spelling.") from fault
    except IsADirectoryError as fault:
        raise _unreadable(path, "This is a folder. Name a file in it.") from fault
    except (OSError, ValueError) as fault:
        raise _unreadable(path, f"The file cannot be opened: {fault}.") from fault


def _unreadable(path: Path, message: str) -> RefusedFile:
    return RefusedFile([Issue("error", "unreadable_file", path.name or str(path), None, message)])


def refuse_other_kind(document: Document, suffixes: tuple[str, ...]) -> None:
    """Raise RefusedFile where the name ends otherwise than in one of `suffixes`, or the content is of another kind than the name says."""
    suffix = document.path.suffix.lower()
    if suffix not in suffixes:
        ending = f"ends in '{suffix}'" if suffix else "has no ending"
        raise document.refuse("wrong_file_type", f"The name {ending}. It should end in {' or '.join(suffixes)}.")
    meant = KIND_OF_SUFFIX[suffix]
    if document.kind != meant:
        raise document.refuse("wrong_file_type", f"The name ends in '{suffix}', so it should be {meant}, but it is {document.kind}.")
