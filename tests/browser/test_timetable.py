"""The timetable and section 11 as a Board sees them: rules and what is missing, a bar to its exercise, filters, files, and the gap.

The board here is invented: one published figure, and a few entries, with a deep dive that was missed and a gap between two scores.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
import yaml
from icalendar import Calendar
from invented import cells, submit
from learnt import deep_dive, evidence, exercise, score
from playwright.sync_api import Page, expect

from browser.conftest import served
from browser.test_access import new_faults
from browser.test_pages import expect_no_fault, open_page
from hscb_qa.definitions import Framework
from hscb_qa.intake import enter_file
from hscb_qa.learning import Entry
from hscb_qa.ledger import ApprovedBy
from hscb_qa.publish import publish_edition

pytestmark = pytest.mark.browser

ENTRIES: list[Entry] = [
    exercise("audit", title="Audit of neglect", starts="2024-25 Q2"),
    exercise("again", title="Audit of neglect again", starts="2025-26 Q2", repeats="audit"),
    deep_dive("dive", title="Deep dive into exploitation", areas=["child_exploitation"], status="planned", starts="2025-26 Q1"),
    exercise(
        "on",
        title="Records read",
        recurrence="continuous",
        method="management_oversight",
        status="under_way",
        ends=None,
        areas=["training"],
    ),
    evidence("found", title="What the audit found", exercise="audit", on="2024-09-10"),
    score("police", "accountability", 3, 1),
    score("police", "senior_lead", 2, 2),
    score("police", "accountability", 2, 2, "2024-25"),
]


@pytest.fixture(scope="module")
def board(framework: Framework, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a dashboard on that board."""
    store = tmp_path_factory.mktemp("timetable_store")
    submit(store, cells("a_measure", {"2025": 1}), illustrative=True)
    file = store / "entries.yaml"
    lists: dict[str, object] = {"illustrative": True}
    for one in ENTRIES:
        lists.setdefault(one.KIND, []).append(one.model_dump(mode="json", exclude_none=True))  # type: ignore[attr-defined]
    file.write_text(yaml.safe_dump(lists), encoding="utf-8")
    enter_file(store, framework, file, ApprovedBy("tests", "Chair"), approve=True)
    publish_edition(store, framework, "tests")
    with served(store) as address:
        yield address


def test_rules_name_what_is_missing_and_a_bar_leads_to_its_exercise(page: Page, board: str) -> None:
    open_page(page, f"{board}/timetable")
    first = page.locator(".hscb-rule").first
    expect(first).to_contain_text("not met")
    expect(first).to_contain_text("2024-27: Deep dive into exploitation, to be done by 30 June 2025, is not done")
    bars = page.locator(".hscb-timeline li a")
    expect(bars).to_have_count(4)
    expect(page.locator(".hscb-timeline .is-missed")).to_contain_text("missed")
    bars.filter(has_text="Audit of neglect again").click()
    full = page.locator(".hscb-exercise")
    expect(full.locator("h2")).to_have_text("Audit of neglect again", timeout=30_000)
    full.get_by_role("link", name="Audit of neglect (Jul to Sep 2024)").click()
    expect(full).to_contain_text("What the audit found, 10 September 2024 (quality better).", timeout=30_000)
    assert "exercise=audit" in page.url
    expect_no_fault(page)


def test_filters_narrow_the_timeline_and_stand_in_the_address(page: Page, board: str) -> None:
    open_page(page, f"{board}/timetable?about=neglect&rows=kind")
    expect(page.locator(".hscb-timeline li")).to_have_count(2)
    expect(page.locator(".hscb-timeline h3")).to_have_text(["Once"])
    open_page(page, f"{board}/timetable?agency=housing")
    expect(page.get_by_text("No exercise fits what was chosen.")).to_be_visible()
    open_page(page, f"{board}/timetable?exercise=none_such")
    expect(page.locator(".hscb-dropped")).to_contain_text("exercise 'none_such', which there is not")


def test_the_timetable_is_taken_away_as_a_calendar_and_as_rows(page: Page, board: str) -> None:
    open_page(page, f"{board}/timetable")
    with page.expect_download() as taken:
        page.get_by_role("button", name="Calendar (ICS)").click()
    events = Calendar.from_ical(Path(taken.value.path()).read_bytes()).walk("VEVENT")
    assert {str(one["SUMMARY"]) for one in events} >= {"Illustrative: Audit of neglect", "Illustrative: Deep dive into exploitation"}
    with page.expect_download() as taken:
        page.get_by_role("button", name="Timetable as CSV").click()
    rows = Path(taken.value.path()).read_text("utf-8").splitlines()
    assert len(rows) == 5
    assert all(row.endswith(",illustrative") for row in rows[1:])


def test_section_11_shows_both_scores_the_gap_and_who_owes(page: Page, board: str) -> None:
    open_page(page, f"{board}/section_11")
    row = page.locator("table.hscb-section-11 tbody tr")
    expect(row).to_have_count(1)
    expect(row.locator("td").first).to_contain_text("self 3, moderated 1: 2 higher than the moderators")
    expect(row).to_contain_text("+1.0")
    expect(page.locator(".hscb-below")).to_contain_text("The gap is wider than in 2024-25 (+1.0 against 0.0).")
    expect(page.locator(".hscb-dropped").first).to_contain_text("Housing")
    page.get_by_role("radio", name="2024-25").or_(page.get_by_role("button", name="2024-25")).first.click()
    expect(row).to_contain_text("no year before", timeout=30_000)
    expect_no_fault(page)


@pytest.mark.parametrize("path", ["timetable?exercise=audit", "section_11"])
def test_everybody_can_use_both_pages_however_narrow(page: Page, board: str, path: str) -> None:
    themes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for theme in themes:
        page.emulate_media(color_scheme=theme)
        open_page(page, f"{board}/{path}")
        for width in (1920, 320):
            page.set_viewport_size({"width": width, "height": 1080})
            page.wait_for_function(f"document.querySelector('[data-testid=stMain]').scrollWidth <= {width}", timeout=10_000)
            assert new_faults(page) == [], f"{path} in {theme} at {width}"
