"""Editions to the figures the gate looks at: what each truly is, and what a reader of the shareable file sees of it.

Both come from the table `guarded` of the restricted file, which says what stands on returns, and from the points of the shareable one.
Refuses to read an edition made before there was such a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd

from hscb_qa.publish.editions import Edition

KEY = ["indicator", "role", "agency", "breakdown", "basis", "period"]
_SHOWN = (
    "SELECT g.* REPLACE ("
    "CASE WHEN g.role = 0 AND g.status IN ('', 'c') THEN COALESCE(p.status, 'c') ELSE g.status END AS status), "
    "CASE WHEN g.role = 0 THEN p.numerator WHEN g.status = '' THEN g.numerator END AS shown_numerator, "
    "CASE WHEN NOT g.divides THEN NULL WHEN g.role = 0 THEN p.denominator WHEN g.status = '' THEN g.denominator END AS shown_denominator "
    "FROM restricted.guarded AS g LEFT JOIN (SELECT points.* FROM shareable.points JOIN shareable.board USING (geography)) AS p "
    "USING (indicator, agency, breakdown, basis, period) "
    f"ORDER BY {', '.join(f'g.{name}' for name in KEY)}"
)


@dataclass(frozen=True)
class Hidden:
    """How many figures an edition has that stand on returns, how many it hides by reason, and how many of these are told elsewhere."""

    figures: int
    reasons: dict[str, int]
    exposed: int


def hidden_of(edition: Edition) -> Hidden:
    """Count what an edition hides of the figures it could show."""
    with duckdb.connect(str(edition.restricted), read_only=True) as connection:
        shown = "FROM guarded WHERE role = 0 AND status IN ('', 'c') AND breakdown NOT LIKE '%=rest'"
        [(figures, exposed)] = connection.execute(f"SELECT COUNT(*), COUNT(*) FILTER (WHERE exposed) {shown}").fetchall()
        reasons = connection.execute(f"SELECT reason, COUNT(*) {shown} AND reason <> '' GROUP BY reason ORDER BY 2 DESC, 1").fetchall()
    return Hidden(figures, dict(reasons), exposed)


def has_guarded(edition: Edition) -> bool:
    """Whether an edition says what the gate looked at and why it hid; those made before it did are read by nobody."""
    with duckdb.connect(str(edition.restricted), read_only=True) as connection:
        return bool(connection.execute("SELECT 1 FROM duckdb_columns() WHERE (table_name, column_name) = ('guarded', 'reason')").fetchall())


def guarded_figures(editions: Sequence[Edition]) -> pd.DataFrame:
    """Give the figures of these editions, numbered from the oldest (`edition`), with their true numbers and the status each is shown with.

    `shown_numerator` and `shown_denominator` are what is shown of them; what publishers show or may show (`fixed`) is shown to the unit.
    """
    frames = [_figures_of(edition).assign(edition=number) for number, edition in enumerate(editions)]
    return pd.concat(frames, ignore_index=True)


def _figures_of(edition: Edition) -> pd.DataFrame:
    with duckdb.connect() as connection:  # its own database: two who publish at once may read the same edition
        for name, path in (("restricted", edition.restricted), ("shareable", edition.shareable)):
            quoted = str(path).replace("'", "''")
            connection.execute(f"ATTACH '{quoted}' AS {name} (READ_ONLY)")
        frame: pd.DataFrame = connection.sql(_SHOWN).df()
    return frame


def as_read(figures: pd.DataFrame) -> pd.DataFrame:
    """Give the figures with the numbers that are shown of them."""
    shown = {part: figures[f"shown_{part}"] for part in ("numerator", "denominator")}
    return figures.assign(**shown).drop(columns=["shown_numerator", "shown_denominator"])
