#!/usr/bin/env bash
# A mother rings at seven in the morning: her child was last seen at "half past nine last night". Packages read such words, told the moment of the
# call: `sherlockjs`, `parse-messy-time` and `date.js` (npm), `ctparse` and `stringtime` (PyPI).
#
# Guess, written first: said at 07:00 on 30 June, "half past nine last night" is 21:30 on the 29th, or it is refused; "half nine" is 9:30, "quarter
# to ten" is 21:45.
# Seen: no package has one of the three right, and none refuses. `ctparse` and `sherlockjs` have the child seen this coming night; for `ctparse` half nine
# is half past eight, as in German. `parse-messy-time` has midnight, `stringtime` the morning of the 29th. `date.js` drops the half hour, and has 19:00 for
# the other two. Beside it "yesterday at 9.30pm" was tried, with the full stop that the British write, guessed right or refused for `stringtime` and
# not guessed for the rest: `ctparse` alone has it right, for `stringtime` it is the machine's own now (with a line printed), for `parse-messy-time` 21:18,
# for `sherlockjs` nine in the morning, for `date.js` the hour of the call.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
export TZ=UTC
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check ctparse==0.3.6 stringtime==0.0.8 2>/dev/null
npm install --silent --no-audit --no-fund --prefix "$room" sherlockjs@1.4.2 parse-messy-time@2.1.0 date.js@0.3.3 >/dev/null 2>&1
cat >"$room/read.cjs" <<'JS'
const call = new Date("2026-06-30T07:00:00Z");
const sherlock = require("sherlockjs");
const messy = require("parse-messy-time");
const words = require("date.js");
sherlock._setNow(call);
const read = {
  sherlockjs: (said) => sherlock.parse(said).startDate,
  "parse-messy-time": (said) => messy(said, { now: call }),
  "date.js": (said) => words(said, call),
};
const seen = {};
for (const [name, each] of Object.entries(read)) seen[name] = JSON.parse(process.argv[2]).map((said) => each(said).toISOString().slice(8, 16));
console.log(JSON.stringify(seen));
JS
"$room/venv/bin/python" -W ignore - "$room" <<'PY'
import json
import logging
import subprocess
import sys
from contextlib import redirect_stdout
from datetime import datetime, timedelta
from importlib.metadata import version
from io import StringIO
from pathlib import Path

import stringtime
from ctparse import ctparse

logging.disable()
SAID = ["half past nine last night", "half nine last night", "quarter to ten last night", "yesterday at 9.30pm"]
CALL = datetime(2026, 6, 30, 7)


def by_stringtime(said: str) -> str:
    with redirect_stdout(StringIO()):
        moment = stringtime.Date(said, relative_to=CALL).to_datetime().replace(tzinfo=None)
    return "now" if abs(datetime.now() - moment) < timedelta(minutes=1) else f"{moment:%dT%H:%M}"


room = Path(sys.argv[1])
node = subprocess.run(["node", room / "read.cjs", json.dumps(SAID)], capture_output=True, text=True, check=True)
seen = json.loads(node.stdout)
by_npm = list(seen)
seen["ctparse"] = [f"{ctparse(said, ts=CALL).resolution.dt:%dT%H:%M}" for said in SAID]
seen["stringtime"] = [by_stringtime(said) for said in SAID]
for package, each in seen.items():
    number = json.loads((room / f"node_modules/{package}/package.json").read_text())["version"] if package in by_npm else version(package)
    print(package, number, dict(zip(SAID, each, strict=True)))
expected = {
    "sherlockjs": ["30T21:00", "30T21:00", "30T21:00", "29T09:00"],
    "parse-messy-time": ["30T00:00", "30T00:00", "30T00:00", "29T21:18"],
    "date.js": ["29T21:00", "29T19:00", "29T19:00", "29T07:00"],
    "ctparse": ["30T21:30", "30T20:30", "30T21:45", "29T21:30"],
    "stringtime": ["29T09:30", "29T09:30", "29T09:45", "now"],
}
assert seen == expected, seen
PY
