"""The command that makes the illustrative board, from nothing to a published edition.

Turns the invented files of data/illustrative into submissions, published files as `load-published` does and returns as `submit` does, in
the order in which they came in, enters the Board's own entries as they stood at each meeting, and makes editions of all this. Refuses to go
on where one of them is refused. What the store already holds is not submitted again.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from hscb_qa import formats
from hscb_qa.checks.sharing import obstacles
from hscb_qa.cli.console import app, err, out
from hscb_qa.cli.editions import publish
from hscb_qa.cli.published import tell_accepted
from hscb_qa.definitions import Framework, load_framework
from hscb_qa.errors import RefusedFile, StoreFault
from hscb_qa.intake import ReturnOutcome, SubmitTerms, Terms, enter_file, load_published, submit_returns
from hscb_qa.ledger import (
    ApprovedBy,
    TextPlace,
    approve_texts,
    open_queries,
    returns_received,
    settle_query,
    store_folder,
    texts_in_force,
)
from hscb_qa.publish import publish_edition

FOLDER = Path(__file__).resolve().parents[2] / "data" / "illustrative"
PUBLISHED = (
    ("lait", "illustrative_lait.csv", "illustrative_lait_dictionary.csv"),
    ("ees", "illustrative_ees_*.csv", None),
    ("neighbours", "illustrative_neighbours.csv", None),
    ("mps_crime", "illustrative_mps_crime.csv", None),
    ("fingertips", "illustrative_fingertips.csv", None),
)
RETURNS = FOLDER / "illustrative_workbooks.py"
ENTRIES = (
    "illustrative_entries_timetable.yaml",
    "illustrative_entries_evidence.yaml",
    "illustrative_entries_recommendations.yaml",
    "illustrative_entries_analysis.yaml",
    "illustrative_section_11.csv",
)
SINCE_LAST_MEETING = "illustrative_entries_since_last_meeting.yaml"
WAITING = "illustrative_entries_waiting.yaml"
BY = "demo"
APPROVED_BY = ApprovedBy("An invented officer", "Chair of the quality assurance sub-committee (illustrative)")
LAST_MEETING = date(2026, 9, 10)
"""The day of the Board's meeting before this one: an edition is made of what had come in by then, so that changes since can be told."""


@dataclass(frozen=True)
class InventedReturn:
    """A workbook just made, and what is to be done with it.

    `settled` names indicators whose query the Board has settled, and how. `approval` says by whom and in which role its texts are approved,
    and in which other wordings; None where they wait.
    """

    file: str
    agency: str
    quarter: str
    revision: int
    received_on: date
    reason: str | None
    settled: dict[str, str]
    approval: dict[str, Any] | None
    of: int


@app.command()
def demo() -> None:
    """Load and publish the illustrative board from nothing. Its figures are invented, and every page says so."""
    os.environ.setdefault("HSCB_QA_STORE", str(store_folder() / "demo"))
    framework, store = load_framework(), store_folder()
    with TemporaryDirectory() as folder, _making(Path(folder)) as workbooks:
        _load_published_files(framework, store)
        _submit_all(store, Path(folder), _made(workbooks))
    publish(label="Illustrative board, meeting of 26 November 2026")
    out.print(f"Look at it with: HSCB_QA_STORE={store} hscb-qa serve")


def _load_published_files(framework: Framework, store: Path) -> None:
    for source, pattern, dictionary in PUBLISHED:
        terms = Terms(BY, in_force_from=date(2025, 5, 1) if source == "neighbours" else None, illustrative=True)
        paths = sorted(FOLDER.glob(pattern))
        if not paths:
            raise StoreFault(
                f"The illustrative files {FOLDER / pattern} are missing. Make them with 'python data/illustrative/generate.py'."
            )
        for file in load_published(store, framework, source, paths, terms, dictionary=FOLDER / dictionary if dictionary else None):
            tell_accepted(file, dry_run=False)


@contextmanager
def _making(folder: Path) -> Iterator["subprocess.Popen[str]"]:
    """The workbooks being made in a process of its own, which prints a line for each as soon as it stands, and ends with the block."""
    path = os.pathsep.join([str(Path(__file__).resolve().parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])])
    settings = os.environ | {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, str(RETURNS), str(folder)]
    with subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as workbooks:
        try:
            yield workbooks
        finally:
            workbooks.kill()


