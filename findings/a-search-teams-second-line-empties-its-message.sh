#!/usr/bin/env bash
# Search teams write to the control room from their phones, as GeoChat in Cursor on Target; `takproto` makes the protocol's binary message of
# its XML, and `parse_proto` reads that again.
#
# Guess, written first: the words of a message arrive as they were written, on one line or on two.
# Seen: a message with a line break arrives with nothing in it: no words, no chat room, no name of who wrote; only where and when. Nothing is raised.
# In a marker, which is no chat, remarks of two lines arrive whole.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check takproto==3.0.1 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from importlib.metadata import version

from takproto import parse_proto, xml2proto

AT = "2026-03-02T21:45:00.000Z"


def arrived(uid: str, kind: str, words: str) -> str:
    xml = (
        f'<event version="2.0" uid="{uid}" type="{kind}" how="h-e" time="{AT}" start="{AT}" stale="2026-03-02T21:50:00.000Z">'
        '<point lat="51.4545" lon="-2.5879" hae="9999999.0" ce="10" le="9999999.0"/><detail>'
        '<__chat chatroom="Control" senderCallsign="TEAM-2"/>'
        f'<remarks source="TEAM-2" time="{AT}">{words}</remarks></detail></event>'
    )
    return parse_proto(bytearray(xml2proto(xml))).cotEvent.detail.xmlDetail


ONE, TWO = "Found her coat by the weir. Send the boat.", "Found her coat by the weir.\nSend the boat."
chat_of_one, chat_of_two = (arrived("GeoChat.TEAM-2.Control.1", "b-t-f", words) for words in (ONE, TWO))
marker_of_two = arrived("COAT-1", "b-m-p-s-m", TWO)
print("takproto", version("takproto"))
print("chat, one line: ", repr(chat_of_one))
print("chat, two lines:", repr(chat_of_two))
print("marker, two:    ", repr(marker_of_two))
assert ONE in chat_of_one, chat_of_one
assert chat_of_two == "", chat_of_two
assert TWO in marker_of_two, marker_of_two
PY
