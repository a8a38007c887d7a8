"""Which recommendation, finding or briefing an address asks for. One that there is not is dropped, and the page says so."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from hscb_qa.learning import Finding, Recommendation
from hscb_qa.screen import choices
from hscb_qa.views import LearningView, OpenEdition

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """What to show in full; nothing of it for the register. `briefing` is the id of an area."""

    recommendation: Recommendation | None
    finding: Finding | None
    briefing: str | None


def asked_for(edition: OpenEdition, view: LearningView) -> Asked:
    """What the address names of what there is."""
    areas = edition.framework.area_titles
    return Asked(
        _there("recommendation", lambda name: view.learning.find(Recommendation, name)),
        _there("finding", lambda name: view.learning.find(Finding, name)),
        _there("briefing", lambda name: name if name in areas else None),
    )


def _there(name: str, find: Callable[[str], T | None]) -> T | None:
    """What an address names under a parameter; None where it names nothing, or something that there is not."""
    value = st.query_params.get(name)
    found = find(value) if value else None
    if value and found is None:
        choices.drop(f"The address asks for {name} '{value}', which this edition does not have. It is left out.")
    return found
