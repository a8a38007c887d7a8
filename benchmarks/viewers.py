"""Many viewers at once, as a server meets them: each opens a page, thinks, and changes the agency or goes on to another page.

Speaks Streamlit's own protocol, or Dash's, to running servers and measures from the asking to the end of the answer. Run with
`python benchmarks/viewers.py STORE`: it serves the store's newest edition with the dashboard, then with a plain Streamlit app and with
Dash where that is installed, in turn, and prints a row for each and each number of viewers; with `--json` the figures go to a file.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx2

from hscb_qa.screen.viewer import Answer, Viewing

PAGES = ("", "help_and_early_help", "partners_duties", "quality_of_practice", "agency", "wider_picture", "neglect", "mental_health")
AGENCIES = ("", "police", "childrens_social_care", "education", "mental_health_trust")
HERE = Path(__file__).resolve().parent
PORT = 8599


class DashViewing:
    """A viewer of the Dash page: every asking is a change of the agency."""

    def __init__(self, address: str) -> None:
        self._client = httpx2.AsyncClient(base_url=address, timeout=120)
        self._body: dict[str, Any] = {}

    async def __aenter__(self) -> "DashViewing":
        [callback] = (await self._client.get("/_dash-dependencies")).json()
        outputs = [dict(zip(("id", "property"), one.split("."), strict=True)) for one in callback["output"].strip(".").split("...")]
        self._body = {"output": callback["output"], "outputs": outputs, "changedPropIds": ["agency.value"]}
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def open(self, _page: str, query: str) -> Answer:
        """Change the agency and wait for the whole answer."""
        given = {"id": "agency", "property": "value", "value": query.partition("=")[2]}
        begun = time.perf_counter()
        answer = await self._client.post("/_dash-update-component", json={**self._body, "inputs": [given]})
        return Answer(time.perf_counter() - begun, len(answer.content), 0, answer.status_code != 200)


Viewer = Callable[[str], AbstractAsyncContextManager[Any]]


async def look(viewer: Viewer, address: str, pages: Sequence[str], chance: random.Random, thought: float, until: float) -> list[Any]:
    """One viewer: asks at times of his own until the time is over; what came each time, a fault among it."""
    await asyncio.sleep(chance.uniform(0, thought))
    answers: list[Any] = []
    try:
        async with viewer(address) as one:
            while time.perf_counter() < until:
                agency = chance.choice(AGENCIES)
                answers.append(await one.open(chance.choice(pages), f"agency={agency}" if agency else ""))
                await asyncio.sleep(chance.expovariate(1 / thought))
    except Exception as fault:  # whatever it is, a viewer met it
        answers.append(fault)
    return answers


async def measured(viewer: Viewer, address: str, pages: Sequence[str], viewers: int, thought: float, seconds: float) -> dict[str, float]:
    """What so many viewers met: answers, errors, and the seconds of the middle one, of 95 in 100 and of the slowest."""
    until = time.perf_counter() + seconds
    chances = (random.Random(f"{viewers} {number}") for number in range(viewers))
    found = await asyncio.gather(*(look(viewer, address, pages, chance, thought, until) for chance in chances))
    answers = [one for several in found for one in several]
    good = sorted(one.seconds for one in answers if isinstance(one, Answer) and not one.failed)
    if len(good) < 2:
        return {"viewers": viewers, "answers": len(good), "errors": len(answers) - len(good)}
    return {
        "viewers": viewers,
        "answers": len(good),
        "errors": len(answers) - len(good),
        "p50": statistics.median(good),
        "p95": statistics.quantiles(good, n=100, method="inclusive")[94],
        "slowest": good[-1],
        "kilobytes": statistics.mean(one.size for one in answers if isinstance(one, Answer)) / 1000,
    }


@contextmanager
def served(command: list[str], store: Path, ready: str) -> Iterator[int]:
    """A server for as long as the block lasts, once it is ready; its process id."""
    surroundings = {**os.environ, "HSCB_QA_STORE": str(store)}
    place = HERE / "peers" if "peers" in " ".join(command) else HERE.parent  # so that a peer has Streamlit's own settings, and not ours
    with subprocess.Popen(command, cwd=place, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _await(f"http://localhost:{PORT}/{ready}", server)
            yield server.pid
        finally:
            server.kill()


def _await(address: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.5)
        if server.poll() is not None:
            break
    raise SystemExit(f"No server answers at {address}.")


def memory_of(process: int) -> float:
    """The megabytes a process holds, as Linux counts them."""
    lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1000


def contenders() -> dict[str, tuple[list[str], str, Viewer, Sequence[str]]]:
    """Name, command, the address that answers when it is ready, how it is asked, and its pages."""
    ours = [sys.executable, "-m", "hscb_qa", "serve", "--port", str(PORT)]
    plain = [sys.executable, "-m", "streamlit", "run", str(HERE / "peers" / "plain_streamlit.py"), "--server.port", str(PORT)]
    dash = [sys.executable, str(HERE / "peers" / "dash_page.py"), str(PORT)]
    found: dict[str, tuple[list[str], str, Viewer, Sequence[str]]] = {
        "dashboard, eight pages": (ours, "readyz", Viewing, PAGES),
        "dashboard, one area": (ours, "readyz", Viewing, ("neglect",)),
        "plain Streamlit": (plain, "_stcore/health", Viewing, ("",)),
    }
    if find_spec("dash") and find_spec("waitress"):
        found["Dash"] = (dash, "_dash-layout", DashViewing, ("",))
    return found


def tell(name: str, row: dict[str, float]) -> None:
    """Print a row, times in milliseconds."""
    times = "".join(f"{row[part] * 1000:10.0f}" if part in row else f"{'–':>10}" for part in ("p50", "p95", "slowest"))
    start = f"{name:24}{row['viewers']:7.0f}{row['answers']:9.0f}{row['errors']:8.0f}"
    print(f"{start}{times}{row.get('kilobytes', 0):10.0f}{row['megabytes']:8.0f}", flush=True)


def main() -> None:
    """Measure each contender in turn for each number of viewers."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("store", type=Path)
    asked.add_argument("--viewers", type=int, nargs="+", default=[10, 25, 50, 100, 200])
    asked.add_argument("--thought", type=float, default=5.0, help="seconds between two askings of a viewer, on average")
    asked.add_argument("--seconds", type=float, default=30.0, help="how long each number of viewers is measured")
    asked.add_argument("--json", type=Path, help="a file for the figures")
    given = asked.parse_args()
    rows = []
    print(f"{'':24}viewers  answers  errors    p50 ms    p95 ms slowest ms  kB each  MB held")
    for name, (command, ready, viewer, pages) in contenders().items():
        with served(command, given.store, ready) as process:
            for viewers in given.viewers:
                row = asyncio.run(measured(viewer, f"http://localhost:{PORT}", pages, viewers, given.thought, given.seconds))
                row["megabytes"] = memory_of(process)
                tell(name, row)
                rows.append({"contender": name, **row})
    if given.json:
        given.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
