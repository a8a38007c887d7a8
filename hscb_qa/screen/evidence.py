"""Evidence on a page: agencies by sources in one grid, questions where they disagree, the evidence itself, and what recurs.

Refuses to leave a silence out: a source that says nothing of an agency is a cell that says so.
"""

import html
from collections.abc import Sequence

import streamlit as st

from hscb_qa import formats, sentences
from hscb_qa.definitions import EvidenceSource
from hscb_qa.learning import METHODS, Cell, Evidence, Finding, Learning, Theme, words
from hscb_qa.screen import choices
from hscb_qa.screen.cycle import entry_address
from hscb_qa.screen.entry_links import form_link
from hscb_qa.screen.frame import draw_empty, scroll_html
from hscb_qa.views import AreaEvidence, LearningView, OpenEdition

_AT_ONCE = 6
_BOARD = "All agencies"
_AGREED = "No two sources of the last 18 months disagree, nor does any with the figures."
_NO_THEME = "No theme has been found in more than one area or at more than one agency."


def draw_grid(edition: OpenEdition, area: AreaEvidence) -> None:
    """What each source says of each agency, how old it is, and what their figures say; sources nobody used stand below in a line."""
    used = [source for source in METHODS if any(key[1] == source for key in area.cells)]
    if not area.cells:
        draw_empty(f"No evidence about {area.area.short_title} has been entered and approved yet. Only the figures speak.")
        return
    heads = "".join(f"<th scope='col'>{html.escape(name)}</th>" for name in ("Agency", "Figures", *map(_source_name, used)))
    rows = "".join(_row(edition, area, agency, used) for agency in ("", *area.agencies))
    body = (
        f"<table class='sources'><caption>What each source says</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        f"<p class='hscb-note'>{html.escape(_unused(used))}</p>"
    )
    st.html(scroll_html(body, "What each source says"))


def draw_disagreements(edition: OpenEdition, area: AreaEvidence) -> None:
    """Where evidence disagrees with other evidence or with figures, each a question for the Board."""
    items = "".join(
        f"<li><p>{html.escape(sentences.disagreement_in_words(one, edition.framework))}</p><p class='hscb-note'>{_ways(one)}</p></li>"
        for one in area.disagreements
    )
    told = f"<ul class='hscb-asked'>{items}</ul>" if items else f"<p>{_AGREED}</p>"
    st.html(f"<h2 class='hscb-section'>Questions for the Board: where sources disagree</h2>{told}")


def draw_items(edition: OpenEdition, view: LearningView, area: str, evidence: Sequence[Evidence]) -> None:
    """An area's evidence itself, newest first, each with what was found in it; earlier ones on demand. The way to enter more."""
    items = [_item(edition, view.learning, one) for one in evidence]
    earlier = (
        f"<details><summary>{len(items) - _AT_ONCE} earlier</summary><ul class='hscb-items'>{''.join(items[_AT_ONCE:])}</ul></details>"
    )
    listed = f"<ul class='hscb-items'>{''.join(items[:_AT_ONCE])}</ul>{earlier if len(items) > _AT_ONCE else ''}"
    way = form_link(edition, "evidence", "Record evidence about this area", areas=area)
    st.html(f"<h2 class='hscb-section'>The evidence</h2>{way}{listed if items else '<p>None yet.</p>'}")


def draw_themes(edition: OpenEdition, themes: Sequence[Theme]) -> None:
    """Themes that recur over areas and agencies, those in most areas first."""
    items = "".join(
        f"<li><h3>{html.escape(words(one.id).capitalize())}</h3><p>{html.escape(sentences.theme_in_words(one, edition.framework))}</p>"
        f"<details><summary>Where it was met</summary><ul>{''.join(map(_finding, one.findings))}{''.join(map(_also, one.evidence))}</ul>"
        "</details></li>"
        for one in themes
    )
    told = f"<ul class='hscb-items'>{items}</ul>" if items else f"<p>{_NO_THEME}</p>"
    st.html(f"<h2 class='hscb-section' id='themes'>What recurs over areas and agencies</h2>{told}")


def _row(edition: OpenEdition, area: AreaEvidence, agency: str, sources: Sequence[EvidenceSource]) -> str:
    name = edition.framework.agencies[agency].short_name if agency else _BOARD
    figures = html.escape(sentences.figures_in_words(area, agency)) or "<span class='hscb-silent'>no signal</span>"
    cells = "".join(f"<td>{_cell(area.cells.get((agency, source))) if agency else ''}</td>" for source in sources)
    return f"<tr><th scope='row'>{html.escape(name)}</th><td>{figures}</td>{cells}</tr>"


def _cell(cell: Cell | None) -> str:
    if cell is None:
        return "<span class='hscb-silent'>silent</span>"
    sign = f"<span class='hscb-direction' aria-hidden='true'>{sentences.DIRECTION_SIGNS[cell.said]}</span>"
    way = f"<a href='#evidence-{cell.evidence[0].id}'>{sign}{cell.said}</a>"
    return f"{way}<small>{html.escape(cell.evidence[0].quarter)}</small>"


def _unused(used: Sequence[EvidenceSource]) -> str:
    silent = [formats.EVIDENCE_SOURCE_WORDS[source] for source in METHODS if source not in used]
    return (
        f"Silent about this area: {formats.join(silent)}." if silent else "All ten sources of the framework say something about this area."
    )


def _source_name(source: EvidenceSource) -> str:
    return formats.EVIDENCE_SOURCE_WORDS[source].capitalize()


def _ways(one: object) -> str:
    """Links to what disagrees."""
    evidence = [part for part in (getattr(one, "evidence", None), getattr(one, "other", None)) if part]
    links = [f"<a href='#evidence-{part.id}'>{html.escape(part.title)}</a>" for part in evidence]
    indicator = getattr(one, "indicator", None)
    return " · ".join([*links, *([choices.link(choices.indicator_address(indicator), "The figures")] if indicator else [])])


def _item(edition: OpenEdition, learning: Learning, one: Evidence) -> str:
    agencies = formats.join([edition.framework.agencies[agency].short_name for agency in one.agencies])
    facts = [sentences.evidence_source_in_words(one), formats.day(one.on), agencies, sentences.asked_in_words(one)]
    told = html.escape(", ".join(fact for fact in facts if fact))
    grade = f" Grade: {words(one.grade)}." if one.grade else ""
    findings = "".join(_finding(found) for found in learning.found_in(one))
    return (
        f"<li id='evidence-{one.id}'><h3>{html.escape(one.title)}</h3><p class='hscb-note'>{told}</p>"
        f"<p>{html.escape(one.statement)}{grade} It says: {html.escape(sentences.says_in_words(one))}.</p>"
        f"{f'<p>{html.escape(one.story)}</p>' if one.story else ''}{f'<ul>{findings}</ul>' if findings else ''}"
        f"{form_link(edition, 'finding', 'Record what was found', evidence=one.id)}</li>"
    )


def _finding(finding: Finding) -> str:
    kind = "Good practice" if finding.kind == "good_practice" else "Concern"
    return f"<li><b>{kind}:</b> {choices.link(entry_address(finding), finding.text)}</li>"


def _also(evidence: Evidence) -> str:
    return f"<li><b>Evidence:</b> {choices.link(entry_address(evidence), evidence.title)}</li>"
