"""Configuration files to one framework, with the line of every fault.

Refuses the whole folder when any file in it is at fault; nothing half-configured is ever returned.
"""

import os
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hscb_qa.definitions import agreement
from hscb_qa.definitions.boards import Agency, Board, PlanYear
from hscb_qa.definitions.config_file import ConfigFile
from hscb_qa.definitions.framework import Framework
from hscb_qa.definitions.indicators import Indicator
from hscb_qa.definitions.learning import LearningRules
from hscb_qa.definitions.rules import Correction, Disclosure, Event, ReturnRules, SignalRules, Source
from hscb_qa.definitions.vocabulary import Model
from hscb_qa.errors import FaultyDefinitions, Issue, suggest
from hscb_qa.geographies import load_geographies

_FILES = ("priorities", "agencies", "sources", "corrections", "disclosure", "returns", "signals", "learning")
_EVENTS = "events"  # a board may have none to draw: this file may be missing
M = TypeVar("M", bound=Model)


class _Priorities(Model):
    board: Board
    plan_years: tuple[PlanYear, ...]


class _Agencies(Model):
    agencies: tuple[Agency, ...]


class _Sources(Model):
    sources: tuple[Source, ...]


class _Corrections(Model):
    corrections: tuple[Correction, ...]


class _Events(Model):
    events: tuple[Event, ...]


_FIELD_NAMES = {
    name
    for model in (*Model.__subclasses__(), *(child for model in Model.__subclasses__() for child in model.__subclasses__()))
    for name in model.model_fields
}


def config_folder() -> Path:
    """The configuration folder: `HSCB_QA_CONFIG`, else `config` beside the package."""
    return Path(os.environ.get("HSCB_QA_CONFIG") or Path(__file__).resolve().parents[2] / "config")


def register_path(folder: Path | None = None) -> Path:
    """The register of places in a configuration folder."""
    return (folder or config_folder()) / "geographies.csv"


def load_framework(folder: Path | None = None) -> Framework:
    """Read every file of a configuration folder into one Framework.

    Raises FaultyDefinitions with all faults of all files: what one file says wrongly, and where two files disagree.
    """
    folder = folder or config_folder()
    names = (*_FILES, _EVENTS) if (folder / f"{_EVENTS}.yaml").exists() else _FILES
    files = {name: ConfigFile(folder / f"{name}.yaml", folder) for name in names}
    indicator_files = {path.stem: ConfigFile(path, folder) for path in sorted((folder / "indicators").glob("*.yaml"))}
    framework = _framework(files, indicator_files)
    register_issues: tuple[Issue, ...] = ()
    try:
        places = load_geographies(register_path(folder))
        if framework:
            agreement.check(framework, files, indicator_files, places)
    except FaultyDefinitions as faulty:
        register_issues = faulty.issues
    issues = [issue for file in (*files.values(), *indicator_files.values()) for issue in file.issues]
    if issues or register_issues or framework is None:
        raise FaultyDefinitions([*issues, *register_issues])
    return framework


def _framework(files: dict[str, ConfigFile], indicator_files: dict[str, ConfigFile]) -> Framework | None:
    """The framework without those indicators that have faults; None where one of the other files has."""
    priorities = _build(files["priorities"], _Priorities)
    agencies = _build(files["agencies"], _Agencies)
    sources = _build(files["sources"], _Sources)
    corrections = _build(files["corrections"], _Corrections)
    disclosure = _build(files["disclosure"], Disclosure)
    returns = _build(files["returns"], ReturnRules)
    signals = _build(files["signals"], SignalRules)
    learning = _build(files["learning"], LearningRules)
    events = _build(files[_EVENTS], _Events) if _EVENTS in files else _Events(events=())
    indicators = [_build(file, Indicator, id=name) for name, file in indicator_files.items()]
    if not (priorities and agencies and sources and corrections and disclosure and returns and signals and learning and events):
        return None
    return Framework(
        board=priorities.board,
        plan_years=priorities.plan_years,
        indicators={indicator.id: indicator for indicator in indicators if indicator},
        agencies={agency.id: agency for agency in agencies.agencies},
        sources={source.id: source for source in sources.sources},
        corrections=corrections.corrections,
        disclosure=disclosure,
        returns=returns,
        signals=signals,
        learning=learning,
        events=events.events,
    )


def _build(file: ConfigFile, model: type[M], **given: Any) -> M | None:
    """The file as a model, or None where it has faults, which the file then holds."""
    if file.content is None:
        return None
    if not isinstance(file.content, dict):
        file.fault("form", 1, f"this file holds {type(file.content).__name__}, not keys with values. See the README's recipe.")
        return None
    clash = given.keys() & file.content.keys()
    for key in clash:
        file.fault("unknown_key", file.line((key,)), f"'{key}' is given by the file's name. Delete this line.")
    try:
        return model.model_validate({**file.content, **given})
    except ValidationError as error:
        for detail in root_causes(error.errors(include_url=False)):
            file.fault(detail["type"], file.line(detail["loc"]), explain(detail))
        return None


def root_causes(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """The errors without those that say only that a list is too short because an item of it was refused."""
    places = [detail["loc"] for detail in details]
    return [
        detail
        for detail in details
        if detail["type"] != "too_short" or not any(place[: len(detail["loc"])] == detail["loc"] != place for place in places)
    ]


def explain(detail: ErrorDetails) -> str:
    """One pydantic error in plain words: what is wrong with the value quoted, and what is allowed."""
    place = ".".join(str(part) for part in detail["loc"])
    key = str(detail["loc"][-1]) if detail["loc"] else ""
    value = detail["input"]
    quoted = f"'{value}'" if isinstance(value, str | int | float | bool) else f"this {type(value).__name__}"
    expected = str(detail.get("ctx", {}).get("expected", ""))
    match detail["type"]:
        case "extra_forbidden":
            return f"'{key}' is not a key that stands here.{suggest(key, _FIELD_NAMES)}"
        case "missing":
            return f"'{place}' is missing. Add it."
        case "string_too_short":
            return f"'{place}' is empty. Write what is meant, or delete the definition."
        case "literal_error":
            allowed = expected.replace("'", "").replace(" or ", ", ").split(", ")
            return f"'{place}' is {quoted}. Allowed: {expected}.{suggest(str(value), allowed)}"
        case "value_error":
            where = f"'{place}': " if place else ""
            return where + detail["msg"].removeprefix("Value error, ") + "."
        case _:
            return f"'{place}' is {quoted}. {detail['msg']}."
