"""A funnel on the screen: message, chart, the figure in words, who is not in it, its table."""

import html

import streamlit as st

from hscb_qa import figures, formats, sentences, tables
from hscb_qa.screen.choices import INDICATOR_PAGE, address, link
from hscb_qa.screen.drawing import draw_figure
from hscb_qa.screen.frame import scroll_html
from hscb_qa.views import Funnel

_HOW = (
    "Each mark is an agency. Between the curves, chance alone explains how far it is from all together: "
    "95 times in 100 between the dotted ones, 998 in 1,000 between the others."
)


def draw_funnel(funnel: Funnel, agency: str = "") -> None:
    """A funnel as a card; `agency` is the page's own, empty for none."""
    with st.container(border=True):
        href = address(INDICATOR_PAGE, indicator=funnel.indicator, basis=funnel.basis, **({"agency": agency} if agency else {}))
        st.html(f"<h3 class='hscb-message' id='{funnel.indicator}'>{link(href, sentences.funnel_title(funnel, agency))}</h3>")
        alt = sentences.funnel_alternative(funnel, agency)
        draw_figure(figures.funnel_figure(funnel, agency), key=f"funnel-{funnel.indicator}", alt=alt)
        st.html(_words_html(funnel, agency) + _table_html(funnel))


def _words_html(funnel: Funnel, agency: str) -> str:
    told = (sentences.place_in_words(funnel, agency), sentences.absent_in_words(funnel))
    words = "".join(f"<p>{html.escape(one)}</p>" for one in told if one)
    return f"<p class='hscb-note'>{_HOW}</p><div class='hscb-words'>{words}</div>"


def _table_html(funnel: Funnel) -> str:
    caption = f"{funnel.name}, {funnel.label}, {formats.BASIS_WORDS[funnel.basis]}"
    body = scroll_html(tables.table_html(tables.funnel_table(funnel), caption), caption)
    return f"<details><summary>Figures as a table</summary>{body}</details>"
