"""What a viewer has chosen, and the address that holds it: links that keep every choice, and choices that follow the address.

An address names choices by ids, so that a link outlives a change of words. Refuses a value that is not among the options: it is dropped,
and the page says so.
"""

import html
from collections.abc import Callable, Collection, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st

INDICATOR_PAGE = "indicator"
RETURNS_PAGE = "returns"
AGENCY_PAGE = "agency"
ACCESSIBILITY_PAGE = "accessibility"
LEARNING_PAGES = {
    "evidence": "Evidence",
    "timetable": "Timetable",
    "recommendations": "Recommendations",
    "key_questions": "Key questions",
    "section_11": "Section 11",
    "entry": "Enter and approve",
}
"""The pages of the Board's own entries, by the last part of their address, with their titles."""
KEPT = ("plan_year", "agency", "breakdown", "basis", "since", "until", "compare", "neighbours", "neighbour_set", "edition", "present")
"""The parameters of an address that go with a viewer from page to page."""
ITEMS = ("recommendation", "finding", "briefing", "exercise", "entry", "kind")
"""The parameters by which an address asks for one item of a page; without them the page shows all it has."""
NOTHING = "none"
"""What an address holds where a viewer chose none of several."""
_WRITTEN, _PLACE, _DROPPED = "choices_written", "choices_place", "choices_dropped"


def page_of(url: str) -> str:
    """The last part of an address, which names the page; empty for the first one.

    >>> page_of("http://localhost:8501/neglect?plan_year=2015-16"), page_of("http://localhost:8501/")
    ('neglect', '')
    """
    return urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1]


def address(page: str, **parameters: str) -> str:
    """The address of a page that keeps the viewer's choices, but for those given anew; an empty one is left out."""
    query = urlencode(kept(**parameters))
    return f"/{page}" + (f"?{query}" if query else "")


def kept(**parameters: str) -> list[tuple[str, str]]:
    """The viewer's choices as pairs for an address, with some given anew."""
    pairs = [(name, value) for name in KEPT for value in st.query_params.get_all(name) if name not in parameters]
    return pairs + [(name, value) for name, value in parameters.items() if value]


def indicator_address(indicator_id: str) -> str:
    """The address of an indicator in the explorer."""
    return address(INDICATOR_PAGE, indicator=indicator_id)


def link(href: str, words: str) -> str:
    """A link to another page in the same tab; both parts are escaped."""
    return f"<a href='{html.escape(href)}' target='_self'>{html.escape(words)}</a>"


def begin() -> None:
    """Note at the start of a run which page it is for, and forget what the run before had to drop."""
    place = page_of(st.context.url or "")
    st.session_state[_PLACE] = (place, st.session_state.get(_PLACE, (place,))[0] != place)
    st.session_state[_DROPPED] = []


def dropped() -> list[str]:
    """What the address asked for and the page could not give, in words."""
    return list(st.session_state.get(_DROPPED, []))


def drop(words: str) -> None:
    """Note that something the address asked for is left out."""
    st.session_state.setdefault(_DROPPED, []).append(words)


def choose_one(label: str, options: dict[str, str], name: str, default: str, of: str = "", **looks: Any) -> str:
    """Let the viewer choose one of several by their words; the address keeps its id, or nothing for the default.

    `of` says what the options belong to: with other ones the choice begins anew.
    """
    key = _follow(name, options, [default], lambda ids: ids[0], of)
    chosen: str = st.selectbox(label, list(options), format_func=options.__getitem__, key=key, **looks)
    _write(name, [] if chosen == default else [chosen])
    return chosen


def choose_some(label: str, options: dict[str, str], name: str, defaults: Sequence[str], **looks: Any) -> tuple[str, ...]:
    """Let the viewer choose any number of several; the address keeps their ids."""
    key = _follow(name, [*options, NOTHING], list(defaults), lambda ids: [one for one in ids if one != NOTHING])
    chosen = st.pills(label, list(options), selection_mode="multi", format_func=options.__getitem__, key=key, **looks)
    _write(name, [] if list(chosen) == list(defaults) else list(chosen) or [NOTHING])
    return tuple(chosen)


def choose_by_id(label: str, options: dict[str, str], name: str, default: str = "", of: str = "") -> str:
    """Let the viewer choose one of several that belong to a page alone; the address always keeps its id. The first is chosen at first.

    `of` as above.
    """
    key = _follow(name, options, [default or next(iter(options))], lambda ids: ids[0], of)
    chosen: str = st.selectbox(label, list(options), format_func=options.__getitem__, key=key)
    _write(name, [chosen])
    return chosen


def choose_shown(label: str, options: dict[str, str], name: str, of: str) -> str:
    """Let the viewer choose one of a few that are all in sight; the address keeps its id, or nothing for the first.

    `of` as above.
    """
    default = next(iter(options))
    key = _follow(name, options, [default], lambda ids: ids[0], of)
    chosen = str(st.segmented_control(label, list(options), format_func=options.__getitem__, key=key, required=True, wrap=True))
    _write(name, [] if chosen == default else [chosen])
    return chosen


def choose_listed(label: str, options: dict[str, str], name: str, of: str, **looks: Any) -> tuple[str, ...]:
    """Let the viewer choose some of a long list by typing; the address keeps their ids. `of` as above."""
    key = _follow(name, options, [], list, of)
    chosen = st.multiselect(label, list(options), format_func=options.__getitem__, key=key, select_all=False, **looks)
    _write(name, list(chosen))
    return tuple(chosen)


def choose_switch(label: str, name: str) -> bool:
    """Let the viewer switch something on; the address then says 1."""
    key = _follow(name, ["1"], [], bool)
    is_on: bool = st.toggle(label, key=key)
    _write(name, ["1"] if is_on else [])
    return is_on


def forget(*names: str) -> None:
    """Take choices out of the address where they stand as the page itself wrote them, and not as a link asks."""
    for name in names:
        if st.query_params.get_all(name) == _written().get(name):
            st.query_params.pop(name, None)


def _follow(name: str, ids: Collection[str], defaults: list[str], as_state: Callable[[list[str]], Any], of: str = "") -> str:
    """The key of a choice's widget, set to what the address asks for where that is not what was written there last.

    Going to another page takes all parameters out of the address; the choices then stay as they were. A value that does not fit is
    told, but for one that the page itself had written of what is no longer chosen, as another agency's indicator.
    """
    key, asked, written = f"choice_{name}{of and f'_{of}'}", st.query_params.get_all(name), _written()
    has_moved = st.session_state.get(_PLACE, ("", False))[1]
    held = st.session_state.get(key)
    is_gone = isinstance(held, str) and held not in ids  # withdrawn meanwhile, say
    if key not in st.session_state or is_gone or (asked != written.get(name) and (asked or not has_moved)):
        if is_gone or asked != written.get(name):
            _tell_unknown(name, asked, ids)
        st.session_state[key] = as_state([value for value in asked if value in ids] or defaults)
    return key


def _tell_unknown(name: str, asked: list[str], ids: Collection[str]) -> None:
    for value in asked:
        if value not in ids:
            drop(f"The address asks for {name.replace('_', ' ')} '{value}', which there is not. It is left out.")


def _write(name: str, values: list[str]) -> None:
    _written()[name] = values
    if st.query_params.get_all(name) != values:
        st.query_params[name] = values


def _written() -> dict[str, list[str]]:
    written: dict[str, list[str]] = st.session_state.setdefault(_WRITTEN, {})
    return written
