"""One area for examination, in the framework's order: what good looks like, then how much, how well, is anyone better off."""

import streamlit as st

from hscb_qa import formats
from hscb_qa.screen import areas, cards, frame, store

edition = store.shown_edition()
area_id = areas.asked_area(st.context.url)
plan_year = edition.framework.plan_year(st.session_state["plan_year"])

if plan_year.area(area_id) is None:
    areas.draw_absent_area(edition, plan_year, area_id)
else:
    view = store.area(edition, plan_year.id, area_id, st.session_state["selection"])
    areas.draw_purpose(edition, view)
    for column, (kind, views) in zip(st.columns(3, gap="medium"), view.groups.items(), strict=True):
        with column:
            st.html(f"<h2 class='hscb-group'>{formats.MEASURE_TYPE_QUESTIONS[kind]}<small>{kind}</small></h2>")
            if not views:
                frame.draw_empty(f"No {kind} measure yet. The framework asks for a balance of all three.")
            for indicator in views:
                cards.draw_card(indicator)
