"""The viewer's choices: plan year, comparators, neighbour statistic and set; the same on every page, kept in the address.

Turns widgets and the address into a `Selection`, and ids into links that keep the choices. Values the address should not hold are dropped
by Streamlit itself.
"""

import html
from datetime import date
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from hscb_qa import formats
from hscb_qa.views import OpenEdition, Selection
from hscb_qa.views.edition import NEIGHBOUR_STATISTICS

INDICATOR_PAGE = "indicator"
RETURNS_PAGE = "returns"


def choose_plan_year(edition: OpenEdition) -> str:
    """Let the viewer choose a plan year; the one in which today lies comes first."""
    ids = [plan_year.id for plan_year in edition.framework.plan_years]
    current = edition.framework.current_plan_year(date.today()).id
    chosen: str = st.selectbox("Plan year", ids, index=ids.index(current), key="plan_year", bind="query-params")
    return chosen


def choose_comparators(edition: OpenEdition) -> Selection:
    """Let the viewer choose what stands beside the board's figures."""
    names = {"neighbours": "Neighbours", **{place.id: place.name for place in edition.framework.board.comparators}}
    chosen = st.pills(
        "Compare with", list(names), default=_default_comparators(names), selection_mode="multi", format_func=names.__getitem__,
        key="compare", bind="query-params",
    )  # fmt: skip
    statistic: Any = st.segmented_control(
        "Neighbours summed up by", NEIGHBOUR_STATISTICS, default="mean", required=True, key="neighbours", bind="query-params",
        help="The mean is what DfE's LAIT shows, the median what DfE's outcomes dashboard shows.",
    )  # fmt: skip
    return Selection(tuple(chosen or ()), statistic, _choose_neighbour_set(edition))


def choose_by_id(label: str, names: dict[str, str], parameter: str) -> str:
    """Let the viewer choose among names; the address keeps the id, and an id it should not hold is dropped."""
    asked, ids = st.query_params.get(parameter), list(names)
    index = ids.index(asked) if asked in ids else 0
    chosen: str = st.selectbox(label, ids, index=index, format_func=names.__getitem__, key=f"{parameter}_name")
    st.query_params[parameter] = chosen
    return chosen


def address(edition_path: str, **parameters: str) -> str:
    """The address of a page that keeps the viewer's choices."""
    kept = [(name, value) for name in ("plan_year", "compare", "neighbours", "neighbour_set") for value in st.query_params.get_all(name)]
    query = urlencode([pair for pair in kept if pair[0] not in parameters] + list(parameters.items()))
    return f"/{edition_path}" + (f"?{query}" if query else "")


def indicator_address(indicator_id: str) -> str:
    """The address of an indicator in the explorer."""
    return address(INDICATOR_PAGE, indicator=indicator_id)


def link(href: str, words: str) -> str:
    """A link to another page in the same tab; both parts are escaped."""
    return f"<a href='{html.escape(href)}' target='_self'>{html.escape(words)}</a>"


def _default_comparators(names: dict[str, str]) -> list[str]:
    return [name for name in Selection().comparators if name in names]


def _choose_neighbour_set(edition: OpenEdition) -> date | None:
    sets = {f"{day:%Y-%m}": day for day in edition.neighbour_sets}
    if not sets:
        st.caption("No set of statistical neighbours is loaded.")
        return None
    chosen: str = st.selectbox("Neighbour set in force from", list(sets), key="neighbour_set", bind="query-params")
    members = edition.neighbours_of(sets[chosen])
    st.caption(f"{formats.join(members)}.")
    return sets[chosen]
