#!/usr/bin/env bash
# Has this child been missing before? Names of one child are written in more than one way, so records are searched with a package that says whether
# two names are one person's: `name-match` (npm; "Nicknames and formal names" are among what it handles) and `whoswho`.
#
# Guess, written first: Names: for a matcher of persons' names, Mohammed and Muhammad, Alfie and Alfred, Kate and Katherine, Smith-Jones and Smith may
# or may not be one; two sisters with one surname are never one person, nor are "Jane Smith" and "Jane Smithson".
# Seen: for `name-match`, as it comes, Emily and Emma Okoro are one, and so are Mia and Leo Featherstone: the longer the surname, the less the first
# name counts. Bill and William Smith are not, nor Liz and Elizabeth. For `whoswho` Ann and Anna are one, Olive and Oliver, Ali and Alisha, each
# with 100 of 100, since the one name begins as the other does. An earlier episode, with its markers, is shown for the wrong child of a family.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check whoswho==0.2.1 nameparser==1.1.3 2>/dev/null
npm install --silent --no-audit --no-fund --prefix "$room" name-match@1.0.4 >/dev/null 2>&1
cat >"$room/names.cjs" <<'JS'
const { isMatch, match } = require("name-match");
const pairs = JSON.parse(process.argv[2]);
console.log(JSON.stringify(pairs.map(([one, other]) => [isMatch(one, other), Math.round(100 * match(one, other))])));
JS
"$room/venv/bin/python" -W ignore - "$room" <<'PY'
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from whoswho import who

PAIRS = {
    ("Emily Okoro", "Emma Okoro"): ([True, 81], [False, 79]),
    ("Mia Featherstone", "Leo Featherstone"): ([True, 81], [False, 62]),
    ("Ann Okoro", "Anna Okoro"): ([True, 94], [True, 100]),
    ("Olive Hughes", "Oliver Hughes"): ([True, 95], [True, 100]),
    ("Ali Khan", "Alisha Khan"): ([True, 81], [True, 100]),
    ("Jane Smith", "Jane Smithson"): ([True, 86], [False, 86]),
    ("Bill Smith", "William Smith"): ([False, 74], [False, 83]),
    ("Liz Smith", "Elizabeth Smith"): ([False, 68], [False, 81]),
}
room = Path(sys.argv[1])
node = ["node", room / "names.cjs", json.dumps(list(PAIRS))]
by_name_match = json.loads(subprocess.run(node, capture_output=True, text=True, check=True).stdout)
by_whoswho = [[bool(who.match(*pair)), round(who.ratio(*pair))] for pair in PAIRS]
seen = dict(zip(PAIRS, zip(by_name_match, by_whoswho, strict=True), strict=True))
kept = json.loads((room / "node_modules/name-match/package.json").read_text())
print("name-match", kept["version"], "and whoswho", version("whoswho"), "with nameparser", version("nameparser"))
for (one, other), answers in seen.items():
    print(f"{one} and {other}:", *answers)
assert seen == PAIRS, seen
PY
