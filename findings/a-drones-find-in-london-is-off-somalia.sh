#!/usr/bin/env bash
# A drone looks for a child, and its film has a text file beside it that says where it was, picture by picture: newer drones of DJI write [latitude: ...]
# [longitude: ...], older ones GPS(-0.1246,51.5007,16), and some of those without a date. `dji_srt_parser` (npm), `dji-drone-metadata-embedder`,
# `dji-telemetry` and `srtgeotag` (PyPI) read such files.
#
# Guess, written first: the newer and the older way of writing both give 51.5 north, 0.12 west in all four, or a package says that it finds no place;
# the time is the one that is written.
# Seen: only the newer way is one place for all. A Mavic Pro wrote the longitude first (`dji_srt_parser` brings such a file, from Spain), the Avata 2
# writes the latitude first (`dji-drone-metadata-embedder` says), nothing in the line tells which, and each package takes its own order for every
# drone: Westminster is in the sea off Somalia for the one or the other. For `dji-telemetry` it is nought north, nought east, with no warning;
# `srtgeotag` has no place. A film with no date was made at midnight today for `dji_srt_parser`, whenever the file is read.
set -euo pipefail
export TZ=UTC
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check dji-drone-metadata-embedder==2.18.0 dji-telemetry==1.0.1 srtgeotag==0.2.0 2>/dev/null
npm install --silent --no-audit --no-fund --prefix "$room" dji_srt_parser@1.2.4 >/dev/null 2>&1
cat >"$room/places.cjs" <<'JS'
const { readFileSync } = require("fs");
const parse = require("dji_srt_parser");
const first = process.argv.slice(2).map((file) => parse(readFileSync(file, "utf8"), file).metadata().packets[0]);
const midnight = new Date(new Date().toISOString().slice(0, 10)).getTime();
console.log(JSON.stringify(first.map((each) => [each.GPS.LATITUDE, each.GPS.LONGITUDE, each.DATE === midnight])));
JS
"$room/venv/bin/python" -W ignore - "$room" <<'PY'
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from dji_metadata_embedder.utilities import parse_telemetry_samples
from dji_telemetry import parse_srt
from srtgeotag.srt import parse_srt as parse_points

LINES = {
    "newer": '<font size="28">FrameCnt: 1, DiffTime: 1000ms\n2026-06-30 21:45:10.250\n[iso: 100] [shutter: 1/60.0] [fnum: 2.8] [ev: 0] '
    "[latitude: 51.5007] [longitude: -0.1246] [rel_alt: 60.100 abs_alt: 72.300] </font>",
    "older, longitude first": "HOME(-0.1246,51.5007) 2026.06.30 21:45:10\nGPS(-0.1246,51.5007,16) BAROMETER:1.9\nISO:100 Shutter:60 EV:0 Fnum:F2.8",
    "older, latitude first": "HOME(51.5007,-0.1246) 2026.06.30 21:45:10\nGPS(51.5007,-0.1246,16) BAROMETER:1.9\nISO:100 Shutter:60 EV:0 Fnum:F2.8",
    "older, no date": "F/2.8, SS 206.14, ISO 150, EV 0, GPS (-0.1246, 51.5007, 19), D 24.02m, H 6.00m, H.S 2.03m/s, V.S 0.00m/s",
}
LONDON, SOMALIA, NOUGHT, NONE = (51.5007, -0.1246), (-0.1246, 51.5007), (0, 0), (None, None)
room = Path(sys.argv[1])
files = []
for number, line in enumerate(LINES.values()):
    files.append(room / f"film{number}.srt")
    files[-1].write_text(f"1\n00:00:00,000 --> 00:00:01,000\n{line}\n\n2\n00:00:01,000 --> 00:00:02,000\n{line}\n\n")
by_node = json.loads(subprocess.run(["node", room / "places.cjs", *files], capture_output=True, text=True, check=True).stdout)
seen = {
    "dji_srt_parser": [(round(north, 4), round(east, 4)) for north, east, _ in by_node],
    "dji-drone-metadata-embedder": [(first.lat, first.lon) for first in (parse_telemetry_samples(each)[0] for each in files)],
    "dji-telemetry": [(first.latitude, first.longitude) for first in (parse_srt(str(each)).frames[0] for each in files)],
    "srtgeotag": [(first.latitude, first.longitude) for first in (parse_points(each)[0] for each in files)],
}
kept = json.loads((room / "node_modules/dji_srt_parser/package.json").read_text())["version"]
for package, places in seen.items():
    print(package, kept if package == "dji_srt_parser" else version(package), dict(zip(LINES, places, strict=True)))
midnight = [at_midnight for _, _, at_midnight in by_node]
print("dji_srt_parser, made at midnight today:", dict(zip(LINES, midnight, strict=True)))
assert seen == {
    "dji_srt_parser": [LONDON, LONDON, SOMALIA, LONDON],
    "dji-drone-metadata-embedder": [LONDON, SOMALIA, LONDON, SOMALIA],
    "dji-telemetry": [LONDON, NOUGHT, NOUGHT, NOUGHT],
    "srtgeotag": [LONDON, NONE, NONE, NONE],
}, seen
assert midnight == [False, False, False, True], midnight
PY
