"""How long the signals of many series take beside reading the same rows, in one run, and how that grows.

Invented series of 40 quarters without a change, as `72_series.sql` leaves them: counts, rare counts, percentages of even and of uneven
bases, and ready figures, a fifth each. Run with `make bench`, or with other numbers of series: `python benchmarks/signals.py 500000`, which
takes some minutes and 4 GB of disk.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

from hscb_qa.definitions import load_framework
from hscb_qa.publish.signals import BLOCK, find_special_causes

POINTS = 40
MEMORY = "2500MB"
"""What DuckDB may hold at once; what is more goes to disk."""
_READ = "series, position, value, numerator, denominator, unit, overlapping, part, follows, polarity, target"
_SERIES = f"""
CREATE TABLE series AS
WITH chance AS (
    SELECT
        s.number AS series,
        p.position,
        s.number % 5 AS kind,
        (HASH(s.number, p.position, 1) % 1000000 + 0.5) / 1000000 AS one,
        (HASH(s.number, p.position, 2) % 1000000 + 0.5) / 1000000 AS other,
        CASE s.number % 5 WHEN 3 THEN 400 WHEN 4 THEN 200 + HASH(s.number, p.position, 3) % 800 END AS denominator
    FROM (SELECT UNNEST(RANGE(1, ? + 1)) AS number) AS s
    CROSS JOIN (SELECT UNNEST(RANGE({POINTS})) AS position) AS p
),

drawn AS (
    SELECT *, SQRT(-2 * LN(one)) * COS(2 * PI() * other) AS normal
    FROM chance
),

measured AS (
    SELECT
        *,
        CASE
            WHEN kind = 1 THEN FLOOR(other * 1.3)
            WHEN kind = 2 THEN ROUND(100 + 10 * normal)
            WHEN kind > 2 THEN ROUND(denominator * 0.4 + SQRT(denominator * 0.24) * normal)
        END AS numerator
    FROM drawn
)

SELECT
    'indicator_' || series % 500 AS indicator,
    'E09' || LPAD(CAST(series // 500 AS VARCHAR), 6, '0') AS geography,
    '' AS agency,
    '' AS breakdown,
    'quarter' AS basis,
    '2016-17 Q' || position AS period,
    CAST(DATE '2016-06-30' + position * INTERVAL 3 MONTH AS DATE) AS ends,
    COALESCE(numerator * 100 / COALESCE(denominator, 100), 50 + 5 * normal) AS value,
    CAST(numerator AS DOUBLE) AS numerator,
    CAST(denominator AS DOUBLE) AS denominator,
    CASE WHEN kind = 0 THEN 'score' WHEN kind > 2 THEN 'percent' ELSE 'count' END AS unit,
    CASE series % 3 WHEN 0 THEN 'higher' WHEN 1 THEN 'lower' ELSE 'neutral' END AS polarity,
    FALSE AS overlapping,
    CAST(NULL AS DATE) AS counts_from,
    CAST(position AS INTEGER) AS position,
    series,
    series AS part,
    position > 0 AS follows,
    CASE WHEN series % 10 = 0 THEN 60.0 END AS target
FROM measured
ORDER BY series, ends
"""


def timed(work: Callable[[], Any]) -> float:
    """Seconds the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def read(connection: duckdb.DuckDBPyConnection, series: int) -> None:
    """Read the columns that are judged as arrays, in the blocks in which they are judged."""
    step = BLOCK // POINTS
    for first in range(1, series + 1, step):
        last = first + step - 1
        connection.execute(f"SELECT {_READ} FROM series WHERE series BETWEEN ? AND ? ORDER BY series, position", [first, last]).fetchnumpy()


def measure(folder: Path, series: int) -> None:
    """Print seconds and ratios for one number of series, and the most memory the process has held so far."""
    rule = load_framework().signals.charts
    write = (files("hscb_qa.publish") / "sql" / "74_signals.sql").read_text(encoding="utf-8")
    with duckdb.connect(str(folder / f"{series}.duckdb")) as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        connection.execute(_SERIES, [series])
        connection.execute("CREATE TABLE chart_rules AS SELECT CAST(? AS BIGINT) AS trial_below", [rule.trial_below])
        parts = {
            "read the rows": timed(lambda: read(connection, series)),
            "find special causes": timed(lambda: find_special_causes(connection, rule)),
            "write charts and signals": timed(lambda: connection.execute(write)),
        }
        [(rows, signals)] = connection.execute("SELECT COUNT(*), COUNT(NULLIF(rule, '')) FROM signals").fetchall()
    for name, seconds in {**parts, "signals in all": sum(parts.values()) - parts["read the rows"]}.items():
        print(f"{series:>9,} series   {name:26} {seconds:8.2f} s   {seconds / parts['read the rows']:6.2f} x reading the rows")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{series:>9,} series   {rows:,} rows of signals, of which {signals:,} special causes; {peak:,.0f} MB at most")


def main() -> None:
    """Measure 50,000 series, or the numbers of series given."""
    with tempfile.TemporaryDirectory(prefix="hscb-qa-bench-") as folder:
        for series in map(int, sys.argv[1:] or ("50000",)):
            measure(Path(folder), series)


if __name__ == "__main__":
    main()
