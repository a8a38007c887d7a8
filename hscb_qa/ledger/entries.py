"""The Board's own entries to events in the record: made, changed by a later event, approved for everybody, taken back.

The content of an event is an entry's fields as JSON; none means that the entry was withdrawn. Refuses to change an event: what was
entered first stays, and can be read.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from hscb_qa.checks.sharing import obstacles
from hscb_qa.errors import StoreFault
from hscb_qa.learning import Entry, names_of, texts_of
from hscb_qa.ledger.opening import first_row, reading, writing
from hscb_qa.ledger.returns import refuse_unfit
from hscb_qa.ledger.submissions import now
from hscb_qa.ledger.texts import ApprovedBy, refuse_nameless


@dataclass(frozen=True)
class EntryEvent:
    """One event of an entry: its revision (1 is the first), its fields, or None where it was withdrawn, by whom and when (UTC).

    `approved_by` is None while nobody has approved this revision for everybody.
    """

    kind: str
    entry: str
    revision: int
    fields: Mapping[str, Any] | None
    made_at: datetime
    made_by: ApprovedBy
    reason: str
    latest: bool
    approved_at: datetime | None
    approved_by: ApprovedBy | None


@dataclass(frozen=True)
class EntryApproval:
    """An approval of a revision of an entry, or that it was taken back and why; by whom and when (UTC)."""

    revision: int
    approved: bool
    made_at: datetime
    made_by: ApprovedBy
    reason: str


def record_entries(store: Path, entries: Sequence[Entry], by: ApprovedBy, threshold: int) -> list[bool]:
    """Append entries in one transaction, all or none; for each whether it is new or changes what is held.

    An entry that says what the latest event says changes nothing. Raises StoreFault where name or role is blank or unfit.
    """
    refuse_nameless(by, threshold)
    with writing(store) as connection:
        return [_append(connection, one.KIND, one.id, one.model_dump_json(exclude_defaults=True), by, "") for one in entries]


def withdraw_entry(store: Path, kind: str, entry: str, by: ApprovedBy, reason: str, threshold: int) -> None:
    """Take an entry out of force; it stays in the record.

    Raises StoreFault where there is none, where others name it, and where the reason is unfit.
    """
    refuse_unfit(reason)
    refuse_nameless(by, threshold)
    with writing(store) as connection:
        _require(connection, kind, entry)
        _refuse_named(connection, kind, entry)
        _append(connection, kind, entry, None, by, reason)


def approve_entries(store: Path, entries: Iterable[tuple[str, str]], by: ApprovedBy, threshold: int) -> int:
    """Approve the latest revision of entries, named by kind and id, in one transaction; how many were not approved before.

    Raises StoreFault where an entry does not exist, and where one of its texts may not be shown to everybody; then nothing is approved.
    """
    refuse_nameless(by, threshold)
    with writing(store) as connection:
        latest = {(one.kind, one.entry): one for one in _read(connection, "WHERE latest")}
        held = [_in_force(latest.get((kind, entry)), kind, entry) for kind, entry in dict.fromkeys(entries)]
        _refuse_untellable(held, threshold)
        waiting = [one for one in held if one.approved_by is None]
        for one in waiting:
            _judge(connection, one, True, by, "")
        return len(waiting)


def take_back_entry(store: Path, kind: str, entry: str, by: ApprovedBy, reason: str, threshold: int) -> None:
    """Take back every approval of an entry, of the latest revision and of those before. Raises StoreFault where none is approved."""
    refuse_unfit(reason)
    refuse_nameless(by, threshold)
    with writing(store) as connection:
        _require(connection, kind, entry)
        approved = [one for one in _read(connection, "WHERE kind = ? AND entry = ?", kind, entry) if one.approved_by]
        if not approved:
            raise StoreFault(f"The {kind} '{entry}' is not approved; nothing changed.")
        for one in approved:
            _judge(connection, one, False, by, reason)


def entries_held(store: Path) -> list[EntryEvent]:
    """The latest event of every entry that was not withdrawn, in the order in which they were first made."""
    return [one for one in _events(store, "WHERE latest") if one.fields is not None]


def ids_taken(store: Path) -> frozenset[tuple[str, str]]:
    """Kind and id of every entry there ever was, also of those that were withdrawn."""
    return frozenset((one.kind, one.entry) for one in _events(store, "WHERE latest"))


def entry_events(store: Path, kind: str, entry: str) -> list[EntryEvent]:
    """Every event of an entry, oldest first. Raises StoreFault where there is none."""
    found = _events(store, "WHERE kind = ? AND entry = ?", kind, entry)
    if not found:
        raise _absent(kind, entry)
    return found


def entry_approvals(store: Path, kind: str, entry: str) -> list[EntryApproval]:
    """Every approval of an entry and every one taken back, oldest first; none where nobody ever approved it."""
    with reading(store) as connection:
        rows = connection.execute(
            "SELECT e.revision, a.approved, a.made_at, a.made_by, a.role, a.reason FROM entry_approvals AS a "
            "JOIN entry_events AS e ON e.id = a.event WHERE e.kind = ? AND e.entry = ? ORDER BY a.id",
            [kind, entry],
        ).fetchall()
    return [
        EntryApproval(revision, approved, made_at, ApprovedBy(made_by, role), reason)
        for revision, approved, made_at, made_by, role, reason in rows
    ]


def _events(store: Path, where: str, *parameters: object) -> list[EntryEvent]:
    with reading(store) as connection:
        return _read(connection, where, *parameters)


def _read(connection: duckdb.DuckDBPyConnection, where: str, *parameters: object) -> list[EntryEvent]:
    rows = connection.execute(
        "SELECT kind, entry, revision, content, made_at, made_by, role, reason, latest, approved_at, approved_by, approved_role "
        f"FROM entry_history {where} ORDER BY id",
        list(parameters),
    ).fetchall()
    return [_event(row) for row in rows]


def _event(row: tuple[Any, ...]) -> EntryEvent:
    kind, entry, revision, content, made_at, made_by, role, reason, latest, approved_at, approved_by, approved_role = row
    return EntryEvent(
        kind=kind,
        entry=entry,
        revision=revision,
        fields=json.loads(content) if content is not None else None,
        made_at=made_at,
        made_by=ApprovedBy(made_by, role),
        reason=reason,
        latest=latest,
        approved_at=approved_at,
        approved_by=ApprovedBy(approved_by, approved_role) if approved_by else None,
    )


def _append(connection: duckdb.DuckDBPyConnection, kind: str, entry: str, content: str | None, by: ApprovedBy, reason: str) -> bool:
    """Append an event; False where the latest one says the same."""
    last = first_row(
        connection, "SELECT revision, content FROM entry_events WHERE kind = ? AND entry = ? ORDER BY revision DESC LIMIT 1", kind, entry
    )
    if last and _same(last[1], content):
        return False
    values = [kind, entry, last[0] + 1 if last else 1, content, now(), by.name.strip(), by.role.strip(), reason]
    connection.execute("INSERT INTO entry_events VALUES (nextval('entry_event_ids'), ?, ?, ?, ?, ?, ?, ?, ?)", values)
    return True


def _same(one: str | None, other: str | None) -> bool:
    """Whether two contents say the same, in whatever order their fields stand."""
    return one == other or (one is not None and other is not None and json.loads(one) == json.loads(other))


def _judge(connection: duckdb.DuckDBPyConnection, held: EntryEvent, approved: bool, by: ApprovedBy, reason: str) -> None:
    connection.execute(
        "INSERT INTO entry_approvals SELECT nextval('entry_approval_ids'), id, ?, ?, ?, ?, ? FROM entry_events "
        "WHERE kind = ? AND entry = ? AND revision = ?",
        [approved, now(), by.name.strip(), by.role.strip(), reason, held.kind, held.entry, held.revision],
    )


def _require(connection: duckdb.DuckDBPyConnection, kind: str, entry: str) -> EntryEvent:
    found = _read(connection, "WHERE latest AND kind = ? AND entry = ?", kind, entry)
    return _in_force(found[0] if found else None, kind, entry)


def _in_force(event: EntryEvent | None, kind: str, entry: str) -> EntryEvent:
    if event is None:
        raise _absent(kind, entry)
    if event.fields is None:
        raise StoreFault(f"The {kind} '{entry}' was withdrawn; nothing changed.")
    return event


def _refuse_named(connection: duckdb.DuckDBPyConnection, kind: str, entry: str) -> None:
    """Refuse where other entries in force name this one: they would stand alone."""
    latest = _read(connection, "WHERE latest AND content IS NOT NULL")
    naming = [f"{one.kind} '{one.entry}'" for one in latest if (kind, entry) in names_of(one.kind, one.fields or {})]
    if naming:
        raise StoreFault(f"The {kind} '{entry}' is named by {', '.join(naming)}. Withdraw or change that first; nothing changed.")


def _refuse_untellable(held: Sequence[EntryEvent], threshold: int) -> None:
    said = {(one.kind, one.entry): texts_of(one.fields) for one in held}
    found = obstacles([text for written in said.values() for text in written], threshold)
    faults = [f"{kind} '{entry}': {', '.join(found[text])}" for (kind, entry), written in said.items() for text in written if text in found]
    if faults:
        raise StoreFault(f"Nothing was approved, because a text may not be shown. {'; '.join(faults)}. Enter it again in other words.")


def _absent(kind: str, entry: str) -> StoreFault:
    return StoreFault(f"There is no {kind} '{entry}'. 'hscb-qa entries' lists those there are.")
