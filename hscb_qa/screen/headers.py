"""What every answer tells the browser to refuse: other hosts, frames elsewhere, code made of strings, guessing of types.

The policy is derived from Streamlit's own first page, so that its inline script is allowed by its digest and by nothing wider.
"""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from hscb_qa.screen.asgi import Application, Message, Receive, Scope, Send

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def security_headers(first_page: str) -> list[tuple[bytes, bytes]]:
    """The headers of every answer, for an application that begins with this page."""
    digests = " ".join(f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in _SCRIPT.findall(first_page))
    policy = {
        "default-src": "'self'",
        "script-src": f"'self' blob: {digests}".rstrip(),  # a component's own script is loaded from a blob
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return [
        (b"content-security-policy", "; ".join(f"{name} {value}" for name, value in policy.items()).encode()),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"SAMEORIGIN"),
        (b"referrer-policy", b"same-origin"),
        (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
        (b"cross-origin-opener-policy", b"same-origin"),
    ]


class Guarded:
    """The application with the same headers on every answer."""

    def __init__(self, application: Application, headers: list[tuple[bytes, bytes]]) -> None:
        self._application, self._headers = application, headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, and add the headers where an answer begins."""

        async def headed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *self._headers]}
            await send(message)

        await self._application(scope, receive, headed if scope["type"] == "http" else send)


def first_page_of(folder: Path) -> str:
    """The page with which Streamlit answers every address."""
    return (folder / "index.html").read_text(encoding="utf-8")
