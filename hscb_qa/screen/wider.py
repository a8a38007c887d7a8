"""The wider picture on the screen: a page of its own by theme, and one line for the pages of areas.

Refuses to judge: what it shows is context, and no mark says better or worse of it.
"""

import html
from collections.abc import Iterator, Mapping, Sequence

import streamlit as st

from hscb_qa import formats
from hscb_qa.screen import cards, frame
from hscb_qa.screen.choices import address, indicator_address, link
from hscb_qa.screen.shared import shared
from hscb_qa.views import IndicatorView, OpenEdition, WiderView

_IN_A_ROW = 3
_CONTEXT = (
    "This is context, not performance. No partner can move these figures alone; they say under which pressures families live, "
    "so that the Board reads its own measures fairly."
)


@shared
def draw_wider(edition: OpenEdition, view: WiderView) -> None:
    """The page: what it is for, then every theme with its figures beside those of other places."""
    frame.draw_heading(edition, view.area.title, f"Wider picture, plan year {view.plan_year.id}", f"Lead: {view.area.lead}")
    frame.draw_year_notice(edition, view.plan_year)
    wording = f"{html.escape(view.area.wording)} <small>{html.escape(view.area.wording_source)}</small>"
    st.html(f"<p class='hscb-context'><b>{_CONTEXT}</b></p><details><summary>What the framework says</summary><p>{wording}</p></details>")
    groups = {formats.THEME_WORDS[theme]: views for theme, views in view.themes.items()} | {"More": view.others}
    for row in _rows({name: len(views) for name, views in groups.items() if views}):
        widths = [*row.values(), _IN_A_ROW - sum(row.values())] if sum(row.values()) < _IN_A_ROW else list(row.values())
        for column, name in zip(st.columns(widths, gap="medium"), row, strict=False):
            with column:
                _draw_theme(name, groups[name])
    for theme in (theme for theme, views in view.themes.items() if not views and not view.others):
        frame.draw_empty(f"{formats.THEME_WORDS[theme]}: the Board watches no figure of this yet.")


def strip_html(view: WiderView) -> str:
    """One line for the page of an area: the first figure of each theme, and the way to the rest."""
    told = "; ".join(_in_short(one) for one in view.first_of_each.values()) or "no figure is loaded yet"
    way = link(address(view.area.id), "Wider picture")
    return f"<p class='hscb-strip'>{way}, context and not performance: {told}.</p>"


def _rows(numbers: Mapping[str, int]) -> Iterator[dict[str, int]]:
    """Themes that go beside each other, with their widths in cards.

    >>> list(_rows({"a": 1, "b": 2, "c": 1, "d": 5}))
    [{'a': 1, 'b': 2}, {'c': 1}, {'d': 3}]
    """
    row: dict[str, int] = {}
    for name, number in numbers.items():
        width = min(number, _IN_A_ROW)
        if row and sum(row.values()) + width > _IN_A_ROW:
            yield row
            row = {}
        row[name] = width
    if row:
        yield row


def _draw_theme(name: str, views: Sequence[IndicatorView]) -> None:
    st.html(f"<h2 class='hscb-theme'>{name}</h2>")
    width = min(len(views), _IN_A_ROW)
    for start in range(0, len(views), width):
        for column, view in zip(st.columns(width, gap="medium"), views[start:], strict=False):
            with column:
                _draw_figure(view)


def _draw_figure(view: IndicatorView) -> None:
    """A figure of the wider picture: its name, its latest number, other places' beside it, its course and its table."""
    name = link(indicator_address(view.indicator.id), view.indicator.name)
    st.html(f"<h3 class='hscb-context-name' id='{view.indicator.id}'>{name}</h3>{_latest_html(view)}{_beside_html(view)}")
    cards.draw_chart(view, height=220, key=f"chart-{view.indicator.id}")
    cards.draw_html(cards.table_details(view), cards.definition_details(view), cards.sources_html(view))


def _latest_html(view: IndicatorView) -> str:
    point = view.latest_shown or view.latest
    if point is None:
        return ""
    return f"<p class='hscb-context-figure'>{html.escape(_figure(view))} <small>{html.escape(point.label)}</small></p>"


def _beside_html(view: IndicatorView) -> str:
    """The comparators' figures beside the one shown."""
    shown = view.latest_shown
    if shown is None:
        return ""
    beside = ((one.name, one.at(shown.period)) for one in view.comparisons)
    told = [
        f"<li>{html.escape(name)} {formats.number(at.value, at.status, view.indicator.decimals)}</li>"
        for name, at in beside
        if at and at.value is not None
    ]
    return f"<ul class='hscb-beside'>{''.join(told)}</ul>" if told else ""


def _in_short(view: IndicatorView) -> str:
    shown = view.latest_shown
    when = f" ({shown.label})" if shown else ""
    return f"{html.escape(view.indicator.short_name)} <b>{html.escape(_figure(view))}</b>{html.escape(when)}"


def _figure(view: IndicatorView) -> str:
    point = view.latest_shown or view.latest
    return formats.figure(point.value, point.status, view.indicator) if point else "–"
