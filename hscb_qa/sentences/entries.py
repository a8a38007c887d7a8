"""The words of the entry forms: what each kind of entry is, what each field asks, what stands in it, and what is wrong with it."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from hscb_qa import formats
from hscb_qa.errors import Issue
from hscb_qa.learning import FormField, Kind, words

KIND_WORDS: dict[Kind, str] = {
    "exercise": "Exercise of the timetable",
    "evidence": "Evidence",
    "finding": "Finding",
    "recommendation": "Recommendation",
    "step": "Step of a recommendation",
    "analysis": "Analysis, challenge, answer or action",
    "judgement": "Judgement of a key question",
    "self_assessment": "Section 11 score",
}
_ASKS = {
    "title": "Title, in a few words",
    "recurrence": "How often",
    "source": "Source of the framework",
    "areas": "Areas it is about",
    "agencies": "Agencies it is about",
    "lead": "Who leads it: a role or a group, no name",
    "starts": "First quarter",
    "ends": "Last quarter; open only where it goes on without end",
    "gathers": "What it gathers",
    "repeats": "Which exercise it does again",
    "responds_to": "What it responds to, where it is exceptional",
    "on": "Day",
    "indicators": "Indicators it bears on",
    "exercise": "Which exercise produced it",
    "speakers": "Whose voice it is, where people were asked",
    "asked": "How many were asked",
    "answered": "How many answered",
    "statement": "What it says, in aggregate and without anything about one person",
    "story": "One experience in words, so told that nobody can be known by it",
    "says": "What it says of",
    "grade": "Grade, where it has one",
    "themes": "Themes, in one or two words each",
    "method": "Method",
    "status": "Status",
    "area": "Area",
    "agency": "Agency",
    "indicator": "Indicator",
    "looks_at_impact": "It looks at the impact on children and families",
    "exceptional": "It is an exceptional report, which the timetable has to answer",
    "counts": "Figure of an indicator",
    "evidence": "Evidence",
    "kind": "What it is",
    "text": "In words",
    "finding": "Which finding it arose from; open only for the Board's own challenge",
    "origin": "Where it comes from",
    "owner": "Who owns it: a role, no name",
    "made_on": "Made on",
    "due": "Due; left open, it is due in the months the Board agreed",
    "smart": "SMART tests",
    "expects": "The effect expected",
    "recommendation": "Which recommendation",
    "reach": "By what way the lesson came, where it reached frontline teams",
    "by_role": "Whose words these are: a role, no name",
    "answers": "Which challenge it answers, where it is an answer",
    "question": "Key question",
    "verdict": "How far it is answered",
    "reasons": "Reasons",
    "year": "Year, from April to March",
    "standard": "Standard",
    "self_score": "The partner's own score",
    "moderated_score": "The moderators' score",
}
_PARTS = {
    "expects.indicator": "Effect: indicator",
    "expects.signal": "Effect: signal expected",
    "expects.by": "Effect: by the quarter",
    "counts.indicator": "Figure: indicator",
    "counts.agency": "Figure: agency",
    "counts.numerator": "Figure: how many said it",
    "counts.denominator": "Figure: of how many",
    "says.quantity": "What it says of quantity",
    "says.quality": "What it says of quality",
    "says.outcome": "What it says of outcome",
}
_SAYS_WHEN = ("ends", "responds_to", "speakers", "grade", "finding", "due", "reach", "answers")
_PEOPLE = ("asked", "answered", "counts")
_NAMED = re.compile(r"'([a-z_]+(?:\.[a-z_]+)*)'")
_TITLES = ("title", "text", "statement", "reasons")
_LONGEST = 80


def field_in_words(name: str) -> str:
    """What a field asks; of one within another (`expects.signal`), what that part asks."""
    part = name.partition(".")[2]
    if not part:
        return _ASKS.get(name, words(name).capitalize())
    test, _, answer = part.partition(".")
    return _PARTS.get(name) or (f"Reason: {words(test)}" if answer == "reason" else words(test).capitalize())


def label_of(field: FormField) -> str:
    """What a form writes above a field, with whether it may stay open where the words do not say when."""
    is_told = field.required or field.shape == "yes_no" or field.name in _SAYS_WHEN
    return field_in_words(field.name) + ("" if is_told else " (may stay open)")


def entry_in_words(fields: Mapping[str, Any], entry_id: str) -> str:
    """How an entry is named in a list: the beginning of its own words, with its day where it has one."""
    text = next((str(fields[name]) for name in _TITLES if fields.get(name)), entry_id)
    short = text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rsplit(' ', 1)[0]}…"
    day = fields.get("on") or fields.get("made_on")
    return f"{short} ({formats.day(date.fromisoformat(str(day)))})" if day else short


def value_in_words(field: FormField, value: Any, names: Callable[[str, str], str]) -> str:
    """What stands in a field, as people read it; `names` gives the name of an id by what it is and the id.

    Counts of people are not repeated: they may be too few to be shown.
    """
    if value in (None, "", [], {}):
        return "open"
    if field.name in _PEOPLE:
        return "given, not repeated here"
    if isinstance(value, list | tuple):
        return ", ".join(_one(field, one, names) for one in value)
    if field.shape == "smart":
        return "; ".join(
            f"{words(test)}: {'passes' if answer['met'] else 'does not pass'}, {answer['reason']}" for test, answer in value.items()
        )
    if field.shape == "expects":
        return f"{names('indicator', value['indicator'])}: {words(value['signal'])}, by {value['by']}"
    if field.shape == "says":
        return ", ".join(f"{kind} {direction}" for kind, direction in value.items())
    return _one(field, value, names)


def ending_in_words(is_approved: bool) -> str:
    """What it means to take an approval back, where there is one, and to withdraw an entry."""
    taken_back = "With its approval taken back, the entry waits for approval again, and the next edition does not show it. "
    return f"{taken_back if is_approved else ''}Withdrawn, it is in force no more; it stays in the record with its whole history."


def withdrawal_in_words(kind: Kind, named: str) -> str:
    """What a withdrawal will do, before it is done."""
    return (
        f"{KIND_WORDS[kind]} “{named}” will be withdrawn. The next edition does not hold it, and no list and no form offers it any more. "
        "It stays in the record with its history, and editions published before still hold it."
    )


def withdrawn_in_words(kind: Kind, named: str) -> str:
    """That an entry was withdrawn."""
    return f"Withdrawn: {KIND_WORDS[kind]} “{named}”. It stays in the record, and the next edition does not hold it."


def taken_back_in_words(kind: Kind, named: str) -> str:
    """That the approval of an entry was taken back."""
    return f"Taken back: the approval of {KIND_WORDS[kind]} “{named}”. Editions published before still hold it."


def fault_in_words(issue: Issue) -> str:
    """What is wrong with an entry, with the field as the form calls it instead of its name in a file."""
    label = f"“{field_in_words(issue.field)}”" if issue.field else ""
    if issue.check == "missing":
        return f"{label} is not filled in."
    if issue.check == "string_pattern_mismatch":
        return f"{label}: begin each with a letter, and use letters, digits and spaces only."
    said = _NAMED.sub(lambda found: _renamed(found[1], issue.field), issue.message)
    said = said.removeprefix(f"{label}: ")
    return said if not label or said.startswith(label) else f"{label}: {said}"


def _renamed(name: str, within: str) -> str:
    """A name quoted in a fault, as the form calls it: a field, a part of the field it is about, or one of the words to choose from."""
    if f"{within}.{name}" in _PARTS:
        return f"“{_PARTS[f'{within}.{name}']}”"
    if name.partition(".")[0] in _ASKS:
        return f"“{field_in_words(name)}”"
    return f"'{words(name)}'"


def _one(field: FormField, value: Any, names: Callable[[str, str], str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.of:
        return names(field.of, str(value))
    if field.shape == "date":
        return formats.day(date.fromisoformat(str(value)))
    if field.name == "source":
        return formats.EVIDENCE_SOURCE_WORDS.get(str(value), str(value))
    return words(str(value)) if field.shape in ("choice", "choices") else str(value)
