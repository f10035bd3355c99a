#!/usr/bin/env bash
# A screen shows which Child Rescue Alerts are in force: an alert, an update that names it, a cancellation that names both, as Common Alerting
# Protocol 1.2 has them. `cap-tools` has `AlertState`, which takes each message as it comes.
#
# Guess, written first: after the cancellation no alert is left, and nothing raises; nor does the update of an alert that was never seen.
# Seen: the cancellation itself is listed as an alert, also where it names but one. Where it names both, it raises KeyError at the first, which
# the update had removed, and the update stays in force beside it. A screen that was started after the alert fails at its first update too.
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check cap-tools==3.1.1 xsdata==24.12 2>/dev/null
"$room/venv/bin/python" -W ignore - <<'PY'
from importlib.metadata import version

from cap_tools import AlertState
from cap_tools.models import Alert
from xsdata.formats.dataclass.parsers import XmlParser

SENDER, HOURS = "control@example.org", {"CRA-1": 13, "CRA-2": 14, "CRA-3": 15}


def message(number: str, kind: str, *named: str) -> Alert:
    def sent(which: str) -> str:
        return f"2026-07-02T{HOURS[which]}:45:00+01:00"

    earlier = " ".join(f"{SENDER},{each},{sent(each)}" for each in named)
    return XmlParser().from_string(
        f'<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{number}</identifier><sender>{SENDER}</sender>'
        f"<sent>{sent(number)}</sent><status>Actual</status><msgType>{kind}</msgType><scope>Public</scope>"
        + (f"<references>{earlier}</references>" if named else "")
        + "<info><category>Safety</category><event>Child Rescue Alert</event><urgency>Immediate</urgency><severity>Severe</severity>"
        "<certainty>Observed</certainty><area><areaDesc>Bristol</areaDesc></area></info></alert>",
        Alert,
    )


def in_force(*messages: Alert) -> tuple[list[str], str]:
    """What is listed after all of them, and what the last of them raised."""
    state, raised = AlertState(), ""
    for each in messages:
        try:
            state.ingest(each)
        except Exception as error:
            raised = type(error).__name__
    return [f"{each.msg_type.value} {each.identifier}" for each in state.alerts], raised


first, update = message("CRA-1", "Alert"), message("CRA-2", "Update", "CRA-1")
seen = {
    "alert, update": in_force(first, update),
    "alert, cancellation of it": in_force(first, message("CRA-3", "Cancel", "CRA-1")),
    "alert, update, cancellation of both": in_force(first, update, message("CRA-3", "Cancel", "CRA-1", "CRA-2")),
    "update alone": in_force(update),
}
print("cap-tools", version("cap-tools"), "· xsdata", version("xsdata"))
for what, (listed, raised) in seen.items():
    print(f"{what}: in force {listed}, raised {raised or 'nothing'}")
assert seen == {
    "alert, update": (["Update CRA-2"], ""),
    "alert, cancellation of it": (["Cancel CRA-3"], ""),
    "alert, update, cancellation of both": (["Update CRA-2", "Cancel CRA-3"], "KeyError"),
    "update alone": (["Update CRA-2"], "KeyError"),
}, seen
PY
