"""What a reader of all editions can work out: the range of every hidden small count, and the shown figures that narrow it.

Turns what is shown and what is public (counts add up and are not negative, zero is shown, the threshold) into two questions for each hidden
count, the least and the most that it can be, put to linear programmes block by block. Refuses to look at a hidden number.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, eye_array, hstack, vstack

from hscb_qa.disclosure.arrays import Bools, Floats, Ints
from hscb_qa.disclosure.blocks import NUMBERS, families_of, has_news, joined
from hscb_qa.disclosure.programmes import Best, Programme
from hscb_qa.disclosure.rule import Progress, Rule, unheard
from hscb_qa.disclosure.stretches import Stretches
from hscb_qa.disclosure.sums import Sums, known_of, sums_of
from hscb_qa.disclosure.targets import Targets, targets_of
from hscb_qa.disclosure.worlds import no_slack, terrain_of

_NEAR = 1e-6


@dataclass(frozen=True)
class Breach:
    """A hidden figure (its row) of which a reader learns too much: of `low` to `high` only `least` to `most` is left.

    `told_by` holds the rows of the shown figures that tell it, the figures taken off them left out.
    """

    figure: int
    least: float
    most: float
    low: float
    high: float
    told_by: tuple[int, ...]


@dataclass(frozen=True)
class _Facts:
    """What is known of the counts that are not shown themselves: rows between bounds, and the sum that each row is (-1: public knowledge).

    `least` is what each count is at least.
    """

    rows: csr_array
    low: Floats
    high: Floats
    sums: Ints
    least: Floats


@dataclass(frozen=True)
class _Asked:
    """Hidden numbers of one block: rows over its counts, to which `shift` is added, and the ranges that must stay open."""

    rows: csr_array
    shift: Floats
    low: Floats
    high: Floats


def attack(shown: pd.DataFrame, small: pd.DataFrame, rule: Rule, progress: Progress = unheard) -> list[Breach]:
    """Give every hidden small count that is no longer open, by the rows of `shown`.

    `shown` has the rows of all editions that `sums_of` reads, with numerator and denominator where they are shown; of a hidden row they are
    not read. `small` says which numbers to ask about, as `small_in` does. Raises ValueError where what is shown contradicts itself.
    """
    place = np.arange(len(shown))
    families = families_of(shown)
    breaches: list[Breach] = []
    asked = np.unique(families[(small["reason"] != "").to_numpy()])
    for done, family in enumerate(asked):
        progress(done, len(asked))
        rows = place[families == family]
        breaches += [_placed(breach, rows) for breach in _attack_family(shown.iloc[rows], small.iloc[rows], rule)]
    return sorted(breaches, key=lambda breach: breach.figure)


def attack_latest(shown: pd.DataFrame, small: pd.DataFrame, rule: Rule, progress: Progress = unheard) -> list[Breach]:
    """Give the breaches of `attack` that the latest edition made: earlier editions and publishers by themselves leave more open.

    A figure that was shown and is small since it was restated is the case in point: what it was is known, whatever is hidden now. Families
    of which the latest edition shows what the edition before did are not asked about again.
    """
    news = np.flatnonzero(has_news(shown, [*NUMBERS, "status"]))
    return [_placed(breach, news) for breach in _breaches_made(shown.iloc[news], small.iloc[news], rule, progress)]


def _breaches_made(shown: pd.DataFrame, small: pd.DataFrame, rule: Rule, progress: Progress) -> list[Breach]:
    found = attack(shown, small, rule, progress)
    if not found:
        return []
    latest = (shown["edition"] == shown["edition"].max()) & ~shown["fixed"].astype(bool)
    latest &= (shown["status"] == "") & (shown["numerator"] != 0)
    before = {breach.figure: breach for breach in attack(_hidden(shown, latest), small, rule)}
    return [one for one in found if one.figure not in before or _narrower(one, before[one.figure])]


def _hidden(shown: pd.DataFrame, rows: "pd.Series[bool]") -> pd.DataFrame:
    """The figures with these rows hidden."""
    numbers = {part: shown[part].mask(rows) for part in ("numerator", "denominator")}
    return shown.assign(status=shown["status"].mask(rows, "c"), **numbers)


def _narrower(breach: Breach, other: Breach) -> bool:
    """Whether the breach leaves less of the range than the other."""
    return breach.least > other.least + _NEAR or breach.most < other.most - _NEAR


def _placed(breach: Breach, rows: Ints) -> Breach:
    """The breach with its rows as those of the whole frame."""
    return replace(breach, figure=int(rows[breach.figure]), told_by=tuple(int(rows[row]) for row in breach.told_by))


def _attack_family(shown: pd.DataFrame, small: pd.DataFrame, rule: Rule) -> list[Breach]:
    """The same for figures that have counts in common with no others."""
    sums = sums_of(shown, rule)
    known = known_of(sums, shown, (shown["status"] == "").to_numpy(), rule)
    counts = _shown_counts(sums, known)
    targets = targets_of(sums, small, counts == 0, rule)
    return [
        Breach(int(targets.figure[target]), least, most, targets.low[target], targets.high[target], _rows_of(sums, shown, told_by))
        for target, least, most, told_by in _ranges(sums, known, counts, targets)
    ]


def _shown_counts(sums: Sums, known: tuple[Floats, Floats]) -> Floats:
    """The counts that are shown alone; not a number for the rest."""
    told = np.append(np.where(known[0] == known[1], known[0], np.nan), np.nan)
    shown: Floats = told[sums.single]
    return shown


def _rows_of(sums: Sums, shown: pd.DataFrame, told_by: Ints) -> tuple[int, ...]:
    """The shown figures that show one of these sums."""
    among = np.isin(sums.numerator, told_by) | np.isin(sums.denominator, told_by)
    return tuple(int(row) for row in np.flatnonzero(among & (shown["status"] == "").to_numpy()))


def _ranges(sums: Sums, known: tuple[Floats, Floats], counts: Floats, targets: Targets) -> Iterator[tuple[int, float, float, Ints]]:
    """Each target that is not open: its least and most, and the sums that tell it."""
    hidden = np.flatnonzero(np.isnan(counts))
    facts = _facts(sums, known, counts, hidden)
    doubtful = _not_open_near(sums, known, counts, _one_possible(facts, counts), targets)
    for place, least, most, told_by in _ranges_of(sums, facts, counts, _some(targets, doubtful)):
        yield int(doubtful[place]), least, most, told_by


def _one_possible(facts: _Facts, counts: Floats) -> Floats:
    """Counts that agree with all that is known, in whole numbers."""
    hidden = np.isnan(counts)
    many = int(hidden.sum())
    if not many:
        return counts
    programme = Programme(np.zeros(many), (facts.least, np.full(many, np.inf)), facts.rows, (facts.low, facts.high))
    best = programme.best()
    if best is not None and np.abs(best.point - np.round(best.point)).max(initial=0) > _NEAR:
        best = programme.best_in_whole(many)
    if best is None:
        raise ValueError("What is shown contradicts itself: no counts agree with all of it.")
    possible = counts.copy()
    possible[hidden] = np.round(best.point)
    return possible


def _not_open_near(sums: Sums, known: tuple[Floats, Floats], counts: Floats, possible: Floats, targets: Targets) -> Ints:
    """The targets of which no other counts near them in time, starting from possible ones, show at once that they are open."""
    terrain = replace(terrain_of(sums, targets, possible, known, no_slack(sums)), least=np.where(np.isnan(counts), sums.least, np.inf))
    stretches = Stretches(sums, terrain, targets)
    costs = np.where(known[0] == known[1], np.inf, 0.0)
    values = targets.matrix @ possible
    reached = np.stack([values <= targets.low, values >= targets.high], axis=1)
    for target in np.lexsort((stretches.last, stretches.block)):
        wanted = ((-np.inf, targets.low[target] - values[target]), (targets.high[target] - values[target], np.inf))
        for end in (0, 1):
            if not reached[target, end]:
                world = stretches.world_near(costs, int(target), wanted[end])
                moved = values if world is None else values + terrain.targets[:, world.columns] @ world.moves
                reached |= np.stack([moved <= targets.low, moved >= targets.high], axis=1)
    return np.flatnonzero(~reached.all(axis=1))


def _some(targets: Targets, kept: Ints) -> Targets:
    return Targets(targets.matrix[kept], targets.low[kept], targets.high[kept], targets.figure[kept])


def _ranges_of(sums: Sums, facts: _Facts, counts: Floats, targets: Targets) -> Iterator[tuple[int, float, float, Ints]]:
    """The same, asked of everything that is known."""
    hidden = np.flatnonzero(np.isnan(counts))
    asked = targets.matrix[:, hidden]
    shift = targets.matrix @ np.nan_to_num(counts)
    blocks = joined([facts.rows, asked])
    some = np.diff(asked.indptr) > 0
    for target in np.flatnonzero(~some & ((shift > targets.low) | (shift < targets.high))):
        yield int(target), shift[target], shift[target], sums.single[targets.matrix[[target]].indices]
    block_of_target = np.full(len(some), -1)
    block_of_target[some] = blocks[asked.indices[asked.indptr[:-1][some]]]
    block_of_row = blocks[facts.rows.indices[facts.rows.indptr[:-1]]]
    for block in np.unique(block_of_target[some]):
        columns, rows = np.flatnonzero(blocks == block), np.flatnonzero(block_of_row == block)
        held = np.flatnonzero(block_of_target == block)
        part = _Facts(facts.rows[rows][:, columns], facts.low[rows], facts.high[rows], facts.sums[rows], facts.least[columns])
        questions = _Asked(asked[held][:, columns], shift[held], targets.low[held], targets.high[held])
        for place, least, most, told_by in _narrowed(part, questions):
            yield int(held[place]), least, most, told_by


def _facts(sums: Sums, known: tuple[Floats, Floats], counts: Floats, hidden: Ints) -> _Facts:
    """The rows that say something of hidden counts, with what is shown taken off."""
    every = vstack([sums.matrix, sums.equations, sums.within], format="csr")
    equations, within = sums.equations.shape[0], sums.within.shape[0]
    zeros = np.zeros(equations + within)
    low = np.concatenate([known[0], zeros[:equations], np.full(within, -np.inf)]) - every @ np.nan_to_num(counts)
    high = np.concatenate([known[1], zeros]) - every @ np.nan_to_num(counts)
    number = np.concatenate([np.arange(len(known[0])), np.full(len(zeros), -1)])
    rows = every[:, hidden]
    said = np.flatnonzero((np.diff(rows.indptr) > 0) & (np.isfinite(low) | np.isfinite(high)))
    return _Facts(rows[said], low[said], high[said], number[said], sums.least[hidden])


def _narrowed(facts: _Facts, asked: _Asked) -> Iterator[tuple[int, float, float, Ints]]:
    """The numbers of a block whose range does not reach over what must stay open.

    All are pushed down together, and up together, again and again without those that gave way; what never does is asked by itself.
    """
    reach = _Reach(facts, asked)
    for end in (0, 1):
        while (closed := reach.closed(end)).any():
            reach.ask(closed, end)
            if (closed == reach.closed(end)).all():
                break
    for number in range(len(asked.low)):
        telling = np.zeros(len(facts.sums), dtype=bool)
        for end in (0, 1):
            if reach.closed(end)[number]:
                telling |= _tells(reach.ask(np.arange(len(asked.low)) == number, end), facts)
        if reach.closed(0)[number] or reach.closed(1)[number]:
            least, most = max(reach.least[number], asked.low[number]), min(reach.most[number], asked.high[number])
            yield number, least, most, np.unique(facts.sums[telling])


class _Reach:
    """How far down and up the hidden numbers of a block were found to go."""

    def __init__(self, facts: _Facts, asked: _Asked) -> None:
        self._asked = asked
        self._counts = facts.rows.shape[1]
        self._programme = _programme(facts, asked)
        self.least, self.most = np.full(len(asked.low), np.inf), np.full(len(asked.low), -np.inf)

    def closed(self, end: int) -> Bools:
        """The numbers not yet found at their low end (0), or at their high one (1)."""
        closed: Bools = self.least > self._asked.low + _NEAR if end == 0 else self.most < self._asked.high - _NEAR
        return closed

    def ask(self, numbers: Bools, end: int) -> Best:
        """Push these numbers down together (0), or up (1), and note how far all of them go."""
        zeros = np.zeros(len(numbers))
        costs = (
            [np.zeros(self._counts), numbers.astype(float), zeros] if end == 0 else [np.zeros(self._counts), zeros, -numbers.astype(float)]
        )
        self._programme.cost(np.concatenate(costs))
        best = self._programme.best()
        if best is None:
            raise ValueError("What is shown contradicts itself: no counts agree with all of it.")
        reached = self._asked.rows @ best.point[: self._counts] + self._asked.shift
        np.minimum(self.least, reached, out=self.least)
        np.maximum(self.most, reached, out=self.most)
        return best


def _tells(best: Best, facts: _Facts) -> Bools:
    """The rows that show something and on which the least or the most depends."""
    tells: Bools = (np.abs(best.duals[: len(facts.sums)]) > _NEAR) & (facts.sums >= 0)
    return tells


def _programme(facts: _Facts, asked: _Asked) -> Programme:
    """The block's counts, and for each number two columns: one not under it nor under its low, one not above it nor above its high."""
    numbers, counts = len(asked.low), facts.rows.shape[1]
    unit, none = eye_array(numbers, format="csr"), csr_array((numbers, numbers))
    beside = csr_array((facts.rows.shape[0], 2 * numbers))
    matrix = vstack([hstack([facts.rows, beside]), hstack([-asked.rows, unit, none]), hstack([asked.rows, none, -unit])], format="csr")
    endless = np.full(numbers, np.inf)
    rows = (
        np.concatenate([facts.low, asked.shift, -asked.shift]),
        np.concatenate([facts.high, endless, endless]),
    )
    lower = np.concatenate([facts.least, asked.low, -endless])
    upper = np.concatenate([np.full(counts, np.inf), endless, asked.high])
    return Programme(np.zeros(counts + 2 * numbers), (lower, upper), matrix, rows)
