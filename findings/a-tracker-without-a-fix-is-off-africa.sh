#!/usr/bin/env bash
# Search teams' trackers and vehicles say where they are in NMEA 0183. One that was just switched on, or stands under trees, sends the same sentence
# with the place left empty and "no fix" beside it. `pynmea2` and `pynmeagps` (PyPI), `nmea-simple` and `gps` (npm) read such sentences.
#
# Guess, written first: an empty place is None, an empty text or NaN in each of them; none makes numbers of it.
# Seen: for `pynmea2` and `nmea-simple` the tracker is at nought north, nought east, in the sea off West Africa; only another field (`is_valid`,
# `fixType`) says that it has no fix. `pynmeagps` leaves the place empty, `gps` has null. A map that draws a team's way draws it there and back.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check pynmea2==1.19.0 pynmeagps==1.1.8 2>/dev/null
npm install --silent --no-audit --no-fund --prefix "$room" nmea-simple@3.3.0 gps@0.9.0 >/dev/null 2>&1
cat >"$room/places.cjs" <<'JS'
const sentences = JSON.parse(process.argv[2]);
const simple = sentences.map((each) => require("nmea-simple").parseNmeaSentence(each)).map((each) => [each.latitude, each.longitude]);
const GPS = require("gps");
const gps = sentences.map((each) => (GPS.Parse ?? GPS.default.Parse)(each)).map((each) => [each.lat, each.lon]);
console.log(JSON.stringify({ "nmea-simple": simple, gps }));
JS
"$room/venv/bin/python" -W ignore - "$room" <<'PY'
import json
import subprocess
import sys
from functools import reduce
from importlib.metadata import version
from pathlib import Path

import pynmea2
from pynmeagps import NMEAReader


def sentence(body: str) -> str:
    return f"${body}*{reduce(lambda so_far, sign: so_far ^ ord(sign), body, 0):02X}"


SENT = {
    "a fix": sentence("GPGGA,214500.00,5127.27000,N,00235.27400,W,1,08,1.0,10.0,M,50.0,M,,"),
    "no fix": sentence("GPGGA,214500.00,,,,,0,00,99.99,,,,,,"),
}


def by_pynmea2(text: str) -> list:
    read = pynmea2.parse(text)
    return [round(read.latitude, 4), round(read.longitude, 4), read.is_valid]


def by_pynmeagps(text: str) -> list:
    read = NMEAReader.parse(text)
    return [read.lat and round(read.lat, 4), read.lon and round(read.lon, 4)]


room = Path(sys.argv[1])
seen = {"pynmea2": [by_pynmea2(each) for each in SENT.values()], "pynmeagps": [by_pynmeagps(each) for each in SENT.values()]}
node = ["node", room / "places.cjs", json.dumps(list(SENT.values()))]
for package, places in json.loads(subprocess.run(node, capture_output=True, text=True, check=True).stdout).items():
    seen[package] = [[figure and round(figure, 4) for figure in place] for place in places]
for package, places in seen.items():
    kept = room / "node_modules" / package / "package.json"
    at = json.loads(kept.read_text())["version"] if kept.exists() else version(package)
    print(package, at, dict(zip(SENT, places, strict=True)))
assert seen == {
    "pynmea2": [[51.4545, -2.5879, True], [0, 0, False]],
    "pynmeagps": [[51.4545, -2.5879], ["", ""]],
    "nmea-simple": [[51.4545, -2.5879], [0, 0]],
    "gps": [[51.4545, -2.5879], [None, None]],
}, seen
PY
