"""The voices about an area: of children, of parents and carers, of frontline staff, each with a place of its own.

Refuses to leave out who was not heard: an empty place says since when.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from hscb_qa import sentences
from hscb_qa.readers.return_form import SPEAKERS
from hscb_qa.screen import choices
from hscb_qa.screen.frame import scroll_html, sentence
from hscb_qa.screen.texts import voice_html
from hscb_qa.sentences.voices import last_heard_in_words
from hscb_qa.views import ApprovedVoice, HeardByArea, OpenEdition

_AT_ONCE = 1
_HEARD = "Who was heard, by area"
_SILENT = " class='hscb-silent'"


def draw_area_voices(voices: Sequence[ApprovedVoice], edition: OpenEdition) -> None:
    """The newest voice of each, the others on demand, and who was not heard."""
    invented = " <small>Invented, as every figure here.</small>" if edition.edition.illustrative else ""
    newest = sorted(voices, key=lambda one: one.spoken_on, reverse=True)
    blocks = "".join(_of_one(who, [one for one in newest if one.who == who], edition) for who in SPEAKERS)
    st.html(f"<section class='hscb-said'><h2 class='hscb-section' id='part-voices'>Voices{invented}</h2>{blocks}</section>")


def _of_one(who: str, voices: list[ApprovedVoice], edition: OpenEdition) -> str:
    silence = sentence(sentences.silence_in_words(voices, who, edition.edition))
    items = [voice_html(one) for one in voices]
    newest = f"<ul>{''.join(items[:_AT_ONCE])}</ul>" if items else ""
    earlier = f"<details><summary>{len(items) - _AT_ONCE} earlier</summary><ul>{''.join(items[_AT_ONCE:])}</ul></details>"
    return f"<h3>{who.capitalize()}</h3>{silence}{newest}{earlier if items[_AT_ONCE:] else ''}"


def heard_html(edition: OpenEdition, heard: HeardByArea) -> str:
    """Every area of a plan year with the quarter in which each was heard last, and the way to the area."""
    titles, heads = (
        edition.framework.area_titles,
        "".join(f"<th scope='col'>{name}</th>" for name in ("Area", *map(str.capitalize, SPEAKERS))),
    )
    rows = "".join(_heard_row(choices.link(choices.address(area), titles.get(area, area)), lasts) for area, lasts in heard.items())
    table = (
        f"<table class='sources hscb-heard-by-area'><caption>{_HEARD}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )
    return f"<div id='heard'>{scroll_html(table, _HEARD)}</div>"


def _heard_row(area: str, lasts: Mapping[str, date | None]) -> str:
    cells = "".join(f"<td{'' if lasts[who] else _SILENT}>{last_heard_in_words(lasts[who])}</td>" for who in SPEAKERS)
    return f"<tr><th scope='row'>{area}</th>{cells}</tr>"
