"""What a reader sees on every page of a published edition."""

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hscb_qa import sentences
from hscb_qa.definitions import Area, PlanYear, load_framework
from hscb_qa.views import Exceptional, OpenEdition, area_view, board_view

pytestmark = pytest.mark.browser

FRAMEWORK = load_framework()
LATEST = {area.id: (year, area) for year in FRAMEWORK.plan_years for area in (*year.part_a, *year.part_b)}


def open_page(page: Page, address: str) -> list[str]:
    """Open an address, wait until it is drawn to its end and its aids listen, and give every request that left for another host."""
    strangers: list[str] = []
    page.on("request", lambda request: strangers.append(request.url) if is_foreign(request.url) else None)
    page.goto(address)
    page.locator(".hscb-footer").wait_for(timeout=60_000)
    page.locator(".hscb-away").wait_for(state="attached", timeout=60_000)
    return strangers


def is_foreign(url: str) -> bool:
    return not url.startswith(("http://localhost:", "ws://localhost:", "data:", "blob:"))


def expect_no_fault(page: Page) -> None:
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    expect(page.locator(".hscb-illustrative").first).to_contain_text("invented")


def expect_charts(page: Page, charts: int, tables: int) -> None:
    """So many charts are drawn, and so many tables of figures stand on the page."""
    if charts:
        expect(page.locator(".js-plotly-plot .main-svg .scatterlayer").first).to_be_attached(timeout=30_000)
    expect(page.locator(".js-plotly-plot")).to_have_count(charts)
    expect(page.locator("table.figures")).to_have_count(tables)


@pytest.mark.parametrize(("year", "area"), LATEST.values(), ids=LATEST)
def test_an_area_page(page: Page, dashboard: str, illustrative_edition: OpenEdition, year: PlanYear, area: Area) -> None:
    """A chart for every indicator with a figure that is shown, a table for every one with any, shown or not."""
    groups = area_view(illustrative_edition, year.id, area.id).groups.values()
    views = [view for group in groups for view in group]
    strangers = open_page(page, f"{dashboard}/{area.id}?plan_year={year.id}")
    expect(page.locator("h1.hscb-title")).to_have_text(area.title)
    expect(page.locator(".hscb-good")).to_contain_text(area.what_good_looks_like)
    expect(page.locator("h2.hscb-group")).to_have_count(3)
    expect_charts(page, sum(view.latest_shown is not None for view in views), sum(bool(view.points) for view in views))
    for part in ("meaning", "action", "voices"):
        expect(page.locator(f"#part-{part}")).to_be_visible()
    expect_no_fault(page)
    assert strangers == []


