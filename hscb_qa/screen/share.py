"""The button that copies the address of a view. The address holds every choice, so whoever opens it sees the same."""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

_HTML = (
    "<button type='button' class='hscb-button'>Share this view</button>"
    "<input type='text' aria-label='Address of this view' readonly hidden><span role='status'></span>"
)


def draw_share() -> None:
    """Draw the button."""
    _component()(key="share", width="content")


@cache
def _component() -> Any:
    script = Path(__file__).with_name("share.js").read_text(encoding="utf-8")
    return st.components.v2.component("hscb_share", html=_HTML, js=script, isolate_styles=False)
