"""The signals that an edition holds of one series, as the objects of `signals`."""

from datetime import date
from typing import Any

from hscb_qa.definitions import Basis, Break, Rebase
from hscb_qa.views.edition import OpenEdition
from hscb_qa.views.points import label_of
from hscb_qa.views.series import Series
from hscb_qa.views.signals import ChartPart, ControlChart, Limits, Rank, Signal, Trend, Watch


def control_chart(edition: OpenEdition, series: Series, basis: Basis, last: str) -> ControlChart | None:
    """The control chart of a series on a basis up to its last period; None where figures overlap or none has a value.

    Limits are those of the whole series: they are not worked out anew for a viewer who looks at fewer years.
    """
    parts = [row for row in series.all_rows_of(edition, "charts") if row["basis"] == basis and row["first_period"] <= last]
    rows = [row for row in series.rows_of(edition, "signals") if row["basis"] == basis]
    if not parts:
        return None
    latest = rows[-1] if rows and rows[-1]["period"] == min(parts[-1]["last_period"], last) else None
    return ControlChart(
        basis=basis,
        parts=tuple(_part(edition, series, row) for row in parts),
        limits={row["period"]: Limits(row["mean"], row["lower"], row["upper"]) for row in rows if row["mean"] is not None},
        signals={row["period"]: _signal(series, row) for row in rows if row["rule"]},
        target=latest["target"] if latest else None,
        assurance=latest["assurance"] or None if latest else None,
    )


def watch_of(edition: OpenEdition, series: Series) -> Watch | None:
    """The state of a series on the basis on which it is watched; None where it has no figures that do not overlap."""
    rows = series.rows_of(edition, "watched")
    if not rows:
        return None
    row = rows[0]
    return Watch(
        basis=row["basis"],
        period=row["period"],
        label=label_of(series.indicator, row["basis"], row["period"]),
        is_judged=row["judged"],
        signal=_signal(series, row) if row["judged"] and row["rule"] else None,
        assurance=row["assurance"] or None,
    )


def trend_of(edition: OpenEdition, series: Series) -> Trend | None:
    """The recent trend of the annual figures; None where there are no five with intervals."""
    rows = series.rows_of(edition, "trends")
    if not rows:
        return None
    row = rows[-1]
    first, last = (label_of(series.indicator, "year", row[name]) for name in ("first_period", "period"))
    return Trend(row["direction"], row["verdict"] or None, first, last)


def rank_of(edition: OpenEdition, series: Series) -> Rank | None:
    """The rank in the newest year that has one; None where the place is not ranked."""
    rows = series.rows_of(edition, "ranks")
    if not rows:
        return None
    row = rows[-1]
    return Rank(
        period=row["period"],
        label=label_of(series.indicator, "year", row["period"]),
        rank=row["rank"] or None,
        of=row["of_places"],
        band=row["band"] or None,
        fifth=row["fifth"] or None,
        verdict=row["verdict"] or None,
    )


def _part(edition: OpenEdition, series: Series, row: dict[str, Any]) -> ChartPart:
    return ChartPart(
        chart=row["chart"],
        reason=row["reason"],
        first=row["first_period"],
        last=row["last_period"],
        points=row["points"],
        trial=row["trial"],
        started_by=_started_by(edition, series, row["counts_from"]),
    )


def _started_by(edition: OpenEdition, series: Series, day: date | None) -> Break | Rebase | None:
    """The break of the definition, or the rebase, that began a part on a day."""
    rebases = [one for one in edition.framework.signals.rebases if one.indicator == series.indicator.id]
    started: list[Break | Rebase] = [
        *(one for one in series.indicator.breaks if one.on == day),
        *(one for one in rebases if one.on == day and one.agency in (None, series.agency)),
    ]
    return next(iter(started), None)


def _signal(series: Series, row: dict[str, Any]) -> Signal:
    return Signal(
        period=row["period"],
        label=label_of(series.indicator, row["basis"], row["period"]),
        rule=row["rule"],
        side="high" if row["side"] > 0 else "low",
        judgement=row["judgement"],
        since=label_of(series.indicator, row["basis"], row["since"]),
        points=row["stretch"],
        gap=row["gap"],
    )
