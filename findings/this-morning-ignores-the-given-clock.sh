#!/usr/bin/env bash
# A case is replayed months later: every time a caller said must be read against the moment of the call, never today's.
# `parsedatetime` takes that moment as `sourceTime`.
#
# Guess, written first: all relative words ("yesterday", "an hour ago", "this morning", "last night") are reckoned from `sourceTime`.
# Seen: "yesterday 9pm" and "an hour ago" are; "this morning" and "last night" are reckoned from the machine's own clock, with
# the same return flag of success. A test with a fixed clock that tries only "yesterday" never notices.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check parsedatetime==2.6 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime, timedelta
from importlib.metadata import version

from parsedatetime import VERSION_CONTEXT_STYLE, Calendar

call = datetime(2015, 3, 2, 13, 40)
calendar = Calendar(version=VERSION_CONTEXT_STYLE)
seen = {words: calendar.parseDT(words, sourceTime=call) for words in ("yesterday 9pm", "an hour ago", "this morning", "last night")}
print("parsedatetime", version("parsedatetime"), "told that it is", call)
for words, (time, context) in seen.items():
    print(f"{words!r}: {time}, understood: {context.hasDateOrTime}")
near = {words: abs(time - call) < timedelta(days=3) for words, (time, _) in seen.items()}
assert all(context.hasDateOrTime for _, context in seen.values()), seen
assert near == {"yesterday 9pm": True, "an hour ago": True, "this morning": False, "last night": False}, near
PY
