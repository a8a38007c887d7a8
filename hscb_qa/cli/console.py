"""What every command shares: the list of commands, the two streams they speak on, and how JSON is printed.

Turns facts into text on a stream. Refuses colours and markup, so that what a program reads is what a person sees.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
out = Console(highlight=False, soft_wrap=True, markup=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@contextmanager
def stages() -> Iterator[Callable[[str], Callable[[int, int], None]]]:
    """Draw a bar for each stage of a long command, on the second stream and only where a person looks on; it is gone at the end."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:

        def begin(name: str) -> Callable[[int, int], None]:
            bar = bars.add_task(name, total=None)
            return lambda done, of: bars.update(bar, completed=done, total=of)

        yield begin


def print_json(facts: Any) -> None:
    """Print facts as JSON on standard output."""
    sys.stdout.write(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")
