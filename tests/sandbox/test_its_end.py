"""The workspace ends while some still follow it: nothing of what they asked is left in its loop."""

import gc
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from sandbox.client.wires import Wires
from sandbox.runner import running_workspace
from tests.sandbox import lunch
from tests.sandbox.conftest import SEED
from tests.waiting import until

FOLLOWING = 8


def test_what_is_under_way_ends_with_it(caplog: pytest.LogCaptureFixture) -> None:
    with ThreadPoolExecutor(FOLLOWING) as pool, running_workspace(lunch.MANIFEST, SEED) as workspace:
        follow = partial(Wires(workspace.address).get, "changes", since=10**9, seconds=50)
        following = [pool.submit(follow) for _ in range(FOLLOWING)]
        until("all of them follow it", lambda: all(each.running() for each in following))
        assert workspace.info, "what they asked before is under way"
    assert [each for each in following if not each.exception()] == []
    gc.collect()
    assert "Task was destroyed" not in caplog.text
