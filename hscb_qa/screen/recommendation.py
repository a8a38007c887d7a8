"""One recommendation in full, and one finding: where it came from, what was asked, what was done, what came of it, and the way on and back.

Refuses to show a suggestion of the software as if somebody had decided it.
"""

import html

import streamlit as st

from hscb_qa import formats
from hscb_qa.learning import SMART_TESTS, Evidence, Finding, Recommendation, SmartTest, Step, words
from hscb_qa.learning.briefing import in_short
from hscb_qa.learning.cycle import Line
from hscb_qa.learning.recommendations import Followed
from hscb_qa.learning.smart import suggest
from hscb_qa.screen import cards, frame
from hscb_qa.screen.choices import AGENCY_PAGE, address, link
from hscb_qa.screen.cycle import PAGE, cycle_of, entry_html, line_html, ways_html
from hscb_qa.screen.entry_links import form_link
from hscb_qa.screen.names import agency_names
from hscb_qa.screen.recommendations import effect_html, standing_html
from hscb_qa.sentences import effects
from hscb_qa.sentences import recommendations as told
from hscb_qa.views import LearningView, OpenEdition

_TITLE = 150  # characters of a text that make a heading


def draw_recommendation(edition: OpenEdition, view: LearningView, asked: Recommendation) -> None:
    """Everything there is about a recommendation."""
    cycle = cycle_of(view)
    line = cycle.line_of(asked)
    assert line.followed is not None
    area = edition.framework.area_titles.get(asked.area, asked.area)
    frame.draw_heading(edition, in_short(asked.text, _TITLE), f"Recommendation, {area}, as of {formats.day(view.today)}")
    st.html(
        _ways_back() + _whole_text(asked.text) + f"<p class='hscb-lead'>{standing_html(line.followed)} {effect_html(line.followed)}</p>"
    )
    st.html(f"<h2 class='hscb-section'>From what was found to whether it changed</h2>{line_html(cycle, line, asked)}")
    about, done = st.columns(2, gap="large")
    with about:
        st.html(_facts_html(edition, view, line.followed) + _smart_html(edition, view, asked))
    with done:
        st.html(_steps_html(view, asked) + form_link(edition, "step", "Record a step", recommendation=asked.id) + _reach_html(view, asked))
    _draw_impact(edition, view, line.followed)


def draw_finding(edition: OpenEdition, view: LearningView, finding: Finding) -> None:
    """A finding with the lines that began with it, and what was found before and after."""
    cycle, areas = cycle_of(view), edition.framework.area_titles
    about = formats.join([areas.get(one, one) for one in finding.areas])
    frame.draw_heading(edition, in_short(finding.text, _TITLE), f"Finding: {words(finding.kind)}, {about}")
    agencies = formats.join([agency_names(edition.framework).get(one, one) for one in finding.agencies])
    themes = f" Themes: {formats.join([words(one) for one in finding.themes])}." if finding.themes else ""
    way = form_link(edition, "recommendation", "Make a recommendation", finding=finding.id)
    st.html(
        _ways_back() + _whole_text(finding.text) + f"<p>{html.escape(f'About {agencies}.{themes}')}</p>{ways_html(cycle, finding)}" + way
    )
    for line in cycle.lines_of(finding):
        st.html(f"<h2 class='hscb-section'>{_line_title(line)}</h2>{line_html(cycle, line, finding)}")


def _line_title(line: Line) -> str:
    return html.escape(line.followed.recommendation.text) if line.followed else "No recommendation"


def _ways_back() -> str:
    return f"<p class='hscb-way'>{link(address(PAGE), 'All recommendations')}</p>"


def _whole_text(text: str) -> str:
    return f"<p class='hscb-lead'>{html.escape(text)}</p>" if len(text) > _TITLE else ""