def _made(workbooks: "subprocess.Popen[str]") -> Iterator[InventedReturn]:
    """The workbooks in the order of receipt, each as soon as it is made. Raises StoreFault where they cannot be made."""
    assert workbooks.stdout
    for line in workbooks.stdout:
        facts = json.loads(line)
        yield InventedReturn(**facts | {"received_on": date.fromisoformat(facts["received_on"]), "reason": facts["reason"] or None})
    if workbooks.wait() != 0:
        raise StoreFault(f"The illustrative returns could not be made. See what 'python {RETURNS.name} FOLDER' says, in {RETURNS.parent}.")


def _submit_all(store: Path, folder: Path, made: Iterable[InventedReturn]) -> None:
    """Submit every return the store does not hold, with a bar that fills, and publish what the last meeting saw on the way.

    Then settle the queries that the Board has settled, approve the texts it has approved, and enter what it has entered since that meeting.
    """
    received = returns_received(store)
    held = set(zip(received["agency"], received["period"], received["revision"], strict=True))
    columns = (TextColumn("Returns"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    submitted: list[InventedReturn] = []
    with Progress(*columns, console=err) as progress, _workers() as pool:
        bar = progress.add_task("", total=None)
        for batch in _batches(made):
            new = [one for one in batch if (one.agency, one.quarter, one.revision) not in held]
            if submitted and submitted[-1].received_on <= LAST_MEETING < batch[0].received_on:
                _approve(store, submitted)
                _enter_lists(store, ENTRIES)
                publish_edition(store, _framework(), f"Illustrative board, meeting of {formats.day(LAST_MEETING)}")
            for outcome in pool.map(partial(_submit, store, folder), new):
                if outcome.state == "refused":
                    raise RefusedFile(outcome.issues)
            submitted += new
            progress.update(bar, advance=len(batch), total=batch[-1].of)
    _settle(store, submitted)
    _approve(store, submitted)
    _enter_lists(store, (SINCE_LAST_MEETING,))
    _enter_lists(store, (WAITING,), approve=False)
    out.print(f"Submitted {len(submitted)} returns of {len({one.agency for one in submitted})} agencies.")


def _workers() -> ProcessPoolExecutor:
    """As many processes as there are processors; new ones, since a copy of one that has a database open may hang."""
    return ProcessPoolExecutor(os.cpu_count() or 1, get_context("spawn"))


def _batches(made: Iterable[InventedReturn]) -> Iterator[list[InventedReturn]]:
    """Returns in the order of receipt, cut at the last meeting and before any agency comes twice, so that none is held against another."""
    batch: list[InventedReturn] = []
    for one in made:
        after_meeting = bool(batch) and batch[-1].received_on <= LAST_MEETING < one.received_on
        if after_meeting or one.agency in {other.agency for other in batch}:
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


def _submit(store: Path, folder: Path, one: InventedReturn) -> ReturnOutcome:
    [outcome] = submit_returns(store, _framework(), [folder / one.file], SubmitTerms(BY, one.received_on, one.reason))
    return outcome


@cache
def _framework() -> Framework:
    return load_framework()


def _enter_lists(store: Path, names: Iterable[str], *, approve: bool = True) -> None:
    """Enter lists of the Board's own entries; one that is held already changes nothing."""
    for name in names:
        enter_file(store, _framework(), FOLDER / name, APPROVED_BY, approve=approve)


def _settle(store: Path, submitted: Iterable[InventedReturn]) -> None:
    notes = {(one.agency, one.quarter, indicator): note for one in submitted for indicator, note in one.settled.items()}
    queries = open_queries(store)
    asked = zip(*(queries[name].tolist() for name in ("submission", "number", "agency", "return_period", "indicator")), strict=True)
    for submission, number, *what in asked:
        if note := notes.get(tuple(what)):
            settle_query(store, submission, number, BY, note)


def _approve(store: Path, submitted: Iterable[InventedReturn]) -> None:
    """Approve the texts of returns that do not wait, as they stand or in another wording, where that counts few people no more."""
    given = {(one.agency, one.quarter): one.approval for one in submitted if one.approval}
    texts = [one for one in texts_in_force(store) if one.wording is None and (one.agency, one.period) in given]
    if not texts:
        return
    approval, threshold = given[texts[0].agency, texts[0].period], _framework().disclosure.threshold
    wordings = {one.place: approval["wordings"].get(one.text, one.text) for one in texts}
    unfit = obstacles(wordings.values(), threshold)
    fit: dict[TextPlace, str | None] = {place: wording for place, wording in wordings.items() if wording not in unfit}
    approve_texts(store, fit, ApprovedBy(approval["by"], approval["role"]), threshold)
