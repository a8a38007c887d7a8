"""The commands about the Board's own entries: entering a list, what there is, approving, withdrawing, the history of one.

Turns paths, kinds and ids typed into calls, and entries into lines or JSON. Refuses an entry without a role: it says who speaks.
"""

import getpass
from pathlib import Path
from typing import Annotated, Any

import typer

from hscb_qa.cli.console import JsonOption, app, out, print_json
from hscb_qa.cli.returns import ByOption
from hscb_qa.definitions import load_framework
from hscb_qa.errors import UnknownName
from hscb_qa.formats import day
from hscb_qa.intake import enter_file
from hscb_qa.learning import KINDS, texts_of
from hscb_qa.ledger import (
    ApprovedBy,
    EntryEvent,
    approve_entries,
    entries_held,
    entry_events,
    store_folder,
    take_back_entry,
    withdraw_entry,
)

RoleOption = Annotated[str, typer.Option(help="In which role, as 'Quality assurance officer'.")]
KindArgument = Annotated[str, typer.Argument(help=f"One of: {', '.join(KINDS)}.")]
EntryArgument = Annotated[str, typer.Argument(help="The entry's id, as 'hscb-qa entries' lists it.")]
ReasonOption = Annotated[str, typer.Option(help="Why; kept with it.")]
_WIDTH = 90


@app.command("enter")
def enter(
    files: Annotated[list[Path], typer.Argument(help="Lists of entries, as YAML or CSV.")],
    role: RoleOption,
    by: ByOption = None,
    approve: Annotated[bool, typer.Option("--approve", help="Approve them for everybody as well.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check only; enter nothing.")] = False,
) -> None:
    """Take in lists of the Board's own entries: evidence, exercises, findings, recommendations and what became of them."""
    who = ApprovedBy(by or getpass.getuser(), role)
    for file in files:
        done = enter_file(store_folder(), load_framework(), file, who, approve=approve, dry_run=dry_run)
        kept = "nothing was entered, as this was only a check" if dry_run else f"{done.changed} new or changed, {done.approved} approved"
        out.print(f"{done.file}: {done.entries} entries, {kept}.")


@app.command("entries")
def entries(
    kind: Annotated[str | None, typer.Option(help=f"Only one kind: {', '.join(KINDS)}.")] = None,
    waiting: Annotated[bool, typer.Option("--waiting", help="Only those that nobody has approved.")] = False,
    history: Annotated[str | None, typer.Option(help="Every event of the entry with this id; needs --kind.")] = None,
    as_json: JsonOption = False,
) -> None:
    """List the Board's own entries: whether everybody may see each, and by whose approval."""
    if kind:
        _require_kind(kind)
    if history and not kind:
        raise typer.BadParameter("--history needs --kind, since an id belongs to a kind.")
    found = entry_events(store_folder(), kind or "", history) if history else entries_held(store_folder())
    shown = [one for one in found if kind in (None, one.kind) and not (waiting and one.approved_by)]
    if as_json:
        return print_json([_facts(one) for one in shown])
    for one in shown:
        out.print(f"{one.kind} {one.entry}, revision {one.revision}: {_state(one)}")
        out.print(f"   {_begin(one)}")
    return None if shown else out.print("No entry waits." if waiting else "Nothing was entered yet.")


@app.command("approve-entry")
def approve_entry(kind: KindArgument, entry: EntryArgument, role: RoleOption, by: ByOption = None) -> None:
    """Approve an entry as it stands, so that the next edition shows it to everybody."""
    _require_kind(kind)
    who = ApprovedBy(by or getpass.getuser(), role)
    fresh = approve_entries(store_folder(), [(kind, entry)], who, load_framework().disclosure.threshold)
    out.print(f"Approved: {kind} '{entry}'. The next edition shows it." if fresh else f"The {kind} '{entry}' was approved before.")


@app.command("take-back-entry")
def take_back(kind: KindArgument, entry: EntryArgument, role: RoleOption, reason: ReasonOption, by: ByOption = None) -> None:
    """Take every approval of an entry back: the next edition does not show it."""
    _require_kind(kind)
    take_back_entry(store_folder(), kind, entry, ApprovedBy(by or getpass.getuser(), role), reason, load_framework().disclosure.threshold)
    out.print(f"Taken back: the approval of {kind} '{entry}'. Editions published before still hold it.")


@app.command("withdraw-entry")
def withdraw(kind: KindArgument, entry: EntryArgument, role: RoleOption, reason: ReasonOption, by: ByOption = None) -> None:
    """Take an entry out of force; it stays in the record."""
    _require_kind(kind)
    withdraw_entry(store_folder(), kind, entry, ApprovedBy(by or getpass.getuser(), role), reason, load_framework().disclosure.threshold)
    out.print(f"Withdrawn: {kind} '{entry}'. It stays in the record, and the next edition does not hold it.")


def _require_kind(kind: str) -> None:
    if kind not in KINDS:
        raise UnknownName("kind of entry", kind, KINDS)


def _begin(one: EntryEvent) -> str:
    """The beginning of an entry's longest text, or that it was withdrawn and why."""
    if one.fields is None:
        return f"withdrawn: {one.reason}"
    text = max(texts_of(one.fields), key=len)
    return text if len(text) <= _WIDTH else f"{text[: _WIDTH - 1]}…"


def _state(one: EntryEvent) -> str:
    made = f"by {one.made_by.name}, {one.made_by.role}, {day(one.made_at.date())}"
    if one.approved_by is None or one.approved_at is None:
        return f"{made}; waits"
    return f"{made}; approved by {one.approved_by.name}, {one.approved_by.role}, {day(one.approved_at.date())}"


def _facts(one: EntryEvent) -> dict[str, Any]:
    approval = {"by": one.approved_by.name, "role": one.approved_by.role} if one.approved_by else None
    return {
        "kind": one.kind,
        "id": one.entry,
        "revision": one.revision,
        "made": {"by": one.made_by.name, "role": one.made_by.role, "at": f"{one.made_at:%Y-%m-%dT%H:%M:%SZ}"},
        "approved": approval and {**approval, "at": f"{one.approved_at:%Y-%m-%dT%H:%M:%SZ}"},
        "reason": one.reason,
        "fields": one.fields,
    }
