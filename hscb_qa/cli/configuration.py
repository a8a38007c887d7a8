"""The command about the configuration.

Turns definitions into a count of what was checked, or every fault of them. Refuses to look at the store.
"""

from hscb_qa.cli.console import app, out
from hscb_qa.definitions import load_framework


@app.command()
def check() -> None:
    """Check config and definitions: every fault of every file, with file and line."""
    framework = load_framework()
    counts = f"{len(framework.indicators)} indicators, {len(framework.plan_years)} plan years, {len(framework.agencies)} agencies"
    out.print(f"{counts}: no fault found.")
