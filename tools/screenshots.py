"""Every page of the illustrative board as pictures: light and dark, a meeting room's screen and a telephone, and the meeting view.

Turns a store into `screenshots/` with one contact sheet, `screenshots/index.html`. Refuses a page that shows a fault.
"""

import html
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from hscb_qa.definitions import Framework
from hscb_qa.ledger import store_folder
from hscb_qa.publish import current_edition
from hscb_qa.screen.choices import LEARNING_PAGES
from hscb_qa.screen.menu import agenda
from hscb_qa.views import OpenEdition

ROOT = Path(__file__).resolve().parents[1]
TO = ROOT / "screenshots"
THEMES = ("light", "dark")
_FIXED = (
    "", "agency", "agency?agency=police", "returns", "indicator?indicator=child_protection_plans_rate", *LEARNING_PAGES, "methods",
    "accessibility",
)  # fmt: skip
_TALLEST = 8000
_HEAD = (
    "<!doctype html><html lang='en'><meta charset='utf-8'><title>Every page</title><style>body{font-family:Arial,sans-serif;margin:2rem}"
    "div{display:flex;gap:1rem;align-items:start}img{max-width:420px;max-height:520px;border:1px solid #999}</style>"
)


@dataclass(frozen=True)
class Shot:
    """One picture to take: an address, a screen's size, a theme, and whether the whole page is taken or what fits the screen."""

    path: str
    width: int
    height: int
    theme: str
    whole: bool

    @property
    def file(self) -> str:
        """The name of the picture's file."""
        name = "".join(sign if sign.isalnum() else "_" for sign in self.path) or "overview"
        return f"{name}_{self.width}_{self.theme}.png"


def shots(framework: Framework) -> list[Shot]:
    """All pictures: each page at both widths and in both themes, each slide at two sizes of screen."""
    year = framework.current_plan_year(date.today())
    areas = [f"{area.id}?plan_year={one.id}" for one in framework.plan_years for area in one.areas if one == year or not year.area(area.id)]
    pages = [*_FIXED, *dict.fromkeys(areas)]
    sizes = ((1920, 1080, True), (400, 860, True))
    taken = [Shot(path, *size[:2], theme, size[2]) for path in pages for size in sizes for theme in THEMES]
    slides = [f"{slide.path}?present=1" for slide in agenda(year)]
    return [*taken, *(Shot(path, *size, "light", False) for path in slides for size in ((1920, 1080), (1366, 768)))]


def take(browser: Browser, address: str, shot: Shot) -> None:
    """Take one picture. Fails where the page has a fault or is not drawn within a minute."""
    context = browser.new_context(bypass_csp=True, viewport={"width": shot.width, "height": shot.height}, color_scheme=shot.theme)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(f"{address}/{shot.path}")
    page.locator(".hscb-footer").wait_for(timeout=60_000)
    page.wait_for_function("document.querySelector('.stApp').dataset.testScriptState === 'notRunning'")
    if page.get_by_test_id("stException").count():
        sys.exit(f"The page /{shot.path} shows a fault.")
    if shot.whole:
        height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": shot.width, "height": min(int(height), _TALLEST)})
    page.wait_for_timeout(1500)  # until charts have settled
    page.screenshot(path=TO / shot.file)
    context.close()


def sheet(taken: list[Shot]) -> str:
    """The contact sheet: every picture small, by page, with the way to the full one."""
    rows = []
    for path in dict.fromkeys(shot.path for shot in taken):
        pictures = "".join(
            f"<a href='{shot.file}'><img src='{shot.file}' alt='{html.escape(f'{path} at {shot.width}, {shot.theme}')}' loading='lazy'></a>"
            for shot in taken
            if shot.path == path
        )
        rows.append(f"<h2>/{html.escape(path)}</h2><div>{pictures}</div>")
    return f"{_HEAD}<h1>Every page</h1>{''.join(rows)}</html>"


@contextmanager
def served() -> Iterator[str]:
    """The address of a dashboard on the store of the environment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen([sys.executable, "-m", "hscb_qa", "serve", "--port", str(port)], cwd=ROOT, env=os.environ) as server:
        try:
            for _ in range(120):
                try:
                    urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=2)
                    break
                except OSError:
                    time.sleep(0.5)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()


def main() -> None:
    """Take every picture and write the contact sheet; words given on the command line choose the pages whose address holds one."""
    framework = OpenEdition.shareable(current_edition(store_folder())).framework
    taken = [shot for shot in shots(framework) if not sys.argv[1:] or any(word in shot.file for word in sys.argv[1:])]
    TO.mkdir(exist_ok=True)
    with served() as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        for number, shot in enumerate(taken, start=1):
            take(chromium, address, shot)
            print(f"{number} of {len(taken)}: {shot.file}", flush=True)
        chromium.close()
    (TO / "index.html").write_text(sheet(taken), encoding="utf-8")


if __name__ == "__main__":
    main()
