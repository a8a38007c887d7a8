"""Parts of a page that are drawn once for all viewers who are to see the same, and then only sent.

What a viewer sees follows from the edition, the address with all its choices, the theme and the day; that is the key, so a part may read
all of these. Refuses parts with widgets of their own, as Streamlit does: what a viewer does there would reach all.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

import streamlit as st

from hscb_qa.screen.choices import page_of
from hscb_qa.screen.drawing import theme
from hscb_qa.views import OpenEdition

_KEPT = 4000
"""How many parts are kept, some tens of kilobytes each; the oldest go first."""


def shared(draw: Callable[..., None]) -> Callable[..., None]:
    """A part drawn once for an edition (its first argument) and all who look at it in the same way.

    `of` tells apart several parts that one function draws on one page.
    """

    @wraps(draw)
    def part(edition: OpenEdition, *given: Any, of: str = "") -> None:
        _draw((draw.__module__, draw.__qualname__, of, *_seen(edition)), lambda: draw(edition, *given))

    return part


@st.cache_resource(max_entries=_KEPT, show_spinner=False)
def _draw(key: tuple[Any, ...], _draw_it: Callable[[], None]) -> None:  # noqa: ARG001  # the key is what Streamlit keeps it by
    _draw_it()


def _seen(edition: OpenEdition) -> tuple[Any, ...]:
    """All that decides what a viewer sees on a page."""
    asked = tuple(sorted((name, tuple(st.query_params.get_all(name))) for name in st.query_params))
    return edition.edition.id, page_of(st.context.url or ""), asked, theme(), date.today()
