"""Recommendations: the register; in full one of them, one finding, or the briefing of an area, where the address asks for it."""

import streamlit as st

from hscb_qa.screen import asked, briefings, recommendation, recommendations, store

edition = store.shown_edition()
view = store.learning(edition)
what = asked.asked_for(edition, view)

if what.recommendation:
    recommendation.draw_recommendation(edition, view, what.recommendation)
elif what.finding:
    recommendation.draw_finding(edition, view, what.finding)
elif what.briefing:
    briefings.draw_briefing(edition, view, what.briefing, store.voices(edition, what.briefing))
else:
    recommendations.draw_register(edition, view, st.session_state["selection"].agency)
    briefings.draw_briefings(edition, view)
