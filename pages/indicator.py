"""The explorer: any indicator, large, with what it says beside it, then its figures, to take away too, and its definition."""

import streamlit as st

from hscb_qa import exports, sentences
from hscb_qa.screen import cards, frame, icons, store, texts
from hscb_qa.screen.explorer import choose_basis, choose_indicator

edition = store.shown_edition()
search, basis_column = st.columns([3, 2])
with search:
    indicator_id = choose_indicator(edition)
with basis_column:
    selection = choose_basis(edition, indicator_id, st.session_state["selection"])
view = store.indicator(edition, indicator_id, selection)

frame.draw_heading(edition, sentences.title(view), view.indicator.name, "")
st.html(cards.subtitle_html(view) + icons.judgement_html(view))
chart, beside = st.columns([3, 2], gap="large")
with chart:
    cards.draw_chart(view, height=520, key="explorer")
    cards.draw_html(cards.how_html(view))
with beside:
    st.html(cards.words_html(view) + cards.sure_details(view, is_open=True) + cards.sources_html(view))
texts.draw_notes(store.notes(edition, indicator_id, selection.agency), illustrative=view.illustrative)
figures, meaning = st.columns([3, 2], gap="large")
with figures:
    cards.draw_html(cards.table_details(view, is_open=True))
    st.download_button("Download these figures as CSV", exports.series_csv(view), exports.file_name(view), "text/csv", on_click="ignore")
with meaning:
    st.html(cards.definition_details(view, is_open=True))
