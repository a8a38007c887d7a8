"""Which series is meant: an indicator in one place, of all agencies or one, of all children or a part; and its rows in an edition."""

from dataclasses import dataclass
from typing import Any

from hscb_qa.definitions import Indicator
from hscb_qa.errors import UnknownName
from hscb_qa.views.edition import OpenEdition, Selection

WHERE = "indicator = ? AND geography = ? AND agency = ? AND breakdown = ?"
"""The condition that `Series.key` fills in."""


@dataclass(frozen=True)
class Series:
    """Which figures of an indicator are meant; `is_own` those of the board's geography, `is_whole` all agencies' and all children's."""

    indicator: Indicator
    geography: str
    agency: str
    breakdown: str
    is_own: bool

    @property
    def is_whole(self) -> bool:
        """Whether these are the figures of all agencies together and of all children."""
        return not (self.agency or self.breakdown)

    @property
    def key(self) -> list[str]:
        """The values for a query with `WHERE`."""
        return [self.indicator.id, self.geography, self.agency, self.breakdown]

    def rows_of(self, edition: OpenEdition, table: str) -> list[dict[str, Any]]:
        """The rows of a table that are of this series, oldest first; those of the board's own place are read once for all series."""
        if self.is_own:
            return edition.own_rows(table).get(tuple(self.key), [])
        return edition.rows(f"SELECT * FROM {table} WHERE {WHERE} ORDER BY ends", list(self.key))


def series_of(edition: OpenEdition, indicator: Indicator, selection: Selection, geography: str | None) -> Series:
    """The series a viewer chose. Raises UnknownName for a geography, agency or breakdown the edition does not know."""
    framework = edition.framework
    code = geography or framework.board.geography
    if code not in edition.places:
        raise UnknownName("geography", code, edition.places)
    if selection.agency:
        framework.agency(selection.agency)
    if selection.breakdown and selection.breakdown not in framework.returns.labels:
        raise UnknownName("breakdown", selection.breakdown, framework.returns.labels)
    counted = _as_counted(indicator) if selection.breakdown else indicator
    return Series(counted, code, selection.agency or "", selection.breakdown or "", code == framework.board.geography)


def _as_counted(indicator: Indicator) -> Indicator:
    """The indicator of one part: nobody knows how many people the part of a population has, so its rate is shown as a count."""
    if indicator.returned is None or indicator.returned.population is None:
        return indicator
    return indicator.model_copy(update={"unit": "count", "decimals": 0, "denominator": None})
