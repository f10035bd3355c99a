"""How one process reaches what is outside of it: the record and Slack. Here it may die, stand still, wait, and hear
nothing of what was done all the same."""

import json
from collections.abc import Callable
from email.utils import formatdate
from typing import Any, TypeVar
from urllib.error import URLError
from urllib.parse import parse_qsl

from bot.ports.errors import StoreUnavailable
from bot.slack.slack_client import Client
from simulation.asked import Request
from simulation.schedule import Life
from simulation.slack import JSON, Refusal
from simulation.universe import Host, Universe

T = TypeVar("T")

_STOPPED = (4.0, 15.0, 70.0)  # seconds
_TIME_OUT = 5.0  # seconds, as of our clients
_FOR_NOW = ("internal_error", "fatal_error", "service_unavailable", "request_timeout")
_THIS = ("invalid_blocks", "msg_too_long", "a_word_that_nobody_knows")
_POSTS = frozenset({"chat.postMessage", "chat.update"})
_HIDDEN = (5.0, 30.0, 200.0)  # seconds
_LATE = (0.1, 3.0, 10.0, 20.0)  # seconds after nobody waits any more
HTML = "<html><body>Slack is having trouble</body></html>"


class Outside:
    """Of one process."""

    def __init__(self, universe: Universe, host: Host, life: Life) -> None:
        self._universe = universe
        self._host = host
        self.life = life

    def record(self, what: str, effect: Callable[[], T]) -> T:
        """Raises StoreUnavailable, and Killed."""
        ours = self._universe
        ours.gives_way(self.life, "dies before", what)
        if ours.is_record_away or ours.strikes(self.life, "record refuses", what):
            raise self._unavailable("away")
        found = effect()
        ours.noticed(self.life, what)
        ours.gives_way(self.life, "dies after", what)
        if ours.strikes(self.life, "record loses the answer", what):
            raise self._unavailable("lost")
        return found

    def _unavailable(self, kind: str) -> StoreUnavailable:
        request = self._universe.schedule.running.request
        if isinstance(request, Request):
            request.failed = True
        return StoreUnavailable(kind, perhaps=kind == "lost")

    def slack(self, method: str, asked: JSON) -> "Answered":
        """Raises what a connection raises, and Killed."""
        ours = self._universe
        ours.gives_way(self.life, "dies before", method)
        ours.schedule.sleep(ours.chance.choice((0.0, 0.02, 0.2)))
        answered = self._answered(method, asked)
        ours.gives_way(self.life, "dies after", method)
        return answered

    def _answered(self, method: str, asked: JSON) -> "Answered":
        ours = self._universe
        kind = ours.slack_fault or next(
            (kind for kind in _BEFORE if ours.strikes(self.life, kind, method)), ""
        )
        match kind:
            case "limited":
                return self._said(429, {"ok": False, "error": "ratelimited"}, retry=ours.retry_after())
            case "500":
                return self._said(500, {})
            case "html":
                return Answered(ours.chance.choice((200, 502)), HTML, self._headers())
            case "no answer":
                return self._nothing()
            case "refuses for now":
                return self._said(200, {"ok": False, "error": ours.chance.choice(_FOR_NOW)})
        if method in _POSTS and ours.strikes(self.life, "refuses this", method):
            return self._said(200, {"ok": False, "error": ours.chance.choice(_THIS)})
        if method in _POSTS and ours.strikes(self.life, "taken late", method):
            self._arrives_late(method, asked)
            return self._nothing()
        said = self._taken(method, asked)
        for kind in _AFTER if said["ok"] else ():
            if ours.strikes(self.life, kind, method):
                return self._lost(kind)
        return self._said(200, said)

    def _arrives_late(self, method: str, asked: JSON) -> None:
        """It is on its way for longer than anybody waits for an answer."""
        ours, sent = self._universe, self._universe.schedule.running

        def arrives() -> None:
            ours.on_their_way -= 1
            self._taken(method, asked)

        ours.on_their_way += 1
        after = _TIME_OUT + ours.chance.choice(_LATE)
        late = ours.schedule.spawn(ours.fate, "late", arrives, after)
        late.readings, late.sending, late.looked_at = sent.readings.copy(), sent.sending, sent.looked_at

    def _taken(self, method: str, asked: JSON) -> JSON:
        """Slack has it, whatever is heard of that. What it says."""
        ours = self._universe
        try:
            said = ours.slack.call(method, asked)
        except Refusal as no:
            ours.trace.note(ours.schedule.now, self.life.name, f"{method}: {no.code}")
            return {"ok": False, "error": no.code}
        ours.trace.note(ours.schedule.now, self.life.name, f"{method} {asked.get('channel', '')}")
        if method == "chat.postMessage" and ours.strikes(self.life, "hides the post", str(said["ts"])):
            ours.hide(said, ours.chance.choice(_HIDDEN))
        ours.promises.slack_took(method, asked, said)
        return said

    def _lost(self, kind: str) -> "Answered":
        match kind:
            case "500, taken":
                return self._said(500, {})
            case "html, taken":
                return Answered(200, HTML, self._headers())
            case _:
                return self._nothing()

    def _nothing(self) -> "Answered":
        self._universe.schedule.sleep(_TIME_OUT)
        raise URLError(TimeoutError("timed out"))

    def _said(self, status: int, body: JSON, *, retry: str = "") -> "Answered":
        return Answered(status, json.dumps(body), self._headers() | ({"Retry-After": retry} if retry else {}))

    def _headers(self) -> dict[str, str]:
        return {"Date": formatdate(self._universe.schedule.now, usegmt=True)}


_BEFORE = ("limited", "500", "html", "no answer", "refuses for now")
_AFTER = ("500, taken", "html, taken", "no answer, taken")


class Answered:
    def __init__(self, status: int, body: str, headers: dict[str, str]) -> None:
        self.status = status
        self.body = body
        self.headers = headers


class SimulatedClient(Client):
    """Slack's own client down to its line: what it reads out of an answer, and what it raises, is its own."""

    def __init__(self, outside: Outside, host: Host) -> None:
        super().__init__(token="xoxb-simulated", retry_handlers=[])  # nosec B106 # nobody's
        self.machine = host
        self._outside = outside

    def _perform_urllib_http_request(self, *, url: str, args: dict[str, dict[str, Any]]) -> dict[str, Any]:
        method = url.partition("?")[0].rpartition("/")[2]
        asked = _asked(url, args)
        answered = self._outside.slack(method, asked)
        return {"status": answered.status, "headers": answered.headers, "body": answered.body}


def _asked(url: str, args: dict[str, dict[str, Any]]) -> JSON:
    """However it was sent."""
    typed = {key: _read(value) for key, value in (args["params"] or {}).items()}
    return {**dict(parse_qsl(url.partition("?")[2])), **typed, **(args["json"] or {})}


def _read(value: Any) -> Any:
    """What slack_sdk encodes in a form."""
    return json.loads(value) if isinstance(value, str) and value[:1] in "[{" else value
