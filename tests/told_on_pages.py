"""Pages as a browser gets them to all they tell of each figure: text, tooltips, alternative texts and charts.

Runs each page of the dashboard without a browser and takes everything it sends. A text is about the indicators that it links to, that its
card shows or else that it names; about an agency or a part where it names that too.
"""

import html
import json
from collections.abc import Callable, Iterator
from functools import cache
from itertools import cycle
from typing import Any

from conftest import ROOT
from google.protobuf.json_format import MessageToDict
from leaks import TOGETHER, Secrets, Series, Told, numbers_in, told_in_words
from streamlit.testing.v1 import AppTest
from told import told_by_figure, told_by_funnel
from told_by_html import Chunk, Reader

from hscb_qa.learning.briefing import areas_briefed
from hscb_qa.screen import shared
from hscb_qa.views import OpenEdition, Selection, SeriesName, board_view, breakdowns_of, indicator_view, learning_view


def told_by_pages(edition: OpenEdition, secrets: Secrets, ask_for_area: Callable[[str], None]) -> Iterator[Told]:
    """What every page tells: the overview of every plan year, all areas and their slides, the explorer on every basis that hides
    something, every agency, and the others. Areas are walked again with an agency and with a part of the children chosen.

    `ask_for_area` makes an area the one whose page is asked for. The store is that of the environment.
    """
    years = edition.framework.plan_years
    latest = years[-1].id
    for year in years:
        yield from told_by_page("pages/board.py", edition, secrets, year.id)
    for area, year_id in {area.id: year.id for year in years for area in year.areas}.items():
        ask_for_area(area)
        for page in ("area", "meeting_area"):
            yield from told_by_page(f"pages/{page}.py", edition, secrets, year_id)
    parts = edition.framework.returns.labels
    for area, agency, part in zip(edition.framework.plan_years[-1].areas, cycle(edition.framework.agencies), cycle(parts), strict=False):
        ask_for_area(area.id)
        yield from told_by_page("pages/area.py", edition, secrets, latest, agency=agency)
        yield from told_by_page("pages/area.py", edition, secrets, latest, breakdown=part)
    for one in secrets.series:
        if not one.agency and not one.breakdown:
            yield from told_by_page("pages/indicator.py", edition, secrets, latest, indicator=one.indicator, basis=one.basis)
    for query in explorer_queries(edition, secrets):
        yield from told_by_page("pages/indicator.py", edition, secrets, latest, **query)
    for agency in ("", *edition.framework.agencies):
        yield from told_by_page("pages/agency.py", edition, secrets, latest, agency=agency)
    for query in learning_queries(edition):
        yield from told_by_page("pages/recommendations.py", edition, secrets, latest, **query)
    for area in edition.framework.plan_years[-1].areas:
        yield from told_by_page("pages/evidence.py", edition, secrets, latest, area=area.id)
    others = (
        "methods", "accessibility", "returns", "meeting_opening", "meeting_exceptions", "meeting_framework", "timetable", "section_11",
        "key_questions", "entry",
    )  # fmt: skip
    for name in others:
        yield from told_by_page(f"pages/{name}.py", edition, secrets, latest)


def explorer_queries(edition: OpenEdition, secrets: Secrets) -> Iterator[dict[str, Any]]:
    """The explorer's other charts, once for each indicator that hides something: parts by each breakdown, and series together.

    What the charts and their tables tell is walked for all series in `told_together`; here it is what else stands on the page.
    """
    for indicator, held in secrets.by_indicator.items():
        own = [one for one in held if one in secrets.series]
        basis = own[0].basis
        for breakdown in breakdowns_of(edition, edition.framework.indicator(indicator)):
            yield {"indicator": indicator, "basis": basis, "show": "parts", "by": breakdown.id}
        names = dict.fromkeys(SeriesName(indicator, one.agency, "", one.breakdown).text for one in own if one.agency or one.breakdown)
        if beside := list(names)[:3]:
            yield {"indicator": indicator, "basis": basis, "with": beside, "show": "side_by_side"}
            yield {"indicator": indicator, "basis": basis, "with": beside[:1]}


def learning_queries(edition: OpenEdition) -> Iterator[dict[str, Any]]:
    """The register whole and of each agency, each recommendation with the agency whose figure it shows, each finding, each briefing."""
    view = learning_view(edition)
    yield from ({"agency": agency} for agency in ("", *edition.framework.agencies))
    for one in view.learning.recommendations:
        shown = view.effects[one.id].view if one.id in view.effects else None
        yield {"recommendation": one.id, **({"indicator": shown.indicator.id, "agency": shown.agency} if shown else {})}
    yield from ({"finding": one.id} for one in view.learning.findings)
    yield from ({"briefing": area} for area in areas_briefed(view.learning))


