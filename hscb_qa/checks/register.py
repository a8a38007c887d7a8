"""Codes and names of places that disagree with each other or with the register of places.

Countries, regions and authorities are compared with the register; for other levels a file is compared with itself. Refuses a figure
that could belong to another place.
"""

from collections.abc import Iterator

import pandas as pd

from hscb_qa.checks.places import is_of, is_total
from hscb_qa.errors import Issue, suggest
from hscb_qa.geographies import LEVELS as REGISTERED
from hscb_qa.geographies import Geographies, name_key
from hscb_qa.readers import Reading
from hscb_qa.readers.ees_levels import NO_CODES, Level, levels_in
from hscb_qa.readers.faults import gather_faults
from hscb_qa.readers.lait import UNKNOWN_PLACE as UNKNOWN_TO_LAIT
from hscb_qa.readers.mps_crime import UNKNOWN_PLACE as UNKNOWN_TO_MPS

_NO_PLACES = frozenset(
    {
        *("unknown", "not applicable", "not available", "outside of england", "outside of england and unknown"),
        *("outside of the united kingdom", "outside of the united kingdom and unknown"),
        *("outside of united kingdom", "outside of united kingdom and unknown"),
        *("england wales and northern ireland", "british forces post office overseas establishments"),
    }
)
"""Names that may stand beside the code z or x in DfE's standards."""

_NO_BOROUGHS = ("London Heathrow and London City Airports", "Unknown")
"""Places of the police file that are no borough and are known not to be."""

_REMEDY = "Correct one of the two; if the name is right, add it to other_names in config/geographies.csv."


def geography_code_and_name(reading: Reading, places: Geographies) -> list[Issue]:
    """Errors for a code and a name that do not belong together, and for a code with two names; queries for a name with two codes."""
    cells = reading.cells
    errors: list[tuple[int, str]] = []
    queries: list[tuple[int, str]] = []
    for level in levels_in(cells):
        if level.code not in cells:
            continue
        pairs = _pairs(cells, level)
        if level.title in REGISTERED:
            errors += _against_register(pairs, level, places)
        elif level.unique_names:
            errors += _known_elsewhere(pairs, places)
            errors += _codes_with_two_names(pairs)
            queries += _names_with_two_codes(pairs)
    return [
        *gather_faults("error", "geography_code_and_name", reading.file, errors),
        *gather_faults("query", "geography_code_and_name", reading.file, queries),
    ]


def old_la_code(reading: Reading, places: Geographies) -> list[Issue]:
    """Errors for authorities whose DfE number is not the register's."""
    cells = reading.cells
    if not {"new_la_code", "old_la_code"} <= set(cells.columns):
        return []
    faults = []
    for line, code, number in zip(cells.index, cells["new_la_code"], cells["old_la_code"], strict=True):
        place = places.by_code(code)
        if place and number != place.old_la_code:
            faults.append((line, f"{place.name} ({code}) has the number {place.old_la_code}, not '{number}'. Correct one of the two."))
    return gather_faults("error", "old_la_code", reading.file, faults)


def region_for_authority(reading: Reading, places: Geographies) -> list[Issue]:
    """Errors for rows of authorities of the register that stand in a region they do not lie in."""
    cells = reading.cells
    if not {"new_la_code", "region_code"} <= set(cells.columns):
        return []
    cells = cells[is_of(cells, "Local authority")]
    faults = []
    for line, code, region in zip(cells.index, cells["new_la_code"], cells["region_code"], strict=True):
        place, stated = places.by_code(code), places.by_code(region)
        if place and stated and region not in places.regions_of(code):
            faults.append((line, f"{place.name} ({code}) does not lie in {stated.name} ({region}). Correct one of the two."))
    return gather_faults("error", "region_for_authority", reading.file, faults)


def place_names(reading: Reading, places: Geographies) -> list[Issue]:
    """Errors for rows whose place the register calls otherwise than the file does. Rows without a name pass."""
    named = reading.rows[reading.rows["geography_name"] != ""].drop_duplicates(["geography", "geography_name"])
    faults = []
    for line, code, name in zip(named["line"], named["geography"], named["geography_name"], strict=True):
        place = places.by_code(code)
        if place and not place.is_called(name):
            faults.append((line, f"{_numbered(place.old_la_code, code)} is {place.name}, not '{name}'. {_REMEDY}"))
    return gather_faults("error", "geography_code_and_name", reading.file, faults)


