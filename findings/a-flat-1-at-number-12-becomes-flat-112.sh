#!/usr/bin/env bash
# A mother hands over her child's contact from her phone: a vCard 3.0 with a number each for Mum and Nan, and a note of when insulin is due and where
# the child goes after school. Lines of more than 75 bytes are folded, wherever the 75th byte is. `vcf`, `vcard-parser`, `vcard`, `vcard4` and `ical.js`
# (npm) and `vobject` (PyPI) read vCards.
#
# Guess, written first: each gives the whole note in words, with its comma, semicolon and new line, and both numbers.
# Seen: `vobject` alone does. `vcard-parser` drops each blank at the start of a folded line, not only the one of the fold: "Flat 1" at number 12 is
# "Flat 112 Mill Lane". `vcard` ends the note at its first colon, before the address, and has one number of the two. `vcf` has the backslashes in the
# note, and \n for the new line; `ical.js` has one before the semicolon. `vcard4` has a note right, and refuses version 3.0, which phones write.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check vobject==0.9.9 2>/dev/null
npm install --silent --no-audit --no-fund --prefix "$room" vcf@2.1.2 vcard-parser@1.0.0 vcard@0.1.0 vcard4@4.0.5 ical.js@2.2.1 >/dev/null 2>&1
cat >"$room/read.cjs" <<'JS'
const card = process.argv[2];
const Ical = require("ical.js").default || require("ical.js");
const Simple = require("vcard");
const read = {
  vcf: () => {
    const { data } = new (require("vcf"))().parse(card);
    return [data.note.valueOf(), [].concat(data.tel).map((each) => each.valueOf())];
  },
  "vcard-parser": () => {
    const { note, tel } = require("vcard-parser").parse(card);
    return [note[0].value, tel.map((each) => each.value)];
  },
  vcard: () => {
    let kept;
    new Simple().readData(card, (_, each) => { kept = [each.NOTE, [].concat(each.TEL).map((tel) => tel.value || tel)]; });
    return kept;
  },
  vcard4: () => {
    const all = require("vcard4").parse(card).parsedVcard;
    const values = (name) => all.filter(({ property }) => property === name).map(({ value }) => value);
    return [values("NOTE")[0], values("TEL")];
  },
  "ical.js": () => {
    const all = new Ical.Component(Ical.parse(card));
    return [all.getFirstPropertyValue("note"), all.getAllProperties("tel").map((each) => each.getFirstValue())];
  },
};
const seen = {};
for (const [name, each] of Object.entries(read)) {
  try { seen[name] = each(); } catch (error) { seen[name] = error.message; }
}
process.stdout.write(JSON.stringify(seen));
JS
"$room/venv/bin/python" -W ignore - "$room" <<'PY'
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import vobject

MUM, NAN = "+447700900123", "+447700900456"
NOTE = "Insulin at 8, 12 and 6; carries a pen\nAfter school at Nan's: Flat 1 12 Mill Lane"
escaped = NOTE.replace(",", "\\,").replace(";", "\\;").replace("\n", "\\n")
line = f"NOTE:{escaped}"
folded = [line[:75], f" {line[75:]}"]
assert folded[0].endswith("Flat 1") and folded[1] == "  12 Mill Lane", folded


def card(number: str) -> str:
    head = ["BEGIN:VCARD", f"VERSION:{number}", "N:Okoro;Mia;;;", "FN:Mia Okoro"]
    numbers = [f"item1.TEL:{MUM}", "item1.X-ABLabel:Mum", f"item2.TEL:{NAN}", "item2.X-ABLabel:Nan"]
    return "\r\n".join([*head, *numbers, *folded, "END:VCARD", ""])


def by_npm(number: str) -> dict[str, object]:
    return json.loads(subprocess.run(["node", room / "read.cjs", card(number)], capture_output=True, text=True, check=True).stdout.splitlines()[-1])


room = Path(sys.argv[1])
seen = by_npm("3.0")
python = vobject.readOne(card("3.0"))
seen["vobject"] = [python.note.value, [each.value for each in python.contents["tel"]]]
for package, each in seen.items():
    kept = room / f"node_modules/{package}/package.json"
    print(package, json.loads(kept.read_text())["version"] if kept.exists() else version(package), each)
both = [MUM, NAN]
assert seen == {
    "vcf": [escaped, both],
    "vcard-parser": [NOTE.replace("Flat 1 12", "Flat 112"), both],
    "vcard": [escaped.split(":")[0], [MUM]],
    "vcard4": "Unsupported vCard version: 3.0",
    "ical.js": [NOTE.replace(";", "\\;"), both],
    "vobject": [NOTE, both],
}, seen
assert by_npm("4.0")["vcard4"] == [NOTE, both], by_npm("4.0")
PY
