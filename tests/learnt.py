"""Exercises, evidence and self-assessments built by hand, with everything filled in that a test does not ask about."""

from typing import Any

from hscb_qa.learning import Evidence, Exercise, SelfAssessment


def exercise(id: str = "one", **fields: Any) -> Exercise:
    """A single-agency audit of neglect in the first quarter of 2025-26 that is done; with the fields given."""
    given = {
        "id": id,
        "title": f"Exercise {id}",
        "recurrence": "once",
        "source": "case_records",
        "method": "single_agency_audit",
        "areas": ["neglect"],
        "agencies": ["police"],
        "lead": "A lead",
        "starts": "2025-26 Q1",
        "ends": fields.get("starts", "2025-26 Q1"),
        "status": "done",
        "gathers": ["quality"],
    }
    return Exercise.model_validate({**given, **fields})


def deep_dive(id: str = "dive", **fields: Any) -> Exercise:
    """An internal deep dive of neglect; otherwise as above."""
    return exercise(id, source="peer_deep_dives", method="internal_deep_dive", **fields)


def evidence(id: str = "heard", **fields: Any) -> Evidence:
    """An audit of neglect on 10 May 2025 that says quality is better; with the fields given."""
    given = {
        "id": id,
        "title": f"Evidence {id}",
        "source": "case_records",
        "method": "single_agency_audit",
        "on": "2025-05-10",
        "agencies": ["police"],
        "areas": ["neglect"],
        "statement": "Most were good.",
        "says": {"quality": "better"},
    }
    return Evidence.model_validate({**given, **fields})


def inspection(id: str = "inspected", **fields: Any) -> Evidence:
    """An inspection of neglect on 10 May 2025."""
    return evidence(id, source="inspections", method="inspection", **fields)


def score(agency: str, standard: str, own: int, moderated: int | None = None, year: str = "2025-26") -> SelfAssessment:
    """A partner's score of one standard in a year, and the moderators' where it is given."""
    return SelfAssessment(
        id=f"{agency}_{standard}_{year[:4]}",
        agency=agency,
        year=year,
        standard=standard,
        self_score=own,
        moderated_score=moderated,
        evidence="The minutes.",
    )
