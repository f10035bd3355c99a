#!/usr/bin/env bash
# A caller says when a child was last seen: "two hours ago", "half an hour ago". `chronyk` reads times as people write them.
#
# Guess, written first: it reads such words, figures or not, or raises ValueError, as it does for "last night".
# Seen: only whole figures before a whole word are read. "two hours ago", "half an hour ago", "30 mins ago" and "an hour and a half ago" are this very
# moment, and "1.5 hours ago" is five hours ago. None of them raises: a child who was seen two hours ago was seen just now.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check chronyk==1.0.1 2>/dev/null
TZ=UTC "$room/venv/bin/python" -W ignore - <<'PY'
import time
from importlib.metadata import version

from chronyk import Chronyk

SAID = (
    "2 hours ago", "two hours ago", "30 minutes ago", "30 mins ago", "half an hour ago", "an hour and a half ago", "1.5 hours ago", "last night",
)  # fmt: skip


def minutes_ago(words: str) -> int | str:
    try:
        return round((time.time() - Chronyk(words).timestamp()) / 60)
    except ValueError as error:
        return type(error).__name__


seen = {words: minutes_ago(words) for words in SAID}
print("chronyk", version("chronyk"), "minutes ago:", seen)
assert seen == dict(zip(SAID, (120, 0, 30, 0, 0, 0, 300, "ValueError"), strict=True)), seen
PY
