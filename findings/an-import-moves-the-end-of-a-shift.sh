#!/usr/bin/env bash
# Who is FIM tonight is often an iCalendar rota: DTSTART 22:00 Europe/London, DURATION:PT9H, every day.
#
# Guess, written first: when a night shift ends is decided by the rota and the package that unfolds it; importing another calendar
# package beside it changes nothing. After RFC 5545 (hours are exact) nine hours from 22:00 on 28 March 2026 end at 08:00 BST.
# Seen: `recurring-ical-events` ends that shift at 07:00 BST, after eight hours. Once `icalevents` has been imported anywhere in the process,
# the same call ends it at 08:00 BST: the import switches the time zone library that `icalendar` uses for everybody.
# So whether anybody is on duty that hour hangs on an import.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check icalendar==7.3.2 recurring-ical-events==3.8.2 icalevents==0.3.1 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime, timezone
from importlib.metadata import version

import icalendar
import recurring_ical_events

ROTA = "\r\n".join(
    [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//force//rota//EN", "BEGIN:VEVENT", "UID:fim-nights",
        "DTSTAMP:20260101T000000Z", "DTSTART;TZID=Europe/London:20260301T220000", "DURATION:PT9H", "RRULE:FREQ=DAILY",
        "SUMMARY:FIM nights", "END:VEVENT", "END:VCALENDAR", "",
    ]
).encode()  # fmt: skip


def end_of_the_night_shift() -> datetime:
    calendar = icalendar.Calendar.from_ical(ROTA)
    night = datetime(2026, 3, 28, 22, tzinfo=timezone.utc)
    (shift,) = (
        each
        for each in recurring_ical_events.of(calendar).between((2026, 3, 28), (2026, 3, 30))
        if each["DTSTART"].dt == night
    )
    return shift["DTEND"].dt.astimezone(timezone.utc)


alone = end_of_the_night_shift()
import icalevents.icalevents  # noqa: E402, F401

beside = end_of_the_night_shift()
for package in ("icalendar", "recurring-ical-events", "icalevents"):
    print(package, version(package))
print("alone:", alone.isoformat(), "· after `import icalevents`:", beside.isoformat())
assert alone == datetime(2026, 3, 29, 6, tzinfo=timezone.utc), alone
assert beside == datetime(2026, 3, 29, 7, tzinfo=timezone.utc), beside
PY
