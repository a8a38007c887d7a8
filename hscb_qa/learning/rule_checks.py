"""A rule of the timetable on a day: its state, and by name and day what meets it and what is missing.

Puts several checks into one. Refuses to let what is met outweigh what is not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from hscb_qa.definitions import Area
from hscb_qa.learning.entries import Exercise
from hscb_qa.learning.programme import Span

RuleId = Literal["deep_dive", "repeat_audit", "priorities", "continuous", "responsive", "kept", "evidenced"]
RuleState = Literal["not_met", "planned", "met", "nothing_yet"]
ItemKind = Literal[
    "done",
    "to_come",
    "none_done",
    "none_planned",
    "missed",
    "audited",
    "audit_planned",
    "not_audited",
    "plan_not_held",
    "heard",
    "silent",
    "never_heard",
    "hearing_planned",
    "not_continuous",
    "answered",
    "answer_planned",
    "unanswered",
    "awaiting",
    "without_evidence",
    "never_evidenced",
    "evidence_ended",
]
_WORST_FIRST: tuple[RuleState, ...] = ("not_met", "planned", "met", "nothing_yet")


@dataclass(frozen=True)
class Item:
    """One thing that meets a rule or is missing from it.

    `name` is an exercise's or a report's title, an area's short one, or years; `on` the day that counts, `by` one until which something was
    or is to be done, `exercise` the id of the exercise that is meant, `within` the years that a name belongs to.
    """

    kind: ItemKind
    name: str
    on: date | None = None
    by: date | None = None
    exercise: str = ""
    within: str = ""


@dataclass(frozen=True)
class RuleCheck:
    """A rule on a day: its state, what meets it, what is missing, and what is worth knowing but fails nothing."""

    rule: RuleId
    state: RuleState
    meets: tuple[Item, ...] = ()
    missing: tuple[Item, ...] = ()
    notes: tuple[Item, ...] = ()


def item_of(kind: ItemKind, exercise: Exercise, on: date | None, span: Span | None = None) -> Item:
    """An item that is an exercise."""
    return Item(kind, exercise.title, on, exercise=exercise.id, within=span.name if span else "")


def item_about(area: Area, kind: ItemKind, exercise: Exercise, on: date | None) -> Item:
    """An item that is an area, by what was or will be done about it."""
    return Item(kind, area.short_title, on, exercise=exercise.id, within=exercise.title)


def together(rule: RuleId, parts: Iterable[RuleCheck]) -> RuleCheck:
    """One check of several: its state is the worst of theirs; nothing to judge yet where there is none."""
    parts = tuple(parts)
    state: RuleState = min((one.state for one in parts), key=_WORST_FIRST.index, default="nothing_yet")
    meets = tuple(item for one in parts for item in one.meets)
    missing = tuple(item for one in parts for item in one.missing)
    notes = tuple(item for one in parts for item in one.notes)
    return RuleCheck(rule, state, meets, missing, notes)
