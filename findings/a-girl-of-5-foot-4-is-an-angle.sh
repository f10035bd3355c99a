#!/usr/bin/env bash
# What a missing child looks like is one line of a log: about 5'4", slim, 8 stone. `quantulum3` finds quantities and their units in text, for a form
# or a search.
#
# Guess, written first: Height: 5'4" in "about 5'4\", slim" is five feet four inches, or nothing is found; "8 stone" is a mass.
# Seen: 5'4" is 5 of a unit "to the 4", 5ft4 is 5 feet to the fourth power, 5' 4" is 5 minutes and 4 seconds of arc. "5 ft 4" is 5 feet and a
# number 4. 8 stone is a bare number, and 8 st is 8 steres, cubic metres of wood. "5 feet 4 inches" and "51 kg" are right. What takes the
# first length has a girl of five foot, four inches too short; what takes the first mass of "8st 2lb" has her at two pounds. (Without the
# optional classifier.)
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check quantulum3==0.10.0 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from importlib.metadata import version

from quantulum3 import parser

SAID = {
    "about 5'4\", slim": [(5, "unk to the 4")],
    "5ft4": [(5, "foot to the 4")],
    "5' 4\"": [(5, "minute of arc"), (4, "second of arc")],
    "she is 5 ft 4": [(5, "foot"), (4, "dimensionless")],
    "5 feet 4 inches": [(5, "foot"), (4, "inch")],
    "weighs 8 stone": [(8, "dimensionless")],
    "8st 2lb": [(8, "stere"), (2, "pound-mass")],
    "51 kg": [(51, "kilogram")],
}
seen = {words: [(found.value, found.unit.name) for found in parser.parse(words)] for words in SAID}
print("quantulum3", version("quantulum3"))
for words, quantities in seen.items():
    print(words, quantities)
assert seen == SAID, seen
PY
