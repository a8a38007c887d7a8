"""Lists and forms of the Board's own entries to the record: read, checked, and kept whole or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from hscb_qa.checks import hide_personal
from hscb_qa.checks.entries import check_entries, untellable
from hscb_qa.definitions import Framework
from hscb_qa.errors import Issue, RefusedFile, StoreFault
from hscb_qa.ledger import ApprovedBy, approve_entries, entries_held, is_illustrative, record_entries
from hscb_qa.readers.entries import EntryList, GivenEntry, read_entries


@dataclass(frozen=True)
class Entered:
    """What became of a list: how many entries it holds, how many were new or changed, how many are newly approved for everybody."""

    file: str
    entries: int
    changed: int
    approved: int


def enter_file(store: Path, framework: Framework, path: Path, by: ApprovedBy, *, approve: bool = False, dry_run: bool = False) -> Entered:
    """Take in a list of entries, and approve them where asked. Raises RefusedFile with every fault; then nothing is kept.

    Raises StoreFault where the store holds no figures yet, or where the file says its entries are invented and the store's figures are not.
    """
    try:
        given = read_entries(path)
    except RefusedFile as fault:
        raise RefusedFile(hide_personal(fault.issues)) from None
    _refuse_stranger(store, given)
    return _enter(store, framework, given, by, approve=approve, dry_run=dry_run)


def enter_fields(store: Path, framework: Framework, kind: str, fields: Mapping[str, Any], by: ApprovedBy, *, approve: bool) -> Entered:
    """Take in one entry as a form gives it. Raises RefusedFile with every fault; then nothing is kept.

    Raises StoreFault where the store holds no figures yet.
    """
    given = EntryList("this form", (GivenEntry(kind, dict(fields)),), False)
    _refuse_stranger(store, given)
    return _enter(store, framework, given, by, approve=approve, dry_run=False)


def _enter(store: Path, framework: Framework, given: EntryList, by: ApprovedBy, *, approve: bool, dry_run: bool) -> Entered:
    held = {(one.kind, one.entry): one.fields or {} for one in entries_held(store)}
    threshold = framework.disclosure.threshold
    entries, issues = check_entries(given, framework, held, date.today())
    if approve:
        issues += untellable(given, threshold)
    if issues:
        raise RefusedFile(issues)
    if dry_run:
        return Entered(given.file, len(entries), 0, 0)
    changed = record_entries(store, entries, by, threshold)
    approved = approve_entries(store, [(one.KIND, one.id) for one in entries], by, threshold) if approve else 0
    return Entered(given.file, len(entries), sum(changed), approved)


def _refuse_stranger(store: Path, given: EntryList) -> None:
    kind = is_illustrative(store)
    if kind is None:
        raise StoreFault(f"The store {store} holds no figures yet, and entries belong to figures. Load a published file or a return first.")
    if given.illustrative and not kind:
        message = (
            "This file says that its entries are illustrative, and the store holds real figures. Name another folder in HSCB_QA_STORE."
        )
        raise RefusedFile([Issue("error", "illustrative", given.file, None, message)])
