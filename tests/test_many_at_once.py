"""Many people at once: whoever submits is accepted, nobody's rows are lost, and readers and publications go on meanwhile."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from random import Random

import pytest
from prepared import REASON, owing, prepare

from hscb_qa.definitions import Framework
from hscb_qa.errors import StoreFault
from hscb_qa.intake import SubmitTerms, submit_returns
from hscb_qa.ledger import return_content, returns_received, revisions
from hscb_qa.ledger.opening import PATIENCE, reading, writing
from hscb_qa.obligations import items_owed, read_quarter
from hscb_qa.publish import current_edition, publish_edition

ROOT = Path(__file__).resolve().parents[1]
SUBMIT = f"""
import sys
from pathlib import Path
from hscb_qa.definitions import load_framework
from hscb_qa.intake import SubmitTerms, returns
if sys.argv[1] == "hasty":
    returns.check_return = lambda *_: []  # the files are known to be sound, and so all four are at the ledger at once
framework = load_framework()
print("ready", flush=True)
sys.stdin.readline()
terms = SubmitTerms("a trial", reason="{REASON}")
for outcome in returns.submit_returns(Path(sys.argv[2]), framework, [Path(word) for word in sys.argv[3:]], terms):
    print(outcome.state, outcome.receipt.submission if outcome.receipt else outcome.issues, flush=True)
"""


def start(store: Path, files: list[Path], how: str) -> subprocess.Popen[str]:
    settings = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    words = [sys.executable, "-c", SUBMIT, how, store, *files]
    return subprocess.Popen(list(map(str, words)), env=settings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def begin(people: list[subprocess.Popen[str]]) -> None:
    """Wait until all stand ready, then let all begin."""
    for process in people:
        assert process.stdout and process.stdout.readline() == "ready\n"
    for process in people:
        assert process.stdin
        process.stdin.write("begin\n")
        process.stdin.flush()


def told(people: list[subprocess.Popen[str]]) -> list[str]:
    lines = [process.communicate()[0].splitlines() for process in people]
    assert all(process.returncode == 0 for process in people)
    return [line for one in lines for line in one]


@pytest.fixture
def hundred(tmp_path: Path, framework: Framework) -> list[Path]:
    """A hundred different returns: agencies and quarters that are all different."""
    random = Random(11)
    return [
        prepare(framework, tmp_path / f"{agency}_{quarter.text}.csv", agency, quarter, random) for agency, quarter in first(100, framework)
    ]


def first(number: int, framework: Framework) -> Iterator[tuple[str, object]]:
    return islice(owing(framework), number)


def test_four_people_submitting_25_returns_each_are_all_accepted(tmp_path: Path, framework: Framework, hundred: list[Path]) -> None:
    store = tmp_path / "store"
    people = [start(store, hundred[nth::4], "hasty") for nth in range(4)]
    begin(people)
    while len(returns_received(store)) == 0:
        time.sleep(0.05)
    publish_edition(store, framework, "while they submit")
    while any(process.poll() is None for process in people):
        assert returns_received(store)["in_force"].all()
        time.sleep(0.1)
    lines = told(people)
    assert sorted(lines) == sorted(f"accepted {number}" for number in range(1, 101))
    kept = revisions(store)
    assert {one.file for one in kept} == {path.name for path in hundred} and all(one.in_force for one in kept)
    for one in kept:
        assert return_content(store, one.submission) == (tmp_path / one.file).read_bytes()
        assert one.given + one.not_available == len(items_owed(framework, one.agency, read_quarter(one.period)))
    assert current_edition(store).label == "while they submit"


def test_two_people_with_the_same_quarter_are_two_revisions(tmp_path: Path, framework: Framework) -> None:
    [(agency, quarter)] = first(1, framework)
    files = [prepare(framework, tmp_path / f"{seed}.csv", agency, quarter, Random(seed)) for seed in range(6)]
    store = tmp_path / "store"
    people = [start(store, files[:3], "checked"), start(store, files[3:], "checked")]
    begin(people)
    assert sorted(told(people)) == [f"accepted {number}" for number in range(1, 7)]
    kept = revisions(store)
    assert [one.revision for one in kept] == [1, 2, 3, 4, 5, 6]
    assert [one.in_force for one in kept] == [False] * 5 + [True]
    assert {return_content(store, one.submission) for one in kept} == {path.read_bytes() for path in files}


def test_threads_of_one_process_take_turns(tmp_path: Path, framework: Framework) -> None:
    """As in the dashboard, where one uploads while others look."""
    whose = first(4, framework)
    files = [prepare(framework, tmp_path / f"{agency}.csv", agency, quarter, Random(5)) for agency, quarter in whose]
    store, terms = tmp_path / "store", SubmitTerms("a trial", reason=REASON)
    with ThreadPoolExecutor(6) as people:
        submitted = [people.submit(submit_returns, store, framework, [file], terms) for file in files]
        looked = [people.submit(returns_received, store) for _ in range(8)]
        assert [one.result()[0].state for one in submitted] == ["accepted"] * 4
        assert all(len(one.result()) <= 4 for one in looked)
    assert len(returns_received(store)) == 4


def test_who_waits_for_too_long_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for purpose in PATIENCE:
        monkeypatch.setitem(PATIENCE, purpose, 0.05)
    with writing(tmp_path), pytest.raises(StoreFault, match="try again"), reading(tmp_path):
        pass


def test_one_who_cannot_write_in_the_folder_can_still_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(tmp_path):
        pass

    def forbidden(_: object) -> None:
        raise PermissionError("read-only")

    monkeypatch.setattr("hscb_qa.ledger.opening.FileLock.acquire", forbidden)
    assert len(returns_received(tmp_path)) == 0
    with pytest.raises(StoreFault, match="cannot be written, so nothing was recorded"), writing(tmp_path):
        pass
