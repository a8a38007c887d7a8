"""One agency: what it returned and owes, where it differs, its indicators and words; without a choice, all agencies in a list."""

import streamlit as st

from hscb_qa.screen import agencies, agency, store, texts

edition = store.shown_edition()
plan_year, selection = st.session_state["plan_year"], st.session_state["selection"]

if selection.agency is None:
    agencies.draw_agencies(edition, store.agencies(edition, plan_year))
else:
    learning = store.learning(edition)
    view = store.agency(edition, plan_year, selection.agency, selection)
    agency.draw_head(edition, view)
    agency.draw_returns(edition, view, learning)
    agency.draw_differences(view)
    agency.draw_indicators(view)
    said, heard = st.columns(2, gap="large")
    with said:
        texts.draw_agency_notes(view.notes, illustrative=edition.edition.illustrative)
    with heard:
        texts.draw_agency_voices(view.voices, illustrative=edition.edition.illustrative)
    agency.draw_recommendations(edition, view, learning)
