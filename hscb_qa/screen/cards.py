"""An indicator on the screen: message, chart, the figure in words, its table, its definition and its source.

Refuses to show a chart without its table and text beside it, since many cannot read a chart.
"""

import html

import streamlit as st

from hscb_qa import figures, formats, sentences, tables
from hscb_qa.screen.choices import indicator_address, link
from hscb_qa.screen.frame import draw_empty, sentence
from hscb_qa.views import IndicatorView

_CHART_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def draw_card(view: IndicatorView) -> None:
    """An indicator as one of many equal cards, with a link to look closer."""
    with st.container(border=True):
        message = link(indicator_address(view.indicator.id), sentences.title(view))
        st.html(f"<h3 class='hscb-message' id='{view.indicator.id}'>{message}</h3>{subtitle_html(view)}{mark_html(view)}")
        draw_chart(view, height=290, key=f"chart-{view.indicator.id}")
        st.html(f"{words_html(view)}{table_details(view)}{definition_details(view)}{sources_html(view)}")


def draw_chart(view: IndicatorView, height: int, key: str) -> None:
    """The chart of an indicator with text for those who cannot see it, or why there is none."""
    if view.latest_shown is None:
        draw_empty(sentences.latest_in_words(view))
        return
    figure = figures.trend_figure(view, height)
    st.plotly_chart(figure, theme=None, config=_CHART_CONFIG, key=key, alt=sentences.alternative_text(view))


def mark_html(view: IndicatorView) -> str:
    """The sign and the words for what became of an indicator; shape and word first, colour second."""
    sign, words = (html.escape(part) for part in sentences.mark(view))
    return f"<p class='hscb-mark hscb-{sentences.mark_kind(view)}'><span aria-hidden='true'>{sign}</span> {words}</p>"


def table_details(view: IndicatorView, *, is_open: bool = False) -> str:
    """The figures as a table that opens on demand, with what its shorthand means."""
    if not view.points:
        return ""
    table = tables.series_table(view)
    note = tables.shorthand_note(table)
    caption = f"{view.indicator.name}, {formats.unit_name(view.indicator).lower()}, {formats.BASIS_WORDS[view.basis]}"
    body = tables.table_html(table, caption) + (f"<p class='hscb-note'>{html.escape(note)}</p>" if note else "")
    return f"<details{' open' if is_open else ''}><summary>Figures as a table</summary><div class='hscb-scroll'>{body}</div></details>"


def definition_details(view: IndicatorView, *, is_open: bool = False) -> str:
    """What the indicator counts, why it matters and how to read it."""
    indicator = view.indicator
    written = f"{indicator.authored.by}, {formats.day(indicator.authored.on)}"
    checked = f"{indicator.checked.by}, {formats.day(indicator.checked.on)}"
    entries = {
        "What it is": indicator.definition,
        "Numerator": indicator.numerator,
        "Denominator": indicator.denominator,
        "Why it matters": indicator.why_it_matters,
        "What good looks like": indicator.what_good_looks_like,
        "Partners": ", ".join(view.partners),
        "Kind of content": formats.CONTENT_AREA_WORDS[indicator.content_area],
        "How to read it": f"{formats.POLARITY_WORDS[indicator.polarity].capitalize()}.",
        "Data note": indicator.data_note,
        "Written and checked": f"{written}; {checked}",
    }
    rows = "".join(f"<dt>{name}</dt><dd>{html.escape(text)}</dd>" for name, text in entries.items() if text)
    return f"<details{' open' if is_open else ''}><summary>What is this number?</summary><dl class='hscb-definition'>{rows}</dl></details>"


def sources_html(view: IndicatorView) -> str:
    """The source line, corrections of the source, and other files that print another figure."""
    corrections = sorted({point.correction for point in view.points if point.correction})
    lines = [sentences.source_in_words(view), *sentences.notes_in_words(view), *corrections, *sentences.queries_in_words(view)]
    if view.latest_shown and not figures.starts_at_zero(view):
        lines.append("The chart's value axis does not start at zero.")
    return "".join(f"<p class='hscb-note'>{html.escape(line)}</p>" for line in lines)


def words_html(view: IndicatorView) -> str:
    """The latest figure, the change and each comparator in sentences."""
    comparisons = "".join(f"<li>{html.escape(words)}</li>" for words in sentences.comparisons_in_words(view))
    body = sentence(sentences.latest_in_words(view)) + sentence(sentences.change_in_words(view))
    return f"<div class='hscb-words'>{body}{f'<ul>{comparisons}</ul>' if comparisons else ''}</div>"


def subtitle_html(view: IndicatorView) -> str:
    """What the chart measures, where, how often, up to when, and which way is better."""
    until = f", latest {view.latest.label}" if view.latest else ""
    parts = [view.indicator.name, formats.unit_name(view.indicator), f"{view.place}, {formats.BASIS_WORDS[view.basis]}{until}"]
    words = ". ".join([*parts, formats.POLARITY_WORDS[view.indicator.polarity].capitalize()])
    age = sentences.age_in_words(view)
    return f"<p class='hscb-subtitle'>{html.escape(words)}.{f' <b>{html.escape(age)}</b>' if age else ''}</p>"
