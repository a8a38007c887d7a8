"""One agency's part of the Returns page: the template, the upload with all its faults, the reminder.

Turns uploaded files into outcomes. Refuses to keep a file that was refused: its bytes go with the page, and only messages stay.
"""

import html
import re
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from hscb_qa import exports, formats, sentences, tables
from hscb_qa.definitions import Agency
from hscb_qa.intake import ReturnOutcome, SubmitTerms, submit_returns
from hscb_qa.ledger import is_illustrative, observations_in_force, store_folder
from hscb_qa.periods import Period
from hscb_qa.screen import record
from hscb_qa.screen.choices import choose_one
from hscb_qa.screen.frame import draw_empty, scroll_html, sentence
from hscb_qa.screen.names import agency_words
from hscb_qa.templates import write_template
from hscb_qa.views import ReturnsView

_CHECKS = Path(__file__).resolve().parents[2] / "docs" / "checks.md"
_FORMS = {"xlsx": "Excel workbook", "ods": "OpenDocument", "csv": "CSV, figures only"}
_LAST_CELL = re.compile(r"<td>(\w+)</td>(\s*</tr>)")
_NONE = "none"
_OUTCOMES, _ROUND = "return_outcomes", "return_round"


def choose_agency(view: ReturnsView) -> Agency | None:
    """The agency of the filter bar where it owes a return, else let the viewer choose one that does; None until one is chosen."""
    agencies = {row.agency.id: row.agency for row in view.rows}
    filtered = st.session_state["selection"].agency
    if filtered in agencies:
        return agencies[filtered]
    options = {_NONE: "Choose your agency", **{one.id: agency_words(one) for one in agencies.values()}}
    return agencies.get(choose_one("Agency", options, "for", _NONE))


def draw_title(agency: Agency | None, quarter: Period) -> None:
    """Whose form and reminder stand below, and for which quarter; the place that links to the form lead to."""
    of = html.escape(", ".join([*([agency_words(agency)] if agency else []), quarter.label]))
    st.html(f"<div id='form'><h2 class='hscb-section'>Form and reminder for one agency: {of}</h2></div>")


def draw_closed() -> None:
    """Say why this server gives out no templates and takes in no returns."""
    draw_empty(
        "Templates and uploads are not offered on this server. There is no sign-in yet, and a template shows the agency's last figures. "
        "Ask the board's office for the template and send the return there."
    )


def draw_reminder(view: ReturnsView, agency: Agency) -> None:
    """A text to copy into an e-mail, exactly as long as what is missing."""
    st.html("<h3 class='hscb-section'>Reminder to copy into an e-mail</h3>")
    text = sentences.reminder(view, agency.id)
    st.code(text, language=None, wrap_lines=True)
    st.download_button("Download the reminder", text, f"reminder_{_file_name(agency, view.quarter)}.txt", "text/plain", on_click="ignore")


def draw_template(agency: Agency, quarter: Period) -> None:
    """The form to fill, with the agency's last accepted figures beside its cells."""
    st.html("<h3 class='hscb-section'>1. Take the template</h3>")
    form: str = st.segmented_control(
        "As", list(_FORMS), default="xlsx", required=True, wrap=True, format_func=_FORMS.__getitem__, key="form"
    )
    st.download_button(
        "Download the template", lambda: _template(agency, quarter, form), f"{_file_name(agency, quarter)}.{form}", on_click="ignore"
    )


def draw_submission() -> None:
    """The upload, to check files or to submit them."""
    st.html("<h3 class='hscb-section'>2. Fill it, check it, submit it</h3>")
    files = st.file_uploader("Filled returns", list(_FORMS), accept_multiple_files=True, key=_files_key())
    if files:
        names = html.escape(formats.join([file.name for file in files]))
        st.html(f"<p class='hscb-note hscb-arrived' role='status'>Ready to check: {names}.</p>")
    st.text_input("Who submits: your name or team", key="submitted_by", max_chars=80)
    st.text_area("Reason for queries that have none in their row's note", key="query_reason", height=68, max_chars=500)
    check, submit, _ = st.columns([2, 2, 3])
    check.button("Check only", on_click=_take, args=(True,), width="stretch")
    submit.button("Submit", type="primary", on_click=_take, args=(False,), width="stretch")


