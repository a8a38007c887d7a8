"""What the gate costs in figures and in time, beside hiding small figures alone, in one run.

Publishes the illustrative board, and the same board with ten times the agencies, and with ten times the parts of every breakdown: how many
figures are hidden, how many hidden counts the attack works out where small figures alone are hidden, and how long the gate and the attack
take beside the rest of a publication. Then random boards, as many as named. Run as
`python benchmarks/disclosure.py STORE [GRIDS]`, with the store of the illustrative board (`hscb-qa demo`).
"""

import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from hscb_qa.definitions import Framework, load_framework
from hscb_qa.disclosure import Rule, attack, protect, small_in
from hscb_qa.publish import Edition, publish_edition
from hscb_qa.publish.guarded import as_read, guarded_figures

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from made_boards import figures_of, random_cells

TIMES = 10
steps: Any = import_module("hscb_qa.publish.steps")
_AGENCIES = """
CREATE TEMP TABLE quarters AS
SELECT period, ROW_NUMBER() OVER (ORDER BY period) - 1 AS place, COUNT(*) OVER () AS many FROM (SELECT DISTINCT period FROM returns);
CREATE TEMP TABLE copies AS SELECT UNNEST(RANGE(1, {times})) AS copy;
CREATE TEMP TABLE new_ids AS
SELECT returns.submission, copies.copy, nextval('submission_ids') AS id FROM returns CROSS JOIN copies;
INSERT INTO submissions
SELECT n.id, s.source, s.file, s.sha256, s.submitted_at, s.submitted_by, s.released, s.in_force_from, s.illustrative, s.figures
FROM submissions AS s INNER JOIN new_ids AS n ON s.id = n.submission;
INSERT INTO observations
SELECT n.id, o.line, o.indicator, o.breakdown, COALESCE(other.period, o.period), o.numerator, o.denominator, o.value, o.status, ''
FROM observations AS o
INNER JOIN new_ids AS n ON o.submission = n.submission
LEFT JOIN quarters AS own ON o.period = own.period
LEFT JOIN quarters AS other ON other.place = (own.place + n.copy) % own.many;
INSERT INTO returns
SELECT n.id, r.agency || '_' || n.copy, r.period, r.received_on, ''
FROM returns AS r INNER JOIN new_ids AS n ON r.submission = n.submission;
"""
_PARTS = """
CREATE TEMP TABLE pieces AS
SELECT
    o.submission, o.line, o.indicator, o.breakdown || '_' || copies.copy AS breakdown, o.period,
    o.numerator // {times} + CASE WHEN copies.copy < o.numerator % {times} THEN 1 ELSE 0 END AS numerator,
    o.denominator // {times} + CASE WHEN copies.copy < o.denominator % {times} THEN 1 ELSE 0 END AS denominator,
    o.value, o.status, o.note
FROM observations AS o CROSS JOIN (SELECT UNNEST(RANGE({times})) AS copy) AS copies
WHERE o.breakdown <> '';
DELETE FROM observations WHERE breakdown <> '';
INSERT INTO observations SELECT * FROM pieces;
"""


@dataclass
class Clock:
    """Seconds spent in what the gate added to a publication, and in all of it."""

    spent: dict[str, float] = field(default_factory=dict)

    def timing(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*given: Any) -> Any:
            start = time.perf_counter()
            try:
                return function(*given)
            finally:
                self.spent[name] = time.perf_counter() - start

        return timed


@contextmanager
def clocked() -> Iterator[Clock]:
    """Time the gate and the attack within publications made in this block."""
    clock, kept = Clock(), (steps.guard, steps.refuse_breaches)
    steps.guard, steps.refuse_breaches = clock.timing("gate", kept[0]), clock.timing("attack", kept[1])
    try:
        yield clock
    finally:
        steps.guard, steps.refuse_breaches = kept


def changed(store: Path, folder: Path, sql: str) -> Path:
    """A copy of the store's ledger, changed, without its editions."""
    target = folder / "store"
    target.mkdir()
    shutil.copy(store / "ledger.duckdb", target)
    with duckdb.connect(str(target / "ledger.duckdb")) as connection:
        connection.execute(sql.format(times=TIMES))
    return target


