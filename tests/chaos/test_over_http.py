"""The bot process behind a gateway: started by one setting, and without an app token."""

import os
import signal
import socket

import pytest

from sandbox.client import Workspace
from tests.chaos.conftest import Force
from tests.outside import free_port
from tests.waiting import until


def is_answered(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def test_it_answers_slack_there_and_ends_when_it_is_told_to(
    force: Force, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv("MISSING_HTTP__PORT", str(port))
    monkeypatch.setenv("SLACK_SIGNING_SECRET", workspace.app().signing_secret)
    monkeypatch.delenv("SLACK_APP_TOKEN")
    bot = force.start_unconnected()
    until("the bot listens", lambda: is_answered(port), 60)
    workspace.deliver_over_http(f"http://127.0.0.1:{port}/slack/events")
    fay = workspace.person("fay")
    assert fay.type("/missing", "cases").acked
    workspace.wait_for(lambda: fay.modal, "the form")
    os.kill(bot.pid, signal.SIGTERM)
    assert bot.wait(60) == 0
    assert not is_answered(port)
