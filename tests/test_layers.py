"""The walk goes one way: a part imports only parts that stand before it, and a library stands in the one part that is its home."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "hscb_qa"

WALK = [
    "errors", "periods", "geographies", "definitions", "obligations", "learning", "readers", "templates", "checks", "ledger", "intake",
    "statistics", "disclosure", "publish", "views", "formats", "sentences", "figures", "tables", "exports", "briefings",
    "workbooks", "calendars", "screen", "cli",
]  # fmt: skip

HOMES = {
    "yaml": {"definitions"},
    "pydantic": {"definitions", "learning", "checks"},
    "pydantic_core": {"definitions"},
    "python_calamine": {"readers"},
    "pyarrow": {"readers"},
    "csv": {"readers", "geographies"},
    "duckdb": {"ledger", "publish", "views"},
    "filelock": {"ledger", "publish"},
    "numpy": {"statistics", "disclosure"},
    "scipy": {"statistics", "disclosure"},
    "highspy": {"disclosure"},
    "xlsxwriter": {"templates", "workbooks"},
    "pandas": {
        "geographies",
        "readers",
        "templates",
        "checks",
        "ledger",
        "intake",
        "disclosure",
        "publish",
        "views",
        "tables",
        "exports",
        "workbooks",
    },
    "plotly": {"figures"},
    "streamlit": {"screen"},
    "uvicorn": {"screen"},
    "starlette": {"screen"},
    "websockets": {"screen"},
    "anyio": {"screen"},
    "brotli": {"screen"},
    "icalendar": {"calendars"},
    "typer": {"cli"},
    "rich": {"cli"},
}


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules() -> list[Path]:
    return [path for path in sorted(PACKAGE.rglob("*.py")) if part_of(path) not in ("__init__", "__main__")]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_every_part_has_its_place_in_the_walk() -> None:
    assert {part_of(path) for path in modules()} == set(WALK)


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_part_imports_only_parts_before_it(path: Path) -> None:
    before = WALK[: WALK.index(part_of(path)) + 1]
    parts = {name.split(".")[1] for name in imported(path) if name.startswith("hscb_qa.")}
    assert parts <= set(before), f"{path.name} reaches up to {sorted(parts - set(before))}"


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_library_stands_in_its_home(path: Path) -> None:
    strangers = {name.split(".")[0] for name in imported(path)} & HOMES.keys()
    homeless = {library for library in strangers if part_of(path) not in HOMES[library]}
    assert not homeless, f"{path.name} uses {sorted(homeless)}, whose home is elsewhere"


def test_pages_only_draw() -> None:
    pages = [PACKAGE.parent / "app.py", *sorted((PACKAGE.parent / "pages").glob("*.py"))]
    for page in pages:
        libraries = {name.split(".")[0] for name in imported(page)} & HOMES.keys()
        assert libraries <= {"streamlit"}, page.name
