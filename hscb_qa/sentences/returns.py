"""Returns in plain English: one line for the board, one mark for each agency and quarter, and the reminder an agency gets.

Refuses to write any figure an agency gave: words say which items came, which did not, and what is asked about them.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from hscb_qa import formats
from hscb_qa.definitions import Framework, ReturnRules
from hscb_qa.intake import ReturnOutcome
from hscb_qa.obligations import Item
from hscb_qa.periods import Period
from hscb_qa.views import AgencyReturn, NextReturn, OpenQuery, ReturnsView

UNANSWERED = "query_without_reason"
"""The check that stands beside a query for which no reason was given."""
_NAMED_AT_MOST = 3
_STATE_WORDS = {"in": "in", "late": "in, late", "due": "not in yet", "overdue": "overdue", "withdrawn": "withdrawn"}
_SIGNS = {"in": "●", "late": "◑", "due": "…", "overdue": "○", "withdrawn": "⊘"}


def returns_line(view: ReturnsView) -> str:
    """How the quarter's returns stand, in one line: `11 of 13 returns in; Hospital trust late by 12 days; 94% of items complete`.

    Late is what came after the due day, overdue what has not come. Items complete are those given or not applicable, of all that all
    agencies owe.
    """
    if not view.rows:
        return "No agency owes a return"
    due = f", due {formats.day(view.due)}" if view.agencies_in < view.agencies_owing and view.as_of <= view.due else ""
    groups = {state: [row for row in view.rows if row.state == state] for state in ("late", "overdue", "withdrawn")}
    parts = [
        f"{view.agencies_in} of {view.agencies_owing} {_plural(view.agencies_owing, 'return')} in{due}",
        _by_days(groups["late"], "late by"),
        _by_days(groups["overdue"], "overdue by"),
        f"{_names(groups['withdrawn'])} withdrawn" if groups["withdrawn"] else "",
        f"{view.percent_complete}% of items complete",
    ]
    return "; ".join(part for part in parts if part)


def quarter_in_words(quarter: Period) -> str:
    """A quarter as people say it and as the form writes it: `Jul to Sep 2026 (2026-27 Q2)`."""
    return f"{quarter.label} ({quarter.text})"


def next_return_in_words(coming: NextReturn) -> str:
    """Which return comes next, by when, and from when its template can be taken and it can be submitted."""
    told = f"Next return: {quarter_in_words(coming.quarter)}, due {formats.day(coming.due)}."
    if coming.has_ended:
        return f"{told} Its template can be taken and it can be submitted now."
    return f"{told} Its template can be taken now; it can be submitted from {formats.day(coming.opens)}, when the quarter has ended."


def how_to_send(coming: NextReturn) -> str:
    """What an agency does with the return that comes next, in one line."""
    by = f"submit it{'' if coming.has_ended else f' from {formats.day(coming.opens)}'} by {formats.day(coming.due)}"
    return f"How to send a return: take the template, fill it, check it, {by}."


def state_in_words(row: AgencyReturn) -> str:
    """What became of a return, with its days: `in`, `in, 12 days late, revised`, `overdue by 3 days`, `not in yet`, `withdrawn`."""
    late = f"{row.days_late} {_plural(row.days_late, 'day')}"
    words = {"late": f"in, {late} late", "overdue": f"overdue by {late}"}
    if row.state == "withdrawn" and row.days_late:
        return f"withdrawn, overdue by {late}"
    return words.get(row.state, _STATE_WORDS[row.state]) + (", revised" if row.revision > 1 else "")


def state_in_short(row: AgencyReturn) -> str:
    """What became of a return, where its days stand beside it: `in`, `in, late`, `overdue`, `not in yet`, `withdrawn`."""
    return _STATE_WORDS[row.state]


def state_mark(row: AgencyReturn) -> tuple[str, str]:
    """The sign and the fewest words for a return among many: `◑`, `late 12 d, revised`."""
    late = {"late": f"late {row.days_late} d", "overdue": "overdue", "due": "due", "withdrawn": "withdrawn"}
    words = late.get(row.state, "in")
    if row.revision > 1:
        words = "revised" if row.state == "in" else f"{words}, revised"
    return _SIGNS[row.state], words


def items_in_words(row: AgencyReturn) -> str:
    """How complete a return is by item: `24 of 30`."""
    return f"{row.complete} of {row.items_owed}"


def reminder(view: ReturnsView, agency_id: str) -> str:
    """A text to copy into an e-mail: what is due, which items are missing or not available, which queries are open, how to submit.

    It names every item, and says no figure and no person. An agency that owes nothing is told so in a line.
    """
    row = view.row(agency_id)
    quarter = quarter_in_words(view.quarter)
    if row is None:
        return f"No return is owed for {quarter}.\n"
    parts = [
        f"Return for {quarter}: {row.agency.name}",
        "Hello,",
        _opening(view, row),
        _missing_list(view, row),
        _list(view.rules, "Marked as not available; if a figure can be had by now, please return it", row.not_available_items),
        _query_list(row.queries),
        _how_to_submit(row),
        "Thank you.",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def as_of_in_words(moment: datetime) -> str:
    """When the record of returns was as told: `The record of returns as of 23 November 2026, 14:05`."""
    return f"The record of returns as of {formats.day(moment)}, {moment:%H:%M}"


def query_in_words(query: OpenQuery) -> str:
    """What a query is about, without its figures: `far_from_history: Re-referrals, Age band: 1 to 4`."""
    about = ", ".join(part for part in (query.indicator, query.breakdown) if part and part != "All")
    return f"{query.check}: {about or 'the return as a whole'} (submission {query.submission}, query {query.number})"


def outcome_in_words(outcome: ReturnOutcome, framework: Framework, *, dry_run: bool) -> str:
    """What became of one file that was submitted, or only checked."""
    if outcome.state == "refused":
        nothing = "" if dry_run else " Nothing of it was taken in."
        return f"{outcome.file}: {_faults(outcome)}.{nothing} Mend what the table says, and try again."
    whose = f"{framework.agency(outcome.agency).name}, {outcome.period}"
    rows = f"{outcome.given} given, {outcome.not_available} not available, {outcome.not_applicable} not applicable"
    receipt = outcome.receipt
    if outcome.state == "already held" and receipt:
        return f"{outcome.file}: the very same file is submission {receipt.submission} already ({whose}). Nothing changed."
    if receipt is None:
        return f"{outcome.file}: {_faults(outcome)} ({whose}; {rows}). It was only checked: nothing was submitted."
    revision = f", revision {receipt.revision}" if receipt.revision > 1 else ""
    return f"{outcome.file}: accepted as submission {receipt.submission}{revision} ({whose}; {rows}; {_queries_in_words(outcome.queries)})."


def _faults(outcome: ReturnOutcome) -> str:
    """`2 errors, 3 queries without a reason, 1 query`; each query without a reason stands among the issues as an error as well."""
    checks = [issue.check for issue in outcome.issues if issue.severity == "error"]
    unanswered = checks.count(UNANSWERED)
    errors, answered = len(checks) - unanswered, len(outcome.issues) - len(checks) - unanswered
    told = [f"{errors} {_plural(errors, 'error')}" if errors else "no error"]
    told += [f"{_queries_in_words(unanswered)} without a reason"] if unanswered else []
    return ", ".join([*told, _queries_in_words(answered)] if answered or not unanswered else told)


def _queries_in_words(number: int) -> str:
    return "no query" if number == 0 else "1 query" if number == 1 else f"{number} queries"


def _opening(view: ReturnsView, row: AgencyReturn) -> str:
    due = f"The return is due on {formats.day(view.due)}"
    if row.is_in:
        return f"Thank you for your return, which came on {formats.day(row.received_on or view.as_of)}. {_what_is_left(row)}"
    if row.state == "withdrawn":
        return f"Your return was withdrawn, and nothing has come in its place. {_due_in_words(view)}"
    return f"{due}. We do not have it yet." if row.state == "due" else f"We do not have your return yet. {_due_in_words(view)}"


def _what_is_left(row: AgencyReturn) -> str:
    left = row.missing or row.not_available or row.queries_open
    return "This is what is left to do." if left else "It is complete, and nothing is asked about it."


def _due_in_words(view: ReturnsView) -> str:
    days = (view.as_of - view.due).days
    return (
        f"It was due on {formats.day(view.due)}, {days} {_plural(days, 'day')} ago."
        if days > 0
        else f"It is due on {formats.day(view.due)}."
    )


def _missing_list(view: ReturnsView, row: AgencyReturn) -> str:
    if row.missing and not row.missing_items:
        return f"Missing: {row.missing} {_plural(row.missing, 'row')} of the form."
    return _list(view.rules, "Missing", row.missing_items)


def _list(rules: ReturnRules, heading: str, items: Sequence[Item]) -> str:
    """Items by indicator and period, under a heading with their number; empty where there is none."""
    if not items:
        return ""
    lines = [f"- {words}" for words in missing_in_words(rules, items)]
    return "\n".join([f"{heading} ({len(items)} {_plural(len(items), 'row')} of the form):", *lines])


def missing_in_words(rules: ReturnRules, items: Sequence[Item]) -> list[str]:
    """Items by indicator and period, a line for each: `Board meetings attended, Jul to Sep 2026: All`."""
    groups = [list(group) for _, group in groupby(items, key=lambda item: (item.indicator.id, item.period))]
    return [f"{group[0].indicator.name}, {group[0].period.label}: {_rows_in_words(rules, group)}" for group in groups]


def not_available_in_words(rules: ReturnRules, row: AgencyReturn) -> str:
    """How many items were given as not available, and which where that is known; empty where none was."""
    if not row.not_available:
        return ""
    number = f"{row.not_available} {'item was' if row.not_available == 1 else 'items were'} given as not available"
    lines = [line.removesuffix(": All") for line in missing_in_words(rules, row.not_available_items)]
    return f"{number}: {'; '.join(lines)}." if lines else f"{number}."


def _rows_in_words(rules: ReturnRules, items: list[Item]) -> str:
    """The rows of one indicator: a breakdown of which all parts are wanted by its number of rows, else each part by its name."""
    wanted = {item.breakdown for item in items}
    words = ["All"] if "" in wanted else []
    for breakdown in rules.breakdowns:
        texts = rules.texts(breakdown.id)
        if wanted.issuperset(texts):
            words.append(f"{len(texts)} rows by {breakdown.name.lower()}")
        else:
            words += [rules.labels[text] for text in texts if text in wanted]
    return "; ".join(words)


def _query_list(queries: Iterable[OpenQuery]) -> str:
    lines = [f"- {query_in_words(query)}" for query in queries]
    return "\n".join([f"Queries still open ({len(lines)}):", *lines]) if lines else ""


def _how_to_submit(row: AgencyReturn) -> str:
    if row.is_in and not (row.missing or row.not_available or row.queries_open):
        return ""
    return (
        "How to submit: take the template from the page 'Returns', fill it in, use 'Check only' until no error is left, then 'Submit'. "
        "A row without a figure needs the status 'not available' or 'not applicable' and the reason in its note. "
        "A later return takes the place of an earlier one, so always give the whole form.\n"
        "Write nothing into the form that could tell who a child, a parent or a member of staff is."
    )


def _by_days(rows: list[AgencyReturn], how: str) -> str:
    """Agencies with their days, `Police late by 12 days, Housing by 3`; more than three are only counted."""
    if len(rows) > _NAMED_AT_MOST:
        return f"{len(rows)} agencies {how} up to {max(row.days_late for row in rows)} days"
    words: list[str] = []
    for row in sorted(rows, key=lambda one: -one.days_late):
        days = f"{row.days_late} {_plural(row.days_late, 'day')}"
        words.append(f"{row.agency.short_name} {'by' if words else how} {row.days_late if words else days}")
    return ", ".join(words)


def _names(rows: list[AgencyReturn]) -> str:
    return formats.join([row.agency.short_name for row in rows])


def _plural(number: int, word: str) -> str:
    return word if number == 1 else f"{word}s"
