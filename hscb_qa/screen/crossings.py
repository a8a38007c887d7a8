"""Where an area crosses others: indicators that other areas list too, and figures of several agencies to be laid beside each other."""

import html
from urllib.parse import quote

import streamlit as st

from hscb_qa import formats
from hscb_qa.definitions import Area, Indicator, PlanYear
from hscb_qa.screen.choices import INDICATOR_PAGE, address, indicator_address, link
from hscb_qa.views import MOST_TOGETHER, OpenEdition, SeriesName


def draw_crossings(edition: OpenEdition, plan_year: PlanYear, area: Area) -> None:
    """Both lists, beside each other; what is empty says so."""
    shared, several = st.columns(2, gap="large")
    crossing = [_shared(edition, plan_year, area, one) for one in area.indicators]
    returned = [_beside(edition.framework.indicator(one), edition) for one in area.indicators]
    shared.html(_section("Indicators that other areas share", crossing))
    several.html(_section("Agencies laid beside each other", returned))


def _section(title: str, items: list[str]) -> str:
    found = "".join(f"<li>{item}</li>" for item in items if item)
    return f"<h2 class='hscb-section'>{title}</h2>" + (f"<ul class='hscb-crossings'>{found}</ul>" if found else "<p>None.</p>")


def _shared(edition: OpenEdition, plan_year: PlanYear, area: Area, indicator: str) -> str:
    """An indicator with the ways to the other areas that list it; empty where none does."""
    others = [link(address(one.id), one.short_title) for one in plan_year.areas if one.id != area.id and indicator in one.indicators]
    return f"{link(indicator_address(indicator), edition.framework.indicator(indicator).name)}: {formats.join(others)}" if others else ""


def _beside(indicator: Indicator, edition: OpenEdition) -> str:
    """The way to the figures of the agencies that return an indicator, side by side; empty where one alone does."""
    returned = indicator.returned
    if returned is None or len(returned.agencies) < 2:
        return ""
    agencies = returned.agencies[: MOST_TOGETHER - 1]
    names = formats.join([edition.framework.agency(one).short_name for one in agencies])
    more = f" and {len(returned.agencies) - len(agencies)} more" if len(returned.agencies) > len(agencies) else ""
    beside = "".join(f"&with={quote(SeriesName(indicator.id, one).text)}" for one in agencies)
    href = address(INDICATOR_PAGE, indicator=indicator.id, show="side_by_side", agency="") + beside
    return f"{link(href, indicator.name)}: {html.escape(names)}{more}"
