#!/usr/bin/env bash
# Text services by Apprise: the URL holds the force's own number, which sends, and the number of whoever is on call.
#
# Guess, written first: where the one number on call is mistyped (four figures are left of it), the URL is refused, or notify() is false
# and nothing leaves.
# Seen: twilio://, vonage:// and sinch:// drop the number and text the force's own instead, and notify() is true: a page that reads as sent,
# to a line that nobody carries. msgbird://, plivo:// and httpsms:// send nothing and say so. (We check each number before Apprise reads it.)
set -euo pipefail
room=$(mktemp -d); trap 'rm -rf "$room"' EXIT
python3 -m venv "$room/venv"
"$room/venv/bin/pip" install -q --disable-pip-version-check apprise==2.3.0 2>/dev/null
"$room/venv/bin/python" -W ignore - 2>/dev/null <<'PY'
from importlib.metadata import version

import apprise
import requests

OURS, ON_CALL = "447700900100", "0770"
asked: list[str] = []


class Taken:
    status_code, content, text = 200, b"{}", "{}"
    headers: dict = {}

    def json(self) -> dict:
        return {}


def instead_of_the_network(*_: object, data: object = "", json: object = "", **__: object) -> Taken:
    asked.append(f"{data}{json}")
    return Taken()


requests.post = requests.get = requests.request = instead_of_the_network
URLS = {
    "twilio": f"twilio://AC{'0' * 32}:{'0' * 32}@{OURS}/{ON_CALL}",
    "vonage": f"vonage://{'a' * 8}:{'b' * 16}@{OURS}/{ON_CALL}",
    "sinch": f"sinch://{'0' * 32}:{'0' * 32}@{OURS}/{ON_CALL}",
    "msgbird": f"msgbird://{'a' * 25}/{OURS}/{ON_CALL}",
    "plivo": f"plivo://{'a' * 25}@{'b' * 40}/{OURS}/{ON_CALL}",
    "httpsms": f"httpsms://{'a' * 10}@{OURS}/{ON_CALL}",
}


def send(url: str) -> tuple[bool, int]:
    """Whether notify() is true, and how often the one request names the force's own number: as sender, and as addressee."""
    asked.clear()
    way = apprise.Apprise(asset=apprise.AppriseAsset(storage_mode=apprise.PersistentStoreMode.MEMORY))
    assert way.add(url)
    return bool(way.notify(body="HIGH MC-26-0142: acknowledge by 13:46", notify_type="failure")), "".join(asked).count(OURS)


seen = {name: send(url) for name, url in URLS.items()}
print("apprise", version("apprise"))
for name, (truth, named) in seen.items():
    print(f"{name}: notify() is {truth}; our own number in the request: {named}")
to_ourselves, to_nobody = (True, 2), (False, 0)
assert seen == dict.fromkeys(("twilio", "vonage", "sinch"), to_ourselves) | dict.fromkeys(("msgbird", "plivo", "httpsms"), to_nobody), seen
PY
