"""The commands about agencies' returns: a template to fill, submitting it, what came and what is missing, and what is done about it.

Turns files and numbers typed into calls, and outcomes into words, tables or JSON. Refuses a day of receipt that has not come yet.
"""

import getpass
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from hscb_qa.cli.console import JsonOption, app, err, out, print_json
from hscb_qa.definitions import Framework, load_framework
from hscb_qa.errors import HscbError
from hscb_qa.formats import day
from hscb_qa.intake import ReturnOutcome, SubmitTerms, submit_returns
from hscb_qa.ledger import (
    Revision,
    is_illustrative,
    observations_in_force,
    open_queries,
    return_content,
    returns_received,
    revisions,
    settle_query,
    store_folder,
    withdraw,
)
from hscb_qa.obligations import due_day, items_owed, quarters_owed, read_quarter
from hscb_qa.periods import Period
from hscb_qa.sentences import items_in_words, quarter_in_words, reminder, returns_line, state_in_words
from hscb_qa.templates import write_template
from hscb_qa.views import AgencyReturn, ReturnsView, returns_view

ByOption = Annotated[str | None, typer.Option("--by", help="Who does this; the name you are signed in with where none is given.")]
AgencyOption = Annotated[str | None, typer.Option(help="The agency's id.")]


@app.command()
def template(
    agency: Annotated[str, typer.Option(help="The agency's id, as in config/agencies.yaml.")],
    period: Annotated[str, typer.Option(help="The quarter, as '2025-26 Q3'.")],
    file: Annotated[Path, typer.Option("--out", help="The file to write; .xlsx, .csv or .ods.")],
) -> None:
    """Write the form an agency fills for a quarter."""
    framework, store, quarter = load_framework(), store_folder(), read_quarter(period)
    if quarter.text < framework.returns.first_quarter:
        raise HscbError(f"Returns are owed from {framework.returns.first_quarter} on; {quarter.text} lies before.")
    last = observations_in_force(store, framework.agency(agency).id)
    write_template(framework, agency, quarter, file, last, illustrative=bool(is_illustrative(store)))
    rows = len(items_owed(framework, agency, quarter))
    out.print(f"Wrote {file.name}: {rows} figures for {quarter_in_words(quarter)}, due {day(due_day(framework, quarter))}.")


