"""Ledger to edition: everything a board may look at, computed whole, once, and never written again.

Turns accepted rows and the framework into two files of one edition, `restricted.duckdb` and `shareable.duckdb`, by the same steps with and
without the gate. Refuses to publish half an edition: readers see the old one until the new one is complete.
"""

from hscb_qa.publish.audit import Finding, findings
from hscb_qa.publish.editions import Edition, current_edition, edition_named, editions, use_edition
from hscb_qa.publish.guarded import Hidden, hidden_of
from hscb_qa.publish.steps import publish_edition

__all__ = [
    "Edition",
    "Finding",
    "Hidden",
    "current_edition",
    "edition_named",
    "editions",
    "findings",
    "hidden_of",
    "publish_edition",
    "use_edition",
]
