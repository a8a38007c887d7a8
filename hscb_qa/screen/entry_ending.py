"""The end of an entry: its approval taken back, or the entry withdrawn, each with a reason, as the commands do it.

Refuses to withdraw at one press: what will happen is said first, and a second button does it.
"""

from dataclasses import dataclass

import streamlit as st

from hscb_qa import sentences
from hscb_qa.errors import HscbError
from hscb_qa.learning import Kind, names_of
from hscb_qa.ledger import ApprovedBy, refuse_unfit, store_folder, take_back_entry, withdraw_entry
from hscb_qa.screen.entry_links import change_link
from hscb_qa.screen.entry_options import Choices
from hscb_qa.screen.entry_told import draw_told, tell
from hscb_qa.screen.entry_who import is_nameless
from hscb_qa.screen.frame import sentence

_ASKED = "entry_withdrawal_asked"
_LONGEST = 500  # signs of a reason


@dataclass(frozen=True)
class Ended:
    """An entry that may be ended, in its own words, and whether any of its revisions is approved."""

    kind: Kind
    entry: str
    named: str
    is_approved: bool


def draw_ending(one: Ended, who: ApprovedBy, offered: Choices) -> None:
    """Why, and the two ways to end an entry; an approval can be taken back only where there is one."""
    key = f"{one.kind}_{one.entry}"
    st.html(f"<h2 class='hscb-section' id='ending'>Take back or withdraw</h2>{sentence(sentences.ending_in_words(one.is_approved))}")
    reason = st.text_input("Why: kept in the record", key=f"why_{key}", max_chars=_LONGEST)
    with st.container(horizontal=True, gap="small"):
        takes_back = one.is_approved and st.button("Take back the approval", key=f"take_back_{key}")
        withdraws = st.button("Withdraw", key=f"withdraw_{key}")
    if takes_back and not is_nameless(who, "ending"):
        _take_back(one, who, reason, offered)
    if withdraws and not is_nameless(who, "ending") and not _is_unfit(reason):
        st.session_state[_ASKED] = one.kind, one.entry
    if takes_back or withdraws:
        st.rerun()
    if st.session_state.get(_ASKED) == (one.kind, one.entry):
        _draw_confirmation(one, who, reason, offered)
    draw_told("ending")


def _draw_confirmation(one: Ended, who: ApprovedBy, reason: str, offered: Choices) -> None:
    """What a withdrawal does, and the two ways on."""
    with st.container(border=True):
        st.html(f"<div role='alert'>{sentence(sentences.withdrawal_in_words(one.kind, one.named))}</div>")
        with st.container(horizontal=True, gap="small"):
            does, keeps = st.button("Yes, withdraw it", type="primary"), st.button("No, keep it")
    if does and not is_nameless(who, "ending"):
        _withdraw(one, who, reason, offered)
    if does or keeps:
        del st.session_state[_ASKED]
        st.rerun()


def _is_unfit(reason: str) -> bool:
    """Whether a reason is blank or may not be kept, which is then told."""
    try:
        refuse_unfit(reason)
    except HscbError as fault:
        tell("ending", "refused", [str(fault)])
        return True
    return False


def _take_back(one: Ended, who: ApprovedBy, reason: str, offered: Choices) -> None:
    try:
        take_back_entry(store_folder(), one.kind, one.entry, who, reason, offered.framework.disclosure.threshold)
    except HscbError as fault:
        tell("ending", "refused", [str(fault)])
    else:
        tell("ending", "accepted", [sentences.taken_back_in_words(one.kind, one.named)])


def _withdraw(one: Ended, who: ApprovedBy, reason: str, offered: Choices) -> None:
    """Withdraw it; a withdrawn entry has no form any more, so the page goes on with a new one."""
    try:
        withdraw_entry(store_folder(), one.kind, one.entry, who, reason, offered.framework.disclosure.threshold)
    except HscbError as fault:
        tell("ending", "refused", [str(fault)], _naming(one, offered))
    else:
        tell("form", "accepted", [sentences.withdrawn_in_words(one.kind, one.named)])
        st.query_params.pop("entry", None)


def _naming(one: Ended, offered: Choices) -> str:
    """Links to the entries that name this one, and so keep it."""
    naming = [held for held in offered.held if (one.kind, one.entry) in names_of(held.kind, held.fields or {})]
    return " · ".join(change_link(held.kind, held.entry, offered.entries(held.kind)[held.entry]) for held in naming)
