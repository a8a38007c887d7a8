"""The dashboard as a server on this machine."""

from pathlib import Path

import streamlit as st
import uvicorn
from streamlit.runtime.pages_manager import PagesManager

APP = Path(__file__).resolve().parents[2] / "app.py"


def serve(host: str, port: int) -> None:
    """Serve the dashboard until it is stopped."""
    # Until the first viewer has come, Streamlit takes the folder `pages` for its older kind of menu and tells that viewer that the
    # page asked for does not exist. The dashboard names its pages itself, in app.py.
    PagesManager.uses_pages_directory = False
    uvicorn.run(st.App(APP), host=host, port=port, access_log=False)
