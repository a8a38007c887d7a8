"""The timetable on the screen: the rules, exercises on a timeline, one exercise in full, what is gathered by area, and files to take away.

Refuses to tell a state by colour alone, and to draw what no table tells.
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import streamlit as st

from hscb_qa import calendars, exports, formats, sentences, tables
from hscb_qa.definitions import Framework, TimetableRules
from hscb_qa.learning import (
    AreaCoverage,
    Evidence,
    Exercise,
    Item,
    Learning,
    RuleCheck,
    TimetableCheck,
    exercise_state,
    is_silent,
)
from hscb_qa.screen import frame
from hscb_qa.screen.choices import address, choose_one, choose_shown, link
from hscb_qa.screen.entry_links import form_link
from hscb_qa.screen.timeline import ROWS, exercise_address, timeline_html
from hscb_qa.views import LearningView, OpenEdition

_ALL, _NONE = "all", "no_exercise"
_WITHOUT_EVIDENCE = ("without_evidence", "never_evidenced", "evidence_ended")
_AT_ONCE = 2  # things that a rule names before the rest opens on demand; on paper all that is missing is named
_COMING = ("to_come", "audit_planned", "hearing_planned", "answer_planned")


# ---- the rules ----


def rules_html(edition: OpenEdition, check: TimetableCheck, rules: TimetableRules) -> str:
    """A card for each rule: its state, what is missing by name and day, and on demand what meets it and how it is judged."""
    cards = "".join(_rule_card(edition, one, rules) for one in check.rules)
    return f"<section aria-label='The framework&#39;s rules'><div class='hscb-rules'>{cards}</div></section>"


def _rule_card(edition: OpenEdition, check: RuleCheck, rules: TimetableRules) -> str:
    sign, words = sentences.RULE_MARKS[check.state]
    state = f"<p class='state'><span aria-hidden='true'>{sign}</span> {words}</p>"
    title = f"<h2>{html.escape(sentences.rule_title(check.rule, rules))}</h2>"
    shown = _at_once(check)
    left = [one for one in check.missing if one not in shown]
    paper = f"<div class='hscb-paper'>{_items(edition, left)}</div>" if left else ""
    missing = _items(edition, shown) + _more(edition, "more missing", left) + paper
    meaning = f"<p>{html.escape(sentences.rule_meaning(check.rule, rules))}</p>"
    met = "meeting it" if check.state == "met" else "met or planned"
    found = _more(edition, met, check.meets) + _more(edition, "worth knowing", check.notes)
    how = f"<details><summary>How it is judged</summary>{meaning}</details>"
    return f"<article class='hscb-rule is-{check.state}'>{state}{title}{missing}{found}{how}</article>"


def _at_once(check: RuleCheck) -> list[Item]:
    """What a card names without being opened: what is missing, and where a rule is planned, what would meet it."""
    coming = [one for one in check.meets if one.kind in _COMING] if check.state == "planned" else []
    return [*coming[:1], *check.missing][:_AT_ONCE]


def _more(edition: OpenEdition, what: str, items: Sequence[Item]) -> str:
    return f"<details><summary>{len(items)} {what}</summary>{_items(edition, items)}</details>" if items else ""


def _items(edition: OpenEdition, items: Sequence[Item]) -> str:
    return f"<ul>{''.join(f'<li>{_item(edition, one)}</li>' for one in items)}</ul>" if items else ""


def _item(edition: OpenEdition, item: Item) -> str:
    """A thing by name and day, with the way to its exercise; where evidence is missing, the way to enter it."""
    words = sentences.item_in_words(item)
    way = evidence_link(edition, item.exercise) if item.kind in _WITHOUT_EVIDENCE else ""
    return f"{link(exercise_address(item.exercise), words) if item.exercise else html.escape(words)}{way}"


def evidence_link(edition: OpenEdition, exercise: str) -> str:
    """The way to the form of the evidence an exercise produced; empty where entry is closed."""
    return form_link(edition, "evidence", "Record the evidence it produced", exercise=exercise)


# ---- which exercises ----


@dataclass(frozen=True)
class Chosen:
    """What a viewer chose: the exercises to show, what rows stand for (`area` or `kind`), and the one to see in full."""

    exercises: tuple[Exercise, ...]
    rows: str
    in_full: Exercise | None


def choose_exercises(view: LearningView, framework: Framework, agency: str | None) -> Chosen:
    """Let the viewer choose an area, how often, what rows stand for, and one to see in full; the agency is the filter bar's."""
    learning = view.learning
    with st.container(key="timetable_choices"):
        places = st.columns([2, 2, 2, 4], vertical_alignment="bottom")
        with places[0]:
            area = _choose_area(learning, framework)
        with places[1]:
            kind = _choose_kind(learning)
        with places[2]:
            rows = choose_shown("Rows", ROWS, "rows", of="timetable")
        with places[3]:
            in_full = _choose_exercise(learning)
    shown = [one for one in learning.exercises if area in (_ALL, *one.areas) and kind in (_ALL, one.recurrence)]
    return Chosen(tuple(one for one in shown if agency in (None, *one.agencies)), rows, in_full)


