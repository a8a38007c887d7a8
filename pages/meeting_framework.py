"""The slide of the framework at a glance: every area of the plan year by the three questions."""

import streamlit as st

from hscb_qa.screen import frame, overview, store
from hscb_qa.screen.shared import shared
from hscb_qa.views import OpenEdition


@shared
def draw(edition: OpenEdition) -> None:
    """The whole slide."""
    view = store.board(edition, st.session_state["plan_year"], st.session_state["selection"])
    frame.draw_heading(edition, "The framework at a glance", f"{view.board}, plan year {view.plan_year.id}")
    st.html(overview.overview_html(view))


draw(store.shown_edition())
