"""Figures to the sums they are: which counts each figure of the product adds up, as one sparse system.

Turns the rows of one or several editions (quarters, years to date, rolling and whole years; of every agency, breakdown and the board) into
columns, the counts that agencies gave, and rows, the sums of them that some figure shows. Two figures that add up the same counts are one
row, in whatever edition, indicator or basis they stand. Refuses to guess: a figure's counts are those its own dates and agency name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, vstack

from hscb_qa.disclosure.arrays import Bools, Floats, Ints, distinct, numbered
from hscb_qa.disclosure.equations import numerators_within, parts_of_wholes
from hscb_qa.disclosure.rule import Rule

_SERIES = ["edition", "indicator", "breakdown", "agency"]
_COUNT = ["name", "agency", "breakdown", "period", "version"]
_NONE = -1


@dataclass(frozen=True)
class Sums:
    """The system of the figures given.

    `matrix` has a row a distinct sum and a column a count, of ones; `equations` has rows that are zero (parts less whole); `within` rows
    that are not above zero (numerator less denominator). `numerator` and `denominator` hold
    the sum of each figure, -1 for none; `single` the sum that is each count alone, -1 for none; `least` what a reader knows each hidden
    count to be at least; `starts` its first day.
    """

    matrix: csr_array
    equations: csr_array
    within: csr_array
    numerator: Ints
    denominator: Ints
    single: Ints
    least: Floats
    starts: Ints


def sums_of(figures: pd.DataFrame, rule: Rule) -> Sums:
    """Give the system of `figures`, one row a figure, in their order.

    Columns read: edition, indicator, agency (empty: the board), breakdown (empty: the whole, else `dimension=value`), period, starts, ends,
    status (empty: shown; c: hidden; others: there is no figure), finest (it is what an agency gave), divides (it has a denominator that
    counts people), percent (its numerator is part of its denominator), version (equal where the same count was not restated),
    numerator_name and denominator_name (equal where indicators share a count), adds (false for parts that are more than their
    whole), never_shown (even where it is zero), rounds_to (1 where it is shown to the unit).
    """
    there = figures["status"].isin(["", "c"]).to_numpy()
    divides = figures["divides"].to_numpy(dtype=bool)
    finest = np.flatnonzero(figures["finest"].to_numpy(dtype=bool) & there)
    columns, starts = _columns(figures, finest)
    figure, member = _members(figures, finest, np.flatnonzero(there))
    matrix, (numerator, denominator) = _distinct(figure, columns[:, member], len(figures), len(starts), divides)
    return Sums(
        matrix=matrix,
        equations=parts_of_wholes(figures.iloc[finest], columns, len(starts)),
        within=numerators_within(figures.iloc[finest], columns, len(starts)),
        numerator=numerator,
        denominator=denominator,
        single=_singles(matrix, len(starts)),
        least=_least(figures, finest, columns, len(starts), rule),
        starts=starts,
    )


def _columns(figures: pd.DataFrame, finest: Ints) -> tuple[Ints, Ints]:
    """The column of each finest figure's numerator and denominator (-1: none), as two rows; and each column's first day."""
    rows = figures.iloc[finest]
    divides = rows["divides"].to_numpy(dtype=bool)
    keys = [rows.assign(name=rows[f"{part}_name"])[_COUNT] for part in ("numerator", "denominator")]
    both = pd.concat([keys[0], keys[1][divides]])
    number = numbered(both.groupby(_COUNT, sort=True, observed=True))
    columns = np.full((2, len(finest)), _NONE, dtype=np.int64)
    columns[0], columns[1, divides] = number[: len(finest)], number[len(finest) :]
    starts = np.zeros(number.max(initial=_NONE) + 1, dtype=np.int64)
    days = _days(rows["starts"])
    starts[number] = np.concatenate([days, days[divides]])
    return columns, starts


def _days(moments: "pd.Series[Any]") -> Ints:
    return moments.to_numpy(dtype="datetime64[D]").astype(np.int64)


def _members(figures: pd.DataFrame, finest: Ints, there: Ints) -> tuple[Ints, Ints]:
    """Pairs of a figure's row and the place in `finest` of a figure it adds up: of its series (the board: every agency's), in its dates."""
    given = figures.iloc[finest]
    keys = pd.concat([given, figures.iloc[there]])[_SERIES]
    group = numbered(keys.groupby(_SERIES[:-1], sort=True))
    agency = numbered(keys.groupby("agency", sort=True))
    series = group * (agency.max(initial=0) + 1) + agency
    order = np.lexsort((_days(given["ends"]), series[: len(finest)]))
    sorted_series, sorted_group = series[order], group[order]
    wanted = np.where(figures["agency"].iloc[there] == "", _NONE, series[len(finest) :])
    figure, runs = _series_of(wanted, group[len(finest) :], np.unique(sorted_series), sorted_series, sorted_group)
    rows = figures.iloc[there[figure]]
    first = _place(sorted_series, _days(given["starts"])[order], runs, _days(rows["starts"]), "left")
    last = _place(sorted_series, _days(given["ends"])[order], runs, _days(rows["ends"]), "right")
    lengths = np.maximum(last - first, 0)
    members = np.repeat(first - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) + np.arange(lengths.sum())
    return np.repeat(there[figure], lengths), order[members]


def _series_of(wanted: Ints, group: Ints, all_series: Ints, sorted_series: Ints, sorted_group: Ints) -> tuple[Ints, Ints]:
    """Pairs of a figure and a series it adds up: its own, or with -1 all of its group."""
    group_of_series = sorted_group[np.searchsorted(sorted_series, all_series)]
    low = np.where(wanted == _NONE, np.searchsorted(group_of_series, group, "left"), np.searchsorted(all_series, wanted, "left"))
    high = np.where(wanted == _NONE, np.searchsorted(group_of_series, group, "right"), np.searchsorted(all_series, wanted, "right"))
    lengths = high - low
    runs = np.repeat(low - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) + np.arange(lengths.sum())
    return np.repeat(np.arange(len(wanted)), lengths), all_series[runs]


def _place(series: Ints, days: Ints, wanted_series: Ints, wanted_days: Ints, side: Any) -> Ints:
    """Where each wanted day falls among the sorted days of its series."""
    span = 1 << 32
    place: Ints = np.searchsorted(series * span + days, wanted_series * span + wanted_days, side)
    return place


def _distinct(figure: Ints, members: Ints, figures: int, counts: int, divides: Bools) -> tuple[csr_array, tuple[Ints, Ints]]:
    """The distinct sums, and which of them each figure's numerator and denominator is."""
    parts = []
    for part in members:
        known = part != _NONE
        parts.append(csr_array((np.ones(known.sum()), (figure[known], part[known])), shape=(figures, counts)))
    every = vstack(parts, format="csr")
    every.sum_duplicates()
    some = np.diff(every.indptr) > 0
    some[figures:] &= divides
    first, number = distinct(every[np.flatnonzero(some)])
    which = np.full(2 * figures, _NONE, dtype=np.int64)
    which[some] = number
    return every[np.flatnonzero(some)[first]], (which[:figures], which[figures:])


