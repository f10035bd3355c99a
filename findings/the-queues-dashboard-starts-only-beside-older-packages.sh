#!/usr/bin/env bash
# rq-dashboard shows RQ's queues in a browser; a force's technician installs it beside a bot that runs on RQ.
#
# Guess, written first: the newest release, installed alone into an empty environment, starts; `pip check` finds nothing lacking.
# Seen: `pip check` finds nothing lacking, and the program ends at its first import: it imports six, which it does not name among
# what it requires. It used to come along with older packages. With six installed it starts, and shows the queues of rq 3.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
pip=("$room/venv/bin/python" -m pip --disable-pip-version-check)
"${pip[@]}" install -q rq-dashboard==0.9.0 rq==3.0.0 redis==8.1.0 flask==3.1.3 2>/dev/null

checked=$("${pip[@]}" check)
alone=$("$room/venv/bin/rq-dashboard" --help 2>&1 | tail -1) || true
"${pip[@]}" install -q six==1.17.0 2>/dev/null
beside=$("$room/venv/bin/rq-dashboard" --help 2>&1 | head -1)
echo "rq-dashboard 0.9.0 · pip check: $checked · alone: $alone · beside six: $beside"
[ "$checked" = "No broken requirements found." ]
[ "$alone" = "ModuleNotFoundError: No module named 'six'" ]
[ "$beside" = "Usage: rq-dashboard [OPTIONS]" ]
