"""What a page says where something is missing, unknown, new or away: words in a quiet box, and never a fault."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from given_states import PAGES, bare_store, loaded_store, published_store
from invented import cells, submit
from playwright.sync_api import Page, expect

from browser.conftest import free_port, serve, served
from hscb_qa.definitions import Framework
from hscb_qa.publish import publish_edition

pytestmark = pytest.mark.browser


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".hscb-footer").wait_for(timeout=60_000)
    expect_no_fault(page)


def expect_no_fault(page: Page) -> None:
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


@pytest.fixture(scope="module")
def store(framework: Framework, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One agency's one return, and a published figure or two."""
    return published_store(tmp_path_factory.mktemp("one_return"), framework)


@pytest.fixture(scope="module")
def board(store: Path) -> Iterator[str]:
    """The address of a dashboard on it."""
    with served(store) as address:
        yield address


@pytest.mark.parametrize(("path", "named"), [("foo", "foo"), ("child%20exploitation", "child exploitation"), ("no/such/page", "page")])
def test_an_unknown_address_leads_to_the_overview_with_the_choices_kept(page: Page, board: str, path: str, named: str) -> None:
    open_page(page, f"{board}/{path}?plan_year=2015-16")
    expect(page.locator(".hscb-dropped")).to_have_text(f"There is no page '{named}'. This is the overview; every page is in the menu.")
    expect(page.locator("h1.hscb-title")).to_be_visible()
    assert page.url == f"{board}/?plan_year=2015-16"
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Neglect", exact=True).click()
    expect(page.locator("h1.hscb-title")).to_have_text("Neglect")
    expect(page.locator(".hscb-dropped")).to_have_count(0)


def test_an_address_with_a_step_too_many_leads_to_the_page_it_means(page: Page, board: str) -> None:
    open_page(page, f"{board}/areas/neglect?plan_year=2015-16")
    expect(page.locator("h1.hscb-title")).to_have_text("Neglect")
    assert page.url == f"{board}/neglect?plan_year=2015-16"


@pytest.mark.parametrize("name", ["plan_year", "agency", "breakdown", "basis", "since", "until", "compare", "neighbours", "edition"])
def test_a_value_that_a_filter_does_not_have_is_left_out_and_told(page: Page, board: str, name: str) -> None:
    open_page(page, f"{board}/neglect?{name}=nonsense")
    expect(page.locator(".hscb-dropped")).to_contain_text("nonsense")
    expect(page.locator(".hscb-dropped p")).to_have_count(1)
    expect(page.locator("h1.hscb-title")).to_have_text("Neglect")


def test_years_the_wrong_way_round_are_told(page: Page, board: str) -> None:
    open_page(page, f"{board}/neglect?since=2024-25&until=2020-21")
    expect(page.locator(".hscb-dropped[role=status]")).to_contain_text("No year lies between 2024-25 and 2020-21.")


@pytest.mark.parametrize("path", PAGES)
def test_one_return_of_one_agency_is_shown_as_such(page: Page, board: str, path: str) -> None:
    open_page(page, f"{board}/{path}")
    expect(page.locator("h1").first).to_be_visible()


def test_an_area_without_an_outcome_measure_says_so(page: Page, board: str, framework: Framework) -> None:
    year = framework.current_plan_year(date.today())
    kinds = {area.id: {framework.indicators[one].measure_type for one in area.indicators} for area in year.areas}
    area_id = next(area_id for area_id, found in kinds.items() if "outcome" not in found)
    open_page(page, f"{board}/{area_id}")
    expect(page.locator(".hscb-hole")).to_contain_text("no outcome measure")
    expect(page.locator(".hscb-empty", has_text="No outcome measure yet")).to_be_visible()


def test_an_empty_store_says_what_is_missing(page: Page, tmp_path: Path) -> None:
    with served(bare_store(tmp_path)) as address:
        for path in ("", "neglect", "indicator?indicator=nonsense", "no-such-page"):
            page.goto(f"{address}/{path}")
            expect(page.locator("h1")).to_have_text("Nothing to show yet", timeout=60_000)
            expect(page.locator(".hscb-empty")).to_contain_text("hscb-qa")
            expect_no_fault(page)


def test_figures_without_an_edition_say_so_until_the_first_one(page: Page, tmp_path: Path, framework: Framework) -> None:
    with served(loaded_store(tmp_path)) as address:
        page.goto(address)
        expect(page.locator(".hscb-empty")).to_contain_text("hscb-qa publish", timeout=60_000)
        expect_no_fault(page)
        publish_edition(tmp_path, framework)
        open_page(page, address)
        expect(page.locator("h1.hscb-title")).to_have_text(framework.board.name)


def test_a_page_whose_every_figure_is_hidden_says_so(page: Page, board: str) -> None:
    open_page(page, f"{board}/indicator?indicator=safeguarding_supervision_on_time")
    expect(page.locator(".hscb-empty").first).to_contain_text("hidden")
    expect(page.locator("table.figures")).to_contain_text("[c]")
    expect(page.locator(".js-plotly-plot")).to_have_count(0)


def test_a_newer_edition_is_told_and_shown_when_asked_for(page: Page, tmp_path: Path, framework: Framework) -> None:
    """The number on the page stays until the button is pressed."""
    store = published_store(tmp_path, framework)
    with served(store, HSCB_QA_LOOK_SECONDS="1") as address:
        open_page(page, f"{address}/indicator?indicator=first_time_entrants_to_youth_justice")
        expect(page.locator(".hscb-newer")).to_have_count(0)
        expect(page.locator(".hscb-words").first).to_contain_text("212")
        submit(store, cells("FirstYJS", {"2025": 431}), source="lait", illustrative=True)
        publish_edition(store, framework, "next")
        expect(page.locator(".hscb-newer")).to_contain_text("A new edition is available", timeout=15_000)
        page.get_by_role("combobox", name="Basis").focus()
        expect(page.locator(".hscb-words").first).to_contain_text("212")
        page.get_by_role("button", name="Show the current edition").click()
        expect(page.locator(".hscb-words").first).to_contain_text("431")
        expect(page.locator(".hscb-newer")).to_have_count(0)
        expect_no_fault(page)


def test_a_page_outlives_its_server(page: Page, store: Path) -> None:
    """The line stands while the server is away; then the page goes on with its choices, without being loaded again."""
    port = free_port()
    with serve(store, port) as address:
        open_page(page, f"{address}/indicator?indicator=first_time_entrants_to_youth_justice&neighbours=median&plan_year=2015-16")
        asked = page.url
        page.evaluate("window.notLoadedAgain = true")
    expect(page.locator(".hscb-away")).to_contain_text("does not answer", timeout=30_000)
    page.wait_for_timeout(6000)  # Streamlit's own dialog comes after some seconds
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("h1.hscb-title")).to_be_visible()
    with serve(store, port):
        expect(page.locator(".hscb-away")).to_be_empty(timeout=60_000)
        page.locator(".stApp[data-test-script-state=running]").wait_for()
        page.locator(".stApp[data-test-script-state=notRunning]").wait_for(timeout=60_000)
        expect(page.get_by_role("combobox", name="Plan year")).to_have_value("Plan year 2015-16")
        page.get_by_test_id("stSidebarNav").get_by_role("link", name="Neglect", exact=True).click()
        expect(page.locator(".hscb-above")).to_contain_text("2015-16")
        assert "neighbours=median" in page.url and "plan_year=2015-16" in asked
        assert page.evaluate("window.notLoadedAgain")
        expect_no_fault(page)
