"""The wording of a recommendation to suggestions for its five SMART tests, each with what was found in it.

A suggestion helps the person who decides, and is never counted as a decision. It goes by plain signs: who is to do what, something to count
by, one action, a finding behind it, a day. Refuses to understand more than that: whether the action is wise is for people.
"""

import re
from dataclasses import dataclass

from hscb_qa.learning.entries import Finding, Recommendation
from hscb_qa.learning.vocabulary import SMART_TESTS, SmartTest

_MODAL = re.compile(r"(?<!which )(?<!that )(?<!who )\b(?:should|must|will|shall|needs? to|is to|are to)\s+(?:be\s+)?(?:also\s+)?")
_PASSIVE = re.compile(
    r"\b(?:should|must|will|shall|needs? to|is to|are to)\s+(?:also\s+)?"
    r"(be\s+(?:\w+(?:ed|en)|brought|built|done|held|kept|made|put|read|sent|set|taught|told))\b(?!.*\bby (?:the|each|every|all|a)\b)",
    re.IGNORECASE,
)
"""What is to be done to something, and nobody to do it."""
_NOBODY = "partners?|agencies|services|professionals|practitioners|staff|organisations"
_VAGUE_WHO = re.compile(rf"^(?:it|this|that|there|everyone|everybody|(?:all |the |our |local )*(?:{_NOBODY}))$", re.IGNORECASE)
_VAGUE_DOING = (
    "aware|consider|continue|embed|encourage|enhance|ensure|explore|improve|mindful|prioritise|promote|reflect|remember|remind|reminded|seek|"
    "strengthen|support|think|understand|work"
)
_DOING = (
    "add|agree|analyse|appoint|arrange|ask|bring|change|close|create|deliver|develop|employ|extend|fund|give|hold|introduce|invite|issue|"
    "keep|launch|make|move|name|open|produce|provide|publish|put|raise|recruit|reduce|replace|require|rewrite|send|set|start|stop|teach|tell|"
    "train|turn|update|use|write"
)
_ALSO_NOUNS = (
    "audit|book|brief|check|contact|count|display|draft|measure|monitor|offer|plan|record|report|review|sample|share|staff|supervise|survey|"
    "test|visit"
)
_AWARENESS = re.compile(r"(?:raise|build|increase) (?:the )?(?:awareness|profile|understanding)\b", re.IGNORECASE)
_NEXT = r"(?=\s+(?:a|an|the|each|every|all|any|its|their|this|that|these|how|what|which|who|with|on|at|to|when|whether|where)\b)"
_ACTION = re.compile(rf"\b(?:(?:{_DOING}|{_VAGUE_DOING})\b|(?:{_ALSO_NOUNS})\b{_NEXT})", re.IGNORECASE)
_VAGUE = re.compile(rf"(?:{_VAGUE_DOING})\b", re.IGNORECASE)
_JOINT = re.compile(r"(?:[;:.]\s+|,?\s+and\s+(?:then\s+|also\s+)?|,\s+(?:then\s+|also\s+)?|\(\w\)\s*|\s\d[.)]\s+)")
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_NUMBERS = "one|two|three|four|five|six|seven|eight|nine|ten"
_NUMBER = rf"(?:\d+|{_NUMBERS})"
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}\s+)?(?:{_MONTHS})\s+\d{{4}}\b|\b\d{{4}}-\d{{2}}(?:-\d{{2}}|\s+Q[1-4])?\b|\b(?:q[1-4]|quarter [1-4])\b"
    rf"|\bby \d{{4}}\b(?!-)|\b(?:within|in) (?:the next )?(?:a|{_NUMBER}) (?:weeks?|months?|years?)\b(?! of\b)"
    r"|\bby the end of (?!\d{4}-)\w+\b",
    re.IGNORECASE,
)
_MEASURE = re.compile(
    rf"\b\d+(?:\.\d+)?\s?(?:%|per ?cent\b|percentage points\b)|\b{_NUMBER} (?:in|out of|of) (?:every )?(?:{_NUMBER}|hundred)\b"
    rf"|\b(?:at least|at most|no more than|fewer than|more than|half of|all) {_NUMBER}\b|\bhalf of (?:all|the)\b"
    rf"|\bwithin {_NUMBER} (?:working )?(?:(?:hours?|days?)\b|weeks? of\b)|\b\d+\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\b(?:sections?|chapters?|stages?|parts?|levels?|tiers?|years?|aged?|under|over|forms?|appendix)\s+\d+(?:\s?(?:to|-|and)\s?\d+)?"
    r"|\b\d+[- ]year[- ]olds?",
    re.IGNORECASE,
)
"""Numbers that are names: nothing is counted by `section 47`."""


