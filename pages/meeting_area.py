"""An area as a slide: what good looks like, then the measure to speak to of each of the three questions."""

import streamlit as st

from hscb_qa.screen import areas, choices, frame, meeting, store
from hscb_qa.screen.shared import shared
from hscb_qa.views import OpenEdition


@shared
def draw(edition: OpenEdition) -> None:
    """The whole slide."""
    area_id = choices.page_of(st.context.url)
    plan_year = edition.framework.plan_year(st.session_state["plan_year"])

    if plan_year.area(area_id) is None:
        areas.draw_absent_area(edition, plan_year, area_id)
    else:
        view = store.area(edition, plan_year.id, area_id, st.session_state["selection"])
        agreed = " (illustrative, not agreed by the Board)" if view.illustrative_priority else ""
        frame.draw_heading(edition, view.area.title, f"{view.part}, plan year {plan_year.id}{agreed}")
        meeting.draw_slide(view, store.learning(edition), store.voices(edition, area_id))


draw(store.shown_edition())
