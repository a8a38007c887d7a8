"""An edition to all it tells of each figure in views, sentences, tables, charts and files.

Every walker gives `Told`: what stands where, and for which figure. Refuses to skip what it does not know: a new function that says
something of an indicator is walked as the others are.
"""

import csv
import inspect
import io
import json
import re
from collections.abc import Iterator
from typing import Any

from leaks import PARTS, SOMETHING, TOGETHER, Cell, Secrets, Series, Told, told_in_words
from told_by_html import plain, told_by_html

from hscb_qa import exports, figures, sentences, tables
from hscb_qa.screen import cards, icons
from hscb_qa.views import IndicatorView, OpenEdition, Selection, funnel_of, indicator_view

_COLUMNS = ("value", "numerator", "denominator", "lower_95", "upper_95", "mean", "lower_limit", "upper_limit", "signal", "note")
SENTENCES = [
    name
    for name in sentences.__all__
    if callable(getattr(sentences, name))
    and [one.annotation for one in inspect.signature(getattr(sentences, name)).parameters.values()] == [IndicatorView]
]
"""What says something of a view and asks for nothing else."""


def told_by_edition(edition: OpenEdition, secrets: Secrets) -> Iterator[Told]:
    """Everything that is told of the series in which something is hidden."""
    for series in secrets.series:
        view = view_of(edition, series)
        if view.basis == series.basis:  # else the basis is hidden whole and on offer nowhere
            yield from told_by_view(edition, view, secrets)


def told_by_funnels(edition: OpenEdition, secrets: Secrets) -> Iterator[Told]:
    """Everything that is made of the funnels: as the page of each agency shows it, and as a page of none."""
    for indicator in edition.framework.indicators:
        funnel = funnel_of(edition, indicator)
        for agency in ["", *(peer.agency for peer in funnel.peers), *edition.framework.agencies] if funnel else ():
            yield from told_by_funnel(figures.funnel_figure(funnel, agency), edition, secrets)
            said = (sentences.funnel_title, sentences.funnel_alternative, sentences.place_in_words)
            for words in [*(one(funnel, agency) for one in said), sentences.absent_in_words(funnel)]:
                yield from _told_of_agencies("funnel words", words, funnel, edition)
        for row in tables.funnel_table(funnel).itertuples(index=False) if funnel else ():
            yield from _told_of_agencies("funnel table", " | ".join(row), funnel, edition)


def _told_of_agencies(place: str, words: str, funnel: Any, edition: OpenEdition) -> Iterator[Told]:
    """Each sentence, for every agency that it names, and for all together, at the period of the funnel."""
    for sentence in re.split(r"(?<=[.!?;]) ", words.replace(funnel.label, "")):
        named = [one.id for one in edition.framework.agencies.values() if one.short_name in sentence]
        yield from (Told(place, Cell(funnel.indicator, one, "", funnel.basis, funnel.period), sentence) for one in named or [""])


def told_by_funnel(figure: dict[str, Any], edition: OpenEdition, secrets: Secrets) -> Iterator[Told]:
    """What a funnel has of each agency: its place, its hover text, its name with a number; and of all together the height of their line."""
    about = figure["layout"]["meta"]
    short_names = {one.short_name: one.id for one in edition.framework.agencies.values()}

    def cell(agency: str) -> Cell:
        return Cell(about["funnel"], agency, "", about["basis"], about["period"])

    for trace in figure["data"]:
        held = {name: values for name, values in _lists(trace) if len(values) == len(trace["x"])}
        for place, agency in enumerate(trace.get("customdata", ())):
            yield Told("funnel", cell(agency), plain(" ".join(str(values[place]) for values in held.values())))
        if trace["name"] == "all together":
            yield Told("funnel", cell(""), str(trace["y"][0]))
        elif "customdata" not in trace and trace["mode"] != "lines":
            yield from (Told("funnel", one, SOMETHING) for one in secrets.hidden if one.indicator == about["funnel"])
    for mark in figure["layout"]["annotations"]:
        agencies = [agency for name, agency in short_names.items() if name in mark["text"]]
        yield from (Told("funnel", cell(agency), plain(f"{mark['text']} {mark.get('x')} {mark.get('y')}")) for agency in agencies or [""])


