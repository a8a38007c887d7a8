"""Pages are drawn when an edition becomes current, once, in both themes; a server that does not answer yet stops nothing."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from given_states import loaded_store, published_store

from hscb_qa.definitions import Framework
from hscb_qa.publish import publish_edition
from hscb_qa.screen import warm

OPENED: list[tuple[str, str, str]] = []


class Viewing:
    """Stands for a connection: notes what is opened; the first is refused, as by a server that is not up yet."""

    refusals = 1

    def __init__(self, _address: str, scheme: str) -> None:
        self.scheme = scheme

    async def __aenter__(self) -> "Viewing":
        if Viewing.refusals:
            Viewing.refusals -= 1
            raise ConnectionRefusedError
        return self

    async def __aexit__(self, *_: object) -> None:
        pass

    async def open(self, page: str, query: str) -> None:
        OPENED.append((self.scheme, page, query))


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    OPENED.clear()
    Viewing.refusals = 1
    for name, value in {"Viewing": Viewing, "_PAUSE": 0.0, "_LOOK": 0.01}.items():
        monkeypatch.setattr(warm, name, value)


def kept_warm(store: Path, until: Any) -> warm.Warmth:
    """What is warm once `until` holds of it, looked at a hundred times a second for ten seconds at most."""
    warmth = warm.Warmth()

    async def run() -> None:
        warming = asyncio.create_task(warm.keep_warm("http://nowhere", store, warmth))
        for _ in range(1000):
            await asyncio.sleep(0.01)
            if until(warmth):
                break
        warming.cancel()
        with suppress(asyncio.CancelledError):
            await warming

    with ThreadPoolExecutor(1) as apart:  # a browser test of the same process has a loop of its own
        apart.submit(lambda: asyncio.run(run())).result()
    return warmth


def dark_is_done() -> bool:
    light = [page for scheme, *page in OPENED if scheme == "light"]
    return bool(light) and OPENED[-1] == ("dark", *light[-1])


def test_every_page_of_the_plan_year_is_opened_once_in_both_themes(tmp_path: Path, framework: Framework) -> None:
    warmth = kept_warm(
        published_store(tmp_path, framework),
        lambda one: one.edition and len(OPENED) == len(set(OPENED)) and ("dark", "neglect", "present=1") in OPENED,
    )
    assert warmth.edition and len(OPENED) == len(set(OPENED))
    pages = {(page, query) for _, page, query in OPENED}
    assert {("", ""), ("neglect", ""), ("neglect", "present=1"), ("agency", ""), ("recommendations", "")} <= pages
    light, dark = ({one[1:] for one in OPENED if one[0] == scheme} for scheme in ("light", "dark"))
    assert dark - light == {("", "")} and light < dark  # the one that was refused


def test_a_new_edition_is_drawn_and_an_empty_store_is_waited_for(tmp_path: Path, framework: Framework) -> None:
    store = loaded_store(tmp_path)
    editions: list[str] = []

    def seen(warmth: warm.Warmth) -> bool:
        if (not editions and not OPENED) or (warmth.edition == editions[-1] and len(editions) == 1):
            editions.append(publish_edition(store, framework, "x").id)
        return len(editions) == 2 and warmth.edition == editions[1]

    kept_warm(store, seen)
    assert len(editions) == 2 and OPENED.count(("dark", "neglect", "")) == 2
