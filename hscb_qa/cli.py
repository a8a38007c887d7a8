"""The commands: `hscb-qa --help` lists them.

Turns words typed into calls of the parts, and what they give into words or JSON. Exit code 0; 1 for a fault a person can mend, told
without a traceback; 2 for a command that was not understood.
"""

import getpass
import json
import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from hscb_qa.definitions import load_framework
from hscb_qa.errors import HscbError, RefusedFile, StoreFault
from hscb_qa.exports import series_json
from hscb_qa.intake import Accepted, Terms, load_published
from hscb_qa.ledger import store_folder, submissions
from hscb_qa.publish import current_edition, edition_named, editions, publish_edition, use_edition
from hscb_qa.readers import READERS
from hscb_qa.views import Basis, OpenEdition, methods_view

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
out = Console(highlight=False, soft_wrap=True, markup=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def main() -> None:
    """Run the command typed, and tell faults in plain words."""
    try:
        app()
    except RefusedFile as refused:
        for issue in refused.issues:
            err.print(f"{issue.severity.upper()} {issue} [{issue.check}]")
        err.print("Nothing was loaded. Mend the file, or ask its publisher.")
        sys.exit(1)
    except HscbError as fault:
        err.print(str(fault))
        sys.exit(1)


@app.command()
def check() -> None:
    """Check config and definitions: every fault of every file, with file and line."""
    framework = load_framework()
    counts = f"{len(framework.indicators)} indicators, {len(framework.plan_years)} plan years, {len(framework.agencies)} agencies"
    out.print(f"{counts}: no fault found.")


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
        _tell_accepted(file, dry_run)


@app.command()
def publish(label: Annotated[str, typer.Option(help="What the edition is for, as 'Board, 12 November'.")] = "") -> None:
    """Compute a new edition from everything loaded, and show it to everyone."""
    edition = publish_edition(store_folder(), load_framework(), label)
    out.print(f"Published edition {edition.id}{f' ({edition.label})' if edition.label else ''}. It is the one shown now.")
    for row in methods_view(OpenEdition.shareable(edition)).differences:
        places = "place" if row["places"] == 1 else "places"
        err.print(
            f"QUERY {row['indicator']}: {row['cells']} figures in {row['places']} {places} differ from those of '{row['other_source']}', "
            f"{row['own']} of them our own. See 'Methods and sources'."
        )


@app.command("editions")
def editions_command(as_json: JsonOption = False) -> None:
    """List the editions, oldest first, and which one is shown."""
    found = editions(store_folder())
    shown = current_edition(store_folder()).id if found else ""
    if as_json:
        facts = [
            {"id": one.id, "label": one.label, "published_at": one.published_at, "illustrative": one.illustrative, "shown": one.id == shown}
            for one in found
        ]
        return _print_json(facts)
    for one in found:
        words = [
            one.id,
            one.published_at,
            "illustrative" if one.illustrative else "published",
            one.label,
            "(shown)" if one.id == shown else "",
        ]
        out.print("  ".join(word for word in words if word))
    return None


@app.command()
def use(edition: Annotated[str, typer.Argument(help="The edition's id, as 'hscb-qa editions' lists it.")]) -> None:
    """Show another edition to everyone."""
    use_edition(store_folder(), edition_named(store_folder(), edition))
    out.print(f"Edition {edition} is the one shown now.")


@app.command()
def series(
    indicator: Annotated[str, typer.Argument(help="The indicator's id.")],
    geography: Annotated[str | None, typer.Option(help="ONS code; the board's own where none is given.")] = None,
    basis: Annotated[
        Basis | None, typer.Option(help="What each point stands for; the indicator's first basis where none is given.")
    ] = None,
    edition: Annotated[str | None, typer.Option(help="Another edition than the one shown.")] = None,
    restricted: Annotated[bool, typer.Option("--restricted", help="True counts, for named users.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Print one indicator's series with its comparators."""
    store = store_folder()
    found = edition_named(store, edition) if edition else current_edition(store)
    opened = OpenEdition.restricted(found) if restricted else OpenEdition.shareable(found)
    facts = series_json(opened, indicator, geography, basis)
    if as_json:
        return _print_json(facts)
    kind = "illustrative figures, " if facts["illustrative"] else ""
    table = Table("period", "value", "status", "numerator", "denominator", "95% interval", title=f"{facts['name']}: {kind}{facts['place']}")
    for point in facts["points"]:
        interval = "" if point["lower"] is None else f"{point['lower']} to {point['upper']}"
        table.add_row(*(_text(point[name]) for name in ("label", "value", "status", "numerator", "denominator")), interval)
    return out.print(table)


@app.command()
def demo() -> None:
    """Load and publish the illustrative board from nothing. Its figures are invented, and every page says so."""
    folder = Path(__file__).resolve().parents[1] / "data" / "illustrative"
    os.environ.setdefault("HSCB_QA_STORE", str(store_folder() / "demo"))
    framework, store = load_framework(), store_folder()
    for source, pattern, dictionary in DEMO_FILES:
        terms = Terms("demo", in_force_from=date(2025, 5, 1) if source == "neighbours" else None, illustrative=True)
        paths = sorted(folder.glob(pattern))
        if not paths:
            raise StoreFault(
                f"The illustrative files {folder / pattern} are missing. Make them with 'python data/illustrative/generate.py'."
            )
        for file in load_published(store, framework, source, paths, terms, dictionary=folder / dictionary if dictionary else None):
            _tell_accepted(file, dry_run=False)
    publish(label="Illustrative board")
    out.print(f"Look at it with: HSCB_QA_STORE={store} hscb-qa serve")


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8501,
    host: Annotated[str, typer.Option(help="The address to listen on; this machine alone unless another is named.")] = "127.0.0.1",
) -> None:
    """Open the dashboard on http://localhost:8501."""
    edition = current_edition(store_folder())
    from hscb_qa.screen.serving import serve as serve_dashboard  # here, so that other commands need not wait for Streamlit

    out.print(f"The dashboard shows edition {edition.id} on http://localhost:{port}. Stop it with Ctrl+C.")
    serve_dashboard(host, port)


DEMO_FILES = (
    ("lait", "illustrative_lait.csv", "illustrative_lait_dictionary.csv"),
    ("ees", "illustrative_ees_*.csv", None),
    ("neighbours", "illustrative_neighbours.csv", None),
    ("mps_crime", "illustrative_mps_crime.csv", None),
    ("fingertips", "illustrative_fingertips.csv", None),
)


def _tell_accepted(file: Accepted, dry_run: bool) -> None:
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


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return f"{value:,.0f}"
    return "" if value is None else str(value)


def _print_json(facts: Any) -> None:
    sys.stdout.write(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
