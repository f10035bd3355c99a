#!/usr/bin/env bash
# Common Alerting Protocol 1.2 is how a Child Rescue Alert would leave for broadcasters. `capparser` reads and writes it.
#
# Guess, written first: a valid alert whose <info> has two <category> elements (the standard allows many) is read, and a
# second, plain alert after it as well; what the library writes itself carries the standard's words ("Actual", "Safety").
# Seen: the first read with two categories raises, and from then on the same process cannot read *any* alert with an
# <info>, also one that it read before: the default list of a constructor's argument has kept the first alert's words.
# And it writes <status>Status.Actual</status>, which no schema of CAP admits.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check capparser==2.0.4 2>/dev/null
"$room/venv/bin/python" - <<'PY'
from importlib.metadata import version

import capparser


def alert(*categories: str) -> str:
    words = "".join(f"<category>{each}</category>" for each in categories)
    return (
        '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>CRA-1</identifier>'
        "<sender>control@example.org</sender><sent>2026-03-02T13:45:00-00:00</sent><status>Actual</status>"
        f"<msgType>Alert</msgType><scope>Public</scope><info>{words}<event>Child Rescue Alert</event>"
        "<urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty>"
        "<area><areaDesc>Bristol</areaDesc></area></info></alert>"
    )


def read(text: str) -> str:
    try:
        return str(capparser.parse(stringXML=text).identifier[0])
    except Exception as error:
        return f"{type(error).__name__}: {error}"


written = capparser.deparse(capparser.Alert(identifier="CRA-2", sender="control@example.org")).decode()
one_before, two, one_after = read(alert("Safety")), read(alert("Safety", "Rescue")), read(alert("Safety"))
print("capparser", version("capparser"))
print("one category, read first:", one_before)
print("two categories:", two)
print("one category, read again:", one_after)
print("written:", written[written.index("<status>") : written.index("</status>")])
assert one_before == "CRA-1", one_before
assert "must be a list" in two, two
assert "must be a list" in one_after, one_after
assert "<status>Status.Actual</status>" in written, written
PY
