"""What is signal and what is noise in a series: its control chart, its trend, its rank, and where agencies differ.

Turns an edition's stored signals into small objects that go with a view. Refuses to work any of them out: a page looks them up.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from hscb_qa.definitions import Basis, Break, ExceptionKind, Rebase

ChartKind = Literal["xmr", "p", "g", "run"]
ChartReason = Literal["", "few points", "rare", "uneven bases", "gaps", "overlapping"]
Rule = Literal["outside", "trend", "two_in_three", "shift"]
Judgement = Literal["improvement", "concern", "neutral"]
Assurance = Literal["passes", "fails", "hit or miss"]


@dataclass(frozen=True)
class Signal:
    """A point that more than chance explains: which rule found it, on which side, and what polarity makes of it.

    `side` is `high` or `low`; of a trend, rising or falling. `since` is the label of the first point of the unbroken stretch of signals on
    the same side that ends here, `points` how many it holds; a trend is a stretch of its own, other rules go together. `gap` is given on a
    g chart: the periods without an event.
    """

    period: str
    label: str
    rule: Rule
    side: Literal["high", "low"]
    judgement: Judgement
    since: str
    points: int
    gap: float | None = None


@dataclass(frozen=True)
class Limits:
    """Mean and control limits at one point, in the unit of the value."""

    mean: float
    lower: float
    upper: float


@dataclass(frozen=True)
class ChartPart:
    """A stretch of a series with one mean: from its start, a break of the definition or a rebase, to the next.

    `chart` says how limits were found and `reason` why so; `trial` that there are fewer points than make them firm. A part of kind `run`
    has no limits and no signals. `first` and `last` are periods, `points` how many have a value.
    """

    chart: ChartKind
    reason: ChartReason
    first: str
    last: str
    points: int
    trial: bool
    started_by: Break | Rebase | None = None


@dataclass(frozen=True)
class ControlChart:
    """The control chart of one series on one basis. `parts` are in order of time and never empty.

    `limits` and `signals` are by period; a period without limits or without a signal is not in them. `target` is what the Board agreed to
    reach, `assurance` whether the limits of the last part say that it will be.
    """

    basis: Basis
    parts: tuple[ChartPart, ...]
    limits: dict[str, Limits] = field(default_factory=dict)
    signals: dict[str, Signal] = field(default_factory=dict)
    target: float | None = None
    assurance: Assurance | None = None

    @property
    def last(self) -> ChartPart:
        """The part in which the last point with a value lies."""
        return self.parts[-1]

    @property
    def has_limits(self) -> bool:
        """Whether there is a mean with limits to draw; a g chart's are of another unit and are told in words."""
        return bool(self.limits)


@dataclass(frozen=True)
class Watch:
    """The state of an indicator on the basis on which it is watched: the same whatever basis a page shows.

    That is the finest basis on which figures do not overlap: quarter, else half year, else year. `signal` is that of the latest point, None
    where it lies within what is usual; `is_judged` is false where there are no limits to hold it against.
    """

    basis: Basis
    period: str
    label: str
    is_judged: bool
    signal: Signal | None
    assurance: Assurance | None


@dataclass(frozen=True)
class Trend:
    """Fingertips' recent trend: the five newest annual figures, `first` to `last` by label, by a chi-squared test.

    `direction` is `rising`, `falling` or `none`; `verdict` better or worse, only where polarity allows.
    """

    direction: Literal["rising", "falling", "none"]
    verdict: Literal["better", "worse"] | None
    first: str
    last: str


@dataclass(frozen=True)
class Rank:
    """Where the place stands among local authorities in an annual published figure, as in LAIT.

    `rank` 1 is the best by polarity, ties take the least; both `rank` and `band` (A to D) are None where the measure is neutral. `fifth` is
    `highest` or `lowest`, None between. `verdict` of a fifth is best or worst, only where polarity allows.
    """

    period: str
    label: str
    rank: int | None
    of: int
    band: Literal["A", "B", "C", "D"] | None
    fifth: Literal["highest", "lowest"] | None
    verdict: Literal["best", "worst"] | None


@dataclass(frozen=True)
class Peer:
    """One agency's latest figure against what all agencies have together, by the 99.8% limits of a funnel.

    `side` is `high` or `low` where it lies outside them, None within. `base` is the denominator the percentage is of.
    """

    agency: str
    name: str
    period: str
    label: str
    value: float
    baseline: float
    lower: float
    upper: float
    side: Literal["high", "low"] | None
    judgement: Judgement | None
    base: float


@dataclass(frozen=True)
class Limit:
    """The limits of a funnel at one size of the denominator, in per cent: 95% and, further out, 99.8%."""

    base: float
    lower_95: float
    upper_95: float
    lower_998: float
    upper_998: float


@dataclass(frozen=True)
class Funnel:
    """Agencies that return the same percentage, in the newest period in which they can be compared, around what they have together.

    `limits` are the curves from the smallest base drawn to the largest. `hidden` and `without` name agencies whose figure is not in it,
    hidden or not given; what they have together is of the others.
    """

    indicator: str
    name: str
    basis: Basis
    period: str
    label: str
    baseline: float
    peers: tuple[Peer, ...]
    limits: tuple[Limit, ...]
    hidden: tuple[str, ...]
    without: tuple[str, ...]
    decimals: int

    @property
    def outside(self) -> tuple[Peer, ...]:
        """The agencies outside the 99.8% limits."""
        return tuple(peer for peer in self.peers if peer.side)

    def peer(self, agency: str) -> Peer | None:
        """An agency's own figure; None where it is not among those drawn."""
        return next((peer for peer in self.peers if peer.agency == agency), None)


@dataclass(frozen=True)
class Reason:
    """Why an indicator is an exception: of which kind, on which basis and period, and how it is judged."""

    kind: ExceptionKind
    basis: Basis
    period: str
    judgement: Judgement


@dataclass(frozen=True)
class Narrative:
    """Who owes the words that go with an exception, and who has given them: short names. Both are empty only where nothing is owed."""

    owed_by: tuple[str, ...]
    given_by: tuple[str, ...]

    @property
    def is_owed(self) -> bool:
        """Whether nobody has given words yet."""
        return bool(self.owed_by) and not self.given_by


@dataclass(frozen=True)
class EditionChange:
    """What changed since an earlier edition: indicators that became exceptions, those that no longer are, and those with revised figures.

    All three hold indicator ids; a figure is revised where the same period of the board's own series was shown with another number. `was`
    says of those that ended how they had been judged; it is empty in an edition made before that was kept.
    """

    edition: str
    label: str
    published_on: date
    began: tuple[str, ...]
    ended: tuple[str, ...]
    revised: tuple[str, ...]
    was: dict[str, str] = field(default_factory=dict)
