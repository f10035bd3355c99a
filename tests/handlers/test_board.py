"""`/missing board`: one message where a room looks, kept up to date by edits, whatever breaks meanwhile."""

import pytest

from bot.domain.events import Delivered, SlackSilent
from bot.domain.people import Role
from handlers.live_pages.board_keeper import LANE
from handlers.live_pages.refresher import Refresher
from sandbox.client import Message
from tests.handlers.evening import Evening, id_of
from tests.handlers.test_commands import answered
from tests.world import TOLD, answers, minutes


def boards(evening: Evening, channel: str = "control") -> list[Message]:
    return [each for each in evening.person("cal").sees(channel) if each.words.startswith("Board ·")]


def later(evening: Evening, seconds: float = 10) -> None:
    evening.machine_ms += int(seconds * 1000)
    evening.refresher.turn()


def type_in(evening: Evening, channel: str) -> None:
    assert evening.person("cal").type("/missing board", channel).acked


@pytest.fixture
def put(evening: Evening) -> Evening:
    """A board in the control room, of one case."""
    evening.report(1, by=id_of("cal"), markers=answers("suicidal_today"))
    assert "The board will be in this channel" in answered(evening, "cal", "board")
    evening.refresher.turn()
    return evening


def test_it_is_put_where_it_was_typed(put: Evening) -> None:
    (board,) = boards(put)
    assert board.says("Board · 1 open · 1 HIGH · 0 late · 1 no owner · as at 13:41, 2 Mar")
    assert board.says("HIGH · MC-26-0001 · age 15 · Suicidal statement today · police told 13:40 · no owner")
    assert put.person("sam").sees("control")[-1].ts == board.ts


def test_a_page_that_reached_nobody_is_on_it_until_it_arrives(put: Evening) -> None:
    put.desk.recheck("MC-26-0001")
    page = put.case().pages[Role.FIM].number
    put.desk.remark("MC-26-0001", SlackSilent(page=page, role=Role.FIM, why="not_in_channel"))
    later(put)
    (now,) = boards(put)
    assert now.says("🔺 FIM page not delivered for HIGH MC-26-0001") and now.says("Ring Fay Marsh")
    put.desk.remark("MC-26-0001", Delivered(page=page, role=Role.FIM))
    later(put)
    assert not boards(put)[0].says("not delivered")


def test_it_is_edited_as_things_change_at_most_every_ten_seconds(put: Evening) -> None:
    (board,) = boards(put)
    put.report(2, by=id_of("cal"), told=2)
    later(put, 9)
    assert boards(put)[0].says("Board · 1 open")
    later(put, 1)
    (now,) = boards(put)
    assert now.ts == board.ts and now.says("Board · 2 open")


def test_it_is_edited_though_the_machines_clock_was_set_back(put: Evening) -> None:
    put.machine_ms -= 3_600_000
    put.report(2, by=id_of("cal"), told=2)
    later(put, 0)
    assert boards(put)[0].says("Board · 2 open")


def test_it_is_left_alone_where_nothing_changed(put: Evening) -> None:
    for _ in range(5):
        later(put)
    assert put.workspace.calls("chat.update") == []


def test_it_turns_late_by_itself(put: Evening) -> None:
    put.timer_runs = False
    put.clock.at = TOLD + minutes(5)
    later(put)
    assert boards(put)[0].says("🔺 LATE since 13:45")


def test_asked_again_there_is_still_one(put: Evening) -> None:
    assert "in this channel already" in answered(put, "cal", "board")
    later(put)
    assert len(boards(put)) == 1


def test_asked_elsewhere_it_offers_to_move_and_leaves_no_second_one(put: Evening) -> None:
    type_in(put, "cases")
    asked = put.person("cal").sees("cases")[-1]
    assert asked.says("The board is in <#") or asked.says("The board is in #")
    put.person("cal").click("move_board", on=asked)
    later(put)
    assert len(boards(put, "cases")) == 1 and boards(put) == []
    assert any(each.says("The board was moved at 13:41, 2 Mar") for each in put.person("cal").sees("control"))
    put.report(2, by=id_of("cal"), told=2)
    later(put)
    assert boards(put, "cases")[0].says("Board · 2 open")


def test_a_restart_finds_it_again(put: Evening) -> None:
    (board,) = boards(put)
    put.refresher = Refresher(put.deps)
    put.report(2, by=id_of("cal"), told=2)
    later(put)
    (now,) = boards(put)
    assert now.ts == board.ts and now.says("Board · 2 open")


def test_a_lost_answer_makes_no_second_one(evening: Evening) -> None:
    """Slack posted it, and nobody heard."""
    answered(evening, "cal", "board")
    evening.workspace.fault("lost_reply", "chat.postMessage", count=1)
    evening.refresher.turn()
    assert len(boards(evening)) == 1
    later(evening)
    evening.report(1, by=id_of("cal"), told=1)
    later(evening)
    (board,) = boards(evening)
    assert board.says("Board · 1 open")


def test_a_429_is_waited_out(put: Evening) -> None:
    put.workspace.fault("rate_limited", "chat.update", count=1, seconds=30)
    put.report(2, by=id_of("cal"), told=2)
    later(put)
    later(put, 29)
    assert boards(put)[0].says("Board · 1 open")
    later(put, 1)
    assert boards(put)[0].says("Board · 2 open")


def test_while_another_process_is_at_it_this_one_is_not(put: Evening) -> None:
    put.stores.outbox.claim(LANE, put.machine_ms / 1000, 60)
    put.report(2, by=id_of("cal"), told=2)
    later(put)
    assert boards(put)[0].says("Board · 1 open")


def test_a_board_that_somebody_deleted_comes_back_only_when_asked(put: Evening) -> None:
    (board,) = boards(put)
    put.deps.posting.chat_delete(channel=board.channel, ts=board.ts)
    put.report(2, by=id_of("cal"), told=2)
    later(put)
    later(put)
    assert boards(put) == []
    answered(put, "cal", "board")
    later(put)
    assert boards(put)[0].says("Board · 2 open")


def test_it_is_not_put_where_everybody_can_read_it(evening: Evening) -> None:
    type_in(evening, "lobby")
    evening.refresher.turn()
    assert boards(evening, "lobby") == []
    evening.told_directly("That channel is open to everybody. Choose a private channel")
    assert "The board will be in this channel" in answered(evening, "cal", "board")


def test_nor_where_the_bot_is_not(evening: Evening) -> None:
    type_in(evening, "canteen")
    evening.refresher.turn()
    evening.told_directly("I am not in that channel. Invite me there")


def test_a_board_that_cannot_move_stays(put: Evening) -> None:
    type_in(put, "canteen")
    put.person("cal").click("move_board", on=put.person("cal").sees("canteen")[-1])
    later(put)
    put.told_directly("The board was not put there.")
    put.report(2, by=id_of("cal"), told=2)
    later(put)
    assert boards(put)[0].says("Board · 2 open")


def test_five_hundred_open_cases_are_on_it(put: Evening) -> None:
    put.timer_runs = False
    for number in range(499):
        put.report(2, by=id_of("cal"), told=number / 600)
    later(put)
    (board,) = boards(put)
    assert board.says("Board · 500 open") and board.says("MC-26-0500")
