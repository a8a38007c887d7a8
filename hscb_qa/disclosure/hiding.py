"""What must stay open to the figures hidden for it, each with the worlds that prove it.

Goes once over the targets and hides what the cheapest world of each needs; then once over what it hid, the heaviest figures first, and
shows again whatever the targets can do without. What is left is hidden for a reason: shown, any one of it would leave some target without
a world.
Refuses to touch what is known for good.
"""

from dataclasses import dataclass

import numpy as np

from hscb_qa.disclosure.arrays import Bools, Floats, Ints
from hscb_qa.disclosure.stretches import Stretches
from hscb_qa.disclosure.sums import Sums
from hscb_qa.disclosure.targets import Targets
from hscb_qa.disclosure.worlds import Terrain, World

_TRUE = -1
_NOT_PROVEN = -2
_PATIENCE = 12
"""A figure on which more proofs than so many lean is not tried to be shown again: it seldom can be, and trying takes long."""


@dataclass(frozen=True)
class Choice:
    """What is hidden for its own sake, what may be hidden besides, what is in the edition at all, and what each figure weighs."""

    primary: Bools
    free: Bools
    there: Bools
    weights: Floats


class Hiding:
    """What is hidden so far, and for each target and end (low, high) the world that proves it open."""

    def __init__(self, sums: Sums, terrain: Terrain, targets: Targets, choice: Choice) -> None:
        self._sums, self._terrain, self._targets, self._choice = sums, terrain, targets, choice
        self._stretches = Stretches(sums, terrain, targets)
        self._values = targets.matrix @ terrain.counts
        self._ends = np.stack([targets.low, targets.high], axis=1)
        ends = np.stack([self._values <= targets.low, self._values >= targets.high], axis=1)
        self._proof = np.where(ends, _TRUE, _NOT_PROVEN)
        self._worlds: list[World] = []
        self._serves: dict[int, set[int]] = {}
        self._impossible: set[int] = set()
        self.hidden = choice.primary.copy()

    @property
    def exposed(self) -> Ints:
        """The targets that what is known for good leaves less open than they should be."""
        return np.array(sorted(self._impossible), dtype=np.int64)

    def hide(self, order: Ints) -> None:
        """Find a world for either end of every target, and hide what it needs."""
        costs = self._costs(self._choice.weights)
        for target in order:
            for end in (0, 1):
                while self._proof[target, end] == _NOT_PROVEN:
                    world = self._stretches.world(costs, int(target), self._wanted(target, end))
                    if world is None:
                        self._give_way(int(target), end)
                        continue
                    newly = self._needed(world) & ~self.hidden
                    self.hidden |= newly
                    self._lower(costs, newly)
                    self._keep(world)

    def _give_way(self, target: int, end: int) -> None:
        """Ask one less of an end of a target: what is known for good leaves no more."""
        self._impossible.add(target)
        self._ends[target, end] += 1 if end == 0 else -1
        value = self._values[target]
        if value <= self._ends[target, end] if end == 0 else value >= self._ends[target, end]:
            self._proof[target, end] = _TRUE

    def show_again(self) -> None:
        """Show each figure that need not be hidden, if worlds are found near by that leave it as it is; of a block the heaviest first."""
        costs = self._costs(np.full(len(self.hidden), np.inf))
        besides = np.flatnonzero(self.hidden & ~self._choice.primary)
        block = self._stretches.blocks[self._sums.matrix.indices[self._sums.matrix.indptr[self._sums.numerator[besides]]]]
        for figure in besides[np.lexsort((-self._choice.weights[besides], block))]:
            kept = costs.copy()
            for which in (self._sums.numerator[figure], self._sums.denominator[figure]):
                if which >= 0:
                    kept[which] = np.inf
            found = self._other_worlds(kept, int(figure))
            if found is not None:
                costs = kept
                self.hidden[figure] = False
                for world in found:
                    self._keep(world)

    def _other_worlds(self, costs: Floats, figure: int) -> list[World] | None:
        """Worlds for all that the worlds which change the figure prove, and in which it is as it is; none if one is missing."""
        changing = self._serves.get(figure, set())
        targets, ends = np.nonzero(np.isin(self._proof, list(changing)))
        if len(targets) > _PATIENCE:
            return None
        open_ends = dict.fromkeys(zip(targets.tolist(), ends.tolist(), strict=True))
        before = self._proof.copy()
        self._proof[targets, ends] = _NOT_PROVEN
        found: list[World] = []
        reached = np.zeros_like(before, dtype=bool)
        for target, end in open_ends:
            if reached[target, end]:
                continue
            world = self._stretches.world_near(costs, target, self._wanted(target, end))
            if world is None:
                self._proof = before
                return None
            found.append(world)
            reached |= self._reached(world)
        return found

    def _reached(self, world: World) -> Bools:
        """For each target whether the world has it at its low end, and at its high one."""
        reached = self._values + self._terrain.targets[:, world.columns] @ world.moves
        ends: Bools = np.stack([reached <= self._ends[:, 0], reached >= self._ends[:, 1]], axis=1)
        return ends

    def _wanted(self, target: int, end: int) -> tuple[float, float]:
        """How far the target must move to be at that end, as least and most."""
        if end == 0:
            return -np.inf, self._ends[target, 0] - self._values[target]
        return self._ends[target, 1] - self._values[target], np.inf

    def _keep(self, world: World) -> None:
        """Note the world, which figures it changes, and which ends of targets it proves that had no proof."""
        number = len(self._worlds)
        self._worlds.append(world)
        for figure in np.flatnonzero(self._needed(world) & ~self._choice.primary).tolist():
            self._serves.setdefault(figure, set()).add(number)
        self._proof[self._reached(world) & (self._proof == _NOT_PROVEN)] = number

    def _needed(self, world: World) -> Bools:
        """The figures that show a sum which the world changes beyond its rounding."""
        moved = self._terrain.sums[:, world.columns] @ world.moves
        down, up = self._terrain.slack
        changed = np.append((moved < -down) | (moved > up), False)
        needed: Bools = (changed[self._sums.numerator] | changed[self._sums.denominator]) & self._choice.there
        return needed

    def _costs(self, weights: Floats) -> Floats:
        """What it costs to change each sum: the weights of the figures that show it, without end where one of them cannot be hidden."""
        weights = np.where(self._choice.free, weights, np.inf)
        costs = np.where(self._terrain.known[0] == self._terrain.known[1], np.inf, 0.0)
        for which in (self._sums.numerator, self._sums.denominator):
            shown = (which >= 0) & ~self.hidden & self._choice.there
            np.add.at(costs, which[shown], weights[shown])
        return costs

    def _lower(self, costs: Floats, newly: Bools) -> None:
        """Take from the costs what the figures that are hidden now weighed."""
        for which in (self._sums.numerator, self._sums.denominator):
            hidden = newly & (which >= 0)
            np.subtract.at(costs, which[hidden], self._choice.weights[hidden])

    def order(self, ends: Ints) -> Ints:
        """The targets block by block, those of the latest and of the heaviest figures first; `ends` has each figure's last day."""
        figure = self._targets.figure
        return np.lexsort((figure, -self._choice.weights[figure], -ends[figure], self._stretches.block))
