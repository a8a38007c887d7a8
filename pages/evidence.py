"""Evidence: what each source says about an area, where they disagree with each other or with the figures, and what recurs."""

import streamlit as st

from hscb_qa.screen import choices, crossings, evidence, frame, store, voices
from hscb_qa.views import themes_of

edition = store.shown_edition()
plan_year, view = st.session_state["plan_year"], store.learning(edition)
below = "What children, families, staff, records, inspections and reviews say, tested against each other and against the figures."
frame.draw_heading(edition, "Evidence", "Learning and improvement", below)
areas = {area.id: area.short_title for area in edition.framework.plan_year(plan_year).areas}
chosen = choices.choose_by_id("Area", areas, "area")
laid = store.area_evidence(edition, plan_year, chosen)
if laid:
    evidence.draw_grid(edition, laid)
    evidence.draw_disagreements(edition, laid)
    evidence.draw_items(edition, view, chosen, [one for one in view.learning.evidence if chosen in one.areas])
    crossings.draw_crossings(edition, edition.framework.plan_year(plan_year), laid.area)
evidence.draw_themes(edition, themes_of(view))
st.html(voices.heard_html(edition, store.heard(edition, plan_year)))
