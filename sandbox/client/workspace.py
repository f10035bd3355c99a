"""The workspace, as tests and the demo hold it."""

import time
from collections.abc import Callable
from typing import Any, TypeVar

from sandbox.client.person import Person
from sandbox.client.things import AppInfo, Message, app_info, message
from sandbox.client.wires import Wires
from sandbox.errors import BadSeed, StillWaiting, Unexpected
from sandbox.wire import JSON

T = TypeVar("T")

PATIENCE = (
    60.0  # seconds: by then a busy machine has surely done what a person waits for; nobody measures with it
)


class Workspace:
    def __init__(self, address: str) -> None:
        """As it was said when it started, with its token."""
        self.address = address
        self._wires = Wires(address)
        self.url = self._wires.url
        self._claimed: set[tuple[str, str]] = set()
        self._mark = 0

    @property
    def api_url(self) -> str:
        """The `base_url` that Slack's clients are given."""
        return f"{self.url}/api/"

    @property
    def info(self) -> JSON:
        return self._wires.get("info")

    @property
    def now(self) -> float:
        return float(self.info["now"])

    def app(self, name: str | None = None) -> AppInfo:
        for raw in self.info["apps"]:
            if name in (None, raw["name"]):
                return app_info(raw)
        raise BadSeed(f"there is no app {name or ''}")

    def person(self, name: str) -> Person:
        return Person(self._wires, name)

    def group_mention(self, handle: str) -> str:
        group = next(each for each in self.info["groups"] if each["handle"] == handle)
        return f"<!subteam^{group['id']}>"

    def channel_id(self, name: str) -> str:
        return next(str(each["id"]) for each in self.info["channels"] if each["name"] == name)

    # arranging

    def seed(self, seed: JSON) -> None:
        self._wires.post("seed", seed)

    def settings(self, **changes: Any) -> None:
        self._wires.post("settings", changes)

    def advance(self, seconds: float) -> None:
        """Moves the workspace's clock on: triggers expire, retries come due, limits recover."""
        self._wires.post("clock", {"seconds": seconds})

    def deliver_over_http(self, url: str | None, app: str | None = None) -> None:
        self._wires.post("request_url", {"url": url} | ({"app": app} if app else {}))

    def deliver(self, kind: str, payload: JSON, ack_seconds: float | None = None) -> JSON:
        """Any payload, as it stands: {"acked", and "answer" or "error"}. `kind` is the envelope's; how long it is
        waited for, where that is another time than everything else's."""
        return self._wires.post("deliver", {"kind": kind, "payload": payload, "ack_seconds": ack_seconds})

    # faults

    def fault(self, kind: str, method: str = "*", **how: Any) -> str:
        return str(self._wires.post("faults", {"kind": kind, "method": method, **how})["id"])

    def clear_faults(self, fault_id: str | None = None) -> None:
        self._wires.delete("faults", **({"id": fault_id} if fault_id else {}))

    def disturb_sockets(self, how: str = "drop") -> None:
        """`drop` without a word, `close` politely, or say so first: `warning`, `refresh_requested`."""
        self._wires.post("sockets", {"do": how})

    # the log

    def calls(self, method: str | None = None) -> list[JSON]:
        return [each for each in self._wires.get("log")["calls"] if method in (None, each["method"])]

    def deliveries(self, type_: str | None = None) -> list[JSON]:
        return [each for each in self._wires.get("log")["deliveries"] if type_ in (None, each["type"])]

    @property
    def changes(self) -> list[JSON]:
        """Everything that happened, numbered."""
        return list(self._wires.get("changes")["changes"])

    @property
    def waiting(self) -> int:
        """Envelopes that no app has answered yet, and may still."""
        return int(self.info["waiting"])

    @property
    def sockets_opened(self) -> int:
        return sum(each["kind"] == "socket" for each in self.changes)

    # waiting

    def wait_for(self, probe: Callable[[], T], what: str, within: float = PATIENCE) -> T:
        """The probe's first true answer. Looks again whenever something changes; never sleeps."""
        deadline = time.monotonic() + within
        while True:
            seen = self._wires.get("changes", since=10**9)["last"]
            found = probe()
            if found:
                return found
            left = deadline - time.monotonic()
            if left <= 0:
                raise StillWaiting(f"waited {within:g} s for {what}; last answer: {found!r}")
            self._wires.get("changes", since=seen, seconds=min(left, 0.5))

    def wait_for_app(self, sockets: int = 1, within: float = PATIENCE) -> None:
        self.wait_for(
            lambda: sum(each["sockets"] for each in self.info["apps"]) >= sockets,
            f"{sockets} socket(s)",
            within,
        )

    # messages that tests expect

    def posts(self) -> list[Message]:
        """Every message that apps posted since the last mark."""
        return [message(raw) for raw in self._wires.get("posts")["posts"]][self._mark :]

    def mark(self) -> None:
        """Forgets what was posted so far."""
        self._mark += len(self.posts())

    def expect(
        self, words: str, channel: str | None = None, *, to: str | None = None, within: float = PATIENCE
    ) -> Message:
        """Waits for a message that says so, and claims it."""
        place = self.channel_id(channel) if channel else None
        reader = self.person(to).id if to else None

        def probe() -> Message | None:
            fits = (each for each in self.unexpected() if each.says(words))
            here = (each for each in fits if place in (None, each.channel))
            return next((each for each in here if reader in (None, each.seen_by)), None)

        found = self.wait_for(probe, f"a message saying {words!r}", within)
        assert found is not None
        self._claimed.add((found.channel, found.ts))
        return found

    def claim(self, *messages: Message) -> None:
        self._claimed |= {(each.channel, each.ts) for each in messages}

    def unexpected(self) -> list[Message]:
        """What apps posted since the last mark and nobody claimed."""
        return [each for each in self.posts() if (each.channel, each.ts) not in self._claimed]

    def expect_nothing_more(self) -> None:
        """Fails when an app posted what nobody claimed."""
        if rest := self.unexpected():
            raise Unexpected("nobody expected: " + "; ".join(f"{each.text!r}" for each in rest))
