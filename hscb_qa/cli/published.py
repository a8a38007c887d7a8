"""The commands about published files: which can be read, which were loaded, and loading more.

Turns paths and terms into submissions, and what was accepted into words. Refuses a source it does not know and a neighbour set without
its month, as misunderstandings.
"""

import getpass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from hscb_qa.cli.console import app, err, out
from hscb_qa.definitions import load_framework
from hscb_qa.intake import Accepted, Terms, load_published
from hscb_qa.ledger import store_folder, submissions
from hscb_qa.readers import READERS


@app.command()
def sources() -> None:
    """List the published sources that can be read, and the files loaded from each."""
    framework = load_framework()
    held = submissions(store_folder())
    for name in READERS:
        source = framework.sources.get(name)
        out.print(f"{name}: {source.publisher}, {source.title}. {source.form}" if source else name)
        for row in held.loc[held["source"] == name].itertuples():
            out.print(f"   {row.file}, {row.figures:,} figures, loaded {row.submitted_at:%d %b %Y} by {row.submitted_by}")


@app.command("load-published")
def load_published_command(
    source: Annotated[str, typer.Argument(help=f"One of: {', '.join(READERS)}.")],
    files: Annotated[list[Path], typer.Argument(help="The publisher's files, as they are.")],
    dictionary: Annotated[Path | None, typer.Option(help="LAIT's data dictionary, for release dates.")] = None,
    in_force_from: Annotated[str | None, typer.Option("--from", help="Month from which a neighbour set counts, as 2025-05.")] = None,
    released: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day the publisher released the files.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Read and check only; load nothing.")] = False,
    by: Annotated[str | None, typer.Option(help="Who loads the files.")] = None,
    illustrative: Annotated[bool, typer.Option("--illustrative", help="The figures are invented; every page will say so.")] = False,
) -> None:
    """Load published files: all of them, or none."""
    if source not in READERS:
        raise typer.BadParameter(f"'{source}' is not a source. Allowed: {', '.join(READERS)}.")
    if source == "neighbours" and in_force_from is None:
        raise typer.BadParameter("a neighbour set needs --from, the month from which it counts, as --from 2025-05.")
    terms = Terms(by or getpass.getuser(), released.date() if released else None, _first_of(in_force_from), illustrative)
    accepted = load_published(store_folder(), load_framework(), source, files, terms, dictionary=dictionary, dry_run=dry_run)
    for file in accepted:
        tell_accepted(file, dry_run)


def tell_accepted(file: Accepted, dry_run: bool) -> None:
    """Say what was read of a file, what it feeds, and what became of it."""
    for query in file.queries:
        err.print(f"QUERY {query} [{query.check}]")
    out.print(f"{file.reading.file}: {file.reading.summary()}")
    for note in file.reading.notes:
        out.print(f"   {note}")
    if file.reading.source != "neighbours":
        out.print(f"   feeds the indicators: {', '.join(file.feeds) or 'none'}")
    if dry_run:
        out.print("   dry run: nothing was loaded")
    elif file.receipt and file.receipt.dated:
        out.print(f"   the very same file is submission {file.receipt.submission} already; its release date was noted")
    elif file.receipt and file.receipt.already_held:
        out.print(f"   the very same file is submission {file.receipt.submission} already; nothing changed")
    elif file.receipt:
        out.print(f"   recorded as submission {file.receipt.submission}")


def _first_of(month: str | None) -> date | None:
    if month is None:
        return None
    try:
        return datetime.strptime(month, "%Y-%m").date()
    except ValueError:
        raise typer.BadParameter(f"'{month}' is not a month; write it as 2025-05.") from None
