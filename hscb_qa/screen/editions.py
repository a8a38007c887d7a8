"""Which edition a viewer looks at, and word of a newer one.

A viewer stays with the edition that the first page showed, so that no number changes in the middle of a meeting; a newer one is announced
in a quiet line. Refuses an edition that the store does not have: the page says so and shows the current one.
"""

import os
from datetime import date

import streamlit as st

from hscb_qa import formats
from hscb_qa.errors import StoreFault, UnknownName
from hscb_qa.ledger import store_folder
from hscb_qa.publish import Edition, current_edition, edition_named, editions
from hscb_qa.screen import choices

_SHOWN = "edition_shown"
_SECONDS = float(os.environ.get("HSCB_QA_LOOK_SECONDS") or 30)  # between two looks for a newer edition; a test cannot wait as long


def is_meeting() -> bool:
    """Whether pages are shown as the slides of a meeting."""
    return st.query_params.get("present") == "1"


def edition_of_viewer() -> Edition:
    """The edition asked for in the address, else the one this viewer began with. Raises StoreFault where nothing is published."""
    asked, begun = st.query_params.get("edition"), st.session_state.get(_SHOWN)
    edition = _named(asked) or (None if asked else begun) or _first()
    st.session_state[_SHOWN] = edition
    return edition


def _named(asked: str | None) -> Edition | None:
    if not asked:
        return None
    try:
        return edition_named(store_folder(), asked)
    except UnknownName:
        choices.drop(f"There is no edition '{asked}'. The current one is shown.")
        return None


def _first() -> Edition:
    """What a viewer begins with: the current edition; in a meeting the newest that was published for one, which its label says."""
    current = current_edition(store_folder())
    labelled = [one for one in editions(store_folder()) if one.label] if is_meeting() else []
    return labelled[-1] if labelled else current


@st.fragment(run_every=_SECONDS)
def draw_edition_notice() -> None:
    """Say in a quiet line that a newer edition is available, or that this is an earlier one; nothing where this is the newest."""
    shown: Edition = st.session_state[_SHOWN]
    try:
        current = current_edition(store_folder())
    except (StoreFault, UnknownName):
        return
    if current.id == shown.id:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="edition_notice"):
        st.html(f"<p class='hscb-newer' role='status'>{_told(shown, current)}</p>", width="content")
        if st.button("Show the current edition"):
            st.session_state[_SHOWN] = current
            st.query_params.pop("edition", None)
            st.rerun()


def _told(shown: Edition, current: Edition) -> str:
    newer = current.published_at > shown.published_at
    which = "A new edition is available" if newer else "Another edition is in use now"
    days = [formats.day(date.fromisoformat(one.published_at[:10])) for one in (shown, current)]
    return f"{which}, published {days[1]}. This page shows the edition {shown.id}, published {days[0]}."
