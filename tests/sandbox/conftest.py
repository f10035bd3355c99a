"""A workspace with a few invented people, empty or with the lunch bot in it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from sandbox.client import Workspace
from sandbox.runner import running_workspace
from tests.sandbox import lunch

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


class connected:
    def __init__(self, workspace: Workspace, handler: Callable[..., Any] = SocketModeHandler) -> None:
        app_token = workspace.app().app_token
        self.workspace = workspace
        bolt = lunch.make(web_client(workspace))
        self.handler = handler(bolt, app_token, web_client=web_client(workspace, app_token))

    def __enter__(self) -> Any:
        self.handler.connect()
        self.workspace.wait_for_app()
        return self.handler

    def __exit__(self, *_failure: object) -> None:
        self.handler.close()
