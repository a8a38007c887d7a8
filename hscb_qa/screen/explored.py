"""What the explorer shows of each kind of chart: the charts themselves, how to read them, words, a table, and rows to take away.

Refuses a chart without words for those who cannot see it, and without its table.
"""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from hscb_qa import exports, figures, formats, sentences, tables, workbooks
from hscb_qa.definitions import Event
from hscb_qa.screen import cards
from hscb_qa.screen.downloads import Caption, draw_downloads
from hscb_qa.screen.drawing import draw_figure
from hscb_qa.screen.frame import draw_empty, scroll_html
from hscb_qa.views import AuthoritiesView, CompositionView, IndicatorView, TogetherView

AREA = "explored"
"""The key of the container that holds the charts; pictures are made of what stands in it."""
_HEIGHT = 500
_LONG = 40  # a table of more rows scrolls within a frame
_PLACES = {"authorities": "local authorities", "london": "London's boroughs"}
_TOO_NARROW = "The map needs a wider screen than this. Its figures stand in the table below."
_TABLE_BELOW = "The figures stand in the table below the chart."


@dataclass(frozen=True)
class Chart:
    """One chart: what stands above it, if anything, its figure, and what it shows in words."""

    heading: str
    figure: dict[str, Any]
    alternative: str


@dataclass(frozen=True, eq=False)
class Explored:
    """One kind of chart with all that goes with it. `beside` and `table` are HTML, `key` is a list of HTML under the charts.

    `rows` are the figures to take away, and `views` what they are of.
    """

    kind: str
    charts: tuple[Chart, ...]
    how: str
    beside: str
    table: str
    rows: tables.Table
    views: tuple[IndicatorView, ...]
    words: tuple[str, ...] = ()
    key: str = ""
    no_chart: str = ""
    title: str = ""
    """What stands on a picture; the page's own title where it is empty."""
    measure: str = ""
    """What the chart counts, in a line."""


def over_time(view: IndicatorView, happened: tuple[Event, ...], yearly: IndicatorView | None = None) -> Explored:
    """The indicator's own chart with its comparators, limits and signals; `yearly` where those are published by the year alone."""
    chart = Chart("", figures.trend_figure(view, _HEIGHT, happened=happened), sentences.alternative_text(view))
    return Explored(
        kind="",
        charts=(chart,) if view.latest_shown else (),
        how=sentences.how_to_read(view),
        beside=cards.words_html(view)
        + (cards.yearly_html(yearly) if yearly else "")
        + events_html(happened)
        + cards.sure_details(view, is_open=True)
        + cards.sources_html(view),
        table=cards.table_details(view, is_open=True),
        rows=exports.series_rows(view),
        views=(view,),
        measure=f"{view.indicator.name}. {formats.unit_name(view.indicator)}.",
        no_chart=sentences.latest_in_words(view),
    )


def together(view: TogetherView) -> Explored:
    """Several series on one chart."""
    words = [sentences.line_in_words(line) for line in view.lines]
    return _of_lines(view, "together", (Chart("", figures.overlay_figure(view, _HEIGHT), _alternative("Line chart", words)),))


def side_by_side(view: TogetherView) -> Explored:
    """Several series on a small chart each."""
    drawn = zip(view.lines, figures.small_multiples(view), strict=True)
    charts = [Chart(line.name, figure, _alternative("Line chart", [sentences.line_in_words(line)])) for line, figure in drawn]
    return _of_lines(view, "side_by_side", tuple(charts), how=sentences.how_side_by_side(view))


def against(view: TogetherView) -> Explored:
    """The first series against the second."""
    words = sentences.scatter_in_words(view)
    chart = Chart("", figures.scatter_figure(view, _HEIGHT), _alternative("Scatter chart", words))
    return _of_lines(view, "against", (chart,), how=sentences.how_scatter(view), told=words)


