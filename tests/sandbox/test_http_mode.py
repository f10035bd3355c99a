"""The same app behind a request url: signed, verified, and told again when it does not answer."""

import hashlib
import hmac
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from slack_bolt.app.app import SlackAppDevelopmentServer

from sandbox.client import Workspace
from sandbox.errors import BadSeed
from tests.sandbox import lunch
from tests.sandbox.conftest import web_client


@contextmanager
def serving(server: Any) -> Iterator[str]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/slack/events"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@pytest.fixture
def bot(workspace: Workspace) -> Iterator[Workspace]:
    app = lunch.make(web_client(workspace), workspace.app().signing_secret)
    server = SlackAppDevelopmentServer(port=0, path="/slack/events", app=app)
    with serving(server._server) as url:
        workspace.deliver_over_http(url)
        yield workspace


@contextmanager
def listener(answer: Callable[[], int]) -> Iterator[tuple[str, list[Any]]]:
    """An endpoint that answers the challenge, and then as it is told."""
    heard: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            verifying = b"url_verification" in body
            heard.append((dict(self.headers), body.decode()))
            self.send_response(200 if verifying else answer())
            self.end_headers()
            self.wfile.write(b"are-you-there" if verifying else b"")

        def log_message(self, *_args: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with serving(server) as url:
        yield url, heard


def test_a_whole_order_over_http(bot: Workspace) -> None:
    ada, ben = bot.person("ada"), bot.person("ben")
    ada.type("/lunch", "kitchen")
    bot.wait_for(lambda: ada.modal, "the order form")
    assert ada.submit({"choice": "soup", "words": "nuts"}).raw["errors"]
    ada.submit({"words": "hot"})
    order = bot.expect("soup", "kitchen")
    assert ben.click("ready", on=order).acked
    bot.wait_for(lambda: ben.sees("kitchen")[-1].text == "Ready.", "the edited order")
    assert {each["to"] for each in bot.deliveries()} == {"http"}


def test_a_plain_answer_to_a_command_is_ephemeral(bot: Workspace) -> None:
    bot.person("ada").type("/lunch help", "kitchen")
    bot.expect("Say /lunch", to="ada")
    assert bot.person("ben").sees("kitchen") == []


def test_a_mention_is_answered(bot: Workspace) -> None:
    said = bot.person("ada").type(f"<@{bot.app().bot_user}> what is there?", "kitchen")
    bot.expect("Soup or stew?")
    assert len(bot.person("ben").thread("kitchen", said.ts)) == 2


def test_every_delivery_is_signed(workspace: Workspace) -> None:
    with listener(lambda: 200) as (url, heard):
        workspace.deliver_over_http(url)
        workspace.person("ada").type("/lunch now", "kitchen")
        headers, body = heard[-1]
    base = f"v0:{headers['X-Slack-Request-Timestamp']}:{body}".encode()
    digest = hmac.new(workspace.app().signing_secret.encode(), base, hashlib.sha256).hexdigest()
    assert headers["X-Slack-Signature"] == f"v0={digest}"
    assert "command=%2Flunch" in body


def test_an_event_that_fails_comes_again(workspace: Workspace) -> None:
    answers = iter([500, 200])
    with listener(lambda: next(answers)) as (url, heard):
        workspace.deliver_over_http(url)
        workspace.person("ada").type("hello", "kitchen")
        workspace.wait_for(lambda: len(heard) == 3, "the second attempt")
        retry = heard[-1][0]
        assert (retry["X-Slack-Retry-Num"], retry["X-Slack-Retry-Reason"]) == ("1", "http_error")
        workspace.wait_for(lambda: workspace.deliveries()[-1]["outcome"] == "acked", "its answer")


def test_a_command_that_fails_does_not(workspace: Workspace) -> None:
    with listener(lambda: 500) as (url, heard):
        workspace.deliver_over_http(url)
        assert workspace.person("ada").type("/lunch", "kitchen").error == "dispatch_failed"
        assert len(heard) == 2


def test_a_request_url_must_answer_the_challenge(workspace: Workspace) -> None:
    workspace.settings(ack_seconds=0.5)
    with pytest.raises(BadSeed):
        workspace.deliver_over_http("http://127.0.0.1:9/slack/events")
