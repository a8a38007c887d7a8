"""The commands about editions: publishing one, choosing one, and reading a series from one.

Turns the ledger into an edition, and an edition into words, a table or JSON. Refuses to change an edition once it is published.
"""

from typing import Annotated, Any

import typer
from rich.table import Table

from hscb_qa.cli.console import JsonOption, app, err, out, print_json, stages
from hscb_qa.definitions import load_framework
from hscb_qa.exports import series_json
from hscb_qa.ledger import store_folder
from hscb_qa.publish import Finding, Hidden, current_edition, edition_named, editions, findings, hidden_of, publish_edition, use_edition
from hscb_qa.views import Basis, OpenEdition, methods_view


@app.command()
def publish(
    label: Annotated[str, typer.Option(help="What the edition is for, as 'Board, 12 November'.")] = "",
    since: Annotated[
        str | None, typer.Option(help="The edition, by its id, since which changes are told; the newest with another label otherwise.")
    ] = None,
) -> None:
    """Compute a new edition from everything loaded, and show it to everyone."""
    with stages() as told:
        edition = publish_edition(store_folder(), load_framework(), label, since, told)
    out.print(f"Published edition {edition.id}{f' ({edition.label})' if edition.label else ''}. It is the one shown now.")
    err.print(_hidden_in_words(hidden_of(edition)))
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
        return print_json(facts)
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


@app.command("audit-disclosure")
def audit_disclosure(
    edition: Annotated[str | None, typer.Argument(help="The edition's id; the one shown where none is given.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Try to work out what an edition hides, from all that a reader of this and earlier editions sees."""
    store = store_folder()
    audited = edition_named(store, edition) if edition else current_edition(store)
    with stages() as told:
        found = findings([one for one in editions(store) if one.id <= audited.id], load_framework().disclosure, told("The attack"))
    if as_json:
        print_json({"edition": audited.id, "breaches": [_breach(one) for one in found]})
    else:
        for one in found:
            err.print(f"BREACH {one}")
        out.print(f"Edition {audited.id}: {len(found) or 'no'} hidden figure{'' if len(found) == 1 else 's'} can be worked out.")
    if found:
        raise typer.Exit(1)


def _breach(one: Finding) -> dict[str, Any]:
    """A breach without the number it tells."""
    return {"figure": one.figure, "low": one.low, "high": one.high, "left": one.left, "told_by": one.told_by}


def _hidden_in_words(hidden: Hidden) -> str:
    """How much of what agencies returned the shareable file hides, and what nothing could protect."""
    if not hidden.figures:
        return "No figures stand on returns."
    reasons = ", ".join(f"{count:,} {reason}" for reason, count in hidden.reasons.items())
    words = f"Hidden in what may be shared: {sum(hidden.reasons.values()):,} of {hidden.figures:,} figures ({reasons})."
    told = f" Of {hidden.exposed:,} hidden figures, publishers or earlier editions tell more than the rule wants, whatever is hidden now."
    return (words if hidden.reasons else f"None of {hidden.figures:,} figures had to be hidden.") + (told if hidden.exposed else "")


@app.command()
def series(
    indicator: Annotated[str, typer.Argument(help="The indicator's id.")],
    geography: Annotated[str | None, typer.Option(help="ONS code; the board's own where none is given.")] = None,
    basis: Annotated[
        Basis | None, typer.Option(help="What each point stands for; the indicator's first basis where none is given.")
    ] = None,
    agency: Annotated[str | None, typer.Option(help="One agency's own figures, by its id; the board's where none is given.")] = None,
    breakdown: Annotated[str | None, typer.Option(help="One part, as 'age_band=1_to_4'; all children where none is given.")] = None,
    edition: Annotated[str | None, typer.Option(help="Another edition than the one shown.")] = None,
    restricted: Annotated[bool, typer.Option("--restricted", help="True counts, for named users.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Print one indicator's series with its comparators."""
    store = store_folder()
    found = edition_named(store, edition) if edition else current_edition(store)
    opened = OpenEdition.restricted(found) if restricted else OpenEdition.shareable(found)
    facts = series_json(opened, indicator, geography, basis, agency, breakdown)
    if as_json:
        return print_json(facts)
    kind = "illustrative figures, " if facts["illustrative"] else ""
    table = Table("period", "value", "status", "numerator", "denominator", "95% interval", title=f"{facts['name']}: {kind}{facts['place']}")
    for point in facts["points"]:
        interval = "" if point["lower"] is None else f"{point['lower']} to {point['upper']}"
        table.add_row(*(_text(point[name]) for name in ("label", "value", "status", "numerator", "denominator")), interval)
    return out.print(table)


def _text(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return f"{value:,.0f}"
    return "" if value is None else str(value)
