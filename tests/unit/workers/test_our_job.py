"""Given a job that somebody else wrote to our queue, when a real worker takes it, then nothing that it names is run,
it is counted, and the technician is told once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from redis import Redis
from rq import Callback, Queue, Retry
from rq.job import Job, JobStatus
from rq.registry import StartedJobRegistry
from rq.repeat import Repeat
from rq.serializers import JSONSerializer
from rq.webhook import Webhook

from bot.ports.metrics import Metric
from bot.store.connection import for_queue
from bot.store.redis_stores import RedisStores
from tests.outside import Pager
from workers.rq.job_functions import DELIVER_JOB, RECHECK_JOB, JobFunctions
from workers.rq.rq_worker import work

HARMLESS = "os.mkdir"  # leaves a trace that a test can look for


class Clock:
    at = 1000.0

    def seconds(self) -> float:
        return self.at


class Shop:
    """One queue, whoever writes to it, and one worker."""

    def __init__(self, redis: Redis, stores: RedisStores, name: str) -> None:
        self.redis, self.stores, self.name = redis, stores, name
        self.queue = Queue(name, connection=redis, serializer=JSONSerializer)
        self.done: list[tuple[str, list[str]]] = []

    def work(self) -> None:
        def do(what: str) -> Any:
            return lambda items, _: self.done.append((what, list(items)))

        duties = JobFunctions(recheck=do("recheck"), deliver=do("deliver"))
        work(
            self.name,
            self.redis,
            duties,
            self.stores.heartbeats,
            self.stores.metrics,
            Clock(),
            "beat",
            burst=True,
        )

    @property
    def refused(self) -> int:
        return self.stores.metrics.read().get(Metric.JOBS_REFUSED, 0)


@pytest.fixture
def shop(redis_url: str, redis_stores: RedisStores, prefix: str) -> Iterator[Shop]:
    with for_queue(redis_url) as redis:
        yield Shop(redis, redis_stores, prefix)


def test_our_two_functions_are_run_each_with_its_list_of_names(shop: Shop) -> None:
    shop.queue.enqueue_call(RECHECK_JOB, args=(["MC-26-0001"],))
    shop.queue.enqueue_call(DELIVER_JOB, args=(["role:fim", "C0CASES"],))
    shop.work()
    assert shop.done == [("recheck", ["MC-26-0001"]), ("deliver", ["role:fim", "C0CASES"])]
    assert shop.refused == 0


def test_another_name_is_refused_counted_and_not_tried_again(shop: Shop, tmp_path: Path) -> None:
    there = tmp_path / "trace"
    job = shop.queue.enqueue_call(HARMLESS, args=(str(there),), retry=Retry(max=9))
    shop.work()
    assert not there.exists()
    assert (shop.refused, job.get_status(), shop.queue.count) == (1, JobStatus.FAILED, 0)
    assert 0 < shop.redis.ttl(job.key) <= 3600, "what was refused does not pile up"


@pytest.mark.parametrize(
    ("name", "args", "kwargs"),
    [
        ("workers.rq.job_functions.take_up", (["MC-26-0001"],), {}),
        ("os.getcwd", (), {}),
        (RECHECK_JOB, (), {}),
        (RECHECK_JOB, ("MC-26-0001",), {}),
        (RECHECK_JOB, ([{"ref": 1}],), {}),
        (RECHECK_JOB, (["MC-26-0001"], "somebody"), {}),
        (DELIVER_JOB, (["C0CASES"],), {"who": "somebody"}),
    ],
)
def test_what_is_not_ours_to_the_letter_is_refused(
    shop: Shop, name: str, args: Any, kwargs: dict[str, Any]
) -> None:
    shop.queue.enqueue_call(name, args=args, kwargs=kwargs)
    shop.work()
    assert (shop.done, shop.refused) == ([], 1)


def test_what_nobody_can_read_is_refused_and_the_next_one_is_run(shop: Shop) -> None:
    broken = shop.queue.enqueue_call(RECHECK_JOB, args=(["MC-26-0001"],))
    shop.redis.hset(broken.key, "data", b"\x80\x04no JSON")
    shop.queue.enqueue_call(RECHECK_JOB, args=(["MC-26-0002"],))
    shop.work()
    assert (shop.done, shop.refused) == ([("recheck", ["MC-26-0002"])], 1)


def test_a_name_of_ours_carries_no_callback_no_web_hook_and_no_repeat(
    shop: Shop, tmp_path: Path, beeper: Pager
) -> None:
    called = Callback(f"{__name__}.leave_a_trace")
    shop.queue.enqueue_call(
        RECHECK_JOB,
        args=(["MC-26-0001"],),
        meta={"trace": str(tmp_path / "trace")},
        on_success=called,
        on_failure=called,
        on_stopped=called,
        repeat=Repeat(times=5),
        webhooks=[Webhook(beeper.address, JobStatus.FINISHED), Webhook(beeper.address, JobStatus.FAILED)],
    )
    shop.work()
    assert shop.done == [("recheck", ["MC-26-0001"])]
    assert not (tmp_path / "trace").exists() and (beeper.asked, beeper.gets) == (0, 0)


def test_a_job_that_looks_abandoned_has_no_callback_either(shop: Shop, tmp_path: Path) -> None:
    job = Job.create(
        HARMLESS,
        connection=shop.redis,
        serializer=JSONSerializer,
        origin=shop.name,
        meta={"trace": str(tmp_path / "trace")},
        on_failure=Callback(f"{__name__}.leave_a_trace"),
    )
    job.save()
    abandoned = StartedJobRegistry(shop.name, connection=shop.redis, serializer=JSONSerializer)
    shop.redis.zadd(abandoned.key, {f"{job.id}:execution": 1})
    shop.work()
    assert shop.redis.zcard(abandoned.key) == 0, "RQ's maintenance has met it"
    assert not (tmp_path / "trace").exists()


def leave_a_trace(job: Job, *_: Any) -> None:
    Path(job.meta["trace"]).mkdir()


def test_a_job_that_goes_bad_holds_up_no_other(shop: Shop) -> None:
    """Each of its fields in turn; a whole one waits behind it. What it asked for the timer does itself."""
    asked = {"refs": 0}
    spoilt = shop.queue.enqueue_call(RECHECK_JOB, args=(["MC-26-0001"],))
    fields = sorted(shop.redis.hkeys(spoilt.key))
    shop.queue.empty()
    broken = []
    for field in fields:
        bad = shop.queue.enqueue_call(RECHECK_JOB, args=(["MC-26-0001"],))
        shop.redis.hset(bad.key, field, b"\xff\x00 noise")
        asked["refs"] += 1
        ref = f"MC-26-{asked['refs'] + 1000}"
        shop.queue.enqueue_call(RECHECK_JOB, args=([ref],))
        try:
            shop.work()
        except Exception as error:  # noqa: BLE001 - each is told at the end
            broken.append(f"{field!r}: {type(error).__name__} {error}")
        if ("recheck", [ref]) not in shop.done:
            broken.append(f"{field!r}: the other was not done")
        shop.queue.empty()
    assert broken == []
