"""Exercises to a timeline: which quarters are drawn, where each bar begins and ends, and where there is room for its words.

Refuses to cut an exercise off: the quarters reach as far as the exercises do, and at least over the programme of the day.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Literal

from hscb_qa.learning import Exercise, ExerciseState, Span, exercise_state
from hscb_qa.periods import Period, parse_period, periods_between, quarter_of

Room = Literal["after", "before", "within"]
_LONG = 5  # quarters that a bar has to have for its words to find room within


@dataclass(frozen=True)
class Bar:
    """An exercise from column to column, both counted from 0 and the last one not among them; `goes_on` where it has no end."""

    exercise: Exercise
    first: int
    last: int
    room: Room
    state: ExerciseState
    goes_on: bool


@dataclass(frozen=True)
class Timeline:
    """Quarters from left to right, years by name with how many quarters each has, bars by group, and where today stands, 0 to 1.

    `today` is None where the day lies outside the quarters.
    """

    quarters: tuple[Period, ...]
    years: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, tuple[Bar, ...]], ...]
    today: float | None


def timeline(groups: Mapping[str, Sequence[Exercise]], programme: Span, today: date) -> Timeline:
    """The timeline of groups of exercises by the groups' names; a group without an exercise is left out."""
    shown = [one for group in groups.values() for one in group]
    quarters = _quarters(shown, programme)
    bars = {name: tuple(_bar(one, quarters, today) for one in in_chains(group)) for name, group in groups.items() if group}
    years = tuple((year, len(list(own))) for year, own in groupby(quarters, key=lambda one: one.text[:7]))
    return Timeline(quarters, years, tuple(bars.items()), _share(quarters, today))


def grouped(exercises: Sequence[Exercise], names: Mapping[str, str], of: Callable[[Exercise], Iterable[str]]) -> dict[str, list[Exercise]]:
    """Exercises by the names of what they belong to, in the order of the names; one that belongs to several stands under each."""
    return {name: [one for one in exercises if group in of(one)] for group, name in names.items()}


def in_chains(exercises: Sequence[Exercise]) -> list[Exercise]:
    """Exercises by start, each followed by those that do it again."""
    ids = {one.id for one in exercises}
    again: dict[str | None, list[Exercise]] = {}
    for one in exercises:
        again.setdefault(one.repeats if one.repeats in ids else None, []).append(one)
    found = [one for first in again.pop(None, []) for one in _chain(first, again)]
    return found + [one for left in again.values() for one in left]  # those that name each other in a ring


def _chain(first: Exercise, again: dict[str | None, list[Exercise]]) -> list[Exercise]:
    return [first, *(one for following in again.pop(first.id, []) for one in _chain(following, again))]


def _quarters(shown: Sequence[Exercise], programme: Span) -> tuple[Period, ...]:
    first = min([_quarter(programme.start), *(one.starts for one in shown)])
    last = max([_quarter(programme.end), *(one.starts for one in shown), *(one.ends for one in shown if one.ends)])
    return tuple(periods_between(f"{first[:7]} Q1", f"{last[:7]} Q4", "quarter"))


def _quarter(day: date) -> str:
    return quarter_of(f"{day:%Y-%m}")


def _bar(exercise: Exercise, quarters: Sequence[Period], today: date) -> Bar:
    places = {quarter.text: place for place, quarter in enumerate(quarters)}
    first = places[parse_period(exercise.starts, "quarter").text]
    last = places[exercise.ends] + 1 if exercise.ends else len(quarters)
    return Bar(exercise, first, last, _room(first, last, len(quarters)), exercise_state(exercise, today), exercise.ends is None)


def _room(first: int, last: int, number: int) -> Room:
    """Where the words of a bar stand: within a long one, else on the side with more quarters."""
    if last - first >= _LONG:
        return "within"
    return "after" if number - last >= first else "before"


def _share(quarters: Sequence[Period], today: date) -> float | None:
    """How much of the drawn time has passed by a day."""
    for place, quarter in enumerate(quarters):
        if quarter.start <= today <= quarter.end:
            return (place + (today - quarter.start).days / ((quarter.end - quarter.start).days + 1)) / len(quarters)
    return None
