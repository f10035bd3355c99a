"""Whatever comes back from Slack, it ends as one of the errors that callers know; a directory half answered stays."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.directory_document import GroupAnswer, Person, Snapshot, load, save
from bot.domain.people import Role
from bot.slack import slack_client
from bot.slack.slack_chat import SlackChat, Unsure
from bot.store.memory import MemoryStores
from bot.time import HostClock
from bot.views.message import Message
from workers.slack_people.refresh import Appointed, DirectoryRefresh

ODD = {
    "nothing": b"",
    "a page": b"<html>Sorry</html>",
    "no text": b"\xff\xfe{",
    "a list": b"[]",
    "null": b"null",
    "a number": b"7",
    "half": b'{"ok": true, "ts": "1',
    "without what was asked for": b'{"ok": true}',
    "of another shape": b'{"ok": true, "channel": 7, "ts": null, "messages": {"a": 1}, "members": 7}',
}


class Slack:
    """Answers each method with these bytes, and claims that there are `more` of them."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.answers: dict[str, bytes] = {}
        self.answer = b""
        self.more = 0


@pytest.fixture
def slack() -> Iterator[Slack]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            answer = ours.answers.get(self.path.rpartition("/")[2].partition("?")[0], ours.answer)
            self.send_response(200)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(answer) + ours.more))
            self.end_headers()
            self.wfile.write(answer)

        do_GET = do_POST

        def log_message(self, *_: Any) -> None:
            """Says nothing on the tests' screen."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    ours = Slack(f"http://127.0.0.1:{server.server_port}/api/")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield ours
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("odd", ODD)
def test_of_an_odd_answer_to_a_post_nobody_knows_the_outcome(slack: Slack, odd: str) -> None:
    slack.answer = ODD[odd]
    chat = SlackChat(slack_client.delivering("xoxb-1", slack.url))
    asked = [
        lambda: chat.link("C1", "1.0"),
        lambda: chat.channel("C1"),
        lambda: chat.direct("U1"),
        lambda: chat.post("C1", Message(text="x", blocks=[]), "key"),
    ]
    for ask in asked:
        with pytest.raises(Unsure):
            ask()


def test_so_it_is_with_a_body_that_is_cut_off(slack: Slack) -> None:
    slack.answer, slack.more = b'{"ok": true, "ts": "1.0"}', 10
    with pytest.raises(Unsure):
        SlackChat(slack_client.delivering("xoxb-1", slack.url)).post(
            "C1", Message(text="x", blocks=[]), "key"
        )


WHO = b'{"ok": true, "team_id": "T1"}'


def look(slack: Slack, stores: MemoryStores) -> Snapshot | None:
    """One turn of the bot's reading; what is known then."""
    given = Appointed(groups={Role.FIM: "S1"}, may_hold={}, people={})
    client = slack_client.delivering("xoxb-1", slack.url)
    DirectoryRefresh(client, given, stores.documents, HostClock()).turn()
    return load(stores.documents)


FAY = GroupAnswer(members=frozenset({"fay"}), group="S1", read_at=7.0)
BEFORE = Snapshot(holders={Role.FIM: FAY}, people={"fay": Person(name="Fay")})


@pytest.mark.parametrize("odd", ODD)
def test_of_a_directory_that_is_half_answered_all_stays_as_it_was(slack: Slack, odd: str) -> None:
    stores = MemoryStores()
    save(stores.documents, BEFORE)
    slack.answers = {"auth.test": WHO, "usergroups.users.list": b'{"ok": true, "users": ["fay"]}'}
    slack.answer = ODD[odd]
    after = look(slack, stores)
    assert after is not None
    assert (after.people, after.listed_at, bool(after.list_trouble)) == (BEFORE.people, None, True)
    assert after.holders[Role.FIM].members == {"fay"}


@pytest.mark.parametrize("odd", ODD)
def test_a_group_that_is_not_given_stays_as_it_was_and_the_list_moves_on(slack: Slack, odd: str) -> None:
    stores = MemoryStores()
    save(stores.documents, BEFORE)
    people = {"ok": True, "members": [{"id": "fay", "name": "Fay Marsh", "team_id": "T1"}]}
    slack.answers = {"auth.test": WHO, "users.list": json.dumps(people).encode()}
    slack.answer = ODD[odd]
    after = look(slack, stores)
    assert after is not None
    now = after.holders[Role.FIM]
    assert (now.members, now.read_at, bool(now.trouble)) == ({"fay"}, 7.0, True)
    assert after.people == {"fay": Person(name="Fay Marsh")}