@app.command()
def submit(
    files: Annotated[list[Path], typer.Argument(help="Filled forms; each stands by itself.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check only; take nothing in.")] = False,
    by: ByOption = None,
    received: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day the return came; today where none is given.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why figures are as they are, for queries without a Note in their row.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Check agencies' returns and take them in, each whole or not at all."""
    if received and received.date() > date.today():
        raise typer.BadParameter(f"--received {received:%Y-%m-%d} has not come yet.")
    framework, store = load_framework(), store_folder()
    terms = SubmitTerms(by or getpass.getuser(), received.date() if received else None, reason)
    outcomes = []
    for file in files:
        outcomes += submit_returns(store, framework, [file], terms, dry_run=dry_run)
        if not as_json:
            _tell_outcome(outcomes[-1], dry_run)
    if as_json:
        print_json([_outcome_facts(outcome, dry_run) for outcome in outcomes])
    if any(outcome.state == "refused" for outcome in outcomes):
        raise typer.Exit(1)


@app.command("returns")
def returns_command(
    period: Annotated[str | None, typer.Option(help="The quarter; the last one that has ended where none is given.")] = None,
    agency: AgencyOption = None,
    history: Annotated[bool, typer.Option("--history", help="Every revision that ever came, with its queries.")] = False,
    revision: Annotated[int | None, typer.Option(help="One revision of an agency's quarter; with --out its file.")] = None,
    file: Annotated[Path | None, typer.Option("--out", help="Where to write the very bytes of the revision.")] = None,
    reminders: Annotated[bool, typer.Option("--reminders", help="What to write to each agency whose return is not complete.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Say who owes what for a quarter, and what came of it."""
    framework, store = load_framework(), store_folder()
    quarter = read_quarter(period) if period else None
    if agency:
        framework.agency(agency)
    if file is not None or revision is not None:
        return _give_back(_revision(store, agency, quarter, revision), file, as_json)
    if history:
        return _tell_history(revisions(store, agency, quarter.text if quarter else None), as_json)
    view = _view(store, framework, quarter or _last_ended(framework))
    rows = [row for row in view.rows if agency in (None, row.agency.id)]
    if reminders:
        return _tell_reminders(view, rows, as_json)
    return print_json(_view_facts(view, rows)) if as_json else _tell_view(view, rows)


@app.command("withdraw")
def withdraw_command(
    submission: Annotated[int, typer.Argument(help="The return's number, as 'hscb-qa returns --history' lists it.")],
    reason: Annotated[str, typer.Option(help="Why it is taken back; kept with the return.")],
    by: ByOption = None,
) -> None:
    """Take a return back: it no longer counts, and stays in the record."""
    withdraw(store_folder(), submission, by or getpass.getuser(), reason)
    out.print(f"Submission {submission} is withdrawn. It stays in the record; an earlier revision, if there is one, counts again.")


@app.command()
def settle(
    submission: Annotated[int, typer.Argument(help="The return's number.")],
    query: Annotated[int, typer.Argument(help="The query's number, as 'hscb-qa returns --history' lists it.")],
    note: Annotated[str, typer.Option(help="What settled it.")],
    by: ByOption = None,
) -> None:
    """Close a query of an accepted return."""
    settle_query(store_folder(), submission, query, by or getpass.getuser(), note)
    out.print(f"Query {query} of submission {submission} is settled.")


def _tell_outcome(outcome: ReturnOutcome, dry_run: bool) -> None:
    for issue in outcome.issues:
        err.print(f"{issue.severity.upper()} {issue} [{issue.check}]")
    out.print(f"{outcome.file}: {_what_became(outcome, dry_run)}")


def _what_became(outcome: ReturnOutcome, dry_run: bool) -> str:
    receipt = outcome.receipt
    if outcome.state == "refused":
        return "Refused: nothing was taken in."
    if receipt and receipt.already_held:
        return f"The very same file is submission {receipt.submission} already; nothing changed."
    contents = f"{_counted(outcome.given, 'figure')}, {outcome.not_available} not available, {outcome.not_applicable} not applicable"
    queries = f", {outcome.queries} {'query' if outcome.queries == 1 else 'queries'} with reasons" if outcome.queries else ""
    if dry_run or receipt is None:
        return f"Nothing stops it: {contents}{queries}. Dry run: nothing was taken in."
    place = f", in place of submission {receipt.supersedes}" if receipt.supersedes else ""
    return f"Accepted as submission {receipt.submission} (revision {receipt.revision}{place}): {contents}{queries}."


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def _outcome_facts(outcome: ReturnOutcome, dry_run: bool) -> dict[str, Any]:
    receipt = outcome.receipt
    return {
        "file": outcome.file,
        "state": outcome.state,
        "dry_run": dry_run,
        "agency": outcome.agency,
        "period": outcome.period,
        "submission": receipt.submission if receipt else None,
        "revision": receipt.revision if receipt else None,
        "supersedes": receipt.supersedes if receipt else None,
        "given": outcome.given,
        "not_available": outcome.not_available,
        "not_applicable": outcome.not_applicable,
        "issues": [
            {"severity": one.severity, "check": one.check, "sheet": one.sheet, "cell": one.cell, "line": one.line, "message": one.message}
            for one in outcome.issues
        ],
    }


def _last_ended(framework: Framework) -> Period:
    owed = quarters_owed(framework, date.today())
    if not owed:
        raise HscbError(f"No quarter has ended for which returns are owed; the first is {framework.returns.first_quarter}.")
    return owed[-1]


def _view(store: Path, framework: Framework, quarter: Period) -> ReturnsView:
    record = returns_received(store), observations_in_force(store), open_queries(store)
    return returns_view(framework, record[0], quarter, date.today(), *record[1:])


def _tell_view(view: ReturnsView, rows: list[AgencyReturn]) -> None:
    out.print(f"{quarter_in_words(view.quarter)}: {returns_line(view)}.")
    for row in rows:
        out.print(f"   {row.agency.id}: {_row_in_words(row)}")


def _row_in_words(row: AgencyReturn) -> str:
    received = f"received {day(row.received_on)}" if row.received_on else ""
    revision = f"revision {row.revision}" if row.revision > 1 else ""
    items = f"{items_in_words(row)} items complete"
    left = [f"{number} {word}" for number, word in ((row.not_available, "not available"), (row.missing, "missing")) if number]
    queries = f"{row.queries_open} {'query' if row.queries_open == 1 else 'queries'} open" if row.queries_open else ""
    return "; ".join(part for part in (state_in_words(row), received, revision, ", ".join([items, *left]), queries) if part)


def _view_facts(view: ReturnsView, rows: list[AgencyReturn]) -> dict[str, Any]:
    return {
        "quarter": view.quarter.text,
        "due": view.due.isoformat(),
        "line": returns_line(view),
        "agencies": [_row_facts(row) for row in rows],
    }


def _row_facts(row: AgencyReturn) -> dict[str, Any]:
    return {
        "agency": row.agency.id,
        "name": row.agency.name,
        "state": row.state,
        "submission": row.submission,
        "revision": row.revision,
        "received_on": row.received_on and row.received_on.isoformat(),
        "days_late": row.days_late,
        "items_owed": row.items_owed,
        "given": row.given,
        "not_available": row.not_available,
        "not_applicable": row.not_applicable,
        "missing": row.missing,
        "missing_items": [dict(zip(("indicator", "breakdown", "period"), item.key, strict=True)) for item in row.missing_items],
        "queries_open": row.queries_open,
    }


def _tell_reminders(view: ReturnsView, rows: list[AgencyReturn], as_json: bool) -> None:
    texts = {row.agency.id: reminder(view, row.agency.id) for row in rows if row.missing or row.not_available or row.queries_open}
    if as_json:
        return print_json(texts)
    return out.print("\n\n".join(texts.values()) if texts else "There is nothing to remind anybody of.")


def _revision(store: Path, agency: str | None, quarter: Period | None, revision: int | None) -> list[Revision]:
    if agency is None or quarter is None or revision is None:
        raise typer.BadParameter("--revision and --out speak of one file: name its --agency, --period and --revision.")
    found = [one for one in revisions(store, agency, quarter.text) if one.revision == revision]
    if not found:
        raise HscbError(f"There is no revision {revision} of {agency} for {quarter.text}. 'hscb-qa returns --history' lists what came.")
    return found


def _tell_history(found: list[Revision], as_json: bool) -> None:
    if as_json:
        return print_json([_revision_facts(one) for one in found])
    for one in found:
        _tell_revision(one)
    return None if found else out.print("No return came yet.")


def _tell_revision(one: Revision) -> None:
    out.print(f"{one.agency} {one.period}, revision {one.revision}: submission {one.submission}, {_state(one)}")
    out.print(f"   {one.file}, received {day(one.received_on)}, submitted {one.submitted_at:%Y-%m-%d %H:%M} UTC by {one.submitted_by}")
    out.print(f"   sha256 {one.sha256}")
    out.print(f"   {one.given} given, {one.not_available} not available, {one.not_applicable} not applicable")
    for query in one.queries:
        settled = f"Settled by {query.settled_by}: {query.note}" if query.settled_by else "Open."
        out.print(f"   query {query.number} [{query.check}]: {query.message} Reason: {query.reason} {settled}")


def _state(one: Revision) -> str:
    if one.withdrawn_by:
        return f"withdrawn by {one.withdrawn_by}: {one.withdrawn_reason}"
    return "in force" if one.in_force else "superseded"


def _revision_facts(one: Revision) -> dict[str, Any]:
    return {**asdict(one), "received_on": one.received_on.isoformat(), "submitted_at": f"{one.submitted_at:%Y-%m-%dT%H:%M:%SZ}"}


def _give_back(found: list[Revision], file: Path | None, as_json: bool) -> None:
    """Tell one revision, or write its file as it came."""
    if file is None:
        return _tell_history(found, as_json)
    content = return_content(store_folder(), found[0].submission)
    try:
        file.write_bytes(content)
    except OSError as fault:
        raise HscbError(f"{file} cannot be written: {fault}") from None
    return out.print(f"Wrote {file.name}: {len(content):,} bytes, as they came.")
