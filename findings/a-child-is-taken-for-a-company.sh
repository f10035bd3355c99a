#!/usr/bin/env bash
# Police records have the surname first: "Okoro, Blessing". `probablepeople` tells the parts of a name, and persons from firms, by a trained
# model, so that records can be compared part by part.
#
# Guess, written first: two words with a comma between them are a person, surname first, as "Smith, Jane" is.
# Seen: "Okoro, Blessing" and "Ahmed, Yusuf" are corporations; so are "Ivy Bank" and "Poppy Court". A comparison by surname leaves these children
# out. Asked with type="person", it reads every one of them well.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check probablepeople==0.5.6 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from importlib.metadata import version

import probablepeople

NAMES = {
    "Smith, Jane": "Smith", "Khan, Aisha": "Khan", "Okoro, Blessing": "Okoro", "Ahmed, Yusuf": "Ahmed", "Ivy Bank": "Bank", "Poppy Court": "Court",
}  # fmt: skip
seen = {name: probablepeople.tag(name)[1] for name in NAMES}
told = {name: probablepeople.tag(name, type="person")[0].get("Surname") for name in NAMES}
print("probablepeople", version("probablepeople"))
for name, what in seen.items():
    print(f"{name}: {what}; told that it is a person, surname {told[name]}")
assert [name for name, what in seen.items() if what == "Person"] == ["Smith, Jane", "Khan, Aisha"], seen
assert {what for name, what in seen.items() if name not in ("Smith, Jane", "Khan, Aisha")} == {"Corporation"}, seen
assert told == NAMES, told
PY
