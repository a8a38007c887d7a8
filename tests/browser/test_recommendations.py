"""Recommendations in the browser: from the register to one in full, along its line and back, and the briefing on one sheet of paper."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from given_learning import EXPECTS, TODAY, evidence, exercise, finding, learnt, recommendation, step, voice
from playwright.sync_api import Page, expect

from browser.conftest import served
from browser.test_pages import expect_no_fault, open_page
from hscb_qa.briefings import Names, briefing_page
from hscb_qa.definitions import Framework
from hscb_qa.intake import enter_file
from hscb_qa.learning import SPEAKERS
from hscb_qa.learning.briefing import briefing
from hscb_qa.learning.recommendations import follow
from hscb_qa.ledger import ApprovedBy
from hscb_qa.publish import publish_edition

pytestmark = pytest.mark.browser

ENTRIES = Path(__file__).with_name("recommendations.yaml")


@pytest.fixture(scope="module")
def learning_dashboard(illustrative_store: Path, framework: Framework, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard whose store holds a few entries of these tests' own."""
    store = tmp_path_factory.mktemp("learning") / "store"
    shutil.copytree(illustrative_store, store)
    enter_file(store, framework, ENTRIES, ApprovedBy("A", "Chair (illustrative)"), approve=True)
    publish_edition(store, framework, "tests")
    with served(store) as address:
        yield address


def test_a_chair_goes_from_the_register_along_a_line_and_back(page: Page, learning_dashboard: str) -> None:
    open_page(page, f"{learning_dashboard}/recommendations?in_area=fgm_and_harmful_practices")
    expect(page.locator(".hscb-tiles b").first).to_have_text("1")
    expect(page.locator("#loops")).to_be_visible()
    expect(page.locator(".hscb-loops").last).to_contain_text("the same was found again after it was completed")
    page.locator("table.hscb-register").get_by_role("link", name="Midwives should ask each woman").click()
    expect(page.locator("h1.hscb-title")).to_contain_text("Midwives should ask each woman", timeout=30_000)
    expect(page.locator(".hscb-stage")).to_have_count(10)
    expect(page.locator(".hscb-suggested").first).to_contain_text("not decided")
    expect_no_fault(page)
    page.locator(".hscb-line").get_by_role("link", name="Women are seldom asked").click()
    expect(page.locator(".hscb-above")).to_contain_text("Finding: concern", timeout=30_000)
    expect(page.locator(".hscb-both-ways")).to_contain_text("Led to:")
    page.locator(".hscb-both-ways").get_by_role("link", name="Midwives should ask each woman").click()
    expect(page.locator(".hscb-above")).to_contain_text("Recommendation", timeout=30_000)
    page.get_by_role("link", name="All recommendations").click()
    expect(page.locator("h1.hscb-title")).to_have_text("Recommendations", timeout=30_000)
    expect_no_fault(page)


ITEMS = [
    ("recommendations?recommendation=ask_at_booking", "Recommendations", "Midwives should ask each woman"),
    ("recommendations?finding=seldom_asked", "Recommendations", "Women are seldom asked"),
    ("timetable?exercise=disabled_children_audit", "Timetable", ""),
    ("entry?kind=step&entry=asked", "Enter and approve", ""),
]


@pytest.mark.parametrize(("item", "page_title", "heading"), ITEMS)
def test_the_menu_leads_from_one_item_to_the_page_it_is_of(
    page: Page, learning_dashboard: str, item: str, page_title: str, heading: str
) -> None:
    open_page(page, f"{learning_dashboard}/{item}&agency=police")
    expect(page.locator("h1.hscb-title")).to_contain_text(heading or page_title)
    names = item.partition("?")[2]
    page.get_by_test_id("stSidebarNavLink").get_by_text(page_title, exact=True).click()
    expect(page).not_to_have_url(re.compile(re.escape(names)), timeout=30_000)
    expect(page).to_have_url(re.compile("agency=police"))
    expect(page.locator("h1.hscb-title")).to_have_text(page_title, timeout=30_000)
    page.go_back()
    expect(page).to_have_url(re.compile(re.escape(names)), timeout=30_000)
    expect(page.locator("h1.hscb-title")).to_contain_text(heading or page_title, timeout=30_000)
    expect_no_fault(page)


