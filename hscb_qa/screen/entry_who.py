"""Who enters, approves or withdraws: asked once, and kept for as long as the person's session lasts.

Refuses to put a name into an address or a file: it goes into the record with what the person does, and nowhere else.
"""

from typing import Any

import streamlit as st

from hscb_qa.ledger import ApprovedBy
from hscb_qa.screen.entry_told import Place, tell

_NAME, _ROLE = "Your name: kept in the record, not shown", "Your role, as shown"


def draw_who() -> ApprovedBy:
    """Ask for name and role; what was typed before in this session stands there already."""
    name, role = st.columns(2)
    return ApprovedBy(_typed(name, _NAME, "entered_by"), _typed(role, _ROLE, "entered_role", placeholder="Quality assurance officer"))


def is_nameless(who: ApprovedBy, place: Place) -> bool:
    """Whether name or role is missing, which is then told."""
    missing = [label for label, given in ((_NAME, who.name), (_ROLE, who.role)) if not given]
    if missing:
        tell(place, "refused", [f"“{label.partition(':')[0]}”, at the top of this page, is not filled in." for label in missing])
    return bool(missing)


def _typed(place: Any, label: str, key: str, **looks: Any) -> str:
    """What is typed in a field. Streamlit forgets a field that a page does not draw, so it is kept beside it."""
    if key not in st.session_state:
        st.session_state[key] = st.session_state.get(f"{key}_kept", "")
    typed: str = place.text_input(label, key=key, max_chars=80, on_change=_keep, args=(key,), **looks)
    return typed.strip()


def _keep(key: str) -> None:
    st.session_state[f"{key}_kept"] = st.session_state[key]
