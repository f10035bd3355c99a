#!/usr/bin/env bash
# Officers answer a page's e-mail from a phone; what they wrote has to be told from the quoted page below it.
#
# Guess, written first: a quoted header is known by several of its lines together (From, Sent, To, Subject), so a line of an
# officer's own that begins with "From:" is kept.
# Seen: `email_reply_parser` ends the reply at the first line that begins "From:", also where no other header follows. An
# officer's "From: her mother, she has no insulin with her" is gone, and the rest of the message with it.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check email-reply-parser==0.5.12 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from importlib.metadata import version

from email_reply_parser import EmailReplyParser

WRITTEN = "Accepted, on my way.\nFrom: her mother, she has no insulin with her\nTold the duty inspector."
kept = EmailReplyParser.parse_reply(WRITTEN)
print("email-reply-parser", version("email-reply-parser"), "keeps", repr(kept))
assert kept == "Accepted, on my way.", kept
PY
