"""The quality assurance timetable against the framework's own rules: each met, planned or not, with what meets it and what is missing.

Turns the record, the framework, the Board's rules and a day into checks that name exercises, areas, years and days. Refuses to weigh one
rule against another, and to judge a time of which nothing is known.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from hscb_qa.definitions import Area, Framework, PlanYear, TimetableRules
from hscb_qa.learning.coverage import (
    HOW_WELL,
    AreaCoverage,
    PriorityAudits,
    area_coverage,
    goes_on_silently,
    is_silent,
    newest_evidence,
    plan_years_begun,
    priority_audits,
)
from hscb_qa.learning.entries import Evidence, Exercise
from hscb_qa.learning.programme import Span, done_on, fell_out, happened, is_open, programme_years, programmes, runs, was_done
from hscb_qa.learning.record import Learning
from hscb_qa.learning.rule_checks import Item, RuleCheck, RuleId, item_about, item_of, together
from hscb_qa.learning.vocabulary import AUDITS, DEEP_DIVES, REVIEWS
from hscb_qa.periods import months_after

_REPEATABLE = (*AUDITS, *DEEP_DIVES, *REVIEWS)


@dataclass(frozen=True)
class TimetableCheck:
    """Every rule in the framework's order, then two of our own; audits of priorities by plan year; what is gathered by area."""

    rules: tuple[RuleCheck, ...]
    priorities: tuple[PriorityAudits, ...]
    areas: tuple[AreaCoverage, ...]


@dataclass(frozen=True)
class _Known:
    learning: Learning
    framework: Framework
    rules: TimetableRules
    today: date

    @cached_property
    def plan_years(self) -> list[PlanYear]:
        return plan_years_begun(self.framework, self.rules, self.today)

    @cached_property
    def areas(self) -> tuple[AreaCoverage, ...]:
        return area_coverage(self.learning, self.framework, self.today)

    def those(self, methods: Collection[str]) -> list[Exercise]:
        return [one for one in self.learning.exercises if one.method in methods]


def check_timetable(learning: Learning, framework: Framework, rules: TimetableRules, today: date) -> TimetableCheck:
    """Every rule on a day."""
    known = _Known(learning, framework, rules, today)
    checks = tuple(rule(known) for rule in _RULES)
    return TimetableCheck(checks, priority_audits(learning, framework, rules, today), known.areas)


# ---- a deep dive in each programme, a repeat in each year ----


def _deep_dives(known: _Known) -> RuleCheck:
    return _in_each("deep_dive", known.those(DEEP_DIVES), programmes(known.rules, known.today), known)


def _repeat_audits(known: _Known) -> RuleCheck:
    repeats = [one for one in known.those(_REPEATABLE) if one.repeats]
    return _in_each("repeat_audit", repeats, programme_years(known.rules, known.today), known)


def _in_each(rule: RuleId, exercises: Sequence[Exercise], spans: Sequence[Span], known: _Known) -> RuleCheck:
    """At least one of some exercises done in each span; in a span that is not over, one still to come will do."""
    if not known.learning.exercises:
        return RuleCheck(rule, "nothing_yet")
    return together(rule, [_in_span(rule, exercises, span, known.today) for span in spans])


def _in_span(rule: RuleId, exercises: Sequence[Exercise], span: Span, today: date) -> RuleCheck:
    done = [item_of("done", one, done_on(one, today), span) for one in exercises if was_done(one, span, today)]
    if done:
        return RuleCheck(rule, "met", tuple(done))
    due = [one for one in exercises if one.end and span.holds(one.end)]
    coming = [one for one in due if is_open(one, today) and span.end >= today]
    missed = tuple(item_of("missed", one, one.end, span) for one in due if one not in coming)
    if coming:
        return RuleCheck(rule, "planned", tuple(item_of("to_come", one, one.end, span) for one in coming), missed)
    nothing = Item("none_done" if span.end < today else "none_planned", span.name, span.start, span.end)
    return RuleCheck(rule, "not_met", (), (nothing, *missed))


# ---- audits directed at priorities ----


def _priorities(known: _Known) -> RuleCheck:
    """Every priority of the programme's plan years audited at some time of the programme; years without a plan are named."""
    years = programme_years(known.rules, known.today)
    notes = tuple(Item("plan_not_held", one.name, one.start, one.end) for one in years if not _has_plan(known, one))
    if not known.those(AUDITS) or not known.plan_years:
        return RuleCheck("priorities", "nothing_yet", notes=notes)
    check = together(
        "priorities",
        [_audit_of(known, span, area) for span in programmes(known.rules, known.today) for area in _priorities_in(known, span)],
    )
    return RuleCheck("priorities", check.state, check.meets, check.missing, notes)


def _audit_of(known: _Known, span: Span, area: Area) -> RuleCheck:
    audits = [one for one in known.those(AUDITS) if area.id in one.areas]
    done = [one for one in audits if happened(known.learning, one, span, known.today)]
    if done:
        return RuleCheck("priorities", "met", (item_about(area, "audited", done[-1], _audited_on(known, done[-1])),))
    coming = [one for one in audits if is_open(one, known.today) and span.holds(one.end or span.end) and not _says_nothing(known, one)]
    if coming and span.end >= known.today:
        return RuleCheck("priorities", "planned", (item_about(area, "audit_planned", coming[0], coming[0].end),))
    within = ", ".join(one.id for one in known.plan_years if area.id in {priority.id for priority in one.part_b})
    return RuleCheck("priorities", "not_met", (), (Item("not_audited", area.short_title, span.start, span.end, within=within),))


def _audited_on(known: _Known, audit: Exercise) -> date | None:
    """The day that counts: of one that goes on, that of its newest evidence."""
    is_continuous = audit.recurrence == "continuous"
    return newest_evidence(known.learning, audit, known.today) if is_continuous else done_on(audit, known.today)