def test_the_menu_leads_to_other_pages_as_ever(page: Page, learning_dashboard: str) -> None:
    open_page(page, f"{learning_dashboard}/recommendations?recommendation=ask_at_booking&agency=police")
    page.get_by_test_id("stSidebarNavLink").get_by_text("Timetable", exact=True).click()
    expect(page.locator("h1.hscb-title")).to_have_text("Timetable", timeout=30_000)
    page.get_by_test_id("stSidebarNavLink").get_by_text("Recommendations", exact=True).click()
    expect(page.locator("h1.hscb-title")).to_have_text("Recommendations", timeout=30_000)


def test_the_register_follows_the_agency_chosen_and_can_be_taken_away(page: Page, learning_dashboard: str) -> None:
    open_page(page, f"{learning_dashboard}/recommendations?agency=acute_hospital_trust")
    expect(page.locator(".hscb-above")).to_contain_text("of Hospital trust")
    expect(page.locator(".js-plotly-plot")).to_have_count(1)
    with page.expect_download() as taken:
        page.get_by_role("button", name="Register as CSV").click()
    lines = Path(taken.value.path()).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("id,text,area,agency,owner") and all("acute_hospital_trust" in line for line in lines[1:])
    assert all(line.endswith(",illustrative") for line in lines[1:])


def test_what_the_address_asks_for_and_is_not_there_is_said(page: Page, learning_dashboard: str) -> None:
    open_page(page, f"{learning_dashboard}/recommendations?recommendation=nowhere")
    expect(page.locator("h1.hscb-title")).to_have_text("Recommendations")
    expect(page.locator(".hscb-dropped")).to_contain_text("recommendation 'nowhere'")


def test_an_agency_page_lists_what_is_open(page: Page, learning_dashboard: str) -> None:
    open_page(page, f"{learning_dashboard}/agency?agency=acute_hospital_trust")
    expect(page.locator(".hscb-to-do li")).to_have_count(1)
    expect(page.locator(".hscb-to-do")).to_contain_text("overdue by")
    expect_no_fault(page)


@pytest.mark.parametrize("width", [320, 400])
@pytest.mark.parametrize("query", ["", "?recommendation=ask_at_booking", "?finding=seldom_asked", "?briefing=fgm_and_harmful_practices"])
def test_nothing_scrolls_sideways_on_a_telephone(page: Page, learning_dashboard: str, width: int, query: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_page(page, f"{learning_dashboard}/recommendations{query}")
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


def sheets(page: Page) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_a_briefing_on_paper_is_one_sheet_without_what_only_works_on_a_screen(page: Page, learning_dashboard: str) -> None:
    open_page(page, f"{learning_dashboard}/recommendations?briefing=fgm_and_harmful_practices")
    expect(page.locator(".hscb-briefing h2")).to_have_count(4)
    expect(page.locator(".hscb-briefing .invented")).to_be_visible()
    assert sheets(page) == 1


def test_the_longest_briefing_still_fits_one_sheet(page: Page, framework: Framework) -> None:
    """As many entries as there can be, each text as long as it may be."""
    long = "everybody who works with the family writes down what the child said and what they will do about it and " * 10
    titles = "Talks with parents and carers about how it is to be asked by so many people about the same thing again and again"
    indicators = [one for one in framework.indicators.values() if len(one.name) > 60][:3]
    record = learnt(
        *(voice(f"v{place}", "2026-05-01", who, long) for place, who in enumerate(SPEAKERS)),
        evidence("e", "2026-01-01"),
        *(finding(f"f{place}", "e", text=long, kind=kind) for place, kind in enumerate(["concern"] * 4 + ["good_practice"] * 3)),
        *(recommendation(f"r{place}", text=long, owner="Head of Safeguarding and Quality Assurance") for place in range(9)),
        *(step(f"s{place}", f"r{place}", "completed", "2026-06-01") for place in range(3)),
        *(recommendation(f"x{one.id}", expects={**EXPECTS, "indicator": one.id, "by": "2027-28 Q1"}) for one in indicators),
        *(exercise(f"t{place}", title=titles, status="planned", starts="2026-27 Q4", ends="2026-27 Q4") for place in range(4)),
    )
    whole = briefing(record, follow(record, TODAY, {}), "neglect", date(2026, 7, 1))
    names = Names("Children in care, care leavers", {one.id: one.short_name for one in framework.agencies.values()}, framework)
    page.set_content(briefing_page(whole, names, illustrative=True).decode())
    assert sheets(page) == 1
