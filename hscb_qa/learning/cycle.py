"""The record to the improvement cycle: from an exercise to what it found, what was asked, what was done, and whether it was found again.

Each entry leads to what followed from it and back to what it came from. Refuses to call a line closed on anybody's word: it names where a
line broke.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal

from hscb_qa.learning.entries import Entry, Evidence, Exercise, Finding, Recommendation, Step
from hscb_qa.learning.recommendations import Effects, Followed, follow
from hscb_qa.learning.record import Learning
from hscb_qa.learning.repeats import Repeat, repeats

StageKind = Literal[
    "exercise", "evidence", "finding", "recommendation", "action", "completed", "frontline", "measured", "re_audit", "found_again"
]
StageState = Literal["done", "broken", "ahead", "none"]
Break = Literal[
    "no_recommendation",
    "overdue",
    "no_evidence",
    "not_passed_on",
    "effect_not_looked_for",
    "effect_unknown",
    "effect_not_seen",
    "no_re_audit",
    "found_again",
]
BREAKS: dict[Break, StageKind] = {
    "no_recommendation": "recommendation",
    "overdue": "completed",
    "no_evidence": "completed",
    "not_passed_on": "frontline",
    "effect_not_looked_for": "measured",
    "effect_unknown": "measured",
    "effect_not_seen": "measured",
    "no_re_audit": "re_audit",
    "found_again": "found_again",
}
"""Where a line can break, in the order of the line, each with its stage."""
_LOOKED_AT_AGAIN = ("audit", "deep_dive")
"""What shows in case records alone: only looking at them again tells whether it changed."""


@dataclass(frozen=True)
class Stage:
    """A stage of a line with the entries that stand there, oldest first.

    `done` where it was gone through, `broken` where the line ends here, `ahead` where its time has not come, `none` where nothing is asked.
    """

    kind: StageKind
    entries: tuple[Entry, ...]
    state: StageState


@dataclass(frozen=True)
class Line:
    """One way through the cycle: a finding with a recommendation that arose from it, or with none, or the Board's own challenge.

    `began` is the day of the evidence, or on which the challenge was made. `breaks` are in the order of the line, and empty while it runs
    and where it is closed.
    """

    began: date
    finding: Finding | None
    followed: Followed | None
    stages: tuple[Stage, ...]
    breaks: tuple[Break, ...]

    def stage(self, kind: StageKind) -> Stage:
        """One of its stages."""
        return next(one for one in self.stages if one.kind == kind)


@dataclass(frozen=True)
class Cycle:
    """The whole record as lines on a day, and the steps from entry to entry."""

    learning: Learning
    today: date
    effects: Effects

    def following(self, entry: Entry) -> tuple[Entry, ...]:
        """What followed from an entry, in the order of the record."""
        return tuple(self._links[0].get(_key(entry), ()))

    def leading_to(self, entry: Entry) -> tuple[Entry, ...]:
        """What an entry came from."""
        return tuple(self._links[1].get(_key(entry), ()))

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """Every line: of each recommendation, and of each concern that none arose from; the oldest first."""
        followed = follow(self.learning, self.today, self.effects)
        lines = [self._line(self.learning.find(Finding, one.recommendation.finding), one) for one in followed]
        without = [one for one in self.learning.findings if one.kind == "concern" and not self.learning.following(one)]
        return tuple(sorted([*lines, *(self._line(one, None) for one in without)], key=_age))

    @cached_property
    def open_loops(self) -> tuple[Line, ...]:
        """The lines that broke, the oldest first."""
        return tuple(one for one in self.lines if one.breaks)

    @cached_property
    def repeats(self) -> tuple[Repeat, ...]:
        """Every concern that was found again."""
        return repeats(self.learning)

    def line_of(self, recommendation: Recommendation) -> Line:
        """The line of one recommendation."""
        return next(one for one in self.lines if one.followed and one.followed.recommendation.id == recommendation.id)

    def lines_of(self, finding: Finding) -> tuple[Line, ...]:
        """The lines that begin with a finding: one for each recommendation, or one alone, as of good practice that asks for none."""
        found = tuple(one for one in self.lines if one.finding and one.finding.id == finding.id)
        return found or (self._line(finding, None),)

    @cached_property
    def _links(self) -> tuple[dict[str, list[Entry]], dict[str, list[Entry]]]:
        onward: dict[str, list[Entry]] = {}
        back: dict[str, list[Entry]] = {}
        for one, other in dict.fromkeys((_key(one), _key(other)) for one, other in self._edges()):
            onward.setdefault(one, []).append(self._entries[other])
            back.setdefault(other, []).append(self._entries[one])
        return onward, back

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        return {_key(one): one for one in self.learning.entries}

    def _edges(self) -> Iterator[tuple[Entry, Entry]]:
        """Each step from one entry to the next; none to an entry that is not here."""
        learning = self.learning
        for exercise in learning.exercises:
            yield from _from(learning.find(Exercise, exercise.repeats), [exercise])
            yield from _from(exercise, reversed(learning.produced_by(exercise)))
        for evidence in learning.evidence:
            yield from _from(evidence, learning.found_in(evidence))
        for finding in learning.findings:
            yield from _from(finding, learning.following(finding))
        for recommendation in learning.recommendations:
            yield from _from(recommendation, learning.steps(recommendation))
        for step in learning.of(Step):
            yield from _from(step, (one for named in step.evidence if (one := learning.find(Evidence, named))))
        for repeat in self.repeats:
            for finding in repeat.findings:
                yield from _from(finding, repeat.after(finding)[:1])

    def _line(self, finding: Finding | None, followed: Followed | None) -> Line:
        again = self._found_again(finding, followed)
        breaks = tuple(self._breaks(finding, followed))
        entries = self._stage_entries(finding, followed, again)
        broken = {BREAKS[one] for one in breaks}
        ahead = _ahead(followed)
        stages = tuple(Stage(kind, held, _state(kind, held, broken, ahead)) for kind, held in entries.items())
        began = (self.learning.found_on(finding) if finding else None) or (followed.recommendation.made_on if followed else self.today)
        return Line(began, finding, followed, stages, breaks)

    def _stage_entries(
        self, finding: Finding | None, followed: Followed | None, again: tuple[Finding, ...]
    ) -> dict[StageKind, tuple[Entry, ...]]:
        learning = self.learning
        evidence = learning.find(Evidence, finding.evidence) if finding else None
        exercise = learning.find(Exercise, evidence.exercise) if evidence else None
        recommendation = followed.recommendation if followed else None
        steps = learning.steps(recommendation) if recommendation else ()
        has_come = followed is not None and followed.completed_on is not None and followed.effect in ("seen", "no_concern")
        return {
            "exercise": _there(exercise),
            "evidence": _there(evidence),
            "finding": _there(finding),
            "recommendation": _there(recommendation),
            "action": tuple(one for one in steps if one.kind in ("progress", "reopened")),
            "completed": tuple(one for one in steps if one.kind == "completed"),
            "frontline": tuple(one for one in steps if one.kind == "reached_frontline"),
            "measured": _there(recommendation) if has_come else (),
            "re_audit": tuple(one for one in steps if one.kind == "re_audited"),
            "found_again": again,
        }

    def _found_again(self, finding: Finding | None, followed: Followed | None) -> tuple[Finding, ...]:
        """The later findings of the same; of those alone that a recommendation was to prevent, where there is one."""
        held = [one for one in self.repeats if finding in one.findings]
        asked = followed.recommendation if followed else None
        later = [one for repeat in held if finding and (asked is None or repeat.concerns(asked, finding)) for one in repeat.after(finding)]
        return tuple({one.id: one for one in later}.values())

    def _breaks(self, finding: Finding | None, followed: Followed | None) -> Iterator[Break]:
        if followed is None:
            if finding and finding.kind == "concern":
                yield "no_recommendation"
        elif followed.completed_on is None:
            if followed.standing == "overdue":
                yield "overdue"
        else:
            yield from self._breaks_since_completed(followed)

    def _breaks_since_completed(self, followed: Followed) -> Iterator[Break]:
        if not followed.has_evidence:
            yield "no_evidence"
        if not followed.reached_frontline:
            yield "not_passed_on"
        yield from _breaks_of_effect(followed, is_re_audited=bool(self.learning.steps(followed.recommendation, "re_audited")))
        if followed.found_again:
            yield "found_again"


def _breaks_of_effect(followed: Followed, *, is_re_audited: bool) -> Iterator[Break]:
    """Where nobody can say that anything changed: an audit again answers for a figure that is not named or tells nothing."""
    if followed.effect == "not_seen":
        yield "effect_not_seen"
    elif followed.recommendation.expects is None and not is_re_audited:
        yield "effect_not_looked_for"
    elif followed.effect == "cannot_say" and not is_re_audited:
        yield "effect_unknown"
    if followed.effect in ("not_seen", "cannot_say") and not is_re_audited and followed.recommendation.origin in _LOOKED_AT_AGAIN:
        yield "no_re_audit"


def _ahead(followed: Followed | None) -> set[StageKind]:
    """The stages that a line has still to come to."""
    if followed is None:
        return set()
    ahead: set[StageKind] = {"completed", "frontline"} if followed.completed_on is None else set()
    return ahead | ({"measured"} if followed.effect == "too_early" or (followed.recommendation.expects and ahead) else set())


def _state(kind: StageKind, entries: tuple[Entry, ...], broken: set[StageKind], ahead: set[StageKind]) -> StageState:
    if kind in broken:
        return "broken"
    if entries:
        return "done"
    return "ahead" if kind in ahead else "none"


def _there(entry: Entry | None) -> tuple[Entry, ...]:
    return (entry,) if entry else ()


def _from(one: Entry | None, others: Iterable[Entry]) -> Iterator[tuple[Entry, Entry]]:
    if one:
        yield from ((one, other) for other in others)


def _key(entry: Entry) -> str:
    return f"{entry.KIND} {entry.id}"


def _age(line: Line) -> tuple[date, str]:
    return line.began, line.followed.recommendation.id if line.followed else line.finding.id if line.finding else ""
