"""The briefing of an area on the screen: the same page that prints and can be taken away.

What agencies heard and sent with their returns counts beside the Board's own evidence.
"""

from collections.abc import Iterable, Sequence

import streamlit as st

from hscb_qa import briefings
from hscb_qa.learning.briefing import Briefing, Heard, areas_briefed, briefing
from hscb_qa.screen.choices import address, link
from hscb_qa.screen.cycle import PAGE
from hscb_qa.screen.names import agency_names
from hscb_qa.screen.recommendations import follow
from hscb_qa.views import ApprovedVoice, LearningView, OpenEdition


def draw_briefing(edition: OpenEdition, view: LearningView, area: str, voices: Sequence[ApprovedVoice]) -> None:
    """The page of one area, with the way to take it away."""
    page, names = briefing_of(view, area, voices), _names(edition, area)
    illustrative = edition.edition.illustrative
    with st.container(key="briefing_ways", horizontal=True, vertical_alignment="center"):
        st.html(f"<p class='hscb-way'>{link(address(PAGE), 'All recommendations')}</p>", width="content")
        file, name = briefings.briefing_page(page, names, illustrative=illustrative), briefings.file_name(page, illustrative=illustrative)
        st.download_button("Take it away as one page", file, name, "text/html", on_click="ignore")
    st.html(f"<article class='hscb-briefing'>{briefings.briefing_html(page, names, illustrative=illustrative)}</article>")


def briefing_of(view: LearningView, area: str, voices: Iterable[ApprovedVoice]) -> Briefing:
    """The briefing of an area; the voices of returns count beside the Board's own evidence."""
    heard = [Heard(one.who, one.message, one.spoken_on, one.method) for one in voices if one.message]
    return briefing(view.learning, follow(view), area, view.today, heard)


def draw_briefings(edition: OpenEdition, view: LearningView) -> None:
    """The ways to the briefing of each area of which there is anything to tell."""
    there = areas_briefed(view.learning)
    items = " ".join(link(address(PAGE, briefing=area), name) for area, name in edition.framework.area_titles.items() if area in there)
    if items:
        st.html(
            "<h2 class='hscb-section'>One page for frontline teams</h2><p>What was heard and found, and what changes, by area:</p>"
            f"<nav class='hscb-ways' aria-label='Briefings by area'>{items}</nav>"
        )


def _names(edition: OpenEdition, area: str) -> briefings.Names:
    return briefings.Names(edition.framework.area_titles.get(area, area), agency_names(edition.framework), edition.framework)