def _says_nothing(known: _Known, exercise: Exercise) -> bool:
    return goes_on_silently(known.learning, exercise, known.rules, known.today)


def _priorities_in(known: _Known, span: Span) -> list[Area]:
    """The areas of Part B of the plan years in a programme, each once, as the newest year words it."""
    years = [one for one in known.plan_years if one.start <= span.end and one.end >= span.start]
    return list({area.id: area for year in years for area in year.part_b}.values())


def _has_plan(known: _Known, year: Span) -> bool:
    return any(one.start <= year.end and one.end >= year.start for one in known.plan_years)


# ---- quality and outcome information ----


def _continuous(known: _Known) -> RuleCheck:
    """No area of the plan silent of quality and outcome; those that no continuous exercise covers are named without failing it."""
    if not known.learning.exercises and not known.learning.evidence:
        return RuleCheck("continuous", "nothing_yet")
    check = together("continuous", [_heard(known, one) for one in known.areas])
    notes = tuple(Item("not_continuous", one.area.short_title) for one in known.areas if not one.quality and not one.outcome)
    return RuleCheck("continuous", check.state, check.meets, check.missing, notes)


def _heard(known: _Known, coverage: AreaCoverage) -> RuleCheck:
    name, last = coverage.area.short_title, coverage.last
    if not is_silent(last, known.rules, known.today):
        return RuleCheck("continuous", "met", (Item("heard", name, last),))
    silent = Item("silent" if last else "never_heard", name, last)
    coming = [one for one in known.learning.exercises if _will_say(one, coverage.area, known.today)]
    if coming:
        return RuleCheck("continuous", "planned", (item_about(coverage.area, "hearing_planned", coming[0], coming[0].end),), (silent,))
    return RuleCheck("continuous", "not_met", (), (silent,))


def _will_say(exercise: Exercise, area: Area, today: date) -> bool:
    """Whether an exercise still to be done is to say something of quality or outcome; one that runs on and says nothing does not count."""
    will_gather = area.id in exercise.areas and not set(HOW_WELL).isdisjoint(exercise.gathers)
    return will_gather and is_open(exercise, today) and not runs(exercise, today)


# ---- responsive to inspections and exceptional reports ----


def _responsive(known: _Known) -> RuleCheck:
    """Each inspection and exceptional report since the first programme began answered by an exceptional exercise about one of its areas."""
    to_answer = [one for one in known.learning.evidence if one.source == "inspections" or one.exceptional]
    reports = [one for one in to_answer if known.rules.programme_start <= one.on <= known.today]
    return together("responsive", [_answered(known, one) for one in sorted(reports, key=lambda one: (one.on, one.title))])


def _answered(known: _Known, report: Evidence) -> RuleCheck:
    by = months_after(report.on, known.rules.response_months)
    answers = [one for one in known.learning.exercises if _answers(one, report, by, known.today)]
    begun = [one for one in answers if one.status in ("under_way", "done")]
    for kind, found in (("answered", begun), ("answer_planned", answers)):
        if found:
            item = Item(kind, report.title, report.on, by, found[0].id, found[0].title)  # type: ignore[arg-type]
            return RuleCheck("responsive", "met" if begun else "planned", (item,))
    if by >= known.today:
        return RuleCheck("responsive", "nothing_yet", notes=(Item("awaiting", report.title, report.on, by),))
    return RuleCheck("responsive", "not_met", (), (Item("unanswered", report.title, report.on, by),))


def _answers(exercise: Exercise, report: Evidence, by: date, today: date) -> bool:
    """Whether an exceptional exercise begins between the report and the day until which it is to be answered, about one of its areas.

    The quarter of the report counts, since an exercise's start is known by the quarter alone.
    """
    is_in_time = exercise.start <= by and report.on < months_after(exercise.start, 3)
    is_kept = not fell_out(exercise, today)
    return exercise.recurrence == "exceptional" and is_in_time and is_kept and not set(report.areas).isdisjoint(exercise.areas)


# ---- two rules of our own ----


def _kept(known: _Known) -> RuleCheck:
    """No exercise whose last quarter has passed is left undone."""
    past = [one for one in known.learning.exercises if (one.end and one.end < known.today) or one.status == "not_done"]
    missing = tuple(item_of("missed", one, one.end) for one in past if one.status != "done")
    meets = tuple(item_of("done", one, one.end) for one in past if one.status == "done")
    return RuleCheck("kept", "not_met" if missing else "met" if past else "nothing_yet", meets, missing)


def _evidenced(known: _Known) -> RuleCheck:
    """Every exercise that was done has evidence, and every one that goes on has some that is not too old."""
    done = [_evidence_of(known, one) for one in known.learning.exercises if one.status == "done"]
    silent = [_silence_of(known, one) for one in known.learning.exercises if _says_nothing(known, one)]
    return together("evidenced", [*done, *silent])


def _evidence_of(known: _Known, done: Exercise) -> RuleCheck:
    on = done_on(done, known.today)
    if known.learning.produced_by(done):
        return RuleCheck("evidenced", "met", (item_of("done", done, on),))
    return RuleCheck("evidenced", "not_met", (), (item_of("without_evidence", done, on),))


def _silence_of(known: _Known, goes_on: Exercise) -> RuleCheck:
    last = newest_evidence(known.learning, goes_on, known.today)
    return RuleCheck(
        "evidenced", "not_met", (), (item_of("evidence_ended" if last else "never_evidenced", goes_on, last or goes_on.start),)
    )


_RULES: tuple[Callable[[_Known], RuleCheck], ...] = (
    _deep_dives,
    _repeat_audits,
    _priorities,
    _continuous,
    _responsive,
    _kept,
    _evidenced,
)
