"""Small sound returns of the shipped agencies, prepared as files, for trials that submit many of them."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pandas as pd

from hscb_qa.definitions import Framework
from hscb_qa.obligations import agencies_owing
from hscb_qa.periods import Period, periods_between
from hscb_qa.readers.return_form import QUESTIONS
from hscb_qa.templates import OBSERVATION_COLUMNS, figures_table, write_return

REASON = "Invented for a trial."
LARGE = ("childrens_social_care",)
NOTHING = pd.DataFrame(columns=list(OBSERVATION_COLUMNS))
QUARTERS = periods_between("2022-23 Q1", "2026-27 Q2", "quarter")


def owing(framework: Framework) -> Iterator[tuple[str, Period]]:
    """Agencies with a quarter each, all different, quarter by quarter; the one agency with a long form is left out."""
    for quarter in QUARTERS:
        yield from ((agency.id, quarter) for agency in agencies_owing(framework, quarter) if agency.id not in LARGE)


def prepare(framework: Framework, path: Path, agency: str, quarter: Period, random: Random) -> Path:
    """Write one return, as CSV or with a voice and an answer as XLSX.

    Plain counts are drawn; rows that must agree with others are not available, with the reason in their Note.
    """
    table = figures_table(framework, agency, quarter, NOTHING, illustrative=True)
    for row in table.index:
        returned = framework.indicators[table.at[row, "indicator"]].returned
        assert returned is not None
        if returned.gives == "value" or returned.breakdowns or returned.numerator_id or returned.denominator_id:
            table.loc[row, ["status", "note"]] = ["not available", f"Not counted, says number {random.randint(1, 99999)}"]
            continue
        table.loc[row, "numerator"] = random.randint(10, 99)
        table.loc[row, "denominator"] = random.randint(100, 999) if returned.gives == "counts" else float("nan")
    write_return(framework, path, table, _voice(random), pd.DataFrame([(QUESTIONS[0], "Nothing new.")], columns=["question", "answer"]))
    return path


def _voice(random: Random) -> pd.DataFrame:
    said = {"who": "children", "about": "", "method": "Group talk", "asked": str(random.randint(1, 30)), "date": "2022-05-03"}
    return pd.DataFrame([{**said, "message": "We want to be told what happens next.", "changed": "A letter after each talk."}])
