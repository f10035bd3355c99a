"""The FIM's channel is shared with another organisation, in a quiet hour and under a page. Real processes."""

import json

import pytest

from bot.domain.people import Role
from tests.chaos.conftest import Force
from tests.chaos.health import Health
from tests.chaos.test_reach import OVER, WITHIN, begin, said_by
from tests.outside import Pager
from tests.waiting import in_time, until

pytestmark = pytest.mark.slow

WRONG = "The FIM's channel (MISSING_CHANNELS__FIM) is not private to the force"
WELL = "The FIM's channel (MISSING_CHANNELS__FIM) is private to the force again"


def test_who_else_reads_it_is_told_once_while_pages_still_go_there_and_so_is_its_end(
    force: Force, beeper: Pager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSING_WAYS_OUT", json.dumps({"technician": {"pager": beeper.url}}))
    health = Health(monkeypatch)
    begin(force)
    until("it is well", lambda: health.is_well)
    assert said_by(beeper, WRONG) == []

    times = 0

    def it_is_the_forces_alone() -> None:
        if times:
            is_mended()

    def others_read_it_and_that_is_told() -> None:
        nonlocal times
        force.workspace.person("fay").share("fim", "T0ELSE")
        times += 1
        until("the technician reads it", lambda: len(said_by(beeper, WRONG)) == times)
        until("the FIM reads it", lambda: len(force.said(WRONG)) == times)

    def is_mended() -> None:
        force.workspace.person("fay").unshare("fim")
        until("the technician reads that it is mended", lambda: len(said_by(beeper, WELL)) == times, OVER)
        until("the FIM reads it", lambda: len(force.said(WELL)) == times, OVER)

    in_time(WITHIN, others_read_it_and_that_is_told, first=it_is_the_forces_alone)
    assert "end that in its settings" in said_by(beeper, WRONG)[0]
    assert any(WRONG in each for each in health.facts["degraded"])
    assert health.is_well, "pages are not held up by it"

    ref = force.report()
    force.wait_for_page(ref)

    is_mended()
    assert (len(said_by(beeper, WRONG)), len(force.said(WRONG))) == (times, times)
    assert (len(said_by(beeper, WELL)), len(force.said(WELL))) == (times, times)


def test_a_board_is_put_where_slack_was_not_asked_before_and_taken_down_once_others_read_it(
    force: Force,
) -> None:
    force.workspace.seed(
        {
            "people": {"kit": {"id": "U0KIT"}},
            "groups": {"fim": {"id": "S0FIM", "users": ["fay", "kit"]}},
            "channels": {"control": {"id": "C0CONTROL", "members": ["fay", "kit", "missing"]}},
        }
    )
    begin(force)
    until("Kit is on duty", lambda: "U0KIT" in force.bot.directory.on_duty(Role.FIM))
    ref, fay = force.report(), force.workspace.person("fay")
    force.workspace.person("kit").type("/missing board", "control")
    until("it is there", lambda: any(each.says(f"HIGH · {ref}") for each in fay.sees("control")), WITHIN)
    (board,) = [each for each in fay.sees("control") if each.says(f"HIGH · {ref}")]

    def now_says(words: str) -> bool:
        return any(each.ts == board.ts and each.says(words) for each in fay.sees("control"))

    fay.share("control", "T0ELSE")
    until("it is taken down", lambda: now_says("The board was taken down at"), WITHIN)
    assert not now_says(ref)
    until(
        "the FIM reads why",
        lambda: bool(force.said("The board's channel is not private to the force")),
        WITHIN,
    )
    fay.unshare("control")
    until("it is back", lambda: now_says(f"HIGH · {ref}"), WITHIN)
