"""The explorer's own choices: which indicator, and on which basis; both kept in the address by their ids."""

from dataclasses import replace

import streamlit as st

from hscb_qa import formats
from hscb_qa.screen import store
from hscb_qa.screen.frame import draw_empty
from hscb_qa.views import OpenEdition, Selection


def choose_indicator(edition: OpenEdition) -> str:
    """Let the viewer search all indicators by name; the address may name one by its id, and an unknown id is told."""
    indicators = sorted(edition.framework.indicators.values(), key=lambda one: one.name)
    names = {one.id: f"{one.name} ({one.short_name})" if one.short_name not in one.name else one.name for one in indicators}
    asked = st.query_params.get("indicator", "")
    ids = list(names)
    if asked and asked not in names:
        draw_empty(f"There is no indicator '{asked}'. The first of the list is shown; choose the one you meant.")
    chosen: str = st.selectbox(
        "Indicator: type to search",
        ids,
        index=ids.index(asked) if asked in names else 0,
        format_func=names.__getitem__,
        key="indicator_name",
    )
    st.query_params["indicator"] = chosen
    return chosen


def choose_basis(edition: OpenEdition, indicator_id: str, selection: Selection) -> Selection:
    """Let the viewer choose the basis where the indicator has more than one; a yearly indicator offers no choice."""
    bases = store.indicator(edition, indicator_id, selection).bases
    if len(bases) == 1:
        st.query_params.pop("basis", None)
        return selection
    asked = st.query_params.get("basis")
    chosen = st.segmented_control(
        "Basis",
        bases,
        default=asked if asked in bases else bases[0],
        required=True,
        wrap=True,
        format_func=formats.BASIS_WORDS.__getitem__,
        key="basis_name",
    )
    st.query_params["basis"] = chosen
    return replace(selection, basis=chosen)
