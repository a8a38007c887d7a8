"""The page on which the Board enters: a form for any kind of entry, what waits for approval, and the history of each.

Turns what was typed into an event of the record. Refuses entry where the server is not set up for it; nothing typed is lost on a fault.
"""

import html
from datetime import date
from typing import Any

import streamlit as st

from hscb_qa import formats, sentences
from hscb_qa.errors import HscbError, RefusedFile
from hscb_qa.intake import enter_fields
from hscb_qa.learning import KINDS, Kind, begun, fields_of
from hscb_qa.ledger import ApprovedBy, EntryEvent, approve_entries, entries_held, entry_approvals, entry_events, ids_taken, store_folder
from hscb_qa.screen import choices, record
from hscb_qa.screen.entry_ending import Ended, draw_ending
from hscb_qa.screen.entry_form import draw_form
from hscb_qa.screen.entry_links import change_link, new_link
from hscb_qa.screen.entry_options import Choices
from hscb_qa.screen.entry_record import history_html, whole_html
from hscb_qa.screen.entry_told import draw_told, tell
from hscb_qa.screen.entry_who import is_nameless
from hscb_qa.screen.frame import draw_empty

_NEW = "new"
_ROUND, _SEEN = "entry_round", "entry_seen"
_LISTED = 10
_NEXT: dict[str, tuple[Kind, str, str]] = {
    "exercise": ("evidence", "exercise", "Record the evidence it produced"),
    "evidence": ("finding", "evidence", "Record what was found"),
    "finding": ("recommendation", "finding", "Make a recommendation"),
    "recommendation": ("step", "recommendation", "Record a step"),
}
"""What commonly follows an entry: the kind, which of its fields names the entry, and the words of the link."""


def draw_closed() -> None:
    """Say why nothing can be entered on this server."""
    draw_empty(
        "Nothing can be entered on this server, because it is set up to be shared and there is no sign-in yet. "
        "Entries are made where the dashboard is installed for the Board's office, or with 'hscb-qa enter'."
    )


def read_choices(today: date) -> Choices:
    """What the forms of this run offer."""
    return Choices(record.framework(), entries_held(store_folder()), today)


def draw_entry(who: ApprovedBy, offered: Choices) -> None:
    """The form of the kind chosen, for a new entry or for a change of one there is."""
    kind = _draw_kind()
    changed = choices.choose_one("New, or a change of", {_NEW: "A new one", **offered.entries(kind)}, "entry", _NEW, of=kind)
    given = begun(kind, _asked(kind, offered), offered.fields) if changed == _NEW else offered.fields(kind, changed)
    key = f"{kind}_{changed}_{st.session_state.get(_ROUND, 0)}"
    revision = next((one.revision for one in offered.held if (one.kind, one.entry) == (kind, changed)), 0)
    filled = draw_form(fields_of(kind), offered, given, key)
    approve = st.checkbox("Approve it for everybody as well", key=f"{key}_approve")
    if st.button("Enter", type="primary"):
        if not is_nameless(who, "form") and not _has_moved(key, revision):
            _enter(kind, {"id": changed if changed != _NEW else _next_id(kind), **filled}, who, approve=approve)
        st.rerun()
    st.session_state.setdefault(_SEEN, {}).setdefault(key, revision)
    draw_told("form")
    if changed != _NEW:
        _draw_record(kind, changed, who, offered)


def draw_waiting(who: ApprovedBy, offered: Choices) -> None:
    """The entries that nobody has approved, each in full on demand and with a button; the newest first."""
    waiting = [one for one in reversed(offered.held) if one.approved_by is None]
    st.html(f"<h2 class='hscb-section' id='waiting'>Waiting for approval: {len(waiting)}</h2>")
    draw_told("waiting")
    for one in waiting[:_LISTED]:
        words, button = st.columns([5, 1], vertical_alignment="center")
        words.html(_waiting_html(one, offered))
        if button.button("Approve", key=f"approve_{one.kind}_{one.entry}", width="stretch"):
            if not is_nameless(who, "waiting"):
                _approve(one, who)
            st.rerun()
    if len(waiting) > _LISTED:
        draw_empty(f"{len(waiting) - _LISTED} more were entered before these. They stand here when these are approved.")
    if not waiting:
        draw_empty("Nothing waits. What is approved is shown to everybody from the next edition on.")


def _draw_record(kind: Kind, entry: str, who: ApprovedBy, offered: Choices) -> None:
    """Every event of an entry, and the ways to end it."""
    events = entry_events(store_folder(), kind, entry)
    st.html(history_html(kind, events, entry_approvals(store_folder(), kind, entry), offered))
    is_approved = any(one.approved_by for one in events)
    draw_ending(Ended(kind, entry, offered.entries(kind)[entry], is_approved), who, offered)


