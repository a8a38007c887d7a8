"""The list of all agencies: what each returned last, how many figures it gives, where it differs, what it owes.

Keeps the configuration's order: it is a list to find one's own agency in, not a league table.
"""

import html

import streamlit as st

from hscb_qa import formats, sentences
from hscb_qa.screen import frame
from hscb_qa.screen.choices import AGENCY_PAGE, address
from hscb_qa.screen.names import agency_html
from hscb_qa.views import AgenciesView, AgencyRow, OpenEdition

_LOOKS = {"in": "quiet", "late": "late", "due": "waiting", "overdue": "missing", "withdrawn": "missing"}
_HEADS = (
    "Agency",
    "Return",
    "Items missing",
    "Items not available",
    "Queries open",
    "Narratives owed",
    "Indicators",
    "Differs from the others on",
)


def draw_agencies(edition: OpenEdition, view: AgenciesView) -> None:
    """A row for each agency, with the way to its own page."""
    frame.draw_heading(edition, "Agencies", f"Plan year {view.plan_year.id}", sentences.agencies_in_words(view))
    heads = "".join(f"<th scope='col'>{name}</th>" for name in _HEADS)
    rows = "".join(_row(one) for one in view.rows)
    as_of = f"As the record stood on {formats.day(view.day)}, when this edition was made. Choose an agency to see its own page."
    st.html(
        f"<p class='hscb-note'>{as_of}</p><div class='hscb-scroll' tabindex='0' role='region' aria-label='All agencies'>"
        f"<table class='hscb-returns hscb-agencies'>"
        f"<caption class='hscb-unseen'>All agencies</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _row(one: AgencyRow) -> str:
    row = one.returned
    numbers = (row.missing, row.not_available, row.queries_open) if row else (0, 0, 0)
    cells = (_state(one), *map(_number, (*numbers, one.notes_owed)), str(one.indicators), html.escape(sentences.outside_in_words(one)))
    columns = "".join(_cell(head, cell) for head, cell in zip(_HEADS[1:], cells, strict=True))
    return f"<tr><th scope='row'>{agency_html(one.agency, address(AGENCY_PAGE, agency=one.agency.id))}</th>{columns}</tr>"


def _state(one: AgencyRow) -> str:
    if one.returned is None:
        until = f": a partner until {formats.day(one.agency.until)}" if one.agency.until else ""
        return f"<span class='hscb-soft'>nothing owed{until}</span>"
    sign, words = sentences.quarter_mark(one.returned)
    told = f"<span aria-hidden='true'>{sign}</span> {html.escape(words)}"
    return f"<span class='hscb-state hscb-{_LOOKS[one.returned.state]}'>{told}</span>"


def _number(number: int) -> str:
    return str(number) if number else "–"


def _cell(head: str, text: str) -> str:
    nothing = " class='hscb-nothing'" if text == "–" else ""
    return f"<td data-label='{head}'{nothing}>{text}</td>"
