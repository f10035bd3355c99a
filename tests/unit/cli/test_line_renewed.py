"""A line that is cut, closed or renewed by Slack: one new line is opened at once, and people are heard on it."""

from collections.abc import Iterator

import pytest
from structlog.testing import capture_logs

from cli.socket_line import Line
from sandbox.client import Workspace
from sandbox.runner import running_workspace
from tests.disconnecting import disconnect
from tests.sandbox import lunch
from tests.sandbox.conftest import SEED, web_client

ROUNDS = 4  # with slack_sdk's own threads each opens two or three lines, and one in five stands still for 10 to 17 s


@pytest.fixture
def workspace() -> Iterator[Workspace]:
    with running_workspace(lunch.MANIFEST, SEED) as workspace:
        yield workspace


@pytest.fixture(autouse=True)
def line(workspace: Workspace) -> Iterator[Line]:
    token = workspace.app().app_token
    line = Line(lunch.make(web_client(workspace)), token, web_client(workspace, token))
    line.connect()
    workspace.wait_for_app()
    yield line
    disconnect(line, workspace)


# The client leaves the socket it replaces to the garbage collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("how", ["drop", "close", "refresh_requested"])
def test_one_line_is_opened_for_each_that_ends(workspace: Workspace, how: str) -> None:
    opened = len(workspace.calls("apps.connections.open"))
    for _ in range(ROUNDS):
        is_renewed(workspace, workspace.sockets_opened, how)
    assert len(workspace.calls("apps.connections.open")) == opened + ROUNDS


def is_renewed(workspace: Workspace, sockets: int, how: str) -> None:
    workspace.disturb_sockets(how)
    workspace.wait_for(lambda: workspace.sockets_opened > sockets, "a new line")
    workspace.wait_for(lambda: workspace.person("ada").type("/lunch help", "kitchen").acked, "an answer")


def test_of_a_line_that_was_left_for_good_nothing_is_said(
    workspace: Workspace, line: Line, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither that it fails and is tried again, which is not so, nor that nothing is heard on it."""
    opened = workspace.sockets_opened
    with capture_logs() as said:
        line.leave()
        workspace.disturb_sockets("drop")
        line.client.current_session_runner.thread.join(5)
        line._ours._began = -1000.0  # as long after it was opened as it would take to be missed
        line._ours._heard = -1000.0
        line._ours._monitor_current_session()
    assert [each for each in said if each["log_level"] in ("warning", "error")] == []
    assert "nothing is heard" not in caplog.text
    assert workspace.sockets_opened == opened
