#!/usr/bin/env bash
# Reporters give one line, "Prince Okoro"; `nameparser` splits such lines into title, first and last name for a search.
#
# Guess, written first: words that are given names too (Prince, Sultan, Marquis) are taken as titles only before two more words, as the
# package does with Major and Dean; a surname of two letters (Vi) stays a surname.
# Seen: "Prince Okoro" is title Prince, first name Okoro, no surname; "Sultan Ahmed" and "Marquis Brown" have no first name; "Lan Vi" has a
# suffix and no surname. A search by surname misses these children, most of them of minority families.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check nameparser==2.6.0 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from importlib.metadata import version

from nameparser import HumanName

NAMES = ["Major Singh", "Dean Pike", "Prince Okoro", "Sultan Ahmed", "Marquis Brown", "Lan Vi"]
seen = {name: {part: word for part, word in HumanName(name).as_dict().items() if word} for name in NAMES}
print("nameparser", version("nameparser"))
for name, parts in seen.items():
    print(f"{name}: {parts}")
assert seen == {
    "Major Singh": {"first": "Major", "last": "Singh"},
    "Dean Pike": {"first": "Dean", "last": "Pike"},
    "Prince Okoro": {"title": "Prince", "first": "Okoro"},
    "Sultan Ahmed": {"title": "Sultan", "last": "Ahmed"},
    "Marquis Brown": {"title": "Marquis", "last": "Brown"},
    "Lan Vi": {"first": "Lan", "suffix": "Vi"},
}, seen
PY
