"""What exercises and evidence cover: the priorities that had an audit in a plan year, and what is gathered about each area.

Refuses to judge: it names what is there and since when nothing is.
"""

from dataclasses import dataclass
from datetime import date

from hscb_qa.definitions import Area, Framework, MeasureType, PlanYear, TimetableRules
from hscb_qa.learning.entries import Exercise
from hscb_qa.learning.programme import Span, happened, runs
from hscb_qa.learning.record import Learning
from hscb_qa.learning.vocabulary import AUDITS
from hscb_qa.periods import months_after

HOW_WELL: tuple[MeasureType, ...] = ("quality", "outcome")


@dataclass(frozen=True)
class PriorityAudits:
    """Audits and priorities in one plan year: areas of Part B with an audit and without, by id, and how many audits were about any."""

    plan_year: str
    audited: tuple[str, ...]
    not_audited: tuple[str, ...]
    audits: int
    on_priorities: int


@dataclass(frozen=True)
class AreaCoverage:
    """What is gathered about an area: the continuous exercises under way by id, and the last day on which evidence spoke of each type."""

    area: Area
    quality: tuple[str, ...]
    outcome: tuple[str, ...]
    last_quality: date | None
    last_outcome: date | None

    @property
    def last(self) -> date | None:
        """The last day on which evidence spoke of quality or outcome; None where none ever did."""
        return max((day for day in (self.last_quality, self.last_outcome) if day), default=None)


def priority_audits(learning: Learning, framework: Framework, rules: TimetableRules, today: date) -> tuple[PriorityAudits, ...]:
    """The audits of each plan year that has begun since the first programme did, the oldest first."""
    return tuple(_audits_of(learning, plan_year, today) for plan_year in plan_years_begun(framework, rules, today))


def plan_years_begun(framework: Framework, rules: TimetableRules, today: date) -> list[PlanYear]:
    """The plan years that have begun by a day and reach into the programmes, the oldest first."""
    return sorted(
        (one for one in framework.plan_years if one.start <= today and one.end >= rules.programme_start), key=lambda one: one.start
    )


def _audits_of(learning: Learning, plan_year: PlanYear, today: date) -> PriorityAudits:
    span = Span(plan_year.start, plan_year.end)
    audits = [one for one in learning.exercises if one.method in AUDITS and happened(learning, one, span, today)]
    audited = {area for one in audits for area in one.areas}
    priorities = [area.id for area in plan_year.part_b]
    return PriorityAudits(
        plan_year.id,
        tuple(area for area in priorities if area in audited),
        tuple(area for area in priorities if area not in audited),
        len(audits),
        sum(not set(priorities).isdisjoint(one.areas) for one in audits),
    )


def area_coverage(learning: Learning, framework: Framework, today: date) -> tuple[AreaCoverage, ...]:
    """The areas that the plan of the day examines; the wider picture is context, and nobody's work to judge."""
    plan_year = framework.current_plan_year(today)
    return tuple(_covered(learning, area, today) for area in (*plan_year.part_a, *plan_year.part_b))


def _covered(learning: Learning, area: Area, today: date) -> AreaCoverage:
    running = [one for one in learning.exercises if area.id in one.areas and runs(one, today)]
    evidence = [one for one in learning.evidence if area.id in one.areas and one.on <= today]
    last = {kind: max((one.on for one in evidence if kind in one.says), default=None) for kind in HOW_WELL}
    continuous = {kind: tuple(one.id for one in running if kind in one.gathers) for kind in HOW_WELL}
    return AreaCoverage(area, continuous["quality"], continuous["outcome"], last["quality"], last["outcome"])


def is_silent(day: date | None, rules: TimetableRules, today: date) -> bool:
    """Whether nothing was said since longer than the Board's rule allows, or ever."""
    return day is None or months_after(day, rules.silent_after_months) < today


def newest_evidence(learning: Learning, exercise: Exercise, today: date) -> date | None:
    """The last day by today of which an exercise produced evidence; None where it produced none."""
    return max((one.on for one in learning.produced_by(exercise) if one.on <= today), default=None)


def goes_on_silently(learning: Learning, exercise: Exercise, rules: TimetableRules, today: date) -> bool:
    """Whether a continuous exercise is under way for longer than the Board's rule allows, and produced nothing for as long."""
    goes_on = exercise.recurrence == "continuous" and exercise.status == "under_way"
    has_gone_on = months_after(exercise.start, rules.silent_after_months) < today
    return goes_on and has_gone_on and is_silent(newest_evidence(learning, exercise, today), rules, today)
