"""Agencies that return the same percentage, around what chance explains: whether each lies outside, and the funnel's curves.

The edition holds each agency's own limits; the curves between them are drawn here by the same formula. Refuses to place an agency whose
figure or denominator is not shown: it is named, and nothing else.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from hscb_qa import statistics
from hscb_qa.definitions import Indicator
from hscb_qa.views.edition import BASES, OpenEdition
from hscb_qa.views.points import label_of
from hscb_qa.views.series import Series
from hscb_qa.views.signals import Funnel, Limit, Peer

_STEPS = 60
_BEYOND = 1.12
_VERDICTS = {"improvement": "better", "concern": "worse"}


def peers_of(edition: OpenEdition, series: Series) -> tuple[Peer, ...]:
    """The agencies of the newest period in which they can be compared, in the configuration's order; of an agency's series that one."""
    peers = _peers(edition, series.indicator, _newest(edition, series.indicator.id, series.until))
    return tuple(peer for peer in peers if series.agency in ("", peer.agency))


def funnel_of(edition: OpenEdition, indicator_id: str, until: date | None = None) -> Funnel | None:
    """The funnel of an indicator's newest period, of those that had ended by a day; None where no three agencies can be compared."""
    indicator, rows = edition.framework.indicator(indicator_id), _newest(edition, indicator_id, until)
    if not rows:
        return None
    peers, first = _peers(edition, indicator, rows), rows[0]
    hidden, without = _absent(edition, indicator_id, first["basis"], first["period"], {peer.agency for peer in peers})
    return Funnel(
        indicator=indicator_id,
        name=indicator.name,
        basis=first["basis"],
        period=first["period"],
        label=peers[0].label,
        baseline=first["baseline"],
        peers=peers,
        limits=_limits([peer.base for peer in peers], first["baseline"]),
        hidden=hidden,
        without=without,
        decimals=indicator.decimals,
    )


def difference_of(row: dict[str, Any]) -> str:
    """Where an agency lies, as a comparison says it: higher or lower outside the 99.8% limits, else similar."""
    return "higher" if row["position"] == 2 else "lower" if row["position"] == -2 else "similar"


def verdict_of(row: dict[str, Any]) -> str:
    """Better or worse, only outside those limits and where polarity says which; else empty."""
    return _VERDICTS.get(row["judgement"], "") if abs(row["position"]) == 2 else ""


def _newest(edition: OpenEdition, indicator_id: str, until: date | None) -> list[dict[str, Any]]:
    """The rows of the newest period; of several that ended that day, the shortest."""
    rows = [row for row in edition.funnels.get(indicator_id, []) if until is None or row["ends"] <= until]
    last = [row for row in rows if row["ends"] == rows[-1]["ends"]]
    basis = min((row["basis"] for row in last), key=BASES.index, default="")
    return [row for row in last if row["basis"] == basis]


def _peers(edition: OpenEdition, indicator: Indicator, rows: Sequence[dict[str, Any]]) -> tuple[Peer, ...]:
    order = list(edition.framework.agencies)
    return tuple(_peer(edition, indicator, row) for row in sorted(rows, key=lambda row: order.index(row["agency"])))


def _peer(edition: OpenEdition, indicator: Indicator, row: dict[str, Any]) -> Peer:
    is_outside = abs(row["position"]) == 2
    return Peer(
        agency=row["agency"],
        name=edition.framework.agencies[row["agency"]].short_name,
        period=row["period"],
        label=label_of(indicator, row["basis"], row["period"]),
        value=row["value"],
        baseline=row["baseline"],
        lower=row["lower"],
        upper=row["upper"],
        side=("high" if row["position"] > 0 else "low") if is_outside else None,
        judgement=row["judgement"] if is_outside else None,
        base=row["base"],
    )


def _absent(edition: OpenEdition, indicator: str, basis: str, period: str, shown: set[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Short names of the agencies that owed the figure and are not shown: those whose figure is hidden, and those who gave none."""
    series = edition.of_indicator("points", indicator).items()
    whole = [row for (agency, breakdown, of), rows in series if agency and not breakdown and of == basis for row in rows]
    statuses = {row["agency"]: row["status"] for row in whole if row["period"] == period}
    owed = {row["agency"] for row in edition.owed.get((indicator, period), [])}
    names = {
        one.id: one.short_name for one in edition.framework.agencies.values() if one.id in owed | statuses.keys() and one.id not in shown
    }
    hidden = {agency for agency in names if statuses.get(agency) == "c"}
    without = {agency for agency in names if statuses.get(agency, "x") == "x"}
    return tuple(names[one] for one in names if one in hidden), tuple(names[one] for one in names if one in without)


def _limits(bases: Sequence[float], baseline: float) -> tuple[Limit, ...]:
    """Points of the curves, evenly apart from near nothing to a little beyond the largest base."""
    largest = max(bases) * _BEYOND
    at = [largest * step / _STEPS for step in range(1, _STEPS + 1)]
    near, far = (statistics.funnel_limits_proportion(at, baseline / 100, confidence) for confidence in (0.95, 0.998))
    columns = [(column * 100).tolist() for column in (*near, *far)]
    return tuple(Limit(*row) for row in zip(at, *columns, strict=True))