def view_of(edition: OpenEdition, series: Series) -> IndicatorView:
    """The view of one series, as a reader who asks for it gets it."""
    chosen = Selection(basis=series.basis, agency=series.agency or None, breakdown=series.breakdown or None)
    return indicator_view(edition, series.indicator, chosen)


def told_by_view(edition: OpenEdition, view: IndicatorView, secrets: Secrets) -> Iterator[Told]:
    """Everything that is made of one view."""
    series = Series(view.indicator.id, view.agency, view.breakdown, view.basis)
    yield from _told_by_points(view, series)
    yield from _told_together(view, series)
    yield from _told_by_sentences(view, series, secrets)
    yield from _told_by_table(view, series)
    yield from told_by_html("html", _html(view), secrets, series)
    yield from told_by_figure(figures.trend_figure(view), series, secrets)
    yield from _told_by_sparkline(view, series)
    yield from _told_by_csv(exports.series_csv(view).decode(), view, series)
    yield from _told_by_json(edition, view, series)
    yield from _told_by_file_name(exports.file_name(view), view, series, secrets)


def _told_by_points(view: IndicatorView, series: Series) -> Iterator[Told]:
    """The numbers of each point and of its limits, and how a hidden one is said to differ."""
    limits = view.control.limits if view.control else {}
    for point in view.points:
        held = [getattr(point, part) for part in PARTS] + ([*vars(limits[point.period]).values()] if point.period in limits else [])
        yield Told("view", Cell(*series, point.period), " ".join(repr(one) for one in held if one is not None))


def _together(series: Series) -> Series:
    """The board's own series, which stands beside an agency's."""
    return series._replace(agency="")


def _told_together(view: IndicatorView, series: Series) -> Iterator[Told]:
    """The numbers of all agencies together that an agency's view holds."""
    points = [point for one in view.comparisons if one.name == TOGETHER for point in one.points]
    for point in [*points, *([view.board_total] if view.board_total else [])]:
        held = [getattr(point, part) for part in PARTS]
        yield Told("view together", Cell(*_together(series), point.period), " ".join(repr(one) for one in held if one is not None))


def _told_by_sentences(view: IndicatorView, series: Series, secrets: Secrets) -> Iterator[Told]:
    for name in SENTENCES:
        said = getattr(sentences, name)(view)
        for words in [said] if isinstance(said, str) else map(str, said or ()):
            beside = [_together(series)] if TOGETHER in words else []
            yield from told_in_words(f"sentence {name}", words, [series, *beside], series, secrets)
            yield from (told for one in beside for told in told_in_words(f"sentence {name}", words, [one], one, secrets))
    for point in view.points:
        yield Told("sentence note_in_words", Cell(*series, point.period), sentences.note_in_words(view, point))


def _told_by_table(view: IndicatorView, series: Series) -> Iterator[Told]:
    if not view.points:
        return
    periods = {point.label: point.period for point in view.points}
    others = {"Period", *(one.name for one in view.comparisons)}
    for row in tables.series_table(view).to_dict("records"):
        cells = [str(cell) for name, cell in row.items() if name not in others]
        yield Told("table", Cell(*series, periods[row["Period"]]), " | ".join(cells))
        if TOGETHER in row:
            yield Told("table together", Cell(*_together(series), periods[row["Period"]]), str(row[TOGETHER]))


def _html(view: IndicatorView) -> str:
    """What a card and the explorer put on the page for a view, besides its chart."""
    parts = (cards.subtitle_html, icons.judgement_html, cards.how_html, cards.words_html, cards.sure_details, cards.table_details)
    return "".join(part(view) for part in parts) + cards.sources_html(view)


# ---- charts ----


