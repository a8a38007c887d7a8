"""The attack on an edition: what a reader of its shareable file, and of earlier ones, could work out of what is hidden.

Turns editions on disk into findings. Refuses to use a hidden number: the restricted files say only which figures to ask about.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd

from hscb_qa.definitions import Disclosure
from hscb_qa.disclosure import Breach, Rule, attack_latest, small_in
from hscb_qa.errors import StoreFault
from hscb_qa.publish.editions import Edition

_KEY = ["indicator", "role", "agency", "breakdown", "basis", "period"]


@dataclass(frozen=True)
class Finding:
    """A hidden figure that is not open enough: of `low` to `high` a reader is left with `least` to `most`, and which figures tell it."""

    figure: str
    least: float
    most: float
    low: float
    high: float
    told_by: tuple[str, ...]

    def __str__(self) -> str:
        told = "; ".join(self.told_by) or "what is public"
        return f"{self.figure}: {self.least:g} to {self.most:g} where {self.low:g} to {self.high:g} must stay open. Told by: {told}."


def findings(editions: Sequence[Edition], disclosure: Disclosure) -> list[Finding]:
    """Attack the last of these editions with all that a reader of their shareable files sees; empty where nothing hidden is told.

    Earlier editions made before they could be audited are left out. Raises StoreFault where the last one was, or where what
    editions show contradicts itself.
    """
    kept = [edition for edition in editions if _can_be_audited(edition)]
    if kept[-1:] != list(editions[-1:]):
        raise StoreFault(f"Edition {editions[-1].id} was made before editions could be audited. Publish again, and audit that one.")
    rule = Rule.agreed(disclosure)
    true = _together([_guarded(edition) for edition in kept])
    shown = _together([_as_read(edition) for edition in kept]).assign(adds=true["adds"])
    try:
        breaches = attack_latest(shown, small_in(true, rule), rule)
    except ValueError as fault:
        raise StoreFault(f"Edition {editions[-1].id} cannot be audited: {fault} Publish again.") from fault
    return [_finding(shown, breach) for breach in breaches]


def _together(frames: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The figures of several editions, numbered from the oldest."""
    numbered = [frame.assign(edition=number) for number, frame in enumerate(frames)]
    return pd.concat(numbered, ignore_index=True)


def _guarded(edition: Edition) -> pd.DataFrame:
    """The figures of an edition with their true numbers and the status they were shown with."""
    with duckdb.connect(str(edition.restricted), read_only=True) as connection:
        frame: pd.DataFrame = connection.sql(f"SELECT * FROM guarded ORDER BY {', '.join(_KEY)}").df()
    return frame


def _as_read(edition: Edition) -> pd.DataFrame:
    """The same figures as the shareable file shows them: of a figure on a page what stands in `points`, of others what stands beside it."""
    with duckdb.connect(str(edition.shareable), read_only=True) as connection:
        frame: pd.DataFrame = connection.sql(
            "SELECT d.* REPLACE ("
            "CASE WHEN d.role = 0 THEN COALESCE(p.status, 'c') ELSE d.status END AS status, "
            "CASE WHEN d.role = 0 THEN p.numerator ELSE d.numerator END AS numerator, "
            "CASE WHEN NOT d.divides THEN NULL WHEN d.role = 0 THEN p.denominator ELSE d.denominator END AS denominator) "
            "FROM guarded AS d LEFT JOIN (SELECT points.* FROM points JOIN board USING (geography)) AS p "
            "USING (indicator, agency, breakdown, basis, period) "
            f"ORDER BY {', '.join(f'd.{name}' for name in _KEY)}"
        ).df()
    return frame


def _can_be_audited(edition: Edition) -> bool:
    with duckdb.connect(str(edition.restricted), read_only=True) as connection:
        return bool(connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'guarded'").fetchall())


def _finding(shown: pd.DataFrame, breach: Breach) -> Finding:
    return Finding(
        _in_words(shown.iloc[breach.figure]),
        float(breach.least),
        float(breach.most),
        float(breach.low),
        float(breach.high),
        tuple(_in_words(shown.iloc[row]) for row in breach.told_by),
    )


def _in_words(row: "pd.Series[str]") -> str:
    whose = ", ".join(part for part in (row["agency"] or "board", row["breakdown"]) if part)
    return f"{row['indicator']}, {whose}, {row['basis']} {row['period']}"
