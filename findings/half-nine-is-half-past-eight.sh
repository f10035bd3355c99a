#!/usr/bin/env bash
# "Last seen half nine", says a British caller, and means half past nine. `ctparse` reads times out of free English text.
#
# Guess, written first: "half nine" is 09:30 (or 21:30), or is not understood; "20 mins ago" is 20 minutes ago, or not understood.
# Seen: "half nine" is 08:30, as in German, an hour before the child was seen; "20 mins ago" is eight in the evening of a
# coming Wednesday. Neither comes with a doubt that a program could act on. (We ask where a time has two readings.)
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check ctparse==0.3.6 "setuptools<81" 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime
from importlib.metadata import version

from ctparse import ctparse

told = datetime(2026, 3, 2, 13, 40)  # a Monday
seen = {words: str(ctparse(words, ts=told).resolution) for words in ("half past nine", "half nine", "20 mins ago")}
print("ctparse", version("ctparse"), "on Monday 2 March 2026, 13:40")
for words, time in seen.items():
    print(f"{words!r}: {time}")
assert seen == {
    "half past nine": "2026-03-03 09:30 (X/X)",
    "half nine": "2026-03-03 08:30 (X/X)",
    "20 mins ago": "2026-03-04 20:00 (X/X)",
}, seen
PY
