"""One agency's page, top to bottom: what it returned and owes, where it differs, its indicators, its words, its recommendations.

Refuses to order agencies by any figure: where one differs is drawn as a funnel.
"""

import html
from collections.abc import Sequence

import streamlit as st

from hscb_qa import formats, sentences
from hscb_qa.definitions import Area
from hscb_qa.screen import frame, funnels, icons
from hscb_qa.screen.challenges import owed_items
from hscb_qa.screen.choices import INDICATOR_PAGE, RETURNS_PAGE, address, choose_by_id, link
from hscb_qa.screen.entry_links import analysis_link
from hscb_qa.screen.recommendations import agency_actions_html
from hscb_qa.screen.returns import next_words_html
from hscb_qa.screen.shared import shared
from hscb_qa.views import AgencyReturn, AgencyView, Exceptional, IndicatorView, LearningView, OpenEdition, Point, ReturnedQuarter

_LOOKS = {"in": "quiet", "late": "late", "due": "waiting", "overdue": "missing", "withdrawn": "missing"}
_HEADS = ("Indicator", "Latest", "All agencies", "Course", "What stands out", "Against the others")


@shared
def draw_head(edition: OpenEdition, view: AgencyView) -> None:
    """Name, since when it is a partner, and how it stands in a line."""
    partner = sentences.partner_in_words(view.agency)
    above = ". ".join(part for part in (f"Agency: {view.agency.short_name}, plan year {view.plan_year.id}", partner) if part)
    frame.draw_heading(edition, view.agency.name, above, sentences.agency_in_words(view))
    frame.draw_year_notice(edition, view.plan_year)


@shared
def draw_returns(edition: OpenEdition, view: AgencyView, learning: LearningView) -> None:
    """What it owes now and what comes next, then what it returned in the last quarters; one sentence where it owes nothing at all.

    What is owed comes first, so that on a telephone nobody scrolls past twelve quarters to it.
    """
    st.html("<h2 class='hscb-section'>What it owes and returned</h2>")
    if words := sentences.no_returns_in_words(view):
        frame.draw_empty(words)
    if told := _owed_html(edition, view, learning) + _next_html(view) + _quarters_html(view.quarters):
        st.html(told)


def draw_differences(view: AgencyView) -> None:
    """A funnel for each indicator on which it lies outside, and one more that the reader may choose."""
    st.html("<h2 class='hscb-section'>Where it differs from the other agencies</h2>")
    if not view.funnels:
        frame.draw_empty("None of its indicators can be compared: that takes a percentage that three or more agencies return and show.")
        return
    st.html(f"<p class='hscb-lead'>{html.escape(sentences.within_in_words(view.funnels, view.agency.id))} {_NO_TABLE}</p>")
    others = {one.indicator: one for one in view.funnels if one not in view.outside}
    shown = [*view.outside]
    if others:
        with st.container(width=560):
            names = {one.indicator: one.name for one in others.values()}
            chosen = choose_by_id("Look at the funnel of", names, "funnel", of=view.agency.id)
        shown.append(others[chosen])
    for start in range(0, len(shown), 2):
        for column, funnel in zip(st.columns(2, gap="medium"), shown[start:], strict=False):
            with column:
                funnels.draw_funnel(funnel, view.agency.id)


def draw_indicators(view: AgencyView) -> None:
    """All its indicators by area, each in a row."""
    st.html("<h2 class='hscb-section'>Its indicators</h2>")
    if view.left_out:
        part = view.indicators[0].place.partition(", ")[2] if view.indicators else "this part"
        st.html(f"<p class='hscb-lead'>Only figures of {html.escape(part)}: {view.left_out} more indicators are not returned by it.</p>")
    if not view.indicators:
        frame.draw_empty("It returns no indicator of this plan year.")
        return
    heads = "".join(f"<th scope='col'>{name}</th>" for name in _HEADS)
    body = "".join(_area_rows(view, area, views) for area, views in view.areas)
    few = any(one.latest and _small(one.latest) for one in view.indicators)
    st.html(
        "<div class='hscb-scroll' tabindex='0' role='region' aria-label='Indicators of this agency'><table class='hscb-agency-table'>"
        f"<thead><tr>{heads}</tr></thead>{body}</table></div>" + (f"<p class='hscb-note'>[u] {_FEW_WORDS}</p>" if few else "")
    )


