"""What agencies wrote, to the texts of an edition: all of them for named users, and for everybody the wordings that were approved.

Refuses to let an unapproved text into the shareable file in any column. An approved wording is held against the disclosure rule of this day
once more, since the rule may have been made stricter after the approval.
"""

import duckdb
import pandas as pd

from hscb_qa.checks.sharing import obstacles
from hscb_qa.definitions import Framework
from hscb_qa.publish.named import hidden_numbers, names
from hscb_qa.readers.return_form import QUESTIONS, SPEAKERS, plain

_COLUMNS = (
    "submission, agency, return_period, sheet, line, field, indicator, breakdown, area, period, who, method, "
    "CAST(asked AS INTEGER) AS asked, CAST(spoken_on AS DATE) AS spoken_on, question, original, wording, approved_by, role, "
    "CAST(approved_on AS DATE) AS approved_on"
)
_WORDS = ("breakdown", "who", "method", "original", "wording", "approved_by", "role")


def write_texts(connection: duckdb.DuckDBPyConnection, framework: Framework) -> None:
    """Write the table `texts` from `texts_written`: a row a text, the newest return first.

    `area` is the id of what a voice is about, `question` and `who` are the form's own words; all are empty where the agency wrote something
    else. In the shareable file rows without approved wording are left out, `original` is empty, and so are `method` where it tells of
    people, and `asked` where it is a small count.
    """
    written = _named(connection.sql("SELECT * FROM texts_written").df(), framework)
    [(shareable,)] = connection.execute("SELECT shareable FROM edition_of").fetchall()
    rows = _shareable(_silent(connection, written), framework.disclosure.threshold) if shareable else written
    connection.register("texts_given", rows.astype({**dict.fromkeys(_WORDS, "string"), "asked": "Int32"}))
    connection.execute(f"CREATE TABLE texts AS SELECT {_COLUMNS} FROM texts_given")
    connection.unregister("texts_given")


def _silent(connection: duckdb.DuckDBPyConnection, written: pd.DataFrame) -> pd.DataFrame:
    """The texts without those beside a figure that name, in digits, a hidden number of that indicator, agency and period."""
    beside = written.reset_index()[["index", "indicator", "agency", "period", "wording"]].merge(
        hidden_numbers(connection), on=["indicator", "agency", "period"]
    )
    said = [names(words, numbers) for words, numbers in zip(beside["wording"], beside["numbers"], strict=True)]
    return written[~written.index.isin(beside.loc[said, "index"])]


def _named(written: pd.DataFrame, framework: Framework) -> pd.DataFrame:
    """The texts with the indicator, area or question each is about, by its id or the form's own words; none of what was written there."""
    areas = {
        plain(name): area.id for year in framework.plan_years for area in year.areas for name in (area.id, area.short_title, area.title)
    }
    questions = {plain(question): question for question in QUESTIONS}
    known = {
        "indicator": ("Figures", {one: one for one in framework.indicators}),
        "area": ("Voices", areas),
        "question": ("Narrative", questions),
    }
    about = [(sheet, plain(about)) for sheet, about in zip(written["sheet"], written["about"], strict=True)]
    named = {name: [names.get(said, "") if on == sheet else "" for on, said in about] for name, (sheet, names) in known.items()}
    named["who"] = [plain(who) if plain(who) in SPEAKERS else "" for who in written["who"].fillna("")]
    return written.assign(**{name: pd.Series(ids, index=written.index, dtype="string") for name, ids in named.items()})


def _shareable(written: pd.DataFrame, threshold: int) -> pd.DataFrame:
    approved = written[written["wording"].notna()].astype({"original": "string", "method": "string", "asked": "Int32"})
    found = obstacles([*approved["wording"], *approved["method"].dropna()], threshold)
    rows = approved[~approved["wording"].isin(found.keys())]
    return rows.assign(
        original=rows["original"].mask(rows["original"].notna()),
        method=rows["method"].mask(rows["method"].isin(found.keys())),
        asked=rows["asked"].mask(rows["asked"] <= threshold),
    )
