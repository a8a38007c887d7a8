"""The documents say what the code does: every command and every check is named in them."""

import ast
import re
from pathlib import Path

import pytest
from conftest import ROOT

from hscb_qa.checks import RETURN_CHECKS
from hscb_qa.cli import app

COMMANDS = sorted((one.name or one.callback.__name__.replace("_", "-")) for one in app.registered_commands if one.callback)


def text_of(path: Path) -> str:
    assert path.exists(), f"{path.relative_to(ROOT)} is missing"
    return path.read_text(encoding="utf-8")


def issue_ids() -> set[str]:
    """The id that stands second in every call that makes an issue, in readers and checks."""
    paths = [path for part in ("readers", "checks") for path in (ROOT / "hscb_qa" / part).glob("*.py")]
    calls = [node for path in paths for node in ast.walk(ast.parse(text_of(path))) if isinstance(node, ast.Call) and len(node.args) > 1]
    makers = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in ("Issue", "gather_faults")]
    returned = {check.__name__ for check in RETURN_CHECKS}
    return {call.args[1].value for call in makers if isinstance(call.args[1], ast.Constant)} | returned


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_every_command(name: str) -> None:
    assert re.search(rf"hscb-qa {name}\b", text_of(ROOT / "README.md"))


def test_the_readme_names_no_command_that_is_not_there() -> None:
    named = set(re.findall(r"hscb-qa ([a-z]+(?:-[a-z]+)*)", text_of(ROOT / "README.md")))
    assert named - set(COMMANDS) == set()


@pytest.mark.parametrize("name", ["make run", "make test", "HSCB_QA_STORE", "HSCB_QA_CONFIG", "http://localhost:8501"])
def test_the_readme_names_what_a_newcomer_needs(name: str) -> None:
    assert name in text_of(ROOT / "README.md")


def test_every_check_has_its_heading() -> None:
    headings = set(re.findall(r"^### (\w+)$", text_of(ROOT / "docs" / "checks.md"), re.MULTILINE))
    assert len(issue_ids()) > 15
    assert issue_ids() - headings == set()


COMMITTED = [
    path
    for folder in ("hscb_qa", "tests", "config", "pages", "docs", "data/illustrative", "tools", "benchmarks")
    for path in sorted((ROOT / folder).rglob("*"))
    if path.is_file() and "__pycache__" not in path.parts
]


def test_no_file_names_a_place_on_one_machine() -> None:
    """Neither this machine's folders nor a person's home: the project is cloned anywhere."""
    local = re.compile(rb"(?<![\w./])/(?:work|tmp|home|root)/")
    assert [str(path.relative_to(ROOT)) for path in COMMITTED if local.search(path.read_bytes())] == []
