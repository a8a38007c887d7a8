"""An indicator on the screen: message, chart, the figure in words, its table, its definition and its source.

Refuses to show a chart without its table and text beside it, since many cannot read a chart.
"""

import html

import streamlit as st

from hscb_qa import figures, formats, sentences, tables
from hscb_qa.screen import icons
from hscb_qa.screen.choices import indicator_address, link
from hscb_qa.screen.frame import draw_empty, sentence
from hscb_qa.views import IndicatorView

_CHART_CONFIG = {"displayModeBar": False, "scrollZoom": False, "doubleClick": False}


def draw_card(view: IndicatorView) -> None:
    """An indicator as one of many equal cards, with a link to look closer."""
    with st.container(border=True):
        message = link(indicator_address(view.indicator.id), sentences.title(view))
        st.html(f"<h3 class='hscb-message' id='{view.indicator.id}'>{message}</h3>{subtitle_html(view)}{icons.judgement_html(view)}")
        draw_chart(view, height=290, key=f"chart-{view.indicator.id}")
        told = f"{how_html(view)}{words_html(view)}{sure_details(view)}"
        draw_html(told, table_details(view), definition_details(view), sources_html(view))


def draw_html(*parts: str) -> None:
    """Put HTML on the page, and nothing where all parts are empty, which Streamlit would refuse."""
    if body := "".join(parts):
        st.html(body)


def draw_chart(view: IndicatorView, height: int, key: str) -> None:
    """The chart of an indicator with text for those who cannot see it, or why there is none."""
    if view.latest_shown is None:
        draw_empty(sentences.latest_in_words(view))
        return
    figure = figures.trend_figure(view, height)
    st.plotly_chart(figure, theme=None, config=_CHART_CONFIG, key=key, alt=sentences.alternative_text(view))


def how_html(view: IndicatorView) -> str:
    """How to read the chart above, in one line; nothing where it is a plain line."""
    words = sentences.how_to_read(view)
    return f"<p class='hscb-note hscb-how'>{html.escape(words)}</p>" if words and view.latest_shown else ""


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
    lines = [
        sentences.source_in_words(view),
        *sentences.notes_in_words(view),
        *sentences.hidden_in_words(view),
        *corrections,
        *sentences.queries_in_words(view),
    ]
    if view.latest_shown and not figures.starts_at_zero(view):
        lines.append("The chart's value axis does not start at zero.")
    return "".join(f"<p class='hscb-note'>{html.escape(line)}</p>" for line in lines)


def words_html(view: IndicatorView) -> str:
    """The latest figure, whether it is signal or noise, its rank where that is an outer one, and each comparator in sentences."""
    weighed = sentences.signal_in_words(view) if _is_judged(view) else sentences.change_in_words(view)
    told = [sentences.latest_in_words(view), weighed, *([sentences.rank_in_words(view)] if _is_outer(view) else [])]
    return f"<div class='hscb-words'>{''.join(map(sentence, told))}{_list(sentences.comparisons_in_words(view))}</div>"


def sure_details(view: IndicatorView, *, is_open: bool = False) -> str:
    """What the judgement rests on: the chart and its limits, the period before, the recent trend, the rank, and agencies that differ."""
    change = sentences.change_in_words(view) if _is_judged(view) else ""
    rank = "" if _is_outer(view) else sentences.rank_in_words(view)
    told = [sentences.chart_in_words(view), change, sentences.trend_in_words(view), rank]
    body = "".join(map(sentence, told)) + _list(sentences.peers_in_words(view))
    if not body:
        return ""
    return f"<details{' open' if is_open else ''}><summary>How sure are we?</summary><div class='hscb-words'>{body}</div></details>"


def _is_judged(view: IndicatorView) -> bool:
    """Whether the control chart tells the latest figure from noise; where it does not, the figure before it is all there is."""
    return sentences.variation(view)[0] != "none"


def _is_outer(view: IndicatorView) -> bool:
    return view.rank is not None and view.rank.fifth is not None


def _list(items: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{html.escape(words)}</li>' for words in items)}</ul>" if items else ""


def subtitle_html(view: IndicatorView) -> str:
    """What the chart measures, where, how often, up to when, and which way is better."""
    until = f", latest {view.latest.label}" if view.latest else ""
    parts = [view.indicator.name, formats.unit_name(view.indicator), f"{view.place}, {formats.BASIS_WORDS[view.basis]}{until}"]
    words = ". ".join([*parts, formats.POLARITY_WORDS[view.indicator.polarity].capitalize()])
    age = sentences.age_in_words(view)
    return f"<p class='hscb-subtitle'>{html.escape(words)}.{f' <b>{html.escape(age)}</b>' if age else ''}</p>"
