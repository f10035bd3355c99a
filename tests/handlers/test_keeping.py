"""A reply in a case's thread becomes part of the case when its writer says so (screens.md §2)."""

import pytest

from sandbox.client import Message
from tests.handlers.evening import Evening, id_of


def card_of_a_case(evening: Evening) -> Message:
    evening.report(1, by=id_of("cal"))
    return evening.post(evening.screens.card(evening.case()))


@pytest.mark.parametrize(
    ("button", "step"), [("keep_activity", "Noted"), ("keep_information", "InformationReceived")]
)
def test_a_reply_is_kept_when_its_writer_says_so(evening: Evening, button: str, step: str) -> None:
    card = card_of_a_case(evening)
    ola = evening.person("ola")
    ola.type("Bus station searched", "cases", thread=card.ts)
    question = evening.told("ola", "Save your reply to MC-26-0001?")
    assert evening.did() == ["Reported"]

    ola.click(button, on=question)

    evening.workspace.wait_for(lambda: evening.did()[-1] == step, "the step")
    assert getattr(evening.entries()[-1].event, "text", "") == "Bus station searched"


def test_in_reference_only_mode_no_words_are_taken(discreet: Evening) -> None:
    card = card_of_a_case(discreet)
    discreet.person("ola").type("Bus station searched", "cases", thread=card.ts)
    discreet.person("ola").type(f"<@{discreet.workspace.app().bot_user}> status", "cases", thread=card.ts)
    discreet.workspace.expect("At 13:41.", "cases")
    discreet.workspace.expect_nothing_more()
