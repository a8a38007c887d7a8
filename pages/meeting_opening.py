"""The first slide of a meeting: which board, which edition, what came in and what changed since the last meeting."""

import streamlit as st

from hscb_qa import sentences
from hscb_qa.screen import cards, frame, meeting, menu, overview, store
from hscb_qa.screen.shared import shared
from hscb_qa.views import OpenEdition


@shared
def draw(edition: OpenEdition) -> None:
    """The whole slide."""
    view = store.board(edition, st.session_state["plan_year"], st.session_state["selection"])
    frame.draw_heading(edition, view.board, f"Plan year {view.plan_year.id}, {sentences.edition_in_words(view.edition)}")
    frame.draw_year_notice(edition, view.plan_year)
    cards.draw_html("<section class='hscb-slide'>", overview.returns_html(store.returns(edition)), overview.since_html(view), "</section>")
    st.html(overview.counts_html(view))
    st.html(meeting.agenda_html(menu.agenda(view.plan_year)))


draw(store.shown_edition())
