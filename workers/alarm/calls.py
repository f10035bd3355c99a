"""The watchdog's calls beside Slack, to the FIM and to the technician, in threads: a slow mail server holds up no
banner."""

from collections.abc import Callable, Container, Iterable, Mapping
from concurrent.futures import Future
from datetime import datetime

from bot.domain.people import Role
from bot.pools import THREADS, Pools
from bot.time import is_ahead
from bot.views.blocks import MARKING
from bot.views.message import Message
from bot.views.screen import Screen
from bot.views.wording import words
from workers.ways_out.ways import TECHNICIAN, Sent, Ways, is_person

_SOONEST, _LATEST = 5.0, 60.0  # machine seconds between two tries
_GIVEN_UP = 1800.0  # machine seconds: by then it is said anew, or long over

Ask = Callable[[str, Container[str]], "Future[Sent]"]


class Calls:
    def __init__(self, ways: Ways, holders: Callable[[Role], Iterable[str]], pools: Pools = THREADS) -> None:
        self._ways = ways
        self._holders = holders
        self._pool = pools(4, "call")
        self._newest: dict[str, Future[Sent]] = {}  # of each recipient

    def make(self, message: Message, machine_now: float) -> "Call":
        """What a locked phone shows of the post, to everybody who is to know; returns at once. To one of them nothing
        is sent while what was said before is on its way: "time runs again" may not come before "time stands still"."""
        title, body = message.text.partition(". ")[0], f"{message.text}\n{MARKING}"
        recipients = dict.fromkeys((*self._ways.whom(Role.FIM, self._holders), TECHNICIAN))

        def ask(to: str, but: Container[str]) -> "Future[Sent]":
            self._newest[to] = asked = self._pool.submit(self._ways.send, to, title, body, but=but)
            return asked

        return Call({to: self._newest.get(to) for to in recipients}, ask, machine_now)


class _Ringing:
    """One recipient: each way until it has taken the message, at growing intervals. A mail server that has not heard
    of us yet puts a first mail off, and takes it some minutes later."""

    def __init__(self, to: str, after: Future[Sent] | None, ask: Ask) -> None:
        self._to = to
        self._ask = ask
        self._after = after if after is not None and not after.done() else None
        self._asked: Future[Sent] | None = None if self._after else ask(to, ())
        self._wait = _SOONEST
        self._again_at = 0.0
        self.taken: dict[str, datetime] = {}
        self.failed: tuple[str, ...] = ()

    def turn(self, machine_now: float, now: datetime) -> None:
        if self._after:
            if self._after.done():
                self._after, self._asked = None, self._ask(self._to, ())
        elif self._asked and self._asked.done():
            sent, self._asked = self._asked.result(), None
            self.taken |= dict.fromkeys(sent.taken, now)
            self.failed = sent.failed
            self._again_at, self._wait = machine_now + self._wait, min(self._wait * 2, _LATEST)
        elif self._asked is None and self.failed and not is_ahead(self._again_at, machine_now):
            self._asked = self._ask(self._to, frozenset(self.taken))


class Call:
    """One call, on its way or done."""

    def __init__(self, recipients: Mapping[str, Future[Sent] | None], ask: Ask, machine_now: float) -> None:
        """`recipients`: with what is on its way to each."""
        self._ringing = {to: _Ringing(to, after, ask) for to, after in recipients.items()}
        self._began = machine_now

    def turn(self, machine_now: float, now: datetime) -> None:
        """Each second."""
        if machine_now - self._began < _GIVEN_UP:
            for one in self._ringing.values():
                one.turn(machine_now, now)

    def outcome(self, screen: Screen) -> tuple[str, ...]:
        """A sentence for what was really sent, and one for what was not yet; none where no way is set up."""
        name = screen.directory.name
        taken: dict[str, list[str]] = {}
        for to, one in self._ringing.items():
            for way, at in one.taken.items():
                taken.setdefault(screen.time(at), []).append(f"{way} to {to_whom(to, name)}")
        failed = [f"{way} to {to_whom(to, name)}" for to, one in self._ringing.items() for way in one.failed]
        said = [f"{words.sentence(', '.join(ways))} sent {at}." for at, ways in taken.items()]
        not_sent = [f"{words.sentence(', '.join(failed))} did NOT work. Ring them."] if failed else []
        return (*said, *not_sent)


def to_whom(recipient: str, name: Callable[[str], str]) -> str:
    """A role by its name, a person by theirs, and the technician."""
    if recipient in set(Role):
        return words.ROLES[Role(recipient)]
    return name(recipient) if is_person(recipient) else recipient
