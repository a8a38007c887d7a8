"""One YAML file, read strictly, with the line of every place in it.

Turns text into plain Python. A key given twice is a fault, and `yes`, `no`, `on` and `off` stay the words they are. Faults are gathered,
never raised, so that all files can be told of at once.
"""

from pathlib import Path
from typing import Any

import yaml

from hscb_qa.errors import Issue

Place = tuple[str | int, ...]


_BOOL = "tag:yaml.org,2002:bool"
_LEFT_AS_TEXT = {"tag:yaml.org,2002:timestamp"}  # the models read days, and tell of one that is none with its line


# libyaml reads five times as fast, and PyYAML has it wherever it was built with it.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class StrictLoader(_SafeLoader):  # type: ignore[misc]
    """PyYAML's safe loader, in which only `true` and `false` are booleans, and days are text."""


StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _LEFT_AS_TEXT and (tag != _BOOL or first in "tTfF")]
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
        except OSError as error:
            self.fault("unreadable_file", None, f"this file cannot be read: {error.strerror}. Does HSCB_QA_CONFIG name a folder?")
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
            if not self.issues:
                self.content = loader.construct_document(root)
        finally:
            loader.dispose()

    def _mark(self, node: yaml.Node, place: Place) -> None:
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            seen: dict[str, int] = {}
            for key, value in node.value:
                line = key.start_mark.line + 1
                if not isinstance(key, yaml.ScalarNode):
                    self.fault(
                        "key_form", line, "a list or a block stands where a key should. Put text that begins with a bracket in quotes."
                    )
                    continue
                if key.value in seen:
                    self.fault("duplicate_key", line, f"'{key.value}' stands twice, first on line {seen[key.value]}. Keep one of them.")
                seen[key.value] = line
                self.lines[(*place, key.value)] = line
                self._mark(value, (*place, key.value))
        elif isinstance(node, yaml.SequenceNode):
            for position, value in enumerate(node.value):
                self._mark(value, (*place, position))
