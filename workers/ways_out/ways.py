"""The other ways out: who is written to beside Slack, by what, and what came of it."""

from collections.abc import Callable, Container, Iterable, Mapping
from concurrent.futures import Future, wait

import structlog
from msgspec import Struct

from bot.domain.people import Role
from bot.pools import THREADS, Pools
from bot.ports.ways_tried import Way, WayAnswer
from workers.periodic import told
from workers.ways_out.channel import Attempt, BadWay, Channel, Letter

log = structlog.get_logger()

TECHNICIAN = "technician"  # holds no role; is told what only they can mend
_DEADLINE = 20.0  # machine seconds for all ways at once; a job of RQ's may run for 30
_LATE = Attempt(answer=WayAnswer.SILENT, said="no answer in time")
_FAILED = Attempt(answer=WayAnswer.SILENT, said="it could not be asked")


def is_person(recipient: str) -> bool:
    """Neither a role, whose phone or address is passed on, nor the technician."""
    return recipient not in set(Role) and recipient != TECHNICIAN


Made = Callable[[str, str], Iterable[Channel]]
"""Whose way it is, for a refusal, and its URL → one channel for each address. Raises BadWay."""


def _by_apprise(whose: str, url: str) -> Iterable[Channel]:
    from workers.ways_out.apprise_channel import channels  # whoever has no such way does not load it

    return channels(whose, url)


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
        sent: Callable[[], str] = lambda: "",
        pools: Pools = THREADS,
    ) -> None:
        """`note` is told of each attempt. `made`: schemes that are not Apprise's. `sent` says when something is sent,
        for what does not say so itself. Raises BadWay."""
        self._note = note
        self._sent = sent
        self._pools = pools
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
        make = self._made.get(url.strip().partition("://")[0].lower(), _by_apprise)
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
    def phones(self) -> Mapping[str, str]:
        """Number (E.164) → whose it is, of those that can answer. Raises BadWay where that would not say who it was."""
        whose: dict[str, str] = {}
        for way, channel in self.all.items():
            if channel.number and is_person(way.recipient):
                holder = whose.setdefault(channel.number, way.recipient)
                if holder != way.recipient:
                    raise BadWay(
                        f"{holder} and {way.recipient} have one number: nobody could tell whose answer it is"
                    )
        return whose

    @property
    def recipients(self) -> tuple[str, ...]:
        return tuple(self._of)

    def whom(self, role: Role, holders: Callable[[Role], Iterable[str]]) -> tuple[str, ...]:
        """Who is written to for this role: whoever holds it, by ways of their own, and the role itself. A page always
        has somewhere to go, where the force gave one at all: else the FIM's, else the first that there is."""
        for each in (role, Role.FIM):
            if found := tuple(to for to in (*sorted(holders(each)), each) if self._of.get(to)):
                return found
        others = sorted((to for to in self._of if self._of[to]), key=is_person)
        return tuple(others[:1])

    def has_own(self, role: Role, holders: Callable[[Role], Iterable[str]]) -> bool:
        """Whether the role, or whoever holds it, has a way: not somebody else in its place."""
        return any(self._of.get(to) for to in (role, *holders(role)))

    def ways(self, recipients: Iterable[str]) -> tuple[Way, ...]:
        return tuple(Way(to, name) for to in recipients for name in self._of.get(to, {}))

    def send(self, recipient: str, title: str, body: str, *, but: Container[str] = ()) -> Sent:
        """By every way that the recipient has, at once, `but` those. Never raises: what is late has failed."""
        *lines, marking = body.split("\n")
        letter = Letter(title=title, body="\n".join(filter(None, [*lines, self._sent(), marking])))
        ways = [way for way in self.all if way.recipient == recipient and way.name not in but]
        attempts = self.deliver(dict.fromkeys(ways, letter))
        taken = tuple(way.name for way in ways if attempts[way].was_taken)
        return Sent(taken=taken, failed=tuple(way.name for way in ways if way.name not in taken))

    def deliver(self, letters: Mapping[Way, Letter]) -> dict[Way, Attempt]:
        """All at once, each by itself. Never raises."""
        if not letters:
            return {}
        known = self.all
        pool = self._pools(len(letters), "way-out")
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
