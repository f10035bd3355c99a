"""A reply in a case's thread becomes part of the case when its writer says so (screens.md §2)."""

from collections.abc import Callable

import pytest

from bot.ports.cases import Append
from bot.ports.errors import StoreUnavailable
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


@pytest.mark.parametrize(
    ("button", "step"), [("keep_activity", "Noted"), ("keep_information", "InformationReceived")]
)
def test_a_reply_whose_saving_was_not_heard_of_is_there_once_however_often_it_is_pressed(
    evening: Evening, monkeypatch: pytest.MonkeyPatch, button: str, step: str
) -> None:
    append: Callable[[Append], None] = evening.stores.cases.append

    def unheard(saved: Append) -> None:
        append(saved)
        raise StoreUnavailable("TimeoutError", perhaps=True)

    card = card_of_a_case(evening)
    ola = evening.person("ola")
    ola.type("Bus station searched", "cases", thread=card.ts)
    question = evening.told("ola", "Save your reply to MC-26-0001?")
    with monkeypatch.context() as lost:
        lost.setattr(evening.stores.cases, "append", unheard)
        ola.click(button, on=question)
        evening.told("ola", "Press again: nothing is done twice")
    ola.click(button, on=question)
    evening.workspace.wait_for(
        lambda: any(post.says("Saved to MC-26-0001.") for post in evening.workspace.posts()),
        "the word that it is saved, in place of the question",
    )
    assert evening.did() == ["Reported", step]


def kept(evening: Evening, card: Message) -> str:
    """What stands on the case once Ola says that the reply belongs to it."""
    question = evening.told("ola", "Save your reply to MC-26-0001?")
    evening.person("ola").click("keep_activity", on=question)
    evening.workspace.wait_for(lambda: evening.did()[-1] == "Noted", "the step")
    return str(getattr(evening.entries()[-1].event, "text", ""))


def test_it_is_kept_as_it_was_typed_and_not_as_slack_sends_it(evening: Evening) -> None:
    card = card_of_a_case(evening)
    sam = evening.person("sam")
    said = f"{sam.mention} rang 07700 900123 & tom@example.org, see https://example.org/a?b=1&c=2 <soon>"
    evening.person("ola").type(said, "cases", thread=card.ts)
    assert evening.person("ola").thread("cases", card.ts)[-1].text.count("&amp;") == 2
    assert kept(evening, card) == (
        "Sam Doyle rang 07700 900123 & tom@example.org, see https://example.org/a?b=1&c=2 <soon>"
    )


def test_a_reply_with_a_file_is_offered_too(evening: Evening) -> None:
    card = card_of_a_case(evening)
    evening.person("ola").type("On the pier", "cases", thread=card.ts, files=["pier.jpg"])
    assert kept(evening, card) == "On the pier\n(with a file: pier.jpg)"


def test_a_file_without_a_word_is_offered_too(evening: Evening) -> None:
    card = card_of_a_case(evening)
    evening.person("ola").type("", "cases", thread=card.ts, files=["pier.jpg"])
    assert kept(evening, card) == "(with a file: pier.jpg)"


def test_a_reply_that_is_sent_to_the_channel_is_offered_too(evening: Evening) -> None:
    card = card_of_a_case(evening)
    evening.person("ola").type("Bus station searched", "cases", thread=card.ts, broadcast=True)
    assert kept(evening, card) == "Bus station searched"


def test_in_reference_only_mode_no_words_are_taken(discreet: Evening) -> None:
    card = card_of_a_case(discreet)
    discreet.person("ola").type("Bus station searched", "cases", thread=card.ts)
    discreet.person("ola").type(f"<@{discreet.workspace.app().bot_user}> status", "cases", thread=card.ts)
    discreet.workspace.expect("At 13:41.", "cases")
    discreet.says_nothing_more()
