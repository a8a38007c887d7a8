"""One area for examination, in the framework's order: what good looks like, then how much, how well, is anyone better off."""

import streamlit as st

from hscb_qa.screen import areas, store, texts

edition = store.shown_edition()
area_id = areas.asked_area(st.context.url)
plan_year = edition.framework.plan_year(st.session_state["plan_year"])

if plan_year.area(area_id) is None:
    areas.draw_absent_area(edition, plan_year, area_id)
else:
    view = store.area(edition, plan_year.id, area_id, st.session_state["selection"])
    areas.draw_purpose(edition, view)
    areas.draw_summary(view)
    texts.draw_voices(store.voices(edition, area_id), illustrative=edition.edition.illustrative)
    for measure_type, indicators in view.groups.items():
        areas.draw_group(measure_type, indicators)
