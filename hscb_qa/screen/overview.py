"""The board's agenda and the framework at a glance: what needs words, and a row for each area with a sign for each indicator.

Refuses to hide an exception or a hole: what does not fit the screen opens on demand, and an area without a measure says so.
"""

import html
from collections.abc import Callable, Sequence

from hscb_qa import formats, sentences
from hscb_qa.definitions import MEASURE_TYPES
from hscb_qa.learning import recommendations as learnt
from hscb_qa.learning import unanswered
from hscb_qa.screen import icons
from hscb_qa.screen.choices import INDICATOR_PAGE, RETURNS_PAGE, address, indicator_address, link
from hscb_qa.screen.cycle import PAGE
from hscb_qa.screen.entry_links import analysis_link
from hscb_qa.screen.frame import scroll_html, status_pill
from hscb_qa.screen.recommendations import follow
from hscb_qa.sentences.overviews import overdue_in_words, waits_in_words
from hscb_qa.views import AreaView, BoardView, Exceptional, IndicatorView, LearningView, OpenEdition, ReturnsView
from hscb_qa.views.signals import Judgement

_HEADINGS: dict[Judgement, str] = {"concern": "Of concern", "neutral": "Neither good nor bad", "improvement": "Favourable"}
_MORE: dict[Judgement, str] = {"concern": "of concern", "neutral": "neither good nor bad", "improvement": "favourable"}
Way = Callable[[Exceptional], str]
"""The link beside an exception, as HTML; empty for none."""
_AT_ONCE = 7  # exceptions that a meeting room's screen has room for
_WEIGHTS = ("concern", "improvement", "neutral", "quiet")


def exceptions_html(edition: OpenEdition, view: BoardView) -> str:
    """The exceptions as a numbered list by judgement, those of concern first; the longer part of each group opens on demand.

    Where entry is open, one that wants words leads to the form for them.
    """
    return _exceptions_html(view, _at_once, lambda one: analysis_link(edition, view.plan_year, one))


def concerns_html(view: BoardView) -> str:
    """The same for a slide: all that are of concern, the others on demand."""
    return _exceptions_html(view, lambda numbers: [numbers[0], *(0 for _ in numbers[1:])], lambda _: "")


def _exceptions_html(view: BoardView, shown: Callable[[list[int]], list[int]], way: Way) -> str:
    groups = {kind: [one for one in enumerate(view.exceptions, start=1) if one[1].judgement == kind] for kind in _HEADINGS}
    at_once = shown([len(found) for found in groups.values()])
    body = "".join(_group(kind, found, number, way) for (kind, found), number in zip(groups.items(), at_once, strict=True) if found)
    return (
        f"<section class='hscb-exceptions'><h2 class='hscb-section'>{html.escape(sentences.exceptions_in_words(view))}</h2>"
        f"<p class='hscb-note'>{html.escape(sentences.owed_in_words(view))}</p>{body}</section>"
    )


def counts_html(view: BoardView) -> str:
    """How many exceptions there are of each judgement, large."""
    numbers = {kind: sum(one.judgement == kind for one in view.exceptions) for kind in _HEADINGS}
    items = "".join(f"<li>{icons.shape_html(kind)}<b>{numbers[kind]}</b> {words.lower()}</li>" for kind, words in _HEADINGS.items())
    return f"<p class='hscb-since'>{html.escape(sentences.exceptions_in_words(view))}</p><ul class='hscb-counts'>{items}</ul>"


def _at_once(numbers: list[int]) -> list[int]:
    """How many exceptions of each group are shown at once: one of each, and what room is left to the groups in their order.

    >>> _at_once([8, 8, 10]), _at_once([2, 3, 10]), _at_once([0, 1, 0])
    ([5, 1, 1], [2, 3, 2], [0, 1, 0])
    """
    shown = [min(number, 1) for number in numbers]
    for place, number in enumerate(numbers):
        shown[place] += min(number - shown[place], _AT_ONCE - sum(shown))
    return shown


def by_weight(views: Sequence[IndicatorView]) -> list[IndicatorView]:
    """Measures in the order in which a chair speaks to them: concerns first, what is quiet last; with a figure first, then core."""
    return sorted(views, key=lambda one: (_WEIGHTS.index(sentences.mark_kind(one)), one.latest_shown is None, one.indicator.tier != "core"))


def since_html(view: BoardView) -> str:
    """What changed since the edition of the last meeting, in one paragraph; nothing where there is none."""
    words = html.escape(" ".join(sentences.since_in_words(view)))
    changed = {*view.since.began, *view.since.ended} if view.since else set()
    named = {one.indicator.short_name: one.indicator.id for area in view.areas for group in area.groups.values() for one in group}
    for name in (name for name, indicator_id in named.items() if indicator_id in changed):
        words = words.replace(html.escape(name), link(indicator_address(named[name]), name), 1)
    return f"<p class='hscb-since'>{words}</p>" if words else ""


def overview_html(view: BoardView) -> str:
    """The table of all areas of a plan year, by part."""
    heads = "".join(f"<th scope='col'>{formats.MEASURE_TYPE_WORDS[kind]}<small>{kind}</small></th>" for kind in MEASURE_TYPES)
    parts: dict[str, list[AreaView]] = {}
    for area in view.areas:
        parts.setdefault(area.part, []).append(area)
    body = "".join(_part_rows(part, areas) for part, areas in parts.items())
    heads = f"<th scope='col'>Area</th>{heads}<th scope='col'>Balance</th><th scope='col'>Evidence<small>sources</small></th>"
    table = (
        "<table class='hscb-overview'><caption>The framework at a glance</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
    )
    return (
        f"{scroll_html(table, 'The framework at a glance')}<p class='hscb-note'>{html.escape(sentences.holes_in_words(view))}</p>{_key()}"
    )


