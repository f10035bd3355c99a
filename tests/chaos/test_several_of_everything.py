"""Two bots, two timers, two workers of each kind: each page goes out once, and what was pressed counts once."""

from contextlib import suppress

import pytest

from bot.domain.events import Acknowledged
from bot.views import ids
from sandbox.errors import NotPossible
from tests.chaos.conftest import Force
from tests.waiting import until

pytestmark = pytest.mark.slow


def test_pages_go_out_once_and_presses_count_once(force: Force) -> None:
    for _ in range(2):
        force.listen()
        force.start("timer")
        for kind in ("recheck", "deliver"):
            force.start("worker", kind)
    refs = [force.report() for _ in range(4)]
    for ref in refs:
        force.wait_for_page(ref)
    force.wait_until_told()
    assert [len(force.pages(ref)) for ref in refs] == [1, 1, 1, 1]

    force.workspace.fault("double", "block_actions")
    for ref in refs:
        for _ in range(2):
            (page,) = force.pages(ref)
            with suppress(NotPossible):  # what was pressed first has taken the button away, perhaps just now
                force.workspace.person("fay").click(ids.ACKNOWLEDGE, page)
    until("each is acknowledged", lambda: all(acknowledged(force, ref) for ref in refs))
    force.wait_until_told()
    assert [acknowledged(force, ref) for ref in refs] == [1, 1, 1, 1]
    assert [len(force.pages(ref)) for ref in refs] == [1, 1, 1, 1]


def acknowledged(force: Force, ref: str) -> int:
    return sum(isinstance(entry.event, Acknowledged) for entry in force.bot.stores.cases.entries(ref))
