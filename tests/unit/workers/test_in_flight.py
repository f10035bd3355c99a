"""Work is offered; what is not done in time is taken back. On a real queue."""

import json
import zlib
from collections.abc import Iterator

import pytest
from redis import Redis
from rq import SimpleWorker
from rq.serializers import JSONSerializer

from bot.store.connection import for_queue
from workers.rq.job_functions import JobFunctions, take_up
from workers.rq.job_queue import RqQueue
from workers.timing.in_flight import InFlightJobs


class HandMachine:
    def __init__(self) -> None:
        self.at = 1000.0

    def seconds(self) -> float:
        return self.at


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    with for_queue(redis_url) as redis:
        yield redis


@pytest.fixture
def queue(redis: Redis, prefix: str) -> RqQueue:
    return RqQueue(redis, prefix, "workers.rq.job_functions.recheck")


@pytest.fixture
def machine() -> HandMachine:
    return HandMachine()


@pytest.fixture
def in_flight(queue: RqQueue, machine: HandMachine) -> InFlightJobs:
    return InFlightJobs(queue, machine)


def work(redis: Redis, prefix: str) -> list[str]:
    """A worker empties the queue; what it did."""
    done: list[str] = []
    take_up(JobFunctions(recheck=lambda items, _: done.extend(items), deliver=lambda *_: None))
    SimpleWorker([prefix], connection=redis, serializer=JSONSerializer).work(
        burst=True, logging_level="ERROR"
    )
    return done


def test_what_a_worker_did_is_not_taken_back(
    in_flight: InFlightJobs, machine: HandMachine, redis: Redis, prefix: str
) -> None:
    in_flight.offer(["MC-26-0001", "MC-26-0002"])
    assert in_flight.waiting() == {"MC-26-0001", "MC-26-0002"}
    assert work(redis, prefix) == ["MC-26-0001", "MC-26-0002"]
    machine.at += 3
    assert in_flight.overdue() == []
    assert in_flight.waiting() == frozenset()


def test_what_nobody_took_is_taken_back_after_three_seconds_and_off_the_queue(
    in_flight: InFlightJobs, machine: HandMachine, redis: Redis, prefix: str
) -> None:
    in_flight.offer(["MC-26-0001"])
    machine.at += 2.9
    assert in_flight.overdue() == []
    machine.at += 0.1
    assert in_flight.overdue() == [("MC-26-0001",)]
    assert in_flight.overdue() == []
    assert work(redis, prefix) == []


def test_what_was_offered_before_the_machines_clock_was_set_back_is_taken_back(
    in_flight: InFlightJobs, machine: HandMachine
) -> None:
    in_flight.offer(["MC-26-0001"])
    machine.at -= 3600
    assert in_flight.overdue() == [("MC-26-0001",)]


def test_what_a_worker_took_and_failed_at_is_taken_back(
    in_flight: InFlightJobs, machine: HandMachine, redis: Redis, prefix: str
) -> None:
    in_flight.offer(["MC-26-0001"])
    take_up(JobFunctions(recheck=fail, deliver=fail))
    SimpleWorker([prefix], connection=redis, serializer=JSONSerializer).work(
        burst=True, logging_level="CRITICAL"
    )
    machine.at += 3
    assert in_flight.overdue() == [("MC-26-0001",)]


def test_once_let_down_it_waits_less_until_somebody_works_again(
    in_flight: InFlightJobs, machine: HandMachine, redis: Redis, prefix: str
) -> None:
    in_flight.offer(["MC-26-0001"])
    machine.at += 3
    assert in_flight.overdue() == [("MC-26-0001",)]
    in_flight.offer(["MC-26-0002"])
    machine.at += 0.3
    assert in_flight.overdue() == [("MC-26-0002",)]
    in_flight.offer(["MC-26-0003"])
    work(redis, prefix)
    assert in_flight.overdue() == []
    in_flight.offer(["MC-26-0004"])
    machine.at += 0.3
    assert in_flight.overdue() == []


def test_a_job_says_nothing_of_what_it_is_about_and_is_no_pickle(
    queue: RqQueue, redis: Redis, prefix: str
) -> None:
    job = queue.offer(["MC-26-0001"])
    stored = redis.hgetall(f"rq:job:{job}")
    assert "MC-26" not in job
    assert stored[b"description"] == prefix.encode()
    assert json.loads(zlib.decompress(stored[b"data"]))[2] == [["MC-26-0001"]]


def fail(*_: object) -> None:
    raise RuntimeError("as a worker with a fault does")
