"""The board overview: what needs words first, and beside it every area of the plan year at a glance."""

import streamlit as st

from hscb_qa import sentences
from hscb_qa.screen import cards, frame, overview, store
from hscb_qa.screen.shared import shared
from hscb_qa.views import OpenEdition


@shared
def draw(edition: OpenEdition) -> None:
    """The whole page."""
    view = store.board(edition, st.session_state["plan_year"], st.session_state["selection"])
    with st.container(gap="xsmall"):
        frame.draw_heading(edition, view.board, f"Plan year {view.plan_year.id}, {sentences.edition_in_words(view.edition)}")
        frame.draw_year_notice(edition, view.plan_year)
        frame.draw_note(sentences.board_selection_in_words(edition.framework, st.session_state["selection"]))
        learning = overview.learning_html(store.learning(edition))
        cards.draw_html(overview.returns_html(store.returns(edition)), learning, overview.since_html(view))
    with st.container(key="overview"):
        exceptions, framework = st.columns([12, 11], gap="medium")
        exceptions.html(overview.exceptions_html(edition, view))
        framework.html(overview.overview_html(view))


draw(store.shown_edition())