def _choose_area(learning: Learning, framework: Framework) -> str:
    examined = {area for one in learning.exercises for area in one.areas}
    names = {area: name for area, name in framework.area_titles.items() if area in examined}
    return choose_one("Area", {_ALL: "All areas", **names}, "about", _ALL)


def _choose_kind(learning: Learning) -> str:
    there = {one.recurrence for one in learning.exercises}
    kinds: dict[str, str] = {kind: words for kind, words in sentences.RECURRENCE_WORDS.items() if kind in there}
    return choose_one("How often", {_ALL: "All exercises"} | kinds, "recurring", _ALL)


def _choose_exercise(learning: Learning) -> Exercise | None:
    titles = {one.id: f"{one.title} ({sentences.when_in_words(one)})" for one in learning.exercises}
    return learning.find(Exercise, choose_one("One exercise in full", {_NONE: "None", **titles}, "exercise", _NONE))


# ---- one exercise ----


def draw_exercise(exercise: Exercise | None, view: LearningView, edition: OpenEdition) -> None:
    """One exercise in full; nothing where none is chosen."""
    if exercise:
        st.html(_exercise_html(exercise, view, edition))


def _exercise_html(exercise: Exercise, view: LearningView, edition: OpenEdition) -> str:
    """How it stands, what it gathers, by whom, what it does again, and the evidence it produced."""
    learning, again = view.learning, view.learning.find(Exercise, exercise.repeats)
    repeated_by = [one for one in learning.exercises if one.repeats == exercise.id]
    framework, names = edition.framework, edition.framework.area_titles
    rows = {
        "When": html.escape(sentences.when_in_words(exercise)),
        "How often": sentences.RECURRENCE_WORDS[exercise.recurrence],
        "Method": html.escape(f"{sentences.method_of(exercise)} ({formats.EVIDENCE_SOURCE_WORDS[exercise.source]})"),
        "Areas": ", ".join(link(address(area), names.get(area, area)) for area in exercise.areas),
        "Agencies": ", ".join(link(address("agency", agency=one), framework.agency(one).short_name) for one in exercise.agencies),
        "Lead": html.escape(exercise.lead),
        "Gathers": sentences.gathers_in_words(exercise),
        "Responds to": html.escape(exercise.responds_to or ""),
        "Does again": _way(again) if again else "",
        "Done again by": ", ".join(map(_way, repeated_by)),
        "Evidence": _evidence(exercise, view, edition),
    }
    listed = "".join(f"<div><dt>{name}</dt><dd>{told}</dd></div>" for name, told in rows.items() if told)
    sign = sentences.EXERCISE_MARKS[exercise_state(exercise, view.today)][0]
    state = f"<p class='state'><span aria-hidden='true'>{sign}</span> {sentences.exercise_state_in_words(exercise, view.today)}</p>"
    close = link(exercise_address(""), "Close")
    title = f"<h2>{html.escape(exercise.title)}</h2>"
    return f"<section class='hscb-exercise' aria-label='One exercise in full'>{close}{title}{state}<dl>{listed}</dl></section>"


def _way(exercise: Exercise) -> str:
    return link(exercise_address(exercise.id), f"{exercise.title} ({sentences.when_in_words(exercise)})")


def _evidence(exercise: Exercise, view: LearningView, edition: OpenEdition) -> str:
    """What it produced; where there is none of one that is done, the way to enter it."""
    produced = view.learning.produced_by(exercise)
    if not produced:
        way = evidence_link(edition, exercise.id) if exercise_state(exercise, view.today) == "done" else ""
        return f"<p>None entered and approved.</p>{way}"
    return f"<ul>{''.join(f'<li>{_one_evidence(view.learning, one)}</li>' for one in produced)}</ul>"