def parts(view: CompositionView, whole: IndicatorView) -> Explored:
    """The parts of an indicator by period."""
    words = sentences.composition_in_words(view)
    views = tuple(part.view for part in view.parts)
    caption = f"{whole.indicator.name}, number by {view.breakdown.name.lower()}, {formats.BASIS_WORDS[views[0].basis] if views else ''}"
    return Explored(
        kind=f"by_{view.breakdown.id}",
        charts=(Chart("", figures.composition_figure(view, _HEIGHT), _alternative("Stacked columns", words)),) if views else (),
        how=sentences.how_composition(view, figures.newest_periods(view)),
        beside=_words_html(words) + _sources_html(views[:1]),
        table=_table_html(tables.composition_table(view), caption),
        rows=exports.many_rows(views) if views else exports.series_rows(whole),
        views=views or (whole,),
        words=tuple(words),
        no_chart=words[0],
        title=f"{f'{whole.place}: ' if whole.agency else ''}{whole.indicator.short_name} by {view.breakdown.name.lower()}",
        measure=f"Number, {whole.place}, {formats.BASIS_WORDS[views[0].basis if views else whole.basis]}.",
    )


def authorities(view: AuthoritiesView, whole: IndicatorView) -> Explored:
    """The authorities of a year in order."""
    words = sentences.authorities_in_words(view)
    chart = Chart("", figures.authorities_figure(view), _alternative("Bar chart", words))
    return _of_places(view, whole, "authorities", chart, sentences.how_authorities(view))


def london(view: AuthoritiesView, whole: IndicatorView) -> Explored:
    """London's authorities on a map of squares."""
    words = sentences.authorities_in_words(view)
    chart = Chart("", figures.tile_map_figure(view), _alternative("Map of London's boroughs as squares", words))
    return _of_places(view, whole, "london", chart, sentences.how_tile_map(view), shades_html(view))


def draw(shown: Explored) -> None:
    """The charts, two beside each other where there are several, with how to read them; or why there is none."""
    if not shown.charts:
        draw_empty(shown.no_chart)
        return
    with st.container(key=AREA), st.container(key=f"{AREA}_{shown.kind or 'over_time'}"):
        if len(shown.charts) == 1:
            _draw_chart(shown.charts[0], 0)
        for start in range(0, len(shown.charts) if len(shown.charts) > 1 else 0, 2):
            for number, column in enumerate(st.columns(2, gap="medium"), start=start):
                if number < len(shown.charts):
                    with column:
                        _draw_chart(shown.charts[number], number)
    if shown.kind == "london":
        st.html(f"<p class='hscb-narrow'>{_TOO_NARROW}</p>")
    cards.draw_html(f"<p class='hscb-note hscb-how'>{html.escape(shown.how)}</p>" if shown.how else "", shown.key)


def draw_take_away(shown: Explored, view: IndicatorView, title: str) -> None:
    """The chart and its figures to take away; files are named after the indicator explored."""
    first = replace(view, basis=shown.views[0].basis)
    sources = dict.fromkeys(sentences.source_in_words(view) for view in shown.views[:4])
    invented = "Illustrative data: every figure is invented. " if first.illustrative else ""
    caption = Caption(
        title=shown.title or title,
        above=(shown.measure,),
        below=(shown.how, *sources, f"{invented}Edition {first.edition}, published {first.published_on}."),
        name=exports.file_name(first, "", shown.kind).rstrip("."),
    )
    about = workbooks.about_views(shown.views, [words for words in (shown.how, *shown.words) if words])
    draw_downloads(caption, AREA, shown.rows, about, has_chart=bool(shown.charts))


def events_html(happened: Sequence[Event]) -> str:
    """The events of a chart as a list: when, of which kind, what, and where that is written."""
    items = "".join(
        f"<li><b>{formats.day(one.on)}</b>, {one.kind}: {html.escape(one.title)} <small>{html.escape(one.source)}.</small></li>"
        for one in happened
    )
    note = "A line says when something happened, not that it changed a figure."
    return f"<section class='hscb-events'><h2>Events</h2><ul>{items}</ul><p class='hscb-note'>{note}</p></section>" if items else ""


