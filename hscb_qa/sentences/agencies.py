"""An agency's page in plain English: what became of its returns, what it owes, and since when it owes nothing.

Refuses to praise or blame: a return is full or not, late or overdue, and that is all that is said of it. A return is overdue, an item of
it missing.
"""

from collections import Counter

from hscb_qa import formats
from hscb_qa.definitions import Agency
from hscb_qa.sentences.funnels import peer_place
from hscb_qa.views import AgenciesView, AgencyReturn, AgencyRow, AgencyView

NO_RECOMMENDATION = "No recommendation is recorded in this edition."
_SIGNS = {"due": ("…", "due"), "overdue": ("○", "overdue"), "withdrawn": ("⊘", "withdrawn")}


def agency_in_words(view: AgencyView) -> str:
    """How an agency stands, in one line: how many indicators, and on how many it differs."""
    number = len(view.indicators) + view.left_out
    return f"{_counted(number, 'indicator')} in plan year {view.plan_year.id}. {_differs(view)}"


def _differs(view: AgencyView) -> str:
    if not view.funnels:
        return "None of them can be compared between agencies."
    if not view.outside:
        return "It differs from the other agencies on none that can be compared."
    among = f"{len(view.outside)} of {len(view.funnels)}"
    return f"It differs from the other agencies on {among} that can be compared."


def agencies_in_words(view: AgenciesView) -> str:
    """How the newest quarter's returns stand, in one line; what is said where there are none."""
    if view.quarter is None:
        return "Nothing has been returned yet."
    owing = [row.returned for row in view.rows if row.returned]
    states = Counter[str](row.state for row in owing)
    words = {"late": "of them late", "overdue": "overdue", "due": "not due yet", "withdrawn": "withdrawn"}
    told = [
        f"{sum(row.is_in for row in owing)} of {len(owing)} in",
        *(f"{states[one]} {word}" for one, word in words.items() if states[one]),
    ]
    return f"Returns for {view.quarter.label} ({view.quarter.text}): {', '.join(told)}."


def outside_in_words(row: AgencyRow) -> str:
    """On which indicators an agency differs from the others, and on which side: `The share (below: concern)`; a dash for none."""
    return formats.join([f"{name} ({peer_place(peer)})" for name, peer in row.outside]) if row.outside else "–"


def partner_in_words(agency: Agency) -> str:
    """From when until when an agency has been a partner, as far as that is known; empty where neither is."""
    since = f"since {formats.day(agency.since)}" if agency.since else ""
    if agency.until:
        began = f"from {formats.day(agency.since)} " if agency.since else ""
        return f"Partner {began}until {formats.day(agency.until)}"
    return f"Partner {since}" if since else ""


def no_returns_in_words(view: AgencyView) -> str:
    """Why an agency owes nothing for the newest quarter, and since when; empty where it does owe."""
    if not view.owes_nothing:
        return ""
    agency, latest = view.agency, view.latest
    if agency.until:
        return f"{agency.short_name} was a partner until {formats.day(agency.until)}. It has owed no return since."
    if latest is None:
        return f"No return was asked of {agency.short_name} in the quarters up to {formats.day(view.day)}."
    return f"{agency.short_name} owes nothing for {latest.quarter.label}: what it returns is asked for in other quarters."


def nothing_owed_in_words(view: AgencyView) -> str:
    """That nothing is left to do where no challenge waits for an answer; empty where something is."""
    row = view.latest.row if view.latest else None
    if row is None or not row.is_in or row.missing or row.queries_open or view.owed:
        return ""
    return "Nothing is owed: the return is in, no item is missing, no query is open, no narrative is owed and no challenge waits."


def quarter_mark(row: AgencyReturn | None) -> tuple[str, str]:
    """The sign and the words for one quarter: full, or which items are not given; late, overdue.

    A return is full where every item is given or does not apply.
    """
    if row is None:
        return "–", "nothing owed"
    if not row.is_in:
        return _SIGNS[row.state]
    late = f"late {row.days_late} d" if row.state == "late" else ""
    missing = f"{row.missing} missing" if row.missing else ""
    part = ", ".join(words for words in (missing, f"{row.not_available} not available" if row.not_available else "") if words)
    if late:
        return "◑", f"{late}, {part or 'full'}"
    return ("◒", part) if part else ("●", "full")


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
