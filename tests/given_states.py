"""Small stores in the states that a page has words for: empty, loaded and not published, and one agency's one return."""

from datetime import date
from pathlib import Path

from invented import cells, submit

from hscb_qa.definitions import Framework
from hscb_qa.intake import SubmitTerms, submit_returns
from hscb_qa.ledger import observations_in_force, record
from hscb_qa.obligations import due_day, quarters_owed
from hscb_qa.publish import publish_edition
from hscb_qa.templates import figures_table, write_return
from hscb_qa.templates.table import asked_of

PAGES = ("", "neglect", "partners_duties", "indicator", "returns", "methods")
AGENCY = "youth_justice"
_GIVEN = {"numerator": 3.0, "denominator": 9.0, "value": 1.0}


def bare_store(store: Path) -> Path:
    """A store with a ledger in which nothing stands."""
    record(store, [])
    return store


def loaded_store(store: Path) -> Path:
    """Two invented figures, loaded and not published."""
    submit(store, cells("FirstYJS", {"2024": 231, "2025": 212}), source="lait", illustrative=True)
    return store


def published_store(store: Path, framework: Framework) -> Path:
    """One agency's return of the last quarter, each count so small that it is hidden, and two published figures, as an edition."""
    loaded_store(store)
    quarter = quarters_owed(framework, date.today())[-1]
    table = figures_table(framework, AGENCY, quarter, observations_in_force(store, AGENCY), illustrative=True)
    for number, row in table.iterrows():
        for part in asked_of(framework.indicators[str(row["indicator"])]):
            table.loc[number, part] = _GIVEN[part]
    file = store / "return.xlsx"
    write_return(framework, file, table)
    [outcome] = submit_returns(store, framework, [file], SubmitTerms("tests", due_day(framework, quarter), "invented"))
    assert outcome.state == "accepted", outcome.issues
    publish_edition(store, framework, "tests")
    return store
