"""The slide of the exceptions, those of concern first."""

import streamlit as st

from hscb_qa.screen import frame, overview, store
from hscb_qa.screen.shared import shared
from hscb_qa.views import OpenEdition


@shared
def draw(edition: OpenEdition) -> None:
    """The whole slide."""
    view = store.board(edition, st.session_state["plan_year"], st.session_state["selection"])
    frame.draw_heading(edition, "Exceptions", f"{view.board}, plan year {view.plan_year.id}")
    st.html(overview.concerns_html(view))


draw(store.shown_edition())