def _facts_html(edition: OpenEdition, view: LearningView, one: Followed) -> str:
    asked, framework = one.recommendation, edition.framework
    finding = view.learning.find(Finding, asked.finding)
    agency, area = agency_names(framework).get(asked.agency, asked.agency), framework.area_titles.get(asked.area, asked.area)
    own = "" if asked.due else f" <small>by the Board's rule of {view.learning.due_months} months</small>"
    facts = {
        "Comes from": entry_html(finding) if finding else html.escape(_ORIGINS.get(asked.origin, words(asked.origin))),
        "Kind of source": html.escape(words(asked.origin)),
        "Agency": link(address(AGENCY_PAGE, agency=asked.agency), agency),
        "Owner": html.escape(asked.owner),
        "Area": link(address(asked.area), area),
        "Made on": formats.day(asked.made_on),
        "Due": f"{formats.day(one.due)}{own}",
    }
    rows = "".join(f"<dt>{name}</dt><dd>{words}</dd>" for name, words in facts.items())
    return f"<h2 class='hscb-section'>What was asked</h2><dl class='hscb-definition hscb-pairs'>{rows}</dl>"


_ORIGINS = {"challenge": "The Board's own challenge"}


def _smart_html(edition: OpenEdition, view: LearningView, asked: Recommendation) -> str:
    """The five tests: what a person decided and why, or else what the wording suggests."""
    suggestions = {one.test: one for one in suggest(asked, view.learning.find(Finding, asked.finding))}
    areas = edition.framework.area_titles
    rows = "".join(_test_row(asked, test, told.suggestion_in_words(suggestions[test], areas)) for test in SMART_TESTS)
    head = html.escape(told.smart_in_short(asked))
    return f"<h2 class='hscb-section'>Is it SMART?</h2><p>{head[0].upper()}{head[1:]}.</p><ul class='hscb-tests'>{rows}</ul>"


def _test_row(asked: Recommendation, test: SmartTest, suggestion: str) -> str:
    answer = asked.smart.get(test)
    if answer is None:
        return f"<li class='hscb-suggested'><b>{told.TEST_TITLES[test]}</b> {html.escape(suggestion)}</li>"
    sign = "✓" if answer.met else "✗"
    return f"<li><b>{told.TEST_TITLES[test]}</b> <span aria-hidden='true'>{sign}</span> {html.escape(told.answer_in_words(answer))}</li>"


def _steps_html(view: LearningView, asked: Recommendation) -> str:
    """What became of it, by day, each step with the evidence it names."""
    items = "".join(_step_html(view, one) for one in view.learning.steps(asked))
    body = f"<ol class='hscb-steps'>{items}</ol>" if items else "<p class='hscb-note'>No step has been recorded since it was made.</p>"
    return f"<h2 class='hscb-section'>What was done</h2>{body}"


def _step_html(view: LearningView, step: Step) -> str:
    held = [one for named in step.evidence if (one := view.learning.find(Evidence, named))]
    away = len(step.evidence) - len(held)
    links = [entry_html(one) for one in held] + ([f"{told.counted(away, 'piece')} not in this file"] if away else [])
    evidence = f"<br>Evidence: {'; '.join(links)}" if links else "<br>No evidence is named." if step.kind == "completed" else ""
    kind = words(step.kind).capitalize()
    return f"<li id='step-{step.id}'><b>{formats.day(step.on)}. {kind}</b><br>{html.escape(step.text)}{evidence}</li>"


def _reach_html(view: LearningView, asked: Recommendation) -> str:
    """How the lesson reached frontline teams, or that the record knows of no way."""
    steps = view.learning.steps(asked, "reached_frontline")
    ways = [f"{words(one.reach or '')} on {formats.day(one.on)}" for one in steps]
    told_so = f"By {formats.join(ways)}." if ways else "The record does not say that it has."
    return f"<h2 class='hscb-section'>Has the lesson reached frontline teams?</h2><p>{html.escape(told_so)}</p>"


def _draw_impact(edition: OpenEdition, view: LearningView, one: Followed) -> None:
    """What was expected, what came, whether the same was found again, and the figure itself."""
    asked = one.recommendation
    effect = view.effects.get(asked.id)
    indicator = edition.framework.indicators.get(asked.expects.indicator) if asked.expects else None
    sentences = (
        effects.expected_in_words(asked.expects, indicator),
        effects.came_in_words(effect, is_completed=one.completed_on is not None),
        effects.again_in_words(one.found_again),
    )
    said, shown = st.columns(2, gap="large")
    with said:
        st.html(f"<h2 class='hscb-section'>Did it have an effect?</h2>{''.join(map(frame.sentence, sentences))}")
    with shown:
        if effect:
            cards.draw_card(edition, effect.view, (), (), "content")