def returns_html(view: ReturnsView | None) -> str:
    """How the last quarter's returns stood in the edition, in one line, with the way to the Returns page; nothing without returns."""
    if view is None:
        return ""
    way = link(address(RETURNS_PAGE, quarter=view.quarter.text), f"Returns for {view.quarter.label}")
    return f"<p class='hscb-returns-line'>{way}: {html.escape(sentences.returns_line(view))}</p>"


def learning_html(view: LearningView) -> str:
    """How many recommendations are overdue and how many challenges wait for an answer, with the ways there; nothing where none is.

    Of the Board as a whole, whichever agency is chosen.
    """
    numbers = {"group-overdue": learnt.tally(follow(view)).overdue, "unanswered": len(unanswered(view.learning))}
    words = {"group-overdue": overdue_in_words, "unanswered": waits_in_words}
    page = address(PAGE, agency="")
    told = [link(f"{page}#{place}", words[place](number)) for place, number in numbers.items() if number]
    return f"<p class='hscb-returns-line hscb-learning-line'>{'; '.join(told)}.</p>" if told else ""


def _group(kind: Judgement, found: list[tuple[int, Exceptional]], number: int, way: Way) -> str:
    """One judgement's exceptions: so many at once, then the rest behind a line that says how many."""
    at_once, rest = found[:number], found[number:]
    heading = f"<h3>{icons.shape_html(kind)}{_HEADINGS[kind]}: {len(found)}</h3>"
    words = f"{len(rest)} {'more ' if at_once else ''}{_MORE[kind]}"
    more = f"<details><summary>{words}</summary>{_items(rest, way)}</details>" if rest else ""
    return f"{heading}{_items(at_once, way)}{more}"


def _items(found: list[tuple[int, Exceptional]], way: Way) -> str:
    items = "".join(_item(number, one, way) for number, one in found)
    return f"<ol start='{found[0][0]}'>{items}</ol>" if found else ""


def _item(number: int, one: Exceptional, way: Way) -> str:
    """An exception's sentence with the way to its chart, why it is one, whether somebody has explained it, and its course."""
    view, narrative = one.view, one.narrative
    basis = "" if view.basis == view.bases[0] else view.basis
    href = address(INDICATOR_PAGE, indicator=view.indicator.id, **({"basis": basis} if basis else {}))
    words = html.escape(sentences.narrative_in_words(one))
    told = f" <span class='hscb-{'owed' if narrative.is_owed else 'given'}'>{words}</span>" if words else ""
    return (
        f"<li class='hscb-exception'><span class='hscb-order' aria-hidden='true'>{number}</span>"
        f"<div><p class='hscb-what'>{link(href, sentences.exception_title(one))}</p>"
        f"<p>{html.escape(sentences.reasons_in_words(one))}{told} {way(one)}</p></div>{icons.sparkline_html(view)}</li>"
    )


def _part_rows(part: str, areas: list[AreaView]) -> str:
    """A part's areas under its name; an area that is a part by itself needs none."""
    illustrative = status_pill("illustrative: not agreed by the Board") if any(area.illustrative_priority for area in areas) else ""
    heading = f"<tr class='hscb-part'><th scope='rowgroup' colspan='6'>{html.escape(part)} {illustrative}</th></tr>"
    rows = "".join(_area_row(area) for area in areas)
    return rows if [area.area.short_title for area in areas] == [part] else heading + rows


def _area_row(area: AreaView) -> str:
    cells = "".join(f"<td data-label='{formats.MEASURE_TYPE_WORDS[kind]}'>{_cell(area, kind)}</td>" for kind in MEASURE_TYPES)
    name = link(address(area.area.id), area.area.short_title)
    return f"<tr><th scope='row'>{name}</th>{cells}<td data-label='Balance'>{_balance_bar(area)}</td>{_sources_cell(area)}</tr>"


def _balance_bar(area: AreaView) -> str:
    """The shares of the three measure types as one bar with their numbers, and in words for those who cannot see it."""
    numbers = area.balance.measure_types
    parts = "".join(
        f"<span class='hscb-part-{kind}' style='flex-grow:{number}'>{number}</span>" for kind, number in numbers.items() if number
    )
    words = html.escape(sentences.balance_in_words(area.balance), quote=True)
    return f"<div class='hscb-bar' role='img' aria-label=\"{words}\" title=\"{words}\">{parts}</div>"


def _sources_cell(area: AreaView) -> str:
    """From how many of the framework's sources an area's measures come; their names for those who point at it or listen."""
    found = area.balance.evidence_sources
    names = html.escape(
        "; ".join(f"{formats.EVIDENCE_SOURCE_WORDS[name]} {number}" for name, number in found.items()) or "none", quote=True
    )
    of_all = f"{len(found)} of {len(formats.EVIDENCE_SOURCE_WORDS)}"
    return f"<td data-label='Evidence from' title=\"{names}\">{of_all}<span class='hscb-unseen'> sources: {names}</span></td>"


def _cell(area: AreaView, kind: str) -> str:
    """How many measures share each mark: what stands out first, what is quiet last."""
    views = area.groups[kind]
    if not views:
        return f"<span class='hscb-hole'>none<span class='hscb-unseen'>: no {kind} measure</span></span>"
    alike: dict[tuple[str, str], list[IndicatorView]] = {}
    for view in by_weight(views):
        alike.setdefault((sentences.mark_kind(view), sentences.mark(view)[0]), []).append(view)
    marks = "".join(_shared_mark(area, same) for same in alike.values())
    return f"<div class='hscb-marks'>{marks}</div>"


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
