#!/usr/bin/env bash
# Ann has the nights, Bea takes one of them: in an iCalendar rota an event of the same UID, whose RECURRENCE-ID names the night that it
# replaces, by London's time or, the same instant, in UTC (RFC 5545, 3.8.4.4, has an example of it).
#
# Guess, written first: each package that unfolds such a rota has Bea alone on that night, however the night is named.
# Seen: `recurring-ical-events` and `icalevents` have Bea alone. `ical` does too where the night is named in London's time; where it is named
# in UTC, it has both, without a word. A bot that asks it who is on duty pages somebody who is asleep, and counts on her answer.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check ical==14.3.1 icalendar==7.3.2 recurring-ical-events==3.8.2 icalevents==0.3.1 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime
from importlib.metadata import version
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events
from ical.calendar_stream import IcsCalendarStream
from icalevents.icalevents import events

LONDON = ZoneInfo("Europe/London")
NOON, NEXT_NOON = datetime(2026, 6, 3, 12, tzinfo=LONDON), datetime(2026, 6, 4, 12, tzinfo=LONDON)
NAMED = {"in London's time": ";TZID=Europe/London:20260603T220000", "in UTC": ":20260603T210000Z"}


def rota(night: str) -> str:
    return "\r\n".join(
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//force//rota//EN",
            "BEGIN:VTIMEZONE", "TZID:Europe/London",
            "BEGIN:DAYLIGHT", "DTSTART:19700329T010000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "TZNAME:BST", "END:DAYLIGHT",
            "BEGIN:STANDARD", "DTSTART:19701025T020000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
            "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "TZNAME:GMT", "END:STANDARD", "END:VTIMEZONE",
            "BEGIN:VEVENT", "UID:nights", "DTSTAMP:20260101T000000Z", "DTSTART;TZID=Europe/London:20260601T220000",
            "DTEND;TZID=Europe/London:20260602T070000", "RRULE:FREQ=DAILY;COUNT=5", "SUMMARY:Ann", "END:VEVENT",
            "BEGIN:VEVENT", "UID:nights", f"RECURRENCE-ID{night}", "DTSTAMP:20260102T000000Z",
            "DTSTART;TZID=Europe/London:20260603T220000", "DTEND;TZID=Europe/London:20260604T070000", "SUMMARY:Bea", "END:VEVENT",
            "END:VCALENDAR", "",
        ]
    )  # fmt: skip


def on_duty(text: str) -> dict[str, list[str]]:
    by_ical = IcsCalendarStream.calendar_from_ics(text).timeline_tz(LONDON).overlapping(NOON, NEXT_NOON)
    by_recurring = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between(NOON, NEXT_NOON)
    by_icalevents = events(string_content=text.encode(), start=NOON, end=NEXT_NOON)
    return {
        "ical": sorted(str(each.summary) for each in by_ical),
        "recurring-ical-events": sorted(str(each["SUMMARY"]) for each in by_recurring),
        "icalevents": sorted(str(each.summary) for each in by_icalevents),
    }


seen = {named: on_duty(rota(night)) for named, night in NAMED.items()}
for package in ("ical", "recurring-ical-events", "icalevents"):
    print(package, version(package), {named: who[package] for named, who in seen.items()})
bea = dict.fromkeys(("ical", "recurring-ical-events", "icalevents"), ["Bea"])
assert seen == {"in London's time": bea, "in UTC": bea | {"ical": ["Ann", "Bea"]}}, seen
PY
