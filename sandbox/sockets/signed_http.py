"""Delivery to a request url, signed as Slack signs."""

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import urlencode

import aiohttp

from sandbox.clock import Clock
from sandbox.errors import NotDelivered
from sandbox.sockets.envelope import Envelope
from sandbox.state import App
from sandbox.wire import JSON, dumps

CHALLENGE = "are-you-there"


def signature(secret: str, timestamp: str, body: str) -> str:
    base = f"v0:{timestamp}:{body}".encode()
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class SignedHttp:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None

    async def verify(self, app: App, url: str, seconds: float) -> bool:
        """Slack's question to a new request url: does it answer with the challenge?"""
        body = dumps(
            {"token": app.verification_token, "challenge": "are-you-there", "type": "url_verification"}
        )
        answer = await self._post(app, url, body, "application/json", {}, seconds)
        return bool(answer == CHALLENGE or answer == {"challenge": CHALLENGE})

    async def send(self, app: App, envelope: Envelope, seconds: float) -> Any:
        url = app.url_for(envelope.kind, envelope.payload.get("command"))
        if url is None:
            raise NotDelivered("connection_failed")
        body, content_type = _body(envelope)
        return await self._post(app, url, body, content_type, _retry_headers(envelope), seconds)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    async def _post(
        self, app: App, url: str, body: str, content_type: str, headers: dict[str, str], seconds: float
    ) -> Any:
        # The receiver compares with its own clock, so the stamp is this machine's, not the workspace's.
        stamp = str(int(time.time()))
        signed = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": signature(app.signing_secret, stamp, body),
            **headers,
        }
        self._session = self._session or aiohttp.ClientSession()
        limit = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._session.post(url, data=body.encode(), headers=signed, timeout=limit) as reply:
                return _answer(reply.status, await reply.text())
        except TimeoutError as problem:
            raise NotDelivered("http_timeout") from problem
        except aiohttp.ClientError as problem:
            raise NotDelivered("connection_failed") from problem


def _body(envelope: Envelope) -> tuple[str, str]:
    if envelope.kind == "events_api":
        return dumps(envelope.payload), "application/json"
    form: JSON = (
        envelope.payload if envelope.kind == "slash_commands" else {"payload": dumps(envelope.payload)}
    )
    return urlencode(form), "application/x-www-form-urlencoded"


def _retry_headers(envelope: Envelope) -> dict[str, str]:
    if not envelope.attempt:
        return {}
    return {"X-Slack-Retry-Num": str(envelope.attempt), "X-Slack-Retry-Reason": envelope.reason}


def _answer(status: int, text: str) -> Any:
    if status != 200:
        raise NotDelivered("http_error")
    try:
        return json.loads(text) if text else None
    except ValueError:
        return text