def unknown_place(reading: Reading, places: Geographies) -> list[Issue]:
    """For places the register does not hold: an error where the name is nearly a known one, a query otherwise."""
    unknown = reading.rows[reading.rows["geography"].str.startswith((UNKNOWN_TO_LAIT, UNKNOWN_TO_MPS))]
    unknown = unknown[~unknown["geography_name"].isin(_NO_BOROUGHS)].drop_duplicates("geography")
    issues = []
    for line, code, name in zip(unknown["line"], unknown["geography"], unknown["geography_name"], strict=True):
        near = suggest(name, places.names("Local authority"))
        message = f"The register has no place '{name}'; its figures are kept as '{code}'.{near}"
        issues.append(Issue("error" if near else "query", "unknown_place", reading.file, line, message))
    return issues


def _pairs(cells: pd.DataFrame, level: Level) -> pd.DataFrame:
    """Columns code and name of the lines on which a level has both, and neither says "Total"; by line."""
    pairs = pd.DataFrame({"code": cells[level.code].str.strip(), "name": cells[level.name].str.strip()})
    return pairs[(pairs["code"] != "") & (pairs["name"] != "") & ~is_total(pairs["name"])]


def _against_register(pairs: pd.DataFrame, level: Level, places: Geographies) -> Iterator[tuple[int, str]]:
    fault_of = {pair: _fault(*pair, level, places) for pair in set(zip(pairs["code"], pairs["name"], strict=True))}
    for line, code, name in pairs.itertuples():
        if fault := fault_of[code, name]:
            yield line, fault


def _fault(code: str, name: str, level: Level, places: Geographies) -> str | None:
    """What is wrong with a code and a name of a registered level, as sentences; None where they belong together."""
    if code in NO_CODES:
        return _placeless_fault(code, name)
    place = places.by_code(code)
    if place is None or place.level != level.title:
        meant = places.by_name(name)
        hint = f" {meant.name} is {meant.code}." if meant and meant.level == level.title else ""
        return f"'{code}' ('{name}') is no code of level '{level.title}'.{hint}"
    return None if place.is_called(name) else f"The code '{code}' is {place.name}, not '{name}'. {_REMEDY}"


def _placeless_fault(code: str, name: str) -> str | None:
    """What is wrong with the name of a place that has the code z or x; None where it says that there is no place."""
    return None if name_key(name) in _NO_PLACES else f"'{name}' has the code '{code}', which is for places that have none. Give its code."


def _known_elsewhere(pairs: pd.DataFrame, places: Geographies) -> Iterator[tuple[int, str]]:
    """Districts that are authorities of the register, under another name; and places without a code that should have one."""
    for line, code, name in pairs.itertuples():
        place = places.by_code(code)
        if place and not place.is_called(name):
            yield line, f"The code '{code}' is {place.name}, not '{name}'. {_REMEDY}"
        if code in NO_CODES and (fault := _placeless_fault(code, name)):
            yield line, fault


def _codes_with_two_names(pairs: pd.DataFrame) -> Iterator[tuple[int, str]]:
    coded = pairs[~pairs["code"].isin(NO_CODES)]
    first = coded.groupby("code")["name"].transform("first")
    for line, code, name in coded[coded["name"].map(name_key) != first.map(name_key)].itertuples():
        yield (line, f"The code '{code}' stands for '{first.at[line]}' and for '{name}'. A code has one name; correct one of the two.")


def _names_with_two_codes(pairs: pd.DataFrame) -> Iterator[tuple[int, str]]:
    coded = pairs[~pairs["code"].isin(NO_CODES)].drop_duplicates()
    for name, rows in coded[coded.duplicated("name", keep=False)].groupby("name", sort=False):
        codes = ", ".join(f"'{code}'" for code in rows["code"])
        yield (rows.index[1], f"'{name}' has the codes {codes}. Check that these are different places; figures go by the code.")


def _numbered(number: str, code: str) -> str:
    return f"The place {number} ({code})" if number else f"The code '{code}'"
