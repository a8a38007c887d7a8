"""The facts of the key questions as sentences, with what is missing by name, and how they moved since earlier editions."""

from collections.abc import Callable, Sequence

from hscb_qa import formats
from hscb_qa.definitions import Framework
from hscb_qa.learning import Fact, Judgement, words
from hscb_qa.views import FactThen, LearningView

_FACTS = {
    "findings_with_a_theme": "{number} of {of} findings of the last twelve months name a theme",
    "recurring_themes": "{number} themes recur over areas or agencies",
    "areas_with_all_three": "{number} of {of} areas have quantity, quality and outcome measures",
    "sources_used": "{number} of the framework's {of} sources gave evidence in the last twelve months",
    "evidence_of_quantity": "{number} of {of} pieces of evidence say something about quantity",
    "evidence_of_quality": "{number} of {of} pieces of evidence say something about quality",
    "evidence_of_outcome": "{number} of {of} pieces of evidence say something about outcome",
    "evidence_on_impact": "{number} of {of} pieces of evidence of the last twelve months look at the impact on children and families",
    "exercises_gathering_outcome": "{number} of {of} exercises that ended in the last twelve months gathered outcomes",
    "findings_of_good_practice": "{number} of {of} findings of the last twelve months record good practice",
    "areas_with_good_practice": "{number} of {of} areas have good practice recorded in the last twelve months",
    "audits_on_priorities": "{number} of {of} audits of this plan year look at a priority",
    "priorities_audited": "{number} of {of} priorities were audited in this plan year",
    "recommendations_smart": "{number} of {of} recommendations that a person tested in the last twelve months are SMART",
    "recommendations_tested": "{number} of {of} recommendations made in the last twelve months were tested",
    "completed_on_time": "{number} of {of} recommendations due in the last twelve months were completed on time",
    "overdue": "{number} recommendations are overdue",
    "lessons_passed_on": "{number} of {of} recommendations completed in the last twelve months were passed on to frontline teams",
    "ways_used": "{number} ways were used to pass lessons on",
    "methods_used": "{number} of {of} methods of hearing families were used in the last twelve months",
    "areas_hearing_children": "{number} of {of} areas heard children in the last twelve months",
    "areas_hearing_parents": "{number} of {of} areas heard parents and carers in the last twelve months",
}
_NOTHING = {
    "findings_with_a_theme": "No finding is recorded of the last twelve months",
    "evidence_of_quantity": "",
    "evidence_of_quality": "",
    "evidence_of_outcome": "",
    "evidence_on_impact": "No evidence is recorded of the last twelve months",
    "exercises_gathering_outcome": "No exercise ended in the last twelve months",
    "findings_of_good_practice": "No finding is recorded of the last twelve months",
    "audits_on_priorities": "No audit of this plan year is recorded",
    "recommendations_smart": "No recommendation of the last twelve months was tested",
    "recommendations_tested": "No recommendation was made in the last twelve months",
    "completed_on_time": "No recommendation was due in the last twelve months",
    "lessons_passed_on": "No recommendation was completed in the last twelve months",
}
_SINGULAR = {
    "recurring_themes": "1 theme recurs over areas or agencies",
    "overdue": "1 recommendation is overdue",
    "ways_used": "1 way was used to pass lessons on",
}
_AREAS = {"areas_with_all_three", "areas_with_good_practice", "priorities_audited", "areas_hearing_children", "areas_hearing_parents"}
_AT_ONCE = 4
VERDICT_WORDS = {"well": "Well", "in_part": "In part", "not_yet": "Not yet"}


def fact_in_words(fact: Fact) -> str:
    """A fact as a sentence; empty where there is nothing to count and nothing to say about that."""
    if fact.of == 0:
        told = _NOTHING.get(fact.id, "Nothing is recorded yet")
        return f"{told}." if told else ""
    if fact.of is None and fact.number == 1:
        return f"{_SINGULAR[fact.id]}."
    return f"{_FACTS[fact.id].format(number=fact.number, of=fact.of)}."


def lacking_in_words(fact: Fact, framework: Framework, view: LearningView) -> str:
    """What is missing, by name; empty where nothing is, or where naming does not help."""
    if not fact.missing or fact.of == 0:
        return ""
    names = [_namer(fact, framework, view)(one) for one in fact.missing]
    shown = names if len(names) <= _AT_ONCE + 1 else [*names[:_AT_ONCE], f"{len(names) - _AT_ONCE} more"]
    return f"{'These are' if fact.id == 'overdue' else 'Not'}: {'; '.join(shown)}"


def moved_in_words(fact: Fact, then: Sequence[FactThen]) -> str:
    """What the newest earlier edition with another label counted; empty where there is none."""
    if not then:
        return ""
    before = then[-1]
    if (before.number, before.of) == (fact.number, fact.of):
        return f"The same in {_edition(before)}."
    return f"{before.number}{'' if before.of is None else f' of {before.of}'} in {_edition(before)}."


def judgement_in_words(judgement: Judgement) -> str:
    """The Board's own judgement in one line."""
    return f"{VERDICT_WORDS[judgement.verdict]}: {judgement.by_role}, {formats.day(judgement.on)}."


def verdict_in_words(judgement: Judgement | None) -> str:
    """What the Board judged, and when; that it has not where it has not."""
    return f"{VERDICT_WORDS[judgement.verdict]}, {formats.day(judgement.on)}" if judgement else "not judged yet"


def verdict_moved_in_words(judgements: Sequence[Judgement]) -> str:
    """How the newest judgement stands to the one before: up, down or the same; empty where there is none before. Newest first.

    A judgement is no figure with a polarity: it goes up from "Not yet" over "In part" to "Well".
    """
    if len(judgements) < 2:
        return ""
    now, before = (list(VERDICT_WORDS).index(one.verdict) for one in judgements[:2])
    if now == before:
        return "as before"
    return f"{'up' if now < before else 'down'} from {VERDICT_WORDS[judgements[1].verdict]}"


def _edition(then: FactThen) -> str:
    return f"“{then.label}”" if then.label else f"the edition of {formats.day(then.published_on)}"


def _namer(fact: Fact, framework: Framework, view: LearningView) -> Callable[[str], str]:
    """How the ids of what is missing are named: areas by their title, methods and sources by their words, entries by their own."""
    if fact.id in _AREAS:
        titles = framework.area_titles
        return lambda one: titles.get(one, one)
    if fact.id == "sources_used":
        return lambda one: formats.EVIDENCE_SOURCE_WORDS[one]
    if fact.id == "methods_used":
        return words
    return lambda one: _title_of(one, view)


def _title_of(entry_id: str, view: LearningView) -> str:
    """The beginning of an entry's own words."""
    found = next(
        (one for one in view.learning.entries if one.id == entry_id and one.KIND in ("exercise", "finding", "recommendation")), None
    )
    text = str(getattr(found, "title", None) or getattr(found, "text", None) or entry_id)
    return text.rstrip(".") if len(text) <= 60 else f"{text[:57].rsplit(' ', 1)[0]}…"
