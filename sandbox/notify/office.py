"""What the service holds: texts that were sent, replies that came, and the faults that are switched on."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from msgspec import Struct, field

JSON = dict[str, Any]
FACTS: JSON = json.loads((Path(__file__).parents[1] / "facts" / "govuk-notify.json").read_text())
PAGE = int(FACTS["received"]["page"])
LONGEST = int(FACTS["send_text"]["longest_characters"])
CLOCK_WITHIN = int(FACTS["authorization"]["clock_within_seconds"])
_NUMBERS = FACTS["numbers"]


class Refusal(Exception):
    """As the service words it: a status, a kind and a sentence."""

    def __init__(self, status: int, kind: str, message: str) -> None:
        super().__init__(message)
        self.status, self.kind = status, kind

    def answer(self) -> JSON:
        return {"status_code": self.status, "errors": [{"error": self.kind, "message": str(self)}]}


class Text(Struct, kw_only=True):
    id: str
    number: str  # as it was asked for
    body: str
    reference: str | None
    status: str = "created"
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def described(self) -> JSON:
        return {
            "id": self.id,
            "reference": self.reference,
            "phone_number": self.number,
            "type": "sms",
            "status": self.status,
            "body": self.body,
            "created_at": self.at.isoformat(),
        }

    def shown(self) -> JSON:
        return {"body": self.body, "status": self.status, "theirs": False}


class Reply(Struct, frozen=True, kw_only=True):
    id: str
    number: str
    content: str
    at: datetime

    def described(self) -> JSON:
        return {
            "id": self.id,
            "user_number": self.number.lstrip("+"),
            "notify_number": "447700900800",
            "created_at": self.at.isoformat(),
            "service_id": SERVICE,
            "content": self.content,
        }

    def shown(self) -> JSON:
        return {"body": self.content, "status": "", "theirs": True}


class Fault(Struct, kw_only=True):
    status: int  # 0: the answer never comes, though the text was taken
    times: int
    kind: str = "Exception"
    message: str = "Internal server error"
    path: str = ""  # what the path begins with


SERVICE = "c8b8c6d2-0f4b-4c3d-9f6e-2d8b6a1f0a11"
SECRET = "5d0cf0f7-4f7e-4a7c-8f6c-3f2b7b0c9d22"  # nosec B105 # of the local stage, and of nothing else
API_KEY = f"local-{SERVICE}-{SECRET}"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"


class Office:
    """Its one template is ((message)) alone."""

    def __init__(self, names: Mapping[str, str] | None = None) -> None:
        """`names`: of whose phone it is, by number (E.164)."""
        self.names = dict(names or {})
        self.texts: dict[str, Text] = {}
        self.replies: list[Reply] = []
        self.faults: list[Fault] = []
        self.guests: set[str] | None = None  # numbers that may be written to; None: anybody's
        self.delivers = True
        self.asked: list[str] = []  # every request, "GET /v2/…"

    def fault(self, path: str) -> Fault | None:
        for fault in self.faults:
            if path.startswith(fault.path) and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    def send(self, asked: JSON) -> Text:
        """Raises Refusal."""
        number = self._number(str(asked.get("phone_number", "")))
        if asked.get("template_id") != TEMPLATE:
            raise Refusal(400, "BadRequestError", "Template not found")
        message = (asked.get("personalisation") or {}).get("message")
        if message is None:
            raise Refusal(400, "BadRequestError", "Missing personalisation: message")
        if len(message) > LONGEST:
            raise Refusal(400, "BadRequestError", f"Text messages cannot be longer than {LONGEST} characters")
        text = Text(id=str(uuid4()), number=number, body=str(message), reference=asked.get("reference"))
        if f"0{number[3:]}" not in _NUMBERS["smoke_test"]:
            self.texts[text.id] = text
        text.status = self._fate(number)
        return text

    def _number(self, number: str) -> str:
        digits = number.lstrip("+").replace(" ", "")
        if not digits.isdigit():
            raise Refusal(400, "ValidationError", "phone_number Must not contain letters or symbols")
        whole = f"+44{digits[1:]}" if digits.startswith("0") else f"+{digits}"
        if not whole.startswith("+447") or len(whole) != 13:
            raise Refusal(400, "ValidationError", "phone_number Not a UK mobile number")
        if self.guests is not None and whole not in self.guests:
            raise Refusal(400, "BadRequestError", "Can't send to this recipient using a team-only API key")
        return whole

    def _fate(self, number: str) -> str:
        for status in ("permanent", "temporary"):
            if number == f"+44{_NUMBERS[f'{status}_failure'][1:]}":
                return f"{status}-failure"
        return "delivered" if self.delivers else "sending"

    def text(self, id: str) -> Text:
        """Raises Refusal."""
        if id not in self.texts:
            raise Refusal(404, "NoResultFound", "No result found")
        return self.texts[id]

    def find(self, reference: str | None) -> Iterator[Text]:
        """Newest first."""
        for text in reversed(list(self.texts.values())):
            if reference is None or text.reference == reference:
                yield text

    def reply(self, number: str, content: str, at: datetime | None = None) -> Reply:
        reply = Reply(id=str(uuid4()), number=number, content=content, at=at or datetime.now(UTC))
        self.replies.append(reply)
        return reply

    def phones(self) -> list[JSON]:
        """Each with its messages, oldest first."""
        replied = {reply.number for reply in self.replies}
        numbers = dict.fromkeys(
            [*self.names, *(text.number for text in self.texts.values()), *sorted(replied)]
        )
        return [
            {"number": number, "name": self.names.get(number, ""), "messages": self._messages(number)}
            for number in numbers
        ]

    def _messages(self, number: str) -> list[JSON]:
        came = [(text.at, text.shown()) for text in self.texts.values() if text.number == number]
        went = [(reply.at, reply.shown()) for reply in self.replies if reply.number == number]
        return [message for _, message in sorted([*came, *went], key=lambda each: each[0])]

    def page(self, older_than: str | None) -> list[Reply]:
        """Newest first, as many as one page holds."""
        newest = sorted(self.replies, key=lambda reply: reply.at, reverse=True)
        ids = [reply.id for reply in newest]
        begin = ids.index(older_than) + 1 if older_than in ids else 0
        return newest[begin : begin + PAGE]
