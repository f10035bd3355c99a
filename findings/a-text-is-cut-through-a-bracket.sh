#!/usr/bin/env bash
# A page that leaves by SMS in parts. In GSM 03.38 the signs [ ] { } ~ | ^ \ and the euro take two septets: an escape and a letter.
#
# Guess, written first: whoever cuts a long text into parts of 153 septets moves a sign that would be torn into the next part.
# Seen: `smpplib` ends one part with the bare escape and begins the next with the letter; `smsutil` moves it. A phone or gateway
# that decodes each part by itself shows "[HIGH]" as a space and "<HIGH]". (The lines that we send use no such sign.)
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check smpplib==2.2.4 smsutil==1.1.3 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from importlib.metadata import version

import smsutil
from smpplib.gsm import make_parts

text = "a" * 152 + "[HIGH] MC-26-0142 acknowledge by 13:46"
parts, _, _ = make_parts(text)
HEADER = 6  # bytes that say which part of how many
first, second = parts[0][HEADER:], parts[1][HEADER:]
lengths = [part.length for part in smsutil.split(text).parts]
print("smpplib", version("smpplib"), "ends part 1 with", first[-2:], "and begins part 2 with", second[:2])
print("smsutil", version("smsutil"), "has parts of", lengths)
assert first[-1:] == b"\x1b" and second[:1] == b"<", (first[-2:], second[:2])
assert lengths[0] == 152, lengths
PY
