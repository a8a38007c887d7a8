"""The filter bar: the same on every page, kept when moving, in the address, copied to share, followed by the back button."""

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.test_pages import expect_no_fault, open_page

pytestmark = pytest.mark.browser


def chosen(page: Page, label: str) -> str:
    return page.locator(".st-key-filters").get_by_role("combobox", name=label, exact=True).input_value()


def choose(page: Page, label: str, option: str) -> None:
    page.locator(".st-key-filters").get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()


@pytest.mark.parametrize("path", ["", "neglect", "indicator", "agency", "returns", "methods", "wider_picture"])
def test_the_bar_is_the_same_on_every_page(page: Page, dashboard: str, path: str) -> None:
    open_page(page, f"{dashboard}/{path}?agency=police&basis=year&since=2019-20&until=2024-25&breakdown=sex%3Dfemale")
    expect(page.locator(".st-key-filters").get_by_role("combobox")).to_have_count(6)
    told = [chosen(page, label) for label in ("Plan year", "Agency", "Breakdown", "Basis", "From", "To")]
    assert told == ["Plan year 2026-27", "Police", "Sex: female", "Each year", "From 2019-20", "To 2024-25"]
    expect_no_fault(page)


def test_choices_go_along_and_the_back_button_undoes_them(page: Page, dashboard: str) -> None:
    open_page(page, dashboard)
    choose(page, "Agency", "Police")
    page.wait_for_url("**agency=police**")
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Partners' duties").click()
    expect(page.locator("h1.hscb-title")).to_have_text("Partners' statutory obligations")
    expect(page.locator(".hscb-dropped")).to_contain_text("Only what Police returns.")
    assert "agency=police" in page.url and chosen(page, "Agency") == "Police"
    choose(page, "Agency", "Education")
    expect(page.locator(".hscb-dropped")).to_contain_text("Only what Education returns.")
    page.go_back()
    expect(page.locator(".hscb-dropped")).to_contain_text("Only what Police returns.")
    assert chosen(page, "Agency") == "Police"


def test_a_shared_address_shows_another_viewer_the_same(page: Page, dashboard: str, browser: Browser) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(page, f"{dashboard}/indicator?indicator=child_protection_plans_rate")
    choose(page, "To", "To 2022-23")
    page.wait_for_url("**until=2022-23**")
    page.get_by_role("button", name="Share this view").click()
    expect(page.get_by_text("Link copied")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    other = browser.new_context(bypass_csp=True).new_page()
    open_page(other, address)
    expect(other.locator("h1.hscb-title")).to_have_text(page.locator("h1.hscb-title").inner_text())
    assert chosen(other, "To") == "To 2022-23"
    other.context.close()


def test_comparators_stand_in_the_address_and_on_the_page(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/indicator?indicator=rereferrals_within_12_months")
    expect(page.locator(".hscb-words").first).to_contain_text("mean of")
    page.get_by_role("button", name="Compare with").click()
    page.get_by_role("button", name="England", exact=True).click()
    page.wait_for_url("**compare=neighbours&compare=london**")
    expect(page.locator("table.figures thead")).not_to_contain_text("England")
    page.get_by_role("combobox", name="Neighbours summed up by").click()
    page.get_by_role("option", name="Neighbours' median").click()
    expect(page.locator(".hscb-words").first).to_contain_text("median of")
    assert "neighbours=median" in page.url


def test_no_comparator_at_all_can_be_chosen_and_shared(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/indicator?indicator=rereferrals_within_12_months&compare=none")
    expect(page.locator("table.figures thead")).not_to_contain_text("London")
    expect(page.locator(".hscb-dropped")).to_have_count(0)


def test_years_the_wrong_way_round_are_told(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/neglect?since=2024-25&until=2020-21")
    expect(page.locator(".hscb-dropped").first).to_contain_text("No year lies between 2024-25 and 2020-21.")
    expect_no_fault(page)
