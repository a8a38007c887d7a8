"""A part drawn once for all who are to see the same: what it is kept by, and that every viewer still gets it."""

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from hscb_qa.screen import shared

DRAWN: list[str] = []


def script(edition: str, of: str) -> None:
    """A page of one shared part, as Streamlit runs it."""
    from types import SimpleNamespace

    import streamlit as st
    from test_shared import DRAWN

    from hscb_qa.screen.shared import shared

    @shared
    def part(_edition: object, words: str) -> None:
        DRAWN.append(words)
        with st.container():
            st.html(f"<p>{words}</p>")

    part(SimpleNamespace(edition=SimpleNamespace(id=edition)), f"{edition} {of}", of=of)


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    DRAWN.clear()
    shared._draw.clear()  # type: ignore[attr-defined]


def look(edition: str = "first", of: str = "", **asked: str) -> str:
    """What a new viewer sees."""
    page = AppTest.from_function(script, args=(edition, of))
    for name, value in asked.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception
    return "".join(one.proto.body for one in page.get("html"))


def test_a_part_is_drawn_once_and_every_viewer_sees_it() -> None:
    assert [look(), look(), look()] == ["<p>first </p>"] * 3
    assert DRAWN == ["first "]


@pytest.mark.parametrize("other", [{"edition": "second"}, {"of": "card"}, {"agency": "police"}, {"funnel": "attendance"}])
def test_what_looks_different_is_drawn_anew(other: dict[str, Any]) -> None:
    look()
    look(**other)
    look(**other)
    assert len(DRAWN) == 2


@pytest.mark.parametrize("name", ["theme", "page_of", "date"])
def test_theme_page_and_day_are_part_of_what_is_seen(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    look()
    other = {"theme": lambda: "dark", "page_of": lambda _: "neglect", "date": SimpleNamespace(today=lambda: "tomorrow")}[name]
    monkeypatch.setattr(shared, name, other)
    look()
    assert len(DRAWN) == 2
