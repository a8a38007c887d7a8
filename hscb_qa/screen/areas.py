"""An area's page in the framework's order: purpose and what good looks like, balance, measures, what they mean, what is done.

Refuses to leave a place out because it is empty: a question without a measure, and an area without analysis, action or voice, says so.
"""

import html
from collections.abc import Mapping, Sequence

import streamlit as st

from hscb_qa import formats, sentences
from hscb_qa.definitions import PlanYear
from hscb_qa.screen import analysis, cards, frame, icons
from hscb_qa.screen.choices import address, link
from hscb_qa.screen.entry_links import analysis_link
from hscb_qa.screen.recommendations import area_actions_html
from hscb_qa.views import ApprovedNote, ApprovedVoice, AreaView, Exceptional, IndicatorView, LearningView, OpenEdition, Point

_CARDS_IN_A_ROW = 3
_SIDE_BY_SIDE = 4  # measures of a question up to which the three questions stand beside each other
_ROWS_AT_ONCE = 12
_LONGEST = 6 * 366  # days
_PARTS = {"measures": "Measures", "meaning": "What it means", "action": "What is done", "voices": "Voices"}
Scales = Mapping[bool, Sequence[Point]]


def draw_purpose(edition: OpenEdition, view: AreaView, voices: Sequence[ApprovedVoice]) -> None:
    """Title, wording, what good looks like, the balance with its holes, who was heard, and the areas that share an indicator."""
    area = view.area
    frame.draw_heading(edition, area.title, f"{view.part}, plan year {view.plan_year.id}", f"Lead: {area.lead}")
    frame.draw_year_notice(edition, view.plan_year)
    if view.illustrative_priority:
        st.html(frame.status_pill("illustrative priority: the Board has not agreed it"))
    st.html(
        f"<section class='hscb-good'><h2>What good looks like</h2>{html.escape(area.what_good_looks_like)} "
        f"<small>{html.escape(area.good_source)}</small>"
        f"<blockquote>{html.escape(area.wording)} <cite>{html.escape(area.wording_source)}</cite></blockquote></section>"
    )
    st.html(_facts_html(view, voices) + _targets_html(edition, view) + _ways_html())


