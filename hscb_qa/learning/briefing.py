"""The record to what frontline teams of an area should know, on one page: who told us what, what was found, what changes, what is next.

Takes the newest of each and little of it, so that it fits a page and is read. Refuses to leave out that somebody was not heard.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hscb_qa.learning.entries import Exercise, Expectation, Finding, Recommendation
from hscb_qa.learning.recommendations import Followed
from hscb_qa.learning.record import Learning
from hscb_qa.learning.vocabulary import SPEAKERS
from hscb_qa.periods import months_after, parse_period

_CONCERNS, _GOOD, _CHANGES, _CHANGED, _AGAIN = 3, 1, 3, 1, 2
_RECENT_MONTHS = 12
_SENTENCE_ENDS = (". ", "! ", "? ")


@dataclass(frozen=True)
class Heard:
    """What one of the three groups of people said, on which day and how they were asked."""

    who: str
    words: str
    on: date
    method: str


@dataclass(frozen=True)
class Briefing:
    """What stands on the page of an area. `heard` holds the newest voice of each group, None for one that was not heard.

    `changes` are open recommendations, the most urgent first, `changed` those completed in the last twelve months; `again` are the signals
    that will be looked for, `exercises` what the timetable has still to come.
    """

    area: str
    on: date
    heard: dict[str, Heard | None]
    concerns: tuple[Finding, ...]
    good_practice: tuple[Finding, ...]
    changes: tuple[Followed, ...]
    changed: tuple[Followed, ...]
    again: tuple[Expectation, ...]
    exercises: tuple[Exercise, ...]


def briefing(learning: Learning, followed: Sequence[Followed], area: str, today: date, voices: Iterable[Heard] = ()) -> Briefing:
    """The page of an area on a day. `voices` are what agencies heard and sent with their returns; the newest of all counts."""
    own = [one for one in followed if one.recommendation.area == area]
    changes = [one for one in own if one.completed_on is None]
    findings = [one for one in learning.findings if area in one.areas]
    return Briefing(
        area=area,
        on=today,
        heard=_heard(learning, area, voices),
        concerns=tuple(one for one in findings if one.kind == "concern")[:_CONCERNS],
        good_practice=tuple(one for one in findings if one.kind == "good_practice")[:_GOOD],
        changes=tuple(changes[:_CHANGES]),
        changed=tuple(one for one in own if one.completed_on and months_after(one.completed_on, _RECENT_MONTHS) >= today)[:_CHANGED],
        again=_expected([one.recommendation for one in own], today),
        exercises=_to_come(learning, area, today),
    )


def areas_briefed(learning: Learning) -> tuple[str, ...]:
    """The areas of which there is anything to tell, by id."""
    told = {area for one in learning.evidence for area in one.areas} | {area for one in learning.findings for area in one.areas}
    return tuple(sorted(told | {one.area for one in learning.recommendations}))


def in_short(text: str, most: int) -> str:
    """As many whole sentences of a text as fit into so many characters; where the first is longer, its beginning up to a word.

    >>> in_short("Waiting fell. Children noticed it.", 20), in_short("Waiting fell for all", 15)
    ('Waiting fell.', 'Waiting fell…')
    """
    if len(text) <= most:
        return text
    ends = [place + 1 for end in _SENTENCE_ENDS for place in _places(text, end) if place < most]
    return text[: max(ends)] if ends else f"{text[: most - 1].rsplit(' ', 1)[0].rstrip(' ,;:')}…"


def _places(text: str, part: str) -> list[int]:
    return [place for place in range(len(text)) if text.startswith(part, place)]


def _heard(learning: Learning, area: str, voices: Iterable[Heard]) -> dict[str, Heard | None]:
    told = [
        *voices,
        *(Heard(who, one.statement, one.on, one.method) for one in learning.evidence if area in one.areas for who in one.speakers),
    ]
    return {who: max((one for one in told if one.who == who), key=lambda one: one.on, default=None) for who in SPEAKERS}


def _expected(recommendations: Iterable[Recommendation], today: date) -> tuple[Expectation, ...]:
    """The signals looked for, each indicator once, the next first; those whose quarter has passed are no news."""
    found: dict[str, Expectation] = {}
    for one in sorted((one.expects for one in recommendations if one.expects), key=lambda one: one.by):
        if parse_period(one.by, "quarter").end >= today:
            found.setdefault(one.indicator, one)
    return tuple(found.values())[:_AGAIN]


def _to_come(learning: Learning, area: str, today: date) -> tuple[Exercise, ...]:
    open_ones = [one for one in learning.exercises if area in one.areas and one.status in ("planned", "under_way")]
    return tuple(one for one in open_ones if one.end is None or one.end >= today)[:_AGAIN]
