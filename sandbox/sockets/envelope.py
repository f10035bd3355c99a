"""What is sent to an app."""

from dataclasses import dataclass, replace
from typing import Any, Literal

from sandbox.wire import JSON

Kind = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True)
class Envelope:
    kind: Kind
    payload: JSON
    accepts_response: bool = False
    attempt: int = 0
    reason: str = ""

    @property
    def type(self) -> str:
        """What tells payloads apart: an event's type, an interaction's type, a command's name."""
        told = self.payload.get("event") if self.kind == "events_api" else self.payload
        of = told if isinstance(told, dict) else {}
        return str(of.get("command") or of.get("type") or "unknown")

    def again(self, attempt: int, reason: str) -> "Envelope":
        return replace(self, attempt=attempt, reason=reason)

    def frame(self, envelope_id: str) -> JSON:
        frame: dict[str, Any] = {
            "envelope_id": envelope_id,
            "payload": self.payload,
            "type": self.kind,
            "accepts_response_payload": self.accepts_response,
        }
        if self.kind == "events_api":
            frame |= {"retry_attempt": self.attempt, "retry_reason": self.reason}
        return frame
