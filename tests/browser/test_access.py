"""Access for everybody: axe on every kind of page in both themes, the keyboard, narrow screens, less movement."""

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from hscb_qa.screen.faults import KNOWN_FAULTS

pytestmark = pytest.mark.browser

PAGES = (
    "",
    "neglect",
    "wider_picture",
    "indicator?indicator=child_protection_plans_rate",
    "agency?agency=police",
    "agency",
    "returns",
    "methods",
    "accessibility",
    "evidence?area=neglect",
    "timetable",
    "recommendations",
    "recommendations?recommendation=keep_chronologies",
    "key_questions",
    "section_11",
    "entry?kind=recommendation&of_finding=chronologies_out_of_date",
    "entry?kind=step&entry=keep_chronologies_1",
    "no-such-page",
    "?present=1",
    "exceptions?present=1",
    "neglect?present=1",
)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (1920, 320)
_HAS = "([target, elements]) => { const one = document.querySelector(target); return !!one && one.matches(elements); }"


def open_page(page: Page, address: str) -> None:
    page.goto(address)
    page.locator(".hscb-footer").wait_for(timeout=60_000)
    page.wait_for_function("document.querySelector('.stApp').dataset.testScriptState === 'notRunning'")


def new_faults(page: Page) -> list[str]:
    """What axe finds and the list of known faults does not have: rule, element and what is wrong with it."""
    found: list[dict[str, Any]] = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response["violations"]
    nodes = [(one["id"], node) for one in found for node in one["nodes"]]
    return [f"{rule}: {node['target'][0]}: {node['html'][:160]}" for rule, node in nodes if not is_known(page, rule, node["target"][0])]


def is_known(page: Page, rule: str, target: str) -> bool:
    return any(page.evaluate(_HAS, [target, one.elements]) for one in KNOWN_FAULTS if one.rule == rule)


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_but_the_known_faults(page: Page, dashboard: str, path: str) -> None:
    themes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for theme in themes:
        page.emulate_media(color_scheme=theme)
        open_page(page, f"{dashboard}/{path}")
        page.wait_for_function(f"getComputedStyle(document.querySelector('.stApp')).colorScheme === '{theme}'")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 1080})
            page.wait_for_timeout(500)  # until Plotly has drawn itself anew
            assert new_faults(page) == [], f"{path} in {theme} at {width}"


def test_the_axe_test_can_fail(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/accessibility")
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=data:,><p style=\"color:#999\">Pale words</p>')")
    assert {one.split(":")[0] for one in new_faults(page)} == {"image-alt", "color-contrast"}


def test_the_statement_lists_every_known_fault(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/methods")
    page.locator(".hscb-footer").get_by_role("link", name="Accessibility").click()
    expect(page.locator("h1.hscb-title")).to_have_text("Accessibility statement")
    expect(page.locator("table.texts tbody tr")).to_have_count(len(KNOWN_FAULTS))
    for one in KNOWN_FAULTS:
        expect(page.locator("table.texts")).to_contain_text(one.meaning)


@pytest.mark.parametrize("path", ["", "neglect", "agency?agency=police", "returns", "methods", "accessibility", "neglect?present=1"])
@pytest.mark.parametrize("size", [(320, 800), (320, 256)], ids=["320 px", "400% of 1280x1024"])
def test_no_page_scrolls_sideways_however_narrow(page: Page, dashboard: str, path: str, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    open_page(page, f"{dashboard}/{path}")
    page.wait_for_function(f"document.querySelector('[data-testid=stMain]').scrollWidth <= {size[0]}", timeout=10_000)


def test_the_first_key_leads_past_the_menu(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/neglect")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('[data-testid=stMain]').contains(document.activeElement)")


def test_the_keyboard_reaches_every_control_and_shows_where_it_is(page: Page, dashboard: str) -> None:
    """Everything that can have the focus gets it by Tab, each with an outline of 3 px or a ring of its own."""
    open_page(page, f"{dashboard}/accessibility")
    seen: list[str] = []
    bare: list[str] = []
    for _ in range(80):
        page.keyboard.press("Tab")
        name, ring = page.evaluate(
            "(() => { const one = document.activeElement, style = getComputedStyle(one), box = one.parentElement ?? one;"
            " const near = getComputedStyle(one.closest('[data-baseweb=select] > div, .stSelectbox > div > div, .stSelectbox') ?? box);"
            " const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 3;"
            " return ["
            "(one.innerText || one.getAttribute('aria-label') || one.tagName).slice(0, 40), ring || near.boxShadow !== 'none']; })()"
        )
        if seen and name == seen[0]:
            break
        if page.evaluate("document.activeElement === document.body"):
            continue  # past the last control, on the way round
        seen.append(name)
        bare += [] if ring else [name]
    assert {"Skip to main content", "Share this view", "Accessibility", "Known faults, all in parts that Streamlit draws"[:40]} <= set(seen)
    assert {"Board overview", "Neglect", "Methods and sources"} <= set(seen)
    assert bare == []


def test_nothing_moves_for_those_who_ask_for_less_movement(browser: Browser, dashboard: str) -> None:
    context = browser.new_context(reduced_motion="reduce", bypass_csp=True)
    try:
        page = context.new_page()
        open_page(page, dashboard)
        moving = (
            "[...document.querySelectorAll('.stApp *')].filter(one => parseFloat(getComputedStyle(one).transitionDuration) > 0"
            " || parseFloat(getComputedStyle(one).animationDuration) > 0).map(one => one.outerHTML.slice(0, 90))"
        )
        assert page.evaluate(moving) == []
    finally:
        context.close()
