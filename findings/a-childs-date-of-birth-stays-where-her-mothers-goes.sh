#!/usr/bin/env bash
# A log is handed on for a review, without what names a person. `scrubadub` has a detector for dates of birth, in British order too.
#
# Guess, written first: "born 3 May 2014" and "born 3 May 1984" are taken out alike.
# Seen: the mother's is taken out, the child's stays: the detector takes nobody to be younger than eighteen, and nothing says that it left a
# date in. With `DateOfBirthFilth.min_age_years` at 0 both go. Whoever tries it on a grown-up's line never notices.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check scrubadub==2.0.1 dateparser==1.5.0 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from datetime import date
from importlib.metadata import version

import scrubadub
from scrubadub.detectors import DateOfBirthDetector
from scrubadub.filth import DateOfBirthFilth

AGES = {"a child of 3": 3, "of 12": 12, "of 16": 16, "a mother of 42": 42}


def taken_out() -> dict[str, bool]:
    scrubber = scrubadub.Scrubber(locale="en_GB", detector_list=[DateOfBirthDetector(locale="en_GB")])
    lines = {who: f"born 3 January {date.today().year - age}" for who, age in AGES.items()}
    return {who: line != scrubber.clean(line) for who, line in lines.items()}


as_it_comes = taken_out()
DateOfBirthFilth.min_age_years = 0
told = taken_out()
print("scrubadub", version("scrubadub"), "· taken out as it comes:", as_it_comes, "· with a least age of 0:", told)
assert as_it_comes == {"a child of 3": False, "of 12": False, "of 16": False, "a mother of 42": True}, as_it_comes
assert all(told.values()), told
PY
