"""Recommendations in plain English: how each stands, what a person decided and what a machine suggests.

Refuses to call a recommendation effective because it was carried out: completed and seen to work are told apart.
"""

from datetime import date

from hscb_qa import formats
from hscb_qa.learning import Answer, Recommendation, SmartTest, words
from hscb_qa.learning.cycle import BREAKS, Break, Line, Stage, StageKind, StageState
from hscb_qa.learning.recommendations import Followed, Group, Share, Smart, Tally, Times, is_smart
from hscb_qa.learning.repeats import Repeat
from hscb_qa.learning.smart import Suggestion
from hscb_qa.periods import parse_period
from hscb_qa.sentences.effects import Kind

GROUP_TITLES: dict[Group, str] = {
    "overdue": "Overdue",
    "due": "Due",
    "found_again": "Completed, found again",
    "no_effect": "Completed, effect not seen",
    "effect_unknown": "Completed, effect not known",
    "no_concern": "Completed, no concern since",
    "effect": "Completed, effect seen",
}
GROUP_EMPTY: dict[Group, str] = {
    "overdue": "None is overdue.",
    "due": "None is open and still within its time.",
    "found_again": "Of no completed one the same was found again since.",
    "no_effect": "None was completed without the effect that was expected.",
    "effect_unknown": "Of every completed one it is known whether it had its effect.",
    "no_concern": "None was only to keep a figure free of concern.",
    "effect": "None is completed and seen to have had its effect yet.",
}
TEST_TITLES: dict[SmartTest, str] = {
    "specific": "Specific",
    "measurable": "Measurable",
    "achievable": "Achievable",
    "relevant": "Relevant",
    "time_bound": "Time-bound",
}
STAGE_TITLES: dict[StageKind, str] = {
    "exercise": "Exercise",
    "evidence": "Evidence",
    "finding": "Finding",
    "recommendation": "Recommendation",
    "action": "Action",
    "completed": "Completed",
    "frontline": "Frontline teams told",
    "measured": "Measured again",
    "re_audit": "Audited again",
    "found_again": "Found again",
}
_BREAKS: dict[Break, str] = {
    "no_recommendation": "no recommendation arose from it",
    "overdue": "the recommendation is overdue",
    "no_evidence": "completed without evidence",
    "not_passed_on": "the lesson was not passed on to frontline teams",
    "effect_not_looked_for": "nobody looks for an effect",
    "effect_unknown": "the figure cannot tell whether it had an effect",
    "effect_not_seen": "the effect expected was not seen",
    "no_re_audit": "no audit looked again",
    "found_again": "the same was found again after it was completed",
}
_STATES: dict[StageState, tuple[str, str]] = {
    "done": ("●", "done"),
    "broken": ("✗", "broken"),
    "ahead": ("○", "to come"),
    "none": ("–", "none"),
}
_STAGE_EMPTY: dict[StageKind, str] = {
    "exercise": "Outside the timetable.",
    "evidence": "None: the Board's own challenge.",
    "finding": "None: the Board's own challenge.",
    "action": "No step in between is recorded.",
    "re_audit": "Not asked for, or not yet.",
    "found_again": "Not found again so far.",
}
_MISSING = {
    "specific": "The wording does not say what is to be done.",
    "measurable": "It names no indicator, no number and no percentage.",
    "relevant": "No finding about this area stands behind it.",
    "time_bound": "It names no day of its own; the Board's rule gives it one.",
}


def overview_in_words(tally: Tally, due_next: int, until: date) -> str:
    """How the recommendations stand, in a line or two."""
    if tally.open + tally.completed == 0:
        return "No recommendation is recorded here."
    late = f", {tally.overdue} of them overdue" if tally.overdue else ", none of them overdue" if tally.open else ""
    return f"{tally.open} open{late}; {due_next} due by {formats.day(until)}. {ended_in_words(tally) or 'None is completed.'}"


