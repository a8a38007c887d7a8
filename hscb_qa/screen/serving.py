"""The dashboard as a server on this machine, and whether it takes returns in.

Refuses returns of real figures unless told otherwise: there is no sign-in, so whoever reaches the server could send one, and see last
quarter's true figures on the form.
"""

import os
from pathlib import Path

import streamlit as st
import uvicorn
from streamlit.runtime.pages_manager import PagesManager

from hscb_qa.ledger.opening import PATIENCE

_UPLOADS = "HSCB_QA_UPLOADS"
_VIEWERS_PATIENCE = 3.0  # seconds a page waits for a ledger that is being written, before it shows what it read before
APP = Path(__file__).resolve().parents[2] / "app.py"


def serve(host: str, port: int, *, uploads: bool = False) -> None:
    """Serve the dashboard until it is stopped; with `uploads` it gives out templates and takes in returns of real figures too."""
    if uploads:
        os.environ[_UPLOADS] = "yes"
    PATIENCE["read"] = _VIEWERS_PATIENCE
    # Until the first viewer has come, Streamlit takes the folder `pages` for its older kind of menu and tells that viewer that the
    # page asked for does not exist. The dashboard names its pages itself, in app.py.
    PagesManager.uses_pages_directory = False
    uvicorn.run(st.App(APP), host=host, port=port, access_log=False)


def takes_returns(illustrative: bool | None) -> bool:
    """Whether templates and uploads are offered: where all figures are invented, or on a server that only those meant to reach it do."""
    return illustrative is True or bool(os.environ.get(_UPLOADS))
