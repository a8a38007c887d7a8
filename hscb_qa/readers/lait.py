"""The long table of DfE's Local Authority Interactive Tool, Parquet or CSV, to tidy rows: one for each row of the file.

LAIT marks a figure that is missing and one that is suppressed alike with "-", so both are "not available". Places come by DfE's number
and get the ONS code that stands now. Refuses to take a revision mark for another year: "2018 (Rev)" is 2018, as LAIT never has both.
"""

import re
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from hscb_qa.errors import RefusedFile
from hscb_qa.geographies import Geographies
from hscb_qa.periods import read_year
from hscb_qa.readers.delimited import Table, read_table
from hscb_qa.readers.document import PARQUET, Document, open_document
from hscb_qa.readers.figures import read_figures
from hscb_qa.readers.forms import LAIT, LAIT_DICTIONARY, column_issues
from hscb_qa.readers.reading import Reading, tidy

TIME_IDENTIFIER = "Years"
UNKNOWN_PLACE = "lait:"
"""What stands before the DfE number of a place that the register does not hold."""

_SYMBOLS = {"-": "x", "": "x"}
_MARK = re.compile(r" \((?:Rev|Final|prov|OT)\)$")
_SERIAL_DAY_ZERO = date(1899, 12, 30)
_POLARITY = {"High": "higher", "Low": "lower", "-": "neutral"}


def read_lait(path: Path, places: Geographies, dictionary: Path | None = None) -> Reading:
    """Read the table, and DfE's data dictionary where its path is given.

    `dictionary` of the reading has the columns measure, title, publisher, last_update, next_update, polarity (higher, lower, neutral
    or blank) and decimals (Int64). Its dates are ISO dates, or DfE's own words where it gives no date. Raises RefusedFile.
    """
    document = open_document(path, (".parquet", ".csv"))
    table = _read_parquet(document) if document.kind == PARQUET else read_table(document, LAIT)
    described = read_table(open_document(dictionary, (".csv",)), LAIT_DICTIONARY) if dictionary else None
    return Reading(
        source="lait",
        file=document.name,
        sha256=document.sha256,
        rows=_rows(table.cells, places),
        issues=(*table.issues, *(described.issues if described else ())),
        notes=table.notes,
        dictionary=_measures(described.cells) if described else None,
    )


def _measures(cells: pd.DataFrame) -> pd.DataFrame:
    """The data dictionary with one row for each measure; columns as `read_lait` says."""
    return pd.DataFrame(
        {
            "measure": cells["Measure_short"],
            "title": cells["Measure"].str.strip(),
            "publisher": cells["Data Owner (DO) /Supplier and Contact Details"].str.strip(),
            "last_update": cells["Last Update"].map(_iso_date),
            "next_update": cells["Next Update"].map(_iso_date),
            "polarity": cells["Polarity"].map(lambda word: _POLARITY.get(word, "")),
            "decimals": pd.to_numeric(cells["dps"], errors="coerce").astype("Int64"),
        }
    ).reset_index(drop=True)


def _iso_date(text: str) -> str:
    """The date of an Excel serial number; any other text as it is.

    >>> _iso_date("45931"), _iso_date("TBC")
    ('2025-10-01', 'TBC')
    """
    if not re.fullmatch(r"\d{5}", text):
        return text.strip()
    return (_SERIAL_DAY_ZERO + timedelta(days=int(text))).isoformat()


def _read_parquet(document: Document) -> Table:
    """The table as text cells by row number, whatever types the columns have. Raises RefusedFile as CSV files do."""
    try:
        table = parquet.read_table(pa.BufferReader(document.content))
        table.validate(full=True)
        columns = table.column_names
        texts = [column.cast(pa.string()).fill_null("") for column in table.columns]
    except (pa.ArrowException, OSError, ValueError) as fault:
        raise document.refuse("malformed_parquet", "The Parquet file is damaged. Download it again from its publisher.") from fault
    issues = column_issues(document.name, 1, columns, LAIT)
    if any(issue.severity == "error" for issue in issues):
        raise RefusedFile(issues)
    if len(set(columns)) < len(columns):
        raise document.refuse("header_names", f"A column name is given twice: {', '.join(columns)}.", 1)
    if not len(table):
        raise document.refuse("no_rows", "The table has columns and no figures in them.")
    cells = pa.table(texts, names=columns).to_pandas().astype("str")
    cells.index = pd.RangeIndex(1, len(cells) + 1, name="line")
    return Table(LAIT, cells, tuple(issues), ())


def _rows(cells: pd.DataFrame, places: Geographies) -> pd.DataFrame:
    numbers = cells["LA Number"].str.strip().str.removesuffix(".0")
    place_of = {number: places.by_old_la_code(number) for number in numbers.unique()}
    codes = {number: place.code if place else UNKNOWN_PLACE + number for number, place in place_of.items()}
    levels = {number: place.level if place else "Other" for number, place in place_of.items()}
    periods = {years: _period(years) for years in cells["Years"].unique()}
    rows = pd.DataFrame(
        {
            "line": cells.index,
            "measure": cells["Short Desc"],
            "breakdown": "",
            "geography_level": numbers.map(levels),
            "geography": numbers.map(codes),
            "geography_name": cells["LA and Regions"],
            "time_identifier": TIME_IDENTIFIER,
            "period": cells["Years"].map(periods),
            "text": cells["Values"],
        },
        index=cells.index,
    )
    return tidy(rows.assign(**read_figures(cells["Values"], _SYMBOLS)))


def _period(years: str) -> str:
    """The year in which a period ends; three-year ranges and what LAIT leaves open ("0") as published.

    >>> _period("2024/25"), _period("2018 (Rev)"), _period("2014-16")
    ('2025', '2018', '2014-16')
    """
    plain = _MARK.sub("", years.strip())
    return read_year(plain) or plain
