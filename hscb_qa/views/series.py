"""Which series is meant: an indicator in one place, of all agencies or one, of all children or a part; and its rows in an edition."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from hscb_qa.definitions import Indicator
from hscb_qa.errors import UnknownName
from hscb_qa.views.edition import OpenEdition, Selection

WHERE = "indicator = ? AND geography = ? AND agency = ? AND breakdown = ?"
"""The condition that `Series.key` fills in."""
_PER = ", per 1"  # with this the name of a rate goes on to what it is counted for
_COUNTED = "A count of one part, as nobody counts how many people that part of the population has."


@dataclass(frozen=True)
class Series:
    """Which figures of an indicator are meant; `is_own` those of the board's geography, `is_whole` all agencies' and all children's.

    Nothing that came to be known of periods after `until` belongs to it.
    """

    indicator: Indicator
    geography: str
    agency: str
    breakdown: str
    is_own: bool
    until: date | None = None

    @property
    def is_whole(self) -> bool:
        """Whether these are the figures of all agencies together and of all children."""
        return not (self.agency or self.breakdown)

    @property
    def key(self) -> list[str]:
        """The values for a query with `WHERE`."""
        return [self.indicator.id, self.geography, self.agency, self.breakdown]

    def rows_of(self, edition: OpenEdition, table: str) -> list[dict[str, Any]]:
        """The rows of a table that are of this series and known by `until`, oldest first."""
        return self.known(self.all_rows_of(edition, table))

    def all_rows_of(self, edition: OpenEdition, table: str) -> list[dict[str, Any]]:
        """The same whenever they became known; those of the board's own place are read once for all series."""
        if self.is_own:
            return edition.own_rows(table).get(tuple(self.key), [])
        return edition.rows(f"SELECT * FROM {table} WHERE {WHERE} ORDER BY ends", list(self.key))

    def known(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows whose `ends` is not after `until`."""
        until = self.until
        return rows if until is None else [row for row in rows if row["ends"] <= until]


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
    return Series(counted, code, selection.agency or "", selection.breakdown or "", code == framework.board.geography, selection.until)


def _as_counted(indicator: Indicator) -> Indicator:
    """The indicator of one part: nobody knows how many people the part of a population has, so its rate is shown as a count.

    Its name and its definition say that it is one.
    """
    if indicator.returned is None or indicator.returned.population is None:
        return indicator
    counted, numerator = indicator.name.split(_PER)[0], indicator.numerator.strip()
    words = {"name": f"Number of {counted[:1].lower()}{counted[1:]}", "definition": f"{_COUNTED} {numerator}"}
    return indicator.model_copy(update={"unit": "count", "decimals": 0, "denominator": None, **words})
