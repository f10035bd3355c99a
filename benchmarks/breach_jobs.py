"""What a force might have built instead: a job a case. For `benchmarks.breaches`, under the Python of the peers.

A job notes on disk that it was decided, and tells one place through slack_sdk. It looks nothing up: what is run twice
is told twice. Which of the two carries it, and where record and Slack are, the environment says.
"""

import os
import sys
import time
from functools import cache

from redis import Redis
from slack_sdk import WebClient

QUEUE = "notices"


@cache
def _record() -> Redis:
    return Redis.from_url(os.environ["RECORD"])


@cache
def _slack() -> WebClient:
    return WebClient(os.environ["TOKEN"], base_url=os.environ["SLACK"])


def notice(case: str, channel: str) -> None:
    _record().xadd("decided", {"case": case})
    _slack().chat_postMessage(channel=channel, text=f"{case} needs its owner now.")


if os.environ.get("CARRIED_BY") == "dramatiq":
    import dramatiq  # type: ignore[import-not-found]  # no dependency of ours
    from dramatiq.brokers.redis import RedisBroker  # type: ignore[import-not-found]

    dramatiq.set_broker(RedisBroker(url=os.environ["RECORD"]))
    by_dramatiq = dramatiq.actor(notice, queue_name=QUEUE)


def enqueue() -> None:
    """A case and its place from each line typed in; prints when it began."""
    cases = [line.split() for line in sys.stdin]
    began = time.time()
    if os.environ["CARRIED_BY"] == "dramatiq":
        for case in cases:
            by_dramatiq.send(*case)
    else:
        from rq import Queue

        queue = Queue(QUEUE, connection=_record())
        for case in cases:
            queue.enqueue(notice, *case)
    print(began)
