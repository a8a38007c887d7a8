"""An address that names no page: the way from it to the overview, where a quiet box says which page there is not.

Turns such an address into a hidden page of its own, since Streamlit covers the screen with a dialog where it finds none.
"""

import re
from collections.abc import Callable
from urllib.parse import unquote

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from hscb_qa.screen import choices

_ASKED = "lost_page"
_LONGEST = 60  # signs of an unknown name that the box repeats


def with_lost(groups: dict[str, list[StreamlitPage]]) -> dict[str, list[StreamlitPage]]:
    """The pages under their headings, and where none has the address asked for, a hidden one that leads to the overview."""
    here = choices.page_of(st.context.url or "")
    pages = {page.url_path: page for group in groups.values() for page in group}
    if here in pages:
        return groups
    lost = st.Page(lambda: _lead(here, pages[""]), title="Page not found", url_path=unquote(here), visibility="hidden")
    return groups | {"": [*groups.get("", []), lost]}


def at_any_address(draw: Callable[[], None], title: str) -> list[StreamlitPage]:
    """One page for whatever address is asked for, which then stands until there is something to show at it."""
    here = unquote(choices.page_of(st.context.url or ""))
    return [st.Page(draw, title=title, default=True), *([st.Page(draw, title=title, url_path=here)] if here else [])]


def tell_lost(page: StreamlitPage) -> None:
    """Note for the page's quiet box which page there is not, until the viewer leaves the overview for another one."""
    asked = st.session_state.get(_ASKED)
    if asked and page.url_path:
        del st.session_state[_ASKED]
    elif asked:
        choices.drop(f"There is no page '{asked}'. This is the overview; every page is in the menu.")


def _lead(asked: str, to: StreamlitPage) -> None:
    st.session_state[_ASKED] = readable(asked)
    st.switch_page(to, query_params=choices.kept())


def readable(name: str) -> str:
    """An unknown name as it may be repeated on a page: without the signs an address writes in code, and not endless.

    >>> readable("child%20exploitation"), readable("x" * 70)[-4:]
    ('child exploitation', 'xxx…')
    """
    words = re.sub(r"[\x00-\x1f]", "", unquote(name))
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