def test_a_card_is_enlarged_over_the_page_and_closed_by_a_key(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/neglect")
    page.get_by_role("button", name="Enlarge").first.click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator(".js-plotly-plot")).to_be_visible(timeout=30_000)
    expect(dialog.locator("table.figures")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_charts_of_an_area_have_the_same_years(page: Page, dashboard: str) -> None:
    """Those of yearly figures one scale, all others another."""
    open_page(page, f"{dashboard}/mental_health")
    expect(page.locator(".js-plotly-plot").nth(3)).to_be_attached(timeout=30_000)
    ranges = page.locator(".js-plotly-plot").evaluate_all(
        "all => all.map(one => JSON.stringify(one.layout.xaxis.range.map(day => day.slice(0, 10))))"
    )
    assert len(ranges) > 8 and len(set(ranges)) <= 3


def test_the_board_overview(page: Page, dashboard: str) -> None:
    strangers = open_page(page, dashboard)
    year = FRAMEWORK.plan_year("2026-27")
    expect(page.locator("h1.hscb-title")).to_have_text(FRAMEWORK.board.name)
    for area in year.areas:
        expect(page.locator("table.hscb-overview").get_by_role("link", name=area.short_title, exact=True)).to_be_visible()
    numbers = page.locator(".hscb-bar span").all_inner_texts()
    assert sum(map(int, numbers)) == sum(len(area.indicators) for area in year.areas)
    assert len(numbers) <= page.locator("a.hscb-dot").count() <= sum(map(int, numbers))
    expect(page.get_by_text("have no outcome measure", exact=False)).to_contain_text("Partners' duties")
    expect_no_fault(page)
    assert strangers == []


def test_the_overview_needs_no_scrolling_in_a_meeting(page: Page, dashboard: str) -> None:
    open_page(page, dashboard)
    for part in (page.locator(".hscb-key"), page.locator(".hscb-exceptions")):
        box = part.bounding_box()
        assert box and box["y"] + box["height"] <= 1080


@pytest.fixture(scope="module")
def agenda(illustrative_edition: OpenEdition) -> tuple[Exceptional, ...]:
    return board_view(illustrative_edition, "2026-27").exceptions


def test_the_overview_lists_every_exception_with_its_words(page: Page, dashboard: str, agenda: tuple[Exceptional, ...]) -> None:
    """Those that do not fit the screen open on demand; the numbers go on."""
    open_page(page, dashboard)
    items = page.locator(".hscb-exception")
    expect(items).to_have_count(len(agenda))
    assert 0 < items.locator("visible=true").count() < len(agenda)
    for summary in page.locator(".hscb-exceptions summary").all():
        summary.click()
    expect(items.locator("visible=true")).to_have_count(len(agenda))
    page.evaluate("document.querySelectorAll('.hscb-exception .hscb-enter').forEach(one => one.remove())")  # the way to a form
    told = items.evaluate_all("all => all.map(one => one.innerText.replace(/\\s+/g, ' ').trim())")
    for number, (words, one) in enumerate(zip(told, agenda, strict=True), start=1):
        said = [sentences.exception_title(one), sentences.reasons_in_words(one), sentences.narrative_in_words(one)]
        assert words == " ".join([str(number), *(part for part in said if part)])


def test_pictures_beside_words_are_drawn(page: Page, dashboard: str, agenda: tuple[Exceptional, ...]) -> None:
    """An image that is taken out of the page, or that is no picture, has no width."""
    open_page(page, dashboard)
    pictures = sum(one.view.latest_shown is not None for one in agenda)
    drawn = "all => all.length > 0 && all.every(one => one.complete && one.naturalWidth > 0)"
    expect(page.locator(".hscb-spark")).to_have_count(pictures)
    page.wait_for_function(f"({drawn})([...document.querySelectorAll('.hscb-spark')])")
    open_page(page, f"{dashboard}/quality_of_practice")
    icons = page.locator(".hscb-icon")
    expect(icons.first).to_be_visible()
    assert icons.evaluate_all(drawn)


def test_an_exception_leads_to_its_chart_on_the_basis_of_its_reason(page: Page, dashboard: str, agenda: tuple[Exceptional, ...]) -> None:
    first = next(one for one in agenda if one.view.basis == "quarter")
    open_page(page, f"{dashboard}/?neighbours=median")
    page.locator(".hscb-what a", has_text=sentences.title(first.view)).first.click()
    expect(page.locator("h1.hscb-title")).to_have_text(sentences.title(first.view))
    assert ("basis=quarter" in page.url) == (first.view.bases[0] != "quarter") and "neighbours=median" in page.url
    expect(page.locator(".hscb-words").first).to_contain_text(sentences.signal_in_words(first.view))
    expect(page.locator("details[open] summary", has_text="How sure are we?")).to_be_visible()
    expect(page.locator(".hscb-how")).to_have_text(sentences.how_to_read(first.view))
    expect_no_fault(page)


def test_the_overview_leads_to_an_area_and_keeps_the_choices(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/?plan_year=2015-16&neighbours=median")
    page.locator("table.hscb-overview").get_by_role("link", name="Neglect", exact=True).click()
    expect(page.locator("h1.hscb-title")).to_have_text(LATEST["neglect"][1].title)
    expect(page.locator(".hscb-above")).to_contain_text("2015-16")
    assert "neighbours=median" in page.url and "plan_year=2015-16" in page.url


def test_an_area_of_another_year_is_found(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/sexual_exploitation_and_missing")
    expect(page.locator(".hscb-empty")).to_contain_text("2015-16")
    page.locator(".hscb-empty").get_by_role("link", name="2015-16").click()
    expect(page.locator(".hscb-good")).to_be_visible()


def test_the_explorer(page: Page, dashboard: str) -> None:
    strangers = open_page(page, f"{dashboard}/indicator?indicator=rereferrals_within_12_months")
    expect(page.locator("h1.hscb-title")).to_contain_text("Re-referrals")
    expect_charts(page, 1, 1)
    expect(page.locator("table.figures thead")).to_contain_text("England")
    expect(page.locator(".hscb-definition")).to_contain_text(FRAMEWORK.indicators["rereferrals_within_12_months"].definition)
    expect_no_fault(page)
    assert strangers == []


def test_a_quarterly_indicator_follows_the_basis_chosen(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/indicator?indicator=recorded_sexual_offences&basis=rolling12")
    expect(page.locator("table.figures").last.locator("tbody th").first).to_contain_text("12 months to")


def test_an_unknown_indicator_in_the_address_is_left_aside(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/indicator?indicator=nonsense")
    expect_charts(page, 1, 1)
    expect_no_fault(page)


def test_the_download_says_what_the_table_says(page: Page, dashboard: str, tmp_path: Path) -> None:
    open_page(page, f"{dashboard}/indicator?indicator=child_protection_plans_open_two_years_or_more&basis=year")
    with page.expect_download() as download:
        page.get_by_role("button", name="Figures as CSV").click()
    download.value.save_as(tmp_path / "series.csv")
    rows = [row for row in csv.DictReader(io.StringIO((tmp_path / "series.csv").read_text("utf-8"))) if row["place"] == "Harrow"]
    shown = [row["value"] or row["status"] for row in rows]
    assert shown[::-1] == page.locator("table.figures tbody tr td:nth-child(2)").all_inner_texts()
    assert "[c]" in shown and {row["figures"] for row in rows} == {"illustrative"}


def test_the_methods_page(page: Page, dashboard: str) -> None:
    strangers = open_page(page, f"{dashboard}/methods")
    expect(page.locator("table.texts", has_text="illustrative_lait.csv")).to_be_visible()
    expect(page.get_by_text("Queries: two files that disagree")).to_be_visible()
    expect_no_fault(page)
    assert strangers == []


@pytest.mark.parametrize("path", ["", "neglect", "training", "indicator?indicator=recorded_sexual_offences&basis=quarter", "methods"])
def test_a_telephone_needs_no_sideways_scrolling(page: Page, dashboard: str, path: str) -> None:
    page.set_viewport_size({"width": 400, "height": 860})
    open_page(page, f"{dashboard}/{path}")
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollWidth <= 400", timeout=10_000)


def test_the_menu_lists_the_plan_years_own_areas(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/?plan_year=2015-16")
    menu = page.get_by_test_id("stSidebarNav")
    for area in FRAMEWORK.plan_year("2015-16").areas:
        expect(menu.get_by_role("link", name=area.short_title, exact=True)).to_be_visible()
    expect(menu.get_by_role("link", name="Child exploitation", exact=True)).to_have_count(0)


def test_approved_texts_stand_on_their_pages_and_waiting_ones_on_none(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/indicator?indicator=initial_conferences_within_15_working_days")
    expect(page.locator(".hscb-said")).to_contain_text("Still late.")
    expect(page.locator(".hscb-said")).to_contain_text("Approved by: Chair of the quality assurance sub-committee (illustrative)")
    open_page(page, f"{dashboard}/indicator?indicator=safeguarding_supervision_on_time")
    expect(page.locator(".hscb-said")).to_contain_text("Hospital trust, 30 June 2026")
    expect(page.locator(".hscb-said")).not_to_contain_text("30 September 2026")
    open_page(page, f"{dashboard}/indicator?indicator=referrals_rate")
    expect(page.locator(".hscb-said")).to_have_count(0)
    open_page(page, f"{dashboard}/help_and_early_help")
    expect(page.locator(".hscb-said h2").last).to_contain_text("Voices")
    expect_no_fault(page)
