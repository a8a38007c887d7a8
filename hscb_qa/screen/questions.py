"""The key questions on a page: for each the Board's own judgement, then what can be counted, what is missing, and how it moved.

Refuses to sum facts up: nothing here is a score, and a question without a judgement says so.
"""

import html
from collections.abc import Sequence

import streamlit as st

from hscb_qa import formats, sentences
from hscb_qa.learning import Fact, Judgement
from hscb_qa.screen.entry_links import form_link
from hscb_qa.screen.frame import draw_empty, scroll_html, sentence
from hscb_qa.sentences.questions import verdict_in_words, verdict_moved_in_words
from hscb_qa.views import AnsweredQuestion, FactThen, LearningView, OpenEdition

_SUMMARY = "The Board's judgements"


def draw_questions(edition: OpenEdition, view: LearningView, answered: Sequence[AnsweredQuestion]) -> None:
    """All questions, two beside each other; that there are none in an edition made before the Board kept a record."""
    if not answered:
        draw_empty("This edition was made before the Board kept a record of its learning, so nothing can be counted here.")
        return
    st.html(summary_html(answered))
    cards = "".join(_card(number, one, edition, view) for number, one in enumerate(answered, start=1))
    st.html(f"<div class='hscb-questions'>{cards}</div>")


def summary_html(answered: Sequence[AnsweredQuestion]) -> str:
    """A row for each question: the Board's latest judgement, the one before, and which way it went, with the way to the question below."""
    heads = "".join(f"<th scope='col'>{name}</th>" for name in ("Question", "The Board's latest judgement", "The one before", "Since then"))
    rows = "".join(_summary_row(number, one) for number, one in enumerate(answered, start=1))
    table = (
        f"<table class='sources hscb-judgements'><caption>{_SUMMARY}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
    return scroll_html(table, _SUMMARY)


def _summary_row(number: int, one: AnsweredQuestion) -> str:
    newest, before = (*one.judgements[:2], None, None)[:2]
    way = f"<a href='#question-{one.question.id}'>{number}. {html.escape(one.question.wording)}</a>"
    cells = (
        verdict_in_words(newest),
        verdict_in_words(before) if before else "–",
        verdict_moved_in_words(one.judgements),
    )
    return f"<tr><th scope='row'>{way}</th>{''.join(f'<td>{html.escape(cell)}</td>' for cell in cells)}</tr>"


def _card(number: int, one: AnsweredQuestion, edition: OpenEdition, view: LearningView) -> str:
    facts = "".join(_fact(fact, then, edition, view) for fact, then in one.facts if sentences.fact_in_words(fact))
    title = f"<h2 class='hscb-section' id='question-{one.question.id}'>{number}. {html.escape(one.question.wording)}</h2>"
    judged = _judgement(one.judgements) + form_link(edition, "judgement", "Record a judgement", question=one.question.id)
    return f"<section class='hscb-question'>{title}{judged}<ul class='hscb-counted'>{facts}</ul></section>"


def _judgement(judgements: Sequence[Judgement]) -> str:
    """The newest judgement with its reasons; the earlier ones on demand."""
    if not judgements:
        return "<p class='hscb-hole'>The Board has not judged this yet.</p>"
    newest, *earlier = (_judged(one) for one in judgements)
    before = f"<details><summary>{len(earlier)} earlier</summary>{''.join(earlier)}</details>" if earlier else ""
    return newest + before


def _judged(one: Judgement) -> str:
    verdict = f"<b>{sentences.VERDICT_WORDS[one.verdict]}.</b>"
    said = f"<p class='hscb-judged'>{verdict} {html.escape(one.reasons)}</p>"
    return f"{said}<p class='hscb-note'>The Board's own judgement: {html.escape(one.by_role)}, {formats.day(one.on)}</p>"


def _fact(fact: Fact, then: Sequence[FactThen], edition: OpenEdition, view: LearningView) -> str:
    """A fact with a bar of its share, what it was before, and what is missing."""
    missing = sentences.lacking_in_words(fact, edition.framework, view)
    words = f"<span>{html.escape(sentences.fact_in_words(fact))}</span>"
    return f"<li>{words}{_bar(fact)}{_moved(fact, then)}{f'<small>{html.escape(missing)}</small>' if missing else ''}</li>"


def _bar(fact: Fact) -> str:
    """The share as a bar, for eyes alone: the words hold both numbers."""
    if not fact.of:
        return ""
    share = 100 * fact.number / fact.of
    return f"<span class='hscb-share' aria-hidden='true'><span style='width:{share:.0f}%'></span></span>"


def _moved(fact: Fact, then: Sequence[FactThen]) -> str:
    """What the edition before counted; with more than one, all of them on demand."""
    words = sentence(sentences.moved_in_words(fact, then))
    if len(then) < 2:
        return words
    rows = "".join(
        f"<tr><th scope='row'>{html.escape(one.label or one.edition)}</th><td>{formats.day(one.published_on)}</td>"
        f"<td>{one.number}{'' if one.of is None else f' of {one.of}'}</td></tr>"
        for one in then
    )
    head = "<thead><tr><th scope='col'>Edition</th><th scope='col'>Published</th><th scope='col'>Counted</th></tr></thead>"
    return f"{words}<details><summary>All editions</summary><table class='figures'>{head}<tbody>{rows}</tbody></table></details>"
