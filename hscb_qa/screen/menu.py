"""The pages of the dashboard: their order in the menu, and in a meeting the agenda.

Turns the framework into Streamlit's pages. Every area of every plan year has an address of its own, also where the year chosen does not
have it, so that no link ever breaks.
"""

from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from hscb_qa.definitions import Framework, PlanYear
from hscb_qa.screen import choices

_FIRST_SLIDES = {"": "Opening", "exceptions": "Exceptions", "framework": "The framework at a glance"}


@dataclass(frozen=True)
class Slide:
    """One screen of a meeting: the last part of its address, and its title."""

    path: str
    title: str


def agenda(plan_year: PlanYear) -> list[Slide]:
    """The slides of a meeting in the order of the agenda: the board as a whole, then each area of the plan year."""
    areas = [Slide(area.id, area.short_title) for area in plan_year.areas]
    return [*(Slide(path, title) for path, title in _FIRST_SLIDES.items()), *areas]


def meeting_pages(framework: Framework) -> dict[str, StreamlitPage]:
    """The pages of a meeting by the last part of their address: a slide for each area, and everything a slide leads to."""
    slides = [
        st.Page("pages/meeting_opening.py", title=framework.board.name, default=True),
        st.Page("pages/meeting_exceptions.py", title=_FIRST_SLIDES["exceptions"], url_path="exceptions"),
        st.Page("pages/meeting_framework.py", title=_FIRST_SLIDES["framework"], url_path="framework"),
        *(_area_page("pages/meeting_area.py", area_id, title) for area_id, title in framework.area_titles.items()),
    ]
    return {page.url_path: page for page in [*slides, *_learning_pages(), *_other_pages(), _explorer()]}


def menu(framework: Framework, plan_year: PlanYear) -> dict[str, list[StreamlitPage]]:
    """The pages under their headings; an area that the plan year does not have is kept out of sight."""
    titles = framework.area_titles | {area.id: area.short_title for area in plan_year.areas}
    standing, priorities = [area.id for area in plan_year.part_a], [area.id for area in plan_year.part_b]
    others = [area_id for area_id in titles if area_id not in standing + priorities]

    def area_pages(ids: list[str]) -> list[StreamlitPage]:
        return [_area_page("pages/area.py", one, titles[one], seen=plan_year.area(one) is not None) for one in ids]

    return {
        framework.board.short_name: [st.Page("pages/board.py", title="Board overview", default=True), *_other_pages()[:2]],
        "Part A: statutory functions": area_pages(standing),
        f"Part B: priorities {plan_year.id}": area_pages(priorities),
        "Learning": _learning_pages(),
        "Explore": [*area_pages(others), _explorer(), *_other_pages()[2:]],
    }


def _other_pages() -> list[StreamlitPage]:
    return [
        st.Page("pages/agency.py", title="Agencies", url_path=choices.AGENCY_PAGE),
        st.Page("pages/returns.py", title="Returns", url_path=choices.RETURNS_PAGE),
        st.Page("pages/methods.py", title="Methods and sources", url_path="methods"),
        st.Page("pages/accessibility.py", title="Accessibility", url_path=choices.ACCESSIBILITY_PAGE),
    ]


def _learning_pages() -> list[StreamlitPage]:
    return [st.Page(f"pages/{name}.py", title=title, url_path=name) for name, title in choices.LEARNING_PAGES.items()]


def _explorer() -> StreamlitPage:
    return st.Page("pages/indicator.py", title="Indicator explorer", url_path=choices.INDICATOR_PAGE)


def _area_page(script: str, area_id: str, title: str, *, seen: bool = True) -> StreamlitPage:
    return st.Page(script, title=title, url_path=area_id, visibility="visible" if seen else "hidden")
