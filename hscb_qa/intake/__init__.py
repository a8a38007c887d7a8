"""Files to submissions in the ledger: read, check, record.

Published files of one call are accepted all or none, and so is a list of the Board's own entries; of agency returns each stands by itself.
Refuses to record any file that was not checked whole.
"""

from hscb_qa.intake.entries import Entered, enter_fields, enter_file
from hscb_qa.intake.published import Accepted, Terms, load_published
from hscb_qa.intake.returns import ReturnOutcome, SubmitTerms, submit_returns

__all__ = [
    "Accepted",
    "Entered",
    "ReturnOutcome",
    "SubmitTerms",
    "Terms",
    "enter_fields",
    "enter_file",
    "load_published",
    "submit_returns",
]