def _singles(matrix: csr_array, counts: int) -> Ints:
    single = np.full(counts, _NONE, dtype=np.int64)
    alone = np.flatnonzero(np.diff(matrix.indptr) == 1)
    single[matrix.indices[matrix.indptr[alone]]] = alone
    return single


def _least(figures: pd.DataFrame, finest: Ints, columns: Ints, counts: int, rule: Rule) -> Floats:
    """What a hidden count is at least: 1, since zero is shown; 0 where zeros are hidden, or where it may be hidden for its denominator."""
    least = np.zeros(counts)
    if rule.hide_zeros:
        return least
    shows_zero = ~figures["never_shown"].to_numpy(dtype=bool)[finest]
    least[columns[0][shows_zero & ~figures["divides"].to_numpy(dtype=bool)[finest]]] = 1
    least[columns[1][shows_zero & (columns[1] != _NONE)]] = 1
    return least


def values_of(sums: Sums, figures: pd.DataFrame) -> Floats:
    """Give the true value of each count, from the finest figures that hold it; not a number where none does."""
    values = np.full(sums.matrix.shape[0], np.nan)
    for which, part in ((sums.denominator, "denominator"), (sums.numerator, "numerator")):
        number = figures[part].to_numpy(dtype=float)
        given = (which != _NONE) & ~np.isnan(number)
        values[which[given]] = number[given]
    counts = np.full(len(sums.single), np.nan)
    held = sums.single != _NONE
    counts[held] = values[sums.single[held]]
    return counts


def known_of(sums: Sums, figures: pd.DataFrame, shown: Bools, rule: Rule) -> tuple[Floats, Floats]:
    """Give the least and the most that the figures `shown` say each sum is; minus and plus infinity where none says anything.

    A figure shown to the nearest `rounds_to` says the numbers that round to it. A percentage that is shown with its denominator and without
    its numerator says the numerator within its rounding: columns `value` and `decimals` where the frame has them.
    """
    low, high = np.full(sums.matrix.shape[0], -np.inf), np.full(sums.matrix.shape[0], np.inf)
    for which, least, most in _intervals(sums, figures, rule):
        said = shown & (which != _NONE) & ~np.isnan(least)
        np.maximum.at(low, which[said], least[said])
        np.minimum.at(high, which[said], most[said])
    return low, high


def _intervals(sums: Sums, figures: pd.DataFrame, rule: Rule) -> Sequence[tuple[Ints, Floats, Floats]]:
    numerator, denominator = (figures[part].to_numpy(dtype=float) for part in ("numerator", "denominator"))
    to = figures["rounds_to"].to_numpy(dtype=float)
    rounded = [(sums.numerator, *_rounding_to(numerator, to, rule)), (sums.denominator, *_rounding_to(denominator, to, rule))]
    if "decimals" not in figures:
        return rounded
    percent = figures["percent"].to_numpy(dtype=bool) & np.isnan(numerator)
    value = np.where(percent, figures["value"].to_numpy(dtype=float), np.nan)
    half = 0.5 * 10.0 ** -figures["decimals"].to_numpy(dtype=float)
    least = np.ceil((value - half) * denominator / 100 - 1e-9)
    most = np.floor((value + half) * denominator / 100 + 1e-9)
    return [*rounded, (sums.numerator, least, most)]


def _rounding_to(number: Floats, to: Floats, rule: Rule) -> tuple[Floats, Floats]:
    """The least and the most that rounds as the number does, halves up; to 1 it is the number.

    Small counts are left out, as they are hidden; so what is shown as 0 is 0 (the threshold is no less than what rounds to it).

    >>> least, most = _rounding_to(np.array([0.0, 7.0, 12.0, 14.0]), np.array([5.0, 5.0, 5.0, 10.0]), Rule())
    >>> least.tolist(), most.tolist()
    ([0.0, 6.0, 8.0, 6.0], [0.0, 7.0, 12.0, 14.0])
    """
    near = np.floor(number / to + 0.5) * to
    least = np.where(near > 0, np.maximum(near - np.floor(to / 2), rule.threshold + 1), 0)
    most = np.where(near > 0, near + np.floor((to - 1) / 2), 0)
    exact = (to == 1) | np.isnan(number)
    return np.where(exact, number, least), np.where(exact, number, most)
