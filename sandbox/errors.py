"""Everything that can be refused.

SandboxError
├── ApiError       Slack answers `ok: false` with this name
├── NotPossible    Slack's own screens would not let a person do this
├── NotDelivered   the app did not take an envelope
├── BadSeed        the seed or manifest does not describe a workspace
├── NoPort         the address that was asked for cannot be had
└── Unexpected     the app posted a message that no test asked for
"""

from typing import Any

from sandbox.wire import JSON


class SandboxError(Exception):
    """Something the local workspace refuses."""


class ApiError(SandboxError):
    """A Web API call is answered `ok: false`."""

    def __init__(self, error: str, *messages: str, **more: Any) -> None:
        super().__init__(": ".join((error, "; ".join(messages))) if messages else error)
        self.error = error
        self.messages = messages
        self.more = more

    def answer(self) -> JSON:
        body: JSON = {"ok": False, "error": self.error, **self.more}
        if self.messages:
            body["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
        return body


class RateLimited(ApiError):
    """Too many calls: answered with status 429."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class NotPossible(SandboxError):
    """A person at Slack's own screens could not do this."""


class NotDelivered(SandboxError):
    """The app did not take an envelope."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class BadSeed(SandboxError):
    """The seed or the manifest does not describe a workspace."""


class NoPort(SandboxError):
    """The address that was asked for cannot be had."""


class Unexpected(SandboxError, AssertionError):
    """The app posted a message that nobody asked for."""


class StillWaiting(SandboxError, AssertionError):
    """What a test waited for did not happen in time."""
