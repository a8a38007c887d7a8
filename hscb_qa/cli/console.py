"""What every command shares: the list of commands, the two streams they speak on, and how JSON is printed.

Turns facts into text on a stream. Refuses colours and markup, so that what a program reads is what a person sees.
"""

import json
import sys
from typing import Annotated, Any

import typer
from rich.console import Console

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
out = Console(highlight=False, soft_wrap=True, markup=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


def print_json(facts: Any) -> None:
    """Print facts as JSON on standard output."""
    sys.stdout.write(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")
