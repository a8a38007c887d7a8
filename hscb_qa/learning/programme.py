"""Programmes, their years, and how an exercise stands in them on a day.

Refuses to call an exercise done that nobody said was: a quarter that has passed makes one missed or late.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from hscb_qa.definitions import TimetableRules
from hscb_qa.learning.entries import Exercise
from hscb_qa.learning.record import Learning
from hscb_qa.periods import months_after

ExerciseState = Literal["done", "under_way", "planned", "late", "missed", "not_done"]
_YEAR = 12  # months


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of days, both ends among them."""

    start: date
    end: date

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.start <= day <= self.end

    @property
    def name(self) -> str:
        """The years it touches.

        >>> Span(date(2024, 4, 1), date(2025, 3, 31)).name, Span(date(2024, 1, 1), date(2024, 12, 31)).name
        ('2024-25', '2024')
        """
        first, last = self.start.year, self.end.year
        return f"{first}" if first == last else f"{first}-{last % 100:02d}"


def exercise_state(exercise: Exercise, today: date) -> ExerciseState:
    """How an exercise stands on a day: `missed` where it is only planned and its last quarter has passed, `late` where it is under way."""
    has_passed = exercise.end is not None and exercise.end < today
    if exercise.status == "planned" and has_passed:
        return "missed"
    return "late" if exercise.status == "under_way" and has_passed else exercise.status


def programmes(rules: TimetableRules, today: date) -> tuple[Span, ...]:
    """The programmes that have begun by a day, the oldest first; none before the first one begins."""
    return _spans(rules.programme_start, rules.programme_years * _YEAR, today)


def programme_years(rules: TimetableRules, today: date) -> tuple[Span, ...]:
    """The years of the programmes that have begun by a day, the oldest first."""
    return _spans(rules.programme_start, _YEAR, today)


def _spans(first: date, months: int, today: date) -> tuple[Span, ...]:
    found: list[Span] = []
    while (start := months_after(first, months * len(found))) <= today:
        found.append(Span(start, months_after(first, months * (len(found) + 1)) - timedelta(days=1)))
    return tuple(found)


def done_on(exercise: Exercise, today: date) -> date:
    """The last day that an exercise can have been done on: the end of its last quarter, but no day to come."""
    return min(exercise.end or today, today)


def was_done(exercise: Exercise, span: Span, today: date) -> bool:
    return exercise.status == "done" and span.holds(done_on(exercise, today))


def happened(learning: Learning, exercise: Exercise, span: Span, today: date) -> bool:
    """Whether an exercise was done in a span, or, where it is continuous, produced evidence in it: that it runs on tells nothing."""
    if exercise.recurrence != "continuous":
        return was_done(exercise, span, today)
    return any(span.holds(one.on) and one.on <= today for one in learning.produced_by(exercise))


def is_open(exercise: Exercise, today: date) -> bool:
    """Whether an exercise may still be done."""
    return exercise_state(exercise, today) in ("planned", "under_way", "late")


def fell_out(exercise: Exercise, today: date) -> bool:
    return exercise_state(exercise, today) in ("missed", "not_done")


def runs(exercise: Exercise, today: date) -> bool:
    """Whether an exercise goes on continuously on a day."""
    return exercise.recurrence == "continuous" and exercise_state(exercise, today) == "under_way" and exercise.start <= today
