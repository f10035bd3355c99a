#!/usr/bin/env bash
# Search teams' trackers report over APRS. Its reports carry a time of day, or a day of the month and a time, never a whole date; the receiver
# supplies the rest. `aprslib` and `aprs3` read them.
#
# Guess, written first: no report comes from the future: one of 23:55 that is read five minutes past midnight is yesterday's, one of the 31st that is
# read on the 1st is last month's.
# Seen: `aprslib` puts the first tomorrow night, 24 hours ahead; the 30th of April a month ahead; the 31st of March in 1970, since April has no 31st.
# `aprs3` has the first two right, and refuses the third. What sorts sightings by time has an old one for the newest for a day, or for a month.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check aprslib==0.7.2 aprs3==8.0.0.post1 time-machine==2.16.0 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from datetime import UTC, datetime, timedelta
from importlib.metadata import version

import aprslib
import time_machine
from aprs import APRSFrame

WHERE = "5127.27N/00235.27W>Team 2"
MARCH, APRIL = datetime(2026, 3, 31, 23, 55, tzinfo=UTC), datetime(2026, 4, 30, 23, 55, tzinfo=UTC)


def by_aprslib(packet: str) -> datetime:
    return datetime.fromtimestamp(aprslib.parse(packet)["timestamp"], UTC)


def by_aprs3(packet: str) -> datetime | str:
    try:
        return APRSFrame.from_str(packet).info.timestamp
    except ValueError as error:
        return type(error).__name__


def read(sent: datetime, stamp: str) -> tuple[str, str]:
    packet = f"N0CALL-7>APRS,TCPIP*:/{sent:{stamp}}{WHERE}"
    with time_machine.travel(sent + timedelta(minutes=5, seconds=30), tick=False):
        return str(by_aprslib(packet))[:16], str(by_aprs3(packet))[:16]


seen = {"March, by time": read(MARCH, "%H%M%Sh"), "March, by day": read(MARCH, "%d%H%Mz"), "April, by day": read(APRIL, "%d%H%Mz")}
print("aprslib", version("aprslib"), "· aprs3", version("aprs3"), "· sent at 23:55 on the last of the month, read five minutes past midnight")
for how, (one, other) in seen.items():
    print(f"{how}: aprslib {one}, aprs3 {other}")
assert seen == {
    "March, by time": ("2026-04-01 23:55", "2026-03-31 23:55"),
    "March, by day": ("1970-01-01 00:00", "ValueError"),
    "April, by day": ("2026-05-30 23:55", "2026-04-30 23:55"),
}, seen
PY
