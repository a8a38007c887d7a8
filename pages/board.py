"""The board overview: what needs words first, and beside it every area of the plan year at a glance."""

import streamlit as st

from hscb_qa import sentences
from hscb_qa.screen import cards, frame, overview, store

edition = store.shown_edition()
view = store.board(edition, st.session_state["plan_year"], st.session_state["selection"])
with st.container(gap="xsmall"):
    frame.draw_heading(edition, view.board, f"Plan year {view.plan_year.id}, {sentences.edition_in_words(view.edition)}")
    frame.draw_year_notice(edition, view.plan_year)
    cards.draw_html(overview.returns_html(store.returns(edition)), overview.since_html(view))
exceptions, framework = st.columns([11, 9], gap="medium")
with exceptions:
    st.html(overview.exceptions_html(view))
with framework:
    st.html(overview.overview_html(view))
