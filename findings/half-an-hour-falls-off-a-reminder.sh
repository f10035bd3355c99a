#!/usr/bin/env bash
# "Remind after an hour and a half" stands in a settings file as "1h30", "one and a half hours" or "half an hour". Packages make minutes of
# such words: on PyPI `durations-nlp`, `philiprehberger-duration` and `timelength`, on npm `human-interval` (job schedulers take it) and `juration`.
#
# Guess, written first: a way of writing that a package does not know is refused, by an exception, a None or NaN; what comes out as a number is right.
# Seen: "1h30" is one hour for the three of PyPI, an hour and thirty seconds for `juration`. "an hour and a half" is one hour for `timelength`,
# with `success` beside it, and nothing for `human-interval`, as "half an hour" is: a reminder that is due at once. "1h30m" and "90 minutes" are
# right in all that read them.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check durations-nlp==1.0.1 philiprehberger-duration==0.4.0 timelength==3.0.4 2>/dev/null
npm install --silent --no-audit --no-fund --prefix "$room" human-interval@2.0.1 juration@0.1.1 >/dev/null 2>&1
cat >"$room/minutes.cjs" <<'JS'
const packages = { "human-interval": (said) => require("human-interval")(said) / 60000, juration: (said) => require("juration").parse(said) / 60 };
const seen = {};
for (const [name, read] of Object.entries(packages)) {
  seen[name] = JSON.parse(process.argv[2]).map((said) => {
    try {
      const minutes = read(said);
      return Number.isNaN(minutes) ? "refused" : minutes;
    } catch {
      return "refused";
    }
  });
}
console.log(JSON.stringify(seen));
JS
"$room/venv/bin/python" -W ignore - "$room" <<'PY'
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from durations_nlp import Duration
from philiprehberger_duration import parse
from timelength import TimeLength

SAID = ("90 minutes", "1h30m", "1h30", "half an hour", "an hour and a half")


def by_timelength(said: str) -> float:
    result = TimeLength(said).result
    assert result.success, said
    return result.seconds


PYPI = {
    "durations-nlp": lambda said: Duration(said).to_seconds(),
    "philiprehberger-duration": lambda said: parse(said),
    "timelength": by_timelength,
}


def minutes(read, said: str) -> float | str:
    try:
        return read(said) / 60
    except Exception:
        return "refused"


room = Path(sys.argv[1])
seen = {package: [minutes(read, said) for said in SAID] for package, read in PYPI.items()}
seen |= json.loads(subprocess.run(["node", room / "minutes.cjs", json.dumps(SAID)], capture_output=True, text=True, check=True).stdout)
for package, each in seen.items():
    at = version(package) if package in PYPI else json.loads((room / "node_modules" / package / "package.json").read_text())["version"]
    print(package, at, dict(zip(SAID, each, strict=True)))
assert seen == {
    "durations-nlp": [90, 90, 60, "refused", "refused"],
    "philiprehberger-duration": [90, 90, 60, "refused", "refused"],
    "timelength": [90, 90, 60, 30, 60],
    "human-interval": [90, "refused", "refused", 0, 0],
    "juration": [90, 90, 60.5, "refused", "refused"],
}, seen
PY
