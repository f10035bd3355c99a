#!/usr/bin/env bash
# On-call services by Apprise: Opsgenie, Jira Service Management, Splunk On-Call. Callers of notify() may leave the type out; it is "info" then.
#
# Guess, written first: the type colours the message; whatever it is, one request leaves that opens an alert, and notify() is true if it was taken.
# Seen: for opsgenie:// and jira:// a notify() without a type asks nothing of anybody and is true (it would be a note on an alert that
# was never opened); with "failure" one request opens the alert. splunk:// sends message_type INFO, which that service files in a timeline
# without calling anyone; "failure" is CRITICAL. (We send every page as "failure".)
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check apprise==2.3.0 2>/dev/null
"$room/venv/bin/python" -W ignore - 2>/dev/null <<'PY'
import json
from importlib.metadata import version

import apprise
import requests

asked: list[dict] = []


class Taken:
    status_code, content = 200, b'{"result": "success", "requestId": "1"}'
    text = content.decode()

    def json(self) -> dict:
        return json.loads(self.content)


def instead_of_the_network(url: str, *_: object, data: bytes = b"{}", **__: object) -> Taken:
    asked.append(json.loads(data))
    return Taken()


requests.post = requests.get = requests.delete = instead_of_the_network
KEY = "00000000-0000-4000-8000-000000000000"
URLS = {"opsgenie": f"opsgenie://{KEY}", "jira": f"jira://{KEY}", "splunk": f"splunk://route@{KEY}"}


def send(url: str, **given: object) -> tuple[bool, int, str]:
    asked.clear()
    way = apprise.Apprise(asset=apprise.AppriseAsset(storage_mode=apprise.PersistentStoreMode.MEMORY))
    assert way.add(url)
    truth = bool(way.notify(title="FIM: act on HIGH MC-26-0142", body="Acknowledge by 13:46.", **given))
    return truth, len(asked), asked[0].get("message_type", "") if asked else ""


seen = {name: (send(url), send(url, notify_type="failure")) for name, url in URLS.items()}
print("apprise", version("apprise"))
for name, (plain, failure) in seen.items():
    print(f"{name}: without a type (true, requests, message_type) {plain}; as failure {failure}")
assert seen == {
    "opsgenie": ((True, 0, ""), (True, 1, "")),
    "jira": ((True, 0, ""), (True, 1, "")),
    "splunk": ((True, 1, "INFO"), (True, 1, "CRITICAL")),
}, seen
PY
