"""An agency's analyst and the board's officer on the Returns page: look, take the form, be refused, mend, be accepted, be reminded.

The board here is invented: one published figure, and the returns of two agencies, whose counts all stand between 4,000 and 9,000, so that
any of them on the page would be seen.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from invented import cells, submit
from playwright.sync_api import Page, expect

from browser.conftest import served
from hscb_qa.definitions import Framework
from hscb_qa.intake import SubmitTerms, submit_returns
from hscb_qa.ledger import observations_in_force
from hscb_qa.obligations import agencies_owing, due_day, items_owed, quarters_owed
from hscb_qa.publish import publish_edition
from hscb_qa.readers.returns import read_return
from hscb_qa.templates import figures_table, write_return
from hscb_qa.templates.table import asked_of

pytestmark = pytest.mark.browser
COUNT = re.compile(r"\b[4-9],?\d{3}\b(?!-\d{2})")  # a count of the invented returns; 2026-27 and days are none


def filled(store: Path, framework: Framework, agency: str) -> pd.DataFrame:
    """The last quarter's form of an agency, each figure given, and every numerator under the one denominator."""
    quarter = quarters_owed(framework, date.today())[-1]
    table = figures_table(framework, agency, quarter, observations_in_force(store, agency), illustrative=True)
    for number, row in table.iterrows():
        indicator = framework.indicators[row["indicator"]]
        whole = {"numerator": 4001.0 + number, "denominator": 8001.0, "value": 1.0 + number / 10}
        for part in asked_of(indicator):
            table.loc[number, part] = whole[part]
    return table


