#!/usr/bin/env bash
# Trackers, phones and other forces' logs give times with an offset or a zone, 21:45 BST, 20:45 GMT, 2026-06-03T21:45:00+01:00. `any-date-parser` (npm)
# reads dates as people and machines write them; its README promises "timezone offsets" and "timezone abbreviations". `chrono-node` reads them too.
#
# Guess, written first: BST: "3 June 2026 21:45 BST" is 20:45 UTC, or has no zone, or is refused, in each package that reads dates out of words.
# And, when BST alone had been tried and had no zone: any-date-parser: an abbreviation of a zone is either read (BST is UTC+1) or none is.
# Seen: it knows CEST, EDT and GMT and not BST, of which it says nothing: 21:45 BST is 21:45 by the machine's clock, an hour late on a server in UTC.
# Those that it knows, and offsets, it takes from the machine's own time, not from UTC. On a machine in London each time that has an offset
# is an hour early all summer, and right all winter: 20:45:00Z is 19:45 UTC. Its own tests are run with TZ=UTC, where all but BST is right.
# `chrono-node` has all of them right in both places.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
npm install --silent --no-audit --no-fund --prefix "$room" any-date-parser@2.2.4 chrono-node@2.10.3 >/dev/null 2>&1
cat >"$room/times.mjs" <<'JS'
import { createRequire } from "node:module";
import any from "any-date-parser";
import { en } from "chrono-node";

const ONE_MOMENT = ["2026-06-03T21:45:00+01:00", "2026-06-03T20:45:00Z", "3 June 2026 21:45 BST", "3 June 2026 20:45 GMT", "3 June 2026 22:45 CEST"];
const IN_WINTER = ["2026-12-03T20:45:00Z", "3 December 2026 20:45 GMT"];
const read = { "any-date-parser": (said) => any.fromString(said, "en-GB"), "chrono-node": (said) => en.GB.parseDate(said) };
const seen = {};
for (const [name, by] of Object.entries(read)) {
  seen[name] = [...ONE_MOMENT, ...IN_WINTER].map((said) => by(said).toISOString().slice(11, 16));
}
console.log(JSON.stringify(seen));
JS
in_utc=$(TZ=UTC node "$room/times.mjs") in_london=$(TZ=Europe/London node "$room/times.mjs")
python3 - "$room" "$in_utc" "$in_london" <<'PY'
import json
import sys
from pathlib import Path

room, *answers = sys.argv[1:]
seen = {place: json.loads(answer) for place, answer in zip(("UTC", "London"), answers, strict=True)}
for package in ("any-date-parser", "chrono-node"):
    kept = json.loads((Path(room) / "node_modules" / package / "package.json").read_text())
    print(package, kept["version"], {place: times[package] for place, times in seen.items()})
right = ["20:45"] * 7
assert seen["UTC"] == {"any-date-parser": ["20:45", "20:45", "21:45", *["20:45"] * 4], "chrono-node": right}, seen
assert seen["London"] == {"any-date-parser": ["19:45", "19:45", "20:45", "19:45", "19:45", "20:45", "20:45"], "chrono-node": right}, seen
PY
