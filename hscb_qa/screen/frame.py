"""The frame around every page: style, heading, which edition it is, and whether its figures are invented."""

import html
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import streamlit as st

from hscb_qa.definitions import PlanYear
from hscb_qa.errors import HscbError
from hscb_qa.views import OpenEdition

_CAUTION = "This is the start of a conversation, not a performance table; no indicator should be read alone."
_STYLE = Path(__file__).with_name("style.css")


def draw_style() -> None:
    """Put the style sheet into the page."""
    st.html(_STYLE)


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


def draw_footer(edition: OpenEdition) -> None:
    """Which edition the page was drawn from, and how to read it."""
    label = f" ({edition.edition.label})" if edition.edition.label else ""
    licences = " ".join(sorted({source.licence for source in edition.framework.sources.values()}))
    kind = "Illustrative data: every figure is invented." if edition.edition.illustrative else f"{_CAUTION} {licences}"
    st.html(f"<p class='hscb-footer'>{html.escape(f'Edition {edition.edition.id}{label}. {edition.holds}. {kind}')}</p>")


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


def status_pill(words: str) -> str:
    """A short label in a box, escaped."""
    return f"<span class='hscb-pill'>{html.escape(words)}</span>"


def draw_empty(words: str) -> None:
    """Say in a box what is not there."""
    st.html(f"<p class='hscb-empty'>{html.escape(words)}</p>")
