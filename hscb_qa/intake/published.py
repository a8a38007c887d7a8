"""Published files to submissions in the ledger: read, check, record; all files of one call, or none.

Refuses every file of the call when one of them has an error, so that nothing is half-loaded; queries are told and let in.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from hscb_qa.checks import check_reading
from hscb_qa.definitions import Framework, register_path
from hscb_qa.errors import Issue, RefusedFile
from hscb_qa.geographies import Geographies, load_geographies
from hscb_qa.ledger import Receipt, Submission, record
from hscb_qa.readers import Reading, read_published


@dataclass(frozen=True)
class Accepted:
    """One file that passed: what was read, what is to be asked about it, which indicators it feeds, and its receipt if it was recorded."""

    reading: Reading
    queries: tuple[Issue, ...]
    feeds: tuple[str, ...]
    receipt: Receipt | None


@dataclass(frozen=True)
class Terms:
    """What the person who loads files says about them. `in_force_from` is asked of neighbour sets only."""

    by: str
    released: date | None = None
    in_force_from: date | None = None
    illustrative: bool = False


def load_published(
    store: Path,
    framework: Framework,
    source: str,
    paths: Sequence[Path],
    terms: Terms,
    *,
    dictionary: Path | None = None,
    dry_run: bool = False,
) -> list[Accepted]:
    """Read and check files of one source and, unless it is a dry run, record them in one transaction.

    Raises RefusedFile with every fault of every file.
    """
    places = load_geographies(register_path())
    read = [_read(source, path, places, dictionary) for path in _without_metadata(paths)]
    issues = [issue for _, found in read for issue in found]
    if any(issue.severity == "error" for issue in issues):
        raise RefusedFile(issues)
    readings = [(reading, found) for reading, found in read if reading]
    receipts: list[Receipt | None] = [None] * len(readings)
    if not dry_run:
        receipts = list(record(store, [_submission(reading, terms) for reading, _ in readings]))
    return [
        Accepted(reading, tuple(found), _fed(framework, reading), receipt)
        for (reading, found), receipt in zip(readings, receipts, strict=True)
    ]


def _without_metadata(paths: Sequence[Path]) -> list[Path]:
    """The files without the `X.meta.csv` of an `X.csv` among them; it is read with its data."""
    given = set(paths)
    return [path for path in paths if path.with_name(path.name.removesuffix(".meta.csv") + ".csv") not in given - {path}]


def _read(source: str, path: Path, places: Geographies, dictionary: Path | None) -> tuple[Reading | None, list[Issue]]:
    """A file's reading with all its issues; no reading where its form is refused."""
    try:
        reading = read_published(source, path, places, dictionary)
    except RefusedFile as refused:
        return None, list(refused.issues)
    return reading, check_reading(reading, places)


def _submission(reading: Reading, terms: Terms) -> Submission:
    return Submission(
        source=reading.source,
        file=reading.file,
        sha256=_fingerprint(reading),
        table="neighbours" if reading.source == "neighbours" else "published",
        rows=reading.rows,
        submitted_by=terms.by,
        releases=reading.dictionary,
        released=terms.released,
        in_force_from=terms.in_force_from if reading.source == "neighbours" else None,
        illustrative=terms.illustrative,
    )


def _fingerprint(reading: Reading) -> str:
    """The file's hash; with a dictionary, a hash of both, so that a new dictionary is a new submission."""
    if reading.dictionary is None:
        return reading.sha256
    return sha256((reading.sha256 + reading.dictionary.to_csv()).encode()).hexdigest()


def _fed(framework: Framework, reading: Reading) -> tuple[str, ...]:
    """The indicators whose own figure this file carries cells of."""
    if reading.source == "neighbours":
        return ()
    held = set(map(tuple, reading.rows[["measure", "breakdown"]].drop_duplicates().to_numpy()))
    return tuple(
        indicator.id
        for indicator in framework.indicators.values()
        if indicator.published
        and indicator.published.source == reading.source
        and any((measure, figure.breakdown_text) in held for figure in indicator.published.figures.values() for measure in figure.measures)
    )
