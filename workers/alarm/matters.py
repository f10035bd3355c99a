"""What only the technician can mend, told beside Slack: once, by one of several bots, each half hour again, and once
more when it is so no longer. `/healthz` and the log say the same."""

from collections.abc import Callable, Mapping, Sequence

import msgspec
import structlog
from msgspec import Struct

from bot.ports.damaged import read
from bot.ports.errors import StoreUnavailable
from bot.ports.stores import Stores
from bot.time import MachineClock, has_passed, is_ahead
from workers.periodic import Failing
from workers.ways_out.ways import TECHNICIAN, Sent

log = structlog.get_logger()

_AGAIN = 60.0  # machine seconds after which a call is made again that no way took, or whose maker died
_SETTLED = 60.0  # machine seconds without it, before it is said to be over: it may come and go


class Matter(Struct, frozen=True, kw_only=True):
    says: str  # what is wrong, and what to do
    over: str = ""  # what is said once it is so no longer; "" where nothing is
    lasts: bool = True  # said again each half hour; else only where it says something new
    of: str = ""  # the machine or process that alone can say that it is over; "" where any bot can
    openly: str = ""  # the same for who may read no reference; "" where it holds none


Found = Mapping[str, Matter | None]
"""Name of each matter → what stands. None: nobody knows just now. What is not in it is well."""


class ToldMatter(Struct, frozen=True):
    """What the technician was last told of a matter, and when in machine seconds."""

    at: float
    says: str
    over: str
    of: str


