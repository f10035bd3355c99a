#!/usr/bin/env bash
# A child reported as O'Brien today and OBrien last month is found by sound. Double Metaphone is one published algorithm;
# three packages implement it under its name.
#
# Guess, written first: the three agree on common British and Irish surnames, at least on the primary code.
# Seen: Metaphone gives O'Neill another code than ONeill, the other two do not; Hughes is HHS or HS, Pugh is P, PK or PK, and
# Smith-Jones keeps a doubled code in one of them. Codes of two packages must never stand in one index, and a change of
# package is a new index.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check Metaphone==0.6 DoubleMetaphone==1.2 abydos==0.5.0 2>/dev/null
"$room/venv/bin/python" - <<'PY'
from importlib.metadata import version

from abydos.phonetic import DoubleMetaphone
from doublemetaphone import doublemetaphone as in_c
from metaphone import doublemetaphone as in_python

NAMES = ["Hughes", "Pugh", "O'Neill", "ONeill", "Smith-Jones"]
seen = {name: (in_python(name)[0], in_c(name)[0], DoubleMetaphone().encode(name)[0]) for name in NAMES}
print("Metaphone", version("Metaphone"), "· DoubleMetaphone", version("DoubleMetaphone"), "· abydos", version("abydos"))
for name, codes in seen.items():
    print(f"{name}: {', '.join(codes)}")
assert seen == {
    "Hughes": ("HHS", "HS", "HS"),
    "Pugh": ("P", "PK", "PK"),
    "O'Neill": ("AANL", "ANL", "ANL"),
    "ONeill": ("ANL", "ANL", "ANL"),
    "Smith-Jones": ("SM00NS", "SM0JNS", "SM0JNS"),
}, seen
PY