def told_by_figure(figure: dict[str, Any], series: Series, secrets: Secrets) -> Iterator[Told]:
    """What a chart has at each period of the board's own series: heights, hover texts and all else there; and the words on it."""
    days, together = _days(series, secrets), _days(_together(series), secrets)
    layout = figure["layout"]
    for trace in figure["data"]:
        if trace.get("name") == TOGETHER:
            yield from _told_by_trace(trace, together, layout["yaxis"]["range"][0])
        elif trace.get("name") not in secrets.others:
            yield from _told_by_trace(trace, days, layout["yaxis"]["range"][0])
    for mark in [*layout.get("annotations", []), *layout.get("shapes", [])]:
        text = plain(" ".join(str(mark[name]) for name in ("text", "hovertext") if mark.get(name)))
        if text.startswith(TOGETHER):
            yield from told_in_words("chart label together", text, [_together(series)], _together(series), secrets)
        elif not text.startswith((*secrets.others, "target ")):
            yield from told_in_words("chart label", text, [series], series, secrets)
        stands = [days[day] for day in {str(mark.get(name)) for name in ("x", "x0", "x1")} if day in days]
        yield from (Told("chart label", cell, " ".join(str(mark[name]) for name in ("y", "y0", "y1") if name in mark)) for cell in stands)


def _days(series: Series, secrets: Secrets) -> dict[str, Cell]:
    return {secrets.ends[cell]: cell for cell in secrets.labels.get(series, {}).values()}


def _told_by_trace(trace: dict[str, Any], days: dict[str, Cell], axis: float) -> Iterator[Told]:
    at_each_day = {name: values for name, values in _lists(trace) if len(values) == len(trace["x"]) and name != "x"}
    for place, day in enumerate(trace["x"]):
        for name, values in at_each_day.items():
            on_axis = trace["mode"] == "text" and name == "y" and values[place] == axis  # where the status of what is hidden stands
            if day in days and values[place] is not None and not on_axis:
                kind = "hover text" if "text" in name else "chart"
                yield Told(kind, days[day], plain(str(values[place])))


def _lists(trace: dict[str, Any]) -> Iterator[tuple[str, list[Any]]]:
    for name, value in trace.items():
        if isinstance(value, dict):
            yield from _lists(value)
        elif isinstance(value, list):
            yield name, value


def _told_by_sparkline(view: IndicatorView, series: Series) -> Iterator[Told]:
    """A corner of the line, or a mark, at the place of a period: as good as its number."""
    drawn, recent = figures.sparkline_svg(view), view.points[-24:]
    corners = [re.findall(r"([\d.]+),", points) for points in re.findall(r"<polyline points='([^']*)'", drawn)]
    marks = [re.findall(r"([\d.]+),", points) for points in re.findall(r"<polygon points='([^']*)'", drawn)]
    middles = [sum(map(float, mark)) / len(mark) for mark in marks]
    across = {round(float(x), 1) for x in (*re.findall(r"cx='([\d.]+)'", drawn), *(x for some in corners for x in some), *middles)}
    for point in recent if drawn else ():
        share = (point.ends - recent[0].ends).days / ((recent[-1].ends - recent[0].ends).days or 1)
        if point.value is None and round(7 + share * 102, 1) in across:
            yield Told("sparkline", Cell(*series, point.period), SOMETHING)


# ---- files ----


def _told_by_csv(text: str, view: IndicatorView, series: Series) -> Iterator[Told]:
    for row in csv.DictReader(io.StringIO(text)):
        if row["place"] == view.place:
            yield Told("csv", Cell(*series, row["period"]), " ".join(row[name] for name in _COLUMNS))
        if row["place"] == TOGETHER:
            yield Told("csv together", Cell(*_together(series), row["period"]), " ".join(row[name] for name in _COLUMNS))


def _told_by_json(edition: OpenEdition, view: IndicatorView, series: Series) -> Iterator[Told]:
    facts = exports.series_json(edition, series.indicator, None, view.basis, view.agency or None, view.breakdown or None)
    for point in facts["points"]:
        told = {name: value for name, value in point.items() if name not in ("period", "label")}
        yield Told("json", Cell(*series, point["period"]), json.dumps(told))
    for point in facts["comparators"].get("board", ()):
        told = {name: value for name, value in point.items() if name not in ("period", "label")}
        yield Told("json together", Cell(*_together(series), point["period"]), json.dumps(told))


def _told_by_file_name(name: str, view: IndicatorView, series: Series, secrets: Secrets) -> Iterator[Told]:
    """What is left of a file's name without all it is named after, for every figure in the file."""
    for part in (view.indicator.id, view.agency, view.breakdown.replace("=", "_"), view.basis, view.edition):
        name = name.replace(part, "")
    yield from (Told("file name", cell, name.replace("_", " ")) for cell in secrets.labels.get(series, {}).values())
