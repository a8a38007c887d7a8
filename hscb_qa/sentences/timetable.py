"""The timetable in words: each rule and what it found, an exercise in a line, and when it is.

Refuses to call a rule met that is only planned, and to soften what is missing: it is named, with its day.
"""

from collections.abc import Callable, Sequence
from datetime import date

from hscb_qa import formats
from hscb_qa.definitions import Framework, TimetableRules
from hscb_qa.learning import (
    Exercise,
    ExerciseState,
    Item,
    PriorityAudits,
    RuleId,
    RuleState,
    TimetableCheck,
    exercise_state,
    words,
)
from hscb_qa.periods import parse_period
from hscb_qa.views import LearningView

RULE_MARKS: dict[RuleState, tuple[str, str]] = {
    "met": ("✓", "met"),
    "not_met": ("✕", "not met"),
    "planned": ("○", "planned"),
    "nothing_yet": ("–", "nothing to judge yet"),
}
"""The sign and the words for a rule."""
EXERCISE_MARKS: dict[ExerciseState, tuple[str, str]] = {
    "done": ("●", "done"),
    "under_way": ("◐", "under way"),
    "late": ("◐", "under way, its last quarter has passed"),
    "planned": ("○", "planned"),
    "missed": ("✕", "missed: its last quarter has passed"),
    "not_done": ("⊘", "not done"),
}
"""The sign and the words for an exercise on a day."""
RECURRENCE_WORDS: dict[str, str] = {
    "continuous": "Continuous",
    "annual": "Every year",
    "biannual": "Every two years",
    "three_yearly": "Every three years",
    "exceptional": "Exceptional",
    "once": "Once",
}
"""How often an exercise is done, as a heading says it."""
_NUMBERS = {1: "one year", 2: "two years", 3: "three years", 4: "four years", 5: "five years"}


def rule_title(rule: RuleId, rules: TimetableRules) -> str:
    """A rule in the framework's words; the last two are our own."""
    return {
        "deep_dive": f"At least one major deep dive of a content area in each programme of {_NUMBERS[rules.programme_years]}",
        "repeat_audit": "At least one repeat audit or review in each year",
        "priorities": "Audits directed at priorities",
        "continuous": "Quality and outcome information gathered continuously where possible",
        "responsive": "Responsive to exceptional reports and inspections",
        "kept": "Exercises done by the end of their last quarter",
        "evidenced": "Evidence from every exercise done, and from each that goes on",
    }[rule]


def rule_meaning(rule: RuleId, rules: TimetableRules) -> str:
    """How the rule is judged, with the Board's own numbers."""
    return {
        "deep_dive": "An internal or external deep dive that is done, of any area. Programmes are counted from "
        f"{formats.day(rules.programme_start)}.",
        "repeat_audit": "An audit, deep dive or review that does an earlier one again, and is done, in each year of the programme.",
        "priorities": "Every Part B area of the programme's plan years has had an audit of case records at some time in the programme.",
        "continuous": "No area of the plan has gone without quality or outcome evidence for more than "
        f"{rules.silent_after_months} months. Areas that no continuous exercise covers are named, and do not fail the rule.",
        "responsive": "An exceptional exercise about one of its areas begins in the quarter of the report, or within "
        f"{rules.response_months} months of it.",
        "kept": "The framework sets no such rule; a timetable that is not kept tells nothing.",
        "evidenced": "The framework sets no such rule; an exercise without evidence cannot be learnt from. One that goes on wants "
        f"evidence of the last {rules.silent_after_months} months, once it has been under way for longer.",
    }[rule]


def timetable_in_words(check: TimetableCheck, rules: TimetableRules) -> str:
    """How many rules are met, and which are not, in a line."""
    judged = [one for one in check.rules if one.state != "nothing_yet"]
    if not judged:
        return "Nothing to judge yet."
    told = [f"{sum(one.state == 'met' for one in judged)} of {len(judged)} rules met"]
    for state, lead in (("planned", "planned"), ("not_met", "not met")):
        number = sum(one.state == state for one in judged)
        told += [f"{number} {lead}"] if number else []
    return f"{', '.join(told)}. {programme_in_words(rules)}"


def no_exercise_in_words(view: LearningView) -> str:
    """Why there is no timetable: nothing entered, nothing approved yet, or an edition from before there was one."""
    if view.rules is None:
        return "This edition was made before the Board kept its timetable here."
    waiting = view.waiting.get("exercise", 0)
    if waiting:
        return f"No exercise has been approved yet; {waiting} {'waits' if waiting == 1 else 'wait'} for approval."
    return "No exercise has been entered. The framework's rules are checked as soon as one is entered and approved."


def timetable_of_agency(framework: Framework, agency: str | None) -> str:
    """That only one agency's exercises are shown; empty where all are."""
    if agency is None:
        return ""
    return f"Only exercises in which {framework.agency(agency).short_name} takes part. The rules above are of the Board as a whole."


def programme_in_words(rules: TimetableRules) -> str:
    """Since when programmes run, and for how long each."""
    return f"Programmes of {_NUMBERS[rules.programme_years]} from {formats.day(rules.programme_start)}."


def item_in_words(item: Item) -> str:
    """What meets a rule or is missing, by name and day."""
    return _ITEMS[item.kind](item)


