"""Exercises as a timeline: a bar for each over quarters, drawn as a page's own text, so that it takes theme, paper and narrow screens.

Streamlit takes SVG out of a page's HTML, and a picture could not be followed by keyboard; each bar here is a link. Refuses to tell a state
by colour alone: sign and word stand beside every bar.
"""

import html
from collections.abc import Mapping, Sequence

import streamlit as st

from hscb_qa import figures, formats, sentences
from hscb_qa.definitions import TimetableRules
from hscb_qa.learning import Exercise, Span, programmes
from hscb_qa.screen.choices import address
from hscb_qa.views import LearningView

PAGE = "timetable"
_KEPT = ("about", "recurring", "rows")
ROWS = {"area": "By area", "kind": "By how often"}
"""What the rows of a timeline can stand for."""


def exercise_address(exercise_id: str) -> str:
    """The address of one exercise in full, with the page's filters as they are; of none where the id is empty."""
    chosen = {name: st.query_params[name] for name in _KEPT if name in st.query_params}
    return address(PAGE, **chosen, exercise=exercise_id)


def timeline_html(exercises: Sequence[Exercise], view: LearningView, names: Mapping[str, str], rows: str) -> str:
    """Exercises as bars over quarters, today marked; each leads to the exercise in full."""
    assert view.rules is not None
    if rows == "area":
        groups = figures.grouped(exercises, names, lambda one: one.areas)
    else:
        groups = figures.grouped(exercises, sentences.RECURRENCE_WORDS, lambda one: (one.recurrence,))
    drawn = figures.timeline(groups, _programme(view, view.rules.timetable), view.today)
    body = "".join(_group(name, bars, view) for name, bars in drawn.groups)
    about = html.escape(sentences.timeline_alternative(exercises, view.today), quote=True)
    style = f"--quarters: {len(drawn.quarters)}" + (f"; --today: {drawn.today:.4f}" if drawn.today is not None else "")
    inner = f"{_today(drawn, view)}{_scale(drawn)}{body}"
    return f"<section class='hscb-timeline' style='{style}' aria-label=\"{about}\">{inner}</section>{_key_html()}"


def _programme(view: LearningView, rules: TimetableRules) -> Span:
    """The programme of the day; the first where none has begun."""
    return (programmes(rules, max(view.today, rules.programme_start)))[-1]


def _today(drawn: figures.Timeline, view: LearningView) -> str:
    if drawn.today is None:
        return ""
    side = "left" if drawn.today > 0.5 else "right"
    return f"<div class='today is-{side}'><span>Today, {formats.day(view.today)}</span></div>"


def _scale(drawn: figures.Timeline) -> str:
    years = "".join(f"<span style='grid-column: span {number}'>{year}</span>" for year, number in drawn.years)
    quarters = "".join(f"<span>{one.text[-2:]}<small> {one.start:%b}</small></span>" for one in drawn.quarters)
    return f"<div class='scale' aria-hidden='true'><div class='years'>{years}</div><div class='quarters'>{quarters}</div></div>"


def _group(name: str, bars: Sequence[figures.Bar], view: LearningView) -> str:
    items = "".join(f"<li>{_bar(one, view)}</li>" for one in bars)
    return f"<div class='group'><h3>{html.escape(name)}</h3><ul>{items}</ul></div>"


def _bar(bar: figures.Bar, view: LearningView) -> str:
    one = bar.exercise
    sign = sentences.EXERCISE_MARKS[bar.state][0]
    again = " <span title='does an earlier one again'>↻</span>" if one.repeats else ""
    unseen = f"<span class='hscb-unseen'>, {sentences.when_in_words(one)}{', does an earlier one again' if one.repeats else ''}</span>"
    state = f"<small>{sentences.exercise_state_short(one, view.today)}{', goes on' if bar.goes_on else ''}</small>"
    words = f"<span class='words'><span aria-hidden='true'>{sign}</span> <b>{html.escape(one.title)}</b>{again} {state}{unseen}</span>"
    looks = f"is-{bar.state.replace('_', '-')} {bar.room}{' goes-on' if bar.goes_on else ''}"
    about = html.escape(sentences.exercise_in_words(one, view.today), quote=True)
    place = f"--from: {bar.first + 1}; --to: {bar.last + 1}; --first: {bar.first}; --length: {bar.last - bar.first}"
    href = html.escape(exercise_address(one.id), quote=True)
    return f"<a class='{looks}' style='{place}' href='{href}' target='_self' title=\"{about}\"><span class='bar'></span>{words}</a>"


def _key_html() -> str:
    """What shapes and signs mean."""
    items = "".join(
        f"<li><span class='bar is-{state.replace('_', '-')}' aria-hidden='true'></span> <span aria-hidden='true'>{sign}</span> {words}</li>"
        for state, (sign, words) in sentences.EXERCISE_MARKS.items()
    )
    return f"<ul class='hscb-key hscb-timeline-key'>{items}<li>↻ does an earlier one again</li></ul>"
