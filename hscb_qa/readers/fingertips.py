"""Files of OHID's Fingertips to tidy rows: one for each value, limit, count and denominator of each line.

Takes the download and the two layouts in which councils upload figures, told apart by their columns. A blank is "not available",
or "confidential" where the value note says it was suppressed. Trend and comparison words are judgements, not figures, and stay out.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from hscb_qa.geographies import Geographies
from hscb_qa.periods import read_year
from hscb_qa.readers.delimited import read_table
from hscb_qa.readers.document import open_document
from hscb_qa.readers.figures import read_figures
from hscb_qa.readers.fingertips_uploads import describe_dated_upload, describe_numbered_upload
from hscb_qa.readers.forms import FINGERTIPS, FINGERTIPS_DATED_UPLOAD, FINGERTIPS_NUMBERED_UPLOAD, Form
from hscb_qa.readers.reading import Reading, breakdown_of, tidy

_QUARTER = re.compile(r"(\d{4})/(\d{2}) Q([1-4])")
_SUPPRESSED = "suppressed"
_NOT_AVAILABLE = {"": "x", "-1": "x"}
"""A blank, and the -1 which Fingertips writes where there is none."""

_MEASURES = {
    "value": ("Value", "value"),
    "count": ("Count", "count"),
    "denominator": ("Denominator", "denominator"),
    "denominator_2": ("Denominator_2",),
    "lower95": ("Lower CI 95.0 limit", "LowerCI95", "lower_ci_95"),
    "upper95": ("Upper CI 95.0 limit", "UpperCI95", "upper_ci_95"),
    "lower99.8": ("Lower CI 99.8 limit", "LowerCI99_8", "lower_ci_99_8"),
    "upper99.8": ("Upper CI 99.8 limit", "UpperCI99_8", "upper_ci_99_8"),
}
"""The columns that hold each measure in one layout or another."""


def read_fingertips(path: Path, _: Geographies) -> Reading:
    """Read a file. Measures are named "90284 value"; without the number where a layout does not give it. Raises RefusedFile."""
    document = open_document(path, (".csv",))
    table = read_table(document, *_DESCRIPTIONS)
    known = _DESCRIPTIONS[table.form](table.cells)
    return Reading(
        source="fingertips",
        file=document.name,
        sha256=document.sha256,
        rows=_rows(table.cells, known),
        issues=table.issues,
        notes=(*table.notes, *_notes(table.cells)),
        cells=table.cells,
    )


def describe_download(cells: pd.DataFrame) -> pd.DataFrame:
    """Indicator, breakdown, place and period of each line of a download."""
    parts = {"age": "Age", "category": "Category", "category_type": "Category Type", "sex": "Sex"}
    return pd.DataFrame(
        {
            "indicator": cells["Indicator ID"],
            "breakdown": breakdown_of({name: cells[column] for name, column in parts.items()}),
            "geography_level": cells["Area Type"],
            "geography": cells["Area Code"].str.strip(),
            "geography_name": cells["Area Name"],
            "time_identifier": "Time period",
            "period": cells["Time period"].map(_period),
        }
    )


_DESCRIPTIONS: dict[Form, Callable[[pd.DataFrame], pd.DataFrame]] = {
    FINGERTIPS: describe_download,
    FINGERTIPS_NUMBERED_UPLOAD: describe_numbered_upload,
    FINGERTIPS_DATED_UPLOAD: describe_dated_upload,
}


def _period(text: str) -> str:
    """The year in which a period ends, or a quarter; anything else as published.

    >>> _period("2010/11"), _period("2022/23 Q4"), _period("2019/20 - 21/22")
    ('2011', '2022-23 Q4', '2019/20 - 21/22')
    """
    quarter = _QUARTER.fullmatch(text)
    if quarter:
        return f"{quarter[1]}-{quarter[2]} Q{quarter[3]}"
    return read_year(text) or text


def _rows(cells: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    note = cells["Value note"] if "Value note" in cells else pd.Series("", index=cells.index)
    suppressed = note.str.contains(_SUPPRESSED, case=False)
    each = []
    for measure, columns in _MEASURES.items():
        column = next((column for column in columns if column in cells), None)
        if column is None:
            continue
        figures = read_figures(cells[column], _NOT_AVAILABLE)
        figures = _without_placeholders(figures, cells[column])
        figures["status"] = figures["status"].mask((figures["status"] == "x") & suppressed, "c")
        name = (known["indicator"] + " " + measure).str.strip()
        each.append(known.assign(line=cells.index, measure=name, text=cells[column], **figures))
    return tidy(pd.concat(each))


def _without_placeholders(figures: pd.DataFrame, texts: pd.Series) -> pd.DataFrame:
    """The figures with no value where Fingertips wrote -1 for none."""
    return figures.assign(value=figures["value"].mask(texts.str.strip() == "-1"))


def _notes(cells: pd.DataFrame) -> list[str]:
    """The publisher's cautions, with the number of lines they stand on."""
    if "Value note" not in cells:
        return []
    counts = cells.loc[cells["Value note"] != "", "Value note"].value_counts()
    return [f"Value note on {count:,} lines: {note}." for note, count in counts.items()]
