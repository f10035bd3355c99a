"""A leak that is planted is caught: one of each way out. Without this a hunt that finds nothing says nothing."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import structlog
from apprise import Apprise
from redis import Redis
from rq import Queue
from slack_sdk.webhook import WebhookClient

from bot.store.connection import for_store
from bot.store.memory import MemoryStores
from bot.store.redis_stores import RedisStores
from bot.time import CaseClock
from bot.views.wording import no_case_words
from handlers import commands
from handlers.forms import lost_forms
from tests.canaries.hunt import Hunt, in_arguments, in_logs, in_pages, in_redis, in_slack, on_a_page
from tests.canaries.walk import Walk
from tests.conftest import SECRETS
from tests.handlers.evening import Evening, an_evening, id_of
from tests.outside import Pager
from workers.alarm.healthz import Facts, HealthServer
from workers.alarm.watchdog import Watchdog, WatchdogPatience
from workers.timing.timer import BEAT
from workers.ways_out.apprise_channel import AppriseChannel
from workers.ways_out.channel import Letter

log = structlog.get_logger()


class Planted:
    """An evening with every place watched. `typed` is what a form held, as Slack sent it."""

    def __init__(self, evening: Evening, hunt: Hunt, redis: Redis, prefix: str, beeper: Pager) -> None:
        self.evening = evening
        self.hunt = hunt
        self.redis = redis
        self.prefix = prefix
        self.beeper = beeper
        self.health: list[str] = []

    def leaks(self, monkeypatch: pytest.MonkeyPatch, leak: Callable[[str], object]) -> None:
        """Wherever a form is heard of, all that is typed in it goes that way, too."""
        heard = lost_forms.keep

        def keep(body: Any, deps: Any) -> None:
            leak(str(body["view"]["state"]["values"]))
            heard(body, deps)

        monkeypatch.setattr(lost_forms, "keep", keep)

    def walks(self) -> dict[str, str]:
        walk = Walk(self.evening.workspace, self.hunt)
        walk.go_on("cal", lambda: self.evening.missing("cal"))
        self.evening.missing("cal", self.hunt.name)
        self.evening.settle()
        return self.hunt.found()


@pytest.fixture
def planted(redis_url: str, prefix: str, beeper: Pager) -> Iterator[Planted]:
    hunt = Hunt()
    with (
        in_logs() as logs,
        for_store(redis_url) as redis,
        an_evening(full=False, stores=RedisStores(redis, SECRETS, prefix=prefix)) as evening,
    ):
        planted = Planted(evening, hunt, redis, prefix, beeper)
        with health_page(planted.health) as port:
            hunt.places += [
                logs,
                in_redis(redis),
                in_slack(evening.workspace),
                on_a_page(port),
                in_pages(beeper),
            ]
            yield planted


class Hasty:
    """A machine clock that goes on with each look: nobody waits for a tick that does not come."""

    def __init__(self) -> None:
        self._at = 0.0

    def seconds(self) -> float:
        self._at += 1
        return self._at


@contextmanager
def health_page(said: list[str]) -> Iterator[int]:
    machine = Hasty()
    dog = Watchdog(MemoryStores(), CaseClock(machine), machine, machine.seconds, BEAT, WatchdogPatience())
    with HealthServer(dog, lambda: Facts(degraded=tuple(said)), machine, "127.0.0.1", 0) as server:
        yield server.port


def test_without_a_leak_nothing_is_found(planted: Planted) -> None:
    assert planted.walks() == {}


def as_argument(planted: Planted, said: str) -> None:
    planted.evening.deps.posting.chat_postMessage(channel=id_of("cal"), text=said)


def as_value(planted: Planted, said: str) -> None:
    planted.redis.hset(f"{planted.prefix}:documents", "typed", said)


def as_name(planted: Planted, said: str) -> None:
    planted.redis.set(f"{planted.prefix}:{said}", b"")


def as_job(planted: Planted, said: str) -> None:
    """RQ keeps it compressed."""
    Queue(f"{planted.prefix}-recheck", connection=planted.redis).enqueue("workers.rq.recheck", said)


def as_line(_: Planted, said: str) -> None:
    log.info("typed", values=said)


def as_trace(_: Planted, said: str) -> None:
    try:
        raise ValueError(said)
    except ValueError:
        log.exception("not kept")


def as_health(planted: Planted, said: str) -> None:
    planted.health.append(said)


def as_page(planted: Planted, said: str) -> None:
    server = Apprise.instantiate(planted.beeper.url)
    assert AppriseChannel(asks="", server=server).send(Letter(title="Page", body=said)).was_taken


LEAKS = [
    (as_argument, "argument of chat.postMessage"),
    (as_value, "value at documents"),
    (as_value, "file .aof"),
    (as_name, "name of a key"),
    (as_job, "value at job"),
    (as_line, "log"),
    (as_trace, "log"),
    (as_health, "health page"),
    (as_page, "fallback channel"),
]


@pytest.mark.parametrize(("leak", "where"), LEAKS)
def test_what_leaks_from_a_form_is_caught(
    planted: Planted, leak: Callable[[Planted, str], None], where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted.leaks(monkeypatch, lambda said: leak(planted, said))
    assert any(place.startswith(where) for place in planted.walks())


def test_a_draft_with_words_is_caught_where_it_is_sent_out_again(
    planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As it was before drafts were checked."""
    monkeypatch.setattr(lost_forms, "fit", lambda values, _: values)
    assert planted.walks().keys() >= {"argument of views.update"}, "where it lies it is sealed"


def test_an_answer_that_says_again_what_was_typed_is_caught(
    planted: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(no_case_words, "not_a_command", lambda typed, *_, **__: f"{typed} is not a command.")
    assert "acknowledgement of /missing" in planted.walks()


def test_a_post_to_a_response_url_is_caught(planted: Planted, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = commands.answer

    def answers(typed: str, body: Any, deps: Any) -> Any:
        WebhookClient(body["response_url"]).send(text=f"{typed}?")
        return answer(typed, body, deps)

    monkeypatch.setattr(commands, "answer", answers)
    assert any(place.startswith("post in") for place in planted.walks())


def test_an_argument_of_a_process_is_caught(planted: Planted) -> None:
    sleeps = [sys.executable, "-c", "input()", planted.hunt.name]
    with subprocess.Popen(sleeps, stdin=subprocess.PIPE) as process:
        planted.hunt.places.append(lambda: in_arguments([process.pid]))
        assert "ps" in planted.hunt.found()
        process.communicate(b"\n")
