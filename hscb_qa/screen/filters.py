"""The filter bar: one row of choices on top of every page, the same on each, kept in the address.

Turns widgets into the plan year and the `Selection` that every page reads. Refuses to offer what the edition does not have.
"""

from datetime import date
from typing import Any

import streamlit as st

from hscb_qa import formats
from hscb_qa.screen import choices
from hscb_qa.screen.share import draw_share
from hscb_qa.views import OpenEdition, Selection
from hscb_qa.views.edition import BASES, NEIGHBOUR_STATISTICS

_ALL = ""
_YEARS_BACK = 12


def draw_filters(edition: OpenEdition) -> None:
    """Draw the bar and put what is chosen into the session, as `plan_year` and `selection`."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small", key="filters"):
        st.session_state["plan_year"] = _plan_year(edition)
        agency, breakdown, basis = _agency(edition), _breakdown(edition), _basis()
        since, until = _years()
        with st.popover("Compare with", key="compare_popover"):
            compared = _comparators(edition)
        draw_share()
        meeting = choices.link(choices.address(choices.page_of(st.context.url or ""), present="1"), "Meeting view")
        st.html(f"<span class='hscb-button'>{meeting}</span>", width="content")
    st.session_state["selection"] = Selection(
        **compared, basis=basis or None, agency=agency or None, breakdown=breakdown or None, since=since, until=until
    )


def _plan_year(edition: OpenEdition) -> str:
    options = {year.id: f"Plan year {year.id}" for year in edition.framework.plan_years}
    return choices.choose_one("Plan year", options, "plan_year", edition.framework.current_plan_year(date.today()).id, **_looks(170))


def _agency(edition: OpenEdition) -> str:
    options = {_ALL: "All agencies"} | {one.id: one.short_name for one in edition.framework.agencies.values()}
    return choices.choose_one("Agency", options, "agency", _ALL, **_looks(170))


def _breakdown(edition: OpenEdition) -> str:
    options = {_ALL: "All children"} | edition.framework.returns.labels
    return choices.choose_one("Breakdown", options, "breakdown", _ALL, **_looks(170))


def _basis() -> Any:
    options = {_ALL: "Own period"} | {basis: formats.BASIS_WORDS[basis].capitalize() for basis in BASES}
    return choices.choose_one("Basis", options, "basis", _ALL, **_looks(180))


def _years() -> tuple[date | None, date | None]:
    """The first and the last day chosen, by financial years; a first year after the last one is left out."""
    this_year = date.today().year
    ends = range(this_year + 1, this_year - _YEARS_BACK, -1)
    options = {f"{end - 1}-{end % 100:02}": end for end in ends}
    first = choices.choose_one("From", {_ALL: "From the start"} | {text: f"From {text}" for text in options}, "since", _ALL, **_looks(150))
    last = choices.choose_one("To", {_ALL: "To the latest"} | {text: f"To {text}" for text in options}, "until", _ALL, **_looks(150))
    if first and last and options[first] > options[last]:
        choices.drop(f"No year lies between {first} and {last}. All years up to {last} are shown.")
        first = _ALL
    return (date(options[first] - 1, 4, 1) if first else None), (date(options[last], 3, 31) if last else None)


def _comparators(edition: OpenEdition) -> dict[str, Any]:
    """What stands beside the board's figures, as the parts of a `Selection`."""
    names = {"neighbours": "Neighbours", **{place.id: place.name for place in edition.framework.board.comparators}}
    defaults = [name for name in Selection().comparators if name in names]
    chosen = choices.choose_some("Compare with", names, "compare", defaults)
    statistics: dict[str, str] = {statistic: f"Neighbours' {statistic}" for statistic in NEIGHBOUR_STATISTICS}
    statistic = choices.choose_one(
        "Neighbours summed up by", statistics, "neighbours", "mean",
        help="The mean is what DfE's LAIT shows, the median what DfE's outcomes dashboard shows.",
    )  # fmt: skip
    return {"comparators": chosen, "neighbour_statistic": statistic, "neighbours_from": _neighbour_set(edition)}


def _neighbour_set(edition: OpenEdition) -> date | None:
    sets = {f"{day:%Y-%m}": day for day in edition.neighbour_sets}
    if not sets:
        st.caption("No set of statistical neighbours is loaded.")
        return None
    options = {text: f"{day:%B %Y}" for text, day in sets.items()}
    chosen = choices.choose_one("Neighbour set in force from", options, "neighbour_set", next(iter(sets)))
    st.caption(f"{formats.join(edition.neighbours_of(sets[chosen]))}.")
    return sets[chosen]


def _looks(width: int) -> dict[str, Any]:
    return {"label_visibility": "collapsed", "width": width}
