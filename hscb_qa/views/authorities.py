"""The local authorities of one year: each one's figure, the highest first, with the board's own and its neighbours known.

Refuses to set countries, regions and abolished authorities among them, and to rank a figure that is hidden.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from hscb_qa.definitions import Indicator
from hscb_qa.views.edition import OpenEdition, Selection
from hscb_qa.views.points import label_of

Kind = Literal["own", "neighbour", "other"]


@dataclass(frozen=True)
class Authority:
    """A local authority's figure of the year; `value` is None where `status` says why."""

    code: str
    name: str
    kind: Kind
    value: float | None
    status: str


@dataclass(frozen=True)
class AuthoritiesView:
    """The authorities of the newest year in which at least two others have a figure: those shown from the highest, then those not shown.

    `wider` holds by name the figures of the chosen regions and countries in that year.
    """

    indicator: Indicator
    period: str
    label: str
    authorities: tuple[Authority, ...]
    wider: tuple[tuple[str, float], ...]
    edition: str
    illustrative: bool

    @property
    def shown(self) -> tuple[Authority, ...]:
        """Those with a number, the highest first."""
        return tuple(one for one in self.authorities if one.value is not None)

    @property
    def not_shown(self) -> tuple[Authority, ...]:
        """Those without a number, by name."""
        return tuple(one for one in self.authorities if one.value is None)

    def by_code(self, code: str) -> Authority | None:
        """The authority with a code; None where it has no row."""
        return next((one for one in self.authorities if one.code == code), None)


_ROWS = """
SELECT p.geography, place.name, place.level, p.period, p.ends, p.value, p.status
FROM points p JOIN places place ON place.code = p.geography
WHERE p.indicator = ? AND p.basis = 'year' AND p.agency = '' AND p.breakdown = '' AND place.current = place.code AND p.ends <= ?
ORDER BY p.ends, place.name
"""


def authorities_view(edition: OpenEdition, indicator_id: str, selection: Selection = Selection()) -> AuthoritiesView | None:
    """The authorities of the newest year up to the last day chosen; None where no year has figures of at least two others.

    A count says how big a place is, so authorities are not set side by side by it. Raises UnknownName for an unknown indicator.
    """
    indicator, own = edition.framework.indicator(indicator_id), edition.framework.board.geography
    if not indicator.is_comparable or not indicator.published:
        return None
    rows = edition.rows(_ROWS, [indicator_id, selection.until or date.max])
    others = [row for row in rows if row["level"] == "Local authority" and row["geography"] != own and row["value"] is not None]
    years = [row["period"] for row in others]
    period = next((year for year in reversed(years) if years.count(year) > 1), None)
    if period is None:
        return None
    newest = [row for row in rows if row["period"] == period]
    return AuthoritiesView(
        indicator=indicator,
        period=period,
        label=label_of(indicator, "year", period),
        authorities=_authorities(edition, newest, selection),
        wider=_wider(edition, newest, selection),
        edition=edition.edition.id,
        illustrative=edition.edition.illustrative,
    )


def _authorities(edition: OpenEdition, rows: list[dict[str, Any]], selection: Selection) -> tuple[Authority, ...]:
    in_force = edition.neighbour_set(selection.neighbours_from)
    neighbours = set(edition.neighbours_of(in_force)) if in_force else set()
    own = edition.framework.board.geography
    found = [
        Authority(
            row["geography"],
            row["name"],
            "own" if row["geography"] == own else "neighbour" if row["name"] in neighbours else "other",
            row["value"],
            row["status"],
        )
        for row in rows
        if row["level"] == "Local authority"
    ]
    return tuple(sorted(found, key=lambda one: (one.value is None, -(one.value or 0.0), one.name)))


def _wider(edition: OpenEdition, rows: list[dict[str, Any]], selection: Selection) -> tuple[tuple[str, float], ...]:
    chosen = {place.geography: place.name for place in edition.framework.board.comparators if place.id in selection.comparators}
    return tuple((chosen[row["geography"]], row["value"]) for row in rows if row["geography"] in chosen and row["value"] is not None)