def _one_evidence(learning: Learning, one: Evidence) -> str:
    way = link(f"{address('evidence', area=one.areas[0])}#evidence-{one.id}", one.title)
    number = len(learning.found_in(one))
    found = f" {number} {'finding' if number == 1 else 'findings'}." if number else ""
    return f"{way}, {formats.day(one.on)} ({sentences.says_in_words(one)}). {html.escape(one.statement)}{found}"


# ---- what is gathered, and audits of priorities ----


def coverage_html(check: TimetableCheck, view: LearningView) -> str:
    """A row for each area: which continuous exercises gather quality and outcome, and when evidence last spoke of each."""
    assert view.rules is not None
    rules = view.rules.timetable
    heads = ("Area", "Quality, continuously", "Quality, last", "Outcome, continuously", "Outcome, last")
    head = "".join(f"<th scope='col'>{name}</th>" for name in heads)
    rows = "".join(_coverage_row(one, view, rules, heads) for one in check.areas)
    caption = "<caption>Quality and outcome information by area</caption>"
    return f"<table class='hscb-returns hscb-coverage'>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _coverage_row(one: AreaCoverage, view: LearningView, rules: TimetableRules, heads: Sequence[str]) -> str:
    look = "hscb-missing" if is_silent(one.last, rules, view.today) else "hscb-soft"
    quality, outcome = (_last_html(day, rules, view.today, look) for day in (one.last_quality, one.last_outcome))
    cells = (_names(view.learning, one.quality), quality, _names(view.learning, one.outcome), outcome)
    told = "".join(f"<td data-label='{head}'>{cell}</td>" for head, cell in zip(heads[1:], cells, strict=True))
    return f"<tr><th scope='row'>{link(address(one.area.id), one.area.short_title)}</th>{told}</tr>"


def _names(learning: Learning, ids: Sequence[str]) -> str:
    found = (learning.find(Exercise, one) for one in ids)
    return ", ".join(link(exercise_address(one.id), one.title) for one in found if one) or "–"


def _last_html(day: date | None, rules: TimetableRules, today: date, look: str) -> str:
    if day and not is_silent(day, rules, today):
        return formats.day(day)
    words = f"not since {formats.day(day)}" if day else "never"
    sign = "<span aria-hidden='true'>✕</span> " if look == "hscb-missing" else ""
    return f"<span class='{look}'>{sign}{words}</span>"


def priorities_html(check: TimetableCheck, framework: Framework) -> str:
    """How many audits of each plan year were about priorities, and which priorities had one."""
    lines = "".join(f"<li>{html.escape(sentences.priorities_in_words(one, framework))}</li>" for one in check.priorities)
    none = "" if lines else "<p class='hscb-note'>No plan year of a programme has begun.</p>"
    return f"<section><h2 class='hscb-section'>Audits and priorities</h2>{none}<ul class='hscb-told'>{lines}</ul></section>"


# ---- the timeline with its table, and files ----


def draw_timeline(chosen: Chosen, view: LearningView, edition: OpenEdition) -> None:
    """The exercises chosen as a timeline, as a table that opens on demand, and as files; a sentence where none fits."""
    if not chosen.exercises:
        frame.draw_empty("No exercise fits what was chosen.")
        return
    names = edition.framework.area_titles
    st.html(timeline_html(chosen.exercises, view, names, chosen.rows))
    st.html(_table_html(chosen.exercises, view, edition.framework))
    _draw_downloads(chosen.exercises, view, edition)


def _table_html(exercises: Sequence[Exercise], view: LearningView, framework: Framework) -> str:
    caption = sentences.shown_in_words(exercises, view.learning.exercises)
    table = tables.timetable_table(exercises, view.learning, framework, view.today)
    body = frame.scroll_html(tables.table_html(table, caption, "texts"), "The timetable as a table")
    return f"<details class='hscb-timetable-table'><summary>The timetable as a table</summary>{body}</details>"


def _draw_downloads(exercises: Sequence[Exercise], view: LearningView, edition: OpenEdition) -> None:
    kept = edition.edition
    issued = calendars.Issued(kept.id, datetime.fromisoformat(kept.published_at), view.today, kept.illustrative)
    name = f"{'illustrative_' if kept.illustrative else ''}timetable_edition_{kept.id}"
    rows = exports.rows_csv(exports.exercise_rows(exercises, view.learning, edition, view.today))
    calendar = calendars.timetable_calendar(exercises, edition.framework, issued)
    with st.container(horizontal=True, gap="small", key="timetable_away"):
        st.download_button("Timetable as CSV", rows, f"{name}.csv", "text/csv", on_click="ignore")
        st.download_button("Calendar (ICS)", calendar, f"{name}.ics", "text/calendar", on_click="ignore")
