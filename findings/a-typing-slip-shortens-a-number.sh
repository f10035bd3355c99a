#!/usr/bin/env bash
# An officer's mobile is copied from paper into a settings file, with the letter O where a nought was meant. Whoever sends
# texts checks numbers with `phonenumbers`, the usual library, before anything leaves.
#
# Guess, written first: a letter between digits makes `parse` raise, or is taken as a key of an old telephone (O is 6); either
# way the number is another length or is refused, and `is_possible_number` says no.
# Seen: one or two letters are dropped without a word. The number is a digit or two shorter, `parse` raises nothing, and
# `is_possible_number` says yes, since shorter British numbers exist; of two letters the leading nought stays as well.
# Three letters or more are taken as keys instead.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check phonenumbers==9.0.43 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from importlib.metadata import version

import phonenumbers as lib

print("phonenumbers", version("phonenumbers"))
seen = {}
for typed in ("07700 900124", "07700 90O124", "07700 9OO124", "07700 OOO124"):
    number = lib.parse(typed, "GB")
    seen[typed] = (lib.format_number(number, lib.PhoneNumberFormat.E164), lib.is_possible_number(number))
    print(f"{typed!r} → {seen[typed][0]}, possible: {seen[typed][1]}")
assert seen["07700 900124"] == ("+447700900124", True), seen
assert seen["07700 90O124"] == ("+44770090124", True), seen
assert seen["07700 9OO124"] == ("+44077009124", True), seen
assert seen["07700 OOO124"] == ("+447700666124", True), seen
PY
