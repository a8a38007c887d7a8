"""Addresses of more than one step, such as `/area/neglect`, led to the page their last step names.

Streamlit answers any address with its page, whose scripts are then looked for beside that address: below a second step the screen would
stay white. Leaves Streamlit's own addresses and everything that is not a page asked for by a browser as they are.
"""

from urllib.parse import quote

from hscb_qa.screen.asgi import Application, Receive, Scope, Send

_OWN = ("_stcore", "auth", "component", "media", "oauth2callback", "static", "vendor", "app")


class InOneStep:
    """The application behind a door that sends a browser from `/area/neglect` to `/neglect`, with all it asked for."""

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send on what has a step too many; let everything else in."""
        to = page_meant(scope["path"]) if _is_page(scope) else None
        if to is None:
            await self._application(scope, receive, send)
            return
        asked = scope["query_string"]
        location = quote(to).encode() + (b"?" + asked if asked else b"")
        await send({"type": "http.response.start", "status": 307, "headers": [(b"location", location), (b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


def page_meant(path: str) -> str | None:
    """The address of one step that a longer one means; None where it has one step already or is one of Streamlit's own.

    >>> page_meant("/area/neglect"), page_meant("/neglect"), page_meant("/static/js/index.js")
    ('/neglect', None, None)
    """
    steps = [step for step in path.split("/") if step]
    return f"/{steps[-1]}" if len(steps) > 1 and not any(step in _OWN for step in steps) else None


def _is_page(scope: Scope) -> bool:
    """Whether a browser asks for a page, and not a script, a picture or a socket."""
    return scope["type"] == "http" and scope["method"] == "GET" and b"text/html" in dict(scope["headers"]).get(b"accept", b"")