def priorities_in_words(audits: PriorityAudits, framework: Framework) -> str:
    """How many audits of a plan year were about priorities, and how many priorities had one."""
    number = len(audits.audited) + len(audits.not_audited)
    share = f"{audits.on_priorities} of {audits.audits} {_plural(audits.audits, 'audit')} on priorities" if audits.audits else "no audit"
    names = [area.short_title for area in framework.plan_year(audits.plan_year).part_b if area.id in audits.audited]
    told = f": {formats.join(names)}" if names else ""
    return f"{audits.plan_year}: {share}; {len(audits.audited)} of {number} priorities audited{told}."


def exercise_state_in_words(exercise: Exercise, today: date) -> str:
    """How an exercise stands on a day: `planned`, `missed: its last quarter has passed`."""
    return EXERCISE_MARKS[exercise_state(exercise, today)][1]


def exercise_state_short(exercise: Exercise, today: date) -> str:
    """The same in as few words as can be: `missed`, `under way, late`."""
    state = exercise_state(exercise, today)
    return "under way, late" if state == "late" else EXERCISE_MARKS[state][1].partition(":")[0]


def when_in_words(exercise: Exercise) -> str:
    """The time of an exercise: `Apr to Jun 2025`, `Jul 2025 to Mar 2026`, `from Apr 2024, without end`.

    >>> from hscb_qa.learning import Exercise
    >>> when_in_words(Exercise.model_construct(starts="2024-25 Q1", ends=None))
    'from Apr 2024, without end'
    """
    first = parse_period(exercise.starts, "quarter")
    if exercise.ends is None:
        return f"from {first.start:%b %Y}, without end"
    last = parse_period(exercise.ends, "quarter")
    return first.label if first == last else f"{first.start:%b %Y} to {last.end:%b %Y}"


def exercise_in_words(exercise: Exercise, today: date) -> str:
    """An exercise in one line: its title, method, time and state."""
    return f"{exercise.title}: {words(exercise.method)}, {when_in_words(exercise)}, {exercise_state_in_words(exercise, today)}"


def method_of(exercise: Exercise) -> str:
    """The method of an exercise, as a table shows it."""
    return words(exercise.method).capitalize()


def gathers_in_words(exercise: Exercise) -> str:
    """What types of information an exercise gathers."""
    return formats.join(list(exercise.gathers)).capitalize()


def shown_in_words(shown: Sequence[Exercise], every: Sequence[Exercise]) -> str:
    """How many exercises of how many are shown."""
    number = len(every)
    return f"{number} {_plural(number, 'exercise')}" if len(shown) == number else f"{len(shown)} of {number} exercises"


def timeline_alternative(shown: Sequence[Exercise], today: date) -> str:
    """What the timeline shows, for those who cannot see it: how many exercises of each state, and where the same stands as a table."""
    states = [exercise_state_short(one, today) for one in shown]
    told = [f"{states.count(state)} {state}" for state in dict.fromkeys(states)]
    counted = f": {', '.join(told)}" if told else ""
    return f"Timeline of {len(shown)} {_plural(len(shown), 'exercise')} by quarter{counted}. The same stands in the table below."


def _day(item: Item) -> str:
    return formats.day(item.on) if item.on else "no day"


def _by(item: Item) -> str:
    return formats.day(item.by) if item.by else "no day"


def _plural(number: int, word: str) -> str:
    return word if number == 1 else f"{word}s"


_ITEMS: dict[str, Callable[[Item], str]] = {
    "done": lambda item: f"{item.within and f'{item.within}: '}{item.name}, done by {_day(item)}",
    "to_come": lambda item: f"{item.within}: {item.name}, to be done by {_day(item)}",
    "none_done": lambda item: f"{item.name}: none was done by {_by(item)}",
    "none_planned": lambda item: f"{item.name}: none is done, and none is planned by {_by(item)}",
    "missed": lambda item: f"{item.within and f'{item.within}: '}{item.name}, to be done by {_day(item)}, is not done",
    "audited": lambda item: f"{item.name}: {item.within}, by {_day(item)}",
    "audit_planned": lambda item: f"{item.name}: {item.within}, planned" + (f" by {_day(item)}" if item.on else ""),
    "not_audited": lambda item: f"{item.name}: no audit since {_day(item)} (priority in {item.within})",
    "plan_not_held": lambda item: f"{item.name}: this dashboard holds no plan of that year, so its priorities are not known",
    "heard": lambda item: f"{item.name}: last on {_day(item)}",
    "silent": lambda item: f"{item.name}: no quality or outcome evidence since {_day(item)}",
    "never_heard": lambda item: f"{item.name}: no quality or outcome evidence at all",
    "hearing_planned": lambda item: f"{item.name}: {item.within}, to be done" + (f" by {_day(item)}" if item.on else ""),
    "not_continuous": lambda item: f"{item.name}: no continuous exercise gathers quality or outcome information",
    "answered": lambda item: f"{item.name}, {_day(item)}: answered by {item.within}",
    "answer_planned": lambda item: f"{item.name}, {_day(item)}: to be answered by {item.within}",
    "unanswered": lambda item: f"{item.name}, {_day(item)}: no exceptional exercise had begun by {_by(item)}",
    "awaiting": lambda item: f"{item.name}, {_day(item)}: an exceptional exercise is to begin by {_by(item)}, and none is entered yet",
    "without_evidence": lambda item: f"{item.name}, done by {_day(item)}: no evidence names it",
    "never_evidenced": lambda item: f"{item.name}, under way since {_day(item)}: no evidence names it",
    "evidence_ended": lambda item: f"{item.name}, under way: no evidence since {_day(item)}",
}
