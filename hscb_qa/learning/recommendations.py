"""Recommendations to how they stand on a day: late or not, how long they take, and what came of them.

Everything is counted from the record and the day given. Refuses to count what nobody has decided: a test without an answer, and an effect
that is not known, are counted apart.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from hscb_qa.learning.entries import Recommendation
from hscb_qa.learning.record import Learning, Standing
from hscb_qa.learning.repeats import Repeat, found_again_on, repeats
from hscb_qa.learning.vocabulary import SMART_TESTS, EffectState
from hscb_qa.periods import months_after

Effects = Mapping[str, EffectState]
"""What came of each recommendation that expects a signal, by its id."""
Group = Literal["overdue", "due", "found_again", "no_effect", "effect_unknown", "no_concern", "effect"]
GROUPS: tuple[Group, ...] = ("overdue", "due", "found_again", "no_effect", "effect_unknown", "no_concern", "effect")
_COMPLETED: dict[EffectState | None, Group] = {"seen": "effect", "not_seen": "no_effect", "no_concern": "no_concern"}


@dataclass(frozen=True)
class Followed:
    """A recommendation as it stands on a day.

    `days` run from the day it was made to its completion, or to the day itself while it is open; `days_overdue` is 0 unless it is overdue.
    `effect` is None where it names no signal to look for. `has_evidence` says whether its last completion names evidence.
    `found_again` is the first day on which the same was found after it was completed; None where it was not.
    """

    recommendation: Recommendation
    standing: Standing
    due: date
    completed_on: date | None
    days: int
    days_overdue: int
    effect: EffectState | None
    has_evidence: bool
    reached_frontline: bool
    found_again: date | None

    @property
    def group(self) -> Group:
        """Where it belongs in a list: what is late first, then what is due, then what was completed by its effect.

        What was found again has not had its effect, whatever a figure says.
        """
        if self.completed_on is None:
            return "overdue" if self.standing == "overdue" else "due"
        if self.found_again:
            return "found_again"
        return _COMPLETED.get(self.effect, "effect_unknown")


@dataclass(frozen=True)
class Tally:
    """How many there are of each: `open` are all that are not completed, those overdue among them.

    The last five are of completed ones, and each of these is counted in one of them.
    """

    open: int
    overdue: int
    completed: int
    completed_late: int
    effect_seen: int
    effect_not_seen: int
    no_concern: int
    found_again: int
    effect_unknown: int


@dataclass(frozen=True)
class Share:
    """So many of so many; `of` may be 0."""

    number: int
    of: int


@dataclass(frozen=True)
class Smart:
    """How many pass all five tests, how many fail one, and how many nobody has decided to the end."""

    smart: int
    not_smart: int
    undecided: int

    @property
    def share(self) -> Share:
        """Those that pass, of those that were decided."""
        return Share(self.smart, self.smart + self.not_smart)


@dataclass(frozen=True)
class Times:
    """How many days recommendations took, and how many those still open have run; both sorted.

    The quartiles are Kaplan and Meier's: an open one counts for as long as it has run, since leaving it out would make all look quick.
    A quartile is None where too few are completed to say.
    """

    completed: tuple[int, ...]
    still_open: tuple[int, ...]

    @property
    def lower(self) -> int | None:
        """The days by which a quarter were completed."""
        return days_for(Fraction(1, 4), self.completed, self.still_open)

    @property
    def median(self) -> int | None:
        """The days by which a half were completed."""
        return days_for(Fraction(1, 2), self.completed, self.still_open)

    @property
    def upper(self) -> int | None:
        """The days by which three quarters were completed."""
        return days_for(Fraction(3, 4), self.completed, self.still_open)


def follow(learning: Learning, today: date, effects: Effects) -> tuple[Followed, ...]:
    """Every recommendation as it stands: the longest overdue first, then the next due, then by effect the newest completed."""
    again = repeats(learning)
    return tuple(sorted((_followed(learning, one, today, effects, again) for one in learning.recommendations), key=_order))


def _followed(learning: Learning, one: Recommendation, today: date, effects: Effects, again: Sequence[Repeat]) -> Followed:
    completed, due, standing = learning.completed_on(one), learning.due(one), learning.standing(one, today)
    return Followed(
        recommendation=one,
        standing=standing,
        due=due,
        completed_on=completed,
        days=((completed or today) - one.made_on).days,
        days_overdue=(today - due).days if standing == "overdue" else 0,
        effect=effects.get(one.id) if one.expects else None,
        has_evidence=completed is not None and bool(learning.steps(one, "completed")[-1].evidence),
        reached_frontline=bool(learning.steps(one, "reached_frontline")),
        found_again=found_again_on(learning, one, again),
    )


def _order(one: Followed) -> tuple[int, int, str]:
    day = one.due.toordinal() if one.completed_on is None else -one.completed_on.toordinal()
    return GROUPS.index(one.group), day, one.recommendation.id


def chosen(followed: Iterable[Followed], agency: str | None = None, area: str | None = None) -> tuple[Followed, ...]:
    """Those of an agency and of an area; of all where none is named."""
    return tuple(
        one
        for one in followed
        if (agency is None or one.recommendation.agency == agency) and (area is None or one.recommendation.area == area)
    )


def grouped(followed: Iterable[Followed]) -> dict[Group, tuple[Followed, ...]]:
    """Each group with its recommendations, in the order of `GROUPS`; a group may be empty."""
    held = tuple(followed)
    return {group: tuple(one for one in held if one.group == group) for group in GROUPS}


def tally(followed: Sequence[Followed]) -> Tally:
    """How many there are of each."""
    groups = grouped(followed)
    return Tally(
        open=len(groups["overdue"]) + len(groups["due"]),
        overdue=len(groups["overdue"]),
        completed=sum(one.completed_on is not None for one in followed),
        completed_late=sum(one.standing == "completed_late" for one in followed),
        effect_seen=len(groups["effect"]),
        effect_not_seen=len(groups["no_effect"]),
        no_concern=len(groups["no_concern"]),
        found_again=len(groups["found_again"]),
        effect_unknown=len(groups["effect_unknown"]),
    )


def by_agency(followed: Iterable[Followed]) -> dict[str, tuple[Followed, ...]]:
    """The recommendations of each agency that has any."""
    return _by(followed, lambda one: one.agency)


def by_area(followed: Iterable[Followed]) -> dict[str, tuple[Followed, ...]]:
    """The recommendations of each area that has any."""
    return _by(followed, lambda one: one.area)


def _by(followed: Iterable[Followed], name: Callable[[Recommendation], str]) -> dict[str, tuple[Followed, ...]]:
    found: dict[str, tuple[Followed, ...]] = {}
    for one in followed:
        found[name(one.recommendation)] = (*found.get(name(one.recommendation), ()), one)
    return found


def due_next(followed: Iterable[Followed], today: date, months: int) -> tuple[Followed, ...]:
    """Those that are open, not overdue, and due within so many months."""
    until = months_after(today, months)
    return tuple(one for one in followed if one.group == "due" and one.due <= until)


def on_time(followed: Iterable[Followed], today: date) -> Share:
    """Of those whose due day has passed, how many were completed by it; one that was opened again counts by its last completion."""
    due = [one for one in followed if one.due < today]
    return Share(sum(one.standing == "completed" for one in due), len(due))


def smart(recommendations: Iterable[Recommendation]) -> Smart:
    """How many are SMART as people decided: one test failed is enough to fail, and all five have to be passed."""
    passed = [is_smart(one) for one in recommendations]
    return Smart(passed.count(True), passed.count(False), passed.count(None))


def is_smart(recommendation: Recommendation) -> bool | None:
    """Whether a recommendation passes all five tests as a person decided; None while that is open."""
    answers = recommendation.smart
    if any(not one.met for one in answers.values()):
        return False
    return True if len(answers) == len(SMART_TESTS) else None


def completed_without_evidence(followed: Iterable[Followed]) -> tuple[Followed, ...]:
    """Those that were called completed without naming evidence."""
    return tuple(one for one in followed if one.completed_on and not one.has_evidence)


def completed_without_effect(followed: Iterable[Followed]) -> tuple[Followed, ...]:
    """Those that are completed and whose expected signal has not come in time, also where the same was found again."""
    return tuple(one for one in followed if one.completed_on and one.effect == "not_seen")


def never_passed_on(followed: Iterable[Followed]) -> tuple[Followed, ...]:
    """Those that are completed and whose lesson never reached frontline teams, as far as the record says."""
    return tuple(one for one in followed if one.completed_on and not one.reached_frontline)


def times(followed: Iterable[Followed]) -> Times:
    """How long they take."""
    held = tuple(followed)
    done, still_open = ([one.days for one in held if (one.completed_on is None) is is_open] for is_open in (False, True))
    return Times(tuple(sorted(done)), tuple(sorted(still_open)))


def days_for(share: Fraction, completed: Sequence[int], still_open: Sequence[int]) -> int | None:
    """The days by which at least a share were completed, by Kaplan and Meier (1958); None where that share is not reached.

    Of four, two took 10 and 20 days and two have run 15 and 30: after 10 days 3/4 are left, after 20 the half of that.

    >>> days_for(Fraction(1, 2), [10, 20], [15, 30]), days_for(Fraction(1, 2), [10, 20], [])
    (20, 10)
    >>> days_for(Fraction(3, 4), [10, 20], [15, 30]) is None
    True
    """
    left = Fraction(1)
    for day in sorted(set(completed)):
        running = sum(days >= day for days in (*completed, *still_open))
        left *= 1 - Fraction(completed.count(day), running)
        if 1 - left >= share:
            return day
    return None