def draw_outcomes() -> None:
    """What became of the files last given, with every fault and its place; nothing where none was given."""
    dry_run, outcomes = st.session_state.get(_OUTCOMES, (True, ()))
    if isinstance(outcomes, str):
        st.html(_box(outcomes, "refused"))
    elif outcomes:
        _draw_outcomes(outcomes, dry_run)


def _take(dry_run: bool) -> None:
    """Check or submit the files given. An accepted file leaves the box; a refused one stays, to be taken out by hand."""
    files = st.session_state.get(_files_key()) or []
    by = st.session_state["submitted_by"].strip()
    if not files or not (by or dry_run):
        no_file = "No file has arrived. Choose one, and wait until it is ready to check."
        st.session_state[_OUTCOMES] = dry_run, "Say who submits; the record keeps it." if files else no_file
        return
    terms = SubmitTerms(by or "check only", date.today(), st.session_state["query_reason"].strip() or None)
    given = [(file.name, file.getvalue()) for file in files]
    outcomes = submit_returns(store_folder(), record.framework(), given, terms, dry_run=dry_run)
    st.session_state[_OUTCOMES] = dry_run, outcomes
    if not dry_run:
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def _files_key() -> str:
    """The name of the upload box; a new one after each submission empties it, and frees the bytes."""
    return f"return_files_{st.session_state.get(_ROUND, 0)}"


def _draw_outcomes(outcomes: Sequence[ReturnOutcome], dry_run: bool) -> None:
    board = record.framework()
    st.html("".join(_box(sentences.outcome_in_words(one, board, dry_run=dry_run), one.state) for one in outcomes))
    issues = [issue for one in outcomes for issue in one.issues]
    if not issues:
        return
    table = tables.issues_table(issues)
    st.html(_issues_html(outcomes) + _explained_html(dict.fromkeys(table["Check"])))
    st.download_button("Download these faults as CSV", exports.issues_csv(issues), "faults.csv", "text/csv", on_click="ignore")


def _box(words: str, state: str) -> str:
    sign = {"accepted": "●", "already held": "●", "refused": "✗"}[state]
    return f"<div class='hscb-outcome hscb-{state.split()[0]}' role='status'><span aria-hidden='true'>{sign}</span>{sentence(words)}</div>"


def _issues_html(outcomes: Sequence[ReturnOutcome]) -> str:
    return "".join(_file_issues_html(one) for one in outcomes if one.issues)


def _file_issues_html(outcome: ReturnOutcome) -> str:
    table = tables.issues_table(outcome.issues)
    shown = table[["Where", "Kind", "What is wrong, and what to do", "Check"]]
    body = tables.table_html(shown, outcome.file, "texts hscb-issues")
    return scroll_html(_LAST_CELL.sub(_check_link, body), f"Faults of {outcome.file}")


def _check_link(match: re.Match[str]) -> str:
    """A row's last cell with the way to what its check asks for, where that is written down."""
    check, end = match.groups()
    return f"<td><a href='#check-{check}'>{check}</a></td>{end}" if check in _check_texts() else match[0]


def _explained_html(checks: Iterable[str]) -> str:
    """What each check that found something asks for, as the document of checks says it."""
    texts = _check_texts()
    entries = "".join(f"<dt id='check-{check}'>{check}</dt><dd>{texts[check]}</dd>" for check in checks if check in texts)
    return (
        f"<details open><summary>What these checks ask for</summary><dl class='hscb-definition'>{entries}</dl></details>" if entries else ""
    )


@st.cache_resource(show_spinner=False)
def _check_texts() -> dict[str, str]:
    """The paragraph under each check's heading, as HTML."""
    text = _CHECKS.read_text(encoding="utf-8") if _CHECKS.exists() else ""
    found = re.findall(r"^### (\w+)\n(.*?)(?=^#|\Z)", text, re.MULTILINE | re.DOTALL)
    return {check: re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(" ".join(words.split()))) for check, words in found}


def _template(agency: Agency, quarter: Period, form: str) -> bytes:
    """The template as bytes, written to a private folder that is gone at once."""
    store = store_folder()
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"template.{form}"
        illustrative = is_illustrative(store) is True
        write_template(record.framework(), agency.id, quarter, path, observations_in_force(store, agency.id), illustrative=illustrative)
        return path.read_bytes()


def _file_name(agency: Agency, quarter: Period) -> str:
    return f"{agency.id}_{quarter.text.replace(' ', '_')}"