def told_by_page(path: str, edition: OpenEdition, secrets: Secrets, plan_year: str, **query: Any) -> Iterator[Told]:
    """What one page tells. Fails where the page does."""
    shared._draw.clear()  # every page is drawn anew, whatever was kept of another
    page = AppTest.from_file(str(ROOT / path), default_timeout=60)
    page.session_state["plan_year"] = plan_year
    page.session_state["selection"] = Selection(**{name: query[name] for name in ("agency", "basis", "breakdown") if query.get(name)})
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, f"{path}: {page.exception[0].message}"
    reader = Reader(secrets.others, query.get("indicator", ""))
    for kind, sent in _sent(page.main):
        if kind == "plotly_chart" and "funnel" in json.loads(sent["spec"])["layout"].get("meta", {}):
            yield from told_by_funnel(json.loads(sent.pop("spec")), edition, secrets)
        elif kind == "plotly_chart" and "counts" in json.loads(sent["spec"])["layout"].get("meta", {}):
            sent.pop("spec")  # counts no children
        elif kind == "plotly_chart" and {"show", "with"} & query.keys():
            sent.pop("spec")  # walked in `told_together`, which knows whose each trace is
        elif kind == "plotly_chart":
            shown = _whole(edition, reader.card, query.get("basis", ""), query.get("agency", ""), query.get("breakdown", ""))
            yield from told_by_figure(json.loads(sent.pop("spec")), shown, secrets)
        for words in _texts(_given_to_component(sent) if kind == "bidi_component" else sent):
            reader.feed(words if kind == "html" else f"<p>{html.escape(words)}</p>")
    reader.close()
    for chunk in reader.chunks:
        yield from _told_by_chunk(path, chunk, edition, secrets, query)


def _sent(block: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every element of a page in order, by its kind, as it was sent."""
    for one in block.children.values():
        if hasattr(one, "children"):
            yield from _sent(one)
        else:
            yield one.type, MessageToDict(one.proto)


def _given_to_component(sent: dict[str, Any]) -> Any:
    """What a component is given to show, without its code and the name of its file, which `told` walks."""
    given = json.loads(sent.get("json", "{}"))
    return {name: value for name, value in given.items() if name != "name"} if isinstance(given, dict) else given


def _texts(sent: Any) -> Iterator[str]:
    if isinstance(sent, str):
        yield sent
    elif isinstance(sent, dict | list):
        for one in sent.values() if isinstance(sent, dict) else sent:
            yield from _texts(one)


@cache
def _whole(edition: OpenEdition, indicator: str, basis: str, agency: str = "", breakdown: str = "") -> Series:
    """The series that a page shows of an indicator: the board's own, or what was chosen; an exception on the basis of its reason."""
    chosen = Selection(basis=basis or None, agency=agency or None, breakdown=breakdown or None)  # type: ignore[arg-type]
    on = _reasons(edition).get(indicator) if chosen.is_open else None
    return Series(indicator, agency, breakdown, on or indicator_view(edition, indicator, chosen).basis)


@cache
def _reasons(edition: OpenEdition) -> dict[str, str]:
    """The basis of each exception's first reason."""
    exceptions = board_view(edition, edition.framework.plan_years[-1].id).exceptions
    return {one.view.indicator.id: one.view.basis for one in exceptions}


def _told_by_chunk(path: str, chunk: Chunk, edition: OpenEdition, secrets: Secrets, query: dict[str, str]) -> Iterator[Told]:
    """What a piece of a page tells; where an agency (`own`) or a part was chosen, a number may be its latest."""
    framework, words = edition.framework, chunk.words
    basis, own, part = (query.get(name, "") for name in ("basis", "agency", "breakdown"))
    if not numbers_in(words, secrets):
        return
    hiding = [framework.indicators[name] for name in secrets.by_indicator]
    named = {(one.id, "", "") for one in hiding if one.name in words or one.short_name in words}
    agencies = {"", own, *(one.id for one in framework.agencies.values() if one.short_name in words or one.name in words)}
    parts = {"", part, *(text for text, label in framework.returns.labels.items() if label in words)}
    for indicator, asked, agency in chunk.about or named:
        found = [one for one in secrets.by_indicator.get(indicator, []) if one.agency in {agency, *agencies} and one.breakdown in parts]
        meant = {""} if TOGETHER in words else {agency, *(agencies - {""} if own else ())}
        for one in meant if found else ():
            yield from told_in_words(path, words, found, _whole(edition, indicator, asked or basis, one, part), secrets)