def in_short_words(recommendations: int, overdue: int) -> str:
    """How many are open and overdue, for a place on another page."""
    late = f", {overdue} overdue" if overdue else ", none overdue"
    return f"{counted(recommendations, 'open recommendation')}{late if recommendations else ''}."


def ended_in_words(tally: Tally) -> str:
    """How the completed ones ended, each counted once; empty where none is completed."""
    if not tally.completed:
        return ""
    parts = {
        "effect seen": tally.effect_seen,
        "no concern since": tally.no_concern,
        "effect not seen": tally.effect_not_seen,
        "found again": tally.found_again,
        "effect not known": tally.effect_unknown,
    }
    return f"{tally.completed} completed: {', '.join(f'{number} {what}' for what, number in parts.items() if number)}."


def counted(number: int, what: str) -> str:
    """A number with its noun.

    >>> counted(1, "day"), counted(0, "day")
    ('1 day', '0 days')
    """
    return f"{number} {what}{'' if number == 1 else 's'}"


def standing_in_words(one: Followed) -> str:
    """How a recommendation stands: late by how many days, due when, completed when."""
    if one.standing == "overdue":
        return f"overdue by {counted(one.days_overdue, 'day')}, due {formats.day(one.due)}"
    if one.completed_on is None:
        return f"due {formats.day(one.due)}"
    late = f"{counted((one.completed_on - one.due).days, 'day')} late" if one.standing == "completed_late" else "in time"
    return f"completed {formats.day(one.completed_on)}, {late}"


def standing_mark(one: Followed) -> tuple[str, Kind]:
    """The sign for how it stands, and what its colour says."""
    if one.standing == "overdue":
        return "!", "late"
    return ("○", "waiting") if one.completed_on is None else ("●", "quiet")


def answer_in_words(answer: Answer) -> str:
    """What a person decided about a test, with the reason."""
    return f"{'Met' if answer.met else 'Not met'}: {answer.reason}"


def suggestion_in_words(one: Suggestion, areas: dict[str, str]) -> str:
    """What the wording suggests about a test, with the reason; areas by id, for their names."""
    return f"Suggested {'met' if one.met else 'not met'}, not decided. {_met_because(one, areas) if one.met else _not_met_because(one)}"


def _met_because(one: Suggestion, areas: dict[str, str]) -> str:
    first = one.found[0]
    return {
        "specific": f"It says who ({first}) does what ({one.found[-1]}).",
        "measurable": f"It can be counted by '{first.replace('_', ' ')}'.",
        "achievable": f"It asks one owner ({first}) for one thing.",
        "relevant": f"It arose from a finding about {areas.get(first, first)}.",
        "time_bound": f"It names a day: {formats.day_or_words(first)}.",
    }[one.test]


def _not_met_because(one: Suggestion) -> str:
    if not one.found:
        return _MISSING[one.test]
    if one.test == "achievable":
        return f"It asks for {len(one.found)} things at once: {formats.join(list(one.found))}."
    return f"'{one.found[0]}' does not say who does what."


def smart_in_short(recommendation: Recommendation) -> str:
    """Whether a recommendation is SMART as decided: `SMART`, `not SMART: measurable`, `3 of 5 tests decided`."""
    passed, answers = is_smart(recommendation), recommendation.smart
    if passed is None:
        return f"{len(answers)} of {len(TEST_TITLES)} tests decided"
    failed = [words(test) for test, answer in answers.items() if not answer.met]
    return "SMART" if passed else f"not SMART: {formats.join(failed)}"


def share_in_words(share: Share, what: str) -> str:
    """A share with its two numbers: `3 of 4 completed in time`; that there is nothing to count where there is not."""
    return f"{share.number} of {share.of} {what}" if share.of else f"nothing yet to count as {what}"


def smart_in_words(counts: Smart) -> str:
    """How many are SMART, of those decided, and how many are not."""
    undecided = f"; {counts.undecided} not decided on all five tests" if counts.undecided else ""
    return f"{share_in_words(counts.share, 'decided ones SMART')}{undecided}"


