"""`/missing board`: one message where a room looks, kept up to date by edits, whatever breaks meanwhile."""

from collections.abc import Callable

import pytest

from bot.domain.events import Delivered, SlackSilent
from bot.domain.people import Role
from bot.slack.slack_chat import SlackChat
from bot.views.message import Message as Drawn
from handlers.live_pages.board_keeper import LANE
from handlers.live_pages.refresher import Refresher
from sandbox.client import Message
from tests.handlers.evening import Evening, id_of
from tests.handlers.test_commands import answered
from tests.world import TOLD, answers, minutes


def boards(evening: Evening, channel: str = "control") -> list[Message]:
    return [each for each in evening.person("cal").sees(channel) if each.words.startswith("Board ·")]


READS_IT = {
    "shared": "it is shared with another organisation or workspace",
    "guest": "a guest is in it",
    "stranger": "somebody of another organisation is in it",
    "app": "another app is in it and reads all of it",
}
LUNCH = {"display_information": {"name": "Lunch"}, "features": {"bot_user": {"display_name": "lunch"}}}


def spoil(evening: Evening, channel: str, how: str) -> Callable[[], object]:
    """Others than the force's own read it from now on. What mends it."""
    workspace, fay = evening.workspace, evening.person("fay")
    if how == "public":
        fay.convert(channel, "public")
        return lambda: fay.convert(channel, "private")
    if how == "shared":
        fay.share(channel, "T0ELSE")
        return lambda: fay.unshare(channel)
    workspace.seed({"people": {"gus": {"restricted": True}, "stan": {"team": "T0ELSE"}}})
    workspace.seed({"apps": [{"manifest": LUNCH}]})
    who = {"guest": "gus", "stranger": "stan", "app": "lunch"}[how]
    evening.person("cal").join(channel, invite=who)
    return lambda: evening.person("cal").leave(channel, remove=who)


def later(evening: Evening, seconds: float = 10) -> None:
    evening.machine_ms += int(seconds * 1000)
    evening.refresher.turn()


def type_in(evening: Evening, channel: str) -> None:
    assert evening.person("sam").type("/missing board", channel).acked


@pytest.fixture
def put(evening: Evening) -> Evening:
    """A board in the control room, of one case."""
    evening.report(1, by=id_of("cal"), markers=answers("suicidal_today"))
    assert "The board will be in this channel" in answered(evening, "sam", "board")
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
    put.asks_slack()
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
    assert "in this channel already" in answered(put, "sam", "board")
    later(put)
    assert len(boards(put)) == 1


def test_asked_elsewhere_it_offers_to_move_and_leaves_no_second_one(put: Evening) -> None:
    type_in(put, "cases")
    asked = put.person("sam").sees("cases")[-1]
    assert asked.says("The board is in <#") or asked.says("The board is in #")
    put.person("sam").click("move_board", on=asked)
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
    answered(evening, "sam", "board")
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


BEFORE = Drawn(text="Board · 1 open · MC-26-0001", blocks=[])


def comes_late(put: Evening) -> None:
    """What was drawn before, onto what has been drawn since."""
    (board,) = [each for each in put.person("cal").sees("control") if "oard" in each.words][:1]
    SlackChat(put.deps.redrawing).edit(board.channel, board.ts, BEFORE)
    assert boards(put)[0].says("Board · 1 open")


def test_a_drawing_that_slack_took_late_does_not_stay(put: Evening) -> None:
    put.report(2, by=id_of("cal"), told=2)
    put.workspace.fault("server_error", "chat.update", count=1)
    later(put)
    later(put, 5)
    assert boards(put)[0].says("Board · 2 open")
    comes_late(put)
    later(put, 30)
    assert boards(put)[0].says("Board · 2 open")
    edits = len(put.workspace.calls("chat.update"))
    for _ in range(4):
        later(put, 15)
    assert len(put.workspace.calls("chat.update")) == edits, "once is enough"


def test_nor_does_it_where_the_board_was_taken_down_meanwhile(put: Evening) -> None:
    put.report(2, by=id_of("cal"), told=2)
    put.workspace.fault("server_error", "chat.update", count=1)
    later(put)
    spoil(put, "control", "shared")
    put.asks_slack()
    later(put, 5)
    assert boards(put) == []
    comes_late(put)
    later(put, 30)
    assert boards(put) == []


def test_nor_one_whose_bot_was_killed_before_slack_answered(put: Evening) -> None:
    put.report(2, by=id_of("cal"), told=2)
    put.workspace.fault("server_error", "chat.update", count=1)
    later(put)
    put.refresher = Refresher(put.deps)
    later(put, 1)
    assert boards(put)[0].says("Board · 2 open")
    comes_late(put)
    later(put, 30)
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
    answered(put, "sam", "board")
    later(put)
    assert boards(put)[0].says("Board · 2 open")


def test_it_is_not_put_where_everybody_can_read_it(evening: Evening) -> None:
    type_in(evening, "lobby")
    evening.refresher.turn()
    assert boards(evening, "lobby") == []
    evening.told_directly("it is public, so everybody in the workspace reads it. To mend it, make it private")
    assert "The board will be in this channel" in answered(evening, "sam", "board")


def test_nor_where_the_bot_is_not(evening: Evening) -> None:
    type_in(evening, "canteen")
    evening.refresher.turn()
    evening.told_directly("I am not in that channel. Invite me there")


