#!/usr/bin/env bash
# Search teams give places as grid references of the Ordnance Survey, phones give latitude and longitude. TG 51409 13177 is the example that the
# Ordnance Survey's own guide works through. `OSGridConverter` and `osgb` turn either into the other, `pyproj` does it with eastings and northings.
#
# Guess, written first: all agree within ten metres, and what a package turns one way and back again is where it was.
# Seen: `OSGridConverter` has the way to a reference right and the way back wrong, by more the further east: a metre in Bristol, 34 metres in London,
# 273 in Norfolk. The round trip of one package moves the child a quarter of a kilometre; tried in the west, it looks right.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check OSGridConverter==0.1.3 osgb==1.2.0 pyproj==3.7.2 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from importlib.metadata import version

import osgb
from OSGridConverter import grid2latlong, latlong2grid
from pyproj import Geod, Transformer

PLACES = {"Bristol": "ST 58000 72000", "London": "TQ 30000 80100", "Norfolk": "TG 51409 13177"}
to_degrees = Transformer.from_crs(27700, 4326, always_xy=True)
earth = Geod(ellps="WGS84")


def apart(one: tuple[float, float], other: tuple[float, float]) -> int:
    return round(earth.inv(one[1], one[0], other[1], other[0])[2])


def away(place: str) -> tuple[int, int, str]:
    east, north = osgb.parse_grid(place)
    there = osgb.grid_to_ll(east, north)
    converted = grid2latlong(place)
    by_converter = (converted.latitude, converted.longitude)
    return apart(there, to_degrees.transform(east, north)[::-1]), apart(there, by_converter), str(latlong2grid(*there))


seen = {name: away(place) for name, place in PLACES.items()}
print(*(f"{package} {version(package)}" for package in ("OSGridConverter", "osgb", "pyproj")), "metres from where osgb has it", sep=" · ")
for name, (by_pyproj, by_converter, back) in seen.items():
    print(f"{name} {PLACES[name]}: pyproj {by_pyproj}, OSGridConverter {by_converter}; its reference for the right place is {back}")
assert all(by_pyproj <= 5 for by_pyproj, _, _ in seen.values()), seen
assert [by_converter for _, by_converter, _ in seen.values()] == [1, 34, 273], seen
for place, (_, _, back) in zip(PLACES.values(), seen.values(), strict=True):
    figures = zip(place.split()[1:], back.split()[1:], strict=True)
    assert all(abs(int(one) - int(other)) <= 5 for one, other in figures), (place, back)
PY
