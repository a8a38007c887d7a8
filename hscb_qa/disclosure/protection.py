"""The gate: figures to which of them are shown, so that nothing hidden can be worked out from what is.

Each hidden figure is given other worlds: whole counts that agree with everything left shown, in which it lies at either end of the range
that is hidden. What a world needs hidden is chosen by a linear programme that hides as little as possible of what a board would miss. It
is safe by how it is made: the worlds are the proof. Refuses to hide what an earlier edition showed, since it is known.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from hscb_qa.disclosure.arrays import Bools, Floats, Ints, fingerprints
from hscb_qa.disclosure.blocks import NUMBERS, ROW, families_of, has_news
from hscb_qa.disclosure.hiding import Choice, Hiding
from hscb_qa.disclosure.rule import Progress, Rule, unheard
from hscb_qa.disclosure.sums import Sums, known_of, sums_of, values_of
from hscb_qa.disclosure.targets import Targets, small_in, targets_of
from hscb_qa.disclosure.weights import importance_of
from hscb_qa.disclosure.worlds import terrain_of

SECONDARY = "protects another"
_KEY = ["edition", "indicator", "breakdown", "agency", "basis", "ends", "starts"]


@dataclass(frozen=True)
class Protection:
    """What is hidden of the latest edition, by its rows: `status` empty or c, and `reason`.

    `exposed` has the rows that are less open than they should be whatever is hidden: earlier editions or publishers tell too much of them.
    """

    status: "pd.Series[str]"
    reason: "pd.Series[str]"
    exposed: pd.DataFrame


def protect(figures: pd.DataFrame, rule: Rule, before: Rule | None = None, progress: Progress = unheard) -> Protection:
    """Say what of the latest edition is shown: a status and a reason for each of its rows, in their order.

    `figures` holds the rows of all editions that `sums_of` reads, with edition, protects (its counts are of people), fixed (a publisher
    shows it, so that it cannot be hidden), the true numerator and denominator of every row, hidden or not, and what earlier editions showed
    as their status; one of the latest that is c already stays so. A family that is as it was in the edition before keeps its statuses,
    where that was made under the same rule (`before`). Raises ValueError where a figure is not the sum of the counts it is made of.
    """
    latest = (figures["edition"] == figures["edition"].max()).to_numpy()
    figures = pd.concat([figures.assign(latest=latest, family=families_of(figures)), small_in(figures, rule).add_prefix("small_")], axis=1)
    figures["news"] = has_news(figures, NUMBERS) | (before != rule)
    status, reason, exposed = figures["status"].copy(), figures["small_reason"].copy(), [figures[:0]]
    families = figures.sort_values(_KEY, kind="stable").groupby("family", sort=True)
    for done, (_, family) in enumerate(families):
        progress(done, families.ngroups)
        if (family["small_reason"] != "").any() or (family["status"] == "c").any():
            protection = _protect_family(family, rule) if family["news"].any() else _as_before(family)
            status.update(protection.status)
            reason.update(protection.reason)
            exposed.append(protection.exposed)
    return Protection(status[latest], reason[latest], pd.concat(exposed))


def _as_before(figures: pd.DataFrame) -> Protection:
    """The statuses that the edition before gave the same figures."""
    latest = figures[figures["latest"]]
    earlier = figures[~figures["latest"]]
    earlier = earlier[earlier["edition"] == earlier["edition"].max()]
    status = latest[ROW].merge(earlier[[*ROW, "status"]], how="left", on=ROW)["status"].set_axis(latest.index)
    return Protection(status, _reasons(latest["small_reason"], status == "c"), figures[:0])


def _reasons(small: "pd.Series[str]", hidden: "pd.Series[bool]") -> "pd.Series[str]":
    """Why each figure is hidden: its own smallness, else another's; empty where it is shown."""
    return small.where(small != "", SECONDARY).where(hidden, "")


def _protect_family(figures: pd.DataFrame, rule: Rule) -> Protection:
    """The same for figures that have counts in common with no others; `latest` marks the latest edition, `small_` what is small."""
    latest = figures["latest"].to_numpy(dtype=bool)
    there = figures["status"].isin(["", "c"]).to_numpy()
    sums = sums_of(figures, rule)
    counts = values_of(sums, figures)
    _refuse_other_sums(sums, figures, counts)
    small = figures.filter(like="small_").rename(columns=lambda column: column.removeprefix("small_"))
    fixed = figures["fixed"].to_numpy(dtype=bool)
    known = known_of(sums, figures, there & (figures["status"] == "").to_numpy() & (~latest | fixed), rule)
    zero = (counts == 0) & (sums.least > 0)
    targets, told = _apart(targets_of(sums, small, zero, rule), known, sums)
    primary = latest & ((small["reason"] != "") | (figures["status"] == "c")).to_numpy()
    free = latest & there & ~fixed
    terrain = terrain_of(sums, targets, counts, known, _slack(sums, figures, free & ~primary, counts, rule))
    hiding = Hiding(sums, terrain, targets, Choice(primary, free, latest & there, importance_of(figures)))
    hiding.hide(hiding.order(figures["ends"].to_numpy(dtype="datetime64[D]").astype(np.int64)))
    hiding.show_again()
    hidden = pd.Series(hiding.hidden, index=figures.index)
    status = figures["status"].mask(hidden, "c")[latest]
    exposed = figures.iloc[np.union1d(targets.figure[hiding.exposed], told)]
    return Protection(status, _reasons(small["reason"], hidden)[latest], exposed)


def _slack(sums: Sums, figures: pd.DataFrame, shown: Bools, counts: Floats, rule: Rule) -> tuple[Floats, Floats]:
    """How far each sum may go down, and up, so that all figures that show it round as they do."""
    low, high = known_of(sums, figures, shown, rule)
    values = sums.matrix @ counts
    return np.where(np.isfinite(low), values - low, 0), np.where(np.isfinite(high), high - values, 0)


def _refuse_other_sums(sums: Sums, figures: pd.DataFrame, counts: Floats) -> None:
    for part in ("numerator", "denominator"):
        which = getattr(sums, part)
        held = which >= 0
        given = figures[part].to_numpy(dtype=float)[held]
        wrong = np.abs((sums.matrix @ counts)[which[held]] - given) > 0.5
        if wrong.any():
            row = figures[held].iloc[int(np.flatnonzero(wrong)[0])]
            raise ValueError(f"{row['indicator']}, {row['agency'] or 'board'}, {row['basis']} {row['period']}: its {part} is not its sum.")
    if (sums.equations @ counts).any():
        raise ValueError("The parts of a breakdown do not add up to their whole.")


def _apart(targets: Targets, known: tuple[Floats, Floats], sums: Sums) -> tuple[Targets, Ints]:
    """The targets without those that a figure shown for good tells outright, and the figures of these."""
    outright = sums.matrix[np.flatnonzero(known[0] == known[1])]
    told = np.isin(fingerprints(targets.matrix), fingerprints(outright))
    kept = np.flatnonzero(~told)
    return Targets(targets.matrix[kept], targets.low[kept], targets.high[kept], targets.figure[kept]), targets.figure[told]
