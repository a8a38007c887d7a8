"""The explorer's own choices: which indicator, what stands beside it, which chart, which events; all kept in the address by ids.

Tells in words what the address asked for and the edition does not have.
"""

from dataclasses import replace

import streamlit as st

from hscb_qa import figures, sentences
from hscb_qa.screen import cards, choices, explored, store
from hscb_qa.views import (
    MOST_TOGETHER,
    AuthoritiesView,
    Found,
    IndicatorView,
    OpenEdition,
    Selection,
    TogetherView,
    breakdowns_of,
    events_about,
    find_indicators,
    pairs_of,
    read_series,
)

_CHARTS = {
    "over_time": "Over time",
    "together": "On one chart",
    "side_by_side": "Side by side",
    "against": "One against the other",
    "parts": "Parts",
    "authorities": "Authorities",
    "london": "London map",
}
_LISTED = 8
_FOUND = "explorer_found"
_EXPLORED = "explored_indicator"
_OWN_TO_AN_INDICATOR = ("with", "show", "by")


def choose_indicator(edition: OpenEdition, plan_year: str, selection: Selection) -> str:
    """Let the viewer choose by name; the address may name one by its id, and an unknown id is told.

    Without one the page begins with what is most of concern in the plan year.
    """
    names = {one.id: one.name for one in sorted(edition.framework.indicators.values(), key=lambda one: one.name)}
    first = "" if "indicator" in st.query_params else _most_of_concern(edition, plan_year, selection)
    chosen = choices.choose_by_id("Indicator", names, "indicator", first)
    if st.session_state.get(_EXPLORED, chosen) != chosen:
        choices.forget(*_OWN_TO_AN_INDICATOR)
    st.session_state[_EXPLORED] = chosen
    return chosen


def _most_of_concern(edition: OpenEdition, plan_year: str, selection: Selection) -> str:
    """The first of the plan year's exceptions, those of concern first; else the first indicator of its first area; empty without any."""
    view = store.board(edition, plan_year, selection)
    ids = [one.view.indicator.id for one in view.exceptions] + [one for area in view.plan_year.areas for one in area.indicators]
    return next(iter(ids), "")


@st.fragment
def draw_search(edition: OpenEdition) -> None:
    """A box for words, and under it the indicators that have them, nearest first, each a button that shows it."""
    if st.session_state.pop(_FOUND, False):
        st.rerun(scope="app")
    with st.container(key="search"):
        words = st.text_input("Search by any word", key="words", type="search", placeholder="neglect, repeat plans, police", live=True)
        if words.strip():
            _draw_found(find_indicators(edition.framework, words))


def _draw_found(found: tuple[Found, ...]) -> None:
    """The nearest in sight, and the rest behind one click; all of them lie over the page, so that the chart stays where it is."""
    with st.container(gap="xxsmall", key="found"):
        st.html(f"<p class='hscb-note' role='status'>{sentences.found_in_words(found, _LISTED)}</p>")
        _draw_ways(found[:_LISTED])
        if rest := found[_LISTED:]:
            with st.expander(f"The other {len(rest)}", key="found_rest"):
                _draw_ways(rest)


def _draw_ways(found: tuple[Found, ...]) -> None:
    for one in found:
        asked = one.indicator.id
        st.button(sentences.found_name(one), key=f"found_{asked}", type="tertiary", on_click=_show, args=(asked,))


def _show(indicator_id: str) -> None:
    """Show an indicator that was found, and clear the search; the whole page has to be drawn anew."""
    st.query_params["indicator"] = indicator_id
    st.session_state["words"], st.session_state[_FOUND] = "", True


def choose_beside(edition: OpenEdition, view: IndicatorView, selection: Selection) -> TogetherView:
    """Let the viewer set up to three series beside the one shown; what the address names and cannot be shown is told."""
    options = dict(store.series_beside(edition, view.indicator.id, selection))
    kept, left_out = read_series(edition, st.query_params.get_all("with"), view)
    if left_out:
        choices.drop(f"Left out, as there are no such figures here or more than go together: {', '.join(left_out)}.")
        st.query_params["with"] = [name.text for name in kept]
    chosen = choices.choose_listed(
        "Set beside it, up to three",
        options | {name.text: name.text for name in kept if name.text not in options},
        "with",
        f"{view.indicator.id}_{view.agency}_{view.breakdown}",
        max_selections=MOST_TOGETHER - 1,
        placeholder="Another agency, place, part or indicator",
    )
    return store.together(edition, view.indicator.id, chosen, selection)


def _yearly(edition: OpenEdition, view: IndicatorView, selection: Selection) -> IndicatorView | None:
    """The indicator by year, where other places publish it by the year alone; else None."""
    return store.indicator(edition, view.indicator.id, replace(selection, basis="year")) if cards.is_elsewhere_yearly(view) else None


def explore(edition: OpenEdition, view: IndicatorView, together: TogetherView, selection: Selection) -> explored.Explored:
    """Let the viewer choose a chart and what belongs to it, and make it."""
    authorities = store.authorities(edition, view.indicator.id, selection)
    kinds = charts_of(edition, view, together, authorities)
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom", key="chart_choices"):
        kind = choices.choose_shown("Show", {kind: _CHARTS[kind] for kind in kinds}, "show", f"{view.indicator.id}_{'_'.join(kinds)}")
        if kind == "parts":
            return explored.parts(store.composition(edition, view.indicator.id, _choose_breakdown(edition, view), selection), view)
        if kind == "over_time":
            happened = events_about(edition, view)
            shown = happened if happened and choices.choose_switch("Events", "events") else ()
            return explored.over_time(view, shown, _yearly(edition, view, selection))
    if kind == "together":
        return explored.together(together)
    if kind == "side_by_side":
        return explored.side_by_side(together)
    if kind == "against":
        return explored.against(together)
    assert authorities is not None
    return explored.authorities(authorities, view) if kind == "authorities" else explored.london(authorities, view)


def charts_of(edition: OpenEdition, view: IndicatorView, together: TogetherView, authorities: AuthoritiesView | None) -> list[str]:
    """The charts that can be drawn, the one pages begin with first."""
    kinds = []
    if len(together.lines) > 1:
        kinds += [*(["together"] if together.share_unit else []), "side_by_side"]
        kinds += ["against"] if len(together.lines) == 2 and pairs_of(together) else []
    kinds.append("over_time")
    kinds += ["parts"] if breakdowns_of(edition, view.indicator) and not view.breakdown else []
    if authorities and not (view.agency or view.breakdown):
        kinds += ["authorities", *(["london"] if len(figures.london_of(authorities)) > 1 else [])]
    return kinds


def _choose_breakdown(edition: OpenEdition, view: IndicatorView) -> str:
    names: dict[str, str] = {one.id: one.name for one in breakdowns_of(edition, view.indicator)}
    return choices.choose_shown("Parts by", names, "by", view.indicator.id)
