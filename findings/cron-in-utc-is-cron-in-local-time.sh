#!/usr/bin/env bash
# Hand-overs fall due at shift times. `rq-scheduler` takes a cron line, in UTC, or in local time with `use_local_timezone=True`.
#
# Guess, written first: on a machine whose zone is not UTC, the same line with and without the flag names two different instants.
# Seen: it names the same one, that of local time; the flag changes nothing but the offset that is printed. A force that wrote its shift
# times in UTC, as the default promises, is asked to hand over an hour early all summer.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check rq-scheduler==0.14.0 rq==3.0.0 crontab==1.0.5 2>/dev/null
TZ=Etc/GMT-5 "$room/venv/bin/python" -W ignore - <<'PY'
from datetime import timedelta, timezone
from importlib.metadata import version

from rq_scheduler.utils import get_next_scheduled_time

as_utc = get_next_scheduled_time("0 7 * * *", use_local_timezone=False)
as_local = get_next_scheduled_time("0 7 * * *", use_local_timezone=True)
print("rq-scheduler", version("rq-scheduler"), "· crontab", version("crontab"), "on a machine five hours ahead of UTC")
print("07:00, said to be UTC:  ", as_utc.isoformat())
print("07:00, said to be local:", as_local.isoformat())
assert as_utc == as_local, (as_utc, as_local)
assert as_utc.astimezone(timezone(timedelta(hours=5))).hour == 7, as_utc
PY
