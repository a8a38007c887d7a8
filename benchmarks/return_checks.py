"""How long the checks of a return of 20,000 rows take beside reading its bare file, in one run.

An agency that owes some 770 invented indicators by every breakdown, and gave them for three years: far more than any agency does.
Run with `make bench`.
"""

import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from itertools import islice
from typing import Any

import pandas as pd
import xlsxwriter
from python_calamine import CalamineWorkbook

from hscb_qa.checks.returns import HISTORY, check_return
from hscb_qa.definitions import Framework, Indicator, load_framework
from hscb_qa.obligations import items_owed
from hscb_qa.periods import parse_period, periods_between
from hscb_qa.readers.return_form import FIGURE_HEADERS, FORM, REQUIRED
from hscb_qa.readers.returns import read_return_bytes

ROWS = 20_000
QUARTER = parse_period("2026-27 Q2", "quarter")
BREAKDOWNS = ("age_band", "sex", "ethnicity", "district")
RETURNED = {"agencies": ["police"], "every": "quarter", "counting": "flow", "gives": "counts", "breakdowns": BREAKDOWNS}


def large_framework() -> Framework:
    """The shipped agencies and breakdowns, with as many copies of one indicator as make up the rows."""
    framework = load_framework()
    like = next(iter(framework.indicators.values())).model_dump()
    changes = {"unit": "percent", "interval": "wilson", "published": None, "cross_checks": (), "returned": RETURNED, "denominator": "All."}
    parts = 1 + sum(len(framework.returns.texts(breakdown)) for breakdown in BREAKDOWNS)
    ids = [f"invented_{number}" for number in range(ROWS // parts + 1)]
    return framework.model_copy(update={"indicators": {one: Indicator.model_validate({**like, **changes, "id": one}) for one in ids}})


def figures(framework: Framework) -> pd.DataFrame:
    """The rows of a sound return: each whole is 60, 120 or 180, and parted evenly in every breakdown."""
    parts = {one.id: len(one.values) for one in framework.returns.breakdowns}
    even = {kind: 60 // number for kind, number in parts.items()}
    rows = []
    for item in items_owed(framework, "police", QUARTER):
        whole = even.get(item.breakdown.split("=")[0], 60) * (1 + int(item.indicator.id.split("_")[1]) % 3)
        head = {"form": FORM, "agency": "police", "quarter": QUARTER.text, "indicator": item.indicator.id, "period": item.period.text}
        rows.append({**head, "breakdown": framework.returns.label(item.breakdown), "numerator": whole // 2, "denominator": whole})
    return pd.DataFrame(rows, columns=list(REQUIRED)).astype(object).fillna("")


def as_workbook(rows: pd.DataFrame) -> bytes:
    """The rows as the Figures sheet of a workbook."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Figures")
    for number, cells in enumerate([[FIGURE_HEADERS[column] for column in rows], *rows.to_numpy().tolist()]):
        sheet.write_row(number, 0, cells)
    book.close()
    return buffer.getvalue()


def accepted(framework: Framework, rows: pd.DataFrame) -> pd.DataFrame:
    """Twelve quarters of accepted figures for every row, moving a little from each to the next."""
    texts = {framework.returns.label(text): text for text in ["", *framework.returns.labels]}
    past = [*islice(periods_between("2023-24 Q2", "2026-27 Q1", "quarter"), 12)]
    like = rows[["indicator", "breakdown", "numerator", "denominator"]].assign(
        breakdown=rows["breakdown"].map(texts), value=None, status=""
    )
    quarters = [
        like.assign(period=one.text, period_end=pd.Timestamp(one.end), numerator=like["numerator"] - place % 3)
        for place, one in enumerate(past)
    ]
    return pd.concat(quarters, ignore_index=True).astype(HISTORY)


def timed(work: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """The shortest of a few runs in seconds, and what the work gave."""
    runs = []
    for _ in range(times):
        start = time.perf_counter()
        given = work()
        runs.append(time.perf_counter() - start)
    return min(runs), given


def main() -> None:
    """Print seconds, and the ratio to reading the bare file."""
    framework = large_framework()
    rows = figures(framework)
    content, history = as_workbook(rows), accepted(framework, rows)
    bare, _ = timed(lambda: CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_name("Figures").to_python())
    read, given = timed(lambda: read_return_bytes("police.xlsx", content, framework))
    check, issues = timed(lambda: check_return(given, framework, lambda _: history, date(2026, 10, 20)))
    found = ", ".join(sorted({issue.check for issue in issues})) or "no issue"
    for name, seconds in (("bare file, cells alone", bare), ("read as a return", read), ("every check", check)):
        print(f"{name:45} {seconds:7.2f} s   {seconds / bare:6.2f} x the bare file")
    print(f"{len(given.rows):,} rows beside {len(history):,} accepted figures: {found}")


if __name__ == "__main__":
    main()
