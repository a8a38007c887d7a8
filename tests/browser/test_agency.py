"""An agency looking at its own part: from the list to its page, to its form, to the funnel, and back to its figures."""

import re

import pytest
from playwright.sync_api import Page, expect

from browser.test_pages import expect_no_fault, open_page

pytestmark = pytest.mark.browser


def test_an_analyst_finds_what_is_owed_and_the_form(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/agency")
    expect(page.locator("table.hscb-agencies tbody tr")).to_have_count(18)
    page.get_by_role("link", name="Probation Service in London").click()
    expect(page.locator("h1.hscb-title")).to_have_text("Probation Service in London", timeout=30_000)
    assert "agency=probation" in page.url
    expect(page.locator(".hscb-quarters li")).to_have_count(12)
    expect(page.locator(".hscb-quarters li").last).to_contain_text("overdue")
    expect(page.locator(".hscb-owes")).to_contain_text("11 of 11 items missing")
    expect(page.locator(".hscb-owes")).to_contain_text("Attendance at the Board")
    expect(page.get_by_role("link", name="All its recommendations")).to_be_visible()
    expect_no_fault(page)
    page.get_by_role("link", name=re.compile("Template, upload and reminder")).click()
    expect(page.locator("h1.hscb-title")).to_have_text("Returns", timeout=30_000)
    assert "agency=probation" in page.url and "quarter=2026-27+Q2" in page.url


def test_a_funnel_follows_its_choice_and_the_address(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/agency?agency=mental_health_trust&funnel=board_attendance")
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    headings = page.locator("h3.hscb-message")
    expect(headings.first).to_contain_text("below what chance explains: concern")
    expect(headings.last).to_contain_text("Attendance at the Board")
    expect(page.locator("table.figures")).to_have_count(2)
    headings.first.get_by_role("link").click()
    expect(page.locator("h1.hscb-title")).to_contain_text("Staff in date with safeguarding training", timeout=30_000)
    assert "agency=mental_health_trust" in page.url
    expect(page.get_by_text("All agencies: 88.6%; Mental health is lower, which is worse.")).to_be_visible()


def test_another_agency_is_chosen_above_and_has_a_funnel_of_its_own(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/agency?agency=mental_health_trust&funnel=board_attendance")
    page.get_by_role("combobox", name="Agency").click()
    page.get_by_role("option", name="Probation").click()
    expect(page.locator("h1.hscb-title")).to_have_text("Probation Service in London", timeout=30_000)
    expect(page.locator("h3.hscb-message")).to_contain_text(["Section 11 standards fully met: Probation within what chance explains"])
    expect(page.locator(".hscb-dropped")).to_have_count(0)
    expect_no_fault(page)


def test_a_partner_no_more_has_a_page_that_says_so(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/agency?agency=clinical_commissioning_group")
    expect(page.get_by_text("CCG was a partner until 30 June 2022. It has owed no return since.")).to_be_visible()
    expect(page.locator(".hscb-quarters")).to_have_count(0)
    expect_no_fault(page)


@pytest.mark.parametrize("width", [320, 400])
@pytest.mark.parametrize("path", ["agency", "agency?agency=mental_health_trust", "wider_picture"])
def test_nothing_scrolls_sideways_on_a_telephone(page: Page, dashboard: str, width: int, path: str) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    open_page(page, f"{dashboard}/{path}")
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


def test_the_wider_picture_is_context_by_theme(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/wider_picture?agency=police")
    expect(page.locator(".hscb-context")).to_contain_text("This is context, not performance.")
    expect(page.locator("h2.hscb-theme")).to_have_text(["Poverty", "Health", "Attainment and work", "Housing", "Crime"])
    expect(page.locator(".js-plotly-plot")).to_have_count(10)
    expect(page.locator(".hscb-mark, .hscb-icons")).to_have_count(0)
    expect_no_fault(page)
