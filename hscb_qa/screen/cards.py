"""An indicator on the screen: message, chart, the figure in words, its table, its definition and its source.

Refuses to show a chart without its table and text beside it, since many cannot read a chart.
"""

import html
from collections.abc import Sequence
from datetime import date
from typing import Literal

import streamlit as st

from hscb_qa import figures, formats, sentences, tables
from hscb_qa.screen import icons
from hscb_qa.screen.choices import INDICATOR_PAGE, address, indicator_address, link
from hscb_qa.screen.drawing import draw_figure
from hscb_qa.screen.frame import draw_empty, scroll_html, sentence
from hscb_qa.screen.glossary import explained
from hscb_qa.screen.shared import shared
from hscb_qa.screen.texts import note_html
from hscb_qa.views import ApprovedNote, IndicatorView, OpenEdition, Point

_SMALL, _LARGE = 230, 520
CardHeight = Literal["stretch", "content"]


def draw_card(
    edition: OpenEdition, view: IndicatorView, scale: Sequence[Point], notes: Sequence[ApprovedNote], height: CardHeight = "stretch"
) -> None:
    """An indicator as one of many small equal cards; everything else about it opens on demand, and the whole of it enlarged.

    A card is as tall as the tallest of its row (`stretch`), or as its own content where cards stand under each other.
    """
    with st.container(border=True, height=height):
        _draw_face(edition, view, scale, notes, of=view.indicator.id)
        if view.latest_shown and st.button("Enlarge", key=f"enlarge-{view.indicator.id}", help=view.indicator.name):
            draw_enlarged(view, notes)


@shared
def _draw_face(_edition: OpenEdition, view: IndicatorView, scale: Sequence[Point], notes: Sequence[ApprovedNote]) -> None:
    message = link(indicator_address(view.indicator.id), sentences.title(view))
    st.html(f"<h3 class='hscb-message' id='{view.indicator.id}'>{message}</h3>{subtitle_html(view)}{icons.judgement_html(view)}")
    draw_chart(view, height=_SMALL, key=f"chart-{view.indicator.id}", scale=scale)
    draw_html(latest_html(view), table_details(view), sure_details(view), definition_details(view), notes_details(notes))


@st.dialog("Enlarged", width="large")
def draw_enlarged(view: IndicatorView, notes: Sequence[ApprovedNote]) -> None:
    """One indicator over the page, large, with all that is known of it."""
    st.html(f"<h2 class='hscb-message'>{html.escape(sentences.title(view))}</h2>{subtitle_html(view)}{icons.judgement_html(view)}")
    draw_chart(view, height=_LARGE, key=f"enlarged-{view.indicator.id}")
    told = f"{how_html(view)}{words_html(view)}{sure_details(view)}"
    draw_html(told, table_details(view), definition_details(view), notes_details(notes))


def draw_html(*parts: str) -> None:
    """Put HTML on the page, and nothing where all parts are empty, which Streamlit would refuse."""
    if body := "".join(parts):
        st.html(body)


def draw_chart(view: IndicatorView, height: int, key: str, scale: Sequence[Point] = ()) -> None:
    """The chart of an indicator with text for those who cannot see it, or why there is none."""
    if view.latest_shown is None:
        draw_empty(sentences.latest_in_words(view))
        return
    draw_figure(figures.trend_figure(view, height, scale), key=key, alt=sentences.alternative_text(view))


def latest_html(view: IndicatorView) -> str:
    """The latest figure and each comparator, in as few words as can be."""
    return f"<div class='hscb-words'>{sentence(sentences.latest_in_words(view))}{_list(sentences.comparisons_in_words(view))}</div>"


def notes_details(notes: Sequence[ApprovedNote]) -> str:
    """What agencies wrote beside the figures, opening on demand; nothing where no note is approved."""
    if not notes:
        return ""
    items = "".join(note_html(one) for one in notes)
    about = f"{len(notes)}, the latest of {html.escape(notes[0].label)}"
    return f"<details class='hscb-said'><summary>What agencies say ({about})</summary><ul>{items}</ul></details>"


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
    return f"<details{' open' if is_open else ''}><summary>Figures as a table</summary>{scroll_html(body, caption)}</details>"


def definition_details(view: IndicatorView, *, is_open: bool = False) -> str:
    """What the indicator counts, how the figure came to be, from where and in which edition, why it matters and how to read it."""
    indicator = view.indicator
    written = f"{indicator.authored.by}, {formats.day(indicator.authored.on)}"
    checked = f"{indicator.checked.by}, {formats.day(indicator.checked.on)}"
    entries = {
        "What it is": indicator.definition,
        "Numerator": indicator.numerator,
        "Denominator": indicator.denominator,
        "Latest figure": sentences.latest_in_words(view),
        "How it is computed": sentences.computed_in_words(view),
        "Source": sentences.source_in_words(view),
        "Edition": f"{view.edition}, published {formats.day(date.fromisoformat(view.published_on))}",
        "Why it matters": indicator.why_it_matters,
        "What good looks like": indicator.what_good_looks_like,
        "Partners": ", ".join(view.partners),
        "Kind of content": formats.CONTENT_AREA_WORDS[indicator.content_area],
        "How to read it": f"{formats.POLARITY_WORDS[indicator.polarity].capitalize()}.",
        "Data note": indicator.data_note,
        "Written and checked": f"{written}; {checked}",
    }
    rows = "".join(f"<dt>{name}</dt><dd>{html.escape(text)}</dd>" for name, text in entries.items() if text)
    body = f"<dl class='hscb-definition'>{explained(rows)}</dl>"
    return f"<details{' open' if is_open else ''}><summary>What is this number?</summary>{body}</details>"


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
    beside = _list(sentences.comparisons_in_words(view)) or _elsewhere_html(view)
    return f"<div class='hscb-words'>{''.join(map(sentence, told))}{beside}</div>"


def _elsewhere_html(view: IndicatorView) -> str:
    """The way to the yearly figure where other places publish the indicator by the year alone, and one of ours stands here."""
    if not is_elsewhere_yearly(view):
        return ""
    way = link(address(INDICATOR_PAGE, indicator=view.indicator.id, basis="year"), "by year")
    return f"<p>Other places publish this {way} only; there {html.escape(view.place)} stands beside them.</p>"


def is_elsewhere_yearly(view: IndicatorView) -> bool:
    """Whether other places publish the indicator by the year alone, and the board's whole figure stands here on another basis."""
    has_years = bool(view.indicator.published) and "year" in view.bases and view.basis != "year"
    return has_years and not view.agency and not view.breakdown


def yearly_html(yearly: IndicatorView) -> str:
    """The newest year's row of the table by year, with each comparator, for beside a figure of another basis."""
    table = tables.table_html(tables.series_table(yearly).head(1), "By year, as other places publish it")
    return scroll_html(table, "By year, as other places publish it")


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
    unit = [] if view.indicator.name.startswith("Number of ") else [formats.unit_name(view.indicator)]
    parts = [view.indicator.name, *unit, f"{view.place}, {formats.BASIS_WORDS[view.basis]}{until}"]
    words = ". ".join([*parts, formats.POLARITY_WORDS[view.indicator.polarity].capitalize()])
    age = sentences.age_in_words(view)
    return f"<p class='hscb-subtitle'>{html.escape(words)}.{f' <b>{html.escape(age)}</b>' if age else ''}</p>"
