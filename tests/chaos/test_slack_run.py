"""`slack run`, as Slack's command line starts it: by .slack/hooks.json, with its tokens in the environment."""

import json
import os
import signal
from pathlib import Path
from subprocess import DEVNULL

import pytest

from cli.demo.stage import running_process
from sandbox.client import Workspace
from tests.waiting import BUSY

ROOT = Path(__file__).parents[2]


@pytest.mark.usefixtures("settings")
def test_the_bot_answers_with_the_tokens_that_it_was_handed(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the names that older releases have for them; newer ones have the settings' own."""
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    monkeypatch.delenv("SLACK_APP_TOKEN")
    monkeypatch.setenv("SLACK_CLI_XOXB", workspace.app().bot_token)
    monkeypatch.setenv("SLACK_CLI_XAPP", workspace.app().app_token)
    start = json.loads((ROOT / ".slack/hooks.json").read_text(encoding="utf-8"))["hooks"]["start"]
    monkeypatch.chdir(ROOT)
    with running_process(start.split(), dict(os.environ), DEVNULL) as run:
        workspace.wait_for_app()
        workspace.settings(**BUSY)
        fay = workspace.person("fay")
        assert fay.type("/missing", "cases").acked
        workspace.wait_for(lambda: fay.modal, "the form")
        run.send_signal(signal.SIGTERM)
        assert run.wait(60) == 0
