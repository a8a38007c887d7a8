"""Pages as a browser gets them to all they tell of each figure: text, tooltips, alternative texts and charts.

Runs each page of the dashboard without a browser and takes everything it sends. A text is about the indicators that it links to, that its
card shows or else that it names; about an agency or a part where it names that too.
"""

import html
import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from conftest import ROOT
from google.protobuf.json_format import MessageToDict
from leaks import Secrets, Series, Told, numbers_in, told_in_words
from streamlit.testing.v1 import AppTest
from told import told_by_figure
from told_by_html import Chunk, Reader

from hscb_qa.views import OpenEdition, Selection, indicator_view


def told_by_pages(edition: OpenEdition, secrets: Secrets, ask_for_area: Callable[[str], None]) -> Iterator[Told]:
    """What every page tells: the overview of every plan year, all areas, the explorer on every basis that hides something, and the others.

    `ask_for_area` makes an area the one whose page is asked for. The store is that of the environment.
    """
    years = edition.framework.plan_years
    latest = years[-1].id
    for year in years:
        yield from told_by_page("pages/board.py", edition, secrets, year.id)
    for area, year_id in {area.id: year.id for year in years for area in year.areas}.items():
        ask_for_area(area)
        yield from told_by_page("pages/area.py", edition, secrets, year_id)
    for one in secrets.series:
        if not one.agency and not one.breakdown:
            yield from told_by_page("pages/indicator.py", edition, secrets, latest, indicator=one.indicator, basis=one.basis)
    for name in ("methods", "returns"):
        yield from told_by_page(f"pages/{name}.py", edition, secrets, latest)


def told_by_page(path: str, edition: OpenEdition, secrets: Secrets, plan_year: str, **query: str) -> Iterator[Told]:
    """What one page tells. Fails where the page does."""
    page = AppTest.from_file(str(ROOT / path), default_timeout=60)
    page.session_state["plan_year"], page.session_state["selection"] = plan_year, Selection()
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, f"{path}: {page.exception[0].message}"
    reader = Reader(secrets.others, query.get("indicator", ""))
    for kind, sent in _sent(page.main):
        if kind == "plotly_chart":
            shown = _whole(edition, reader.card, query.get("basis", ""))
            yield from told_by_figure(json.loads(sent.pop("spec")), shown, secrets)
        for words in _texts(sent):
            reader.feed(words if kind == "html" else f"<p>{html.escape(words)}</p>")
    reader.close()
    for chunk in reader.chunks:
        yield from _told_by_chunk(path, chunk, edition, secrets, query.get("basis", ""))


def _sent(block: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every element of a page in order, by its kind, as it was sent."""
    for one in block.children.values():
        if hasattr(one, "children"):
            yield from _sent(one)
        else:
            yield one.type, MessageToDict(one.proto)


def _texts(sent: Any) -> Iterator[str]:
    if isinstance(sent, str):
        yield sent
    elif isinstance(sent, dict | list):
        for one in sent.values() if isinstance(sent, dict) else sent:
            yield from _texts(one)


@cache
def _whole(edition: OpenEdition, indicator: str, basis: str) -> Series:
    """The board's own series that a page shows of an indicator."""
    return Series(indicator, "", "", indicator_view(edition, indicator, Selection(basis=basis or None)).basis)


def _told_by_chunk(path: str, chunk: Chunk, edition: OpenEdition, secrets: Secrets, basis: str) -> Iterator[Told]:
    framework, words = edition.framework, chunk.words
    if not numbers_in(words, secrets):
        return
    hiding = [framework.indicators[name] for name in secrets.by_indicator]
    named = {(one.id, "") for one in hiding if one.name in words or one.short_name in words}
    agencies = {"", *(one.id for one in framework.agencies.values() if one.short_name in words or one.name in words)}
    parts = {"", *(part for part, label in framework.returns.labels.items() if label in words)}
    for indicator, asked in chunk.about or named:
        series = [one for one in secrets.by_indicator.get(indicator, []) if one.agency in agencies and one.breakdown in parts]
        if series:
            yield from told_in_words(path, words, series, _whole(edition, indicator, asked or basis), secrets)
