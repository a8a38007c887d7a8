"""What people make of an area: the owners' analyses, the Board's challenges with their answers, the actions agreed.

Refuses to leave a challenge without an answer unsaid.
"""

import html
from collections.abc import Sequence

import streamlit as st

from hscb_qa import formats
from hscb_qa.learning import Analysis, Learning
from hscb_qa.screen.challenges import answer_link
from hscb_qa.screen.choices import indicator_address, link
from hscb_qa.views import LearningView, OpenEdition

_AT_ONCE = 3
_KINDS = {"analysis": "Analysis", "challenge": "The Board's challenge", "answer": "Answer", "action": "Action agreed"}


def draw_analyses(edition: OpenEdition, view: LearningView, area_id: str) -> None:
    """Analyses and challenges about an area, newest first, each challenge with its answers; nothing where there is none."""
    said = [one for one in _of_area(view.learning, area_id) if one.kind in ("analysis", "challenge")]
    if said:
        st.html(f"<section class='hscb-said'><h2 class='hscb-section'>Analysis and challenge</h2>{_listed(edition, view, said)}</section>")


def actions_html(edition: OpenEdition, view: LearningView, area_id: str) -> str:
    """The actions agreed about an area, newest first; empty where there is none."""
    agreed = [one for one in _of_area(view.learning, area_id) if one.kind == "action"]
    return f"<h3>Actions agreed</h3>{_listed(edition, view, agreed)}" if agreed else ""


def _of_area(learning: Learning, area_id: str) -> list[Analysis]:
    return [one for one in learning.analyses if one.area == area_id]


def _listed(edition: OpenEdition, view: LearningView, said: Sequence[Analysis]) -> str:
    items = [_item(edition, one, view.learning.answers_to(one)) for one in said]
    newest, earlier = "".join(items[:_AT_ONCE]), "".join(items[_AT_ONCE:])
    more = f"<details><summary>{len(items) - _AT_ONCE} earlier</summary><ul>{earlier}</ul></details>" if earlier else ""
    return f"<ul>{newest}</ul>{more}"


def _item(edition: OpenEdition, one: Analysis, answers: Sequence[Analysis]) -> str:
    told = "".join(_answer(edition, answer) for answer in answers)
    waits = one.kind == "challenge" and not answers
    unanswered = f"<p class='hscb-hole'>No answer yet.</p>{answer_link(edition, one)}" if waits else ""
    return f"<li><p><b>{_KINDS[one.kind]}.</b> {html.escape(one.text)}</p>{_beside(edition, one)}{told}{unanswered}</li>"


def _answer(edition: OpenEdition, one: Analysis) -> str:
    return f"<p><b>{_KINDS['answer']}.</b> {html.escape(one.text)}</p>{_beside(edition, one)}"


def _beside(edition: OpenEdition, one: Analysis) -> str:
    """Whose words they are, of which day, about which indicator."""
    agency = edition.framework.agencies[one.agency].short_name if one.agency else ""
    whose = ", ".join(part for part in (one.by_role, agency, formats.day(one.on)) if part)
    about = link(indicator_address(one.indicator), edition.framework.indicator(one.indicator).name) if one.indicator else ""
    return f"<p class='hscb-note'>{html.escape(whose)}{f'. About {about}' if about else ''}</p>"
