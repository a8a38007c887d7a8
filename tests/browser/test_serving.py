"""The dashboard as a browser gets it: under its own policy, from one host, compressed, and in several processes behind nginx's rules."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

PAGES = ["", "neglect", "indicator?indicator=referrals_rate", "agency?agency=police", "entry", "recommendations", "neglect?present=1"]
MOST_AT_FIRST = 3_000_000  # bytes on the wire until a page with charts stands, in a browser that holds nothing


@pytest.fixture
def strict(browser: Browser) -> Iterator[Page]:
    """A page that keeps to the policy, as every viewer's does."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_nothing_on_a_page_goes_against_its_own_policy(strict: Page, dashboard: str, path: str) -> None:
    refused: list[str] = []
    hosts: set[str] = set()
    strict.on("console", lambda message: refused.append(message.text) if "Security Policy" in message.text else None)
    strict.on("request", lambda asked: hosts.add(asked.url.split("/")[2]) if asked.url.startswith("http") else None)
    strict.goto(f"{dashboard}/{path}")
    strict.locator(".hscb-footer").wait_for(timeout=60_000)
    expect(strict.get_by_test_id("stException")).to_have_count(0)
    if "present" not in path:
        expect(strict.get_by_role("button", name="Share this view")).to_be_visible()  # a component with a script of its own
    assert refused == [] and hosts == {dashboard.split("/")[2]}


def test_the_first_page_with_charts_comes_in_few_bytes(strict: Page, dashboard: str) -> None:
    sent: list[float] = []
    network = strict.context.new_cdp_session(strict)
    network.send("Network.enable")
    network.on("Network.loadingFinished", lambda event: sent.append(event["encodedDataLength"]))
    network.on("Network.webSocketFrameReceived", lambda event: sent.append(frame_size(event)))
    strict.goto(f"{dashboard}/neglect")
    strict.locator(".hscb-footer").wait_for(timeout=60_000)
    expect(strict.locator(".js-plotly-plot .main-svg").first).to_be_attached(timeout=60_000)
    assert 1_000_000 < sum(sent) < MOST_AT_FIRST


def frame_size(event: dict[str, Any]) -> float:
    """Bytes of a message before the socket compresses it; the browser tells it in base64."""
    return len(event["response"]["payloadData"]) * 3 / 4
