"""The attack on an edition: what a reader of its shareable file, and of earlier ones, could work out of what is hidden.

Turns editions on disk into findings. Refuses to use a hidden number: the restricted files say only which figures to ask about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import pandas as pd

from hscb_qa.definitions import Disclosure
from hscb_qa.disclosure import Breach, Progress, Rule, attack_latest, small_in, unheard
from hscb_qa.errors import StoreFault
from hscb_qa.publish.editions import Edition
from hscb_qa.publish.guarded import as_read, guarded_figures, has_guarded

_NEAR = 1e-6


@dataclass(frozen=True)
class Finding:
    """A hidden figure that is not open enough: of `low` to `high` a reader is left with `least` to `most`, and which figures tell it."""

    figure: str
    least: float
    most: float
    low: float
    high: float
    told_by: tuple[str, ...]

    def __str__(self) -> str:
        told = "; ".join(self.told_by) or "what is public"
        return f"{self.figure}: {self.left} of the numbers from {self.low:g} to {self.high:g} left open. Told by: {told}."

    @property
    def left(self) -> int:
        """How many of the numbers that must stay open are left; which they are is not for messages."""
        return max(floor(self.most + _NEAR) - ceil(self.least - _NEAR) + 1, 0)


def findings(editions: Sequence[Edition], disclosure: Disclosure, progress: Progress = unheard) -> list[Finding]:
    """Attack the last of these editions with all that a reader of their shareable files sees; empty where nothing hidden is told.

    Earlier editions made before they could be audited are left out. Raises StoreFault where the last one was, or where what
    editions show contradicts itself.
    """
    kept = [edition for edition in editions if has_guarded(edition)]
    if kept[-1:] != list(editions[-1:]):
        raise StoreFault(f"Edition {editions[-1].id} was made before editions could be audited. Publish again, and audit that one.")
    rule = Rule.agreed(disclosure)
    figures = guarded_figures(kept)
    shown = as_read(figures)
    try:
        breaches = attack_latest(shown, small_in(figures, rule), rule, progress)
    except ValueError as fault:
        raise StoreFault(f"Edition {editions[-1].id} cannot be audited: {fault} Publish again.") from fault
    return [_finding(shown, breach) for breach in breaches]


def _finding(shown: pd.DataFrame, breach: Breach) -> Finding:
    return Finding(
        _in_words(shown.iloc[breach.figure]),
        float(breach.least),
        float(breach.most),
        float(breach.low),
        float(breach.high),
        tuple(_in_words(shown.iloc[row]) for row in breach.told_by),
    )


def _in_words(row: "pd.Series[str]") -> str:
    whose = ", ".join(part for part in (row["agency"] or "board", row["breakdown"]) if part)
    return f"{row['indicator']}, {whose}, {row['basis']} {row['period']}"
