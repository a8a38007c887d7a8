"""The head of an area's page: what it is for, what good looks like, how balanced its measures are; or where to find it."""

import html
from urllib.parse import urlsplit

import streamlit as st

from hscb_qa import formats, sentences
from hscb_qa.definitions import PlanYear
from hscb_qa.screen import frame
from hscb_qa.screen.choices import address
from hscb_qa.views import AreaView, OpenEdition


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
    if view.illustrative_priority:
        st.html(frame.status_pill("illustrative priority: the Board has not agreed it"))
    st.html(
        f"<section class='hscb-good'><h2>What good looks like</h2>{html.escape(area.what_good_looks_like)} "
        f"<small>{html.escape(area.good_source)}</small>"
        f"<blockquote>{html.escape(area.wording)} <cite>{html.escape(area.wording_source)}</cite></blockquote></section>"
    )
    st.html(_balance_html(view))


def draw_absent_area(edition: OpenEdition, plan_year: PlanYear, area_id: str) -> None:
    """Say that the plan year does not have this area, and link the years that do."""
    years = [year for year in edition.framework.plan_years if year.area(area_id)]
    area = years[-1].area(area_id) if years else None
    frame.draw_heading(edition, area.title if area else area_id, f"Plan year {plan_year.id}")
    links = [f"<a href='{html.escape(address(area_id, plan_year=year.id))}' target='_self'>{year.id}</a>" for year in years]
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


def _area_link(view: AreaView, area_id: str) -> str:
    area = view.plan_year.area(area_id)
    assert area is not None
    return f"<a href='{html.escape(address(area_id))}' target='_self'>{html.escape(area.short_title)}</a>"
