"""Chromium on a workspace with the canteen bot in it."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from slack_sdk import WebClient

from cli.socket_line import Line
from sandbox.client import Workspace
from sandbox.client.stage import Stage
from sandbox.runner import running_workspace
from tests.browser import canteen
from tests.browser.screen import Screen
from tests.disconnecting import disconnect
from tests.waiting import BUSY

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=en-GB"]
AXE = Path(__file__).parents[2] / ".axe/node_modules/axe-core/axe.min.js"
PATIENCE = 60_000  # milliseconds: two browsers, two bots and their workers may share two cores

SEED: dict[str, Any] = {
    "team": {"name": "Canteen"},
    "settings": {"rate_limits": False, **BUSY},
    "people": {
        "ada": {"real_name": "Ada Finch", "title": "Head cook"},
        "ben": {"real_name": "Ben Okoro", "title": "Waiter"},
        "cat": {"real_name": "Cat Lund"},
    },
    "groups": {"cooks": {"name": "Cooks", "users": ["ben"]}},
    "channels": {
        "kitchen": {"kind": "private", "members": ["ada", "ben", "lunch"]},
        "square": {"kind": "public", "members": ["ada", "ben", "cat", "lunch"]},
        "cellar": {"kind": "private", "members": ["cat"]},
    },
}

expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            item.add_marker(pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with running_workspace(canteen.MANIFEST, SEED) as running:
        yield running


@pytest.fixture
def client(workspace: Workspace) -> WebClient:
    return WebClient(token=workspace.app().bot_token, base_url=workspace.api_url, retry_handlers=[])


@pytest.fixture
def heard(workspace: Workspace, client: WebClient) -> Iterator[list[dict[str, Any]]]:
    """The canteen bot is connected; this is what it has heard."""
    said: list[dict[str, Any]] = []
    tokens = workspace.app()
    connection = Line(
        canteen.make(client, said),
        tokens.app_token,
        WebClient(token=tokens.app_token, base_url=workspace.api_url),
    )
    connection.connect()
    workspace.wait_for_app()
    yield said
    disconnect(connection, workspace)


@pytest.fixture
def stage(workspace: Workspace) -> Stage:
    return Stage(workspace.address)


Opening = Callable[..., Screen]


@pytest.fixture
def opened(browser: Browser, workspace: Workspace) -> Iterator[Opening]:
    """Opens the page as a person; a script error in the page fails the test."""
    with pages_of(browser, workspace) as open_:
        yield open_


@contextmanager
def pages_of(browser: Browser, workspace: Workspace) -> Iterator[Opening]:
    contexts: list[BrowserContext] = []
    broken: list[str] = []

    def open_(person: str = "ada", wide: int = 1200, dark: bool = False, **place: str) -> Screen:
        context = browser.new_context(
            viewport={"width": wide, "height": 860},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="en-GB",
            timezone_id="Europe/London",
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("pageerror", lambda error: broken.append(str(error)))
        screen = Screen(page)
        page.goto(
            workspace.address + screen.place_of(**{"person": person, "channel": "kitchen", **place})[1:]
        )
        expect(screen.me(person)).to_have_attribute("aria-pressed", "true")
        return screen

    yield open_
    for context in contexts:
        context.close()
    assert broken == []


@pytest.fixture(scope="session")
def axe() -> str:
    """The rules of axe-core: `npm install --no-save --prefix .axe axe-core`, or AXE_CORE names its file."""
    path = Path(os.environ.get("AXE_CORE", AXE))
    if not path.is_file():
        pytest.skip("axe-core is not installed")
    return path.read_text()
