"""A workspace with a few invented people, empty or with the lunch bot in it."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
import websocket
from slack_sdk import WebClient

from cli.socket_line import Line
from sandbox.client import Workspace
from sandbox.runner import running_workspace
from tests.disconnecting import disconnect
from tests.sandbox import lunch
from tests.waiting import BUSY

SEED: dict[str, Any] = {
    "people": {"ada": {"real_name": "Ada Finch"}, "ben": {"real_name": "Ben Okoro"}, "cat": None},
    "groups": {"cooks": {"name": "Cooks", "users": ["ben"]}},
    "channels": {
        "kitchen": {"kind": "private", "members": ["ada", "ben", "lunch"]},
        "square": {"kind": "public", "members": ["ada", "ben", "cat", "lunch"]},
        "cellar": {"kind": "private", "members": ["cat"]},
        "street": {"kind": "public", "members": ["cat"]},
    },
}


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with running_workspace(lunch.MANIFEST, SEED) as running:
        yield running


@pytest.fixture
def client(workspace: Workspace) -> WebClient:
    return web_client(workspace)


@pytest.fixture
def bot(workspace: Workspace) -> Iterator[Workspace]:
    """The lunch bot, connected over Socket Mode."""
    with connected(workspace):
        yield workspace


def web_client(workspace: Workspace, token: str | None = None) -> WebClient:
    return WebClient(token=token or workspace.app().bot_token, base_url=workspace.api_url, retry_handlers=[])


@contextmanager
def connected(workspace: Workspace, handler: Callable[..., Any] = Line) -> Iterator[Any]:
    workspace.settings(**BUSY)
    app_token = workspace.app().app_token
    bolt = lunch.make(web_client(workspace))
    connection = handler(bolt, app_token, web_client=web_client(workspace, app_token))
    connection.connect()
    workspace.wait_for_app()
    try:
        yield connection
    finally:
        disconnect(connection, workspace)


@contextmanager
def socket_to(workspace: Workspace) -> Iterator["RawSocket"]:
    """A socket that acknowledges nothing by itself."""
    answer = web_client(workspace, workspace.app().app_token).apps_connections_open(
        app_token=workspace.app().app_token
    )
    raw = RawSocket(websocket.create_connection(answer["url"], timeout=60))
    try:
        yield raw
    finally:
        raw.wire.shutdown()


class RawSocket:
    def __init__(self, wire: websocket.WebSocket) -> None:
        self.wire = wire
        self.hello = self.next()

    def next(self) -> dict[str, Any]:
        return dict(json.loads(self.wire.recv()))

    def ack(self, frame: dict[str, Any], payload: Any = None) -> None:
        answer = {"envelope_id": frame["envelope_id"]} | ({"payload": payload} if payload else {})
        self.wire.send(json.dumps(answer))


@contextmanager
def meanwhile(deed: Callable[[], Any]) -> Iterator["Future[Any]"]:
    """Somebody does something while the test goes on."""
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(deed)