def draw_recommendations(edition: OpenEdition, view: AgencyView, learning: LearningView) -> None:
    """What is asked of it: what is overdue and open, with the way to each; that there is nothing, where nothing is recorded."""
    told = agency_actions_html(edition, learning, view.agency.id)
    st.html(f"<h2 class='hscb-section'>Recommendations</h2>{told}")
    if not told:
        frame.draw_empty(sentences.NO_RECOMMENDATION)


_NO_TABLE = "A funnel asks whether a difference is more than chance; it is no league table."


def _quarters_html(quarters: Sequence[ReturnedQuarter]) -> str:
    if not quarters:
        return ""
    cells = "".join(_quarter_cell(one) for one in quarters)
    title = f"<h3 class='hscb-section'>The last {len(quarters)} quarters</h3>"
    return f"{title}<ol class='hscb-quarters' aria-label='Returns of the last {len(quarters)} quarters'>{cells}</ol>"


def _quarter_cell(one: ReturnedQuarter) -> str:
    sign, words = sentences.quarter_mark(one.row)
    look = _LOOKS[one.row.state] if one.row else "quiet"
    due = f"<small>due {one.due.day} {one.due:%b %Y}</small>" if one.row else ""
    return (
        f"<li class='hscb-{look}'><span>{html.escape(one.quarter.text)}</span>"
        f"<b><span aria-hidden='true'>{sign}</span> {html.escape(words)}</b>{due}</li>"
    )


def _owed_html(edition: OpenEdition, view: AgencyView, learning: LearningView) -> str:
    """What is owed now, as a list, and the way to the form; of one that owes no return the answers it owes."""
    latest, answers = view.latest, owed_items(edition, learning, view.agency.id)
    if latest is None or latest.row is None:
        return f"<h3 class='hscb-section'>Owed now</h3><ul class='hscb-owes'>{''.join(answers)}</ul>" if answers else ""
    row = latest.row
    items = [*_return_items(row, latest), *_missing_items(edition, row), *_query_items(row), *_note_items(edition, view), *answers]
    nothing = "" if answers else sentences.nothing_owed_in_words(view)
    told = f"<p class='hscb-lead'>{html.escape(nothing)}</p>" if nothing else f"<ul class='hscb-owes'>{''.join(items)}</ul>"
    if words := sentences.not_available_in_words(edition.framework.returns, row):
        told += f"<p class='hscb-lead'>{html.escape(words)}</p>"
    href = address(RETURNS_PAGE, agency=view.agency.id, quarter=row.quarter.text)
    way = link(href, f"Template, upload and reminder for {row.quarter.label}")
    return f"<h3 class='hscb-section'>Owed now</h3>{told}<p class='hscb-way'>{way}</p>"


def _next_html(view: AgencyView) -> str:
    """Which return comes next, with the way to its form; then as of when all this is. Where none is owed and none was, nothing."""
    coming = view.next_return
    as_of = f"<p class='hscb-note'>As the record stood on {formats.day(view.day)}, when this edition was made.</p>" if view.quarters else ""
    if coming is None:
        return as_of
    href = f"{address(RETURNS_PAGE, agency=view.agency.id, quarter=coming.quarter.text)}#form"
    way = link(href, f"Template for {coming.quarter.label}")
    return f"<p class='hscb-next' role='note'>{next_words_html(coming)} {way}</p>{as_of}"


def _return_items(row: AgencyReturn, latest: ReturnedQuarter) -> list[str]:
    if row.is_in:
        return []
    state = sentences.state_in_words(row)
    return [f"<li><b>Return for {row.quarter.label}:</b> {state}. It was due on {formats.day(latest.due)}.</li>"]


def _missing_items(edition: OpenEdition, row: AgencyReturn) -> list[str]:
    """The missing items by name, on demand where there are many."""
    if not row.missing:
        return []
    lines = sentences.missing_in_words(edition.framework.returns, row.missing_items)
    names = "".join(f"<li>{html.escape(line)}</li>" for line in lines)
    what = f"{row.missing} of {row.items_owed} items missing"
    return [f"<li><details{' open' if len(lines) <= _FEW else ''}><summary>{what}</summary><ul>{names}</ul></details></li>"]


_FEW = 12
_FEW_WORDS = html.escape(formats.MARK_WORDS["u"], quote=True)
_NOTES = 5


def _query_items(row: AgencyReturn) -> list[str]:
    if not row.queries_open:
        return []
    number = f"{row.queries_open} {'query is' if row.queries_open == 1 else 'queries are'} open"
    return [f"<li><b>{number}</b> about its return; the Returns page names them.</li>"]


