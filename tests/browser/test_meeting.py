"""A board meeting by screen-share: the chair opens one address and goes through the agenda with the keyboard alone."""

import pytest
from playwright.sync_api import Page, expect

from browser.test_pages import expect_no_fault, open_page
from hscb_qa.definitions import load_framework
from hscb_qa.screen.menu import agenda

pytestmark = pytest.mark.browser

SLIDES = agenda(load_framework().plan_year("2026-27"))
ROOM = {"width": 1920, "height": 1080}
LAPTOP = {"width": 1366, "height": 768}


def expect_to_fit(page: Page, height: int) -> None:
    """Nothing of a slide lies below the screen or beside it."""
    page.wait_for_function(
        f"document.querySelector('.hscb-footer')?.getBoundingClientRect().bottom <= {height}"
        " && document.querySelector('[data-testid=stMain]').scrollWidth <= window.innerWidth",
        timeout=15_000,
    )


def expect_slide(page: Page, number: int) -> None:
    expect(page.locator(".hscb-place")).to_have_text(f"{number} of {len(SLIDES)}", timeout=20_000)


def press(page: Page, key: str, to: int) -> None:
    """Press a key that leads to a slide; once more where nothing came of it, as a chair would while the page is still being set up."""
    page.locator("body[data-keys=heard]").wait_for(state="attached")
    page.keyboard.press(key)
    try:
        expect(page.locator(".hscb-place")).to_have_text(f"{to} of {len(SLIDES)}", timeout=8_000)
    except AssertionError:
        page.keyboard.press(key)
        expect_slide(page, to)


@pytest.mark.parametrize("screen", [ROOM, LAPTOP], ids=["room", "laptop"])
def test_the_agenda_by_keyboard_alone_every_slide_fitting_the_screen(page: Page, dashboard: str, screen: dict[str, int]) -> None:
    page.set_viewport_size(screen)  # type: ignore[arg-type]
    open_page(page, f"{dashboard}/?present=1")
    for number, slide in enumerate(SLIDES, start=1):
        expect_slide(page, number)
        expect(page.locator("h1.hscb-title")).to_be_visible()
        assert page.url.split("?")[0].endswith(f"/{slide.path}") and "present=1" in page.url
        expect_to_fit(page, screen["height"])
        press(page, "ArrowRight" if number % 2 else "PageDown", min(number + 1, len(SLIDES)))
    press(page, "ArrowLeft", len(SLIDES) - 1)
    expect_no_fault(page)


def test_a_slide_has_no_controls_and_large_type(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/neglect?present=1")
    for part in (".st-key-filters", "[data-testid=stSidebar]"):
        expect(page.locator(part)).to_be_hidden()
    sizes = page.locator(".hscb-message, .hscb-slide-good, .hscb-group").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 20


def test_a_meeting_opens_on_the_edition_with_its_label_and_leaves_to_the_same_page(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/?present=1")
    expect(page.locator(".hscb-above")).to_contain_text("meeting of 26 November 2026")
    page.get_by_role("link", name="Mental health", exact=True).click()
    expect(page.locator(".hscb-slide-good")).to_be_visible(timeout=20_000)
    page.get_by_role("link", name="Leave meeting view").click()
    expect(page.locator("nav.hscb-ways")).to_be_visible(timeout=20_000)
    assert page.url.split("?")[0].endswith("/mental_health") and "present" not in page.url


def test_keys_are_left_to_the_place_where_somebody_types(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/indicator?indicator=referrals_rate&present=1")
    page.get_by_test_id("stTextInput").get_by_role("textbox").or_(page.get_by_test_id("stTextInput").get_by_role("searchbox")).first.click()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(800)
    assert "/indicator" in page.url
