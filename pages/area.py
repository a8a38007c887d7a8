"""One area for examination, in the framework's order: what good looks like, its measures, what they mean, what is done, who was heard."""

import streamlit as st

from hscb_qa.screen import analysis, areas, cards, choices, frame, section_11, store, wider
from hscb_qa.screen.shared import shared
from hscb_qa.screen.voices import draw_area_voices
from hscb_qa.views import AreaView, OpenEdition


@shared
def draw_head(edition: OpenEdition, view: AreaView) -> None:
    """Everything above the measures."""
    areas.draw_purpose(edition, view, store.voices(edition, area_id))
    frame.draw_selection_notice(edition, st.session_state["selection"], view.left_out)
    areas.draw_summary(view)


@shared
def draw_rest(edition: OpenEdition, view: AreaView) -> None:
    """Everything below the measures."""
    notes = store.area_notes(edition, plan_year.id, area_id)
    cards.draw_html(wider.strip_html(store.wider(edition, plan_year.id, st.session_state["selection"])))
    meaning, action, heard = st.columns([2, 1, 2], gap="large")
    with meaning:
        areas.draw_analysis(edition, view, notes)
        analysis.draw_analyses(edition, store.learning(edition), area_id)
    with action:
        areas.draw_action(edition, view, store.learning(edition))
        if area_id == section_11.AREA:
            section_11.draw_section_11_summary(edition)
    with heard:
        draw_area_voices(store.voices(edition, area_id), edition)


edition = store.shown_edition()
area_id = choices.page_of(st.context.url)
plan_year = edition.framework.plan_year(st.session_state["plan_year"])

if plan_year.area(area_id) is None:
    areas.draw_absent_area(edition, plan_year, area_id)
elif area_id == plan_year.wider_picture.id:
    wider.draw_wider(edition, store.wider(edition, plan_year.id, st.session_state["selection"]))
else:
    seen = store.area(edition, plan_year.id, area_id, st.session_state["selection"])
    draw_head(edition, seen)
    areas.draw_groups(edition, seen, store.area_notes(edition, plan_year.id, area_id))
    draw_rest(edition, seen)
