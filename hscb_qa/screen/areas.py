"""The head of an area's page: what it is for, what good looks like, how balanced its measures are; or where to find it."""

import html
from collections.abc import Sequence
from urllib.parse import urlsplit

import streamlit as st

from hscb_qa import formats, sentences
from hscb_qa.definitions import PlanYear
from hscb_qa.screen import cards, frame, icons
from hscb_qa.screen.choices import address, link
from hscb_qa.views import AreaView, IndicatorView, OpenEdition

_CARDS_IN_A_ROW = 3


def asked_area(url: str) -> str:
    """The area's id, which is the last part of its page's address.

    >>> asked_area("http://localhost:8501/neglect?plan_year=2015-16")
    'neglect'
    """
    return urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1]


def draw_purpose(edition: OpenEdition, view: AreaView) -> None:
    """Title, wording, what good looks like, the balance with its holes, and the areas that share an indicator."""
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
    st.html(_balance_html(view) + _targets_html(edition, view))


def draw_summary(view: AreaView) -> None:
    """Every indicator of the area in one line, with the way to its card."""
    views = [one for group in view.groups.values() for one in group]
    if not views:
        return
    names = list(dict.fromkeys(comparison.name for one in views for comparison in one.comparisons))
    heads = "".join(f"<th scope='col'>{html.escape(name)}</th>" for name in ("Indicator", "Latest", "What stands out", *names))
    rows = "".join(_summary_row(one, names) for one in views)
    st.html(
        "<div class='hscb-scroll'><table class='summary'><caption>At a glance</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


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


def draw_group(measure_type: str, indicators: Sequence[IndicatorView]) -> None:
    """One of the framework's three questions with its indicators, three to a row; a hole is said in a line."""
    st.html(f"<h2 class='hscb-group'>{formats.MEASURE_TYPE_QUESTIONS[measure_type]}<small>{measure_type}</small></h2>")
    if not indicators:
        frame.draw_empty(f"No {measure_type} measure yet. The framework asks for a balance of all three.")
    for start in range(0, len(indicators), _CARDS_IN_A_ROW):
        for column, indicator in zip(st.columns(_CARDS_IN_A_ROW, gap="medium"), indicators[start:], strict=False):
            with column:
                cards.draw_card(indicator)


def draw_absent_area(edition: OpenEdition, plan_year: PlanYear, area_id: str) -> None:
    """Say that the plan year does not have this area, and link the years that do."""
    years = [year for year in edition.framework.plan_years if year.area(area_id)]
    area = years[-1].area(area_id) if years else None
    frame.draw_heading(edition, area.title if area else area_id, f"Plan year {plan_year.id}")
    links = [link(address(area_id, plan_year=year.id), year.id) for year in years]
    st.html(
        f"<p class='hscb-empty'>This was not an area for examination in {plan_year.id}. It stands in the plan of {formats.join(links)}.</p>"
    )


def _balance_html(view: AreaView) -> str:
    numbers = view.balance.evidence_sources
    sources = ", ".join(f"{formats.EVIDENCE_SOURCE_WORDS[name]} {number}" for name, number in numbers.items()) or "none"
    facts = {"Balance": html.escape(sentences.balance_in_words(view.balance)), "Evidence from": html.escape(sources)}
    if view.shared:
        facts["Also seen in"] = formats.join([_area_link(view, area_id) for area_id in view.shared])
    items = "".join(f"<li><b>{name}:</b> {words}</li>" for name, words in facts.items())
    hole = sentences.hole_in_words(view)
    return f"<ul class='hscb-facts'>{items}</ul>" + (f"<p><span class='hscb-hole'>{html.escape(hole)}</span></p>" if hole else "")


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