def test_a_board_that_cannot_move_stays(put: Evening) -> None:
    type_in(put, "canteen")
    put.person("sam").click("move_board", on=put.person("sam").sees("canteen")[-1])
    later(put)
    put.told_directly("The board was not put there.")
    put.report(2, by=id_of("cal"), told=2)
    later(put)
    assert boards(put)[0].says("Board · 2 open")


@pytest.mark.parametrize("spoilt", ["shared", "guest", "stranger", "app"])
def test_nor_where_others_than_the_forces_own_read_it(evening: Evening, spoilt: str) -> None:
    spoil(evening, "control", spoilt)
    type_in(evening, "control")
    evening.refresher.turn()
    assert boards(evening) == []
    evening.told_directly(f"That channel is not private to the force: {READS_IT[spoilt]}")


def test_it_waits_until_it_is_known_who_reads_the_channel_and_no_longer_than_a_while(
    evening: Evening,
) -> None:
    evening.workspace.fault("server_error", "users.info")
    type_in(evening, "control")
    evening.workspace.mark()
    for _ in range(4):
        later(evening)
    assert evening.workspace.posts() == []
    later(evening)
    evening.told_directly(
        "Slack does not say who reads that channel. Wait some minutes, then type /missing board"
    )
    evening.workspace.clear_faults()
    evening.asks_slack()
    type_in(evening, "control")
    later(evening)
    assert len(boards(evening)) == 1


@pytest.mark.parametrize("name", ["cal", "ola"])
def test_who_does_not_supervise_neither_puts_nor_moves_it(evening: Evening, name: str) -> None:
    only = "only a supervisor or above can put the board in a channel, or move it"
    assert only in answered(evening, name, "board")
    evening.refresher.turn()
    assert boards(evening) == []
    answered(evening, "sam", "board")
    evening.refresher.turn()
    evening.person(name).type("/missing board", "cases")
    told = evening.told(name, "The board is in <#")
    assert told.says("Only a supervisor or above can move it.")
    assert told.action_ids == []


def test_who_lost_the_role_meanwhile_does_not_move_it(put: Evening) -> None:
    type_in(put, "cases")
    put.people.people[id_of("sam")] = (Role.OFFICER,)
    put.person("sam").click("move_board", on=put.person("sam").sees("cases")[-1])
    put.told("sam", "only a supervisor or above can put the board in a channel, or move it")
    later(put)
    assert boards(put, "cases") == [] and len(boards(put)) == 1


@pytest.mark.parametrize("spoilt", ["public", "shared", "guest", "stranger", "app"])
def test_where_others_come_to_read_it_no_case_stands_in_it_and_it_comes_back(
    put: Evening, spoilt: str
) -> None:
    (board,) = boards(put)
    mend = spoil(put, "control", spoilt)
    put.asks_slack()
    put.report(2, by=id_of("cal"), told=2)
    later(put)
    down = next(each for each in put.person("cal").sees("control") if each.ts == board.ts)
    assert down.says("The board was taken down at 13:42, 2 Mar: this channel is not private to the force.")
    assert not down.says("MC-26") and boards(put) == []
    edits = len(put.workspace.calls("chat.update"))
    put.report(3, by=id_of("cal"), told=3)
    later(put)
    assert len(put.workspace.calls("chat.update")) == edits, "once is enough"
    mend()
    put.asks_slack()
    later(put)
    (now,) = boards(put)
    assert now.ts == board.ts and now.says("Board · 3 open")


def test_asked_for_again_where_it_was_taken_down_it_says_so_and_what_to_do(put: Evening) -> None:
    spoil(put, "control", "public")
    put.asks_slack()
    later(put)
    told = answered(put, "sam", "board")
    assert "The board was taken down here: this channel is not private to the force (it is public" in told
    assert "To mend it, make it private in its settings." in told


def test_where_slack_has_said_who_reads_a_channel_the_refusal_comes_at_once(evening: Evening) -> None:
    spoil(evening, "cases", "guest")
    evening.asks_slack()
    type_in(evening, "cases")
    evening.told("sam", "Not put here: this channel is not private to the force (a guest is in it).")
    evening.refresher.turn()
    assert boards(evening, "cases") == []


def test_a_restart_does_not_take_it_down_again(put: Evening) -> None:
    spoil(put, "control", "public")
    put.asks_slack()
    later(put)
    edits = len(put.workspace.calls("chat.update"))
    put.refresher = Refresher(put.deps)
    later(put)
    assert len(put.workspace.calls("chat.update")) == edits


def test_while_it_is_not_known_who_reads_it_the_board_is_left_alone(put: Evening) -> None:
    put.workspace.fault("server_error", "users.info")
    put.workspace.seed({"people": {"new": {"id": "U0NEW"}}})
    put.person("cal").join("control", invite="new")
    put.asks_slack()
    put.report(2, by=id_of("cal"), told=2)
    later(put)
    assert boards(put)[0].says("Board · 1 open")
    put.workspace.clear_faults()
    put.asks_slack()
    later(put)
    assert boards(put)[0].says("Board · 2 open")


def test_from_an_unsafe_channel_it_can_be_moved(put: Evening) -> None:
    spoil(put, "control", "public")
    put.asks_slack()
    later(put)
    type_in(put, "cases")
    put.person("sam").click("move_board", on=put.person("sam").sees("cases")[-1])
    later(put)
    assert len(boards(put, "cases")) == 1


def test_five_hundred_open_cases_are_on_it(put: Evening) -> None:
    put.timer_runs = False
    for number in range(499):
        put.report(2, by=id_of("cal"), told=number / 600)
    later(put)
    (board,) = boards(put)
    assert board.says("Board · 500 open") and board.says("MC-26-0500")
