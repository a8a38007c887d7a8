"""The register of places: from a code, a DfE number or a name in a file to one country, region or local authority.

`config/geographies.csv` holds every authority of the DfE files, those abolished since 2009 too, with the names other publishers use.
Refuses to guess: a code, number or name it does not hold gives None, and a register that contradicts itself is not loaded.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hscb_qa.errors import FaultyDefinitions, Issue

LEVELS = ("National", "Regional", "Local authority")
REGISTER_COLUMNS = ("code", "name", "level", "old_la_code", "region_code", "until", "other_names")


@dataclass(frozen=True)
class Geography:
    """A country, region or local authority. `until` is its last day; None while it still stands.

    `old_la_code` is the number DfE gives it: three digits for an authority, 970 to 990 for England and its regions.
    """

    code: str
    name: str
    level: str
    old_la_code: str
    region_code: str
    until: date | None
    other_names: tuple[str, ...]

    def is_called(self, name: str) -> bool:
        """Whether a publisher may mean this place by a name; capitals, `&` and punctuation make no difference."""
        return name_key(name) in {name_key(known) for known in (self.name, *self.other_names)}


class Geographies:
    """Places by code, by DfE number and by name. Iterating gives them in the order of the register."""

    def __init__(self, places: Iterable[Geography]) -> None:
        self._places = tuple(places)
        self._by_code = {place.code: place for place in self._places}
        standing_last = sorted(self._places, key=lambda place: place.until or date.max)
        self._by_number = {place.old_la_code: place for place in standing_last if place.old_la_code}
        self._by_name = {name_key(name): place for place in standing_last for name in (place.name, *place.other_names)}

    def __iter__(self) -> Iterator[Geography]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

    def by_code(self, code: str) -> Geography | None:
        """The place with an ONS code, abolished ones too; None for a code the register does not hold."""
        return self._by_code.get(code)

    def by_old_la_code(self, number: str) -> Geography | None:
        """The place with a DfE number. Where its ONS code changed and its number stayed, the code that stands now."""
        return self._by_number.get(number)

    def by_name(self, name: str) -> Geography | None:
        """The place a name stands for, the one that stands now where two have borne it; None for a name nobody uses."""
        return self._by_name.get(name_key(name))

    def current(self, code: str) -> str:
        """The code that carries a place's series on: E10000027 (Somerset until 2023) gives E06000066.

        A code the register does not hold, and a place that ended with its number, give the code itself.
        """
        place = self._by_code.get(code)
        if place is None or not place.old_la_code:
            return code
        return self._by_number[place.old_la_code].code

    def regions_of(self, code: str) -> frozenset[str]:
        """Codes of the regions in which a place may stand in a file; for a London borough Inner or Outer London, and London."""
        place = self._by_code.get(code)
        if place is None or not place.region_code:
            return frozenset()
        return frozenset({place.region_code}) | self.regions_of(place.region_code)

    def names(self, level: str) -> list[str]:
        """The names of all places of a level, for "did you mean"."""
        return [name for place in self._places if place.level == level for name in (place.name, *place.other_names)]


def name_key(name: str) -> str:
    """A name without what publishers write differently.

    >>> name_key("St. Helens") == name_key("St Helens"), name_key("Brighton & Hove") == name_key("Brighton and Hove")
    (True, True)
    """
    return re.sub(r"[\W_]+", " ", name.casefold().replace("&", " and ")).strip()


def load_geographies(path: Path) -> Geographies:
    """Read the register. Raises FaultyDefinitions with every fault and its line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise FaultyDefinitions([_fault(path, None, f"The register of places cannot be read: {fault}.")]) from fault
    reader = csv.DictReader(text.splitlines())
    missing = [column for column in REGISTER_COLUMNS if column not in (reader.fieldnames or [])]
    if missing:
        raise FaultyDefinitions([_fault(path, 1, f"The register lacks the column '{column}'.") for column in missing])
    rows = list(enumerate(reader, start=2))
    faults = [_fault(path, line, words) for line, row in rows for words in _faults_of_row(row)] + _faults_between(path, rows)
    if faults:
        raise FaultyDefinitions(faults)
    return Geographies(_place(row) for _, row in rows)


def _place(row: dict[str, str]) -> Geography:
    until = date.fromisoformat(row["until"]) if row["until"] else None
    names = tuple(name for name in row["other_names"].split("|") if name)
    return Geography(row["code"], row["name"], row["level"], row["old_la_code"], row["region_code"], until, names)


def _faults_of_row(row: dict[str, str]) -> Iterator[str]:
    if None in row or None in row.values():
        yield f"The line does not have {len(REGISTER_COLUMNS)} cells."
        return
    for column in ("code", "name"):
        if not row[column].strip():
            yield f"The {column} is blank."
    if row["level"] not in LEVELS:
        yield f"'{row['level']}' is not a level. Allowed are {', '.join(LEVELS)}."
    if row["until"] and not _is_date(row["until"]):
        yield f"'{row['until']}' is not a date. Write it as 2019-03-31."


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _faults_between(path: Path, rows: list[tuple[int, dict[str, str]]]) -> list[Issue]:
    """Codes given twice, standing places that share a number, regions the register does not hold."""
    faults = []
    codes = [row["code"] for _, row in rows]
    standing = [row["old_la_code"] for _, row in rows if row["old_la_code"] and not row["until"]]
    for line, row in rows:
        if codes.count(row["code"]) > 1:
            faults.append(_fault(path, line, f"The code '{row['code']}' stands on more than one line."))
        if not row["until"] and standing.count(row["old_la_code"]) > 1:
            faults.append(_fault(path, line, f"The number '{row['old_la_code']}' belongs to two places that still stand."))
        if row["region_code"] and row["region_code"] not in codes:
            faults.append(_fault(path, line, f"The region '{row['region_code']}' is not a code of the register."))
    return faults


def _fault(path: Path, line: int | None, message: str) -> Issue:
    return Issue("error", "geographies", path.name, line, message)
