"""Sound entries of the Board by hand, one of each kind, and their way into a ledger past intake: a text can be as bad as a test wants."""

from pathlib import Path
from typing import Any

from hscb_qa.learning import Entry, entry_of
from hscb_qa.ledger import ApprovedBy, approve_entries, record_entries

CHAIR = ApprovedBy("A Chair", "Chair of the Quality Assurance sub-committee")
ALL_MET = {test: {"met": True, "reason": "It does."} for test in ("specific", "measurable", "achievable", "relevant", "time_bound")}
SOUND: dict[str, dict[str, Any]] = {
    "exercise": {
        "id": "audit_of_neglect",
        "title": "Audit of neglect",
        "recurrence": "once",
        "source": "case_records",
        "method": "multi_agency_audit",
        "areas": ["neglect"],
        "agencies": ["police", "housing"],
        "lead": "Head of service",
        "starts": "2025-26 Q1",
        "ends": "2025-26 Q2",
        "status": "done",
        "gathers": ["quality"],
    },
    "evidence": {
        "id": "report_on_neglect",
        "title": "Report on neglect",
        "source": "case_records",
        "method": "multi_agency_audit",
        "on": "2025-07-14",
        "agencies": ["police", "housing"],
        "areas": ["neglect"],
        "statement": "Most records were good.",
        "says": {"quality": "better"},
    },
    "finding": {
        "id": "late_reports",
        "evidence": "report_on_neglect",
        "kind": "concern",
        "text": "Reports came late.",
        "areas": ["neglect"],
        "agencies": ["police"],
    },
    "recommendation": {
        "id": "send_reports",
        "text": "Send reports earlier.",
        "finding": "late_reports",
        "origin": "audit",
        "area": "neglect",
        "agency": "police",
        "owner": "Head of service",
        "made_on": "2025-08-01",
    },
    "step": {"id": "sent", "recommendation": "send_reports", "on": "2025-12-01", "kind": "completed", "text": "They come earlier."},
    "analysis": {"id": "why_late", "area": "neglect", "on": "2025-09-01", "kind": "challenge", "by_role": "Chair", "text": "Why is it so?"},
    "judgement": {
        "id": "smart_now",
        "question": "smart",
        "on": "2025-09-01",
        "verdict": "in_part",
        "reasons": "Most are.",
        "by_role": "Chair",
    },
    "self_assessment": {
        "id": "police_2025_allegations",
        "agency": "police",
        "year": "2024-25",
        "standard": "allegations",
        "self_score": 2,
        "moderated_score": 1,
        "evidence": "A policy is in use.",
    },
}


def fields(kind: str, /, **changes: Any) -> dict[str, Any]:
    """The sound fields of a kind with changes; one that is None is left out."""
    return {name: value for name, value in {**SOUND[kind], **changes}.items() if value is not None}


def entry(kind: str, /, **changes: Any) -> Entry:
    """A sound entry of a kind, with changes."""
    return entry_of(kind, fields(kind, **changes))


def enter(store: Path, *entries: Entry, by: ApprovedBy = CHAIR) -> list[bool]:
    """Record entries past intake."""
    return record_entries(store, entries, by, 5)


def enter_approved(store: Path, *entries: Entry) -> None:
    """Record entries and approve them, under a rule that lets small counts pass."""
    enter(store, *entries)
    approve_entries(store, [(one.KIND, one.id) for one in entries], CHAIR, 0)
