"""Everything the Board has entered, as one frozen record in which each entry finds what belongs to it.

Refuses nothing: an entry whose other end is missing (not yet approved, say) stands alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Literal, TypeVar

from hscb_qa.learning.entries import (
    Analysis,
    Entry,
    Evidence,
    Exercise,
    Finding,
    Judgement,
    Recommendation,
    SelfAssessment,
    Step,
)
from hscb_qa.learning.vocabulary import StepKind

Standing = Literal["open", "overdue", "completed", "completed_late"]
E = TypeVar("E", bound=Entry)


@dataclass(frozen=True)
class Learning:
    """The Board's entries, and when each was entered last.

    `due_months` is the rule for recommendations without a day of their own. What stands together is found by methods, so that nothing is
    kept twice.
    """

    entries: tuple[Entry, ...] = ()
    due_months: int = 6

    def of(self, model: type[E]) -> tuple[E, ...]:
        """The entries of one kind, in the order in which they were given."""
        return tuple(one for one in self.entries if isinstance(one, model))

    def find(self, model: type[E], entry_id: str | None) -> E | None:
        """The entry of a kind with an id; None where there is none."""
        found = self._by_id.get((model.KIND, entry_id or ""))
        return found if isinstance(found, model) else None

    @cached_property
    def _by_id(self) -> dict[tuple[str, str], Entry]:
        return {(one.KIND, one.id): one for one in self.entries}

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """The timetable, by start."""
        return tuple(sorted(self.of(Exercise), key=lambda one: (one.starts, one.ends or "9", one.id)))

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """All evidence, the newest first."""
        return _newest(self.of(Evidence))

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All findings, those of the newest evidence first."""
        return tuple(sorted(self.of(Finding), key=lambda one: (self.found_on(one) or date.min, one.id), reverse=True))

    @cached_property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """All recommendations, the newest first."""
        return tuple(sorted(self.of(Recommendation), key=lambda one: (one.made_on, one.id), reverse=True))

    @cached_property
    def analyses(self) -> tuple[Analysis, ...]:
        """All analyses, challenges, answers and actions, the newest first."""
        return _newest(self.of(Analysis))

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """All judgements, the newest first."""
        return _newest(self.of(Judgement))

    @cached_property
    def self_assessments(self) -> tuple[SelfAssessment, ...]:
        """All scores of section 11."""
        return self.of(SelfAssessment)

    def steps(self, recommendation: Recommendation, kind: StepKind | None = None) -> tuple[Step, ...]:
        """What became of a recommendation, oldest first; of one kind of step where it is named."""
        steps = [one for one in self._steps.get(recommendation.id, ()) if kind in (None, one.kind)]
        return tuple(steps)

    @cached_property
    def _steps(self) -> dict[str, list[Step]]:
        found: dict[str, list[Step]] = {}
        for one in sorted(self.of(Step), key=lambda one: one.on):  # of one day in the order in which they were entered
            found.setdefault(one.recommendation, []).append(one)
        return found

    def produced_by(self, exercise: Exercise) -> tuple[Evidence, ...]:
        """The evidence an exercise produced, newest first."""
        return tuple(one for one in self.evidence if one.exercise == exercise.id)

    def found_in(self, evidence: Evidence) -> tuple[Finding, ...]:
        """The findings of a piece of evidence."""
        return tuple(one for one in self.of(Finding) if one.evidence == evidence.id)

    def following(self, finding: Finding) -> tuple[Recommendation, ...]:
        """The recommendations that arose from a finding, oldest first."""
        return tuple(one for one in reversed(self.recommendations) if one.finding == finding.id)

    def answers_to(self, analysis: Analysis) -> tuple[Analysis, ...]:
        """The answers to a challenge, oldest first."""
        return tuple(one for one in reversed(self.analyses) if one.answers == analysis.id and one.kind == "answer")

    def found_on(self, finding: Finding) -> date | None:
        """The day of the evidence in which something was found; None where the evidence is not here."""
        evidence = self.find(Evidence, finding.evidence)
        return evidence.on if evidence else None

    def due(self, recommendation: Recommendation) -> date:
        """The day on which a recommendation is due."""
        return recommendation.due_day(self.due_months)

    def completed_on(self, recommendation: Recommendation) -> date | None:
        """The day on which a recommendation was last completed and not opened again since; None where it is open."""
        last = [one for one in self.steps(recommendation) if one.kind in ("completed", "reopened")][-1:]
        return last[0].on if last and last[0].kind == "completed" else None

    def standing(self, recommendation: Recommendation, today: date) -> Standing:
        """How a recommendation stands on a day: open, overdue, completed, or completed after it was due."""
        completed, due = self.completed_on(recommendation), self.due(recommendation)
        if completed is None:
            return "overdue" if today > due else "open"
        return "completed_late" if completed > due else "completed"


def newest(entries: Iterable[E]) -> E | None:
    """The first of entries that stand newest first; None where there is none."""
    return next(iter(entries), None)


def _newest(entries: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted(entries, key=lambda one: (one.on, one.id), reverse=True))
