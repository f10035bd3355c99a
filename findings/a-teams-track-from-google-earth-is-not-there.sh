#!/usr/bin/env bash
# Search teams hand in what they did as KML, which Google Earth and phones write: sectors, finds with a time, and the way that they went, a gx:Track
# with the time of each point. Vehicles and trackers take GPX. `gpx` (PyPI) converts either into the other, `@tmcw/togeojson` (npm) reads both.
#
# Guess, written first: KML to GeoJSON or GPX: a sector with a hole (an inner boundary) keeps it, a folder's two sectors stay two, a place's time stays.
# Seen: `togeojson` keeps everything. `gpx` keeps the find and drops its time, which GPX has a place for; the team's way, which GPX has a place for too,
# and the sector are not in the file at all, and nothing is raised or logged. Drawn as a plain line the way is there as a route, which in GPX
# is a plan and not where somebody was. A map of what was searched lacks a team, and looks whole.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check gpx==2026.4.0 2>/dev/null
npm install --silent --no-audit --no-fund --prefix "$room" @tmcw/togeojson@7.1.3 @xmldom/xmldom@0.9.12 >/dev/null 2>&1
cat >"$room/search.kml" <<'KML'
<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document>
<Placemark><name>Sector 4</name><Polygon>
<outerBoundaryIs><LinearRing><coordinates>-2.6,51.4 -2.5,51.4 -2.5,51.5 -2.6,51.5 -2.6,51.4</coordinates></LinearRing></outerBoundaryIs>
<innerBoundaryIs><LinearRing><coordinates>-2.56,51.44 -2.54,51.44 -2.54,51.46 -2.56,51.46 -2.56,51.44</coordinates></LinearRing></innerBoundaryIs>
</Polygon></Placemark>
<Placemark><name>Coat</name><TimeStamp><when>2026-06-03T20:45:00Z</when></TimeStamp><Point><coordinates>-2.58,51.45</coordinates></Point></Placemark>
<Placemark><name>Team 1</name><gx:Track>
<when>2026-06-03T20:30:00Z</when><when>2026-06-03T20:45:00Z</when><gx:coord>-2.59 51.45 10</gx:coord><gx:coord>-2.58 51.45 12</gx:coord>
</gx:Track></Placemark>
<Placemark><name>Team 2, drawn</name><LineString><coordinates>-2.59,51.46 -2.58,51.46</coordinates></LineString></Placemark>
</Document></kml>
KML
cat >"$room/read.mjs" <<'JS'
import { readFileSync } from "node:fs";
import { kml } from "@tmcw/togeojson";
import { DOMParser } from "@xmldom/xmldom";

const { features } = kml(new DOMParser().parseFromString(readFileSync(process.argv[2], "utf8"), "text/xml"));
console.log(JSON.stringify(features.map(({ geometry, properties }) => [
  properties.name, geometry.type, [properties.timestamp ?? properties.coordinateProperties?.times ?? []].flat().length,
])));
JS
"$room/venv/bin/python" -W error - "$room" 2>&1 <<'PY'
import json
import logging
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import gpx

logging.basicConfig(level=logging.DEBUG)
room = Path(sys.argv[1])
gpx.convert_file(room / "search.kml", room / "search.gpx")
written = gpx.read_gpx(room / "search.gpx")
by_gpx = {
    "places": [(place.name, str(place.time)) for place in written.wpt],
    "routes": [route.name for route in written.rte],
    "tracks": [track.name for track in written.trk],
}
node = ["node", room / "read.mjs", room / "search.kml"]
by_togeojson = json.loads(subprocess.run(node, capture_output=True, text=True, check=True).stdout)
kept = json.loads((room / "node_modules/@tmcw/togeojson/package.json").read_text())
print("gpx", version("gpx"), by_gpx)
print("togeojson", kept["version"], "with how many times:", by_togeojson)
assert by_gpx == {"places": [("Coat", "None")], "routes": ["Team 2, drawn"], "tracks": []}, by_gpx
assert by_togeojson == [
    ["Sector 4", "Polygon", 0],
    ["Coat", "Point", 1],
    ["Team 1", "LineString", 2],
    ["Team 2, drawn", "LineString", 0],
], by_togeojson
PY
