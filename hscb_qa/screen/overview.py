"""The board's agenda and the framework at a glance: what needs words, and a row for each area with a sign for each indicator.

Refuses to hide an exception or a hole: what does not fit the screen opens on demand, and an area without a measure says so.
"""

import html
from collections.abc import Sequence

from hscb_qa import formats, sentences
from hscb_qa.definitions import MEASURE_TYPES
from hscb_qa.screen import icons
from hscb_qa.screen.choices import INDICATOR_PAGE, RETURNS_PAGE, address, indicator_address, link
from hscb_qa.screen.frame import status_pill
from hscb_qa.views import AreaView, BoardView, Exceptional, IndicatorView, ReturnsView
from hscb_qa.views.signals import Judgement

_HEADINGS: dict[Judgement, str] = {"concern": "Of concern", "neutral": "Neither good nor bad", "improvement": "Favourable"}
_MORE: dict[Judgement, str] = {"concern": "of concern", "neutral": "neither good nor bad", "improvement": "favourable"}
_AT_ONCE = 7  # exceptions that a meeting room's screen has room for
_WEIGHTS = ("concern", "improvement", "neutral", "quiet")


def exceptions_html(view: BoardView) -> str:
    """The exceptions as a numbered list by judgement, those of concern first; the longer part of each group opens on demand."""
    groups = {kind: [one for one in enumerate(view.exceptions, start=1) if one[1].judgement == kind] for kind in _HEADINGS}
    at_once = _at_once([len(found) for found in groups.values()])
    body = "".join(_group(kind, found, number) for (kind, found), number in zip(groups.items(), at_once, strict=True) if found)
    return (
        f"<section class='hscb-exceptions'><h2 class='hscb-section'>{html.escape(sentences.exceptions_in_words(view))}</h2>{body}</section>"
    )


def _at_once(numbers: list[int]) -> list[int]:
    """How many exceptions of each group are shown at once: one of each, and what room is left to the groups in their order.

    >>> _at_once([8, 8, 10]), _at_once([2, 3, 10]), _at_once([0, 1, 0])
    ([5, 1, 1], [2, 3, 2], [0, 1, 0])
    """
    shown = [min(number, 1) for number in numbers]
    for place, number in enumerate(numbers):
        shown[place] += min(number - shown[place], _AT_ONCE - sum(shown))
    return shown


def since_html(view: BoardView) -> str:
    """What changed since the edition of the last meeting, in one paragraph; nothing where there is none."""
    words = html.escape(" ".join(sentences.since_in_words(view)))
    return f"<p class='hscb-since'>{words}</p>" if words else ""


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


def returns_html(view: ReturnsView | None) -> str:
    """How the last quarter's returns stood in the edition, in one line, with the way to the Returns page; nothing without returns."""
    if view is None:
        return ""
    way = link(address(RETURNS_PAGE, quarter=view.quarter.text), f"Returns for {view.quarter.label}")
    return f"<p class='hscb-returns-line'>{way}: {html.escape(sentences.returns_line(view))}</p>"


def _group(kind: Judgement, found: list[tuple[int, Exceptional]], number: int) -> str:
    """One judgement's exceptions: so many at once, then the rest behind a line that says how many."""
    at_once, rest = found[:number], found[number:]
    heading = f"<h3>{icons.shape_html(kind)}{_HEADINGS[kind]}: {len(found)}</h3>"
    more = f"<details><summary>{len(rest)} more {_MORE[kind]}</summary>{_items(rest)}</details>" if rest else ""
    return f"{heading}{_items(at_once)}{more}"


def _items(found: list[tuple[int, Exceptional]]) -> str:
    return f"<ol start='{found[0][0]}'>{''.join(_item(number, one) for number, one in found)}</ol>"


def _item(number: int, one: Exceptional) -> str:
    """An exception's sentence with the way to its chart, why it is one, whether somebody has explained it, and its course."""
    view, narrative = one.view, one.narrative
    href = address(INDICATOR_PAGE, indicator=view.indicator.id, basis=view.basis)
    words = html.escape(sentences.narrative_in_words(one))
    told = f" <span class='hscb-{'owed' if narrative.is_owed else 'given'}'>{words}</span>" if words else ""
    return (
        f"<li class='hscb-exception'><span class='hscb-order' aria-hidden='true'>{number}</span>"
        f"<div><p class='hscb-what'>{link(href, sentences.title(view))}</p>"
        f"<p>{html.escape(sentences.reasons_in_words(one))}{told}</p></div>{icons.sparkline_html(view)}</li>"
    )


def _part_rows(part: str, areas: list[AreaView]) -> str:
    """A part's areas under its name; an area that is a part by itself needs none."""
    illustrative = status_pill("illustrative: not agreed by the Board") if any(area.illustrative_priority for area in areas) else ""
    heading = f"<tr class='hscb-part'><th scope='rowgroup' colspan='5'>{html.escape(part)} {illustrative}</th></tr>"
    rows = "".join(_area_row(area) for area in areas)
    return rows if [area.area.short_title for area in areas] == [part] else heading + rows


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
    """How many measures there are, and how many share each mark: what stands out first, what is quiet last."""
    views = area.groups[kind]
    if not views:
        return f"<span class='hscb-hole'>none<span class='hscb-unseen'>: no {kind} measure</span></span>"
    alike: dict[tuple[str, str], list[IndicatorView]] = {}
    for view in sorted(views, key=lambda one: _WEIGHTS.index(sentences.mark_kind(one))):
        alike.setdefault((sentences.mark_kind(view), sentences.mark(view)[0]), []).append(view)
    marks = "".join(_shared_mark(area, same) for same in alike.values())
    return f"<div class='hscb-marks'><span class='hscb-number'>{len(views)}</span><span>{marks}</span></div>"


def _shared_mark(area: AreaView, views: Sequence[IndicatorView]) -> str:
    """One mark for measures of which the same is said, with their number and their names; a single one leads to its own page."""
    if len(views) == 1:
        return _mark_link(views[0])
    said = html.escape(f"{len(views)}: {'; '.join(f'{one.indicator.short_name}, {sentences.mark(one)[1]}' for one in views)}", quote=True)
    href = html.escape(address(area.area.id))
    sign = icons.sign_html(views[0])
    return f"<a class='hscb-dot' href='{href}' target='_self' title=\"{said}\" aria-label=\"{said}\">{sign}{len(views)}</a>"


def _mark_link(view: IndicatorView) -> str:
    words = html.escape(f"{sentences.title(view)}: {sentences.mark(view)[1]}", quote=True)
    href = html.escape(indicator_address(view.indicator.id))
    return f"<a class='hscb-dot' href='{href}' target='_self' title=\"{words}\" aria-label=\"{words}\">{icons.sign_html(view)}</a>"


def _key() -> str:
    """What the signs of the table mean, in the order in which a chair looks for them."""
    signs = [
        ("concern", "▲ ▼", "concern"),
        ("improvement", "▲ ▼", "improvement"),
        ("neutral", "▲ ▼", "changed, neither good nor bad"),
        ("quiet", "●", "usual variation, or no clear change"),
        ("quiet", "○", "not tested"),
        ("quiet", "[c] [x]", "no number shown"),
        ("quiet", "–", "no figures yet"),
    ]
    entries = "".join(f"<li>{_key_signs(kind, sign)} {words}</li>" for kind, sign, words in signs)
    return f"<ul class='hscb-key'>{entries}</ul>"


def _key_signs(kind: str, signs: str) -> str:
    return " ".join(f"<span class='hscb-sign hscb-{kind}' aria-hidden='true'>{sign}</span>" for sign in signs.split(" "))
