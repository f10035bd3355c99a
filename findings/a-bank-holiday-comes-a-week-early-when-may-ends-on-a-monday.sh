#!/usr/bin/env bash
# A return is due on the next working day, and an office that sends it keeps bank holidays. The spring bank holiday is the last Monday in May
# (Banking and Financial Dealings Act 1971). `calendra` grew out of `workalendar`; `holidays` is a third.
#
# Guess, written first: a holiday that a law fixes by its weekday is the same day in all three, in each year.
# Seen: `calendra` looks back from 30 May: where the last Monday is the 31st, as in 2021 and in 2027, it has the 24th. That Monday is no working day
# and the bank holiday is one; its own description still says "Last Monday in May". In nine other years all three agree.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check calendra==7.11.1 workalendar==17.0.0 holidays==0.109 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from datetime import date, timedelta
from importlib.metadata import version

import calendra.europe
import holidays
import workalendar.europe

SPECIAL = 2022  # moved to June by proclamation
YEARS = [year for year in range(2018, 2030) if year != SPECIAL]


def late_mondays(year: int) -> list[date]:
    return [day for day in (date(year, 5, 18) + timedelta(days=step) for step in range(14)) if day.weekday() == 0]


def free(is_free, year: int) -> list[str]:
    return [f"{day:%d %B}" for day in late_mondays(year) if is_free(day)]


by_calendra, by_workalendar = calendra.europe.UnitedKingdom(), workalendar.europe.UnitedKingdom()
by_holidays = holidays.country_holidays("GB", subdiv="ENG", years=YEARS)
ways = {
    "calendra": lambda day: not by_calendra.is_working_day(day),
    "workalendar": lambda day: not by_workalendar.is_working_day(day),
    "holidays": lambda day: day in by_holidays,
}
seen = {year: {package: free(is_free, year) for package, is_free in ways.items()} for year in YEARS}
apart = {year: days for year, days in seen.items() if len({tuple(each) for each in days.values()}) > 1}
print(*(f"{package} {version(package)}" for package in ways), sep=" · ")
print("years in which they differ:", apart)
assert apart == {
    year: {"calendra": ["24 May"], "workalendar": ["31 May"], "holidays": ["31 May"]} for year in (2021, 2027)
}, seen
PY
