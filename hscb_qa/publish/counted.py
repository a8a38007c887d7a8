"""Evidence whose statement was counted, to figures of the agency and the period in which it was dated.

Turns the counts of the Board's evidence into the table `counted`. Refuses a count that nobody owes: it could be no agency's figure. Whether
a return gives the figure already, which then stands, is decided where returned figures are gathered.
"""

from datetime import date
from hashlib import md5
from itertools import groupby

import duckdb
import pandas as pd

from hscb_qa.periods import parse_period

_LATEST = """
SELECT
    entry,
    id AS event,
    CAST(content ->> '$.on' AS DATE) AS counted_on,
    content ->> '$.counts.indicator' AS indicator,
    content ->> '$.counts.agency' AS agency,
    CAST(content ->> '$.counts.numerator' AS DOUBLE) AS numerator,
    CAST(content ->> '$.counts.denominator' AS DOUBLE) AS denominator
FROM (
    SELECT events.*, ROW_NUMBER() OVER (PARTITION BY events.entry ORDER BY events.revision DESC) AS recency
    FROM ledger.entry_events AS events
    INNER JOIN edition_of ON events.made_at <= edition_of.moment
    WHERE events.kind = 'evidence'
) AS known
WHERE recency = 1 AND content ->> '$.counts.indicator' IS NOT NULL
"""
_TYPES = {
    **dict.fromkeys(("indicator", "agency", "period"), "string"),
    **dict.fromkeys(("numerator", "denominator"), "float64"),
    "entry": "string",
    "counted_on": "datetime64[s]",
    "version": "int64",
}


def write_counted(connection: duckdb.DuckDBPyConnection) -> None:
    """Write `counted_figures`, for these steps only: a row an indicator, agency and period. Of several for one, that dated last counts."""
    rows = connection.execute(
        "SELECT owed.indicator, owed.agency, owed.period, numerator, denominator, entry, counted_on, owed.period_type "
        f"FROM ({_LATEST}) AS given "
        "INNER JOIN owed USING (indicator, agency) ORDER BY 1, 2, 3, counted_on, event"
    ).fetchall()
    dated = [row[:7] for row in rows if _holds(row[2], row[7], row[6])]
    last = [list(several)[-1] for _, several in groupby(dated, key=lambda row: row[:3])]
    figures = pd.DataFrame([(*row, _version(*row[:5])) for row in last], columns=list(_TYPES)).astype(_TYPES)
    connection.register("figures_counted", figures)
    connection.execute(
        "CREATE TEMP TABLE counted_figures AS SELECT * REPLACE (CAST(counted_on AS DATE) AS counted_on) FROM figures_counted"
    )
    connection.unregister("figures_counted")


def keep_counted(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep what became a figure as `counted`, without any number, so that a page can say where the figure comes from.

    `given_none` tells those for which a return came that said "not available" from those for which none came.
    """
    connection.execute(
        "CREATE TABLE counted AS SELECT indicator, agency, period, counted_on, EXISTS ("
        "SELECT 1 FROM ledger.observations AS given JOIN returns USING (submission) WHERE returns.in_force AND given.breakdown = '' "
        "AND given.indicator = counted_figures.indicator AND returns.agency = counted_figures.agency "
        "AND given.period = counted_figures.period) AS given_none FROM counted_figures "
        "SEMI JOIN (SELECT * FROM returned WHERE submission IS NULL) AS used USING (indicator, agency, period) ORDER BY ALL"
    )


def _holds(text: str, period_type: str, day: date) -> bool:
    period = parse_period(text, period_type)  # type: ignore[arg-type]
    return period.start <= day <= period.end


def _version(*figure: object) -> int:
    """A number that belongs to this very figure, as a submission's does to a returned one; in no file that may be shared."""
    return int(md5(repr(figure).encode(), usedforsecurity=False).hexdigest()[:13], 16)
