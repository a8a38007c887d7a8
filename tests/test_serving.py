"""The doors of the dashboard: what every answer says, what is compressed and kept, where a step too many leads, and when it is ready."""

import gzip
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from hscb_qa.errors import StoreFault
from hscb_qa.screen import serving
from hscb_qa.screen.compression import Compressed
from hscb_qa.screen.headers import Guarded, security_headers
from hscb_qa.screen.paths import InOneStep

SCRIPT = "export const answer = 42;\n" * 200
FIRST_PAGE = "<html><script>\nready()\n</script><script src='a.js'></script></html>"
LASTING = {"cache-control": "public, immutable, max-age=31536000"}


class Behind:
    """An application that counts what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def file(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        return Response(SCRIPT, media_type="application/javascript", headers={**LASTING, "etag": '"1"'})

    def picture(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        return Response(b"\x89PNG", media_type="image/png", headers=LASTING)

    def page(self, request: Request) -> Response:
        self.asked.append(request.url.path)
        return PlainTextResponse(request.url.path, headers={"cache-control": "no-cache"})


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest.fixture
def client(behind: Behind) -> Iterator[TestClient]:
    routes = [Route("/static/a.js", behind.file), Route("/static/a.png", behind.picture), Route("/{page:path}", behind.page)]
    middleware = [Middleware(Guarded, headers=security_headers(FIRST_PAGE)), Middleware(Compressed), Middleware(InOneStep)]
    with TestClient(Starlette(routes=routes, middleware=middleware), follow_redirects=False) as client:  # type: ignore[arg-type]
        yield client


def raw(client: TestClient, path: str, **headers: str) -> Any:
    with client.stream("GET", path, headers=headers) as answer:
        return answer, b"".join(answer.iter_raw())


@pytest.mark.parametrize(("accepted", "encoding", "undo"), [
    ("gzip, br", "br", brotli.decompress),
    ("gzip;q=1.0, deflate", "gzip", gzip.decompress),
])  # fmt: skip
def test_a_file_is_compressed_once_and_kept(client: TestClient, behind: Behind, accepted: str, encoding: str, undo: Any) -> None:
    for _ in range(3):
        answer, body = raw(client, "/static/a.js", **{"accept-encoding": accepted, "if-none-match": '"1"'})
        assert answer.headers["content-encoding"] == encoding and undo(body) == SCRIPT.encode()
        assert int(answer.headers["content-length"]) == len(body) < len(SCRIPT) / 10
        assert answer.headers["cache-control"] == LASTING["cache-control"] and "etag" not in answer.headers
    assert behind.asked == ["/static/a.js"]


@pytest.mark.parametrize("headers", [{"accept-encoding": "identity"}, {"accept-encoding": "br", "range": "bytes=0-3"}])
def test_a_file_that_is_not_to_be_compressed_goes_out_as_it_is(client: TestClient, headers: dict[str, str]) -> None:
    answer, body = raw(client, "/static/a.js", **headers)
    assert "content-encoding" not in answer.headers and body == SCRIPT.encode()


def test_pages_and_pictures_are_left_alone(client: TestClient, behind: Behind) -> None:
    for path in ("/neglect", "/static/a.png", "/static/a.png"):
        answer, _ = raw(client, path, **{"accept-encoding": "br"})
        assert "content-encoding" not in answer.headers
    assert behind.asked == ["/neglect", "/static/a.png", "/static/a.png"]


@pytest.mark.parametrize("path", ["/neglect", "/static/a.js", "/area/neglect"])
def test_every_answer_says_what_a_browser_has_to_refuse(client: TestClient, path: str) -> None:
    headers = client.get(path, headers={"accept": "text/html"}).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["connect-src"] == policy["base-uri"] == "'self'"
    assert "unsafe" not in policy["script-src"] and policy["script-src"].count("sha256-") == 1  # one inline script, one with a source
    assert not any(":" in value and value.replace("data:", "").replace("blob:", "").count(":") for value in policy.values())  # no host
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"


def test_a_step_too_many_leads_to_the_page(client: TestClient) -> None:
    answer = client.get("/area/neglect?agency=police", headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["location"]) == (307, "/neglect?agency=police")


def test_streamlits_first_page_has_one_inline_script_that_the_policy_allows() -> None:
    application = serving.application(None)
    with TestClient(application, client=("127.0.0.1", 1)) as client:  # type: ignore[arg-type]
        assert client.get("/healthz").text == "ok"
        assert client.get("/readyz").text == "ready: drawn when asked for"
        answer = client.get("/")
        assert answer.text.count("<script>") == answer.headers["content-security-policy"].count("sha256-") == 1


def test_a_port_that_is_taken_is_refused_in_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(StoreFault, match=f"cannot listen on 127.0.0.1, port {port}: .*in use. Name another with --port"):
            serving.serve("127.0.0.1", port)


def test_no_telemetry_and_no_collecting_of_garbage_after_each_run() -> None:
    config = (Path(__file__).resolve().parents[1] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
    for line in ("gatherUsageStats = false", "postScriptGC = false", 'fileWatcherType = "none"'):
        assert f"\n{line}" in config
