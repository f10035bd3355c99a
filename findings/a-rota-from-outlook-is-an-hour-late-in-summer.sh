#!/usr/bin/env bash
# Who is FIM tonight is often an Outlook calendar. Outlook names zones as Windows does, TZID=GMT Standard Time, and sends the zone's rules along
# (VTIMEZONE, RFC 5545, 3.6.5). `ics`, `icalendar`, `ical` and `vobject` read such files.
#
# Guess, written first: GMT Standard Time: it is Windows' name for London's zone, summer time and all; whoever reads an Outlook rota takes it from the
# VTIMEZONE that is sent along, or knows the name: a night shift of 3 July that begins at 22:00 begins at 21:00 UTC in each package. Without
# VTIMEZONE an unknown name is refused or the time has no zone.
# Seen: for `ics` it begins at 22:00 UTC, 23:00 in London, with the rules sent along or not, and nothing is raised or logged. It does read the rules,
# but after the events (V-E comes before V-T), and takes UTC for a name that it does not find. In winter all four agree. For that hour on a
# summer night nobody is on duty, or the evening's officer still is. (It holds for every name that the system's zones lack; its issues about
# it are closed.)
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check ics==0.7.3 icalendar==7.3.2 ical==14.3.1 vobject==0.9.9 2>/dev/null
"$room/venv/bin/python" -W ignore - 2>&1 <<'PY'
import logging
from datetime import UTC, datetime
from importlib.metadata import version

import icalendar
import ics
import vobject
from ical.calendar_stream import IcsCalendarStream

logging.basicConfig(level=logging.CRITICAL)  # vobject logs each name that it does not know
RULES = [
    "BEGIN:VTIMEZONE", "TZID:GMT Standard Time",
    "BEGIN:STANDARD", "DTSTART:16010101T020000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "END:STANDARD",
    "BEGIN:DAYLIGHT", "DTSTART:16010101T010000", "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "END:DAYLIGHT",
    "END:VTIMEZONE",
]  # fmt: skip


def rota(day: str, rules: list[str]) -> str:
    zone = "TZID=GMT Standard Time"
    night = [f"DTSTART;{zone}:{day}T220000", f"DTEND;{zone}:{day}T235900"]
    event = ["BEGIN:VEVENT", "UID:fim-nights", "DTSTAMP:20260101T000000Z", *night, "SUMMARY:FIM nights", "END:VEVENT"]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//force//rota//EN", *rules, *event, "END:VCALENDAR", ""])


def by_ical(text: str) -> datetime:
    return IcsCalendarStream.calendar_from_ics(text).events[0].dtstart


READ = {
    "ics": lambda text: next(iter(ics.Calendar(text).events)).begin.datetime,
    "icalendar": lambda text: icalendar.Calendar.from_ical(text).walk("VEVENT")[0]["DTSTART"].dt,
    "ical": by_ical,
    "vobject": lambda text: vobject.readOne(text).vevent.dtstart.value,
}


def begins(package: str, text: str) -> str:
    try:
        at = READ[package](text)
    except Exception as error:
        return f"refused: {type(error).__name__}"
    return f"{at.astimezone(UTC):%H:%M} UTC" if at.tzinfo else f"{at:%H:%M}, no zone"


texts = {"without rules": rota("20260703", []), "July": rota("20260703", RULES), "December": rota("20261203", RULES)}
seen = {package: [begins(package, text) for text in texts.values()] for package in READ}
for package, times in seen.items():
    print(package, version(package), dict(zip(texts, times, strict=True)))
assert seen == {
    "ics": ["22:00 UTC", "22:00 UTC", "22:00 UTC"],
    "icalendar": ["21:00 UTC", "21:00 UTC", "22:00 UTC"],
    "ical": ["refused: CalendarParseError", "21:00 UTC", "22:00 UTC"],
    "vobject": ["22:00, no zone", "21:00 UTC", "22:00 UTC"],
}, seen
PY
