"""Given such envelopes over real Socket Mode, or signed over HTTP, with the record on a real server, then each is
answered or refused in time, and the bot goes on."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random

import pytest

from bot.domain.fold import fold
from bot.slack import slack_client
from bot.store.redis_stores import RedisStores
from bot.time import HostClock
from cli.http_line import HttpLine
from cli.socket_line import Line
from config.setting_parts import Http
from handlers.app import build_app
from handlers.intake import Gate, Identity
from handlers.request_shape import trouble_with
from handlers.request_url import RequestUrl
from sandbox.client import Workspace
from sandbox.runner import running_workspace
from sandbox.wire import JSON
from tests.disconnecting import disconnect
from tests.fuzz.corpus import Envelope, report_all
from tests.fuzz.mutations import HOW, Change, made
from tests.handlers.evening import MANIFEST, Evening, seed
from tests.world import TOLD, minutes

pytestmark = [pytest.mark.redis, pytest.mark.slow]

SENT = 250
AT_ONCE = 8
TAKEN_WITHIN = 60.0  # seconds, for a busy machine
REFUSED_WITHIN = 0.5  # over a socket that is silence, and each is waited for to its end
KINDS = {"event_callback": "events_api", "command": "slash_commands"}


@pytest.fixture(params=["socket", "http"])
def evening(request: pytest.FixtureRequest, redis_stores: RedisStores) -> Iterator[Evening]:
    with running_workspace(MANIFEST, seed(), start=(TOLD + minutes(1)).timestamp()) as workspace:
        workspace.settings(rate_limits=False)
        evening = Evening(workspace, full=True, stores=redis_stores)
        evening.clock.at = TOLD + minutes(1)
        report_all(evening)
        surface = over_a_socket if request.param == "socket" else over_http
        with surface(evening, workspace):
            yield evening
        evening.deps.close()


@contextmanager
def over_a_socket(evening: Evening, workspace: Workspace) -> Iterator[None]:
    gate, identity, token = Gate(), Identity(evening.deps.asking), workspace.app().app_token
    app = build_app(evening.deps, evening.refresher, identity, gate=gate)
    line = Line(app, token, slack_client.asking(token, workspace.api_url), gate.answer)
    line.connect()
    workspace.wait_for_app()
    yield
    disconnect(line, workspace)


@contextmanager
def over_http(evening: Evening, workspace: Workspace) -> Iterator[None]:
    secret, identity = workspace.app().signing_secret, Identity(evening.deps.asking)
    gate = Gate()
    app = build_app(evening.deps, evening.refresher, identity, signing_secret=secret, gate=gate)
    line = HttpLine(
        Http(port=0), lambda heard: RequestUrl(app, secret, gate, HostClock(), "/slack/events", heard=heard)
    )
    line.connect()
    workspace.deliver_over_http(f"http://127.0.0.1:{line.port}/slack/events")
    yield
    line.leave()


def wrong_ones(corpus: list[Envelope]) -> list[Envelope]:
    """Always the same."""
    chance, ways = Random(16), sorted(HOW)
    found = []
    while len(found) < SENT:
        changes = (
            Change(chance.choice(ways), chance.randrange(10_000), chance.randrange(10_000)) for _ in range(2)
        )
        one = made(chance.choice(corpus), tuple(changes)[: chance.randrange(3)])
        for name in ("trigger_id", "event_id"):
            if isinstance(one.get(name), str):
                one[name] = f"{len(found)}.{name}"
        if is_sendable(one):
            found.append(one)
    return found


def is_sendable(one: Envelope) -> bool:
    """Half a character cannot be sent."""
    try:
        json.dumps(one, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    return True


def kind_of(one: Envelope) -> str:
    return KINDS["command"] if "command" in one else KINDS.get(str(one.get("type")), "interactive")


def test_each_is_answered_or_refused_and_the_bot_goes_on(corpus: list[Envelope], evening: Evening) -> None:
    workspace, sent = evening.workspace, wrong_ones(corpus)
    with ThreadPoolExecutor(AT_ONCE) as senders:
        answers = list(senders.map(lambda one: answered(workspace, one), sent))
    unanswered = [one for one, said in zip(sent, answers, strict=True) if not said["acked"]]
    assert [one for one in unanswered if is_taken(one)] == []
    assert any(map(is_taken, sent)) and unanswered
    for ref in evening.stores.cases.open_refs():
        assert evening.case(ref) == fold(evening.entries(ref))
    assert evening.missing("sam", "help").acked


def answered(workspace: Workspace, one: Envelope) -> JSON:
    return workspace.deliver(kind_of(one), one, TAKEN_WITHIN if is_taken(one) else REFUSED_WITHIN)


def is_taken(one: Envelope) -> bool:
    """Of a shape that is let in, and of a kind that somebody listens to."""
    return not trouble_with(one) and one.get("type") in (
        None,
        "block_actions",
        "view_submission",
        "event_callback",
    )
