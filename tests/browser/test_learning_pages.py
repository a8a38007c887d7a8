"""Learning on a page: the Board's judgements at a glance, who was heard by area, and what the overview says of what is late."""

import re

import pytest
from playwright.sync_api import Page, expect

from browser.test_pages import expect_no_fault, open_page
from hscb_qa.definitions import load_framework
from hscb_qa.learning import unanswered
from hscb_qa.learning.recommendations import follow, tally
from hscb_qa.views import OpenEdition, learning_view

pytestmark = pytest.mark.browser

FRAMEWORK = load_framework()


def test_each_judgement_at_a_glance_leads_to_its_question(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/key_questions")
    rows = page.locator("table.hscb-judgements tbody tr")
    assert FRAMEWORK.learning is not None
    expect(rows).to_have_count(len(FRAMEWORK.learning.questions))
    expect(rows.nth(4)).to_contain_text(re.compile(r"In part, .*Well, .*down from Well"))
    rows.nth(8).get_by_role("link").click()
    expect(page.locator(f"#question-{FRAMEWORK.learning.questions[8].id}")).to_be_in_viewport()
    expect_no_fault(page)


def test_who_was_heard_stands_for_every_area_with_the_way_to_it(page: Page, dashboard: str) -> None:
    open_page(page, f"{dashboard}/evidence")
    rows = page.locator("table.hscb-heard-by-area tbody tr")
    areas = FRAMEWORK.plan_year("2026-27").areas
    expect(rows).to_have_count(len(areas))
    expect(rows.filter(has_text="Mental health")).to_contain_text(re.compile(r"20\d\d-\d\d Q\d"))
    expect(page.locator("table.hscb-heard-by-area")).to_contain_text("not yet")
    rows.filter(has_text="Neglect").get_by_role("link").click()
    expect(page).to_have_url(re.compile("/neglect$"), timeout=30_000)


def test_the_overview_says_how_much_is_late_and_leads_there(page: Page, dashboard: str, illustrative_edition: OpenEdition) -> None:
    view = learning_view(illustrative_edition)
    states = {name: effect.state for name, effect in view.effects.items()}
    late, waiting = tally(follow(view.learning, view.today, states)).overdue, len(unanswered(view.learning))
    assert late and waiting, "the illustrative record has one of each"
    open_page(page, f"{dashboard}/?agency=housing")
    line = page.locator(".hscb-learning-line")
    numbers = [int(number) for number in re.findall(r"\d+", line.inner_text())]
    assert numbers == [late, waiting]
    line.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile(r"/recommendations#group-overdue$"), timeout=30_000)
    expect(page.locator("#group-overdue")).to_contain_text(f"Overdue: {late}", timeout=30_000)
    expect_no_fault(page)
