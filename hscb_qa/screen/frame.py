"""The frame around every page: style, heading, which edition it is, and whether its figures are invented."""

import html
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import streamlit as st

from hscb_qa import sentences
from hscb_qa.definitions import PlanYear
from hscb_qa.errors import HscbError
from hscb_qa.screen.choices import ACCESSIBILITY_PAGE, address, link
from hscb_qa.screen.drawing import theme
from hscb_qa.views import OpenEdition, Selection

_CAUTION = "This is the start of a conversation, not a performance table; no indicator should be read alone."
_DARK_ON_PAPER = (
    "@media print { .stApp, .stApp [data-testid], .stApp :is(h1, h2, h3, h4):not([class]), .stHtml :is(h2, h3, a)"
    " { color: var(--ink) !important; }"
    " .js-plotly-plot, .hscb-spark, .hscb-icon, .hscb-shape { filter: invert(1) hue-rotate(180deg); } }"
)
"""Drawings hold the colours of the theme they were drawn for; on paper, dark ones are turned round."""
_STYLES = Path(__file__).with_name("styles")


def draw_style() -> None:
    """Put the style sheets into the page, and which of the two themes is in force."""
    paper = _DARK_ON_PAPER if theme() == "dark" else ""
    st.html(f"<style>:root {{ color-scheme: {theme()}; }}\n{_style()}\n{paper}</style>")


@cache
def _style() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(_STYLES.glob("*.css")))


def draw_heading(edition: OpenEdition, title: str, above: str = "", below: str = "") -> None:
    """A page's title with the line above it and the line below it; invented figures are announced before anything else."""
    if edition.edition.illustrative:
        st.html("<p class='hscb-illustrative' role='note'><b>Illustrative data.</b> Every figure on this page is invented.</p>")
    pill = status_pill(edition.holds)
    parts = [f"<p class='hscb-above'>{html.escape(above)} {pill}</p>", f"<h1 class='hscb-title'>{html.escape(title)}</h1>"]
    st.html("".join([*parts, f"<p class='hscb-below'>{html.escape(below)}</p>" if below else ""]))


def draw_year_notice(edition: OpenEdition, plan_year: PlanYear) -> None:
    """Say that another year's priorities stand beside the latest figures; nothing where it is this year's plan."""
    if plan_year != edition.framework.current_plan_year(date.today()):
        st.html(
            f"<p class='hscb-old' role='note'>These are the areas of the plan year {plan_year.id}, with the latest figures there are.</p>"
        )


def draw_selection_notice(edition: OpenEdition, selection: Selection, left_out: int) -> None:
    """Say that a page shows one agency's part, a part of the children, or some years only; nothing where it shows all."""
    draw_note(sentences.selection_in_words(edition.framework, selection, left_out))


def draw_note(words: str) -> None:
    """A quiet box with a sentence the viewer has to know; nothing without words."""
    if words:
        st.html(f"<p class='hscb-dropped' role='note'>{html.escape(words)}</p>")


def draw_footer(edition: OpenEdition) -> None:
    """Which edition the page was drawn from, and how to read it."""
    label = f" ({edition.edition.label})" if edition.edition.label else ""
    licences = " ".join(sorted({source.licence for source in edition.framework.sources.values()}))
    kind = "Illustrative data: every figure is invented." if edition.edition.illustrative else f"{_CAUTION} {licences}"
    way = link(address(ACCESSIBILITY_PAGE), "Accessibility")
    st.html(f"<p class='hscb-footer'>{html.escape(f'Edition {edition.edition.id}{label}. {edition.holds}. {kind}')} {way}</p>")


def draw_dropped(dropped: Sequence[str]) -> None:
    """Say in a quiet box what the address asked for and the page could not give; nothing where it could give all."""
    if dropped:
        st.html(f"<div class='hscb-dropped' role='status'>{''.join(map(sentence, dict.fromkeys(dropped)))}</div>")


def draw_nothing_yet(reason: str) -> None:
    """The page of a store in which nothing is published: what is missing, and what to do."""
    st.html(
        "<p class='hscb-above'>Safeguarding children board</p><h1 class='hscb-title'>Nothing to show yet</h1>"
        f"<div class='hscb-empty' role='status'>{sentence(reason)}"
        "<p>To look at the illustrative board instead, run <code>hscb-qa demo</code>. "
        "This page shows the first edition as soon as it is published and the page is loaded again.</p></div>"
    )


@contextmanager
def told_plainly() -> Iterator[None]:
    """Tell a fault that a person can mend in words on the page, instead of a traceback."""
    try:
        yield
    except HscbError as fault:
        st.error(str(fault))
        st.stop()


def sentence(words: str) -> str:
    """Words as an HTML paragraph, escaped."""
    return f"<p>{html.escape(words)}</p>" if words else ""


def scroll_html(body: str, name: str, look: str = "") -> str:
    """A wide table in a box of its own that scrolls sideways, with a name and a place in the keyboard's order."""
    return f"<div class='hscb-scroll{look}' tabindex='0' role='region' aria-label='{html.escape(name, quote=True)}'>{body}</div>"


def status_pill(words: str) -> str:
    """A short label in a box, escaped."""
    return f"<span class='hscb-pill'>{html.escape(words)}</span>"


def draw_empty(words: str) -> None:
    """Say in a box what is not there."""
    st.html(f"<p class='hscb-empty'>{html.escape(words)}</p>")
