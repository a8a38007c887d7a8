"""The explorer: any indicator, large, alone or beside others, with what it says, its figures to take away, and its definition."""

import streamlit as st

from hscb_qa import sentences
from hscb_qa.screen import cards, explored, explorer, frame, icons, store, texts

edition, selection = store.shown_edition(), st.session_state["selection"]
search, choice, beside = st.columns([2, 3, 3])
with search:
    explorer.draw_search(edition)
with choice:
    indicator_id = explorer.choose_indicator(edition, st.session_state["plan_year"], selection)
view = store.indicator(edition, indicator_id, selection)
with beside:
    together = explorer.choose_beside(edition, view, selection)
title = sentences.headline(view)
frame.draw_heading(edition, title, view.indicator.name, "")
st.html(cards.subtitle_html(view) + icons.judgement_html(view))

chart, words = st.columns([3, 2], gap="large")
with chart:
    shown = explorer.explore(edition, view, together, selection)
    explored.draw(shown)
    explored.draw_take_away(shown, view, title)
with words:
    st.html(shown.beside)
texts.draw_notes(store.notes(edition, indicator_id, selection.agency), illustrative=view.illustrative)
figures, meaning = st.columns([3, 2], gap="large")
with figures:
    cards.draw_html(shown.table)
with meaning:
    st.html(cards.definition_details(view, is_open=True))
