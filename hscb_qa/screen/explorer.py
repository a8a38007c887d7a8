"""The explorer's own choices: which indicator, and on which basis; both kept in the address by their ids."""

from dataclasses import replace

import streamlit as st

from hscb_qa import formats
from hscb_qa.screen import store
from hscb_qa.views import OpenEdition, Selection


def choose_indicator(edition: OpenEdition) -> str:
    """Let the viewer search all indicators by name; the address may name one by its id, and an unknown id is ignored."""
    names = {one.id: one.name for one in sorted(edition.framework.indicators.values(), key=lambda one: one.name)}
    asked = st.query_params.get("indicator", "")
    ids = list(names)
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
        return selection
    asked = st.query_params.get("basis")
    chosen = st.segmented_control(
        "Basis",
        bases,
        default=asked if asked in bases else bases[0],
        required=True,
        format_func=formats.BASIS_WORDS.__getitem__,
        key="basis_name",
    )
    st.query_params["basis"] = chosen
    return replace(selection, basis=chosen)
