"""The Board's officer enters: an audit's evidence, what it found, a recommendation, its completion; and the next edition tells it.

Also: what was typed stays where entry is refused, approvals are taken back and entries withdrawn, and nothing can be entered where real
figures are shared.
"""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from invented import cells, submit
from playwright.sync_api import Locator, Page, expect

from browser.conftest import served
from browser.test_pages import expect_no_fault, open_page
from hscb_qa.definitions import Framework
from hscb_qa.ledger import entries_held, entry_events
from hscb_qa.publish import publish_edition
from hscb_qa.sentences import KIND_WORDS

pytestmark = pytest.mark.browser
AREA = "private_fostering"
SETTLED = "document.querySelector('.stApp').dataset.testScriptState === 'notRunning'"


@pytest.fixture(scope="module")
def store(illustrative_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the illustrative board that these tests enter into."""
    store = tmp_path_factory.mktemp("entry") / "store"
    shutil.copytree(illustrative_store, store)
    return store


@pytest.fixture(scope="module")
def board(store: Path) -> Iterator[str]:
    """The address of a dashboard on that board."""
    with served(store) as address:
        yield address


def settled(page: Page) -> None:
    """Wait until the page has answered what was just done; a quarter of a second is what it takes to begin."""
    page.wait_for_timeout(250)
    page.wait_for_function(SETTLED, timeout=30_000)


def sign(page: Page) -> None:
    """Say who enters."""
    write(page, "Your name: kept in the record, not shown", "A. Tester")
    write(page, "Your role, as shown", "Quality assurance officer")


def write(page: Page, label: str, text: str) -> None:
    field = page.get_by_role("textbox", name=label, exact=True)
    field.fill(text)
    field.blur()
    settled(page)


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_label(label, exact=True).last.click()
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Tab")
    settled(page)


def today(page: Page, label: str) -> None:
    """Type today's date."""
    page.get_by_role("spinbutton", name=f"day, {label}").click()
    page.keyboard.type(f"{date.today():%d%m%Y}")
    page.keyboard.press("Tab")
    settled(page)


def enter(page: Page) -> Locator:
    """Approve and enter; what the page then says."""
    page.locator("[data-testid=stCheckbox]", has_text="Approve it for everybody as well").locator("label").click()
    settled(page)
    page.get_by_role("button", name="Enter", exact=True).click()
    outcome = page.locator(".hscb-outcome")
    expect(outcome).to_contain_text("The next edition shows it to everybody.", timeout=30_000)
    return outcome


def follow(page: Page, link: Locator) -> None:
    """Follow a link to the next form."""
    kind = parse_qs(urlsplit(link.get_attribute("href") or "").query)["kind"][0]
    link.click()
    expect(page).to_have_url(re.compile(rf"/entry\?(.*&)?kind={kind}\b"))
    expect(page.locator("h1.hscb-title")).to_have_text("Enter and approve", timeout=30_000)
    settled(page)
    expect(page.get_by_role("combobox", name="What do you enter?")).to_have_value(KIND_WORDS[kind], timeout=30_000)
    settled(page)


def shown_in(page: Page, label: str) -> Locator:
    """A choice with what stands in it."""
    return page.locator("[data-testid=stSelectbox], [data-testid=stMultiSelect]", has=page.get_by_label(label, exact=True))


def themed(page: Page, board: str) -> tuple[str, tuple[int, int]]:
    """The line about themes on the page of key questions, and its two numbers."""
    open_page(page, f"{board}/key_questions")
    line = page.locator(".hscb-counted li", has_text="name a theme")
    expect(line).to_have_count(1)
    words = line.inner_text()
    found = re.match(r"(\d+) of (\d+) findings", words)
    assert found, words
    return words, (int(found[1]), int(found[2]))


def test_an_audit_leads_to_a_completed_recommendation_and_moves_a_key_question(
    page: Page, board: str, store: Path, framework: Framework
) -> None:
    _, (number, of) = themed(page, board)
    open_page(page, f"{board}/evidence?area={AREA}")
    follow(page, page.get_by_role("link", name="Record evidence about this area"))
    sign(page)
    write(page, "Title, in a few words", "Audit of private fostering")
    choose(page, "Source of the framework", "case records")
    choose(page, "Method", "multi-agency audit")
    today(page, "Day")
    choose(page, "Agencies it is about", "Housing")
    write(page, "What it says, in aggregate and without anything about one person", "Visits were written down late.")
    choose(page, "What it says of quality", "worse")
    follow(page, enter(page).get_by_role("link", name="Record what was found"))
    expect(shown_in(page, "Agencies it is about")).to_contain_text("Housing")
    choose(page, "What it is", "concern")
    write(page, "In words", "Housing wrote visits down late.")
    follow(page, enter(page).get_by_role("link", name="Make a recommendation"))
    write(page, "In words", "Housing should write each visit down within two days.")
    write(page, "Who owns it: a role, no name", "Head of housing")
    today(page, "Made on")
    follow(page, enter(page).get_by_role("link", name="Record a step"))
    today(page, "Day")
    choose(page, "What it is", "completed")
    write(page, "In words", "Every visit is written down within two days.")
    choose(page, "Evidence (may stay open)", f"Audit of private fostering ({date.today().day} {date.today():%B %Y})")
    enter(page)
    expect_no_fault(page)
    for one in ("Your name: kept in the record, not shown", "Your role, as shown"):
        expect(page.get_by_role("textbox", name=one, exact=True)).not_to_have_value("")
    assert "Tester" not in page.url and "officer" not in page.url
    made = {one.kind: one for one in entries_held(store) if one.made_by.role == "Quality assurance officer"}
    asked, done = made["recommendation"], made["step"]
    assert {name: (asked.fields or {})[name] for name in ("area", "agency", "origin", "finding")} == {
        "area": AREA, "agency": "housing", "origin": "audit", "finding": made["finding"].entry,
    }  # fmt: skip
    assert (done.fields or {})["evidence"] == [made["evidence"].entry]
    publish_edition(store, framework, "tests")
    open_page(page, f"{board}/recommendations?recommendation={asked.entry}")
    expect(page.locator(".hscb-lead")).to_contain_text(re.compile("completed", re.IGNORECASE))
    expect(page.locator(".hscb-steps")).to_contain_text("Audit of private fostering")
    words, now = themed(page, board)
    assert now == (number, of + 1)
    assert f"{number} of {of} in" in words


def test_what_was_typed_stays_where_entry_is_refused_and_a_change_shows_its_history(page: Page, board: str, store: Path) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    open_page(page, f"{board}/entry?kind=step&entry=keep_chronologies_1")
    words = page.get_by_role("textbox", name="In words", exact=True)
    expect(words).to_have_value(re.compile("Managers read a chronology"))
    write(page, "In words", "Managers read each chronology.")
    page.get_by_role("button", name="Enter", exact=True).click()
    expect(page.locator(".hscb-outcome")).to_contain_text("“Your name”, at the top of this page, is not filled in.")
    expect(words).to_have_value("Managers read each chronology.")
    sign(page)
    choose(page, "What it is", "audited again")
    page.get_by_role("button", name="Enter", exact=True).click()
    expect(page.locator(".hscb-outcome")).to_contain_text("“Evidence” is missing; a re-audit names the evidence it produced.")
    expect(words).to_have_value("Managers read each chronology.")
    choose(page, "What it is", "progress")
    page.get_by_role("button", name="Enter", exact=True).click()
    expect(page.locator(".hscb-outcome")).to_contain_text("It waits for approval.", timeout=30_000)
    expect(page.locator("table.texts tbody tr")).to_have_count(2)
    expect(page.locator("table.texts")).to_contain_text("In words: Managers read a chronology")
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollWidth <= 400", timeout=10_000)
    settled(page)
    waiting = page.locator("#waiting")
    before = int(waiting.inner_text().split(": ")[1])
    page.get_by_role("button", name="Approve", exact=True).first.click()
    expect(page.locator(".hscb-outcome")).to_contain_text("Approved: Step of a recommendation", timeout=30_000)
    expect(waiting).to_have_text(f"Waiting for approval: {before - 1}")
    assert [one.approved_by is not None for one in entry_events(store, "step", "keep_chronologies_1")] == [True, True]


def test_an_approval_is_taken_back_and_an_entry_withdrawn_with_a_reason(page: Page, board: str, store: Path) -> None:
    page.set_viewport_size({"width": 400, "height": 900})
    kept, named = ("step", "keep_chronologies_2"), ("recommendation", "keep_chronologies")
    open_page(page, f"{board}/entry?kind={kept[0]}&entry={kept[1]}")
    sign(page)
    page.get_by_role("button", name="Take back the approval", exact=True).click()
    outcome = page.locator(".hscb-outcome")
    expect(outcome).to_contain_text("Say why; what is kept for ever needs its reason.", timeout=30_000)
    write(page, "Why: kept in the record", "The wording was another agency's.")
    page.get_by_role("button", name="Take back the approval", exact=True).click()
    expect(outcome).to_contain_text("Taken back: the approval of Step of a recommendation", timeout=30_000)
    expect(page.locator("table.texts")).to_contain_text("The wording was another agency's.")
    expect(page.get_by_role("button", name="Take back the approval", exact=True)).to_have_count(0)
    assert [one.approved_by for one in entry_events(store, *kept)] == [None]
    page.get_by_role("button", name="Withdraw", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="will be withdrawn")).to_be_visible(timeout=30_000)
    page.wait_for_function("document.querySelector('[data-testid=stMain]').scrollWidth <= 400", timeout=10_000)
    assert len(entry_events(store, *kept)) == 1, "nothing is withdrawn at one press"
    page.get_by_role("button", name="Yes, withdraw it", exact=True).click()
    expect(outcome).to_contain_text("It stays in the record, and the next edition does not hold it.", timeout=30_000)
    expect(page.get_by_role("combobox", name="New, or a change of")).to_have_value("A new one")
    assert [(one.fields is None, one.reason) for one in entry_events(store, *kept)][-1] == (True, "The wording was another agency's.")
    open_page(page, f"{board}/entry?kind={named[0]}&entry={named[1]}")
    sign(page)
    write(page, "Why: kept in the record", "It is not ours.")
    page.get_by_role("button", name="Withdraw", exact=True).click()
    page.get_by_role("button", name="Yes, withdraw it", exact=True).click()
    expect(outcome).to_contain_text("is named by step", timeout=30_000)
    expect(outcome.get_by_role("link").first).to_be_visible()
    assert len(entry_events(store, *named)) == 1
    expect_no_fault(page)


