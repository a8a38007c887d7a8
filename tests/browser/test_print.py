"""A page on paper: A4 upright, light whatever the screen is, without what only works on a screen, and charts no wider than the paper."""

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

A4 = 794  # CSS pixels
MARGINS = 2 * 45


def on_paper(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".hscb-footer").wait_for(timeout=60_000)
    page.wait_for_function("document.querySelector('.stApp').dataset.testScriptState === 'notRunning'")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4 - MARGINS, "height": 1123})


@pytest.mark.parametrize("path", ["", "neglect", "indicator?indicator=child_protection_plans_rate", "returns", "methods", "accessibility"])
def test_a_page_on_paper_has_words_figures_and_its_edition_alone(page: Page, dashboard: str, path: str) -> None:
    on_paper(page, f"{dashboard}/{path}")
    expect(page.locator("h1.hscb-title")).to_be_visible()
    expect(page.locator(".hscb-footer")).to_be_visible()
    for unseen in ("[data-testid=stSidebar]", ".st-key-filters", "[data-testid=stHeader]", "[data-testid=stMain] button"):
        assert page.locator(unseen).locator("visible=true").count() == 0, unseen
    wide = "[...document.querySelectorAll('h1, p, table, .main-svg')].filter(one => one.getBoundingClientRect().right > innerWidth + 2)"
    assert page.evaluate(f"{wide}.map(one => one.outerHTML.slice(0, 90))") == []


def test_a_dark_page_is_light_on_paper(browser: Browser, dashboard: str) -> None:
    context = browser.new_context(bypass_csp=True, color_scheme="dark", viewport={"width": 1920, "height": 1080})
    try:
        page = context.new_page()
        on_paper(page, f"{dashboard}/neglect")
        colours = "[...document.querySelectorAll('h1, h2, h3, .stHtml p, .stHtml td')].map(one => getComputedStyle(one).color)"
        darkest = f"{colours}.every(one => one.match(/\\d+/g).slice(0, 3).every(part => part < 170))"
        assert page.evaluate(darkest)
        expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
        assert "invert" in page.locator(".js-plotly-plot").first.evaluate("one => getComputedStyle(one).filter")
    finally:
        context.close()


def test_a_chart_shrinks_to_the_paper_as_a_whole(page: Page, dashboard: str) -> None:
    page.goto(f"{dashboard}/indicator?indicator=child_protection_plans_rate")
    page.locator(".js-plotly-plot .scatterlayer").first.wait_for(timeout=60_000)
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    expect(page.locator(".main-svg").first).to_have_attribute(
        "viewBox",
        "0 0 " + " ".join(page.locator(".main-svg").first.evaluate("one => [one.getAttribute('width'), one.getAttribute('height')]")),
    )
