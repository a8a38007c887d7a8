"""The framework at a glance: a row for each area, a sign for each indicator, a named hole where there is none."""

import html
from collections.abc import Callable, Sequence

from hscb_qa import formats, sentences
from hscb_qa.definitions import MEASURE_TYPES
from hscb_qa.screen.choices import RETURNS_PAGE, address, indicator_address, link
from hscb_qa.screen.frame import status_pill
from hscb_qa.views import AreaView, BoardView, IndicatorView, ReturnsView


def overview_html(view: BoardView) -> str:
    """The table of all areas of a plan year, by part."""
    heads = "".join(f"<th scope='col'>{formats.MEASURE_TYPE_WORDS[kind]}<small>{kind}</small></th>" for kind in MEASURE_TYPES)
    parts: dict[str, list[AreaView]] = {}
    for area in view.areas:
        parts.setdefault(area.part, []).append(area)
    body = "".join(_part_rows(part, areas) for part, areas in parts.items())
    return (
        "<div class='hscb-scroll'><table class='hscb-overview'><caption>The framework at a glance</caption>"
        f"<thead><tr><th scope='col'>Area</th>{heads}<th scope='col'>Balance</th></tr></thead><tbody>{body}</tbody></table></div>{_key()}"
    )


def list_html(views: Sequence[IndicatorView], limit: int, details: Callable[[IndicatorView], str], otherwise: str) -> str:
    """Indicators as messages with their marks and a line of details; `otherwise` is said where there is none."""
    if not views:
        return f"<p class='hscb-note'>{html.escape(otherwise)}</p>"
    items = "".join(
        f"<li>{_mark(view)}<span>{_message_link(view)}<small>{html.escape(details(view))}</small></span></li>" for view in views[:limit]
    )
    return f"<ul class='hscb-changes'>{items}</ul>"


def returns_html(view: ReturnsView | None) -> str:
    """How the last quarter's returns stood in the edition, in one line, with the way to the Returns page; nothing without returns."""
    if view is None:
        return ""
    way = link(address(RETURNS_PAGE, quarter=view.quarter.text), f"Returns for {view.quarter.label}")
    return f"<p class='hscb-returns-line'>{way}: {html.escape(sentences.returns_line(view))}</p>"


def _part_rows(part: str, areas: list[AreaView]) -> str:
    illustrative = status_pill("illustrative: not agreed by the Board") if any(area.illustrative_priority for area in areas) else ""
    heading = f"<tr class='hscb-part'><th scope='rowgroup' colspan='5'>{html.escape(part)} {illustrative}</th></tr>"
    return heading + "".join(_area_row(area) for area in areas)


def _area_row(area: AreaView) -> str:
    cells = "".join(f"<td data-label='{formats.MEASURE_TYPE_WORDS[kind]}'>{_cell(area, kind)}</td>" for kind in MEASURE_TYPES)
    name = link(address(area.area.id), area.area.short_title)
    return f"<tr><th scope='row'>{name}</th>{cells}<td data-label='Balance'>{_balance_bar(area)}</td></tr>"


def _balance_bar(area: AreaView) -> str:
    """The shares of the three measure types as one bar with their numbers, and in words for those who cannot see it."""
    numbers = area.balance.measure_types
    parts = "".join(
        f"<span class='hscb-part-{kind}' style='flex-grow:{number}'>{number}</span>" for kind, number in numbers.items() if number
    )
    words = html.escape(sentences.balance_in_words(area.balance), quote=True)
    return f"<div class='hscb-bar' role='img' aria-label=\"{words}\" title=\"{words}\">{parts}</div>"


def _cell(area: AreaView, kind: str) -> str:
    """How many measures there are; each that changed by its own mark, the others by how many share a mark."""
    views = area.groups[kind]
    if not views:
        return f"<span class='hscb-hole'>none<span class='hscb-unseen'>: no {kind} measure</span></span>"
    changed = [view for view in views if sentences.mark_kind(view) != "quiet"]
    alike: dict[str, list[IndicatorView]] = {}
    for view in views:
        if view not in changed:
            alike.setdefault(sentences.mark(view)[0], []).append(view)
    marks = "".join(_mark_link(view) for view in changed) + "".join(_shared_mark(area, same) for same in alike.values())
    return f"<div class='hscb-marks'><span class='hscb-number'>{len(views)}</span><span>{marks}</span></div>"


def _shared_mark(area: AreaView, views: Sequence[IndicatorView]) -> str:
    """One mark for measures of which the same is said, with their number and their names; a single one leads to its own page."""
    if len(views) == 1:
        return _mark_link(views[0])
    said = html.escape(
        f"{len(views)} {sentences.mark(views[0])[1]}: {formats.join([view.indicator.short_name for view in views])}", quote=True
    )
    href = html.escape(address(area.area.id))
    return f"<a class='hscb-dot' href='{href}' target='_self' title=\"{said}\" aria-label=\"{said}\">{_mark(views[0])}{len(views)}</a>"


def _mark_link(view: IndicatorView) -> str:
    words = html.escape(f"{sentences.title(view)}: {sentences.mark(view)[1]}", quote=True)
    href = html.escape(indicator_address(view.indicator.id))
    return f"<a class='hscb-dot' href='{href}' target='_self' title=\"{words}\" aria-label=\"{words}\">{_mark(view)}</a>"


def _mark(view: IndicatorView) -> str:
    return f"<span class='hscb-sign hscb-{sentences.mark_kind(view)}' aria-hidden='true'>{html.escape(sentences.mark(view)[0])}</span>"


def _message_link(view: IndicatorView) -> str:
    return link(indicator_address(view.indicator.id), sentences.title(view))


def _key() -> str:
    signs = [
        ("▲ ▼", "rose, fell"),
        ("●", "no clear change"),
        ("○", "not tested"),
        ("[c] [x]", "no number shown"),
        ("–", "no figures yet"),
    ]
    entries = "".join(f"<li><span aria-hidden='true'>{sign}</span> {words}</li>" for sign, words in signs)
    kinds = [("better", "better"), ("worse", "worse"), ("moved", "neither")]
    colours = "".join(f"<li><span class='hscb-{kind}' aria-hidden='true'>■</span> {words}</li>" for kind, words in kinds)
    return f"<ul class='hscb-key'>{entries}{colours}</ul>"
