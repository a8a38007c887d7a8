"""The board overview: every area of the plan year at a glance, and what changed since the last period."""

import streamlit as st

from hscb_qa import sentences
from hscb_qa.screen import frame, overview, store

edition = store.shown_edition()
view = store.board(edition, st.session_state["plan_year"], st.session_state["selection"])
frame.draw_heading(
    edition, view.board, f"Plan year {view.plan_year.id}, {sentences.edition_in_words(view.edition)}", sentences.changes_in_words(view)
)
frame.draw_year_notice(edition, view.plan_year)
st.html(overview.returns_html(store.returns(edition)))
table, changes = st.columns([3, 2], gap="large")
with table:
    st.html(overview.overview_html(view))
with changes:
    st.html("<h2 class='hscb-section'>What changed since the last period</h2>")
    unchanged = "No indicator changed by more than chance would explain."
    st.html(overview.list_html(view.changed, 4, sentences.before_in_words, unchanged))
    st.html("<h3 class='hscb-section'>Moved most, but not tested</h3>")
    st.html(overview.list_html(view.untested, 2, sentences.before_in_words, "Every indicator was tested."))
    st.html("<h2 class='hscb-section'>Furthest from neighbours</h2>")
    alike = "No indicator lies further from the neighbours than they commonly lie apart."
    st.html(overview.list_html(view.furthest, 4, sentences.distance_in_words, alike))
