#!/usr/bin/env bash
# A rota's calendar says when whoever takes over is reminded: TRIGGER:-PT15M, a quarter of an hour before the shift (RFC 5545 gives that example).
# On npm `iso8601-duration`, `tinyduration`, `duration-fns`, `parse-iso-duration` and `iso8601-js-period` read such durations, on PyPI `isodate`,
# `isoduration` and `aniso8601`.
#
# Guess, written first: PT90M, PT1H30M, P1DT2H, -PT15M: each package reads the right length, or raises.
# Seen: `iso8601-duration` reads "-PT15M" as fifteen minutes, drops the minus, and raises nothing: its own `end` has the reminder for a hand-over at 07:00
# at 07:15, and a day-before one ("-P1D") on the day after, when the shift is over. A minus inside ("PT-15M") it refuses. `tinyduration` keeps the
# minus in a field beside the fifteen minutes; `duration-fns`, `isodate` and `isoduration` have it in the number; the other three refuse.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check isodate==0.7.2 isoduration==20.11.0 aniso8601==10.0.1 2>/dev/null
npm install --silent --no-audit --no-fund --prefix "$room" iso8601-duration@2.1.4 tinyduration@3.4.1 duration-fns@3.0.2 parse-iso-duration@1.1.0 \
  iso8601-js-period@0.2.1 >/dev/null 2>&1
cat >"$room/due.cjs" <<'JS'
const iso = require("iso8601-duration");
const tiny = require("tinyduration");
const fns = require("duration-fns");
const { Period } = require("iso8601-js-period");
const millis = require("parse-iso-duration").default || require("parse-iso-duration");
const minutes = ({ days = 0, hours = 0, minutes: rest = 0, negative }) => (negative ? -1 : 1) * ((days * 24 + hours) * 60 + rest);
const packages = {
  "iso8601-duration": (said) => iso.toSeconds(iso.parse(said)) / 60,
  tinyduration: (said) => minutes(tiny.parse(said)),
  "duration-fns": (said) => fns.toMinutes(fns.parse(said)),
  "parse-iso-duration": (said) => millis(said) / 60000,
  "iso8601-js-period": (said) => Period.parseToTotalSeconds(said) / 60,
};
const seen = {};
for (const [name, read] of Object.entries(packages)) {
  seen[name] = JSON.parse(process.argv[2]).map((said) => {
    try { return read(said); } catch { return "refused"; }
  });
}
const due = ["-PT15M", "-P1D"].map((said) => iso.end(iso.parse(said), new Date("2026-06-30T07:00:00Z")).toISOString());
console.log(JSON.stringify([seen, due]));
JS
"$room/venv/bin/python" -W ignore - "$room" <<'PY'
import json
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import aniso8601
import isodate
import isoduration

SAID = ["PT90M", "PT1H30M", "P1DT2H", "-PT15M", "-P1D", "PT-15M"]
START = datetime(2026, 6, 30, 7, tzinfo=UTC)
READ = {"isodate": isodate.parse_duration, "isoduration": isoduration.parse_duration, "aniso8601": aniso8601.parse_duration}


def minutes(read: object, said: str) -> float | str:
    try:
        return ((START + read(said)) - START).total_seconds() / 60
    except ValueError:
        return "refused"


room = Path(sys.argv[1])
node = ["node", room / "due.cjs", json.dumps(SAID)]
seen, due = json.loads(subprocess.run(node, capture_output=True, text=True, check=True).stdout)
by_npm = list(seen)
seen |= {package: [minutes(read, said) for said in SAID] for package, read in READ.items()}
for package, each in seen.items():
    kept = room / f"node_modules/{package}/package.json"
    number = json.loads(kept.read_text())["version"] if package in by_npm else version(package)
    print(package, number, dict(zip(SAID, each, strict=True)))
print("iso8601-duration, due before the hand-over of 30 June at 07:00:", due)
right, no = [90, 90, 1560], "refused"
assert seen == {
    "iso8601-duration": [*right, 15, 1440, no],
    "tinyduration": [*right, -15, -1440, -15],
    "duration-fns": [*right, -15, -1440, -15],
    "parse-iso-duration": [*right, no, no, no],
    "iso8601-js-period": [*right, no, no, no],
    "isodate": [*right, -15, -1440, no],
    "isoduration": [*right, -15, -1440, -15],
    "aniso8601": [*right, no, no, no],
}, seen
assert due == ["2026-06-30T07:15:00.000Z", "2026-07-01T07:00:00.000Z"], due
PY
