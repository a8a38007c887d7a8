"""What an agency owes for a quarter to the file it fills, as XLSX, ODS or CSV, each with the same table of figures.

A filled table is written the same way, so that what is written can be read back exactly. Refuses an agency that owes nothing, and a file
name that does not say which kind is wanted.
"""

from pathlib import Path

import pandas as pd

from hscb_qa.definitions import Framework
from hscb_qa.errors import HscbError, suggest
from hscb_qa.periods import Period, parse_period
from hscb_qa.readers.return_form import FIGURE_HEADERS, ILLUSTRATIVE_FORM, NARRATIVE_HEADERS, NUMBERS, QUESTIONS, VOICE_HEADERS
from hscb_qa.templates.ods import ods_bytes
from hscb_qa.templates.table import OBSERVATION_COLUMNS, figures_table, number_text
from hscb_qa.templates.words import Cover
from hscb_qa.templates.xlsx import xlsx_bytes

__all__ = ["OBSERVATION_COLUMNS", "figures_table", "write_return", "write_template"]

SUFFIXES = (".xlsx", ".csv", ".ods")


def write_template(framework: Framework, agency_id: str, quarter: Period, path: Path, last: pd.DataFrame, *, illustrative: bool) -> None:
    """Write an agency's empty return of a quarter; the file's ending picks the kind. CSV has the figures alone.

    `last` has the agency's accepted observations (`OBSERVATION_COLUMNS`), shown for orientation. Raises HscbError where the agency owes
    nothing, the ending is another or the file cannot be written, UnknownName for an agency that is not configured.
    """
    write_return(framework, path, figures_table(framework, agency_id, quarter, last, illustrative=illustrative))


def write_return(
    framework: Framework, path: Path, table: pd.DataFrame, voices: pd.DataFrame | None = None, narrative: pd.DataFrame | None = None
) -> None:
    """Write a return, filled or not. `table` is as `figures_table` gives it, with any cells filled: statuses as the words of the form.

    `voices` has the text columns of `VOICE_HEADERS`, days as ISO text; `narrative` those of `NARRATIVE_HEADERS`, questions left out are
    added without answer. Raises HscbError as `write_template`.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise HscbError(f"'{path.name}' does not say what to write. End it in {', '.join(SUFFIXES)}.{suggest(suffix, SUFFIXES)}")
    cover = _cover(framework, table)
    said = voices if voices is not None else pd.DataFrame(columns=list(VOICE_HEADERS), dtype="str")
    if suffix == ".csv":
        content = _as_text(table).to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")
    else:
        content = (xlsx_bytes if suffix == ".xlsx" else ods_bytes)(cover, table, said, _all_questions(narrative))
    try:
        path.write_bytes(content)
    except OSError as fault:
        raise HscbError(f"{path} cannot be written: {fault.strerror or fault}. Close it where it is open, or name another file.") from fault


def _cover(framework: Framework, table: pd.DataFrame) -> Cover:
    first = table.iloc[0]
    return Cover(
        framework, framework.agency(first["agency"]), parse_period(first["quarter"], "quarter"), first["form"] == ILLUSTRATIVE_FORM
    )


def _as_text(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its headers, whole numbers without a decimal point."""
    numbers = {part: table[part].map(lambda number: "" if pd.isna(number) else number_text(number)) for part in NUMBERS}
    return table.assign(**numbers).rename(columns=FIGURE_HEADERS)


def _all_questions(narrative: pd.DataFrame | None) -> pd.DataFrame:
    """The answers given, and the form's other questions without one, in the form's order."""
    answers = dict(zip(narrative["question"], narrative["answer"], strict=True)) if narrative is not None else {}
    return pd.DataFrame([(question, answers.get(question, "")) for question in QUESTIONS], columns=list(NARRATIVE_HEADERS), dtype="str")
