"""Processes that submit and publish, killed without warning at random moments, and a store that has to be right after each.

What a process said it had done must be there whole; what it did not say is there whole or not at all. The seed fixes what is submitted and
how long each process is let live; where exactly it then is, nobody knows, which is the point.
"""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from random import Random

import duckdb
from prepared import REASON, owing, prepare

from hscb_qa.definitions import Framework
from hscb_qa.errors import StoreFault
from hscb_qa.ledger import ledger_path
from hscb_qa.publish import current_edition, editions, publish_edition
from hscb_qa.readers.returns import read_return

ROOT = Path(__file__).resolve().parents[1]
CHILD = f"""
import sys
from pathlib import Path
from hscb_qa.definitions import load_framework
from hscb_qa.intake import SubmitTerms, submit_returns
from hscb_qa.publish import publish_edition
from hscb_qa.errors import Issue
from hscb_qa.intake import returns
framework, store = load_framework(), Path(sys.argv[1])
if sys.argv[2] == "hasty":
    # the files are known to be sound, so no time goes into checks; three questions, so that queries are written as well
    returns.check_return = lambda given, *_: [Issue("query", "trial", given.file, number, "Is it so?") for number in (2, 3, 4)]
print("ready", flush=True)
for word in sys.argv[3:]:
    if word == "publish":
        print("published edition", publish_edition(store, framework).id, flush=True)
    else:
        [outcome] = submit_returns(store, framework, [Path(word)], SubmitTerms("a trial", reason="{REASON}"))
        assert outcome.state == "accepted", outcome
        print(f"{{Path(word).name}}: Accepted as submission {{outcome.receipt.submission}}, {{outcome.queries}} queries", flush=True)
"""
COMMAND = [sys.executable, "-m", "hscb_qa"]
WORKS = ("hasty loop", "publishing loop", "loop", "submit", "hasty loop", "publishing loop", "hasty loop", "publish")
FILES_OF = {"hasty loop": 8, "loop": 4, "publishing loop": 2, "submit": 1, "publish": 0}
TABLES = {
    "observations": "line, indicator, breakdown, period, numerator, denominator, value, status, note",
    "voices": "line, who, about, method, CAST(asked AS VARCHAR), CAST(spoken_on AS VARCHAR), message, changed",
    "narratives": "line, question, answer",
}


@dataclass
class Trial:
    """One store under trial, with all that was prepared for it and all that was acknowledged."""

    folder: Path
    framework: Framework
    random: Random
    prepared: dict[str, dict[str, object]] = field(default_factory=dict)  # sha256 -> what the record must hold of it, by table
    names: dict[str, str] = field(default_factory=dict)  # file -> sha256
    acknowledged: dict[int, str] = field(default_factory=dict)  # submission -> sha256
    queries: dict[int, int] = field(default_factory=dict)  # submission -> how many were said to be kept with it
    published: set[str] = field(default_factory=set)
    shown: str = ""
    killed: int = 0
    lives: dict[str, float] = field(default_factory=dict)  # work -> seconds a process lives at most
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def store(self) -> Path:
        return self.folder / "store"


def kill_at_random(folder: Path, framework: Framework, kills: int, seed: int) -> Counter[str]:
    """Kill so many processes, one after the other, look at the store after each, and count what was going on.

    Every fourth is the real command; the others are loops that are killed after they have begun. Fails at the first thing that is wrong.
    """
    trial = Trial(folder, framework, Random(seed))
    whose = cycle(owing(framework))
    _see_how_long_it_takes(trial, [_prepare(trial, next(whose)) for _ in range(3)])
    for work in cycle(WORKS):
        if trial.killed == kills:
            break
        files = [_prepare(trial, next(whose)) for _ in range(FILES_OF[work])]
        _run_and_kill(trial, work, files)
        check(trial)
    _check_that_the_next_publication_clears(trial)
    return trial.counts


def _prepare(trial: Trial, whose: tuple[str, object]) -> Path:
    agency, quarter = whose
    number = len(trial.prepared)
    path = trial.folder / f"return_{number}.{'xlsx' if number % 5 == 0 else 'csv'}"
    prepare(trial.framework, path, agency, quarter, trial.random)  # type: ignore[arg-type]
    given = read_return(path, trial.framework)
    assert not given.issues, given.issues
    digest = sha256(path.read_bytes()).hexdigest()
    rows = given.rows[TABLES["observations"].split(", ")].astype(object)
    trial.prepared[digest] = {
        "content": path.read_bytes(),
        "observations": [tuple(row) for row in rows.where(rows.notna(), None).to_numpy()],
        "voices": [tuple(row) for row in given.voices.to_numpy()],
        "narratives": [tuple(row) for row in given.narrative.to_numpy()],
    }
    trial.names[path.name] = digest
    return path


def _see_how_long_it_takes(trial: Trial, files: list[Path]) -> None:
    """Let one process live, and take from it how long the others may: a loop from when it has begun, a command from its start."""
    started = time.monotonic()
    with _start(trial, [sys.executable, "-c", CHILD, trial.store, "loop", *files, "publish"]) as process:
        assert process.stdout
        said = [(line, time.monotonic()) for line in process.stdout]
    assert process.returncode == 0
    begins, submitted, published = said[0][1] - started, said[3][1] - said[0][1], said[4][1] - said[3][1]
    trial.lives = {
        "hasty loop": submitted / 2,
        "loop": submitted,
        "publishing loop": 2 * published,
        "submit": begins + submitted / 2,
        "publish": begins + published,
    }
    _note(trial, [line for line, _ in said])


