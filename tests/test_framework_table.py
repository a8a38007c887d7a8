"""The table of the framework's requirements names only what is there, and says met only where a test holds it."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT

from hscb_qa.cli import app
from hscb_qa.definitions import Framework

DOCUMENT = ROOT / "docs" / "framework.md"
CELLS = 5
STATES = ("met", "in part", "not met", "not for software")
PLACES = re.compile(r"pages/\w+\.py|hscb_qa/(?:\w+/)*\w+\.py|config/(?:\w+/)*\w+\.yaml")
COMMAND = re.compile(r"hscb-qa ([a-z]+(?:-[a-z]+)*)")
TEST = re.compile(r"(tests/(?:browser/)?test_\w+\.py)::(test_\w+)")
COMMANDS = {one.name or one.callback.__name__.replace("_", "-") for one in app.registered_commands if one.callback}


@dataclass(frozen=True)
class Row:
    """A requirement: its number, what is asked, the code spans of where and by which tests, its state, and what is missing or why."""

    number: str
    asked: str
    where: tuple[str, ...]
    tests: tuple[str, ...]
    state: str
    reason: str


def rows_of(text: str) -> Iterator[Row | str]:
    """Each row of the tables; the line itself where it has another number of cells."""
    for line in text.splitlines():
        if re.match(r"\|[\s\d.]*\d", line):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            yield _row(*cells) if len(cells) == CELLS else line


def _row(number: str, asked: str, where: str, tests: str, told: str) -> Row:
    state, _, reason = told.partition(":")
    return Row(number, asked, _spans(where), _spans(tests), state.strip(), reason.strip())


def _spans(cell: str) -> tuple[str, ...]:
    """The code spans of a cell, and whatever stands between them that is no comma."""
    left = [part for part in re.sub(r"`[^`]*`", "", cell).replace(",", " ").split() if part]
    return (*re.findall(r"`([^`]*)`", cell), *left)


def faults_of(text: str) -> list[str]:
    """What is wrong with a table, a line for each fault that begins with the number of its row."""
    return [fault for row in rows_of(text) for fault in ([f"{row}: not {CELLS} cells"] if isinstance(row, str) else _faults(row))]


def _faults(row: Row) -> Iterator[str]:
    told = [*(_fault_of_place(one) for one in row.where), *(_fault_of_test(one) for one in row.tests), *_faults_of_state(row)]
    yield from (f"{row.number}: {fault}" for fault in told if fault)


def _faults_of_state(row: Row) -> Iterator[str]:
    if row.state not in STATES:
        yield f"'{row.state}' is no state"
    if row.state in ("met", "in part") and not row.where:
        yield f"{row.state}, and no place is named"
    if row.state == "met" and not row.tests:
        yield "met, and no test is named"
    if row.state == "met" and row.reason:
        yield "met, and yet something is said to be missing"
    if row.state != "met" and not row.reason:
        yield f"{row.state}, and nothing says why"


def _fault_of_place(span: str) -> str:
    if command := COMMAND.fullmatch(span):
        return "" if command[1] in COMMANDS else f"no command '{command[1]}'"
    if not PLACES.fullmatch(span):
        return f"'{span}' is no page, module, configuration or command"
    return "" if (ROOT / span).is_file() else f"no file {span}"


def _fault_of_test(span: str) -> str:
    test = TEST.fullmatch(span)
    if test is None:
        return f"'{span}' is no test"
    return "" if test[2] in _functions(ROOT / test[1]) else f"no test {span}"


@cache
def _functions(path: Path) -> frozenset[str]:
    """The functions of a test file; none where there is no such file."""
    if not path.is_file():
        return frozenset()
    return frozenset(one.name for one in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(one, ast.FunctionDef))


@pytest.fixture(scope="module")
def text() -> str:
    return DOCUMENT.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def rows(text: str) -> list[Row]:
    return [row for row in rows_of(text) if isinstance(row, Row)]


def test_everything_the_table_names_is_there_and_what_is_met_is_held(text: str) -> None:
    assert faults_of(text) == []


def test_the_rows_are_numbered_on_through_the_three_sections(text: str, rows: list[Row]) -> None:
    numbers = [tuple(int(part) for part in row.number.split(".")) for row in rows]
    sections = {section: [place for found, place in numbers if found == section] for section, _ in numbers}
    assert list(sections) == [1, 2, 3] and numbers == sorted(numbers)
    assert all(places == list(range(1, len(places) + 1)) for places in sections.values())
    assert len(rows) > 90 and {row.state for row in rows} == set(STATES)
    lines = [line for line in text.splitlines() if line.startswith("|") and not line.startswith(("| no. |", "|---"))]
    assert len(lines) == len(rows), "a line of a table is no row"


def test_every_key_question_stands_in_the_table_in_its_own_words(framework: Framework, rows: list[Row]) -> None:
    assert framework.learning
    wordings = [one.wording for one in framework.learning.questions]
    assert len(wordings) == 9 and [row.asked for row in rows if row.asked in wordings] == wordings


def test_the_questions_are_the_frameworks_own(framework: Framework, shared: Path) -> None:
    source = (shared / "domain" / "qa_framework_2015.txt").read_text(encoding="utf-8")
    asked = re.findall(r"^- (.+)$", source.partition("Key questions for the HSCB")[2].partition("Structure of")[0], re.MULTILINE)
    assert framework.learning and [one.wording for one in framework.learning.questions] == [one.strip() for one in asked]


SOUND = "| 9.1 | Asked | `pages/area.py` | `tests/test_docs.py::test_every_check_has_its_heading` | met |"


@pytest.mark.parametrize(
    ("name", "planted", "fault"),
    [
        ("pages/area.py", "pages/gone.py", "no file pages/gone.py"),
        ("pages/area.py", "hscb_qa/learning/gone.py", "no file hscb_qa/learning/gone.py"),
        ("pages/area.py", "config/gone.yaml", "no file config/gone.yaml"),
        ("pages/area.py", "hscb-qa vanish", "no command 'vanish'"),
        ("pages/area.py", "hscb-qa publish --label", "'hscb-qa publish --label' is no page, module, configuration or command"),
        ("pages/area.py", "the area page", "'the area page' is no page, module, configuration or command"),
        ("test_every_check_has_its_heading", "test_gone", "no test tests/test_docs.py::test_gone"),
        ("tests/test_docs.py", "tests/test_gone.py", "no test tests/test_gone.py::test_every_check_has_its_heading"),
        ("its_heading", "its_heading[one]", "'tests/test_docs.py::test_every_check_has_its_heading[one]' is no test"),
        ("`tests/test_docs.py::test_every_check_has_its_heading`", "", "met, and no test is named"),
        ("`tests/test_docs.py::test_every_check_has_its_heading`", "by hand", "'by' is no test"),
        ("`pages/area.py`", "", "met, and no place is named"),
        ("| met |", "| mostly met |", "'mostly met' is no state"),
        ("| met |", "| in part |", "in part, and nothing says why"),
        ("| met |", "| met: all but one |", "met, and yet something is said to be missing"),
    ],
)
def test_a_wrong_name_or_state_is_found(name: str, planted: str, fault: str) -> None:
    assert faults_of(SOUND) == []
    assert name in SOUND and f"9.1: {fault}" in faults_of(SOUND.replace(name, planted))


def test_a_wrong_name_in_the_document_itself_is_found(text: str) -> None:
    assert faults_of(text.replace("`pages/section_11.py`", "`pages/section_12.py`", 1)) == ["1.12: no file pages/section_12.py"]
    renamed = text.replace("::test_a_year_without_a_repeat_is_named`", "::test_a_year_is_named`", 1)
    assert faults_of(renamed) == ["3.18: no test tests/test_timetable.py::test_a_year_is_named"]
    assert len(faults_of(text.replace("| met |", "| met | too |", 1))) == 1
