"""Targets to the stretches of time in which other worlds are looked for: first near by, where programmes are small, then everywhere.

Refuses to leave a target's block: what no sum joins cannot help it.
"""

from functools import lru_cache
from itertools import pairwise

import numpy as np

from hscb_qa.disclosure.arrays import Floats
from hscb_qa.disclosure.blocks import blocks_of
from hscb_qa.disclosure.sums import Sums
from hscb_qa.disclosure.targets import Targets
from hscb_qa.disclosure.worlds import Stretch, Terrain, World

_FAR, *_NEAR = (40000, 1600, 800, 400, 200, 100)
_MANY = 250
_KEPT = 32


class Stretches:
    """The stretches of counts around targets, those last used kept ready."""

    def __init__(self, sums: Sums, terrain: Terrain, targets: Targets) -> None:
        blocks = self.blocks = blocks_of(sums)
        self._terrain = terrain
        self._columns = np.lexsort((sums.starts, blocks))
        self._blocks, self._days = blocks[self._columns], sums.starts[self._columns]
        pointer = targets.matrix.indptr
        days = sums.starts[targets.matrix.indices]
        self._first = np.array([days[start:end].min() for start, end in pairwise(pointer)], dtype=np.int64)
        self.last = np.array([days[start:end].max() for start, end in pairwise(pointer)], dtype=np.int64)
        self.block = blocks[targets.matrix.indices[pointer[:-1]]]
        self._ready = lru_cache(maxsize=_KEPT)(self._stretch)

    def world(self, costs: Floats, target: int, wanted: tuple[float, float]) -> World | None:
        """The cheapest world in the shortest stretch that has one."""
        near = self.world_near(costs, target, wanted)
        return near if near is not None else self._ready(*self._around(target, _FAR)).world(costs, target, wanted)

    def world_near(self, costs: Floats, target: int, wanted: tuple[float, float]) -> World | None:
        """The cheapest world in which only counts near the target in time move: as far as makes a programme of no more than some size."""
        around = (self._around(target, days) for days in _NEAR)
        start, end = next((one for one in around if one[1] - one[0] <= _MANY), self._around(target, _NEAR[-1]))
        return self._ready(start, end).world(costs, target, wanted)

    def _around(self, target: int, days: int) -> tuple[int, int]:
        """The counts of the target's block that lie within so many days of it, as a slice."""
        low, high = np.searchsorted(self._blocks, [self.block[target], self.block[target] + 1])
        start, end = np.searchsorted(self._days[low:high], [self._first[target] - days, self.last[target] + days + 1])
        return int(low + start), int(low + end)

    def _stretch(self, start: int, end: int) -> Stretch:
        return Stretch(self._terrain, self._columns[start:end])
