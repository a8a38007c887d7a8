"""A viewer without a browser: opens a page of a running dashboard by Streamlit's own protocol, and says how long the answer took.

Warms the dashboard up before the first real viewer, and stands for many of them in benchmarks. Draws nothing.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect


@dataclass(frozen=True)
class Answer:
    """What came for one asking: seconds until its end, bytes, how many charts, and whether the page ended in an error box."""

    seconds: float
    size: int
    charts: int
    failed: bool


class Viewer:
    """One connection. `scheme` is the colour scheme the viewer's screen asks for."""

    def __init__(self, connection: ClientConnection, address: str, scheme: str) -> None:
        self._connection, self._address, self._scheme = connection, address, scheme
        self._hashes: list[str] = []

    async def open(self, page: str, query: str = "", widgets: Sequence[object] = ()) -> Answer:
        """Ask for a page with a query and wait for the end of its answer."""
        asked = BackMsg()
        state = asked.rerun_script
        state.query_string, state.page_name = query, page
        state.context_info.url = f"{self._address}/{page}"
        state.context_info.color_scheme = self._scheme
        state.widget_states.widgets.extend(widgets)
        begun = time.perf_counter()
        await self._connection.send(asked.SerializeToString())
        size = charts = 0
        failed = False
        while True:
            received = await self._connection.recv()
            message = ForwardMsg.FromString(received if isinstance(received, bytes) else received.encode())
            size += len(received)
            element = message.delta.new_element.WhichOneof("type") if message.HasField("delta") else ""
            charts += element == "plotly_chart"
            failed = failed or element == "exception"
            if message.HasField("script_finished") and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return Answer(time.perf_counter() - begun, size, charts, failed)


class Viewing:
    """Opens and closes a viewer's connection: `async with Viewing(address) as viewer`."""

    def __init__(self, address: str, scheme: str = "light") -> None:
        self._address, self._scheme = address.rstrip("/"), scheme
        host = urlsplit(self._address)
        self._socket = connect(f"ws://{host.netloc}/_stcore/stream", subprotocols=["streamlit"], max_size=None, open_timeout=60)  # type: ignore[list-item]

    async def __aenter__(self) -> Viewer:
        return Viewer(await self._socket.__aenter__(), self._address, self._scheme)

    async def __aexit__(self, *fault: object) -> None:
        await self._socket.__aexit__(*fault)  # type: ignore[arg-type]