@dataclass(frozen=True)
class Suggestion:
    """What the wording suggests for one test, and the signs it goes by.

    `found` are the words or names it rests on, as they stand in the entry. Where a test seems not to be met they are what stands in the
    way (a vague doer, the second action), or nothing where the sign is simply missing.
    """

    test: SmartTest
    met: bool
    found: tuple[str, ...]


def suggest(recommendation: Recommendation, finding: Finding | None) -> tuple[Suggestion, ...]:
    """A suggestion for each of the five tests; `finding` is the one it arose from, None where there is none."""
    tests = {
        "specific": _specific(recommendation),
        "measurable": _measurable(recommendation),
        "achievable": _achievable(recommendation),
        "relevant": _relevant(recommendation, finding),
        "time_bound": _time_bound(recommendation),
    }
    return tuple(Suggestion(test, *tests[test]) for test in SMART_TESTS)


def _specific(recommendation: Recommendation) -> tuple[bool, tuple[str, ...]]:
    """Who does what: a doer that is somebody, and doing that one could see. Where the wording only commands, the owner is the doer."""
    who, what = _who_and_what(recommendation.text)
    doing = next(iter(re.findall(r"\w+", what)), "")
    if who and _VAGUE_WHO.match(who):
        return False, (who,)
    if passive := _PASSIVE.search(recommendation.text):
        return False, (passive[1],)
    if not doing or _VAGUE.fullmatch(doing) or _AWARENESS.match(what):
        return False, (doing,) if doing else ()
    return True, (who or recommendation.owner, _in_short(what))


def _measurable(recommendation: Recommendation) -> tuple[bool, tuple[str, ...]]:
    """An indicator, or a number or percentage that is no date and no deadline."""
    if recommendation.expects:
        return True, (recommendation.expects.indicator,)
    found = _MEASURE.search(_NUMBERED.sub(" ", _DATE.sub(" ", recommendation.text)))
    return (True, (found[0].strip(),)) if found else (False, ())


def _achievable(recommendation: Recommendation) -> tuple[bool, tuple[str, ...]]:
    """One owner with one action; a second and a third make it a programme."""
    actions = _actions(recommendation.text)
    return (True, (recommendation.owner,)) if len(actions) < 2 else (False, actions)


def _relevant(recommendation: Recommendation, finding: Finding | None) -> tuple[bool, tuple[str, ...]]:
    """A finding behind it that is about the area it names."""
    if finding is None or recommendation.area not in finding.areas:
        return False, ()
    return True, (recommendation.area, finding.id)


def _time_bound(recommendation: Recommendation) -> tuple[bool, tuple[str, ...]]:
    """A day of its own, as a field or in the wording; the rule that gives every recommendation some day does not count."""
    if recommendation.due:
        return True, (recommendation.due.isoformat(),)
    found = _DATE.search(recommendation.text)
    return (True, (found[0],)) if found else (False, ())


def _who_and_what(text: str) -> tuple[str, str]:
    """The words before the first `should`, `must` or `will`, and those after it; no doer where the wording begins with a command."""
    modal = _MODAL.search(text)
    return (text[: modal.start()].strip(" ,."), text[modal.end() :]) if modal else ("", text)


def _actions(text: str) -> tuple[str, ...]:
    """The verbs with which an action begins: the first, each after a `should`, a semicolon, a comma or an `and`; not a purpose."""
    starts = [0, *(place.end() for pattern in (_MODAL, _JOINT) for place in pattern.finditer(text))]
    found = [verb[0].lower() for start in sorted(starts) if (verb := _ACTION.match(text, start))]
    return tuple(dict.fromkeys(found))


def _in_short(what: str) -> str:
    words = what.split()
    return " ".join(words[:6]) + ("…" if len(words) > 6 else "")
