"""The geographic levels of Explore Education Statistics, and the columns that hold the code and the name of each.

Source: DfE, Explore Education Statistics data standards. Refuses nothing; a level it does not know is None.
"""

from collections.abc import Container, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Level:
    """A geographic level. `code` is None where places have names only; `others` are further columns that identify the place.

    `unique_names` is False where DfE lets one code stand for several names in a file, as schools and providers do when renamed.
    """

    title: str
    code: str | None
    name: str
    others: tuple[str, ...] = ()
    unique_names: bool = True

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns of the level."""
        return (*([self.code] if self.code else []), self.name, *self.others)


LEVELS = (
    Level("National", "country_code", "country_name"),
    Level("Regional", "region_code", "region_name"),
    Level("Local authority", "new_la_code", "la_name", ("old_la_code",)),
    Level("Local authority district", "lad_code", "lad_name"),
    Level("RSC region", None, "rsc_region_lead_name"),
    Level("Parliamentary constituency", "pcon_code", "pcon_name"),
    Level("Local skills improvement plan area", "lsip_code", "lsip_name"),
    Level("Local enterprise partnership", "local_enterprise_partnership_code", "local_enterprise_partnership_name"),
    Level("English devolved area", "english_devolved_area_code", "english_devolved_area_name"),
    Level("Opportunity area", "opportunity_area_code", "opportunity_area_name"),
    Level("Ward", "ward_code", "ward_name"),
    Level("MAT", "trust_id", "trust_name"),
    Level("Sponsor", "sponsor_id", "sponsor_name"),
    Level("School", "school_urn", "school_name", ("school_laestab",), unique_names=False),
    Level("Provider", "provider_ukprn", "provider_name", unique_names=False),
    Level("Institution", "institution_id", "institution_name", unique_names=False),
    Level("Planning area", "planning_area_code", "planning_area_name"),
    Level("Police force area", "pfa_code", "pfa_name"),
)
PLACE_COLUMNS = frozenset(column for level in LEVELS for column in level.columns)

NO_CODES = ("z", "x")
"""What stands in a code column for a place that has no code: not applicable, not available."""

_BY_TITLE = {level.title.casefold(): level for level in LEVELS}


def level_of(text: str) -> Level | None:
    """The level a cell names, whatever its capitals."""
    return _BY_TITLE.get(text.casefold())


def levels_in(columns: Container[str]) -> Iterator[Level]:
    """The levels of which a file has the name column."""
    return (level for level in LEVELS if level.name in columns)
