#!/usr/bin/env bash
# Police logs give times in four figures: "2145 hrs". Packages read times out of text, told the moment of the call.
#
# Guess, written first: "2145 hrs" is 21:45, or is not understood.
# Seen: for `dateparser` it is 2,145 hours before the call, 89 days; without "hrs" it is the year 2145, though dates of the past were asked
# for. For `timefhuman` it is 2,145 hours after the call. Both read "21:45" well, and neither says that it doubts: a child last seen two
# hours ago has been gone for three months.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check dateparser==1.5.0 timefhuman==0.1.5 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime, timedelta
from importlib.metadata import version

from dateparser import parse
from timefhuman import Direction, tfhConfig, timefhuman

CALL = datetime(2026, 3, 2, 23, 40)
SAID = ("21:45", "2145", "2145 hrs")
settings = {"RELATIVE_BASE": CALL, "PREFER_DATES_FROM": "past", "DATE_ORDER": "DMY"}
config = tfhConfig(now=CALL, direction=Direction.previous)
by_dateparser = {words: parse(words, languages=["en"], settings=settings) for words in SAID}
by_timefhuman = {words: timefhuman(words, config=config) for words in SAID}
print("dateparser", version("dateparser"), {words: str(time) for words, time in by_dateparser.items()})
print("timefhuman", version("timefhuman"), {words: [str(time) for time in times] for words, times in by_timefhuman.items()})
told = datetime(2026, 3, 2, 21, 45)
assert by_dateparser == {"21:45": told, "2145": datetime(2145, 3, 2), "2145 hrs": CALL - timedelta(hours=2145)}, by_dateparser
assert by_timefhuman == {"21:45": [told], "2145": [], "2145 hrs": [CALL + timedelta(hours=2145)]}, by_timefhuman
PY
