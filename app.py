"""The dashboard's entry: page settings, the filter bar and the menu. What pages say is computed in `hscb_qa`."""

import streamlit as st

from hscb_qa.errors import HscbError
from hscb_qa.screen import aids, choices, editions, filters, frame, lost, meeting, menu, store
from hscb_qa.screen.turns import TURN


def run() -> None:
    """The frame of every page, and the page asked for in it."""
    st.set_page_config(page_icon="📊", layout="wide", initial_sidebar_state=265)
    choices.begin()
    frame.draw_style()
    aids.draw_aids()

    try:
        edition = store.shown_edition()
    except HscbError as fault:
        reason = str(fault)
        st.navigation(lost.at_any_address(lambda: frame.draw_nothing_yet(reason), "Nothing to show yet"), position="hidden").run()
        st.stop()

    filters.draw_filters(edition)
    plan_year = edition.framework.plan_year(st.session_state["plan_year"])
    if editions.is_meeting():
        pages = menu.meeting_pages(edition.framework)
        page = st.navigation(lost.with_lost({"": list(pages.values())}), position="hidden")
        meeting.draw_way(menu.agenda(plan_year), pages)
    else:
        page = st.navigation(lost.with_lost(menu.menu(edition.framework, plan_year)), expanded=True)
    editions.draw_edition_notice()
    lost.tell_lost(page)
    notices = st.container()
    with frame.told_plainly():
        page.run()
    with notices:
        frame.draw_dropped(choices.dropped())
    frame.draw_footer(edition)


with TURN:
    run()
