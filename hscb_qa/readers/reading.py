"""What every reader hands on: the figures of one file as tidy rows, with what was noticed on the way.

Keeps every cell of the file: one that cannot be read stays as its text, with no value and no status, for the checks to name.
"""

from dataclasses import dataclass, field

import pandas as pd

from hscb_qa.errors import Issue

COLUMNS = (
    "line",
    "measure",
    "breakdown",
    "geography_level",
    "geography",
    "geography_name",
    "time_identifier",
    "period",
    "value",
    "status",
    "text",
)
NEIGHBOUR_COLUMNS = ("line", "geography", "rank", "neighbour", "closeness")

STATUS_WORDS = {"c": "confidential", "x": "not available", "z": "not applicable", "u": "low reliability", "k": "rounds to zero"}


@dataclass(frozen=True, eq=False)
class Reading:
    """One published file, read whole.

    `rows` has the columns `COLUMNS`, or `NEIGHBOUR_COLUMNS` for the source `neighbours`. `issues` are faults of the file's form,
    `notes` what a person may want to know although nothing is wrong. `cells` holds the file's own text cells by line where checks
    need more than the figures, and is empty elsewhere; `dictionary` the publisher's description of its measures where one was given.
    """

    source: str
    file: str
    sha256: str
    rows: pd.DataFrame
    issues: tuple[Issue, ...] = ()
    notes: tuple[str, ...] = ()
    cells: pd.DataFrame = field(default_factory=pd.DataFrame)
    dictionary: pd.DataFrame | None = None

    def summary(self) -> str:
        """How many figures there are, and how many of them show no number and why.

        "17,056 figures: 16,938 shown, 62 confidential [c], 46 not available [x]."
        """
        if self.source == "neighbours":
            return f"{len(self.rows):,} neighbours of {self.rows['geography'].nunique():,} authorities."
        shown = int(self.rows["value"].notna().sum())
        parts = [f"{shown:,} shown"]
        counts = self.rows.loc[self.rows["value"].isna(), "status"].value_counts()
        parts += [f"{counts[status]:,} {words} [{status}]" for status, words in STATUS_WORDS.items() if status in counts]
        if "" in counts:
            parts.append(f"{counts['']:,} not readable")
        return f"{len(self.rows):,} figures: {', '.join(parts)}."


def tidy(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns of `COLUMNS` in their order: `line` int64, `value` float64, the others text, in the order of the lines."""
    ordered = rows.reset_index(drop=True).reindex(columns=list(COLUMNS)).sort_values("line", kind="stable", ignore_index=True)
    texts = {column: "str" for column in COLUMNS if column not in ("line", "value")}
    return ordered.astype({"line": "int64", "value": "float64", **texts})


def breakdown_of(parts: dict[str, pd.Series]) -> pd.Series:
    """Text such as "age=<15 yrs;sex=Persons" for every row: names sorted, a blank value left out. `parts` holds at least one."""
    pieces = [(name + "=" + part).where(part != "", "") for name, part in sorted(parts.items())]
    text = pieces[0]
    for piece in pieces[1:]:
        joint = pd.Series(";", index=text.index).where((text != "") & (piece != ""), "")
        text = text + joint + piece
    return text


def by_line(texts: pd.Series) -> list[tuple[int, str]]:
    """Pairs of line and text of a column whose index is the line."""
    return list(zip(texts.index.tolist(), texts.tolist(), strict=True))
