"""A small record of the Board's own entries, made in a line: what tests of learning stand on."""

from datetime import date
from typing import Any

from hscb_qa.learning import Entry, Evidence, Exercise, Finding, Learning, Recommendation, Step

TODAY = date(2026, 7, 1)


def exercise(entry_id: str, **fields: Any) -> Exercise:
    given = {
        "title": "Audit of neglect", "recurrence": "annual", "source": "case_records", "method": "multi_agency_audit", "areas": ["neglect"],
        "agencies": ["police"], "lead": "Business unit", "starts": "2025-26 Q1", "ends": "2025-26 Q1", "status": "done",
        "gathers": ["quality"],
    }  # fmt: skip
    return Exercise.model_validate({"id": entry_id, **given, **fields})


def evidence(entry_id: str, on: str, **fields: Any) -> Evidence:
    given = {
        "title": "Audit", "source": "case_records", "method": "multi_agency_audit", "agencies": ["police"], "areas": ["neglect"],
        "statement": "Files lack the tool.", "says": {"quality": "worse"},
    }  # fmt: skip
    return Evidence.model_validate({"id": entry_id, "on": on, **given, **fields})


def voice(entry_id: str, on: str, who: str, words: str) -> Evidence:
    heard = {"source": "children_parents_carers", "method": "survey", "speakers": [who], "statement": words}
    return evidence(entry_id, on, **heard, says={"outcome": "better"})


def finding(entry_id: str, of: str, **fields: Any) -> Finding:
    given = {"kind": "concern", "text": "The tool is missing.", "areas": ["neglect"], "agencies": ["police"], "themes": ["tool"]}
    return Finding.model_validate({"id": entry_id, "evidence": of, **given, **fields})


def recommendation(entry_id: str, made_on: str = "2026-01-01", **fields: Any) -> Recommendation:
    given = {"text": "The police should use the tool.", "origin": "challenge", "area": "neglect", "agency": "police", "owner": "Head"}
    return Recommendation.model_validate({"id": entry_id, "made_on": made_on, **given, **fields})


def step(entry_id: str, of: str, kind: str, on: str, **fields: Any) -> Step:
    reach = {"reach": "briefing"} if kind == "reached_frontline" else {}
    return Step.model_validate({"id": entry_id, "recommendation": of, "kind": kind, "on": on, "text": "Done.", **reach, **fields})


def learnt(*entries: Entry) -> Learning:
    return Learning(entries)


EXPECTS = {"indicator": "neglect_tool_used", "signal": "improvement", "by": "2025-26 Q4"}
MET = {name: {"met": True, "reason": "It does."} for name in ("specific", "measurable", "achievable", "relevant", "time_bound")}
