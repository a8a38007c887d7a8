"""What became of an entry, an approval or a withdrawal: kept for one run, then told at the place of the page where the person is looking.

Refuses to tell anything twice.
"""

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from hscb_qa.screen.frame import sentence

Place = Literal["form", "ending", "waiting"]
"""Below the form, below what ends an entry, above what waits for approval."""
_TOLD = "entry_told"


def tell(place: Place, kind: Literal["accepted", "refused"], words: Sequence[str], links: str = "") -> None:
    """Keep what became of it for the next run; `links` are HTML."""
    st.session_state[_TOLD] = place, kind, words, links


def draw_told(place: Place) -> None:
    """What became of the last thing done at a place of the page; nothing where it was at another or there was none."""
    if st.session_state.get(_TOLD, ("",))[0] != place:
        return
    _, kind, words, links = st.session_state.pop(_TOLD)
    sign, role = {"accepted": ("●", "status"), "refused": ("✗", "alert")}[kind]
    body = "".join(map(sentence, words)) + (f"<p>{links}</p>" if links else "")
    st.html(f"<div class='hscb-outcome hscb-{kind}' role='{role}'><span aria-hidden='true'>{sign}</span><div>{body}</div></div>")