def _run_and_kill(trial: Trial, work: str, files: list[Path]) -> None:
    """Start a process, let it live for a while, kill it, and note what it had said by then."""
    words = {
        "publishing loop": ["publish", *files[:1], "publish", *files[1:], "publish"],
        "submit": ["submit", *files, "--reason", REASON],
        "publish": ["publish"],
    }.get(work, files)
    is_loop = "loop" in work
    first = [sys.executable, "-c", CHILD, trial.store, work.split()[0]] if is_loop else COMMAND
    with _start(trial, [*first, *words]) as process:
        assert process.stdout and process.stderr
        said = [process.stdout.readline()] if is_loop else []
        killer = threading.Timer(trial.random.uniform(0, trial.lives[work]), process.kill)
        killer.start()
        said += process.stdout.read().splitlines()
        told = process.stderr.read()
        code = process.wait()
        killer.cancel()
    assert code in (0, -signal.SIGKILL), told
    trial.killed += code != 0
    trial.counts[f"{work}: {'killed' if code else 'ended before it could be killed'}"] += 1
    trial.counts["drafts found after a kill"] += len(list((trial.store / "editions").glob(".draft-*/")))
    _note(trial, said)


def _start(trial: Trial, words: list[object]) -> subprocess.Popen[str]:
    settings = os.environ | {"HSCB_QA_STORE": str(trial.store), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.Popen(list(map(str, words)), env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _note(trial: Trial, said: list[str]) -> None:
    """Keep what a process acknowledged: only whole lines count, since a person reads those."""
    for line in said:
        if ": Accepted as submission " in line:
            file, rest = line.split(": Accepted as submission ")
            submission = int(re.split(r"\W", rest)[0])
            trial.acknowledged[submission] = trial.names[file]
            trial.queries[submission] = int(asked[1]) if (asked := re.search(r"(\d+) quer", rest)) else 0
            trial.counts["returns acknowledged"] += 1
        if line.lower().startswith("published edition "):
            trial.published.add(line.split()[2].rstrip("."))
            trial.counts["editions acknowledged"] += 1


def check(trial: Trial) -> None:
    """The ledger opens and is right, and an edition that was published is shown, the old one or the new one."""
    _check_ledger(trial)
    _check_editions(trial)


def _check_ledger(trial: Trial) -> None:
    if not ledger_path(trial.store).exists():
        assert not trial.acknowledged
        return
    trial.counts["ledgers left with a log to replay"] += ledger_path(trial.store).with_name("ledger.duckdb.wal").exists()
    with duckdb.connect(str(ledger_path(trial.store)), read_only=True) as ledger:
        held = dict(ledger.execute("SELECT id, sha256 FROM submissions").fetchall())
        assert trial.acknowledged.items() <= held.items(), "an acknowledged return is not there"
        content = dict(ledger.execute("SELECT submission, content FROM returns").fetchall())
        assert content == {submission: trial.prepared[digest]["content"] for submission, digest in held.items()}
        for table, columns in TABLES.items():
            found: dict[int, list[object]] = {submission: [] for submission in held}
            for submission, *row in ledger.execute(f"SELECT submission, {columns} FROM {table} ORDER BY submission, line").fetchall():
                found[submission].append(tuple(row))
            assert found == {submission: trial.prepared[digest][table] for submission, digest in held.items()}, table
        asked = ledger.execute("SELECT submission, COUNT(DISTINCT number), COUNT(*), MAX(number) FROM return_queries GROUP BY 1").fetchall()
        assert all(different == number == last for _, different, number, last in asked)
        kept = {submission: number for submission, _, number, _ in asked}
        assert trial.queries == {submission: kept.get(submission, 0) for submission in trial.acknowledged}
        assert kept.keys() <= held.keys()
    trial.counts["returns kept though not acknowledged"] = len(held) - len(trial.acknowledged)


def _check_editions(trial: Trial) -> None:
    complete = {edition.id: edition for edition in editions(trial.store)}
    assert trial.published <= complete.keys(), "an acknowledged edition is not there"
    for edition in complete.values():
        for file in (edition.shareable, edition.restricted):
            with duckdb.connect(str(file), read_only=True) as opened:
                assert opened.execute("SELECT COUNT(*) FROM framework").fetchone() == (1,)
    try:
        shown = current_edition(trial.store).id
    except StoreFault:
        assert not trial.published and not trial.shown, "an edition was shown before, and none is now"
        return
    assert shown in complete and shown >= max([trial.shown, *trial.published])
    trial.shown = shown


def _leftovers(trial: Trial) -> Iterator[Path]:
    yield from (trial.store / "editions").glob(".draft-*")
    yield from (trial.store / "editions").glob(".current-*")


def _check_that_the_next_publication_clears(trial: Trial) -> None:
    time.sleep(1)  # editions are named by the second
    trial.published.add(publish_edition(trial.store, trial.framework).id)
    check(trial)
    assert list(_leftovers(trial)) == []
