"""No number that the illustrative board hides stands anywhere for its own figure: not in views, sentences, tables, charts, files or pages,
nor in the shareable file. In each of these places a leak is planted, and found."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import pandas as pd
import pytest
import told
from leaks import PARTS, Cell, Secrets, Series, Told, leaks, secrets_of
from streamlit.components.v2.component_manager import BidiComponentManager
from told import SENTENCES, told_by_edition, told_by_funnels, told_by_view, view_of
from told_by_file import told_by_file
from told_on_pages import told_by_page, told_by_pages
from told_together import compositions, told_by_composition, told_by_explorer, told_by_together, views_together

from hscb_qa import exports, figures, sentences, tables
from hscb_qa.definitions import Framework
from hscb_qa.formats import number
from hscb_qa.ledger import entries_held
from hscb_qa.publish import steps
from hscb_qa.screen import agency, areas, cards, choices, overview
from hscb_qa.views import OpenEdition, Selection, SeriesName, TogetherView, indicator_view, together_view


class Secret(NamedTuple):
    """One hidden figure, the latest of a series that shows others: its indicator's name, its period's, its value and that in writing."""

    cell: Cell
    name: str
    label: str
    value: float
    written: str

    @property
    def series(self) -> Series:
        return Series(*self.cell[:4])


@pytest.fixture(scope="module")
def secrets(illustrative_edition: OpenEdition) -> Secrets:
    return secrets_of(illustrative_edition, OpenEdition.restricted(illustrative_edition.edition))


@pytest.fixture(scope="module")
def secret(illustrative_edition: OpenEdition, secrets: Secrets) -> Secret:
    """Of a whole series with a control chart."""
    for series in secrets.series:
        [cell], view = secrets.latest(series), view_of(illustrative_edition, series)
        if cell in secrets.hidden and not series.agency and not series.breakdown and view.control and view.control.has_limits:
            value = secrets.hidden[cell][0]
            return Secret(cell, view.indicator.name, view.points[-1].label, value, number(value, "", view.indicator.decimals))
    raise AssertionError("no series ends in a hidden figure")


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch, illustrative_store: Path) -> Callable[[str], None]:
    """Pages of the illustrative board; call it with the area that is asked for."""
    monkeypatch.setenv("HSCB_QA_STORE", str(illustrative_store))
    # Pages use no components of others, and to look for them takes longer than to make a page.
    monkeypatch.setattr(BidiComponentManager, "discover_and_register_components", lambda *_, **__: None)
    return lambda area: monkeypatch.setattr(choices, "page_of", lambda _: area)


def told_of(edition: OpenEdition, secret: Secret, secrets: Secrets) -> Iterator[Told]:
    return told_by_view(edition, view_of(edition, secret.series), secrets)


def places(told: Iterator[Told], secrets: Secrets) -> set[str]:
    """Where something leaks."""
    return {one.place for one in leaks(told, secrets)}


# ---- nothing leaks ----


def test_the_board_hides_enough_to_try(secrets: Secrets) -> None:
    assert len(secrets.hidden) > 1000 and len({cell.indicator for cell in secrets.hidden}) > 10
    assert {bool(cell.agency) for cell in secrets.hidden} == {bool(cell.breakdown) for cell in secrets.hidden} == {True, False}


def test_no_view_sentence_table_chart_or_file_tells_a_hidden_number(illustrative_edition: OpenEdition, secrets: Secrets) -> None:
    assert leaks(told_by_edition(illustrative_edition, secrets), secrets) == []


def test_no_funnel_tells_a_hidden_number(illustrative_edition: OpenEdition, secrets: Secrets) -> None:
    assert leaks(told_by_funnels(illustrative_edition, secrets), secrets) == []


def test_no_chart_of_several_series_tells_a_hidden_number(illustrative_edition: OpenEdition, secrets: Secrets) -> None:
    told = list(told_by_explorer(illustrative_edition, secrets))
    assert {one.cell for one in told} >= {cell for cell in secrets.hidden if cell.breakdown}
    assert leaks(told, secrets) == []


def test_no_page_tells_a_hidden_number(illustrative_edition: OpenEdition, secrets: Secrets, pages: Callable[[str], None]) -> None:
    assert leaks(told_by_pages(illustrative_edition, secrets, pages), secrets) == []


def test_the_shareable_file_tells_no_hidden_number(illustrative_edition: OpenEdition, secrets: Secrets) -> None:
    assert leaks(told_by_file(illustrative_edition.path, illustrative_edition, secrets), secrets) == []


def test_the_shareable_file_holds_no_reason_why_something_is_hidden(illustrative_edition: OpenEdition) -> None:
    edition = illustrative_edition.edition
    with duckdb.connect(str(edition.restricted), read_only=True) as connection:
        reasons = [reason for (reason,) in connection.execute("SELECT DISTINCT reason FROM guarded WHERE reason <> ''").fetchall()]
    assert len(reasons) > 3
    assert [one for one in ("guarded", *reasons) if one.encode() in edition.shareable.read_bytes()] == []
    assert sorted(path.name for path in edition.folder.iterdir()) == ["edition.json", "restricted.duckdb", "shareable.duckdb"]


def test_no_unapproved_entry_is_in_the_shareable_file(illustrative_edition: OpenEdition, illustrative_store: Path) -> None:
    waiting = [one for one in entries_held(illustrative_store) if one.approved_by is None and one.fields]
    content = illustrative_edition.path.read_bytes()
    assert waiting and not any(text.encode() in content for one in waiting for text in (one.fields or {})["statement"].split(". "))
    assert (waiting[0].fields or {})["statement"].encode() in illustrative_edition.edition.restricted.read_bytes()


@pytest.mark.parametrize("place", ["statement", "smart", "text"])
def test_a_hidden_number_in_an_entry_is_found(illustrative_edition: OpenEdition, secrets: Secrets, tmp_path: Path, place: str) -> None:
    """In evidence that names the indicator, in a reason of a recommendation that expects it, and in a finding of such evidence."""
    copy = Path(shutil.copy(illustrative_edition.path, tmp_path))
    cell = next(one for one in secrets.hidden if one.agency and not one.breakdown and secrets.ends[one] > "2026-01-01")
    said, day = f"There were {secrets.hidden[cell][1]:g} of them.", secrets.ends[cell]
    evidence = {"id": "planted", "on": day, "agencies": [cell.agency], "indicators": [cell.indicator], "statement": "Nothing."}
    expects = {"indicator": cell.indicator, "signal": "improvement", "by": "2026-27 Q4"}
    planted = {
        "statement": [("evidence", evidence | {"statement": said})],
        "smart": [
            (
                "recommendation",
                {"id": "planted", "made_on": day, "agency": cell.agency, "expects": expects, "smart": {"a": {"reason": said}}},
            )
        ],
        "text": [("evidence", evidence), ("finding", {"id": "found", "evidence": "planted", "text": said})],
    }
    with duckdb.connect(str(copy)) as connection:
        for kind, one in planted[place]:
            connection.execute("INSERT INTO entries (kind, id, content) VALUES (?, ?, ?)", [kind, one["id"], json.dumps(one)])
    assert places(told_by_file(copy, illustrative_edition, secrets), secrets) == {"file entries"}


# ---- nothing stands on what is hidden ----

_OWN_HIDDEN = "status = 'c' AND geography IN (SELECT geography FROM board)"
_OTHER_RETURNS = (
    "UPDATE observations SET numerator = numerator * 7 + 1001, denominator = denominator * 9 + 2003, value = value + 5;"
    "UPDATE submissions SET sha256 = 'of other files' WHERE source = 'returns';"
    "UPDATE entry_events SET content = REPLACE(content, '\"numerator\":', '\"numerator\":9')"
)


def differing(edition: OpenEdition, store: Path, framework: Framework, folder: Path) -> list[str]:
    """The tables of the shareable file that would be others if every hidden number were another.

    The file is made twice. The second time agencies have returned other numbers everywhere; at the gate, what is shown is put right again.
    """
    with duckdb.connect(str(edition.edition.restricted), read_only=True) as connection:
        guarded = connection.sql("SELECT * FROM guarded").df()
        stands_on = connection.sql("SELECT last_submission, moment FROM edition_of").df().assign(shareable=True)

    def rebuilt(name: str, ledger: Path, at_the_gate: str) -> dict[str, pd.DataFrame]:
        def hide(connection: duckdb.DuckDBPyConnection) -> None:
            steps._hide(guarded, connection)
            connection.execute(at_the_gate)

        steps._build(folder / name, ledger, framework, stands_on, hide)
        return contents(folder / name)

    grid = folder / "grid.parquet"
    true = rebuilt("true.duckdb", store, f"COPY grid TO '{grid}'")
    shutil.copy(store / "ledger.duckdb", folder / "ledger.duckdb")
    with duckdb.connect(str(folder / "ledger.duckdb")) as connection:
        connection.execute(_OTHER_RETURNS)
    numbers = ", ".join(f"{name} = 123456.789" for name in PARTS)
    swap = f"DELETE FROM grid; INSERT INTO grid FROM '{grid}'; UPDATE grid SET {numbers} WHERE {_OWN_HIDDEN}"
    return unlike(true, rebuilt("other.duckdb", folder, swap))


def contents(path: Path) -> dict[str, pd.DataFrame]:
    """Every table of a file, its rows in one order."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
        return {name: connection.sql(f'SELECT * FROM "{name}" ORDER BY ALL').df() for (name,) in names}


