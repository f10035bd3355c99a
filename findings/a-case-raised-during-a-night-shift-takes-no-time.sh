#!/usr/bin/env bash
# How long a case waited while somebody was on duty: a desk is open from 22:00 to 07:00, a case is raised and taken in between. `businesstimedelta`,
# `business-duration` and `businesstime` count working time between two moments, and all three take such a shift without complaint.
#
# Guess, written first: each counts a shift across midnight, or refuses it: nine hours from 21:00 to 09:00, two from 23:00 to 01:00,
# four from 01:00 to 05:00.
# Seen: `businesstime` counts nothing at all. `businesstimedelta` counts the nine hours, and nothing for a case that begins within the shift;
# `business-duration` counts nine and two, and nothing for one that begins after midnight. A return says that those were answered at once.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check businesstimedelta==1.0.1 business-duration==0.68 businesstime==0.3.0 \
  holidays==0.109 pandas==2.3.3 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime, time
from importlib.metadata import version

from business_duration import businessDuration
from businesstime import BusinessTime
from businesstimedelta import Rules, WorkDayRule

OPEN, CLOSE = time(22), time(7)
WAITED = {"21:00 to 09:00": (2, 21, 3, 9), "23:00 to 01:00": (2, 23, 3, 1), "01:00 to 05:00": (3, 1, 3, 5)}
rules = Rules([WorkDayRule(start_time=OPEN, end_time=CLOSE, working_days=list(range(7)))])
desk = BusinessTime(business_hours=(OPEN, CLOSE), weekends=())


def hours(day: int, hour: int, until_day: int, until_hour: int) -> dict[str, float]:
    start, end = datetime(2026, 3, day, hour), datetime(2026, 3, until_day, until_hour)
    return {
        "businesstimedelta": rules.difference(start, end).timedelta.total_seconds() / 3600,
        "business-duration": float(businessDuration(start, end, OPEN, CLOSE, weekendlist=[], unit="hour")),
        "businesstime": desk.businesstimedelta(start, end).total_seconds() / 3600,
    }


counted = {words: hours(*moments) for words, moments in WAITED.items()}
seen = {package: [each[package] for each in counted.values()] for package in counted["21:00 to 09:00"]}
for package, each in seen.items():
    print(package, version(package), dict(zip(counted, each, strict=True)))
assert seen == {"businesstimedelta": [9, 0, 0], "business-duration": [9, 2, 0], "businesstime": [0, 0, 0]}, seen
PY
