"""Who was heard about each area of a plan year, and when last: in returns and in the Board's own evidence alike."""

from collections.abc import Mapping
from datetime import date

from hscb_qa.definitions import PlanYear
from hscb_qa.learning import SPEAKERS
from hscb_qa.views.edition import OpenEdition
from hscb_qa.views.learning import LearningView, voices_in
from hscb_qa.views.texts import voices_about

HeardByArea = Mapping[str, Mapping[str, date | None]]
"""The last day on which each kind of speaker was heard, by area and speaker; None where nobody was."""


def heard_by_area(edition: OpenEdition, view: LearningView, plan_year: PlanYear) -> HeardByArea:
    """All areas of a plan year in its order, each with every kind of speaker; only approved voices count."""
    return {area.id: _last_heard(edition, view, area.id) for area in plan_year.areas}


def _last_heard(edition: OpenEdition, view: LearningView, area: str) -> dict[str, date | None]:
    voices = (*voices_about(edition, area), *voices_in(view, edition.framework, area))
    return {who: max((one.spoken_on for one in voices if one.who == who), default=None) for who in SPEAKERS}
