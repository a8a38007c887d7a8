"""The command that shows the dashboard, on a page a browser opens.

Turns an edition into a running server. Refuses to serve where nothing is published.
"""

from typing import Annotated

import typer

from hscb_qa.cli.console import app, out
from hscb_qa.ledger import store_folder
from hscb_qa.publish import current_edition


@app.command()
def serve(
    port: Annotated[int, typer.Option(help="The port to listen on.")] = 8501,
    host: Annotated[str, typer.Option(help="The address to listen on; this machine alone unless another is named.")] = "127.0.0.1",
    uploads: Annotated[
        bool,
        typer.Option("--uploads", help="Take in returns and the Board's entries beside real figures, on a server only agencies reach."),
    ] = False,
    warm: Annotated[
        bool, typer.Option(help="Draw every page before somebody asks for it; this takes about a minute of one processor.")
    ] = True,
) -> None:
    """Open the dashboard on http://localhost:8501."""
    edition = current_edition(store_folder())
    from hscb_qa.screen.serving import serve as serve_dashboard  # here, so that other commands need not wait for Streamlit

    out.print(f"The dashboard shows edition {edition.id} on http://localhost:{port}. Stop it with Ctrl+C.")
    serve_dashboard(host, port, uploads=uploads, warm=warm)
