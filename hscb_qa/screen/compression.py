"""Scripts and styles sent compressed: each once, then kept, since their names change with their content.

Streamlit sends its own files as they are, three times the bytes. Leaves everything alone that is not such a file: pages, sockets, media.
"""

import gzip
from collections.abc import Callable

import brotli
from anyio import to_thread

from hscb_qa.screen.asgi import Application, Message, Receive, Scope, Send

_FILES = "/static/"
_ENCODINGS: dict[bytes, Callable[[bytes], bytes]] = {
    b"br": lambda body: brotli.compress(body, quality=5),
    b"gzip": lambda body: gzip.compress(body, mtime=0),
}
"""How a browser may take a file, the smallest first."""
_COMPRESSIBLE = (b"text/", b"application/javascript", b"application/json", b"image/svg")


class Compressed:
    """The application with its unchanging files compressed. What is kept is bounded by the files there are."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self._kept: dict[tuple[str, bytes], tuple[Message, bytes]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from what is kept, else keep what the application answers."""
        encoding = _encoding(scope)
        if encoding is None:
            await self._application(scope, receive, send)
            return
        key = (scope["path"], encoding)
        if key not in self._kept:
            start, body = await _answer(self._application, scope, receive)
            if not _is_lasting(start):
                await send(start)
                await send({"type": "http.response.body", "body": body})
                return
            self._kept[key] = _headed(start, encoding, smaller := await to_thread.run_sync(_ENCODINGS[encoding], body)), smaller
        start, body = self._kept[key]
        await send(start)
        await send({"type": "http.response.body", "body": body})


def _encoding(scope: Scope) -> bytes | None:
    """How to compress what is asked for; None where it is no file, a part of one, or nothing the browser takes."""
    if scope["type"] != "http" or scope["method"] != "GET" or _FILES not in scope["path"]:
        return None
    headers = dict(scope["headers"])
    accepted = {one.split(b";")[0].strip() for one in headers.get(b"accept-encoding", b"").split(b",")}
    return None if b"range" in headers else next((one for one in _ENCODINGS if one in accepted), None)


async def _answer(application: Application, scope: Scope, receive: Receive) -> tuple[Message, bytes]:
    """The whole answer of the application to a request that asks for the file itself, whatever the browser holds already."""
    asked = [(name, value) for name, value in scope["headers"] if name not in (b"accept-encoding", b"if-none-match", b"if-modified-since")]
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    await application({**scope, "headers": asked}, receive, keep)
    return messages[0], b"".join(one.get("body", b"") for one in messages[1:])


def _is_lasting(start: Message) -> bool:
    headers = dict(start["headers"])
    is_text = headers.get(b"content-type", b"").startswith(_COMPRESSIBLE)
    return start["status"] == 200 and is_text and b"immutable" in headers.get(b"cache-control", b"")


def _headed(start: Message, encoding: bytes, body: bytes) -> Message:
    kept = [(name, value) for name, value in start["headers"] if name not in (b"content-length", b"etag", b"last-modified")]
    added = [(b"content-encoding", encoding), (b"content-length", str(len(body)).encode()), (b"vary", b"accept-encoding")]
    return {**start, "headers": [*kept, *added]}
