"""What agencies say, on a page: approved notes beside an indicator, approved voices about an area.

Turns texts into HTML in which every sign an agency wrote stands as it was written. Draws nothing where nothing is approved.
"""

import html
from collections.abc import Sequence

import streamlit as st

from hscb_qa import formats
from hscb_qa.views import ApprovedNote, ApprovedVoice

_OPEN = 3
"""So many are shown at once; earlier ones open on demand."""


def draw_notes(notes: Sequence[ApprovedNote], *, illustrative: bool) -> None:
    """The approved notes beside an indicator's figures, newest first."""
    _draw("What agencies say", [note_html(one) for one in notes], illustrative)


def draw_voices(voices: Sequence[ApprovedVoice], *, illustrative: bool) -> None:
    """The approved voices about an area, newest first."""
    _draw("What children, parents and staff say", [voice_html(one) for one in voices], illustrative)


def draw_agency_notes(notes: Sequence[ApprovedNote], *, illustrative: bool) -> None:
    """What one agency wrote, each with the figure or the question it is about; that there is nothing, where nothing is approved."""
    _draw("What it says", [note_html(one, about=True) for one in notes], illustrative)
    if not notes:
        _draw_none("What it says", "No note of this agency has been approved yet.")


def draw_agency_voices(voices: Sequence[ApprovedVoice], *, illustrative: bool) -> None:
    """What it heard from children, parents and staff; that there is nothing, where nothing is approved."""
    draw_voices(voices, illustrative=illustrative)
    if not voices:
        _draw_none("What children, parents and staff say", "No voice that this agency heard has been approved yet.")


def note_html(one: ApprovedNote, *, about: bool = False) -> str:
    """A note as an item of a list: the words, then whose, of when and by whose approval; before them what it is about, where asked for."""
    if about:
        where = ", ".join(part for part in (one.breakdown, one.label) if part)
        return _item([one.wording], f"{one.about if one.about.endswith('?') else f'{one.about}.'} {where}. {_approval(one)}")
    whose = ", ".join(part for part in (one.agency, one.breakdown, one.label) if part)
    return _item([one.wording], f"{whose}. {_approval(one)}")


def voice_html(one: ApprovedVoice) -> str:
    """A voice as an item of a list: what was said, what changed, then who, how, when, to whom and by whose approval."""
    asked = f"{one.asked} asked" if one.asked else ""
    heard = ", ".join(part for part in (one.method, asked, formats.day(one.spoken_on), one.agency) if part)
    changed = f"What changed: {one.changed}" if one.changed else ""
    return _item([words for words in (one.message, changed) if words], f"{one.who.capitalize()}. {heard}. {_approval(one)}")


def _draw(title: str, items: list[str], illustrative: bool) -> None:
    if not items:
        return
    invented = " <small>Invented, as every figure here.</small>" if illustrative else ""
    earlier = f"<details><summary>Earlier</summary><ul>{''.join(items[_OPEN:])}</ul></details>" if items[_OPEN:] else ""
    st.html(
        f"<section class='hscb-said'><h2 class='hscb-section'>{title}{invented}</h2><ul>{''.join(items[:_OPEN])}</ul>{earlier}</section>"
    )


def _draw_none(title: str, words: str) -> None:
    st.html(f"<section class='hscb-said'><h2 class='hscb-section'>{title}</h2><p>{words}</p></section>")


def _approval(one: ApprovedNote | ApprovedVoice) -> str:
    return f"Approved by: {one.role}, {formats.day(one.approved_on)}"


def _item(words: list[str], beside: str) -> str:
    said = "".join(f"<p>{html.escape(text)}</p>" for text in words)
    return f"<li>{said}<p class='hscb-note'>{html.escape(beside)}</p></li>"
