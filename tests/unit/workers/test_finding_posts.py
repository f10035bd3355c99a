"""Whether a post is in its channel, asked of Slack by a machine whose clock, or another's, may be wrong."""

from typing import Any

import pytest
from slack_sdk.web import SlackResponse

from bot.slack import slack_chat, slack_client
from bot.slack.slack_chat import SlackChat
from bot.views.message import Message
from tests.unit.workers.conftest import Evening

HOUR = 3600
WORDS = Message(text="A child is missing.", blocks=[])


def post(evening: Evening, *keys: str, thread: str | None = None) -> str:
    """The last one's `ts`."""
    for key in keys:
        evening.workspace.advance(2)  # Slack takes one a second
        last = evening.chat.post("C0FIM", WORDS, key, thread)
    return last


@pytest.fixture(autouse=True)
def three_to_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slack_chat, "_PAGE", 3)


def test_a_post_is_found_though_it_was_written_down_by_a_clock_that_was_ahead(evening: Evening) -> None:
    post(evening, "a page", "another")
    assert "a page" in evening.chat.find_once("C0FIM", evening.machine.seconds() + HOUR).at


def test_what_may_come_again_is_not_taken_for_what_was_before(evening: Evening) -> None:
    post(evening, "trouble")
    assert evening.chat.find("C0FIM", evening.machine.seconds() + HOUR) == {}
    assert "trouble" in evening.chat.find("C0FIM", evening.machine.seconds() - HOUR)


def test_it_is_looked_for_as_far_back_as_it_may_lie(evening: Evening) -> None:
    since = evening.machine.seconds() - HOUR
    post(evening, "a page", *"bcdef")
    assert set(evening.chat.find("C0FIM", since)) == {"a page", *"bcdef"}


def test_and_no_further(evening: Evening) -> None:
    post(evening, "a page", *"bcdef")
    assert set(evening.chat.find_once("C0FIM", evening.machine.seconds() + HOUR).at) == set("def")


def test_a_thread_is_read_to_its_end_since_slack_begins_at_its_beginning(evening: Evening) -> None:
    first = post(evening, "card")
    post(evening, *"bcdef", thread=first)
    assert set(evening.chat.find_once("C0FIM", evening.machine.seconds() + HOUR, first).at) == {
        "card",
        *"bcdef",
    }


class InPages(slack_client.Client):
    """Of a channel whose newest page holds nothing that may be shown, and leads on all the same."""

    def api_call(self, api_method: str, **how: Any) -> Any:
        newest: dict[str, Any] = {"messages": [], "response_metadata": {"next_cursor": "older"}}
        metadata = {"event_type": "missing_bot", "event_payload": {"id": "a page"}}
        older = {"messages": [{"ts": "1772460000.000100", "metadata": metadata}]}
        data = older if how["params"].get("cursor") else newest
        return SlackResponse(
            client=self,
            http_verb="GET",
            api_url=api_method,
            req_args={},
            data=data,
            headers={},
            status_code=200,
        )


def test_an_empty_page_is_not_the_end_of_a_channel() -> None:
    chat = SlackChat(InPages(token="xoxb-nobodys"))
    assert chat.find_once("C0FIM", 1_772_459_000.0).at == {"a page": "1772460000.000100"}
