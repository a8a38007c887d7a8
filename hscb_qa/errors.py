"""Every fault this package raises on purpose, and the one shape of a fault found in a file.

Turns what went wrong into words for the person who can mend it: file, line, the value quoted, what is allowed. Refuses to carry a
count that disclosure control would hide: messages quote a cell only where the file is already published.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

Severity = Literal["error", "query"]


class HscbError(Exception):
    """A fault a person can mend. The command line prints it without a traceback and exits with 1."""


@dataclass(frozen=True)
class Issue:
    """One fault in a file: an `error` stops the file, a `query` lets it in and asks about it.

    `check` is the id of the rule that found it, `line` the line of the file (the header is 1), or None for the file as a whole. In a
    workbook `sheet` and `cell` say where, as "Figures" and "I12"; of an entry `field` does, as "says.quality".
    """

    severity: Severity
    check: str
    file: str
    line: int | None
    message: str
    sheet: str = ""
    cell: str = ""
    field: str = ""

    @property
    def place(self) -> str:
        """Where in the file, in words: `police.xlsx, sheet Figures, cell I12`."""
        sheet = f", sheet {self.sheet}" if self.sheet else ""
        within = f", cell {self.cell}" if self.cell else "" if self.line is None else f", line {self.line}"
        return f"{self.file}{sheet}{within}"

    def __str__(self) -> str:
        return f"{self.place}: {self.message}"


class RefusedFile(HscbError):
    """A file that is not what it should be. Nothing of it is kept; `issues` holds every fault, errors first."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(sorted(issues, key=lambda issue: issue.severity != "error"))
        super().__init__("\n".join(str(issue) for issue in self.issues))


class FaultyDefinitions(HscbError):
    """Configuration that cannot be used. `issues` holds every fault of every file."""

    def __init__(self, issues: Iterable[Issue]) -> None:
        self.issues = tuple(issues)
        super().__init__("\n".join(str(issue) for issue in self.issues))


class StoreFault(HscbError):
    """The ledger or an edition is missing, locked, or cannot be used as asked."""


class UnknownName(HscbError):
    """An id that stands for nothing: indicator, geography, area, agency, edition, source."""

    def __init__(self, kind: str, name: str, allowed: Iterable[str]) -> None:
        super().__init__(f"There is no {kind} '{name}'.{suggest(name, allowed)}")


def suggest(name: str, allowed: Iterable[str]) -> str:
    """Say what may have been meant: " Did you mean 'neglect'?", or nothing where no allowed name is near.

    >>> suggest("negelct", ["neglect", "training"])
    " Did you mean 'neglect'?"
    >>> suggest("x", ["neglect"])
    ''
    """
    near = get_close_matches(str(name), list(allowed), n=1)
    return f" Did you mean '{near[0]}'?" if near else ""
