"""The commands: `hscb-qa --help` lists them.

Turns words typed into calls of the parts, and what they give into words or JSON. Exit code 0; 1 for a fault a person can mend, told
without a traceback; 2 for a command that was not understood.
"""

import sys

# isort: off
from hscb_qa.cli import configuration, published, returns, texts, entries, editions, illustrative, serving

# isort: on
from hscb_qa.cli.console import app, err
from hscb_qa.cli.illustrative import demo
from hscb_qa.errors import HscbError, RefusedFile

COMMANDS = (configuration, published, returns, texts, entries, editions, illustrative, serving)
"""Importing one of these modules adds its commands; the order of the imports above is that of the help."""

__all__ = ["COMMANDS", "app", "demo", "main"]


def main() -> None:
    """Run the command typed, and tell faults in plain words."""
    try:
        app()
    except RefusedFile as refused:
        for issue in refused.issues:
            err.print(f"{issue.severity.upper()} {issue} [{issue.check}]")
        err.print("Nothing was loaded. Mend the file, or ask whoever made it.")
        sys.exit(1)
    except HscbError as fault:
        err.print(str(fault))
        sys.exit(1)