def _draw_kind() -> Kind:
    """The kind of entry; where another is chosen by hand, what the address asked of the one before is forgotten."""
    asked = st.query_params.get("kind")
    chosen = choices.choose_by_id("What do you enter?", {str(one): name for one, name in sentences.KIND_WORDS.items()}, "kind")
    if asked not in (None, chosen):
        st.query_params.pop("entry", None)
        _forget_asked()
    return _kind(chosen)


def _forget_asked() -> None:
    """Take what a link filled the form with out of the address, so that it does not fill the next one."""
    for name in [name for name in st.query_params if name.startswith("of_")]:
        del st.query_params[name]


def _asked(kind: Kind, offered: Choices) -> dict[str, Any]:
    """What the address fills a new form with: fields by name, as a link from another entry gives them."""
    found: dict[str, Any] = {}
    for one in fields_of(kind):
        known = offered.options(one, {})
        values = st.query_params.get_all(f"of_{one.name}")
        for value in values:
            if known and value not in known:
                asked = sentences.field_in_words(one.name)
                choices.drop(f"The address fills “{asked}” with '{value}', which there is not. It is left out.")
        if kept := [value for value in values if value in known or not known]:
            found[one.name] = kept if one.shape == "choices" else kept[0]
    return found


def _has_moved(key: str, revision: int) -> bool:
    """Whether somebody else changed the entry since its form was filled here, which is then told once."""
    seen = st.session_state.get(_SEEN, {})
    if seen.get(key, revision) == revision:
        return False
    seen[key] = revision
    words = "Somebody else changed this entry while you filled in the form; the history below shows what."
    tell("form", "refused", [words, "Press Enter again to put yours over it."])
    return True


def _enter(kind: Kind, fields: dict[str, Any], who: ApprovedBy, *, approve: bool) -> None:
    try:
        done = enter_fields(store_folder(), record.framework(), kind, fields, who, approve=approve)
    except RefusedFile as refused:
        tell("form", "refused", ["Nothing was entered yet.", *dict.fromkeys(map(sentences.fault_in_words, refused.issues))])
    except HscbError as fault:
        tell("form", "refused", [str(fault)])
    else:
        when = "The next edition shows it to everybody." if approve else "It waits for approval."
        named = f"{sentences.KIND_WORDS[kind]} “{sentences.entry_in_words(fields, fields['id'])}”"
        tell("form", "accepted", [f"Entered: {named}. {when}" if done.changed else "Nothing had changed."], _onward(kind, fields["id"]))
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1
        _forget_asked()


def _onward(kind: Kind, entry: str) -> str:
    """Links to what follows an entry, and to the entry itself."""
    following = [new_link(_NEXT[kind][0], _NEXT[kind][2], **{_NEXT[kind][1]: entry})] if kind in _NEXT else []
    return " · ".join([*following, change_link(kind, entry, "Look at it or change it")])


def _approve(one: EntryEvent, who: ApprovedBy) -> None:
    try:
        approve_entries(store_folder(), [(one.kind, one.entry)], who, record.framework().disclosure.threshold)
    except HscbError as fault:
        tell("waiting", "refused", [str(fault)])
    else:
        named = sentences.entry_in_words(one.fields or {}, one.entry)
        words = f"Approved: {sentences.KIND_WORDS[_kind(one.kind)]} “{named}”. The next edition shows it to everybody."
        tell("waiting", "accepted", [words], _onward(_kind(one.kind), one.entry))


def _waiting_html(one: EntryEvent, offered: Choices) -> str:
    kind, fields = _kind(one.kind), one.fields or {}
    name = html.escape(offered.entries(kind)[one.entry])
    when = f"{'entered' if one.revision == 1 else 'changed'} {formats.day(one.made_at.date())}"
    made = f"{sentences.KIND_WORDS[kind]}, {when}, {one.made_by.role}"
    way = change_link(kind, one.entry, "Change it")
    return f"<p>{name}</p><p class='hscb-note'>{html.escape(made)}. {way}</p>{whole_html(kind, fields, offered)}"


def _next_id(kind: Kind) -> str:
    """An id that no entry of the kind ever had: the kind with the next number."""
    taken = {entry for one, entry in ids_taken(store_folder()) if one == kind}
    number = len(taken) + 1
    while f"{kind}_{number}" in taken:
        number += 1
    return f"{kind}_{number}"


def _kind(name: str) -> Kind:
    return next(one for one in KINDS if one == name)
