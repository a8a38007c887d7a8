"""Submit 10,000 spoilt returns, each following from its seed, and count what becomes of them. Run with `make fuzz`.

Ends with 1 where anything but an acceptance or a refusal in words comes out, where a refused file leaves a row in the ledger or an
accepted one lacks one, or where a process needs more memory than is allowed. Arguments: how many files, the first seed.
"""

import os
import resource
import sys
import tempfile
import time
import traceback
from collections import Counter
from multiprocessing import get_context
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from mutated import sound_files, spoil

from hscb_qa.definitions import load_framework
from hscb_qa.intake import SubmitTerms, submit_returns
from hscb_qa.ledger import ledger_path

ROOT = Path(__file__).resolve().parents[1]
AGENCY, QUARTER = "police", "2026-27 Q2"
FILES, FIRST_SEED, BATCH = 10_000, 1, 250
MEMORY = 1_500
"""Megabytes one process may need at most, Python, pandas and DuckDB among them."""


def run_batch(seeds: range) -> tuple[Counter[str], list[str], tuple[float, str], int]:
    """Submit the files of these seeds to a ledger of their own: outcomes by way, faults, the longest time in seconds, peak memory in MB."""
    framework = load_framework(ROOT / "config")
    outcomes: Counter[str] = Counter()
    faults: list[str] = []
    longest, submissions = (0.0, ""), 0
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        sound = sound_files(framework, AGENCY, QUARTER, Path(folder))
        for seed in seeds:
            way, suffix, content = spoil(seed, sound)
            started = time.perf_counter()
            state, fault = submitted(store, framework, Path(folder) / f"spoilt{suffix}", content)
            longest = max(longest, (time.perf_counter() - started, f"seed {seed}, {way}"))
            submissions += state == "accepted"
            outcomes[f"{way}: {state}"] += 1
            if fault or (state == "accepted" and not held_whole(store, submissions)):
                faults.append(f"seed {seed}, {way}: {fault or 'the ledger does not hold it whole'}")
        if not held_whole(store, submissions):
            faults.append(f"seeds {seeds.start} to {seeds.stop - 1}: a refused file left something in the ledger")
    return outcomes, faults, longest, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def submitted(store: Path, framework: object, path: Path, content: bytes) -> tuple[str, str]:
    """What became of a file, and the fault where that is no answer: an exception, or a refusal without a reason."""
    path.write_bytes(content)
    try:
        outcome = submit_returns(store, framework, [path], SubmitTerms("fuzz", reason="A trial."))[0]
    except BaseException:
        return "crashed", traceback.format_exc(limit=-4)
    refused_silently = outcome.state == "refused" and not outcome.issues
    return outcome.state, "refused without a reason" if refused_silently else ""


def held_whole(store: Path, submissions: int) -> bool:
    """Whether the ledger has so many returns, each with its rows, and no row of any other."""
    if not ledger_path(store).exists():
        return submissions == 0
    with duckdb.connect(str(ledger_path(store)), read_only=True) as connection:
        tables = ("returns", "submissions", "(SELECT DISTINCT submission FROM observations)")
        count = f"SELECT {', '.join(f'(SELECT count(*) FROM {table})' for table in tables)}"
        stray = "SELECT count(*) FROM observations WHERE submission NOT IN (SELECT submission FROM returns)"
        counts, strays = connection.execute(count).fetchone(), connection.execute(stray).fetchone()
    return counts == (submissions,) * 3 and strays == (0,)


def large_file() -> tuple[str, int]:
    """What becomes of a file of 200 MB, and by how many megabytes the memory grows."""
    framework = load_framework(ROOT / "config")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        with path.open("wb") as file:
            file.write(b"PK\x03\x04")
            for _ in range(200):
                file.write(os.urandom(2**20))
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        outcome = submit_returns(Path(folder) / "store", framework, [path], SubmitTerms("fuzz"))[0]
    return ", ".join(issue.check for issue in outcome.issues), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024


def main() -> int:
    """Run all batches on all processors, and tell what came of them."""
    files, first = (int(sys.argv[1]) if len(sys.argv) > 1 else FILES), (int(sys.argv[2]) if len(sys.argv) > 2 else FIRST_SEED)
    batches = [range(start, min(start + BATCH, first + files)) for start in range(first, first + files, BATCH)]
    with get_context("spawn").Pool(maxtasksperchild=1) as pool:
        results = []
        for result in pool.imap(run_batch, batches):
            results.append(result)
            print(f"{len(results)} of {len(batches)} batches, {sum(len(one[1]) for one in results)} faults", file=sys.stderr)
        large = pool.apply(large_file)
    outcomes = sum((result[0] for result in results), Counter())
    faults = [fault for result in results for fault in result[1]]
    peak = max(result[3] for result in results)
    for name, count in sorted(outcomes.items()):
        print(f"{count:6}  {name}")
    print(f"{files} files, seeds {first} to {first + files - 1}: {len(faults)} faults.")
    seconds, which = max(result[2] for result in results)
    print(f"Peak memory of a process {peak} MB, longest file {seconds:.1f} s ({which}).")
    print(f"A file of 200 MB: {large[0]}, memory grew by {large[1]} MB.")
    print(*faults[:20], sep="\n")
    return 1 if faults or peak > MEMORY or large[0] != "too_large" else 0


if __name__ == "__main__":
    sys.exit(main())