def unlike(one: dict[str, pd.DataFrame], other: dict[str, pd.DataFrame]) -> list[str]:
    """The tables that differ by more than the last digit of a sum."""
    assert one.keys() == other.keys()
    return [name for name, frame in one.items() if not _alike(frame, other[name])]


def _alike(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    try:
        pd.testing.assert_frame_equal(one, other, rtol=1e-9)
    except AssertionError:
        return False
    return True


def test_the_shareable_file_would_be_the_same_whatever_the_hidden_numbers_were(
    illustrative_edition: OpenEdition, illustrative_store: Path, framework: Framework, tmp_path: Path
) -> None:
    assert differing(illustrative_edition, illustrative_store, framework, tmp_path) == []
    made, published = contents(tmp_path / "true.duckdb"), contents(illustrative_edition.path)
    assert published.keys() - made.keys() == {"earlier_edition", "changed_since"}
    assert unlike(made, {name: published[name] for name in made}) == []


def test_a_table_that_stands_on_hidden_numbers_is_found(
    illustrative_edition: OpenEdition, illustrative_store: Path, framework: Framework, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = {
        "planted_mean": "SELECT indicator, AVG(value) AS mean FROM grid GROUP BY indicator",
        "planted_digit": "SELECT submission, SUM(numerator) % 10 AS digit FROM ledger.observations GROUP BY submission",
        "planted_small": "SELECT agency, COUNT(*) AS small FROM returned WHERE numerator BETWEEN 1 AND 5 GROUP BY agency",
    }
    keep = steps._keep_sources

    def careless(connection: duckdb.DuckDBPyConnection) -> None:
        keep(connection)
        for name, sql in planted.items():
            connection.execute(f"CREATE TABLE {name} AS {sql}")

    monkeypatch.setattr(steps, "_keep_sources", careless)
    assert differing(illustrative_edition, illustrative_store, framework, tmp_path) == sorted(planted)


# ---- leaks are found: in what is made of a view ----


def in_words(told: Any, secret: Secret) -> Any:
    """Words that go on with the number, its indicator and its period."""
    return f"{told} {secret.name}, {secret.label}: {secret.written}."


def without_period(told: Any, secret: Secret) -> Any:
    return f"{told} The true figure is {secret.written}."


def in_table(told: Any, secret: Secret) -> Any:
    return told.assign(**{told.columns[1]: told[told.columns[1]].mask(told["Period"] == secret.label, secret.written)})


def in_tooltip(told: Any, secret: Secret) -> Any:
    return told.replace("<abbr title='hidden", f"<abbr title='{secret.written}, hidden", 1)


def at_last(name: str, wanted: Callable[[Secret], Any]) -> Callable[[Any, Secret], Any]:
    """A chart whose own line has something at its last point."""

    def plant(told: Any, secret: Secret) -> Any:
        line = next(trace for trace in told["data"] if "lines" in trace["mode"] and len(trace["x"]) == len(trace.get("text", ())))
        line[name] = [*(line.get(name) or line["x"])[:-1], wanted(secret)]
        return told

    return plant


def in_label(told: Any, secret: Secret) -> Any:
    told["layout"]["annotations"].append({"text": f"<b>Harrow {secret.written}</b>"})
    return told


def in_picture(told: Any, _: Secret) -> Any:
    return told.replace("</svg>", "<circle cx='109.0' cy='9.0' r='3'/></svg>")


def in_csv(told: Any, secret: Secret) -> Any:
    return told.replace(f"{secret.label},,[c]".encode(), f"{secret.label},{secret.written},[c]".encode())


def in_json(told: Any, secret: Secret) -> Any:
    return told | {"points": [*told["points"][:-1], told["points"][-1] | {"numerator": secret.value}]}


def in_name(told: Any, secret: Secret) -> Any:
    return told.replace(".csv", f"_{secret.written}.csv")


PLANTED_IN_VIEWS = [
    *((f"sentence {name}", sentences, name, in_words) for name in ("title", "latest_in_words", "alternative_text", "source_in_words")),
    ("sentence signal_in_words", sentences, "signal_in_words", without_period),
    ("table", tables, "series_table", in_table),
    ("html", tables, "table_html", in_tooltip),
    ("html", cards, "sources_html", in_words),
    ("chart", figures, "trend_figure", at_last("y", lambda secret: secret.value)),
    ("chart", figures, "trend_figure", at_last("customdata", lambda secret: secret.value)),
    ("hover text", figures, "trend_figure", at_last("text", lambda secret: f"Harrow {secret.written}")),
    ("chart label", figures, "trend_figure", in_label),
    ("sparkline", figures, "sparkline_svg", in_picture),
    ("csv", exports, "series_csv", in_csv),
    ("json", exports, "series_json", in_json),
    ("file name", exports, "file_name", in_name),
]


@pytest.mark.parametrize(("place", "part", "name", "plant"), PLANTED_IN_VIEWS, ids=lambda one: one if isinstance(one, str) else "")
def test_a_leak_in_what_is_made_of_a_view_is_found(
    place: str, part: Any, name: str, plant: Callable[[Any, Secret], Any], illustrative_edition: OpenEdition, secrets: Secrets,
    secret: Secret, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    assert places(told_of(illustrative_edition, secret, secrets), secrets) == set()
    honest = getattr(part, name)
    monkeypatch.setattr(part, name, lambda *given, **named: plant(honest(*given, **named), secret))
    assert place in places(told_of(illustrative_edition, secret, secrets), secrets)


def test_a_view_that_holds_a_hidden_number_is_found_everywhere(illustrative_edition: OpenEdition, secrets: Secrets, secret: Secret) -> None:
    view = view_of(illustrative_edition, secret.series)
    told = replace(view, points=(*view.points[:-1], replace(view.points[-1], value=secret.value, status="")))
    found = places(told_by_view(illustrative_edition, told, secrets), secrets)
    assert found >= {"view", "sentence latest_in_words", "sentence alternative_text", "table", "html", "chart", "hover text", "csv"}


def test_a_hidden_number_of_all_agencies_beside_an_agency_is_found(illustrative_edition: OpenEdition, secrets: Secrets) -> None:
    """Two boards for health returned it one after the other, so that all together are as hidden as each."""
    name = "initial_health_assessments_within_20_working_days"
    wholes = [one for one in secrets.series if one.indicator == name and not (one.agency or one.breakdown)]
    views = {one: view_of(illustrative_edition, one._replace(agency="integrated_care_board")) for one in wholes}
    whole, view = next((one, view) for one, view in views.items() if view.basis == one.basis)
    [together] = view.comparisons
    hidden = next(point for point in reversed(together.points) if Cell(*whole, point.period) in secrets.hidden)
    leaking = replace(hidden, value=secrets.hidden[Cell(*whole, hidden.period)][0], status="")
    points = tuple(leaking if point == hidden else point for point in together.points)
    careless = replace(view, comparisons=(replace(together, points=points),))
    assert places(told_by_view(illustrative_edition, view, secrets), secrets) == set()
    found = places(told_by_view(illustrative_edition, careless, secrets), secrets)
    assert found >= {"view together", "table together", "csv together", "chart", "hover text"}


def test_a_hidden_agency_in_a_funnel_is_found(illustrative_edition: OpenEdition, secrets: Secrets, monkeypatch: pytest.MonkeyPatch) -> None:
    honest, name = told.funnel_of, "safeguarding_supervision_on_time"

    def careless(edition: OpenEdition, indicator: str) -> Any:
        funnel = honest(edition, indicator)
        if funnel is None or indicator != name:
            return funnel
        cell = next(one for one in secrets.hidden if one[:3] == (name, "youth_justice", "") and one[3:] == (funnel.basis, funnel.period))
        peer = replace(funnel.peers[0], agency=cell.agency, name="Youth justice", value=secrets.hidden[cell][0])
        return replace(funnel, peers=(*funnel.peers, peer))

    monkeypatch.setattr(told, "funnel_of", careless)
    assert places(told_by_funnels(illustrative_edition, secrets), secrets) == {"funnel", "funnel words", "funnel table"}


def test_a_leak_on_an_agency_s_page_is_found(
    illustrative_edition: OpenEdition, secrets: Secrets, pages: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the cell of its own figure, where neither agency nor period is named; and in that of all agencies."""
    pages("")
    own = [one for one in secrets.series if one.agency and not one.breakdown and _is_hidden_at_last(illustrative_edition, one, secrets)]
    series = own[0]
    written = f"{secrets.hidden[secrets.latest(series)[0]][0]:.4f}"
    monkeypatch.setattr(agency, "_latest", lambda one: written if one.indicator.id == series.indicator else "")
    year = illustrative_edition.framework.plan_years[-1].id
    found = told_by_page("pages/agency.py", illustrative_edition, secrets, year, agency=series.agency)
    assert secrets.latest(series)[0] in {one.cell for one in leaks(found, secrets)}


def _is_hidden_at_last(edition: OpenEdition, series: Series, secrets: Secrets) -> bool:
    """Whether the latest figure of a series is hidden, on the basis that its page begins with."""
    first = view_of(edition, series._replace(basis=""))
    return first.basis == series.basis and secrets.latest(series)[0] in secrets.hidden


def test_the_true_counts_are_found_everywhere(illustrative_edition: OpenEdition, secrets: Secrets, secret: Secret) -> None:
    restricted = OpenEdition.restricted(illustrative_edition.edition)
    assert places(told_by_file(restricted.path, restricted, secrets), secrets) >= {
        "file points",
        "file signals",
        "file changes",
        "file guarded",
    }
    assert places(told_of(restricted, secret, secrets), secrets) >= {"view", "table", "html", "chart", "hover text", "csv", "json"}


def test_a_leak_in_charts_of_several_series_is_found(illustrative_edition: OpenEdition, secrets: Secrets) -> None:
    """As if the gate had let everything through: in traces, hover texts, labels, words, tables and rows."""
    restricted = OpenEdition.restricted(illustrative_edition.edition)
    views = list(views_together(illustrative_edition, secrets))[:20]
    found = places((told for view in views for told in told_by_together(_with_truth(restricted, view), secrets)), secrets)
    assert found >= {f"explorer's {one}" for one in ("y", "text", "label", "table", "rows")} | {"sentence line_in_words"}
    parts = list(compositions(restricted, secrets))[:20]
    found = places((told for one in parts for told in told_by_composition(one, secrets)), secrets)
    assert found >= {f"explorer's {one}" for one in ("y", "text", "label", "table", "rows")} | {"sentence composition_in_words"}


def _with_truth(restricted: OpenEdition, view: TogetherView) -> TogetherView:
    """The same series from the file of true counts."""
    own, *beside = (line.view for line in view.lines)
    chosen = Selection(basis=own.basis)
    names = tuple(SeriesName(one.indicator.id, one.agency, "", one.breakdown) for one in beside)
    return together_view(restricted, indicator_view(restricted, own.indicator.id, chosen), names, chosen)


def test_every_sentence_about_a_view_is_walked() -> None:
    assert {"title", "latest_in_words", "alternative_text", "peers_in_words", "hidden_in_words"} <= set(SENTENCES)


def test_the_same_number_elsewhere_is_no_leak(secrets: Secrets, secret: Secret) -> None:
    """Another period of the series, and a figure that is not hidden."""
    other = next(cell for cell in secrets.labels[secret.series].values() if cell not in secrets.hidden)
    assert leaks([Told("here", other, secret.written)], secrets) == []
    assert leaks([Told("here", secret.cell, secret.written)], secrets) != []
    assert leaks([Told("here", secret.cell, f"{secret.label}: per 10,000, 95% interval, of 10 January 2016")], secrets) == []


# ---- leaks are found: on pages ----


def about_it(told: Any, secret: Secret) -> Any:
    """A paragraph more that names the indicator by a link."""
    href = f"/indicator?indicator={secret.cell.indicator}&basis={secret.cell.basis}"
    return f"{told}<ul><li><a href='{href}'>It</a> stood at {secret.written}.</li></ul>"


def by_pointing(told: Any, secret: Secret) -> Any:
    """A tooltip on a link to the indicator."""
    return f"{told}<a href='/indicator?indicator={secret.cell.indicator}' title='{secret.label}: {secret.written}'>o</a>"


PLANTED_ON_PAGES = [
    ("pages/board.py", overview, "overview_html", about_it),
    ("pages/board.py", overview, "overview_html", by_pointing),
    ("pages/area.py", areas, "_facts_html", about_it),
    ("pages/methods.py", tables, "table_html", about_it),
    ("pages/returns.py", sentences, "reminder", in_words),
    ("pages/indicator.py", cards, "words_html", in_words),
    ("pages/indicator.py", sentences, "alternative_text", in_words),
    ("pages/indicator.py", sentences, "headline", without_period),
    ("pages/indicator.py", tables, "series_table", in_table),
    ("chart", figures, "trend_figure", at_last("y", lambda secret: secret.value)),
    ("hover text", figures, "trend_figure", at_last("text", lambda secret: f"Harrow {secret.written}")),
]


@pytest.mark.parametrize(("place", "part", "name", "plant"), PLANTED_ON_PAGES, ids=lambda one: one if isinstance(one, str) else "")
def test_a_leak_on_a_page_is_found(
    place: str, part: Any, name: str, plant: Callable[[Any, Secret], Any], illustrative_edition: OpenEdition, secrets: Secrets,
    secret: Secret, pages: Callable[[str], None], monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    year = illustrative_edition.framework.plan_years[-1]
    pages(year.areas[0].id)
    honest = getattr(part, name)
    monkeypatch.setattr(part, name, lambda *given, **named: plant(honest(*given, **named), secret))
    asked = {"indicator": secret.cell.indicator, "basis": secret.cell.basis}
    chosen = {"agency": "housing"} if "returns" in place else {}  # the form and the reminder are of the agency chosen
    path, query = (place, chosen) if place.startswith("pages") and "indicator" not in place else ("pages/indicator.py", asked)
    assert place in places(told_by_page(path, illustrative_edition, secrets, year.id, **query), secrets)


# ---- leaks are found: in the shareable file ----

_TO_SIGNALS = "INSERT INTO signals BY NAME SELECT COLUMNS('^(indicator|geography|agency|breakdown|basis|period|ends)$'), 1 AS mean"
_TO_COMPARATORS = "INSERT INTO comparators BY NAME SELECT indicator, basis, period AS own_period, 'higher' AS difference"
_WORDS = "Of {indicator}, {label}: {written}"
PLANTED_IN_FILE = {
    "file points": "UPDATE points SET numerator = {value} WHERE {here}",
    "file signals": f"{_TO_SIGNALS} FROM {{points}}",
    "file funnels": "INSERT INTO funnels BY NAME SELECT indicator, agency, basis, period, ends, 2 AS position FROM {points}",
    "file comparators": f"{_TO_COMPARATORS} FROM {{points}}",
    "file texts": "INSERT INTO texts BY NAME SELECT indicator, agency, breakdown, period, 'It was {written}.' AS wording FROM {points}",
    "file watched": "UPDATE watched SET judgement = 'concern' WHERE {here}",
    "file owed": "ALTER TABLE owed ADD COLUMN figure DOUBLE DEFAULT {value}",
    "file places": "ALTER TABLE places ADD COLUMN figure DOUBLE",
    "file extra": "CREATE TABLE extra AS SELECT indicator, agency, breakdown, basis, period, {value} AS again FROM {points}",
    "file corrections": f"UPDATE corrections SET reason = '{_WORDS}'",
    "file framework": f"UPDATE framework SET document = '[\"{_WORDS}\"]'",
    "description": f"COMMENT ON TABLE board IS '{_WORDS}'",
}


@pytest.mark.parametrize("place", PLANTED_IN_FILE)
def test_a_leak_in_the_shareable_file_is_found(
    place: str, illustrative_edition: OpenEdition, secrets: Secrets, secret: Secret, tmp_path: Path
) -> None:
    copy = Path(shutil.copy(illustrative_edition.path, tmp_path / "shareable.duckdb"))
    copy.chmod(0o644)
    cell = secret.cell._asdict()
    here = " AND ".join([f"{name} = '{value}'" for name, value in cell.items()] + ["geography IN (SELECT geography FROM board)"])
    with duckdb.connect(str(copy)) as connection:
        facts = {**cell, **secret._asdict(), "here": here, "points": f"points WHERE {here}"}
        connection.execute(PLANTED_IN_FILE[place].format(**facts))
    assert places(told_by_file(copy, illustrative_edition, secrets), secrets) == {place}
