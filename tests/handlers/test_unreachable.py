"""An answer that cannot go the way it should: it goes another."""

import pytest

from sandbox.client import Message
from tests.handlers.evening import Evening, id_of

REFUSED = "On duty: Sam Doyle"


@pytest.fixture
def card(evening: Evening) -> Message:
    evening.report(1, by=id_of("cal"))
    return evening.post(evening.screens.card(evening.case()))


def test_a_refusal_whose_response_url_is_gone_comes_beside_the_message(
    evening: Evening, card: Message
) -> None:
    evening.workspace.settings(response_url_uses=0)
    evening.person("cal").click("take", on=card)
    said = evening.told("cal", REFUSED)
    assert said.channel == card.channel
    evening.says_nothing_more()


def test_and_where_the_channel_takes_no_private_word_in_a_direct_message(
    evening: Evening, card: Message
) -> None:
    evening.workspace.settings(response_url_uses=0)
    evening.workspace.fault("error", "chat.postEphemeral", error="channel_not_found")
    evening.person("cal").click("take", on=card)
    said = evening.told_directly(REFUSED)
    assert said.channel != card.channel
    assert said.seen_by is None
    evening.says_nothing_more()


def test_no_press_waits_for_slack_to_say_who_the_bot_is(evening: Evening) -> None:
    """Bolt would ask within the first request, and apologise for an installation where that fails."""
    evening.workspace.fault("error", "auth.test", error="internal_error")
    evening.missing("cal", "help")
    evening.told("cal", "/missing handover")
    assert [call["status"] for call in evening.workspace.calls("auth.test")] == [200]