def test_what_is_missing_leads_to_its_form_and_no_slide_does(page: Page, board: str) -> None:
    open_page(page, board)
    owed = page.locator(".hscb-exception", has=page.locator(".hscb-owed", has_text=re.compile(r"owed by [^,]*(?<! and)[^,]*\.$"))).first
    way = owed.get_by_role("link", name="Enter the analysis")
    asked = parse_qs(urlsplit(way.get_attribute("href") or "").query)
    assert asked["of_kind"] == ["analysis"] and {"of_area", "of_indicator"} <= asked.keys()
    follow(page, way)
    expect(page.get_by_role("combobox", name="What it is", exact=True)).to_have_value("analysis")
    for one in ("Area", "Indicator (may stay open)"):
        expect(page.get_by_role("combobox", name=one, exact=True)).not_to_have_value("")
    page.go_back()
    expect(page.locator("h1.hscb-title")).to_have_text(re.compile("Children Board"), timeout=30_000)
    open_page(page, f"{board}/recommendations")
    waits = page.locator("#unanswered")
    expect(waits).to_contain_text("Waits for an answer: ")
    follow(page, page.get_by_role("link", name="Enter the answer").first)
    expect(page.get_by_role("combobox", name="What it is", exact=True)).to_have_value("answer")
    for path in ("exceptions?present=1", f"{AREA}?present=1", "recommendations?present=1"):
        open_page(page, f"{board}/{path}")
        expect(page.locator(".hscb-enter")).to_have_count(0)
    open_page(page, board)
    page.emulate_media(media="print")
    expect(page.locator(".hscb-enter").first).to_be_hidden()


def test_entry_is_closed_where_real_figures_are_shared_and_open_with_uploads(page: Page, framework: Framework, tmp_path: Path) -> None:
    submit(tmp_path, cells("a_measure", {"2025": 1}), illustrative=False)
    publish_edition(tmp_path, framework, "tests")
    with served(tmp_path) as address:
        open_page(page, f"{address}/entry")
        expect(page.locator(".hscb-empty")).to_contain_text("Nothing can be entered on this server")
        expect(page.get_by_role("button", name="Enter", exact=True)).to_have_count(0)
        open_page(page, f"{address}/evidence")
        expect(page.locator(".hscb-enter")).to_have_count(0)
    with served(tmp_path, HSCB_QA_UPLOADS="yes") as address:
        open_page(page, f"{address}/entry")
        expect(page.get_by_role("button", name="Enter", exact=True)).to_have_count(1)
