"""The commands about what agencies wrote: what waits, what stands in its way, approving it and taking an approval back.

Turns numbers and names typed into calls, and texts into lines or JSON. Refuses to guess: a text is named by submission, sheet and line.
"""

import getpass
from dataclasses import asdict
from typing import Annotated, Any

import typer

from hscb_qa.checks.sharing import obstacles
from hscb_qa.cli.console import JsonOption, app, out, print_json
from hscb_qa.cli.returns import AgencyOption, ByOption
from hscb_qa.definitions import load_framework
from hscb_qa.errors import UnknownName
from hscb_qa.formats import day
from hscb_qa.ledger import FIELDS, ApprovedBy, ReturnText, TextPlace, approve_texts, store_folder, take_back_approval, texts_in_force

SubmissionArgument = Annotated[int, typer.Argument(help="The return's number, as 'hscb-qa texts' lists it.")]
SheetArgument = Annotated[str, typer.Argument(help="The sheet: Figures, Voices or Narrative.")]
LineArgument = Annotated[int, typer.Argument(help="The line of the sheet.")]
FieldOption = Annotated[
    str | None, typer.Option("--field", help="Of a voice: message, which is meant where none is given, or changed (what was changed).")
]


@app.command("texts")
def texts_command(
    agency: AgencyOption = None,
    waiting: Annotated[bool, typer.Option("--waiting", help="Only those that nobody has approved.")] = False,
    as_json: JsonOption = False,
) -> None:
    """List what agencies wrote in the returns in force: whether it may be shown, by whose approval, and what stands in its way."""
    framework = load_framework()
    if agency:
        framework.agency(agency)
    found = [text for text in texts_in_force(store_folder(), agency) if not (waiting and text.approved_by)]
    kinds = obstacles([words for one in found for words in (one.text, one.method)], framework.disclosure.threshold)
    if as_json:
        return print_json([_facts(one, kinds) for one in found])
    for one in found:
        _tell(one, kinds)
    return None if found else out.print("No text waits." if waiting else "No text came yet.")


@app.command("approve-text")
def approve_text(
    submission: SubmissionArgument,
    sheet: SheetArgument,
    line: LineArgument,
    by: Annotated[str, typer.Option(help="Who approves.")],
    role: Annotated[str, typer.Option(help="In which role, as 'Chair of the Quality Assurance sub-committee'.")],
    wording: Annotated[str | None, typer.Option(help="What may be shown; the text as it stands where none is given.")] = None,
    field: FieldOption = None,
) -> None:
    """Approve a text, so that the next edition shows it to everybody."""
    place = _place(submission, sheet, line, field)
    approve_texts(store_folder(), {place: wording}, ApprovedBy(by, role), load_framework().disclosure.threshold)
    out.print(f"Approved: {place}. The next edition shows it.")


@app.command("take-back-text")
def take_back_text(
    submission: SubmissionArgument,
    sheet: SheetArgument,
    line: LineArgument,
    reason: Annotated[str, typer.Option(help="Why the approval is taken back; kept with it.")],
    field: FieldOption = None,
    by: ByOption = None,
) -> None:
    """Take the approval of a text back: the next edition does not show it."""
    place = _place(submission, sheet, line, field)
    take_back_approval(store_folder(), place, by or getpass.getuser(), reason)
    out.print(f"Taken back: the approval of {place}. Editions published before still hold the text.")


def _place(submission: int, sheet: str, line: int, field: str | None) -> TextPlace:
    name = {one.casefold(): one for one in FIELDS}.get(sheet.casefold())
    if name is None:
        raise UnknownName("sheet", sheet, FIELDS)
    if field is not None and field not in FIELDS[name]:
        raise UnknownName(f"text in the sheet {name}", field, FIELDS[name])
    return TextPlace(submission, name, line, field or FIELDS[name][0])


def _tell(one: ReturnText, kinds: dict[str, tuple[str, ...]]) -> None:
    out.print(f"{one.agency} {one.period}: {one.place}{f' ({one.about})' if one.about else ''}: {_state(one)}")
    out.print(f"   {one.text}")
    if one.wording not in (None, one.text):
        out.print(f"   to be shown as: {one.wording}")
    if one.method:
        out.print(f"   heard by: {one.method}")
    for what, words in (("In its way", one.text), ("Not shown is how it was heard", one.method)):
        if words in kinds:
            out.print(f"   {what}: {', '.join(kinds[words])}.")


def _state(one: ReturnText) -> str:
    if one.approved_by is None or one.approved_at is None:
        return "waits"
    return f"approved by {one.approved_by.name}, {one.approved_by.role}, {day(one.approved_at.date())}"


def _facts(one: ReturnText, kinds: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    approval = {"by": one.approved_by.name, "role": one.approved_by.role} if one.approved_by else None
    return {
        **asdict(one.place),
        "agency": one.agency,
        "period": one.period,
        "about": one.about,
        "method": one.method,
        "text": one.text,
        "wording": one.wording,
        "approved": approval and {**approval, "at": f"{one.approved_at:%Y-%m-%dT%H:%M:%SZ}"},
        "in_its_way": list(kinds.get(one.text, ())),
    }