@pytest.fixture(scope="module")
def store(framework: Framework, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Illustrative figures, published, with the return of the youth justice service on its due day."""
    store = tmp_path_factory.mktemp("returns_store")
    submit(store, cells("a_measure", {"2025": 1}), illustrative=True)
    file = store / "youth.xlsx"
    write_return(framework, file, filled(store, framework, "youth_justice"))
    quarter = quarters_owed(framework, date.today())[-1]
    [outcome] = submit_returns(store, framework, [file], SubmitTerms("tests", due_day(framework, quarter), "invented"))
    assert outcome.state == "accepted", outcome.issues
    publish_edition(store, framework, "tests")
    return store


@pytest.fixture(scope="module")
def board(store: Path) -> Iterator[str]:
    """The address of a dashboard on that board."""
    with served(store) as address:
        yield address


def open_returns(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".hscb-footer").wait_for(timeout=60_000)
    expect(page.get_by_test_id("stException")).to_have_count(0)


def give(page: Page, file: Path, button: str) -> None:
    """Put a file into the upload and press a button."""
    page.locator("input[type=file]").set_input_files(file)
    expect(page.locator(".hscb-arrived")).to_contain_text(file.name, timeout=30_000)
    for label, text in (("Who submits", "Performance team"), ("Reason for queries", "Invented for a test.")):
        page.get_by_label(label).fill(text)
        page.get_by_label(label).blur()
    page.get_by_role("button", name=button).click()
    page.locator(".hscb-outcome").wait_for(timeout=30_000)


def state_of(page: Page, agency: str) -> str:
    return page.locator("table.hscb-returns tbody tr", has_text=agency).locator(".hscb-state").inner_text()


@pytest.mark.parametrize("width", [1920, 400])
def test_the_page_shows_every_agency_and_needs_no_sideways_scrolling(page: Page, board: str, framework: Framework, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_returns(page, f"{board}/returns")
    quarter = quarters_owed(framework, date.today())[-1]
    expect(page.locator("table.hscb-returns tbody tr")).to_have_count(len(agencies_owing(framework, quarter)))
    expect(page.locator(".hscb-below").first).to_contain_text(re.compile(r"\d+ of \d+ returns in"))
    expect(page.locator("table.hscb-grid")).to_contain_text("overdue")
    page.wait_for_function(f"document.querySelector('[data-testid=stMain]').scrollWidth <= {width}", timeout=10_000)


def test_the_board_overview_tells_the_returns_in_one_line_that_leads_to_the_page(page: Page, board: str) -> None:
    open_returns(page, board)
    expect(page.locator(".hscb-returns-line")).to_contain_text("% of items complete")
    page.locator(".hscb-returns-line a").click()
    expect(page.locator("h1.hscb-title")).to_have_text("Returns")
    assert "quarter=" in page.url


def test_another_quarter_stands_in_the_address(page: Page, board: str, framework: Framework) -> None:
    before = quarters_owed(framework, date.today())[-2]
    open_returns(page, f"{board}/returns?quarter={before.text.replace(' ', '+')}&agency=housing")
    expect(page.locator("table.hscb-returns caption")).to_contain_text(before.text)
    expect(page.locator("[data-testid=stCode]")).to_contain_text(framework.agency("housing").name)


def test_a_reminder_holds_exactly_the_missing_items(page: Page, board: str, framework: Framework) -> None:
    open_returns(page, f"{board}/returns?agency=housing")
    owed = items_owed(framework, "housing", quarters_owed(framework, date.today())[-1])
    text = page.locator("[data-testid=stCode]").inner_text()
    assert f"Missing ({len(owed)} rows of the form):" in text
    named = re.findall(r"^- (.*), [^,]*: ", text, re.MULTILINE)
    assert named == list(dict.fromkeys(item.indicator.name for item in owed))


def test_a_faulty_return_is_refused_with_its_cells(page: Page, board: str, store: Path, framework: Framework, tmp_path: Path) -> None:
    table = filled(store, framework, "probation")
    table.loc[0, "numerator"] = 8999.0
    file = tmp_path / "probation.xlsx"
    write_return(framework, file, table)
    cell = f"cell {read_return(file, framework).columns['numerator']}{read_return(file, framework).rows['line'][0]}"
    open_returns(page, f"{board}/returns?agency=probation")
    give(page, file, "Submit")
    expect(page.locator(".hscb-outcome")).to_contain_text("Nothing of it was taken in.")
    row = page.locator("table.hscb-issues tbody tr", has_text="numerator_above_denominator")
    expect(row).to_contain_text(cell)
    expect(page.locator("#check-numerator_above_denominator")).to_be_visible()
    assert "overdue" in state_of(page, "Probation") or "not in yet" in state_of(page, "Probation")


def test_a_return_is_checked_then_accepted_and_the_page_shows_it(
    page: Page, board: str, store: Path, framework: Framework, tmp_path: Path
) -> None:
    file = tmp_path / "cafcass.xlsx"
    write_return(framework, file, filled(store, framework, "cafcass"))
    open_returns(page, f"{board}/returns?agency=cafcass")
    give(page, file, "Check only")
    expect(page.locator(".hscb-outcome")).to_contain_text("only checked: nothing was submitted")
    page.get_by_role("button", name="Submit").click()
    expect(page.locator(".hscb-outcome")).to_contain_text("accepted as submission")
    assert re.search(r"\bin\b(?! yet)", state_of(page, "Children and Family Court"))


def test_nothing_given_is_told_and_nothing_happens(page: Page, board: str) -> None:
    open_returns(page, f"{board}/returns")
    expect(page.get_by_role("button", name="Check only")).to_have_count(0)  # no agency is chosen yet, so nobody takes another's form
    open_returns(page, f"{board}/returns?agency=cafcass")
    page.get_by_role("button", name="Check only").click()
    expect(page.locator(".hscb-outcome")).to_contain_text("No file has arrived.")


def test_the_template_comes_as_a_workbook_of_its_agency_and_quarter(page: Page, board: str, framework: Framework, tmp_path: Path) -> None:
    open_returns(page, f"{board}/returns?agency=probation")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the template").click()
    download.value.save_as(tmp_path / download.value.suggested_filename)
    given = read_return(tmp_path / download.value.suggested_filename, framework)
    assert set(given.rows["agency"]) == {"probation"} and not given.issues


def test_no_count_of_a_return_is_on_the_page(page: Page, board: str, framework: Framework) -> None:
    for agency in ("youth_justice", "housing"):
        open_returns(page, f"{board}/returns?agency={agency}")
        expect(page.locator("[data-testid=stCode]")).to_contain_text(framework.agency(agency).name)
        assert COUNT.findall(page.locator("body").inner_text()) == []
