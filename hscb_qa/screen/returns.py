"""The quarter's returns as a table and the last quarters as a grid: a word and a shape for each, never colour alone.

Refuses to show any figure of a return: it says what came and when, and how much of it is complete.
"""

import html
from collections.abc import Sequence

from hscb_qa import formats, sentences, tables
from hscb_qa.definitions import Framework
from hscb_qa.obligations import quarters_owed
from hscb_qa.periods import Period
from hscb_qa.screen.choices import RETURNS_PAGE, address, choose_by_id, link
from hscb_qa.screen.names import agency_html
from hscb_qa.screen.record import Reading
from hscb_qa.views import AgencyReturn, NextReturn, ReturnsHistory, ReturnsView

_LOOKS = {"in": "quiet", "late": "late", "due": "waiting", "overdue": "missing", "withdrawn": "missing"}


def choose_quarter(framework: Framework, reading: Reading, coming: NextReturn | None) -> Period:
    """Let the viewer choose a quarter for which returns are owed, newest first, at first the last that has ended; kept in the address.

    The return that comes next is among them, so that its template can be taken before the quarter ends.
    """
    owed = {quarter.text: quarter for quarter in reversed(quarters_owed(framework, reading.as_of.date()))}
    quarters = ({coming.quarter.text: coming.quarter} if coming else {}) | owed
    options = {text: sentences.quarter_in_words(quarter) + ("" if text in owed else ", next") for text, quarter in quarters.items()}
    return quarters[choose_by_id("Quarter", options, "quarter", next(iter(owed), ""))]


def next_html(coming: NextReturn) -> str:
    """Which return comes next and how to send it, with the way to the form."""
    how = html.escape(sentences.how_to_send(coming))
    way = link(f"{address(RETURNS_PAGE, quarter=coming.quarter.text)}#form", f"Form for {coming.quarter.label}")
    return f"<p class='hscb-next' role='note'>{next_words_html(coming)}<br>{how} {way}</p>"


def next_words_html(coming: NextReturn) -> str:
    """Which return comes next; the first sentence, with its day, stands out."""
    first, _, rest = html.escape(sentences.next_return_in_words(coming)).partition(". ")
    return f"<b>{first}.</b> {rest}"


def quarter_html(view: ReturnsView) -> str:
    """A row for each agency that owes a return: when it came, how complete it is, what is still asked."""
    table = tables.returns_table(view)
    heads = "".join(f"<th scope='col'>{html.escape(name)}</th>" for name in table.columns)
    rows = "".join(
        _quarter_row(row, list(table.columns), cells) for row, *cells in zip(view.rows, *(table[name] for name in table), strict=True)
    )
    caption = f"<caption>{html.escape(sentences.quarter_in_words(view.quarter))}, due {formats.day(view.due)}</caption>"
    return f"<table class='hscb-returns'>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{_below(view)}"


def _below(view: ReturnsView) -> str:
    """What the table's words mean, and which items were given as not available."""
    told = [(row.agency.short_name, sentences.not_available_in_words(view.rules, row)) for row in view.rows if row.not_available]
    lines = [f"<li><b>{html.escape(name)}:</b> {html.escape(words)}</li>" for name, words in told]
    listed = f"<ul class='hscb-told'>{''.join(lines)}</ul>" if lines else ""
    return f"<p class='hscb-note'>{_WORDS}</p>{listed}"


_WORDS = (
    "Overdue: no return has come, and its day has passed. Missing: items owed that no return holds. "
    "Not available: items for which the agency had no figure and said why. They are not complete, and a figure may still be returned."
)


def grid_html(history: ReturnsHistory) -> str:
    """Agencies by quarters, each cell a shape with its word; what was not owed is left blank with a dash."""
    heads = "".join(f"<th scope='col'>{_quarter_link(quarter)}</th>" for quarter in history.quarters)
    rows = "".join(
        f"<tr><th scope='row'>{html.escape(agency.short_name)}</th>{''.join(_grid_cell(cell) for cell in cells)}</tr>"
        for agency, cells in history.rows
    )
    return (
        f"<div class='hscb-scroll' tabindex='0' role='region' aria-label='Returns of the last quarters'><table class='hscb-grid'>"
        f"<caption>The last {len(history.quarters)} quarters</caption>"
        f"<thead><tr><th scope='col'>Agency</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div><ul class='hscb-key'>{_KEY}</ul>"
    )


def _quarter_row(row: AgencyReturn, heads: Sequence[str], cells: Sequence[str]) -> str:
    sign, _ = sentences.state_mark(row)
    _, state, *rest = (html.escape(cell) for cell in cells)
    words = f"<span class='hscb-state hscb-{_LOOKS[row.state]}'><span aria-hidden='true'>{sign}</span> {state}</span>"
    others = "".join(_cell(head, text) for head, text in zip(heads[2:], rest, strict=True))
    return f"<tr><th scope='row'>{agency_html(row.agency)}</th><td data-label='State'>{words}</td>{others}</tr>"


def _cell(head: str, text: str) -> str:
    """A cell that names its column where the table is folded; there a cell with nothing to say is left out."""
    nothing = " class='hscb-nothing'" if text == "–" else ""
    return f"<td data-label='{head}'{nothing}>{text}</td>"


def _quarter_link(quarter: Period) -> str:
    return link(address(RETURNS_PAGE, quarter=quarter.text), quarter.text)


def _grid_cell(row: AgencyReturn | None) -> str:
    if row is None:
        return "<td><span aria-hidden='true'>–</span><span class='hscb-unseen'>nothing owed</span></td>"
    sign, words = sentences.state_mark(row)
    about = html.escape(f"{row.agency.short_name}, {row.quarter.label}: {sentences.state_in_words(row)}", quote=True)
    return f"<td class='hscb-{_LOOKS[row.state]}' title=\"{about}\"><span aria-hidden='true'>{sign}</span> {html.escape(words)}</td>"


_KEY = "".join(
    f"<li><span aria-hidden='true'>{sign}</span> {words}</li>"
    for sign, words in (
        ("●", "in by the due day"),
        ("◑", "in, days late"),
        ("○", "overdue: no return, and its day has passed"),
        ("…", "not due yet"),
        ("⊘", "withdrawn"),
        ("–", "nothing owed"),
    )
)
