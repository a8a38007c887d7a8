"""One hidden figure to another world: counts that the figures left shown cannot tell from the true ones, in which it is what it is not.

Turns the true counts, and what each sum costs to hide, into the cheapest such counts, by a linear programme over a stretch of time around
the figure. Refuses to leave the stretch: outside it the other world is the true one.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array, eye_array, hstack, vstack

from hscb_qa.disclosure.arrays import Floats, Ints, distinct
from hscb_qa.disclosure.programmes import Programme
from hscb_qa.disclosure.sums import Sums
from hscb_qa.disclosure.targets import Targets

_WHOLE = 1e-6


@dataclass(frozen=True)
class Terrain:
    """What worlds are looked for in: the system by columns, the true counts, and by sum its true value and what is known of it for good.

    `slack` is how far each sum may go down, and up, without a change in any figure that shows it, since it is shown rounded.
    """

    sums: csc_array
    equations: csc_array
    within: csc_array
    targets: csc_array
    counts: Floats
    least: Floats
    values: Floats
    known: tuple[Floats, Floats]
    slack: tuple[Floats, Floats]


@dataclass(frozen=True)
class World:
    """How far the counts in `columns` are from the true ones."""

    columns: Ints
    moves: Floats


def no_slack(sums: Sums) -> tuple[Floats, Floats]:
    """Give the slack where every figure is shown to the unit."""
    return np.zeros(sums.matrix.shape[0]), np.zeros(sums.matrix.shape[0])


def terrain_of(sums: Sums, targets: Targets, counts: Floats, known: tuple[Floats, Floats], slack: tuple[Floats, Floats]) -> Terrain:
    """Put what does not change from world to world in the form in which columns are quick to take."""
    return Terrain(
        sums=csc_array(sums.matrix),
        equations=csc_array(sums.equations),
        within=csc_array(sums.within),
        targets=csc_array(targets.matrix),
        counts=counts,
        least=np.where((counts == 0) & (sums.least > 0), np.inf, sums.least),
        values=sums.matrix @ counts,
        known=known,
        slack=slack,
    )


class Stretch:
    """Some counts that may move, the others staying true, and the programme that moves them.

    The programme's columns are the moves, then for each set of sums that the moves change alike how far it goes up beyond its slack, and
    how far down. Its rows are those sets, what must hold of the counts, and the targets.
    """

    def __init__(self, terrain: Terrain, columns: Ints) -> None:
        self.columns = columns
        part = terrain.sums[:, columns].tocsr()
        self._sums = np.flatnonzero(np.diff(part.indptr))
        first, self._alike = distinct(part[self._sums])
        changed = part[self._sums[first]]
        self._up = self._room(terrain.known[1] - terrain.values)
        self._down = self._room(terrain.values - terrain.known[0])
        slack_down, slack_up = (
            np.minimum(self._room(slack), room) for slack, room in zip(terrain.slack, (self._down, self._up), strict=True)
        )
        self._down, self._up = self._down - slack_down, self._up - slack_up
        equal, under = (_used_rows(one[:, columns]) for one in (terrain.equations, terrain.within))
        under_by = -(terrain.within @ terrain.counts)[under[1]]
        targets = _used_rows(terrain.targets[:, columns])
        self._targets = targets[1]
        sets, endless = len(first), np.full(len(self._targets), np.inf)
        equals = np.zeros(equal[0].shape[0])
        rows = vstack([equal[0], under[0], targets[0]], format="csr")
        unit = eye_array(sets, format="csr")
        matrix = vstack([hstack([changed, -unit, unit]), hstack([rows, csr_array((rows.shape[0], 2 * sets))])])
        low, high = _move_bounds(terrain, columns)
        bounds = np.concatenate([low, np.zeros(2 * sets)]), np.concatenate([high, np.full(2 * sets, np.inf)])
        least = np.concatenate([-slack_down, equals, np.full(len(under_by), -np.inf), -endless])
        most = np.concatenate([slack_up, equals, under_by, endless])
        self._programme = Programme(np.zeros(len(bounds[0])), bounds, matrix, (least, most))
        self._first_target = len(least) - len(self._targets)

    def world(self, costs: Floats, target: int, wanted: tuple[float, float]) -> World | None:
        """The cheapest world in which the target moves by what is `wanted` (least, most); none if there is none.

        `costs` has a cost a sum: zero where its change shows nowhere, infinity where it must not change.
        """
        moves, sets = len(self.columns), len(self._up)
        paid, kept = self._costs(costs)
        self._programme.cost(np.concatenate([np.zeros(moves), paid, paid]))
        up, down = (np.where(kept & np.isinf(room), 0.0, room) for room in (self._up, self._down))
        self._programme.bound_columns(moves, np.zeros(2 * sets), np.concatenate([up, down]))
        row = self._first_target + int(np.searchsorted(self._targets, target))
        self._programme.bound_row(row, *wanted)
        best = self._programme.best()
        if best is not None and np.abs(best.point[:moves] - np.round(best.point[:moves])).max(initial=0) > _WHOLE:
            best = self._programme.best_in_whole(moves)
        self._programme.bound_row(row, -np.inf, np.inf)
        return None if best is None else World(self.columns, np.round(best.point[:moves]))

    def _costs(self, costs: Floats) -> tuple[Floats, "np.ndarray[tuple[int], np.dtype[np.bool_]]"]:
        """What each set costs together, and whether it must stay."""
        each = costs[self._sums]
        endless = np.isinf(each)
        paid = np.bincount(self._alike, weights=np.where(endless, 0, each), minlength=len(self._up))
        return paid.astype(np.float64), np.bincount(self._alike, weights=endless, minlength=len(self._up)) > 0

    def _room(self, room: Floats) -> Floats:
        """How far each set may go, by the sum in it that has the least room."""
        least = np.full(self._alike.max(initial=-1) + 1, np.inf)
        np.minimum.at(least, self._alike, room[self._sums])
        return least


def _used_rows(matrix: csc_array) -> tuple[csr_array, Ints]:
    """The rows that are not empty, and which they are."""
    rows = matrix.tocsr()
    used = np.flatnonzero(np.diff(rows.indptr))
    return rows[used], used


def _move_bounds(terrain: Terrain, columns: Ints) -> tuple[Floats, Floats]:
    least = terrain.least[columns]
    fixed = np.isinf(least)
    return np.where(fixed, 0.0, least - terrain.counts[columns]), np.where(fixed, 0.0, np.inf)