class Matters:
    def __init__(
        self,
        sources: Sequence[Callable[[], Found]],
        stores: Stores,
        send: Callable[[str, str, str], Sent],
        machine: MachineClock,
        *,
        remind: float,
        ours: frozenset[str] = frozenset(),
        has_ended: Callable[[str], bool] = lambda _: False,
        name: str = "matters",
        logs: bool = True,
    ) -> None:
        """`send`: recipient, title, body. `remind`: machine seconds. `ours`: names of this machine and process.
        `has_ended`: of another process. `name`: under which it is kept what was told, and by whom."""
        self._sources = sources
        self._stores = stores
        self._send = send
        self._machine = machine
        self._remind = remind
        self._ours = ours | {""}
        self._has_ended = has_ended
        self._name = name
        self._logs = logs
        self._record = Failing("telling the technician")
        self._looks = [Failing(f"a look for {name}") for _ in sources]
        self._found: list[Found] = [{} for _ in sources]
        self._not_before: dict[str, float] = {}
        self._gone: dict[str, float] = {}
        self._theirs: dict[
            str, tuple[int, float]
        ] = {}  # claims of others: how many have died of it, and since when

    @property
    def standing(self) -> tuple[str, ...]:
        """Sentences, as of the last look, without any reference."""
        told = (matter for found in self._found for matter in found.values() if matter)
        return tuple(dict.fromkeys(matter.openly or matter.says for matter in told))

    def look(self) -> None:
        """Each second. With the record away nobody is told: the alarm says that it is."""
        before = self._known
        self._found = [self._asked(number) for number in range(len(self._sources))]
        if self._logs:
            _log(before, self._known)
        try:
            self._tell()
            self._record.worked()
        except StoreUnavailable as away:
            self._record.failed(away)

    @property
    def _known(self) -> dict[str, Matter | None]:
        return {name: matter for found in self._found for name, matter in found.items()}

    def _asked(self, number: int) -> Found:
        """Where the record does not answer, or the look fails, what was last known: the others are told."""
        try:
            found = self._sources[number]()
            self._looks[number].worked()
        except StoreUnavailable:
            return self._found[number]
        except Exception as error:  # noqa: BLE001 - see above
            self._looks[number].failed(error)
            return self._found[number]
        return found

    def _tell(self) -> None:
        known, told, now = self._known, self._read(), self._machine.seconds()
        self._forget_what_is_past(now)
        for name, matter in known.items():
            self._gone.pop(name, None)
            if matter and self._is_due(matter, told.get(name), now):
                self._say(name, matter, told.get(name), now)
        for name in told.keys() - known.keys():
            if over := self._over(told[name]):
                self._end_settled(name, told[name], now, *over)

    def _forget_what_is_past(self, now: float) -> None:
        """Each telling has a claim of its own."""
        self._not_before = {claim: at for claim, at in self._not_before.items() if is_ahead(at, now)}
        self._theirs = {
            claim: since for claim, since in self._theirs.items() if not has_passed(2 * _AGAIN, since[1], now)
        }

    def _is_due(self, matter: Matter, told: ToldMatter | None, now: float) -> bool:
        if told is None:
            return True
        return (matter.lasts or matter.says != told.says) and abs(now - told.at) >= self._remind

    def _say(self, name: str, matter: Matter, told: ToldMatter | None, now: float) -> None:
        claim = f"{self._name}:{name}:{told.at}" if told else self._first_claim(name, now)
        if self._sent(claim, "missing-bot: please mend", matter.says, now):
            self._write(name, ToldMatter(now, matter.says, matter.over, matter.of))

    def _over(self, told: ToldMatter) -> tuple[str, str] | None:
        """Title and words; None where somebody else has to say it."""
        if told.of in self._ours:
            return "missing-bot: mended", told.over
        if self._has_ended(told.of):
            return "missing-bot: ended", f"The bot {told.of} has ended. Told of it last: {told.says}"
        return None

    def _end_settled(self, name: str, told: ToldMatter, now: float, title: str, said: str) -> None:
        if is_ahead(self._gone.setdefault(name, now) + _SETTLED, now):
            return
        if self._sent(f"{self._name}:{name}:{told.at}:over", title, said, now):
            self._stores.requests.forget(self._first_claim(name, told.at))
            self._write(name, None)

    def _first_claim(self, name: str, at: float) -> str:
        """Another after a while: who claimed it may have died."""
        return f"{self._name}:{name}:new:{int(at // self._remind)}"

    def _sent(self, claim: str, title: str, said: str, now: float) -> bool:
        """Whether we are the one who has told it: by none of several bots twice, again where no way took it."""
        if is_ahead(self._not_before.get(claim, 0.0), now):
            return False
        if not self._is_ours(claim, now):
            return False
        sent = self._send(TECHNICIAN, title, said) if said else Sent()
        if sent.failed and not sent.taken:
            self._not_before[claim] = now + _AGAIN
            self._stores.requests.forget(self._standing_in(claim))
            return False
        self._theirs.pop(claim, None)
        return True

    def _is_ours(self, claim: str, now: float) -> bool:
        """Who had it and has not told it in a minute has died: then the next one may."""
        died, since = self._theirs.get(claim, (0, now))
        if has_passed(_AGAIN, since, now):
            died, since = died + 1, now
        self._theirs[claim] = died, since
        return not self._stores.requests.seen_before(self._standing_in(claim), int(now * 1000))

    def _standing_in(self, claim: str) -> str:
        died, _ = self._theirs.get(claim, (0, 0.0))
        return f"{claim}:{died}" if died else claim

    def _read(self) -> dict[str, ToldMatter]:
        return read(self._stores.documents, self._name, dict[str, ToldMatter]) or {}

    def _write(self, name: str, told: ToldMatter | None) -> None:
        kept = self._read()
        kept.pop(name, None)
        self._gone.pop(name, None)
        if told is not None:
            kept[name] = told
        self._stores.documents.put(self._name, msgspec.json.encode(kept))


def _log(before: Mapping[str, Matter | None], now: Mapping[str, Matter | None]) -> None:
    for name in now.keys() | before.keys():
        stands, stood = now.get(name), before.get(name)
        if stands and not stood:
            log.error(stands.says)
        if stood and name not in now and stood.over:
            log.warning(stood.over)
