"""The explorer in a browser: search by keyboard, series together, parts, authorities, events, and what can be taken away."""

import re
import struct
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from browser.test_pages import expect_no_fault, open_page
from hscb_qa import sentences
from hscb_qa.views import OpenEdition, Selection, indicator_view

pytestmark = pytest.mark.browser

PLANS = "indicator?indicator=child_protection_plans_rate"
EALING = "child_protection_plans_rate%7C%7CE09000009"


def wait_for_charts(page: Page, number: int) -> None:
    expect(page.locator(".st-key-explored .js-plotly-plot")).to_have_count(number, timeout=30_000)
    expect(page.locator(".st-key-explored .js-plotly-plot .main-svg").first).to_be_attached(timeout=30_000)


def test_an_indicator_is_found_by_a_word_and_chosen_by_keyboard_alone(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/indicator")
    page.get_by_label("Search by any word").focus()
    page.keyboard.type("neglect")
    first = page.locator(".st-key-found button").first
    expect(first).to_be_visible(timeout=20_000)
    name = first.inner_text()
    while page.evaluate("!document.activeElement.closest('.st-key-found')"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".hscb-above")).to_contain_text(name)
    expect(page.locator(".st-key-found")).to_have_count(0)
    assert "neglect" in page.url
    expect_no_fault(page)


def test_a_series_is_set_beside_by_keyboard_and_stands_in_the_address(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/{PLANS}")
    page.get_by_label("Set beside it").focus()
    page.keyboard.type("Ealing")
    page.keyboard.press("Enter")
    expect(page.locator("table.figures thead").last).to_contain_text("Ealing", timeout=20_000)
    assert f"with={EALING}" in page.url
    wait_for_charts(page, 1)
    page.keyboard.press("Escape")  # closes the list, which stays open for the next one
    page.get_by_role("radio", name="Side by side").click()
    wait_for_charts(page, 2)
    assert "show=side_by_side" in page.url


def test_other_units_come_side_by_side_with_the_reason_and_a_bad_series_is_told(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/{PLANS}&with=rereferrals_within_12_months&with=nonsense")
    wait_for_charts(page, 2)
    expect(page.get_by_text("as the units differ")).to_be_visible()
    expect(page.get_by_role("radio", name="On one chart")).to_have_count(0)
    expect(page.locator(".hscb-dropped")).to_contain_text("nonsense")
    assert "nonsense" not in page.url


def test_one_against_the_other_says_that_it_shows_no_cause(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/{PLANS}&basis=quarter&with=referrals_rate&show=against")
    wait_for_charts(page, 1)
    expect(page.get_by_text("do not show that one causes the other")).to_be_visible()


def test_parts_show_a_hidden_one_by_its_status_alone(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/{PLANS}&basis=quarter&show=parts&by=age_band")
    wait_for_charts(page, 1)
    expect(page.locator(".st-key-explored .annotation-text", has_text="[c]").first).to_be_attached()
    expect(page.get_by_text("Not the whole in")).to_be_visible()
    page.get_by_role("radio", name="Ethnicity").click()
    expect(page.locator("table.figures thead")).to_contain_text("white", timeout=20_000)
    assert "by=ethnicity" in page.url


def test_authorities_and_london_have_their_tables_and_on_a_telephone_the_map_gives_way_to_it(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/{PLANS}&show=authorities")
    wait_for_charts(page, 1)
    expect(page.locator("table.figures tbody tr")).to_have_count(11)
    page.get_by_role("radio", name="London map").click()
    expect(page.locator(".st-key-explored .annotation-text")).to_have_count(33, timeout=20_000)
    page.set_viewport_size({"width": 400, "height": 860})
    expect(page.locator(".st-key-explored .js-plotly-plot")).to_be_hidden()
    expect(page.locator(".hscb-narrow")).to_be_visible()
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollWidth <= 400", timeout=10_000)


def test_events_are_drawn_and_listed_on_demand(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/{PLANS}&basis=year")
    expect(page.locator(".hscb-events")).to_have_count(0)
    page.get_by_text("Events", exact=True).click()
    expect(page.locator(".hscb-events li")).to_have_count(7, timeout=20_000)
    expect(page.locator(".st-key-explored .annotation-text", has_text="First lockdown")).to_be_attached()
    assert "events=1" in page.url
    labels = page.locator(".st-key-explored .annotation-text", has_text=re.compile("lockdown|Together|Ofsted|Partners"))
    tops = sorted(labels.evaluate_all("all => all.map(one => one.getBoundingClientRect().top)"))
    assert len(tops) == 7 and all(later - earlier >= 12 for earlier, later in pairwise(tops))


def size_of_png(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack(">II", content[16:24])
    return width, height


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_chart_is_taken_away_as_a_picture_with_title_source_and_edition(
    page: Page, dashboard: str, illustrative_edition: OpenEdition, tmp_path: Path, scheme: str
) -> None:
    """Made in the page, on white whichever the theme, without a request to anybody; the PNG at double size."""
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    strangers = open_page(page, f"{dashboard}/{PLANS}&basis=year")
    wait_for_charts(page, 1)
    page.wait_for_timeout(500)
    with page.expect_download() as download:
        page.get_by_role("button", name="Chart as SVG").focus()
        page.keyboard.press("Enter")
    download.value.save_as(tmp_path / "chart.svg")
    picture = ElementTree.parse(tmp_path / "chart.svg").getroot()
    words = " ".join("".join(text.itertext()) for text in picture.iter("{http://www.w3.org/2000/svg}text"))
    shown = indicator_view(illustrative_edition, "child_protection_plans_rate", Selection(basis="year"))
    for part in (sentences.title(shown), "illustrative data", f"Edition {illustrative_edition.edition.id}", "England", "Neighbours"):
        assert part in words
    source = (tmp_path / "chart.svg").read_text("utf-8")
    assert not re.search(r"(?:href|src)=.https?:", source) and "url(http" not in source
    assert "rgb(18, 67, 109)" in source or "#12436D" in source
    with page.expect_download() as download:
        page.get_by_role("button", name="Chart as PNG").click()
    download.value.save_as(tmp_path / "chart.png")
    width, height = size_of_png((tmp_path / "chart.png").read_bytes())
    assert abs(width - 2 * float(picture.get("width", 0))) <= 2 and abs(height - 2 * float(picture.get("height", 0))) <= 2
    assert strangers == []


def test_the_workbook_says_what_the_table_says(page: Page, dashboard: str, tmp_path: Path) -> None:
    open_page(page, f"{dashboard}/{PLANS}&basis=quarter&show=parts&by=sex")
    wait_for_charts(page, 1)
    with page.expect_download() as download:
        page.get_by_role("button", name="Figures as XLSX").click()
    assert download.value.suggested_filename.startswith("illustrative_child_protection_plans_rate_quarter_by_sex_edition_")
    download.value.save_as(tmp_path / "parts.xlsx")
    figures = pd.read_excel(tmp_path / "parts.xlsx", sheet_name="Figures", engine="calamine")
    female = figures[figures["breakdown"] == "sex=female"]
    shown = [str(int(value)) if pd.notna(value) else status for value, status in zip(female["value"], female["status"], strict=True)]
    assert shown[::-1] == page.locator("table.figures tbody tr td:nth-child(2)").all_inner_texts()
    assert "Edition" in pd.read_excel(tmp_path / "parts.xlsx", sheet_name="About", engine="calamine", header=None)[0].to_list()
