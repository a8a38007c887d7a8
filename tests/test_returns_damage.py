"""Whatever bytes come in as a return, it is accepted whole or refused in words, and a refused one leaves nothing behind."""

import random
import resource
from collections import Counter
from pathlib import Path

import duckdb
import pytest
from mutated import WAYS, sound_files, spoil

from hscb_qa.definitions import Framework
from hscb_qa.intake import SubmitTerms, submit_returns
from hscb_qa.ledger import ledger_path

Sound = dict[str, bytes]
AGENCY, QUARTER = "police", "2026-27 Q2"
SEEDS = range(1, 161)
"""`make fuzz` submits 10,000 more of them."""


@pytest.fixture(scope="module")
def sound(framework: Framework, tmp_path_factory: pytest.TempPathFactory) -> Sound:
    return sound_files(framework, AGENCY, QUARTER, tmp_path_factory.mktemp("sound"))


def counts(store: Path) -> tuple[int, ...]:
    """How many submissions, returns, returns with rows, and rows of no return the ledger holds."""
    if not ledger_path(store).exists():
        return (0, 0, 0, 0)
    strays = "observations WHERE submission NOT IN (SELECT submission FROM returns)"
    tables = ("submissions", "returns", "(SELECT DISTINCT submission FROM observations)", strays)
    with duckdb.connect(str(ledger_path(store)), read_only=True) as connection:
        return connection.execute(f"SELECT {', '.join(f'(SELECT count(*) FROM {table})' for table in tables)}").fetchone() or ()


def test_spoilt_returns(framework: Framework, sound: Sound, tmp_path: Path) -> None:
    store, accepted = tmp_path / "store", 0
    for seed in SEEDS:
        way, suffix, content = spoil(seed, sound)
        path = tmp_path / f"spoilt{suffix}"
        path.write_bytes(content)
        outcome = submit_returns(store, framework, [path], SubmitTerms("tests", reason="A trial."))[0]
        accepted += outcome.state == "accepted"
        assert outcome.state != "refused" or outcome.issues, f"seed {seed}, {way}: refused without a reason"
        assert all(issue.message.strip() for issue in outcome.issues)
        if outcome.state == "accepted":
            assert counts(store) == (accepted, accepted, accepted, 0), f"seed {seed}, {way}"
    assert counts(store) == (accepted, accepted, accepted, 0)


def test_the_sound_return_is_accepted(framework: Framework, sound: Sound, tmp_path: Path) -> None:
    """Were it refused, no spoilt one would show that a change is noticed."""
    (tmp_path / "sound.ods").write_bytes(sound[".ods"])
    outcomes = submit_returns(tmp_path / "store", framework, [tmp_path / "sound.ods"], SubmitTerms("tests", reason="A trial."))
    assert outcomes[0].state == "accepted"
    assert counts(tmp_path / "store") == (1, 1, 1, 0)


def test_every_way_of_spoiling_comes_up(sound: Sound) -> None:
    ways = Counter(way.__name__ for way in WAYS)
    assert len(ways) == 22
    assert {spoil(seed, sound)[0] for seed in SEEDS} <= set(ways)


def test_a_seed_gives_the_same_file(sound: Sound) -> None:
    assert [spoil(seed, sound) for seed in range(40)] == [spoil(seed, sound) for seed in range(40)]


def test_memory_stays_within_bounds(framework: Framework, sound: Sound, tmp_path: Path) -> None:
    """Attacks that unpack to hundreds of megabytes make the process no larger than the parts it may read."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    attacks = [way for way in WAYS if way.__name__ in ("sheet_far_away", "text_multiplied")]
    for seed, way in enumerate(dict.fromkeys(attacks)):
        suffix, content = way(random.Random(seed), sound)
        (tmp_path / f"attack{suffix}").write_bytes(content)
        assert submit_returns(tmp_path / "store", framework, [tmp_path / f"attack{suffix}"], SubmitTerms("tests"))[0].state == "refused"
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 400
