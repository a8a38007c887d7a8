"""Any tidy file of Explore Education Statistics to tidy rows: one for each cell of an indicator column.

Indicators and filters are told apart by the metadata file beside the data, or else by the cells themselves. Refuses a file in which
no column holds figures; whether the figures stand in the right place and time is for the checks.
"""

from pathlib import Path

import pandas as pd

from hscb_qa.errors import Issue, RefusedFile
from hscb_qa.geographies import Geographies
from hscb_qa.readers.delimited import read_table
from hscb_qa.readers.document import open_document
from hscb_qa.readers.ees_levels import NO_CODES, PLACE_COLUMNS, level_of
from hscb_qa.readers.ees_metadata import Metadata, read_metadata
from hscb_qa.readers.ees_times import period_of
from hscb_qa.readers.figures import DFE_SYMBOLS, is_number, read_figures
from hscb_qa.readers.forms import EES
from hscb_qa.readers.reading import Reading, breakdown_of, tidy

LEGACY_SYMBOLS = {".": "z", "..": "x", ":": "x", "*": "c", "-": "k", "~": "k"}
"""Symbols DfE no longer uses, with the letter that replaced each."""

UNKNOWN_PLACE = "ees:"
"""What stands before the name of a place that has no code, such as "ees:Unknown"."""

_REGISTERED = ("country_code", "region_code", "new_la_code")


def read_ees(path: Path, places: Geographies) -> Reading:
    """Read a tidy CSV file, and its metadata where it has any. `cells` of the reading are its columns of time and place.

    Raises RefusedFile where either file is no such file.
    """
    document = open_document(path, (".csv",))
    table = read_table(document, EES)
    columns = list(table.cells.columns)
    metadata = read_metadata(path, columns)
    indicators, filters = _roles(table.cells, metadata.roles if metadata else {})
    issues = (*table.issues, *(metadata.issues if metadata else ()))
    if not indicators:
        message = f"None of the columns holds figures: {', '.join(columns)}."
        raise RefusedFile([Issue("error", "no_figures", document.name, None, message), *issues])
    return Reading(
        source="ees",
        file=document.name,
        sha256=document.sha256,
        rows=_rows(table.cells, indicators, filters, places),
        issues=issues,
        notes=(*table.notes, *_notes(table.cells, metadata)),
        cells=table.cells.drop(columns=[*indicators, *filters]),
    )


def _roles(cells: pd.DataFrame, described: dict[str, str]) -> tuple[list[str], list[str]]:
    """The columns that are indicators and those that are filters. A described column is what the metadata says of it."""
    roles = described | {column: "Indicator" if _holds_figures(cells[column]) else "Filter" for column in _undescribed(cells, described)}
    indicators, filters = ([column for column in cells.columns.tolist() if roles.get(column) == role] for role in ("Indicator", "Filter"))
    return indicators, filters


def _undescribed(cells: pd.DataFrame, described: dict[str, str]) -> list[str]:
    known = {*EES.mandatory, *PLACE_COLUMNS, *described}
    return [column for column in cells.columns.tolist() if column not in known]


def _holds_figures(texts: pd.Series) -> bool:
    """Whether at least half of the cells that are filled are numbers or symbols that stand for one."""
    filled = texts[texts.str.strip() != ""]
    known = is_number(filled) | filled.isin(DFE_SYMBOLS) | filled.isin(LEGACY_SYMBOLS)
    return len(filled) > 0 and known.mean() >= 0.5


def _rows(cells: pd.DataFrame, indicators: list[str], filters: list[str], places: Geographies) -> pd.DataFrame:
    known = pd.DataFrame(
        {
            "line": cells.index,
            "breakdown": breakdown_of({column: cells[column].str.strip() for column in filters}) if filters else "",
            "geography_level": cells["geographic_level"],
            "time_identifier": cells["time_identifier"],
            "period": list(map(period_of, cells["time_period"], cells["time_identifier"])),
        },
        index=cells.index,
    ).join(_places(cells, places))
    each = [known.assign(measure=column, text=cells[column], **read_figures(cells[column], DFE_SYMBOLS)) for column in indicators]
    return tidy(pd.concat(each))


def _places(cells: pd.DataFrame, places: Geographies) -> pd.DataFrame:
    """Columns `geography` and `geography_name` from the columns of each row's own level; blank where those are."""
    found = pd.DataFrame({"geography": "", "geography_name": ""}, index=cells.index)
    for text in cells["geographic_level"].unique():
        level = level_of(text)
        if level is None:
            continue
        here = cells["geographic_level"] == text
        rows = cells[here].reindex(columns=list(level.columns), fill_value="").apply(lambda texts: texts.str.strip())
        codes = rows[level.code] if level.code else pd.Series("", index=rows.index)
        if "old_la_code" in level.others:
            codes = codes.where(codes != "", rows["old_la_code"].map(lambda number: _code_of(number, places)))
        nameless = codes.isin(["", *NO_CODES])
        instead = (UNKNOWN_PLACE + rows[level.name]).where(rows[level.name] != "", "")
        found.loc[here, "geography"] = codes.where(~nameless, instead)
        found.loc[here, "geography_name"] = rows[level.name]
    return found


def _code_of(number: str, places: Geographies) -> str:
    place = places.by_old_la_code(number)
    return place.code if place else ""


def _notes(cells: pd.DataFrame, metadata: Metadata | None) -> list[str]:
    notes = []
    if metadata is None:
        notes.append("No metadata file stands beside the data, so the cells decided which columns are indicators.")
    elif undescribed := _undescribed(cells, metadata.roles):
        notes.append(
            f"The metadata does not describe {', '.join(undescribed)}, so the cells decided whether these are filters or indicators."
        )
    unchecked = [level.title for text in cells["geographic_level"].unique() if (level := level_of(text)) and level.code not in _REGISTERED]
    if unchecked:
        notes.append(
            f"Codes and names were compared with the register for countries, regions and authorities only, not for: {', '.join(unchecked)}."
        )
    return notes