def _note_items(edition: OpenEdition, view: AgencyView) -> list[str]:
    """The narratives owed; of many the first few, the others on demand."""
    items = [_note_item(one, analysis_link(edition, view.plan_year, one, view.agency.id)) for one in view.owed]
    if len(items) <= _NOTES + 1:
        return items
    more = f"<summary>{len(items) - _NOTES} more narratives owed</summary><ul>{''.join(items[_NOTES:])}</ul>"
    return [*items[:_NOTES], f"<li><details>{more}</details></li>"]


def _note_item(one: Exceptional, way: str) -> str:
    href = address(INDICATOR_PAGE, indicator=one.view.indicator.id, basis=one.view.basis, agency="")
    reasons = html.escape(sentences.reasons_in_words(one))
    return f"<li><b>Narrative owed:</b> {link(href, one.view.indicator.name)}. <span class='hscb-soft'>{reasons}</span>{way}</li>"


def _area_rows(view: AgencyView, area: Area, views: Sequence[IndicatorView]) -> str:
    heading = f"<tr class='hscb-part'><th scope='rowgroup' colspan='{len(_HEADS)}'>{link(address(area.id), area.short_title)}</th></tr>"
    return f"<tbody>{heading}{''.join(_indicator_row(view, one) for one in views)}</tbody>"


def _indicator_row(view: AgencyView, one: IndicatorView) -> str:
    href = address(INDICATOR_PAGE, indicator=one.indicator.id, agency=view.agency.id, basis=one.basis)
    kind = f"<small>{one.indicator.measure_type}</small>"
    cells = (_latest(one), _together(one), icons.sparkline_html(one), icons.mark_html(one), _against(view, one))
    columns = "".join(f"<td data-label='{head}'>{cell}</td>" for head, cell in zip(_HEADS[1:], cells, strict=True))
    return f"<tr><th scope='row'>{link(href, one.indicator.short_name)} {kind}</th>{columns}</tr>"


def _latest(one: IndicatorView) -> str:
    latest = one.latest
    if latest is None:
        return f"<span class='hscb-soft'>{'none in the years chosen' if one.is_shortened else 'no figures yet'}</span>"
    told = _figure(one, latest)
    about = ", ".join(part for part in (_counts(one, latest), latest.label) if part)
    return f"{f'<b>{told}</b>' if latest.value is not None else told}{_small(latest)} <small>{html.escape(about)}</small>"


def _counts(one: IndicatorView, point: Point) -> str:
    """What a percentage is of, where both counts are shown: `1 of 2`."""
    if one.indicator.unit != "percent" or point.value is None or point.numerator is None or point.denominator is None:
        return ""
    return f"{formats.count(point.numerator)} of {formats.count(point.denominator)}"


def _small(point: Point) -> str:
    """The mark of a percentage of few, as the tables of figures set it."""
    return f" <abbr title='{_FEW_WORDS}'>[u]</abbr>" if point.small_base and point.value is not None else ""


def _together(one: IndicatorView) -> str:
    """All agencies' figure of the same period, or why there is none to set beside."""
    returned = one.indicator.returned
    if returned is None or len(returned.agencies) == 1:
        return "<span class='hscb-soft'>it alone</span>"
    point = one.comparisons[0].at(one.latest.period) if one.comparisons and one.latest else one.board_total
    if point is None:
        return "<span class='hscb-soft'>–</span>"
    return f"<span class='hscb-unseen'>All agencies: </span>{_figure(one, point)}"


def _figure(one: IndicatorView, point: Point) -> str:
    """A figure with its unit, or its status with what that means."""
    words = html.escape(formats.figure(point.value, point.status, one.indicator))
    why = html.escape(formats.STATUS_WORDS.get(point.status, ""), quote=True)
    return words if point.value is not None else f"<abbr title='{why}'>{words}</abbr>"


def _against(view: AgencyView, one: IndicatorView) -> str:
    """Where it lies in the funnel of the newest period; nothing where it is in none."""
    funnel = next((funnel for funnel in view.funnels if funnel.indicator == one.indicator.id), None)
    peer = funnel.peer(view.agency.id) if funnel else None
    if peer is None:
        return "<span class='hscb-soft'>–</span>"
    shape = icons.shape_html(peer.judgement) if peer.side and peer.judgement else ""
    words = html.escape(sentences.peer_place(peer))
    return f"{shape}<b>{words}</b>" if peer.side else f"<span class='hscb-soft'>{words}</span>"
