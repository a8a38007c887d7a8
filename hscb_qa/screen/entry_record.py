"""What stands in the record on the page of entry: what waits for approval, in full, and every event of an entry.

Refuses to repeat how many people were asked or counted: on this page, too, a number may be too small to be shown.
"""

import html
from collections.abc import Mapping, Sequence
from typing import Any

from hscb_qa import formats, sentences
from hscb_qa.learning import FormField, Kind, fields_of
from hscb_qa.ledger import EntryApproval, EntryEvent
from hscb_qa.screen.entry_options import Choices
from hscb_qa.screen.frame import scroll_html


def whole_html(kind: Kind, fields: Mapping[str, Any], choices: Choices) -> str:
    """Everything an entry says, field by field, on demand."""
    rows = "".join(
        f"<dt>{html.escape(sentences.field_in_words(one.name))}</dt><dd>{html.escape(_said(one, fields, choices))}</dd>"
        for one in fields_of(kind)
        if one.name in fields
    )
    return f"<details><summary>All it says</summary><dl class='hscb-definition hscb-pairs'>{rows}</dl></details>"


def history_html(kind: Kind, events: Sequence[EntryEvent], approvals: Sequence[EntryApproval], choices: Choices) -> str:
    """Every event of an entry, oldest first: when, in which role, what changed against the one before, and what became of its approval."""
    rows = "".join(
        _event_html(_changes(kind, before, one, choices), one, [given for given in approvals if given.revision == one.revision])
        for before, one in zip([None, *events], events, strict=False)
    )
    heads = "".join(f"<th scope='col'>{head}</th>" for head in ("Revision", "Made", "By", "Changed", "Approved"))
    table = f"<table class='texts'><caption>History</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    return scroll_html(table, "History")


def _event_html(changes: Sequence[str], one: EntryEvent, approvals: Sequence[EntryApproval]) -> str:
    told = [*map(_approval, approvals), *_standing(one)]
    cells = [html.escape(cell) for cell in (formats.day(one.made_at.date()), one.made_by.role)]
    cells += ["<br>".join(map(html.escape, lines)) for lines in (changes, told)]
    return f"<tr><th scope='row'>{one.revision}</th>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _approval(one: EntryApproval) -> str:
    whose = f"{one.made_by.role}, {formats.day(one.made_at.date())}"
    return whose if one.approved else f"taken back: {whose}: {one.reason}"


def _standing(one: EntryEvent) -> list[str]:
    """How an event stands that is not approved; nothing where it is, for then its approval says so."""
    if one.approved_by:
        return []
    return ["waits"] if one.latest and one.fields is not None else ["not approved"]


def _changes(kind: Kind, before: EntryEvent | None, now: EntryEvent, choices: Choices) -> list[str]:
    """Each field that changed, with what stood there before and what stands there now."""
    if now.fields is None:
        return [f"withdrawn: {now.reason}"]
    if before is None or before.fields is None:
        return ["everything: entered"]
    then, new = before.fields, now.fields
    return [
        f"{sentences.field_in_words(one.name)}: {_said(one, then, choices)} → {_said(one, new, choices)}"
        for one in fields_of(kind)
        if then.get(one.name) != new.get(one.name)
    ]


def _said(one: FormField, fields: Mapping[str, Any], choices: Choices) -> str:
    return sentences.value_in_words(one, fields.get(one.name), choices.name)
