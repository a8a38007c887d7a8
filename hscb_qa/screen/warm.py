"""The pages of the current edition drawn before the first viewer asks, and again when an edition changes.

A viewer without a browser opens one page after another, with a pause between them for those who look. Refuses nothing: a page that cannot
be drawn is left for the viewer, who is told why.
"""

import asyncio
import gc
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from anyio import to_thread
from websockets.exceptions import WebSocketException

from hscb_qa.errors import StoreFault
from hscb_qa.publish import current_edition
from hscb_qa.screen.choices import AGENCY_PAGE, LEARNING_PAGES
from hscb_qa.screen.viewer import Viewing
from hscb_qa.views import OpenEdition

_PAUSE = 0.1  # seconds between two pages, at least
_LOOK = 5.0  # seconds between two looks for a new edition


@dataclass
class Warmth:
    """Which edition's pages are drawn, in the light theme at least; empty before any."""

    edition: str = ""


async def keep_warm(address: str, store: Path, warmth: Warmth) -> None:
    """Draw every page of the current edition, for as long as the server runs whenever another edition is current."""
    while True:
        edition = await to_thread.run_sync(_current, store)
        if edition and edition != warmth.edition:
            pages = await to_thread.run_sync(lambda: list(_pages(store)))
            await _draw_all(address, "light", pages)
            warmth.edition = edition
            await _draw_all(address, "dark", pages)
            gc.collect()
            gc.freeze()  # what is kept for all viewers is not looked through again
        await asyncio.sleep(_LOOK)


async def _draw_all(address: str, scheme: str, pages: list[tuple[str, str]]) -> None:
    for page, query in pages:
        begun = time.perf_counter()
        with suppress(OSError, WebSocketException, TimeoutError):  # not up yet, or ending: whoever asks draws the page
            async with Viewing(address, scheme) as viewer:
                await viewer.open(page, query)
        await asyncio.sleep(max(_PAUSE, time.perf_counter() - begun))  # as long again for those who look


def _current(store: Path) -> str | None:
    try:
        return current_edition(store).id
    except StoreFault:
        return None


def _pages(store: Path) -> Iterator[tuple[str, str]]:
    """The pages of the current plan year and their queries: as they open, and as a meeting sees them."""
    plan_year = OpenEdition.shareable(current_edition(store)).framework.current_plan_year(date.today())
    areas = [area.id for area in plan_year.areas]
    yield from ((page, "") for page in ("", *areas, AGENCY_PAGE, *LEARNING_PAGES))
    yield from ((page, "present=1") for page in ("", "framework", "exceptions", *areas))
