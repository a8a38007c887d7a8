"""The words given in place of figures: "not available" and "not applicable", each with its reason.

Refuses a word it does not know and a gap without a reason, because a board cannot tell either from a forgotten cell.
"""

from hscb_qa.checks.returns.cells import WITHHELD, cells, quoted, tell_errors
from hscb_qa.checks.returns.context import Context
from hscb_qa.errors import Issue, suggest
from hscb_qa.readers.return_form import STATUS_WORDS
from hscb_qa.readers.returns import Return

_ALLOWED = " or ".join(f"'{words}'" for words in STATUS_WORDS.values())
_LETTERS_OF_A_REASON = 5


def unknown_status(given: Return, context: Context) -> list[Issue]:
    """Errors for words in Status that are none of the form's."""
    unknown = ~context.rows["has_status"] & ~context.rows["status"].isin(["", WITHHELD])
    return tell_errors(given, "unknown_status", cells(context.rows, "status", where=unknown), _no_status)


def status_without_reason(given: Return, context: Context) -> list[Issue]:
    """Errors for a status whose row does not say why, in at least a word."""
    letters = context.rows["note"].str.replace(r"\W|\d", "", regex=True).str.len()
    silent = context.rows["has_status"] & (letters < _LETTERS_OF_A_REASON)
    return tell_errors(given, "status_without_reason", cells(context.rows, "note", "status", where=silent), _no_reason)


def status_with_figures(given: Return, context: Context) -> list[Issue]:
    """Errors for a status in a row that gives figures as well."""
    texts = context.rows[["numerator_text", "denominator_text", "value_text"]]
    both = context.rows["has_status"] & texts.apply(lambda column: column.str.strip() != "").any(axis=1)
    return tell_errors(given, "status_with_figures", cells(context.rows, "status", where=both), _both)


def _no_status(text: str) -> str:
    return (
        f"{quoted(text)} is no status. Leave the cell blank beside a figure, else choose {_ALLOWED}.{suggest(text, STATUS_WORDS.values())}"
    )


def _no_reason(status: str) -> str:
    return f"The row is '{STATUS_WORDS[status]}' and does not say why. Write the reason in Note."


def _both(status: str) -> str:
    return f"The row is '{STATUS_WORDS[status]}' and gives figures. Clear Status if the figures are right, else clear the figures."
