"""What a new entry takes over from the one it arises from: a recommendation its finding's area, an answer its challenge's agency.

Turns the fields a link names into the fields a form begins with. Refuses to choose: of several areas or agencies none is taken where only
one can stand.
"""

from collections.abc import Callable, Mapping
from typing import Any

from hscb_qa.learning.entries import Kind
from hscb_qa.learning.vocabulary import AUDITS, DEEP_DIVES, REVIEWS, Origin

Fields = Mapping[str, Any]
Find = Callable[[str, str], Fields]
"""The fields of an entry by its kind and id; empty where there is none."""


def begun(kind: Kind, named: Fields, find: Find) -> dict[str, Any]:
    """The fields a new entry begins with; what is named itself goes before what is taken over."""
    taken = _TAKEN[kind](named, find) if kind in _TAKEN else {}
    return {**{name: value for name, value in taken.items() if value}, **named}


def origin_of(evidence: Fields) -> Origin | None:
    """Where a recommendation comes from whose finding stands in this evidence; None where its method does not say."""
    method, source = evidence.get("method"), evidence.get("source")
    by_method: tuple[tuple[tuple[str, ...], Origin], ...] = (
        (AUDITS, "audit"),
        (DEEP_DIVES, "deep_dive"),
        (REVIEWS, "review"),
        (("inspection",), "inspection"),
    )
    if source in ("children_parents_carers", "frontline_staff_managers"):
        return "voices"
    return next((origin for methods, origin in by_method if method in methods), None)


def _evidence(named: Fields, find: Find) -> Fields:
    exercise = find("exercise", named.get("exercise", ""))
    return {name: exercise.get(name) for name in ("source", "method", "areas", "agencies")}


def _finding(named: Fields, find: Find) -> Fields:
    evidence = find("evidence", named.get("evidence", ""))
    return {name: evidence.get(name) for name in ("areas", "agencies", "themes")}


def _recommendation(named: Fields, find: Find) -> Fields:
    finding = find("finding", named.get("finding", ""))
    evidence = find("evidence", finding.get("evidence", ""))
    return {"area": _only(finding.get("areas")), "agency": _only(finding.get("agencies")), "origin": origin_of(evidence)}


def _analysis(named: Fields, find: Find) -> Fields:
    challenge = find("analysis", named.get("answers", ""))
    return {**{name: challenge.get(name) for name in ("area", "indicator", "agency")}, "kind": "answer" if challenge else None}


def _only(names: Any) -> str | None:
    return names[0] if names and len(names) == 1 else None


_TAKEN: Mapping[str, Callable[[Fields, Find], Fields]] = {
    "evidence": _evidence,
    "finding": _finding,
    "recommendation": _recommendation,
    "analysis": _analysis,
}
