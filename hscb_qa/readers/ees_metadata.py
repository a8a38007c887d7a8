"""The metadata file beside a tidy data file to the role of each column: filter or indicator.

Takes names and types; labels, units, hints and decimal places serve DfE's own screens and are not read. Refuses nothing on its own
account: what the metadata leaves open is settled from the cells, and where it contradicts the data there is a query.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from hscb_qa.errors import Issue, suggest
from hscb_qa.readers.delimited import read_table
from hscb_qa.readers.document import metadata_path, read_document
from hscb_qa.readers.faults import gather_faults
from hscb_qa.readers.forms import EES, EES_METADATA

_ROLES = ("Filter", "Indicator")


@dataclass(frozen=True)
class Metadata:
    """What a metadata file says of the columns: `roles` gives "Filter" or "Indicator" by column."""

    roles: dict[str, str]
    issues: tuple[Issue, ...]


def read_metadata(data_file: Path, columns: list[str]) -> Metadata | None:
    """The metadata of a data file with these columns; None where there is none beside it. Raises RefusedFile for a file that is no CSV."""
    path = metadata_path(data_file)
    if not path.is_file():
        return None
    document = read_document(path)
    table = read_table(document, EES_METADATA)
    cells = table.cells.reindex(columns=["col_name", "col_type", "filter_grouping_column"], fill_value="")
    rows = [(line, *(str(cell) for cell in row)) for line, *row in cells.itertuples()]
    issues = gather_faults("query", "meta_columns", document.name, _disagreements(rows, columns))
    return Metadata(_roles(rows), (*table.issues, *issues))


def _roles(rows: list[tuple[int, str, str, str]]) -> dict[str, str]:
    """Roles by column. A column that groups a filter is a filter too; one described in two ways is left to its cells."""
    kinds: dict[str, set[str]] = {}
    for _, name, kind, grouped_by in rows:
        kinds.setdefault(name, set()).add(kind.capitalize())
        if grouped_by:
            kinds.setdefault(grouped_by, {"Filter"})
    agreed = {name: found.pop() for name, found in kinds.items() if len(found) == 1 and name not in EES.mandatory}
    return {name: kind for name, kind in agreed.items() if kind in _ROLES}


def _disagreements(rows: list[tuple[int, str, str, str]], columns: list[str]) -> Iterator[tuple[int, str]]:
    names = [name for _, name, _, _ in rows]
    for position, (line, name, kind, _) in enumerate(rows):
        if name in names[:position]:
            yield line, f"The column '{name}' is described twice. Keep one of the two lines."
        if name not in columns:
            yield line, f"There is no column '{name}' in the data.{suggest(name, columns)}"
        if kind.capitalize() not in _ROLES:
            yield (line, f"'{kind}' is not a type of column. Allowed are Filter and Indicator. The cells decided instead.")
        if name in EES.mandatory:
            yield line, f"'{name}' is a column of time or place; it was read as that and not as a {kind.lower()}."
