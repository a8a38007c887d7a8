"""Configuration files to models, with the line of every fault.

Reads YAML strictly: a key given twice is a fault, and `yes`, `no`, `on` and `off` stay the words they are. Refuses the whole folder when
any file in it is at fault; nothing half-configured is ever returned.
"""

import os
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from hscb_qa.definitions import agreement
from hscb_qa.definitions.models import (
    Agency,
    Board,
    Correction,
    Disclosure,
    Framework,
    Indicator,
    Model,
    PlanYear,
    Source,
)
from hscb_qa.errors import FaultyDefinitions, Issue, suggest

Place = tuple[str | int, ...]
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


_FIELD_NAMES = {
    name
    for model in (*Model.__subclasses__(), *(child for model in Model.__subclasses__() for child in model.__subclasses__()))
    for name in model.model_fields
}


class StrictLoader(yaml.SafeLoader):
    """PyYAML's safe loader, in which only `true` and `false` are booleans."""


StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


class ConfigFile:
    """One YAML file: its content as plain Python, and the line on which each of its places stands.

    A place is the tuple of keys and positions that leads to it. Faults found on the way are gathered in `issues`, never raised.
    """

    def __init__(self, path: Path, folder: Path) -> None:
        self.name = path.relative_to(folder.parent).as_posix()
        self.stem = path.stem
        self.issues: list[Issue] = []
        self.lines: dict[Place, int] = {}
        self.content: Any = None
        try:
            self._read(path)
        except FileNotFoundError:
            self.fault("missing_file", None, "this file is missing. Every configuration folder needs it.")
        except UnicodeDecodeError:
            self.fault("encoding", None, "this file is not UTF-8 text. Save it as UTF-8.")
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            reason = getattr(error, "problem", None) or str(error)
            self.fault("yaml", mark.line + 1 if mark else None, f"this is not YAML: {reason}. Mend the line, or the one above it.")

    def fault(self, check: str, line: int | None, message: str) -> None:
        """Keep one fault of this file."""
        self.issues.append(Issue("error", check, self.name, line, message))

    def line(self, place: Place) -> int | None:
        """The line of a place, or of the nearest place around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place)

    def _read(self, path: Path) -> None:
        loader = StrictLoader(path.read_text(encoding="utf-8"))
        try:
            root = loader.get_single_node()
            if root is None:
                self.fault("empty_file", None, "this file is empty. Fill it in or delete it.")
                return
            self._mark(root, ())
            self.content = loader.construct_document(root)
        finally:
            loader.dispose()

    def _mark(self, node: yaml.Node, place: Place) -> None:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            seen: dict[str, int] = {}
            for key, value in node.value:
                line = key.start_mark.line + 1
                if key.value in seen:
                    self.fault("duplicate_key", line, f"'{key.value}' stands twice, first on line {seen[key.value]}. Keep one of them.")
                seen[key.value] = line
                self.lines[(*place, key.value)] = line
                self._mark(value, (*place, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for position, value in enumerate(node.value):
                self._mark(value, (*place, position))


def config_folder() -> Path:
    """The configuration folder: `HSCB_QA_CONFIG`, else `config` beside the package."""
    return Path(os.environ.get("HSCB_QA_CONFIG") or Path(__file__).resolve().parents[2] / "config")


def load_framework(folder: Path | None = None) -> Framework:
    """Read every file of a configuration folder into one Framework.

    Raises FaultyDefinitions with all faults of all files: what one file says wrongly, and where two files disagree.
    """
    folder = folder or config_folder()
    files = {
        name: ConfigFile(folder / f"{name}.yaml", folder) for name in ("priorities", "agencies", "sources", "corrections", "disclosure")
    }
    indicator_files = [ConfigFile(path, folder) for path in sorted((folder / "indicators").glob("*.yaml"))]
    priorities = _build(files["priorities"], _Priorities)
    agencies = _build(files["agencies"], _Agencies)
    sources = _build(files["sources"], _Sources)
    corrections = _build(files["corrections"], _Corrections)
    disclosure = _build(files["disclosure"], Disclosure)
    indicators = [(file, _build(file, Indicator, id=file.stem)) for file in indicator_files]
    every_file = [*files.values(), *indicator_files]
    if priorities and agencies and sources and corrections and disclosure:
        framework = Framework(
            board=priorities.board,
            plan_years=priorities.plan_years,
            indicators={indicator.id: indicator for _, indicator in indicators if indicator},
            agencies={agency.id: agency for agency in agencies.agencies},
            sources={source.id: source for source in sources.sources},
            corrections=corrections.corrections,
            disclosure=disclosure,
        )
        known_ids = {file.stem for file in indicator_files}
        agreement.check(framework, files, {file.stem: file for file in indicator_files}, known_ids)
    issues = [issue for file in every_file for issue in file.issues]
    if issues:
        raise FaultyDefinitions(issues)
    return framework


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
        for detail in error.errors(include_url=False):
            file.fault(detail["type"], file.line(detail["loc"]), _explain(detail))
        return None


def _explain(detail: ErrorDetails) -> str:
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
