"""What many tests stand on: the published files, the shipped framework, and one store of each kind, loaded and published once.

Tests that need the published files are skipped, with the reason, where `shared` does not stand beside the project.
"""

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from filelock import FileLock

from hscb_qa.cli import main
from hscb_qa.definitions import Framework, load_framework
from hscb_qa.intake import Terms, load_published
from hscb_qa.publish import current_edition, publish_edition
from hscb_qa.views import OpenEdition

ROOT = Path(__file__).resolve().parents[1]
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def framework() -> Framework:
    """The framework as shipped."""
    return load_framework(ROOT / "config")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of published files, oracles and facts of the field."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").exists():
        pytest.skip("the published files are not in ../shared/data beside the project")
    return folder


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A store made by the first of the processes the tests run in, for all of them. Read only: tests that write make their own."""
    base = folders.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else folders.getbasetemp()
    store = base / name
    with FileLock(base / f"{name}.lock"):
        if not (store / "editions" / "current").exists():
            make(store)
    return store


@pytest.fixture(scope="session")
def real_store(shared: Path, framework: Framework, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every published file the product knows, loaded and published once."""
    return made_once(tmp_path_factory, "real_store", lambda store: load_real(store, shared, framework))


def load_real(store: Path, shared: Path, framework: Framework) -> None:
    """Load and publish every published file the product knows."""
    data = shared / "data"
    tidy = sorted(path for path in (data / "dfe_children_in_need").glob("*.csv") if not path.name.startswith("sn_"))
    lait = data / "dfe_lait"
    load_published(store, framework, "lait", [lait / "bds_long_0.parquet"], Terms("tests"), dictionary=lait / "lait_data_dictionary.csv")
    load_published(store, framework, "ees", tidy, Terms("tests"))
    for name, start in (("sn_may_2025.xlsx", date(2025, 5, 1)), ("sn_april_2021.xlsx", date(2021, 4, 1))):
        load_published(store, framework, "neighbours", [lait / name], Terms("tests", in_force_from=start))
    load_published(store, framework, "mps_crime", sorted((data / "met_police").glob("*.csv")), Terms("tests"))
    load_published(store, framework, "fingertips", sorted((data / "fingertips").glob("*.csv")), Terms("tests"))
    publish_edition(store, framework, "tests")


@pytest.fixture(scope="session")
def real_edition(real_store: Path) -> OpenEdition:
    """What disclosure control lets through of the published files."""
    return OpenEdition.shareable(current_edition(real_store))


@pytest.fixture(scope="session")
def illustrative_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The illustrative board, made by the demo command."""
    return made_once(tmp_path_factory, "illustrative_store", make_demo)


def make_demo(store: Path) -> None:
    """Type the demo command at a store."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HSCB_QA_STORE", str(store))
        patch.setattr(sys, "argv", ["hscb-qa", "demo"])
        with pytest.raises(SystemExit) as ended:
            main()
    assert ended.value.code == 0


@pytest.fixture(scope="session")
def illustrative_edition(illustrative_store: Path) -> OpenEdition:
    """What disclosure control lets through of the illustrative board."""
    return OpenEdition.shareable(current_edition(illustrative_store))


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Type a command at a store: gives exit code, standard output and error, as a shell would."""

    def type_command(store: Path, *words: object) -> tuple[int, str, str]:
        monkeypatch.setenv("HSCB_QA_STORE", str(store))
        monkeypatch.setattr(sys, "argv", ["hscb-qa", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return type_command
