"""The columns by which each published form is known, and what to say of a file that lacks some.

A file is taken for the form of which it has most columns. Refuses a file with a column short, and names the source whose columns it has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from hscb_qa.errors import Issue, suggest
from hscb_qa.readers.figures import is_number


@dataclass(frozen=True)
class Form:
    """One layout of columns. `optional` columns are known too; None where any further column is welcome.

    `aliases` gives the proper name of columns that some files write differently.
    """

    title: str
    mandatory: tuple[str, ...]
    optional: tuple[str, ...] | None = None
    aliases: Mapping[str, str] = field(default_factory=dict, hash=False)

    def rename(self, columns: Sequence[str]) -> tuple[str, ...]:
        """The columns by their proper names."""
        return tuple(self.aliases.get(column, column) for column in columns)

    def missing(self, columns: Sequence[str]) -> list[str]:
        """The mandatory columns that are not among `columns`."""
        found = set(self.rename(columns))
        return [column for column in self.mandatory if column not in found]

    def likeness(self, columns: Sequence[str]) -> float:
        """The share of mandatory columns that are there, from 0 to 1."""
        return 1 - len(self.missing(columns)) / len(self.mandatory)


EES = Form(
    "the tidy form of Explore Education Statistics", ("time_period", "time_identifier", "geographic_level", "country_code", "country_name")
)
EES_METADATA = Form("metadata of Explore Education Statistics", ("col_name", "col_type"))
LAIT = Form(
    "the long table of the Local Authority Interactive Tool (LAIT)",
    ("Short Desc", "Years", "LA and Regions", "Values", "LA Number"),
    ("Data item", "Region"),
)
LAIT_DICTIONARY = Form(
    "the data dictionary of the Local Authority Interactive Tool (LAIT)",
    ("Measure_short", "Measure", "Data Owner (DO) /Supplier and Contact Details", "Last Update", "Next Update", "Polarity", "dps"),
)
NEIGHBOURS = Form(
    "the wide form of statistical neighbours",
    ("old_la_code", "la_name", *(f"SN_{rank}{part}" for rank in range(1, 11) for part in ("", "P"))),
    ("region_ind", "region_name"),
)
MPS_CRIME = Form("recorded crime of the Metropolitan Police by borough", ("MajorText", "MinorText", "BoroughName"))

_LIMITS_99_8 = ("Lower CI 99.8 limit", "Upper CI 99.8 limit")
FINGERTIPS = Form(
    "the download of Fingertips",
    (
        *("Indicator ID", "Area Code", "Area Name", "Area Type", "Sex", "Age", "Category Type", "Category", "Time period"),
        *("Value", "Lower CI 95.0 limit", "Upper CI 95.0 limit", "Count", "Denominator"),
    ),
    (
        *("Indicator Name", "Parent Code", "Parent Name", *_LIMITS_99_8, "Value note", "Recent Trend"),
        *("Compared to England value or percentiles", "Compared to Regions (statistical) value or percentiles"),
        *("Compared to Counties & UAs (from Apr 2023) value or percentiles", "Compared to parent value or percentiles"),
        *("Time period Sortable", "New data", "Compared to goal", "Time period range"),
    ),
)
_PHOLIO = (
    *("IndicatorId", "Year", "YearRange", "Quarter", "Month", "AgeId", "SexId", "AreaCode", "Count", "Value"),
    *("LowerCI95", "UpperCI95", "Denominator", "Denominator_2", "ValueNoteId", "CategoryTypeId", "CategoryId"),
)
FINGERTIPS_NUMBERED_UPLOAD = Form(
    "the upload of Fingertips with numbered ages, sexes and categories",
    _PHOLIO,
    ("LowerCI99_8", "UpperCI99_8"),
    {column.upper(): column for column in _PHOLIO} | {"LOWERCI": "LowerCI95", "UPPERCI": "UpperCI95"},
)
FINGERTIPS_DATED_UPLOAD = Form(
    "the upload of Fingertips with dates",
    (
        *("area_code", "date_from", "date_to", "period_type", "sex", "age_from_years_inclusive", "age_to_years_inclusive"),
        *("deprivation_decile", "deprivation_category", "count", "value", "denominator"),
        *("lower_ci_95", "upper_ci_95", "lower_ci_99_8", "upper_ci_99_8"),
    ),
    (),
)

ALL_FORMS = (
    *(EES, EES_METADATA, LAIT, LAIT_DICTIONARY, NEIGHBOURS, MPS_CRIME),
    *(FINGERTIPS, FINGERTIPS_NUMBERED_UPLOAD, FINGERTIPS_DATED_UPLOAD),
)


def likeliest_form(columns: Sequence[str], forms: Iterable[Form]) -> Form:
    """The form of which most mandatory columns are there; the first of those that come equal."""
    return max(forms, key=lambda form: form.likeness(columns))


def column_issues(file: str, line: int, columns: Sequence[str], form: Form) -> list[Issue]:
    """One error that names every missing column, and one query for columns the form does not know; empty where all is well."""
    missing = form.missing(columns)
    if len(missing) == len(form.mandatory):
        return [Issue("error", "missing_columns", file, line, _foreign_message(columns, form))]
    issues = []
    if missing:
        issues.append(Issue("error", "missing_columns", file, line, _missing_message(columns, missing, form)))
    unknown = _unknown(columns, form)
    if unknown:
        message = (
            f"These columns do not belong to {form.title} and were not read: {_quoted(unknown)}. Check that nothing wanted stands there."
        )
        issues.append(Issue("query", "unexpected_columns", file, line, message))
    return issues


def _unknown(columns: Sequence[str], form: Form) -> list[str]:
    if form.optional is None:
        return []
    known = {*form.mandatory, *form.optional, *form.aliases}
    return [column for column in dict.fromkeys(columns) if column.strip() and column not in known]


def _missing_message(columns: Sequence[str], missing: list[str], form: Form) -> str:
    spare = [column for column in columns if column not in form.mandatory]
    hints = "".join(dict.fromkeys(suggest(column, spare) for column in missing))
    return f"Columns of {form.title} are missing: {_quoted(missing)}.{hints}{_other_form(columns, form)}"


def _foreign_message(columns: Sequence[str], form: Form) -> str:
    """What to say of a file that has none of a form's columns."""
    message = f"There is none of the columns of {form.title}: {_quoted(form.mandatory)}.{_other_form(columns, form)}"
    if any(is_number(pd.Series(list(columns), dtype="str"))):
        message += f" The first line reads '{_shortened(columns)}'. Is the line with the column names missing?"
    return message


def _other_form(columns: Sequence[str], form: Form) -> str:
    other = likeliest_form(columns, ALL_FORMS)
    better = other is not form and other.likeness(columns) > form.likeness(columns)
    return f" These look like the columns of {other.title}." if better else ""


def _quoted(columns: Iterable[str]) -> str:
    return ", ".join(f"'{column}'" for column in columns)


def _shortened(columns: Sequence[str], width: int = 60) -> str:
    text = ",".join(columns)
    return text if len(text) <= width else text[:width] + "…"