def shades_html(view: AuthoritiesView) -> str:
    """The key of the map in numbers: each shade with the lowest and the highest figure that have it."""
    decimals = view.indicator.decimals
    items = "".join(
        f"<li><span class='hscb-shade hscb-shade-{number}' aria-hidden='true'></span> {_range(low, high, decimals)}</li>"
        for number, (low, high) in enumerate(figures.steps_of(view))
    )
    return f"<ul class='hscb-shades' aria-label='Shades, from the lowest figures to the highest'>{items}</ul>"


def _range(low: float, high: float, decimals: int) -> str:
    return formats.interval(low, high, decimals) if low < high else formats.number(low, "", decimals)


def _of_lines(view: TogetherView, kind: str, charts: tuple[Chart, ...], how: str = "", told: Iterable[str] = ()) -> Explored:
    lines = [sentences.line_in_words(line) for line in view.lines]
    words = [*(told or lines), *sentences.together_in_words(view)]
    views = tuple(line.view for line in view.lines)
    names = formats.join([line.name for line in view.lines])
    has_figures = any(one.latest_shown for one in views)
    return Explored(
        kind=kind,
        charts=charts if has_figures else (),
        how=how or sentences.how_together(view),
        beside=_words_html(words) + _sources_html(views),
        table=_table_html(tables.together_table(view), f"{names}, {formats.BASIS_WORDS[views[0].basis]}"),
        rows=exports.many_rows(views),
        views=views,
        words=tuple(words),
        no_chart=lines[0],
        title=f"{view.lines[0].name} and {view.lines[1].name}" if kind == "against" else names,
        measure=". ".join(dict.fromkeys(f"{one.indicator.name} ({formats.unit_name(one.indicator).lower()})" for one in views)) + ".",
    )


def _of_places(view: AuthoritiesView, whole: IndicatorView, kind: str, chart: Chart, how: str, key: str = "") -> Explored:
    words = sentences.authorities_in_words(view)
    only = list(figures.london_of(view).values()) if kind == "london" else None
    if only is not None:
        words = [*sentences.london_in_words(sum(one.value is not None for one in only), len(figures.LONDON)), *words]
    caption = f"{view.indicator.name}, {formats.unit_name(view.indicator).lower()}, {view.label}, the highest first"
    return Explored(
        kind=kind,
        charts=(chart,),
        how=how,
        beside=_words_html(words) + _sources_html((whole,)),
        table=_table_html(tables.authorities_table(view, only), caption),
        rows=exports.authorities_rows(view),
        views=(whole,),
        words=tuple(words),
        key=key,
        title=f"{view.indicator.short_name}: {_PLACES[kind]}, {view.label}",
        measure=f"{view.indicator.name}. {formats.unit_name(view.indicator)}.",
    )


def _draw_chart(chart: Chart, number: int) -> None:
    if chart.heading:
        st.html(f"<h3 class='hscb-small hscb-in-image'>{html.escape(chart.heading)}</h3>")
    draw_figure(chart.figure, key=f"explored_{number}", alt=chart.alternative)


def _alternative(kind: str, words: Iterable[str]) -> str:
    return " ".join([f"{kind}.", *words, _TABLE_BELOW])


def _words_html(words: Iterable[str]) -> str:
    return f"<div class='hscb-words'><ul>{''.join(f'<li>{html.escape(one)}</li>' for one in words)}</ul></div>"


def _sources_html(views: Iterable[IndicatorView]) -> str:
    lines = dict.fromkeys(words for view in views for words in (sentences.source_in_words(view), *sentences.hidden_in_words(view)))
    return "".join(f"<p class='hscb-note'>{html.escape(line)}</p>" for line in lines)


def _table_html(table: tables.Table, caption: str) -> str:
    note = tables.shorthand_note(table)
    body = tables.table_html(table, caption) + (f"<p class='hscb-note'>{html.escape(note)}</p>" if note else "")
    box = scroll_html(body, caption, " hscb-tall" if len(table) > _LONG else "")
    return f"<details open><summary>Figures as a table</summary>{box}</details>"
