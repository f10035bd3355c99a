#!/usr/bin/env bash
# A shift's hand-over is written in a settings file as people say it, "every day at 07:00"; `recurrent` makes an iCalendar rule of such words.
#
# Guess, written first: an hour written in two figures is one of the 24: 07:00 is seven in the morning, 19:00 seven in the evening, 0700 as 07:00.
# Seen: 07:00, 06:45 and 0700 become 19:00 and 18:45, every day; 08:00 and 22:00 stay, and so does "7am". The package takes an hour before eight for
# the evening's, with or without the nought. So the two hand-overs of a day, 07:00 and 19:00, are one, and the night's own never comes.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check recurrent==0.4.1 parsedatetime==2.6 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime
from importlib.metadata import version

from recurrent import RecurringEvent

SAID = ("07:00", "0700", "06:45", "08:00", "19:00", "22:00", "7am")


def due(time: str) -> str:
    rule = RecurringEvent(now_date=datetime(2026, 3, 2, 5)).parse(f"every day at {time}")
    fields = dict(part.split("=") for part in rule.removeprefix("RRULE:").split(";"))
    assert fields["FREQ"] == "DAILY", rule
    return f"{int(fields['BYHOUR']):02}:{int(fields['BYMINUTE']):02}"


seen = {time: due(time) for time in SAID}
print("recurrent", version("recurrent"), "every day at …", seen)
assert seen == {
    "07:00": "19:00", "0700": "19:00", "06:45": "18:45", "08:00": "08:00", "19:00": "19:00", "22:00": "22:00", "7am": "07:00",
}, seen  # fmt: skip
PY
