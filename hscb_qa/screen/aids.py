"""What a page needs and Streamlit lacks: quiet word when the server does not answer, charts that fit on paper, links that keep a session.

And a menu that leads from one item back to its page. Draws nothing that takes room on the page.
"""

from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from hscb_qa.screen import choices


def draw_aids() -> None:
    """Put them into the page."""
    _component()(key="aids", data={"kept": choices.KEPT, "items": choices.ITEMS}, on_answered_change=_run_again)


def _run_again() -> None:
    """Nothing to do: that the page is run is all that is asked for."""


@cache
def _component() -> Any:
    script = Path(__file__).with_name("aids.js").read_text(encoding="utf-8")
    return st.components.v2.component("hscb_aids", html="<span></span>", js=script, isolate_styles=False)
