"""The edition a viewer looks at, and its views: opened and built once, shared by all viewers.

Turns what a page asks for into a view; leaves an edition for a newer one at the next rerun. Views are frozen, so viewers may share them.
"""

import streamlit as st

from hscb_qa.ledger import store_folder
from hscb_qa.publish import Edition, current_edition
from hscb_qa.views import (
    ApprovedNote,
    ApprovedVoice,
    AreaView,
    BoardView,
    IndicatorView,
    OpenEdition,
    ReturnsView,
    Selection,
    area_view,
    board_view,
    edition_returns,
    indicator_view,
    notes_beside,
    voices_about,
)

_KEPT = 40


def shown_edition() -> OpenEdition:
    """The current edition's shareable file. Raises StoreFault where nothing is published."""
    return _open(current_edition(store_folder()))


@st.cache_resource(max_entries=3, show_spinner=False)
def _open(edition: Edition) -> OpenEdition:
    return OpenEdition.shareable(edition)


def _id(edition: OpenEdition) -> str:
    return edition.edition.id


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={OpenEdition: _id})
def board(edition: OpenEdition, plan_year: str, selection: Selection) -> BoardView:
    """The overview of a plan year."""
    return board_view(edition, plan_year, selection)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={OpenEdition: _id})
def area(edition: OpenEdition, plan_year: str, area_id: str, selection: Selection) -> AreaView:
    """An area in a plan year."""
    return area_view(edition, plan_year, area_id, selection)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={OpenEdition: _id})
def indicator(edition: OpenEdition, indicator_id: str, selection: Selection) -> IndicatorView:
    """An indicator in the board's own place."""
    return indicator_view(edition, indicator_id, selection)


@st.cache_resource(max_entries=3, show_spinner=False, hash_funcs={OpenEdition: _id})
def returns(edition: OpenEdition) -> ReturnsView | None:
    """The returns of the edition's last quarter, as of its own day."""
    return edition_returns(edition)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={OpenEdition: _id})
def notes(edition: OpenEdition, indicator_id: str, agency: str | None) -> tuple[ApprovedNote, ...]:
    """The approved notes beside an indicator's figures, all agencies' or one's."""
    return notes_beside(edition, indicator_id, agency)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={OpenEdition: _id})
def voices(edition: OpenEdition, area_id: str) -> tuple[ApprovedVoice, ...]:
    """The approved voices about an area."""
    return voices_about(edition, area_id)
