"""The dashboard as a server: one application behind its doors, warmed up, with its health told.

Refuses to start where something else listens on its port.
"""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.file_util import get_static_dir
from streamlit.runtime.pages_manager import PagesManager

from hscb_qa.errors import StoreFault
from hscb_qa.ledger import store_folder
from hscb_qa.ledger.opening import PATIENCE
from hscb_qa.screen import uploads as uploads_of
from hscb_qa.screen.compression import Compressed
from hscb_qa.screen.headers import Guarded, first_page_of, security_headers
from hscb_qa.screen.paths import InOneStep
from hscb_qa.screen.warm import Warmth, keep_warm

_VIEWERS_PATIENCE = 3.0  # seconds a page waits for a ledger that is being written, before it shows what it read before
APP = Path(__file__).resolve().parents[2] / "app.py"


def serve(host: str, port: int, *, uploads: bool = False, warm: bool = True) -> None:
    """Serve the dashboard until it is stopped; with `uploads` it takes in returns and entries beside real figures too.

    With `warm`, the pages of every edition are drawn before somebody asks for them.

    Raises StoreFault where something else listens on the port already.
    """
    if uploads:
        os.environ[uploads_of.SETTING] = "yes"
    _require_free(host, port)
    PATIENCE["read"] = _VIEWERS_PATIENCE
    uvicorn.run(
        application(f"http://{_reached(host)}:{port}" if warm else None), host=host, port=port, access_log=False, server_header=False
    )


def application(address: str | None) -> st.App:
    """The dashboard as an ASGI application, which warms itself up at the address where it can be reached; without one it does not."""
    # Until the first viewer has come, Streamlit takes the folder `pages` for its older kind of menu and tells that viewer that the
    # page asked for does not exist. The dashboard names its pages itself, in app.py.
    PagesManager.uses_pages_directory = False
    warmth = Warmth() if address else Warmth("drawn when asked for")
    headers = security_headers(first_page_of(Path(get_static_dir())))
    return st.App(
        APP,
        routes=[Route("/healthz", _health), Route("/readyz", _readiness(warmth))],
        middleware=[Middleware(Guarded, headers=headers), Middleware(Compressed), Middleware(InOneStep)],
        lifespan=_warming(address, warmth) if address else None,
    )


async def _health(_: Request) -> PlainTextResponse:
    return PlainTextResponse("ok")


def _readiness(warmth: Warmth) -> Callable[[Request], Any]:
    async def ready(_: Request) -> PlainTextResponse:
        """Whether the pages of an edition are drawn, so that nobody waits for the first one."""
        return PlainTextResponse(f"ready: {warmth.edition}") if warmth.edition else PlainTextResponse("warming up", status_code=503)

    return ready


def _warming(address: str, warmth: Warmth) -> Callable[[st.App], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: st.App) -> AsyncIterator[None]:
        warming = asyncio.create_task(keep_warm(address, store_folder(), warmth))
        yield
        warming.cancel()
        with suppress(asyncio.CancelledError):
            await warming

    return lifespan


def _require_free(host: str, port: int) -> None:
    family, *_, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
        except OSError as fault:
            raise StoreFault(f"The dashboard cannot listen on {host}, port {port}: {fault.strerror}. Name another with --port.") from fault


def _reached(host: str) -> str:
    return "127.0.0.1" if host in ("0.0.0.0", "::", "") else host
