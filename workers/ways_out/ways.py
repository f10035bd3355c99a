"""The other ways out: who is written to beside Slack, by what, and what came of it."""

from collections.abc import Callable, Container, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait

import structlog
from msgspec import Struct

from bot.domain.people import Role
from bot.ports.ways_tried import Way, WayAnswer
from workers.periodic import told
from workers.ways_out.apprise_channel import channels
from workers.ways_out.channel import Attempt, BadWay, Channel, Letter

log = structlog.get_logger()

_DEADLINE = 20.0  # machine seconds for all ways at once; a job of RQ's may run for 30
_LATE = Attempt(answer=WayAnswer.SILENT, said="no answer in time")
_FAILED = Attempt(answer=WayAnswer.SILENT, said="it could not be asked")

Made = Callable[[str, str], Iterable[Channel]]
"""Whose way it is, for a refusal, and its URL → one channel for each address. Raises BadWay."""


class Sent(Struct, frozen=True, kw_only=True):
    """Names of ways, as the force gave them."""

    taken: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


class Ways:
    """Recipient (a role, a person, or the technician) → name of the way → how to send by it."""

    def __init__(
        self,
        given: Mapping[str, Mapping[str, str]],
        note: Callable[[Way, Attempt], None] = lambda _, __: None,
        *,
        made: Mapping[str, Made] | None = None,
    ) -> None:
        """`note` is told of each attempt. `made`: schemes that are not Apprise's. Raises BadWay."""
        self._note = note
        self._made = made or {}
        self._of = {
            recipient: {
                named: channel
                for name, url in ways.items()
                for named, channel in self._channels(recipient, name, url).items()
            }
            for recipient, ways in given.items()
        }

    def _channels(self, recipient: str, name: str, url: str) -> dict[str, Channel]:
        make = self._made.get(url.strip().partition("://")[0].lower(), channels)
        alone = list(make(f"the way {name} for {recipient}", url))
        if not alone:
            raise BadWay(f"the way {name} for {recipient} writes to nobody")
        if len(alone) == 1:
            return {name: alone[0]}
        return {f"{name} ({number} of {len(alone)})": one for number, one in enumerate(alone, 1)}

    @property
    def all(self) -> Mapping[Way, Channel]:
        return {
            Way(recipient, name): channel
            for recipient, ways in self._of.items()
            for name, channel in ways.items()
        }

    @property
    def recipients(self) -> tuple[str, ...]:
        return tuple(self._of)

    def of(self, role: Role) -> str | None:
        """Who is written to for this role: a page always has somewhere to go, where the force gave one at all."""
        return next((to for to in (role, Role.FIM, *self._of) if self._of.get(to)), None)

    def send(self, recipient: str, title: str, body: str, *, but: Container[str] = ()) -> Sent:
        """By every way that the recipient has, at once, `but` those. Never raises: what is late has failed."""
        letter = Letter(title=title, body=body)
        ways = [way for way in self.all if way.recipient == recipient and way.name not in but]
        attempts = self.deliver(dict.fromkeys(ways, letter))
        taken = tuple(way.name for way in ways if attempts[way].was_taken)
        return Sent(taken=taken, failed=tuple(way.name for way in ways if way.name not in taken))

    def deliver(self, letters: Mapping[Way, Letter]) -> dict[Way, Attempt]:
        """All at once, each by itself. Never raises."""
        if not letters:
            return {}
        known = self.all
        pool = ThreadPoolExecutor(len(letters), "way-out")
        asked = {way: pool.submit(known[way].send, letter) for way, letter in letters.items()}
        wait(asked.values(), _DEADLINE)
        pool.shutdown(wait=False, cancel_futures=True)
        attempts = {way: _attempt(way, answer) for way, answer in asked.items()}
        for way, attempt in attempts.items():
            self._note(way, attempt)
        return attempts


def _attempt(way: Way, answer: "Future[Attempt]") -> Attempt:
    if not answer.done():
        log.error("way out did not answer", recipient=way.recipient, way=way.name)
        return _LATE
    if (error := answer.exception()) is not None:
        log.error("way out failed", recipient=way.recipient, way=way.name, **told(error))
        return _FAILED
    return answer.result()
