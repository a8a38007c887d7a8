"""Accepted rows to an append-only record: the board's system of record.

Refuses to change or delete anything, and holds the database open only for one transaction, because DuckDB lets one writing process shut
all others out.
"""

from hscb_qa.ledger.entries import (
    EntryApproval,
    EntryEvent,
    approve_entries,
    entries_held,
    entry_approvals,
    entry_events,
    ids_taken,
    record_entries,
    take_back_entry,
    withdraw_entry,
)
from hscb_qa.ledger.history import KeptQuery, Revision, revisions
from hscb_qa.ledger.opening import attached_ledger, ledger_path, store_folder
from hscb_qa.ledger.returns import (
    AcceptedReturn,
    ReturnReceipt,
    Standing,
    observations_in_force,
    open_queries,
    record_return,
    refuse_unfit,
    return_content,
    returns_received,
    settle_query,
    standing,
    withdraw,
)
from hscb_qa.ledger.submissions import Receipt, Submission, is_illustrative, record, submissions
from hscb_qa.ledger.texts import FIELDS, ApprovedBy, ReturnText, TextPlace, approve_texts, take_back_approval, texts_in_force

__all__ = [
    "FIELDS",
    "AcceptedReturn",
    "ApprovedBy",
    "EntryApproval",
    "EntryEvent",
    "KeptQuery",
    "Receipt",
    "ReturnReceipt",
    "ReturnText",
    "Revision",
    "Standing",
    "Submission",
    "TextPlace",
    "approve_entries",
    "approve_texts",
    "attached_ledger",
    "entries_held",
    "entry_approvals",
    "entry_events",
    "ids_taken",
    "is_illustrative",
    "ledger_path",
    "observations_in_force",
    "open_queries",
    "record",
    "record_entries",
    "record_return",
    "refuse_unfit",
    "return_content",
    "returns_received",
    "revisions",
    "settle_query",
    "standing",
    "store_folder",
    "submissions",
    "take_back_approval",
    "take_back_entry",
    "texts_in_force",
    "withdraw",
    "withdraw_entry",
]
