"""Rows of tidy files that do not say plainly which place they are for: their level, and the cells of that level.

Follows the data standards of Explore Education Statistics. Refuses a figure whose own place is missing or unknown; a fault in the
columns around it, which leaves the figure's place certain, is a query.
"""

from collections.abc import Iterator

import pandas as pd

from hscb_qa.errors import Issue, suggest
from hscb_qa.geographies import Geographies
from hscb_qa.readers import Reading, by_line
from hscb_qa.readers.ees_levels import LEVELS, PLACE_COLUMNS, Level, level_of, levels_in
from hscb_qa.readers.faults import gather_faults

_TOTALS = ("total", "all")


def unknown_geographic_level(reading: Reading, _: Geographies) -> list[Issue]:
    """Errors for words in `geographic_level` that name no level."""
    titles = [level.title for level in LEVELS]
    allowed = ", ".join(titles)
    faults = [
        (line, f"'{text}' is not a geographic level.{suggest(text, titles)} Allowed are {allowed}.")
        for line, text in by_line(reading.cells["geographic_level"])
        if level_of(text) is None
    ]
    return gather_faults("error", "unknown_geographic_level", reading.file, faults)


def geography_columns(reading: Reading, _: Geographies) -> list[Issue]:
    """Errors where rows of a level lack its code or name column; queries where a level no row is of has one column without the other."""
    cells = reading.cells
    first_line = {level_of(text): line for line, text in by_line(cells["geographic_level"].drop_duplicates())}
    issues = []
    for level in LEVELS:
        lacking = ", ".join(f"'{column}'" for column in (level.code, level.name) if column and column not in cells)
        present = ", ".join(f"'{column}'" for column in level.columns if column in cells)
        if lacking and level in first_line:
            message = f"Rows of level '{level.title}' need the columns of that level. Missing: {lacking}."
            issues.append(Issue("error", "geography_columns", reading.file, first_line[level], message))
        elif lacking and present:
            message = f"The file has {present} without {lacking}. Codes and names go together; rename or add the column."
            issues.append(Issue("query", "geography_columns", reading.file, 1, message))
    return issues


def blank_geography(reading: Reading, _: Geographies) -> list[Issue]:
    """Errors for rows without code or name of their own level; queries for authorities without region, and for a code or name alone."""
    own = [fault for level in levels_in(reading.cells) for fault in _own_blanks(reading.cells, level)]
    around = [fault for level in levels_in(reading.cells) for fault in _blanks_around(reading.cells, level)]
    return [*gather_faults("error", "blank_geography", reading.file, own), *gather_faults("query", "blank_geography", reading.file, around)]


def total_in_geography(reading: Reading, _: Geographies) -> list[Issue]:
    """Words for everything together in columns of places: an error in the row's own level, a query in another level, which stays blank."""
    cells = reading.cells
    own: list[tuple[int, str]] = []
    around: list[tuple[int, str]] = []
    for column in sorted(PLACE_COLUMNS.intersection(cells.columns)):
        totals = cells[is_total(cells[column])]
        for (line, text), level_text in zip(by_line(totals[column]), totals["geographic_level"].tolist(), strict=True):
            level = level_of(level_text)
            found = own if level and column in level.columns else around
            found.append((line, f"'{text}' in '{column}' is no place. Leave the cells of other levels blank."))
    return [
        *gather_faults("error", "total_in_geography", reading.file, own),
        *gather_faults("query", "total_in_geography", reading.file, around),
    ]


def is_of(cells: pd.DataFrame, title: str) -> pd.Series:
    """Whether each row is of the level with this title."""
    return cells["geographic_level"].str.casefold() == title.casefold()


def is_total(texts: pd.Series) -> pd.Series:
    """Whether each text is a word for everything together."""
    return texts.str.strip().str.casefold().isin(_TOTALS)


def _own_blanks(cells: pd.DataFrame, level: Level) -> Iterator[tuple[int, str]]:
    """Cells of the rows of a level that should name the place. An authority may be known by its old number alone."""
    rows = cells[is_of(cells, level.title)]
    if level.code in rows:
        identified = [column for column in (level.code, *level.others) if column in rows]
        for line, _ in by_line(rows[level.code][rows[identified].apply(_is_blank).all(axis=1)]):
            yield line, f"'{level.code}' is blank on a row of level '{level.title}'. Give the place's code."
    for line, _ in by_line(rows[level.name][_is_blank(rows[level.name])]):
        yield line, f"'{level.name}' is blank on a row of level '{level.title}'. Give the place's name."


def _blanks_around(cells: pd.DataFrame, level: Level) -> Iterator[tuple[int, str]]:
    """Rows of other levels that give a code without its name or a name without its code, and authorities without their region."""
    if level.code not in cells:
        return
    rows = cells[~is_of(cells, level.title)]
    codes, names = rows[level.code], rows[level.name]
    half = _is_blank(codes) != _is_blank(names)
    for (line, code), name in zip(by_line(codes[half]), names[half].tolist(), strict=True):
        yield line, f"'{level.code}' is '{code}' and '{level.name}' is '{name}'. Give both or neither."
    if level.title == "Regional":
        without = _is_blank(codes) & _is_blank(names) & is_of(rows, "Local authority")
        for line, _ in by_line(codes[without]):
            yield line, "An authority stands without its region. Fill 'region_code' and 'region_name'."


def _is_blank(texts: pd.Series) -> pd.Series:
    return texts.str.strip() == ""
