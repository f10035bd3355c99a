#!/usr/bin/env bash
# A Child Abduction Emergency of American broadcasters and weather radios is a line of text (SAME): its time is a day of the year, hour and minute in
# UTC, JJJHHMM, with no year; +0400 is how long it holds. `EAS2Text` puts such a line into words, with the times of its begin and end.
#
# Guess, written first: eas2text: a CAE (child abduction) header of day 365 at 23:55 UTC read at 00:05 on 1 January is of last year's 31 December;
# issue time right in UTC; durations right.
# Seen: "issue time right" fails for most of a leap year: the package takes the day of the year for one of a year without 29 February, so from that
# day of 2028 on each alert begins and ends a day late. One of this afternoon is not in force before tomorrow, when it is long over; that of 31
# December is of the first day of the year that ends. And a line of 31 December that is read after midnight is of the 31 December to come, in any
# year. On 30 June 2027 and on 28 February 2028 all is right: what was tried this year says nothing of it. How long it holds is right throughout.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check EAS2Text==0.1.12 freezegun==1.5.5 2>/dev/null
TZ=UTC "$room/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime, timedelta
from importlib.metadata import version

from EAS2Text import EAS2Text
from freezegun import freeze_time

FIVE, HELD = timedelta(minutes=5), timedelta(hours=4)


def read(line: str, at: datetime) -> datetime:
    """When the alert begins for whoever reads the line at that moment; it must end four hours later."""
    with freeze_time(at):
        alert = EAS2Text(f"ZCZC-CIV-CAE-036061+0400-{line}-CONTROL -")
    begins, ends = (datetime.fromisoformat(f"{moment:%Y-%m-%dT%H:%M}") for moment in (alert.startTime, alert.endTime))
    assert ends - begins == HELD, (begins, ends)
    return begins


print("EAS2Text", version("EAS2Text"))
seen = {}
for issued in (
    datetime(2027, 6, 30, 15, 45), datetime(2027, 12, 31, 15, 45), datetime(2028, 2, 28, 15, 45), datetime(2028, 2, 29, 15, 45),
    datetime(2028, 6, 30, 15, 45), datetime(2028, 12, 30, 15, 45), datetime(2028, 12, 31, 15, 45), datetime(2026, 12, 31, 23, 56),
):
    line = f"{issued:%j%H%M}"
    begins = read(line, issued + FIVE)
    seen[f"{issued:%Y-%m-%d}"] = (begins - issued).days
    print(f"{line}, issued {issued:%d %B %Y at %H:%M}, read then: begins {begins:%d %B %Y at %H:%M}, {(begins - issued).days} days late")
assert seen == {
    "2027-06-30": 0, "2027-12-31": 0, "2028-02-28": 0, "2028-02-29": 1, "2028-06-30": 1, "2028-12-30": 1, "2028-12-31": -365, "2026-12-31": 365,
}, seen
PY
