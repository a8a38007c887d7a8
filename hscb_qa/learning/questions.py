"""The framework's nine key questions, each answered by facts that can be counted: so many of so many, and which are missing.

Turns the record, the framework and a day into facts. Refuses to sum them up in a score: the judgement is the Board's own.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from hscb_qa.definitions import MEASURE_TYPES, EvidenceSource, Framework, PlanYear, QuestionId
from hscb_qa.learning.entries import Entry, Evidence, Exercise, Finding
from hscb_qa.learning.programme import Span, done_on, happened
from hscb_qa.learning.recommendations import is_smart
from hscb_qa.learning.record import Learning
from hscb_qa.learning.triangulation import recurring_themes
from hscb_qa.learning.vocabulary import AUDITS, METHODS
from hscb_qa.periods import months_after

E = TypeVar("E", bound=Entry)
_YEAR = 12  # months
_FAMILIES = ("children", "parents and carers")


@dataclass(frozen=True)
class Fact:
    """A count that bears on a key question: so many `of` so many; `of` is None where it is a plain number.

    `missing` names the ids of what is not among them, areas or entries, where naming helps.
    """

    question: QuestionId
    id: str
    number: int
    of: int | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Known:
    """What facts are counted from. `heard` holds the days on which agencies heard each kind of speaker, by area and speaker."""

    learning: Learning
    framework: Framework
    today: date
    heard: Mapping[tuple[str, str], Collection[date]]

    @property
    def plan_year(self) -> PlanYear:
        """The plan year of the day."""
        return self.framework.current_plan_year(self.today)

    @property
    def areas(self) -> list[str]:
        """The areas of the year that the Board examines: Part A and Part B."""
        return [area.id for area in (*self.plan_year.part_a, *self.plan_year.part_b)]

    def is_recent(self, day: date | None) -> bool:
        """Whether a day lies within the twelve months up to today."""
        return day is not None and day <= self.today <= months_after(day, _YEAR)


def facts(known: Known) -> tuple[Fact, ...]:
    """Every fact of every question, in the framework's order; of the twelve months up to the day, where a time is meant."""
    return tuple(fact for answer in _ANSWERS for fact in answer(known))


def _patterns(known: Known) -> list[Fact]:
    findings = _recent_findings(known)
    themed = [one for one in findings if one.themes]
    return [
        Fact("patterns", "findings_with_a_theme", len(themed), len(findings), _others(findings, themed)),
        Fact("patterns", "recurring_themes", len(recurring_themes(known.learning))),
    ]


def _balance(known: Known) -> list[Fact]:
    whole = [area for area in known.plan_year.areas if area.id in known.areas]
    indicators = known.framework.indicators
    types = {area.id: {indicators[one].measure_type for one in area.indicators if one in indicators} for area in whole}
    balanced = [area for area, found in types.items() if len(found) == len(MEASURE_TYPES)]
    evidence = [one for one in known.learning.evidence if known.is_recent(one.on)]
    sources: set[EvidenceSource] = {one.source for one in evidence}
    return [
        Fact("balance", "areas_with_all_three", len(balanced), len(types), _without(types, balanced)),
        Fact("balance", "sources_used", len(sources), len(METHODS), _without(METHODS, sources)),
        *(Fact("balance", f"evidence_of_{kind}", sum(kind in one.says for one in evidence), len(evidence)) for kind in MEASURE_TYPES),
    ]


def _impact(known: Known) -> list[Fact]:
    evidence = [one for one in known.learning.evidence if known.is_recent(one.on)]
    looking = [one for one in evidence if one.looks_at_impact]
    done = [one for one in known.learning.exercises if one.status == "done" and known.is_recent(done_on(one, known.today))]
    outcome = [one for one in done if "outcome" in one.gathers]
    return [
        Fact("impact", "evidence_on_impact", len(looking), len(evidence)),
        Fact("impact", "exercises_gathering_outcome", len(outcome), len(done), _others(done, outcome)),
    ]


def _good_practice(known: Known) -> list[Fact]:
    findings = _recent_findings(known)
    good = [one for one in findings if one.kind == "good_practice"]
    areas = {area for one in good for area in one.areas}
    return [
        Fact("good_practice", "findings_of_good_practice", len(good), len(findings)),
        Fact("good_practice", "areas_with_good_practice", _count(known.areas, areas), len(known.areas), _without(known.areas, areas)),
    ]


