"""A meeting on a shared screen: the way through the agenda, and slides that fit the screen and can be read from the back of the room.

One idea a slide, no controls but the way on. Refuses to leave a hole out of a slide: a question without a measure says so.
"""

import html
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from hscb_qa import figures, formats, sentences
from hscb_qa.learning.recommendations import tally
from hscb_qa.screen import choices, icons
from hscb_qa.screen.drawing import draw_figure
from hscb_qa.screen.frame import draw_empty
from hscb_qa.screen.menu import Slide
from hscb_qa.screen.overview import by_weight
from hscb_qa.screen.recommendations import follow
from hscb_qa.views import ApprovedVoice, AreaView, IndicatorView, LearningView

_LARGER = 1.35
_CHART_HEIGHT = 260
_NAMED = 2  # measures beside the one on the slide that are named; the others are counted


def draw_way(slides: Sequence[Slide], pages: Mapping[str, StreamlitPage]) -> None:
    """The way to the slide before and after, by link or by arrow key, and out of the meeting."""
    here = choices.page_of(st.context.url or "")
    paths = [slide.path for slide in slides]
    place = paths.index(here) if here in paths else None
    before, after = (None, 0) if place is None else (place - 1 if place else None, place + 1 if place + 1 < len(slides) else None)
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="slides"):
        _draw_step("previous", "Previous", slides, pages, before)
        st.html(f"<p class='hscb-place'>{_place_in_words(slides, place)}</p>", width="content")
        _draw_step("first", "First", slides, pages, 0 if place else None)
        _draw_step("next", "Next" if place is not None else "Back to the agenda", slides, pages, after)
        with st.container(key="slide_out", width="content"):
            st.html(choices.link(choices.address(_outside(here), present=""), "Leave meeting view"), width="content")
        st.html("<p class='hscb-keys'>Keys: ← → Home Esc</p>", width="content")
    _keys()(key="slide_keys")


def agenda_html(slides: Sequence[Slide]) -> str:
    """The agenda as a list of ways to its slides."""
    items = "".join(f"<li>{choices.link(choices.address(slide.path), slide.title)}</li>" for slide in slides)
    return f"<section><h2 class='hscb-section'>Agenda</h2><ol class='hscb-agenda'>{items}</ol></section>"


def draw_slide(view: AreaView, learning: LearningView, voices: Sequence[ApprovedVoice]) -> None:
    """An area on one screen: what good looks like, for each of the three questions the measure to speak to; meaning, action and voices."""
    good = html.escape(sentences.first_sentences(view.area.what_good_looks_like))
    st.html(f"<p class='hscb-slide-good'><b>What good looks like.</b> {good}</p>")
    for column, (kind, views) in zip(st.columns(3, gap="medium"), view.groups.items(), strict=True):
        with column:
            st.html(f"<h2 class='hscb-group'>{formats.MEASURE_TYPE_QUESTIONS[kind]}<small>{kind}</small></h2>")
            if views:
                _draw_measures(by_weight(views))
            else:
                draw_empty(f"No {kind} measure yet. The framework asks for a balance of all three.")

    lines = sentences.slide_lines(view, learning, tally(follow(learning, area=view.area.id)), voices)
    st.html("".join(f"<p class='hscb-heard'><b>{name}:</b> {html.escape(words)}</p>" for name, words in lines.items()))


def _draw_measures(views: Sequence[IndicatorView]) -> None:
    first = views[0]
    message = choices.link(choices.indicator_address(first.indicator.id), sentences.title(first))
    percent = " (%)" if first.indicator.unit == "percent" else ""
    about = f"<p class='hscb-subtitle'>{html.escape(first.indicator.name)}{percent}</p>{icons.judgement_html(first)}"
    st.html(f"<h3 class='hscb-message' id='{first.indicator.id}'>{message}</h3>{about}")
    if first.latest_shown is None:
        draw_empty(sentences.latest_in_words(first))
    else:
        with st.container(key=f"slide_chart_{first.indicator.measure_type}"):
            drawn = figures.enlarged(figures.trend_figure(first, _CHART_HEIGHT), _LARGER)
            draw_figure(drawn, key=f"slide-{first.indicator.id}", alt=sentences.alternative_text(first))
    st.html(_others_html(views[1:]))


def _others_html(views: Sequence[IndicatorView]) -> str:
    """What else stands out, by name, and how many more measures there are."""
    told = [one for one in views if sentences.mark_kind(one) in ("concern", "improvement", "neutral")][:_NAMED]
    items = "".join(f"<li>{icons.sign_html(one)} {html.escape(_mark_in_words(one))}</li>" for one in told)
    rest = len(views) - len(told)
    more = f"<li>{rest} more {'measure' if rest == 1 else 'measures'}</li>" if rest else ""
    return f"<ul class='hscb-slide-others'>{items}{more}</ul>"


def _mark_in_words(view: IndicatorView) -> str:
    return f"{view.indicator.short_name}: {sentences.mark(view)[1]}"


def _draw_step(way: str, words: str, slides: Sequence[Slide], pages: Mapping[str, StreamlitPage], place: int | None) -> None:
    with st.container(key=f"slide_{way}", width="content"):
        if place is not None:
            slide = slides[place]
            st.page_link(pages[slide.path], label=f"{words}: {slide.title}", query_params=dict(choices.kept()))


def _place_in_words(slides: Sequence[Slide], place: int | None) -> str:
    return "Not on the agenda" if place is None else f"{place + 1} of {len(slides)}"


def _outside(here: str) -> str:
    """The page outside the meeting that says the same as a slide."""
    return "" if here in ("exceptions", "framework") else here


@cache
def _keys() -> Any:
    script = Path(__file__).with_name("meeting.js").read_text(encoding="utf-8")
    return st.components.v2.component("hscb_slide_keys", html="<span></span>", js=script, isolate_styles=False)
