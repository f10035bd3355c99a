"""Written to the bot itself: the same words as after `/missing`, the same questions as in a thread; and an order is not
done, neither there nor in a thread, but says which button does it."""

from typing import Any

import pytest

from bot.domain.commands import Assign
from bot.ports.errors import StoreUnavailable
from handlers.conversation.threads import SILENT
from sandbox.client import Message
from tests.handlers.evening import Evening, id_of
from tests.handlers.pressing import REF
from tests.world import answers

BOT = "@missing"


def write(evening: Evening, name: str, text: str) -> None:
    evening.workspace.mark()
    evening.person(name).type(text, BOT)


def answered(evening: Evening, name: str, words: str) -> Message:
    direct = evening.person(name).sees(BOT)[0].channel
    found = evening.workspace.expect(words)
    assert found.channel == direct
    return found


@pytest.fixture
def reported(evening: Evening) -> Evening:
    evening.report(1, by=id_of("cal"), incident="LOG-1042", markers=answers("abduction"))
    return evening


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"status {REF}", "At 13:41."),
        ("missing status LOG-1042", "At 13:41."),
        ("report", "Type here: /missing"),
        ("log 1042", "At 13:41."),
        (f"who has {REF}?", "No owner."),
        ("list", REF),
        ("mine", "None that you own"),
        ("help", "/missing handover"),
        ("duty fim", "Type here: /missing duty fim"),
        ("board", "Not put here"),
        ("who has it?", "Which case?"),
        ("what about the weather", "status MC-26-0142, list, mine, help"),
    ],
)
def test_a_message_to_the_bot_is_answered(reported: Evening, text: str, said: str) -> None:
    write(reported, "sam", text)
    answered(reported, "sam", said)


def test_a_record_that_falls_silent_meanwhile_is_told(
    reported: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise StoreUnavailable("ConnectionError", perhaps=False)

    monkeypatch.setattr(reported.stores.cases, "load", away)
    write(reported, "sam", f"who has {REF}?")
    answered(reported, "sam", SILENT)


def test_a_stranger_is_told_that_they_are_one(reported: Evening) -> None:
    write(reported, "pat", f"status {REF}")
    assert REF not in answered(reported, "pat", "not set up here").words


def test_in_reference_only_mode_too(discreet: Evening) -> None:
    discreet.report(1, by=id_of("cal"), incident="LOG-1042")
    write(discreet, "sam", f"status {REF}")
    answered(discreet, "sam", "At 13:41.")


def test_accept_is_not_done_and_brings_its_button(reported: Evening) -> None:
    reported.do(2, id_of("sam"), Assign(to=id_of("ola")))
    write(reported, "ola", "I accept")
    said = answered(reported, "ola", "Not done. Press Accept.")
    assert reported.case().owner is None
    reported.person("ola").click("accept", on=said)
    reported.workspace.wait_for(lambda: reported.case().owner == id_of("ola"), "the owner, by the button")


@pytest.mark.parametrize(
    ("text", "button"),
    [
        ("ack", "acknowledge"),
        ("take it", "take"),
        ("close it please", "close"),
        ("assign it to Ola", "assign"),
        ("accept", "accept"),
    ],
)
def test_an_order_in_a_thread_is_not_done_and_never_kept(reported: Evening, text: str, button: str) -> None:
    card = reported.post(reported.screens.card(reported.case()))
    reported.person("ola").type(text, "cases", thread=card.ts)
    said = reported.told("ola", "Not done. Press ")
    assert said.thread_ts == card.ts
    assert said.action_ids == [button, "open_case"]
    reported.says_nothing_more()
    assert reported.did() == ["Reported"]


def test_in_reference_only_mode_an_order_is_not_done_either(discreet: Evening) -> None:
    discreet.report(1, by=id_of("cal"))
    card = discreet.post(discreet.screens.card(discreet.case()))
    discreet.person("ola").type("take it", "cases", thread=card.ts)
    discreet.told("ola", "Not done. Press Take ownership.")


def test_an_order_of_no_case_asks_which(reported: Evening) -> None:
    write(reported, "ola", "close it")
    answered(reported, "ola", "Not done. Say which case")


def test_the_bot_does_not_answer_itself(reported: Evening) -> None:
    write(reported, "sam", "help")
    answered(reported, "sam", "/missing handover")
    reported.says_nothing_more()
