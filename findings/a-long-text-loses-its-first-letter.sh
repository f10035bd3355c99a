#!/usr/bin/env bash
# Officers answer a page by text, to a modem in the control room. A long text comes in parts, each with a header that says which; its reference has
# eight bits or sixteen (3GPP TS 23.040, 9.2.3.24.1 and .8). `python-gsmmodem-new` and `smspdudecoder` (PyPI), `node-pdu` (npm) read such parts.
#
# Guess, written first: SMS-DELIVER of two parts (UDH 05 00 03 ref 02 01, and the 16-bit form 06 08 04): text of each part is whole (first letter not
# lost) and total/part are right in each decoder.
# Seen: with sixteen bits `python-gsmmodem-new` drops the first letter of each part, and raises nothing: "Seen at 2145" is "een at 2145", and where
# the second part begins with a figure, 12 Mill Lane is number 2. That header fills whole letters, with no bits left to fill up, and the package takes
# a letter for the filling. Number and count of the parts are right, so that they are joined as if all was there. With eight bits it is
# right, and that is what its own modem class writes; the other two are right in both. Which of them a phone or a network takes, nobody sees.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check python-gsmmodem-new==0.13.0 smspdudecoder==2.2.0 bitstring==4.4.0 2>/dev/null
npm install --silent --no-audit --no-fund --prefix "$room" node-pdu@2.1.1 >/dev/null 2>&1
cat >"$room/read.cjs" <<'JS'
const pdu = require("node-pdu");
console.log(JSON.stringify(process.argv.slice(2).map((part) => pdu.parse(part).data.getText())));
JS
"$room/venv/bin/python" -W ignore - "$room" <<'PY'
import json
import subprocess
import sys
from importlib.metadata import version

from gsmmodem.pdu import decodeSmsPdu
from smspdudecoder.easy import read_incoming_sms

SECOND = "12 Mill Lane, she has no insulin with her"
FIRST = {size: ("Seen at 2145 by her aunt, " + "who has known her from birth and is sure of it, " * 3)[: size - 4] + " at " for size in (153, 152)}


def part(words: str, number: int, wide: bool) -> str:
    """One part of two, as a modem gives it: sender, alphabet, time, and behind the header seven bits a letter, begun on a whole seven."""
    header = bytes([6, 8, 4, 0x26, 0x42, 2, number] if wide else [5, 0, 3, 0x42, 2, number])
    septets = -(-len(header) * 8 // 7)
    bits = int.from_bytes(header, "little")
    for place, letter in enumerate(words, septets):
        bits |= ord(letter) << 7 * place
    size = septets + len(words)
    return f"00440C91447700091032000062600312540040{size:02X}" + bits.to_bytes(-(-size * 7 // 8), "little").hex().upper()


seen = {}
for bits, size in ((8, 153), (16, 152)):
    parts = [part(words, number, bits == 16) for number, words in enumerate((FIRST[size], SECOND), 1)]
    node = subprocess.run(["node", f"{sys.argv[1]}/read.cjs", *parts], capture_output=True, text=True, check=True)
    read = [decodeSmsPdu(pdu) for pdu in parts]
    assert [(each["udh"][0].number, each["udh"][0].parts, each["number"]) for each in read] == [(n, 2, "+447700900123") for n in (1, 2)], read
    by_package = {"python-gsmmodem-new": [each["text"] for each in read], "node-pdu": json.loads(node.stdout)}
    seen[bits] = by_package | {"smspdudecoder": [read_incoming_sms(pdu)["content"] for pdu in parts]}
    for package, texts in seen[bits].items():
        number = version(package) if package != "node-pdu" else "2.1.1"
        print(package, number, f"{bits} bits:", *(f"{text[:13]!r}, {len(text)} letters;" for text in texts))
        lost = int(package == "python-gsmmodem-new" and bits == 16)
        assert texts == [FIRST[size][lost:], SECOND[lost:]], texts
PY
