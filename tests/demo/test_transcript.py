"""The evening as it is told in a terminal: what people wrote stands as they wrote it."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from slack_sdk import WebClient

from cli.demo.transcript import Transcript
from sandbox.runner import running_workspace
from tests.sandbox import lunch
from tests.sandbox.conftest import SEED
from tests.world import HandClock


def test_signs_that_slack_passes_on_as_entities_are_read_as_signs() -> None:
    said: list[str] = []
    with running_workspace(lunch.MANIFEST, SEED) as workspace:
        client = WebClient(token=workspace.app().bot_token, base_url=workspace.api_url)
        with Transcript(
            workspace, HandClock(datetime(2026, 3, 2, 14, tzinfo=UTC)), ZoneInfo("Europe/London"), said.append
        ):
            client.chat_postMessage(channel="kitchen", text="Fish &amp; chips &lt;3")
    assert "Fish & chips <3" in said[-1]
