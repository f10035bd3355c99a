#!/usr/bin/env bash
# Who is FIM tonight is often an iCalendar rota: DTSTART;TZID=Europe/London, every day. `ics` reads and writes such files,
# `recurring-ical-events` says who is on at an instant.
#
# Guess, written first: what `ics` reads and writes again keeps its time zone, or at least the hour at which each shift begins.
# Seen: it writes the first shift in UTC and leaves the rule as it was, so from the end of October every shift begins an hour early: 21:00.
# And it adds CALSCALE:GEORGIAN, where the standard has GREGORIAN: `recurring-ical-events` refuses such a file whole, until the word is mended.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check ics==0.7.3 icalendar==7.3.2 recurring-ical-events==3.8.2 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from datetime import date, timedelta
from importlib.metadata import version
from zoneinfo import ZoneInfo

import icalendar
import ics
import recurring_ical_events

ROTA = "\r\n".join(
    [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//force//rota//EN",
        "BEGIN:VTIMEZONE", "TZID:Europe/London",
        "BEGIN:DAYLIGHT", "DTSTART:19700329T010000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "TZNAME:BST", "END:DAYLIGHT",
        "BEGIN:STANDARD", "DTSTART:19701025T020000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
        "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "TZNAME:GMT", "END:STANDARD", "END:VTIMEZONE",
        "BEGIN:VEVENT", "UID:fim-nights", "DTSTAMP:20260101T000000Z", "DTSTART;TZID=Europe/London:20260601T220000",
        "DTEND;TZID=Europe/London:20260602T070000", "RRULE:FREQ=DAILY", "SUMMARY:FIM nights", "END:VEVENT",
        "END:VCALENDAR", "",
    ]
)  # fmt: skip


def begins(rota: str) -> list[str]:
    """The hour in London at which the night shifts of a day in summer and of one in winter begin."""
    calendar = recurring_ical_events.of(icalendar.Calendar.from_ical(rota))
    shifts = [shift for day in (date(2026, 7, 1), date(2026, 12, 1)) for shift in calendar.between(day, day + timedelta(days=1))]
    return sorted({f"{shift['DTSTART'].dt.astimezone(ZoneInfo('Europe/London')):%H:%M %Z}" for shift in shifts}, reverse=True)


def refusal(rota: str) -> str:
    try:
        return str(begins(rota))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


copied = ics.Calendar(ROTA).serialize()
for package in ("ics", "icalendar", "recurring-ical-events"):
    print(package, version(package))
print("the rota:", begins(ROTA))
print("its copy:", refusal(copied))
print("its copy, the word mended:", begins(copied.replace("GEORGIAN", "GREGORIAN")))
assert begins(ROTA) == ["22:00 GMT", "22:00 BST"], begins(ROTA)
assert "CALSCALE:GEORGIAN" in copied and "DTSTART:20260601T210000Z" in copied and "RRULE:FREQ=DAILY" in copied, copied
assert refusal(copied) == "InvalidCalendar: Only Gregorian calendars are supported.", refusal(copied)
assert begins(copied.replace("GEORGIAN", "GREGORIAN")) == ["22:00 BST", "21:00 GMT"], copied
PY
