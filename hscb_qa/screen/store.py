"""The edition a viewer looks at, and its views: opened and built once, shared by all viewers.

Turns what a page asks for into a view. Views are frozen, so viewers may share them.
"""

import streamlit as st

from hscb_qa.ledger import store_folder
from hscb_qa.publish import Edition, editions
from hscb_qa.screen.editions import edition_of_viewer
from hscb_qa.views import (
    AgenciesView,
    AgencyView,
    AnsweredQuestion,
    ApprovedNote,
    ApprovedVoice,
    AreaEvidence,
    AreaView,
    AuthoritiesView,
    BoardView,
    CompositionView,
    HeardByArea,
    IndicatorView,
    LearningView,
    OpenEdition,
    ReturnsView,
    Selection,
    TogetherView,
    WiderView,
    agencies_view,
    agency_view,
    area_view,
    authorities_view,
    board_view,
    composition_view,
    edition_returns,
    heard_by_area,
    learning_view,
    notes_beside,
    notes_in,
    questions_view,
    read_series,
    together_view,
    view_as_excepted,
    voices_about,
    voices_in,
    wider_view,
)
from hscb_qa.views import (
    area_evidence as evidence_of,
)
from hscb_qa.views import (
    series_beside as all_beside,
)

_KEPT = 40
_EARLIER = 8  # editions before this one that a trend goes back to


def shown_edition() -> OpenEdition:
    """The shareable file of the viewer's edition. Raises StoreFault where nothing is published."""
    return _open(edition_of_viewer())


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
    """An indicator in the board's own place; an exception on the basis of its reason, unless one was chosen."""
    return view_as_excepted(edition, indicator_id, selection)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={OpenEdition: _id})
def agency(edition: OpenEdition, plan_year: str, agency_id: str, selection: Selection) -> AgencyView:
    """One agency in a plan year."""
    return agency_view(edition, plan_year, agency_id, selection)


@st.cache_resource(max_entries=3, show_spinner=False, hash_funcs={OpenEdition: _id})
def agencies(edition: OpenEdition, plan_year: str) -> AgenciesView:
    """All agencies in a plan year."""
    return agencies_view(edition, plan_year)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={OpenEdition: _id})
def wider(edition: OpenEdition, plan_year: str, selection: Selection) -> WiderView:
    """The wider picture of a plan year."""
    return wider_view(edition, plan_year, selection)


@st.cache_resource(max_entries=3, show_spinner=False, hash_funcs={OpenEdition: _id})
def learning(edition: OpenEdition) -> LearningView:
    """The Board's own entries."""
    return learning_view(edition)


@st.cache_resource(max_entries=3, show_spinner=False, hash_funcs={OpenEdition: _id})
def questions(edition: OpenEdition) -> tuple[AnsweredQuestion, ...]:
    """The key questions, with what the editions of earlier meetings counted."""
    earlier = [one for one in editions(store_folder()) if one.label and one.published_at < edition.edition.published_at]
    return questions_view(edition, learning(edition), earlier[-_EARLIER:])


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={OpenEdition: _id})
def area_evidence(edition: OpenEdition, plan_year: str, area_id: str) -> AreaEvidence | None:
    """An area's evidence side by side; None where the plan year does not have the area."""
    area = edition.framework.plan_year(plan_year).area(area_id)
    return evidence_of(edition, learning(edition), area) if area else None


@st.cache_resource(max_entries=3, show_spinner=False, hash_funcs={OpenEdition: _id})
def returns(edition: OpenEdition) -> ReturnsView | None:
    """The returns of the edition's last quarter, as of its own day."""
    return edition_returns(edition)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={OpenEdition: _id})
def notes(edition: OpenEdition, indicator_id: str, agency: str | None) -> tuple[ApprovedNote, ...]:
    """The approved notes beside an indicator's figures, all agencies' or one's."""
    return notes_beside(edition, indicator_id, agency)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={OpenEdition: _id})
def area_notes(edition: OpenEdition, plan_year: str, area_id: str) -> dict[str, tuple[ApprovedNote, ...]]:
    """The approved notes beside the figures of an area's indicators, by indicator."""
    area = edition.framework.plan_year(plan_year).area(area_id)
    return notes_in(edition, area.indicators) if area else {}


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={OpenEdition: _id})
def voices(edition: OpenEdition, area_id: str) -> tuple[ApprovedVoice, ...]:
    """The approved voices about an area, of returns and of the Board's own evidence."""
    return (*voices_about(edition, area_id), *voices_in(learning(edition), edition.framework, area_id))


@st.cache_resource(max_entries=3, show_spinner=False, hash_funcs={OpenEdition: _id})
def heard(edition: OpenEdition, plan_year: str) -> HeardByArea:
    """Who was heard about each area of a plan year, and when last."""
    return heard_by_area(edition, learning(edition), edition.framework.plan_year(plan_year))


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={OpenEdition: _id})
def series_beside(edition: OpenEdition, indicator_id: str, selection: Selection) -> dict[str, str]:
    """What can be set beside an indicator, by the text that names it in an address."""
    return all_beside(edition, indicator(edition, indicator_id, selection))


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={OpenEdition: _id})
def together(edition: OpenEdition, indicator_id: str, beside: tuple[str, ...], selection: Selection) -> TogetherView:
    """An indicator with the series set beside it."""
    view = indicator(edition, indicator_id, selection)
    return together_view(edition, view, read_series(edition, list(beside), view)[0], selection)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={OpenEdition: _id})
def composition(edition: OpenEdition, indicator_id: str, breakdown: str, selection: Selection) -> CompositionView:
    """The parts of an indicator by one breakdown."""
    chosen = next(one for one in edition.framework.returns.breakdowns if one.id == breakdown)
    return composition_view(edition, indicator_id, chosen, selection)


@st.cache_resource(max_entries=_KEPT, show_spinner=False, hash_funcs={OpenEdition: _id})
def authorities(edition: OpenEdition, indicator_id: str, selection: Selection) -> AuthoritiesView | None:
    """The authorities of an indicator's newest year; None where it has no others."""
    return authorities_view(edition, indicator_id, selection)
