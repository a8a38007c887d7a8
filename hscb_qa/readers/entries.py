"""A list of the Board's own entries, as YAML or CSV, to fields by kind, each with the line it stands on.

In YAML a list stands under the name of each kind. In CSV every row names its kind under `entry` (or `kind`), a list is divided by
semicolons, and a field within a field has a dot: `says.quality`. Refuses a file whose form is not one of these; whether the fields make an
entry is checked elsewhere.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hscb_qa.definitions import ConfigFile
from hscb_qa.errors import Issue, RefusedFile
from hscb_qa.learning import KINDS, MODELS
from hscb_qa.readers.document import read_document

SUFFIXES = (".yaml", ".yml", ".csv")
_ILLUSTRATIVE = "illustrative"
_YES_NO = {"yes": True, "no": False, "true": True, "false": False}


@dataclass(frozen=True)
class GivenEntry:
    """The fields of one entry as they were given, and where: `lines` holds the line of each field by its place, `()` that of the entry."""

    kind: str
    fields: dict[str, Any]
    lines: dict[tuple[str | int, ...], int] = field(default_factory=dict)

    def line(self, place: tuple[str | int, ...]) -> int | None:
        """The line of a field, or of the nearest around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)


@dataclass(frozen=True)
class EntryList:
    """A file's entries in its order, and whether the file says that they are invented."""

    file: str
    entries: tuple[GivenEntry, ...]
    illustrative: bool


def read_entries(path: Path) -> EntryList:
    """Read a list of entries. Raises RefusedFile with every fault of its form."""
    if path.suffix.lower() not in SUFFIXES:
        raise _refused(path, "file_kind", None, f"'{path.name}' is no list of entries. Give a file ending in {', '.join(SUFFIXES)}.")
    return _read_csv(path) if path.suffix.lower() == ".csv" else _read_yaml(path)


def _read_yaml(path: Path) -> EntryList:
    read_document(path)  # it says plainly where there is no file, or nothing in it
    try:
        file = ConfigFile(path, path)
    except RecursionError:
        raise _refused(
            path, "form", None, "The lists in this file stand too deep in each other. An entry is a list of plain fields."
        ) from None
    if not file.issues and not isinstance(file.content, dict):
        file.fault("form", 1, f"this file is no set of lists. Write a list under the name of each kind: {', '.join(KINDS)}.")
    entries: list[GivenEntry] = []
    for kind, given in (file.content or {}).items() if not file.issues else ():
        if kind == _ILLUSTRATIVE:
            if not isinstance(given, bool):
                file.fault(
                    "illustrative", file.line((kind,)), "'illustrative' is neither true nor false. Write one of the two, or leave it out."
                )
        elif kind not in KINDS:
            file.fault("unknown_kind", file.line((kind,)), f"'{kind}' is no kind of entry. Allowed: {', '.join(KINDS)}.")
        elif not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
            file.fault("form", file.line((kind,)), f"under '{kind}' stands no list of entries. Begin each with a dash.")
        else:
            entries += [_of_yaml(file, kind, position, one) for position, one in enumerate(given)]
    if file.issues:
        raise RefusedFile(file.issues)
    return EntryList(path.name, tuple(entries), file.content.get(_ILLUSTRATIVE) is True)


def _of_yaml(file: ConfigFile, kind: str, position: int, fields: dict[str, Any]) -> GivenEntry:
    root = (kind, position)
    lines = {place[2:]: line for place, line in file.lines.items() if place[:2] == root}
    return GivenEntry(kind, fields, lines)


def _read_csv(path: Path) -> EntryList:
    try:
        text = read_document(path).content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _refused(path, "not_utf8", None, "This file is not UTF-8 text. Save it as CSV UTF-8.") from None
    rows = csv.DictReader(io.StringIO(text), strict=True)
    try:
        if not rows.fieldnames or not {"entry", "kind"} & set(rows.fieldnames):
            raise _refused(path, "missing_columns", 1, f"There is no column 'entry'. Add it, with one of: {', '.join(KINDS)}.")
        if faults := list(_header_faults(path, rows.fieldnames)):
            raise RefusedFile(faults)
        found = [(rows.line_num, row) for row in rows if _holds_something(row)]
    except csv.Error as fault:
        raise _refused(path, "form", rows.line_num + 1, f"This line is no CSV: {fault}. Mend its quotation marks.") from None
    issues = [issue for line, row in found for issue in _row_faults(path, line, row)]
    if issues:
        raise RefusedFile(issues)
    entries = tuple(_of_row(line, row) for line, row in found)
    return EntryList(path.name, entries, any(row.get(_ILLUSTRATIVE, "").strip().lower() in ("yes", "true") for _, row in found))


def _header_faults(path: Path, names: Sequence[str]) -> Iterator[Issue]:
    """Columns that stand twice, and a column beside columns of its parts: one of the two would be lost."""
    plain = [name.strip() for name in names]
    for name in sorted({name for name in plain if plain.count(name) > 1}):
        yield Issue("error", "repeated_column", path.name, 1, f"The column '{name}' stands twice. Keep one.")
    for name in plain:
        if any(other.startswith(f"{name}.") for other in plain):
            yield Issue("error", "form", path.name, 1, f"The column '{name}' stands beside columns of its parts. Keep the parts alone.")


def _holds_something(row: dict[str, Any]) -> bool:
    cells = [cell for value in row.values() for cell in (value if isinstance(value, list) else [value or ""])]
    return any(cell.strip() for cell in cells)


def _row_faults(path: Path, line: int, row: dict[str, Any]) -> Iterator[Issue]:
    if None in row or None in row.values():
        yield Issue("error", "form", path.name, line, "This row has more or fewer cells than the header. Mend the row.")
    elif (kind := row[_kind_column(row)].strip()) not in KINDS:
        yield Issue("error", "unknown_kind", path.name, line, f"'{kind}' is no kind of entry. Allowed: {', '.join(KINDS)}.")


def _kind_column(row: Mapping[str, Any]) -> str:
    """The column that names the kind of entry: `entry`; where there is none, `kind`, which some kinds have as a field of their own."""
    return "entry" if "entry" in row else "kind"


def _of_row(line: int, row: dict[str, str]) -> GivenEntry:
    column = _kind_column(row)
    kind = row[column].strip()
    fields: dict[str, Any] = {}
    for name, text in row.items():
        if name not in (column, _ILLUSTRATIVE) and text.strip():
            _put(fields, name.strip().split("."), _value(kind, name.strip(), text.strip()))
    return GivenEntry(kind, fields, {(): line})


def _put(fields: dict[str, Any], path: list[str], value: Any) -> None:
    for name in path[:-1]:
        fields = fields.setdefault(name, {})
    fields[path[-1]] = value


def _value(kind: str, name: str, text: str) -> Any:
    """A cell as the entry's field wants it: a list where the field is one, yes or no where it is one, else the text."""
    annotation = MODELS[kind].model_fields[name].annotation if name in MODELS[kind].model_fields else None
    if str(annotation).startswith("tuple"):
        return [part.strip() for part in text.split(";") if part.strip()]
    if annotation is bool or name.endswith(".met"):
        return _YES_NO.get(text.lower(), text)
    return text


def _refused(path: Path, check: str, line: int | None, message: str) -> RefusedFile:
    return RefusedFile([Issue("error", check, path.name, line, message)])