def draw_summary(view: AreaView) -> None:
    """Every indicator of the area in one line, with the way to its card; a long list opens on demand."""
    views = [one for group in view.groups.values() for one in group]
    if not views:
        return
    names = list(dict.fromkeys(comparison.name for one in views for comparison in one.comparisons))
    heads = "".join(f"<th scope='col'>{html.escape(name)}</th>" for name in ("Indicator", "Latest", "What stands out", *names))
    rows = "".join(_summary_row(one, names) for one in views)
    table = (
        "<div class='hscb-scroll' tabindex='0' role='region' aria-label='At a glance'><table class='summary'><caption>At a glance</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    many = len(views) > _ROWS_AT_ONCE
    st.html(f"<details><summary>All {len(views)} measures in one table</summary>{table}</details>" if many else table)


def _scales_of(view: AreaView) -> Scales:
    """The points whose days make the time axis of all yearly measures, and of all others, so that charts can be laid side by side.

    A series of months or quarters that goes back much further than the others keeps an axis of its own: it would press them flat.
    """
    longest: dict[bool, Sequence[Point]] = {}
    for one in (one for group in view.groups.values() for one in group if one.points):
        kind = one.basis == "year"
        held = longest.get(kind, one.points)
        if kind or _days(one.points) <= _LONGEST:
            longest[kind] = max(held, one.points, key=_days)
    return longest


def _days(points: Sequence[Point]) -> int:
    return (points[-1].ends - points[0].ends).days


def _summary_row(view: IndicatorView, names: list[str]) -> str:
    latest = view.latest
    others = [_beside(view, name) for name in names]
    own = (
        f"<b>{html.escape(formats.figure(latest.value, latest.status, view.indicator))}</b> {html.escape(latest.label)}" if latest else "–"
    )
    cells = "".join(f"<td>{cell}</td>" for cell in (own, icons.mark_html(view), *others))
    return f"<tr><th scope='row'><a href='#{view.indicator.id}'>{html.escape(view.indicator.name)}</a></th>{cells}</tr>"


def _beside(view: IndicatorView, name: str) -> str:
    """A comparator's figure beside the latest one, with its period where that is another."""
    comparison = next((one for one in view.comparisons if one.name == name), None)
    point = comparison.at(view.latest.period) if comparison and view.latest else None
    if point is None or view.latest is None:
        return ""
    number = formats.number(point.value, point.status, view.indicator.decimals)
    return number if point.period == view.latest.period else f"{number} <small>{html.escape(point.label)}</small>"


def draw_groups(edition: OpenEdition, view: AreaView, notes: Mapping[str, Sequence[ApprovedNote]]) -> None:
    """The framework's three questions with their measures as small equal cards: side by side where they are few, else one after another."""
    scales, groups = _scales_of(view), list(view.groups.items())
    st.html("<span id='part-measures'></span>")
    if max(len(indicators) for _, indicators in groups) <= _SIDE_BY_SIDE:
        for column, (kind, indicators) in zip(st.columns(len(groups), gap="medium"), groups, strict=True):
            with column:
                _draw_question(view, kind)
                _draw_cards(edition, indicators, scales, notes, "content")
        return
    for kind, indicators in groups:
        _draw_question(view, kind)
        for start in range(0, len(indicators), _CARDS_IN_A_ROW):
            for column, one in zip(st.columns(_CARDS_IN_A_ROW, gap="medium"), indicators[start:], strict=False):
                with column:
                    _draw_cards(edition, [one], scales, notes, "stretch")


def _draw_question(view: AreaView, kind: str) -> None:
    """A question as a heading; a hole is said in a line."""
    st.html(f"<h2 class='hscb-group'>{formats.MEASURE_TYPE_QUESTIONS[kind]}<small>{kind}</small></h2>")
    if not view.groups[kind]:
        frame.draw_empty(_hole(view, kind))


def _draw_cards(
    edition: OpenEdition,
    indicators: Sequence[IndicatorView],
    scales: Scales,
    notes: Mapping[str, Sequence[ApprovedNote]],
    height: cards.CardHeight,
) -> None:
    for one in indicators:
        scale = scales.get(one.basis == "year", ())
        fitting = scale if one.points and scale and _days(one.points) <= _days(scale) else ()
        cards.draw_card(edition, one, fitting, notes.get(one.indicator.id, ()), height)


def _hole(view: AreaView, measure_type: str) -> str:
    """Why a question has no measure on the page: the framework's list has none, or none is of those chosen."""
    if view.balance.measure_types[measure_type]:
        return f"None of the {measure_type} measures is among those chosen."
    return f"No {measure_type} measure yet. The framework asks for a balance of all three."


def draw_analysis(edition: OpenEdition, view: AreaView, notes: Mapping[str, Sequence[ApprovedNote]]) -> None:
    """What needs words in this area, who has given them and who owes them, and the newest notes of the owners."""
    items = "".join(_needs_words(edition, view, one) for one in view.exceptions)
    needed = f"<ul>{items}</ul>" if items else "<p>No measure of this area is an exception in this edition.</p>"
    written = sum(len(found) for found in notes.values())
    told = f"Agencies wrote {written} approved {'note' if written == 1 else 'notes'} beside these measures; each stands on its card."
    st.html(
        f"<section class='hscb-said'><h2 class='hscb-section' id='part-meaning'>What it means</h2>{needed}"
        f"<p class='hscb-note'>{told if written else 'No agency has written an approved note beside these measures yet.'}</p></section>"
    )


def draw_action(edition: OpenEdition, view: AreaView, learning: LearningView) -> None:
    """What is being done: the recommendations and the actions agreed; where there is none, the page says so."""
    agreed = area_actions_html(edition, learning, view.area.id) + analysis.actions_html(edition, learning, view.area.id)
    nothing = "<p>No recommendation and no action has been entered for this area yet, so the Board cannot see here what is being done.</p>"
    st.html(
        f"<section class='hscb-said'><h2 class='hscb-section' id='part-action'>What is done</h2>{agreed or nothing}"
        f"<p class='hscb-note'>Lead: {html.escape(view.area.lead)}.</p></section>"
    )


def _needs_words(edition: OpenEdition, view: AreaView, one: Exceptional) -> str:
    narrative = html.escape(sentences.narrative_in_words(one))
    told = f" <span class='hscb-note'>{narrative}</span>" if narrative else ""
    way = f"<a href='#{one.view.indicator.id}'>{html.escape(sentences.exception_title(one))}</a>"
    return f"<li>{icons.shape_html(one.judgement)} {way}.{told} {analysis_link(edition, view.plan_year, one)}</li>"


def draw_absent_area(edition: OpenEdition, plan_year: PlanYear, area_id: str) -> None:
    """Say that the plan year does not have this area, and link the years that do."""
    years = [year for year in edition.framework.plan_years if year.area(area_id)]
    area = years[-1].area(area_id) if years else None
    frame.draw_heading(edition, area.title if area else area_id, f"Plan year {plan_year.id}")
    links = [link(address(area_id, plan_year=year.id), year.id) for year in years]
    st.html(
        f"<p class='hscb-empty'>This was not an area for examination in {plan_year.id}. It stands in the plan of {formats.join(links)}.</p>"
    )


def _facts_html(view: AreaView, voices: Sequence[ApprovedVoice]) -> str:
    numbers = view.balance.evidence_sources
    sources = ", ".join(f"{formats.EVIDENCE_SOURCE_WORDS[name]} {number}" for name, number in numbers.items()) or "none"
    facts = {
        "Balance": html.escape(sentences.balance_in_words(view.balance)),
        f"Evidence from {len(numbers)} of the framework's {len(formats.EVIDENCE_SOURCE_WORDS)} sources": html.escape(sources),
        "Heard": html.escape(sentences.heard_in_words(voices)),
    }
    if view.shared:
        facts["Also seen in"] = formats.join([_area_link(view, area_id) for area_id in view.shared])
    items = "".join(f"<li><b>{name}:</b> {words}</li>" for name, words in facts.items())
    hole = sentences.hole_in_words(view)
    return f"<ul class='hscb-facts'>{items}</ul>" + (f"<p><span class='hscb-hole'>{html.escape(hole)}</span></p>" if hole else "")


def _ways_html() -> str:
    """The ways to the parts of the page."""
    links = " ".join(f"<a href='#part-{anchor}'>{words}</a>" for anchor, words in _PARTS.items())
    return f"<nav class='hscb-ways' aria-label='On this page'>{links}</nav>"


def _targets_html(edition: OpenEdition, view: AreaView) -> str:
    """What the Board agreed to reach, by when and by whom it was agreed; nothing where it set no target."""
    items = []
    for target in view.area.targets:
        indicator = edition.framework.indicator(target.indicator)
        until = f" to {formats.day(target.end)}" if target.end else ""
        value = formats.figure(target.value, "", indicator)
        items.append(f"{indicator.name}: {value}, from {formats.day(target.start)}{until}. {target.agreed}")
    return "".join(f"<p class='hscb-note'><b>Target.</b> {html.escape(item)}</p>" for item in items)


def _area_link(view: AreaView, area_id: str) -> str:
    area = view.plan_year.area(area_id)
    assert area is not None
    return link(address(area_id), area.short_title)
