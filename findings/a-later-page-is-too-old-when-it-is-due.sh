#!/usr/bin/env bash
# "Page the next rung in twenty minutes, but never a quarter of an hour late." `dramatiq` has `delay` for the first and `max_age` for the second.
#
# Guess, written first: how old a message is, is counted from when it was due; one with a delay longer than its max_age runs when it is due.
# Seen: it is counted from when it was sent. A message whose delay is longer than its max_age is always skipped, with a line in the
# worker's log and no word to whoever sent it; one with a shorter delay runs. The rung above is never paged.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check dramatiq==2.2.1 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
import logging
import threading
from importlib.metadata import version

import dramatiq
from dramatiq.brokers.stub import StubBroker

skipped, ran, came = [], [], threading.Semaphore(0)
logging.disable(logging.CRITICAL)


class Watch(dramatiq.Middleware):
    def after_skip_message(self, broker, message):
        skipped.append(message.args[0])
        came.release()


broker = StubBroker()
broker.add_middleware(Watch())
dramatiq.set_broker(broker)


@dramatiq.actor(max_age=1_000)
def page(what):
    ran.append(what)
    came.release()


broker.emit_after("process_boot")
worker = dramatiq.Worker(broker, worker_timeout=100)
worker.start()
page.send("at once")
page.send_with_options(args=("in half a second",), delay=500)
page.send_with_options(args=("in two seconds",), delay=2_000)
for _ in range(3):
    assert came.acquire(timeout=30), (ran, skipped)
worker.stop()
print("dramatiq", version("dramatiq"), "with a max_age of one second · ran:", ran, "· skipped:", skipped)
assert (ran, skipped) == (["at once", "in half a second"], ["in two seconds"]), (ran, skipped)
PY