def with_copies(framework: Framework) -> Framework:
    """The framework with ten agencies for every one."""

    def copies(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name if number == 0 else f"{name}_{number}" for name in names for number in range(TIMES))

    agencies = {
        name: framework.agencies[name.rsplit("_", 1)[0] if name not in framework.agencies else name].model_copy(update={"id": name})
        for name in copies(tuple(framework.agencies))
    }
    indicators = {
        one.id: one.model_copy(
            update={
                "agencies": copies(one.agencies),
                "returned": one.returned and one.returned.model_copy(update={"agencies": copies(one.returned.agencies)}),
            }
        )
        for one in framework.indicators.values()
    }
    return framework.model_copy(update={"agencies": agencies, "indicators": indicators})


def measured(name: str, store: Path, framework: Framework) -> None:
    """Publish, and print what is hidden, what the naive way would tell, and the times."""
    with clocked() as clock:
        start = time.perf_counter()
        edition = publish_edition(store, framework, "benchmark")
        whole = time.perf_counter() - start
    rest = whole - sum(clock.spent.values())
    _print_loss(name, edition, Rule.agreed(framework.disclosure))
    print(
        f"  publish {whole:.1f} s: gate {clock.spent['gate']:.1f} s, attack {clock.spent['attack']:.1f} s, the rest {rest:.1f} s; "
        f"{whole / rest:.2f} times a publication without them",
        flush=True,
    )


def _print_loss(name: str, edition: Edition, rule: Rule) -> None:
    figures = guarded_figures([edition])
    figures = figures[figures["status"].isin(["", "c"])].reset_index(drop=True)
    small = small_in(figures, rule)
    ours = len(attack(as_read(figures), small, rule))
    naive = figures["never_shown"] | (small["reason"] != "")
    left = figures.assign(status=naive.map({True: "c", False: ""}))
    shown = left.assign(**{part: left[part].where(~naive) for part in ("numerator", "denominator")})
    told = len(attack(shown, small, rule))
    asked = (small["reason"] != "").sum()
    possible = figures[(figures["role"] == 0) & ~figures["breakdown"].str.endswith("=rest")]
    heads = possible[(possible["agency"] == "") & (possible["breakdown"] == "")]
    print(f"{name}: {len(possible):,} figures, {asked:,} small; hidden {_share(possible)}, of the board's own {_share(heads)}")
    print(f"  hidden numbers the attack narrows: {told:,} where small figures alone are hidden, {ours:,} as published")


def _share(figures: pd.DataFrame) -> str:
    reasons = figures["reason"][figures["status"] == "c"].value_counts()
    return f"{(figures['status'] == 'c').mean():.1%} ({', '.join(f'{count:,} {reason}' for reason, count in reasons.items())})"


def random_grids(many: int) -> None:
    """Random boards of all sizes, with the gate and with small figures alone: how many hidden numbers the attack narrows."""
    rule, asked, hidden, figures_seen, told, ours = Rule(remainders=True), 0, 0, 0, 0, 0
    for seed in range(many):
        sizes = {"agencies": 1 + seed % 6, "quarters": 1 + seed % 10, "parts": (0, 0, 3)[seed % 3], "mean": (3.0, 8.0, 25.0)[seed % 3]}
        figures = figures_of(random_cells(seed, **sizes, divides=seed % 2 == 1), percent=seed % 2 == 1)
        small = small_in(figures, rule)
        status = protect(figures, rule).status
        ours += len(attack(_read(figures, status == "c"), small, rule))
        told += len(attack(_read(figures, small["reason"] != ""), small, rule))
        asked, hidden, figures_seen = asked + (small["reason"] != "").sum(), hidden + (status == "c").sum(), figures_seen + len(figures)
    print(f"{many} random boards: {figures_seen:,} figures, {asked:,} small, {hidden:,} hidden")
    print(f"  hidden numbers the attack narrows: {told:,} where small figures alone are hidden, {ours:,} with the gate")


def _read(figures: pd.DataFrame, hidden: "pd.Series[bool]") -> pd.DataFrame:
    left = {part: figures[part].mask(hidden) for part in ("numerator", "denominator")}
    return figures.assign(status=hidden.map({True: "c", False: ""}), **left)


def main() -> None:
    """Measure the board as it is, with more agencies, with more parts; then random boards."""
    store, framework = Path(sys.argv[1]), load_framework()
    for name, sql, made in (
        ("The illustrative board", "", framework),
        (f"With {TIMES} times the agencies", _AGENCIES, with_copies(framework)),
        (f"With {TIMES} times the parts", _PARTS, framework),
    ):
        with tempfile.TemporaryDirectory() as folder:
            measured(name, changed(store, Path(folder), sql), made)
    random_grids(int(sys.argv[2]) if len(sys.argv) > 2 else 1000)


if __name__ == "__main__":
    main()
