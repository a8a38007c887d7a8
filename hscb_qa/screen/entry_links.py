"""Links that lead from a page to the form of an entry, filled with what is known of it.

Refuses to lead to a form where nothing can be entered, and from the slides of a meeting: the link is then not there. On paper none is seen.
"""

import streamlit as st

from hscb_qa.definitions import PlanYear
from hscb_qa.ledger import ledger_path, store_folder
from hscb_qa.screen import choices, editions, uploads
from hscb_qa.views import Exceptional, OpenEdition

PAGE = "entry"


def form_link(edition: OpenEdition, kind: str, words: str, /, **filled: str) -> str:
    """A link to the form of a kind, with fields filled; empty where the server takes no entries and in a meeting."""
    shown = is_open(edition) and not editions.is_meeting()
    return f"<span class='hscb-enter'>{new_link(kind, words, **filled)}</span>" if shown else ""


def draw_form_link(edition: OpenEdition, kind: str, words: str, /, **filled: str) -> None:
    """Draw such a link by itself; nothing where it is empty."""
    if told := form_link(edition, kind, words, **filled):
        st.html(told)


def new_link(kind: str, words: str, /, **filled: str) -> str:
    """The same, on a page on which it is known that entry is open."""
    return choices.link(choices.address(PAGE, kind=kind, **{f"of_{name}": value for name, value in filled.items()}), words)


def analysis_link(edition: OpenEdition, plan_year: PlanYear, one: Exceptional, agency: str = "") -> str:
    """A link to the form of the analysis that an exception obliges to; empty where it is given, and where entry is closed.

    The agency is the one named, else the only one that owes it; of several none is chosen.
    """
    if not one.narrative.is_owed:
        return ""
    owing = [held.id for held in edition.framework.agencies.values() if held.short_name in one.narrative.owed_by]
    whose = agency or (owing[0] if len(owing) == 1 else "")
    indicator = one.view.indicator.id
    area = next((area.id for area in plan_year.areas if indicator in area.indicators), "")
    filled = {"kind": "analysis", "area": area, "indicator": indicator, "agency": whose}
    return form_link(edition, "analysis", "Enter the analysis", **{name: value for name, value in filled.items() if value})


def change_link(kind: str, entry: str, words: str) -> str:
    """A link to the form in which an entry can be changed."""
    return choices.link(choices.address(PAGE, kind=kind, entry=entry), words)


def is_open(edition: OpenEdition) -> bool:
    """Whether the server takes entries: it has the record, and its figures are invented or it is set up to take them."""
    return uploads.takes_returns(edition.edition.illustrative) and ledger_path(store_folder()).exists()
