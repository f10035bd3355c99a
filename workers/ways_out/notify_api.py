"""GOV.UK Notify by its documented HTTP API (docs/ways-out.md says why not by its client).

Its facts, with their source, are in `sandbox/facts/govuk-notify.json`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import UUID

from msgspec import Struct

from bot.time import MachineClock

_WITHIN = 6.0  # seconds for one answer: a text that is asked for twice still ends before its ways do
_UUID = 36  # characters
LONGEST = 918  # characters of one text
_LONG_NUMBER = re.compile(r"\+?\d[\d ]{6,}")


class BadKey(ValueError):
    """Says what is wrong, never the key."""


class NotifyRefused(Exception):
    """It said no. Only `status` and `kind` are for programs; its words may change."""

    def __init__(self, status: int, kind: str, message: str) -> None:
        super().__init__(f"GOV.UK Notify: {status} {kind}, {_LONG_NUMBER.sub('…', message)[:160]}")
        self.status, self.kind = status, kind

    @property
    def is_final(self) -> bool:
        """Asking the same again changes nothing: the number, the template or the guest list is wrong."""
        return 400 <= self.status < 500 and self.status not in (403, 408, 429)


class NotifyAway(Exception):
    """No answer, or none that can be read: it may have done what it was asked."""


class ReceivedText(Struct, frozen=True):
    id: str
    number: str  # as it gives it: without a +
    content: str
    at: datetime


class NotifyApi:
    """Of one service. Everything raises NotifyRefused and NotifyAway."""

    def __init__(self, key: str, url: str, machine: MachineClock) -> None:
        """`key`: its name, the service's id and the secret, joined by hyphens. Raises BadKey."""
        self._service, self._secret = key[-2 * _UUID - 1 : -_UUID - 1], key[-_UUID:]
        self._url = url.rstrip("/")
        self._machine = machine
        try:
            UUID(self._service), UUID(self._secret)
        except ValueError:
            raise BadKey("is no key of GOV.UK Notify's: a name, then two UUIDs, joined by hyphens") from None

    def send_text(
        self, number: str, message: str, *, template: str, reference: str = "", sender: str = ""
    ) -> str:
        """Its name there, under which it says later what became of it. `number`: E.164."""
        asked = {
            "phone_number": number,
            "template_id": template,
            "personalisation": {"message": message},
            "reference": reference or None,
            "sms_sender_id": sender or None,
        }
        said = {name: value for name, value in asked.items() if value is not None}
        with _of_its_form():
            return str(self._asked("POST", "/v2/notifications/sms", said)["id"])

    def find(self, reference: str) -> str | None:
        """The newest text with this reference; None where none was taken."""
        query = urlencode({"reference": reference, "template_type": "sms"})
        with _of_its_form():
            found = self._asked("GET", f"/v2/notifications?{query}")["notifications"]
            return str(found[0]["id"]) if found else None

    def status(self, text: str) -> str | None:
        """Its own word, such as "delivered"; None where it knows of no such text."""
        try:
            with _of_its_form():
                return str(self._asked("GET", f"/v2/notifications/{text}")["status"])
        except NotifyRefused as no:
            if no.status == 404:
                return None
            raise

    def received(self) -> Iterator[list[ReceivedText]]:
        """Page by page, newest first, as far back as is asked for."""
        path = "/v2/received-text-messages"
        while page := self._page(path):
            yield page
            path = f"/v2/received-text-messages?{urlencode({'older_than': page[-1].id})}"

    def _page(self, path: str) -> list[ReceivedText]:
        with _of_its_form():
            return [
                ReceivedText(str(each["id"]), str(each["user_number"]), str(each["content"] or ""), _at(each))
                for each in self._asked("GET", path)["received_text_messages"]
            ]

    def _asked(self, method: str, path: str, said: Mapping[str, Any] | None = None) -> dict[str, Any]:
        body = None if said is None else json.dumps(said).encode()
        headers = {"Authorization": f"Bearer {self._token()}", "Content-Type": "application/json"}
        request = Request(f"{self._url}{path}", data=body, headers=headers, method=method)
        try:
            with urlopen(request, timeout=_WITHIN) as answer:  # nosec B310 # the settings take http(s) only
                return dict(json.load(answer))
        except HTTPError as refusal:
            raise _refused(refusal) from None
        except (OSError, HTTPException, ValueError) as away:
            raise NotifyAway(type(away).__name__) from None

    def _token(self) -> str:
        """Good for 30 s by its clock."""
        import jwt  # where texts are set up, and nowhere else

        claims = {"iss": self._service, "iat": int(self._machine.seconds())}
        return jwt.encode(claims, self._secret, algorithm="HS256")


@contextmanager
def _of_its_form() -> Iterator[None]:
    """What it says is not there is there or not; of an answer that says neither nothing follows."""
    try:
        yield
    except (LookupError, TypeError, ValueError, AttributeError) as no:
        raise NotifyAway(type(no).__name__) from None


def _refused(refusal: HTTPError) -> NotifyRefused:
    """A fault on the way to it may answer with a page in place of its own form."""
    try:
        said = json.load(refusal)["errors"][0]
        return NotifyRefused(refusal.code, str(said["error"]), str(said["message"]))
    except (OSError, HTTPException, ValueError, LookupError, TypeError):
        return NotifyRefused(refusal.code, "unreadable", "no reason given")


def _at(received: Mapping[str, Any]) -> datetime:
    at = datetime.fromisoformat(str(received["created_at"]))
    return at if at.tzinfo else at.replace(tzinfo=UTC)