def _priorities(known: Known) -> list[Fact]:
    priorities = [area.id for area in known.plan_year.part_b]
    audits = [one for one in known.learning.exercises if one.method in AUDITS and _is_of_year(one, known)]
    directed = [one for one in audits if set(one.areas) & set(priorities)]
    audited = {area for one in directed for area in one.areas}
    return [
        Fact("priorities", "audits_on_priorities", len(directed), len(audits), _others(audits, directed)),
        Fact("priorities", "priorities_audited", _count(priorities, audited), len(priorities), _without(priorities, audited)),
    ]


def _smart(known: Known) -> list[Fact]:
    made = [one for one in known.learning.recommendations if known.is_recent(one.made_on)]
    decided = [one for one in made if is_smart(one) is not None]
    smart = [one for one in decided if is_smart(one)]
    return [
        Fact("smart", "recommendations_smart", len(smart), len(decided), _others(decided, smart)),
        Fact("smart", "recommendations_tested", len(decided), len(made), _others(made, decided)),
    ]


def _timely(known: Known) -> list[Fact]:
    learning = known.learning
    due = [one for one in learning.recommendations if learning.due(one) < known.today and known.is_recent(learning.due(one))]
    on_time = [one for one in due if learning.standing(one, known.today) == "completed"]
    late = [one for one in learning.recommendations if learning.standing(one, known.today) == "overdue"]
    return [
        Fact("timely", "completed_on_time", len(on_time), len(due), _others(due, on_time)),
        Fact("timely", "overdue", len(late), None, _others(late)),
    ]


def _frontline(known: Known) -> list[Fact]:
    learning = known.learning
    completed = [one for one in learning.recommendations if known.is_recent(learning.completed_on(one))]
    reached = [one for one in completed if learning.steps(one, "reached_frontline")]
    ways = {step.reach for one in learning.recommendations for step in learning.steps(one, "reached_frontline") if known.is_recent(step.on)}
    return [
        Fact("frontline", "lessons_passed_on", len(reached), len(completed), _others(completed, reached)),
        Fact("frontline", "ways_used", len(ways)),
    ]


def _feedback(known: Known) -> list[Fact]:
    evidence = [one for one in known.learning.evidence if one.source == "children_parents_carers" and known.is_recent(one.on)]
    methods = {one.method for one in evidence}
    possible = METHODS["children_parents_carers"]
    answers = [Fact("feedback", "methods_used", len(methods), len(possible), _without(possible, methods))]
    for speaker in _FAMILIES:
        heard = [area for area in known.areas if _is_heard(known, area, speaker, evidence)]
        name = f"areas_hearing_{speaker.split()[0]}"
        answers.append(Fact("feedback", name, len(heard), len(known.areas), _without(known.areas, heard)))
    return answers


def _is_heard(known: Known, area: str, speaker: str, evidence: Sequence[Evidence]) -> bool:
    in_returns = any(known.is_recent(day) for day in known.heard.get((area, speaker), ()))
    return in_returns or any(area in one.areas and speaker in one.speakers for one in evidence)


def _recent_findings(known: Known) -> list[Finding]:
    """Findings of the reviews and audits of the last twelve months, whatever their source."""
    return [one for one in known.learning.findings if known.is_recent(known.learning.found_on(one))]


def _is_of_year(exercise: Exercise, known: Known) -> bool:
    """Whether an exercise that has begun lies in the plan year, at least in part; one that goes on has to have produced evidence in it."""
    if exercise.recurrence == "continuous":
        return happened(known.learning, exercise, Span(known.plan_year.start, known.plan_year.end), known.today)
    ends = exercise.end or known.today
    return exercise.status in ("done", "under_way") and exercise.start <= known.today and ends >= known.plan_year.start


def _others(entries: Collection[E], among: Collection[E] = ()) -> tuple[str, ...]:
    """The ids of the entries that are not among the others."""
    return tuple(sorted({one.id for one in entries} - {one.id for one in among}))


def _count(of: Collection[str], among: Collection[str]) -> int:
    return sum(one in among for one in of)


def _without(of: Collection[str], among: Collection[str]) -> tuple[str, ...]:
    return tuple(one for one in of if one not in among)


_ANSWERS: tuple[Callable[[Known], list[Fact]], ...] = (
    _patterns,
    _balance,
    _impact,
    _good_practice,
    _priorities,
    _smart,
    _timely,
    _frontline,
    _feedback,
)
