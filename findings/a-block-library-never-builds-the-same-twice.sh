#!/usr/bin/env bash
# A card is edited only when its words changed, and an open form keeps what somebody typed only while its inputs keep their
# `block_id` (Slack's documentation of views.update). `slackblocks` builds blocks from classes; `blockkit` does too.
#
# Guess, written first: without a `block_id` given, the payload has none, so two builds of one card are equal.
# Seen: each `slackblocks` block gets a fresh random `block_id`: two builds of one card are never equal, every look at a case looks like a
# change (and costs an edit), and a form drawn anew would lose what is being typed. `blockkit` leaves it out.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check slackblocks==3.0.0 blockkit==2.1.3 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from importlib.metadata import version

from blockkit import Section
from slackblocks import SectionBlock

ours = [SectionBlock("HIGH, no owner")._resolve() for _ in range(2)]
theirs = [Section("HIGH, no owner").build() for _ in range(2)]
print("slackblocks", version("slackblocks"), "two builds equal:", ours[0] == ours[1], "· lengths of block_id:", [len(each["block_id"]) for each in ours])
print("blockkit", version("blockkit"), "two builds equal:", theirs[0] == theirs[1])
assert ours[0]["block_id"] != ours[1]["block_id"] and {**ours[0], "block_id": ""} == {**ours[1], "block_id": ""}, ours
assert theirs[0] == theirs[1] and "block_id" not in theirs[0], theirs
PY