def times_in_words(times: Times) -> str:
    """How long recommendations take: the quartiles, and that those still open are counted for as long as they have run."""
    if not times.completed:
        return "None is completed yet, so nothing can be said of how long they take."
    told = [
        f"{share} were completed within {counted(days, 'day')}"
        for share, days in (("a quarter", times.lower), ("half", times.median), ("three quarters", times.upper))
        if days is not None
    ]
    few = [] if times.upper is not None else ["Too few are completed to say how long three quarters take."]
    running = len(times.still_open)
    counts = "counts for the days it has run" if running == 1 else "count for the days they have run"
    still = [f"The {counted(running, 'recommendation')} still open {counts}."] if running else []
    first = formats.join(told) if told else ""
    return " ".join([*([f"{_first_large(first)}."] if first else []), *few, *still])


def times_alternative(times: Times) -> str:
    """The chart of times for those who cannot see it."""
    done = f"{counted(len(times.completed), 'recommendation')} took {_span(times.completed)}" if times.completed else "none is completed"
    running = f"{len(times.still_open)} still open have run {_span(times.still_open)}" if times.still_open else "none is open"
    return f"How many days recommendations took: {done}; {running}. {times_in_words(times)}"


def _span(days: tuple[int, ...]) -> str:
    return counted(days[0], "day") if days[0] == days[-1] else f"{days[0]} to {days[-1]} days"


def breaks_in_words(line: Line) -> str:
    """Where a line broke; empty where it did not."""
    return "; ".join(_BREAKS[one] for one in line.breaks)


def line_state_in_words(line: Line) -> str:
    """How a whole line stands, in a sentence."""
    if line.breaks:
        return f"The loop is not closed: {breaks_in_words(line)}."
    if line.followed is None:
        return "Good practice: no recommendation needs to arise from it."
    if any(one.state == "ahead" for one in line.stages):
        return "The loop is still running; nothing in it is late."
    return "The loop is closed: it was done, shown by evidence, passed on, and looked at again."


def stage_in_words(line: Line, stage: Stage) -> str:
    """Why a stage is broken, or what is still to come; empty where its entries say all."""
    broken = [_BREAKS[one] for one in line.breaks if BREAKS[one] == stage.kind]
    if broken:
        return f"{_first_large('; '.join(broken))}."
    if stage.state == "ahead" and stage.kind == "completed" and line.followed:
        return f"{_first_large(standing_in_words(line.followed))}."
    if stage.state == "ahead" and stage.kind == "measured" and line.followed and line.followed.recommendation.expects:
        return f"To be seen in the figures of {parse_period(line.followed.recommendation.expects.by, 'quarter').label}."
    if stage.kind == "measured" and stage.state == "none" and line.followed:
        return "The figure cannot tell." if line.followed.effect else "No figure was named."
    return _STAGE_EMPTY.get(stage.kind, "") if stage.state == "none" else "To come." if stage.state == "ahead" else ""


def _first_large(words: str) -> str:
    return words[:1].upper() + words[1:]


def stage_mark(state: StageState) -> tuple[str, str]:
    """The sign and the words for how a stage stands."""
    return _STATES[state]


def repeat_in_words(repeat: Repeat, names: tuple[list[str], list[str]]) -> str:
    """What was found more than once, where and how often; `names` are those of its areas and of its agencies."""
    themes = formats.join([words(theme) for theme in repeat.themes])
    areas, agencies = (formats.join(one) for one in names)
    return (
        f"{_first_large(themes)}: {agencies}, {areas}. Found {times_over(len(set(repeat.days)))}, last on {formats.day(repeat.days[-1])}."
    )


def times_over(number: int) -> str:
    """How many times.

    >>> times_over(2), times_over(3)
    ('twice', '3 times')
    """
    return "twice" if number == 2 else f"{number} times"


def completed_before_in_words(repeat: Repeat) -> str:
    """Whether a recommendation from an earlier finding was completed already, which is what makes a repeat tell something."""
    if not repeat.completed_before:
        return "No recommendation from the earlier finding had been completed by then."
    return "It was found again although this had been completed:"
