"""A dashboard on the illustrative board, and Debian's Chromium to look at it."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(store: Path, **environment: str) -> Iterator[str]:
    """The address of a dashboard that shows a store, for as long as the block lasts."""
    with serve(store, free_port(), **environment) as address:
        yield address


@contextmanager
def serve(store: Path, port: int, **environment: str) -> Iterator[str]:
    """The address of a dashboard at one port; also of a store in which nothing is published, where the command would refuse."""
    surroundings = {**os.environ, "HSCB_QA_STORE": str(store), **environment}
    command = [sys.executable, "-c", f"from hscb_qa.screen.serving import serve; serve('127.0.0.1', {port}, warm=False)"]
    with subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        address = f"http://localhost:{port}"
        try:
            wait_until_it_answers(address)
            yield address
        finally:
            server.terminate()


@pytest.fixture(scope="session")
def dashboard(illustrative_store: Path) -> Iterator[str]:
    """The address of a running dashboard."""
    with served(illustrative_store) as address:
        yield address


def wait_until_it_answers(address: str) -> None:
    """Ask until the dashboard is well; a minute without an answer is a failure."""
    for _ in range(120):
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail("The dashboard did not answer within a minute.")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed. On Debian: sudo apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page the size of a meeting room's screen. The policy against code made of strings would stop Playwright's own waiting."""
    context = browser.new_context(viewport={"width": 1920, "height": 1080}, accept_downloads=True, bypass_csp=True)
    yield context.new_page()
    context.close()
