#!/usr/bin/env bash
# Who is FIM now, says a list of layers: somebody by day, and over that somebody from 19:00 to 07:00, or two who take turns by day or by week.
# `rosters` (npm) manages such rotations, and has one call, `getOnCallPerson`; its README has one line, its types a start and an end that are texts.
#
# Guess, written first: rosters (npm): two people who take turns daily/weekly at 07:00 London: who is on at an instant follows from start and length;
# the hand-over stays at given hour or moves with UTC; no one is skipped.
# Seen: a layer from 19:00 to 07:00 is never on: at 23:00 and at 03:00 the day's officer is named, and nothing is raised. One from 14:00 to 22:00 is
# on, and so is a night that is cut in two layers, an evening with no end and a morning with no start. Two who take turns by day do so by the number
# of the day in the year: whoever had 31 December has 1 January too, and from then on each day is the other one's. By week it is the same after a
# year of 53 weeks, which 2026 is. And all summer the day changes at 01:00. At noon, on most days of a year, all of it is right.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --prefix "$room" rosters@0.0.1 >/dev/null 2>&1
cat >"$room/ask.cjs" <<'JS'
const RealDate = Date;
let now;
global.Date = class extends RealDate {
  constructor(...given) { super(...(given.length ? given : [now])); }
};
const { getOnCallPerson } = require("rosters");
const one = (name) => ({ user: { name } });
const turns = (every) => ({ layers: [{ rotation: { every, users: [{ name: "Ann" }, { name: "Bea" }] } }] });
const rotas = {
  night: { layers: [one("Day"), { ...one("Night"), start: "19:00:00", end: "07:00:00" }] },
  cut: { layers: [one("Day"), { ...one("Evening"), start: "19:00:00" }, { ...one("Morning"), end: "07:00:00" }] },
  late: { layers: [one("Day"), { ...one("Late"), start: "14:00:00", end: "22:00:00" }] },
  daily: turns("day"),
  weekly: turns("week"),
};
console.log(JSON.stringify(JSON.parse(process.argv[2]).map(([rota, at]) => {
  now = RealDate.parse(at);
  return getOnCallPerson(rotas[rota]).name;
})));
JS
TZ=Europe/London python3 - "$room" <<'PY'
import json
import subprocess
import sys

WHO = {
    "night": {"2026-01-10T12:00Z": "Day", "2026-01-10T23:00Z": "Day", "2026-01-11T03:00Z": "Day"},
    "cut": {"2026-01-10T12:00Z": "Day", "2026-01-10T23:00Z": "Evening", "2026-01-11T03:00Z": "Morning"},
    "late": {"2026-01-10T12:00Z": "Day", "2026-01-10T15:00Z": "Late", "2026-01-10T23:00Z": "Day"},
    "daily": {"2026-12-30T12:00Z": "Ann", "2026-12-31T12:00Z": "Bea", "2027-01-01T12:00Z": "Bea", "2027-01-02T12:00Z": "Ann"}
    | {"2026-01-29T23:30Z": "Bea", "2026-01-30T00:30Z": "Ann", "2026-06-30T00:30+01:00": "Ann", "2026-06-30T01:30+01:00": "Bea"},
    "weekly": {"2026-12-23T12:00Z": "Ann", "2026-12-30T12:00Z": "Bea", "2027-01-06T12:00Z": "Bea", "2027-01-13T12:00Z": "Ann"},
}
asked = [(rota, at) for rota, when in WHO.items() for at in when]
node = ["node", f"{sys.argv[1]}/ask.cjs", json.dumps(asked)]
seen = iter(json.loads(subprocess.run(node, capture_output=True, text=True, check=True).stdout))
for rota, when in WHO.items():
    named = {at: next(seen) for at in when}
    print("rosters 0.0.1", rota, named)
    assert named == when, (rota, named)
PY
