#!/usr/bin/env bash
# A network operator gives where a phone was in degrees, minutes and seconds; west is a minus before the degrees. Most of London lies
# less than one degree west of Greenwich: -0° 7' 39". `geopy` reads such a line as a Point, `lat-lon-parser` and `pygeodesy` read it too.
#
# Guess, written first: a minus before nought degrees counts as one before two degrees does, in all three.
# Seen: `geopy` loses it, whether the minutes are marked ' or m: a phone in Westminster is 18 km further east, beyond
# Woolwich, and nothing says so. With W after the figures, or at two degrees west, it is right. The other two keep the minus.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check geopy==2.5.0 lat-lon-parser==1.3.1 pygeodesy==26.10.26 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from importlib.metadata import version

from geopy import Point
from geopy.distance import distance
from lat_lon_parser import parse
from pygeodesy import parseDMS

LINES = {
    "minus, ' and \"": "51°30'2\" -0°7'39\"",
    "minus, m and s": "51 30m 2s -0 7m 39s",
    "W": "51 30m 2s N 0 7m 39s W",
    "minus, two degrees": "51 30m 2s -2 7m 39s",
    "minus, one figure": "51.500556 -0.1275",
}
seen = {how: round(Point(line).longitude, 4) for how, line in LINES.items()}
others = {"lat-lon-parser": round(parse("-0°7'39\""), 4), "pygeodesy": round(float(parseDMS("-0°7'39\"")), 4)}
off = distance(Point(LINES["minus, m and s"]), Point(LINES["W"])).km
print("geopy", version("geopy"), seen, f"· off by {off:.1f} km")
print({f"{package} {version(package)}": longitude for package, longitude in others.items()})
assert seen == {
    "minus, ' and \"": 0.1275,
    "minus, m and s": 0.1275,
    "W": -0.1275,
    "minus, two degrees": -2.1275,
    "minus, one figure": -0.1275,
}, seen
assert set(others.values()) == {-0.1275}, others
assert 17 < off < 19, off
PY
