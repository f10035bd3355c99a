"""The processing log in a Redis server, as it is read and verified; with it what was noted before it was chained."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple, cast

import msgspec
from msgspec import Struct
from redis import Redis

from bot.domain.people import Role
from bot.domain.processing import Processing, ProcessingKind
from bot.ports.damaged import DamageKind
from bot.ports.log_reader import LogFinding, LoggedLine, LogHead, LogSlice, Proof
from bot.store.keys import Keys
from bot.store.log_boxes import BEGIN, MARKED, LogBoxes
from bot.store.log_check import LogCheck
from bot.store.redis_damaged import RedisDamaged, text

_AT_ONCE = 1_000  # lines
_SAID = b"said"


class _Consultation(Struct):
    """A look, as it was noted before there was a processing log: read for ever."""

    at: datetime
    by: str
    roles: frozenset[Role]
    look: str
    ref: str = ""
    place: str = ""
    surface: str = ""
    allowed: bool = True


class _StoredChain(NamedTuple):
    end: (
        tuple[int, bytes] | None
    )  # how many lines the newest link covers, and the link; None where it is forged
    marks: dict[int, bytes]  # how many lines each link covers that is kept → the link
    lines: int


class RedisLogReader:
    def __init__(self, redis: Redis, keys: Keys, boxes: LogBoxes, damaged: RedisDamaged) -> None:
        self._redis = redis
        self._keys = keys
        self._boxes = boxes
        self._damaged = damaged
        self._turn = 0  # of the slices that are looked at one after another

    def lines(self) -> Iterator[LoggedLine]:
        yield from self._before()
        end, people = self._linked()[0], self._people()
        for number, box in self._boxed(0, self._length()):
            proof = Proof.LINKED if number <= end else Proof.SEALED
            yield LoggedLine(number=number, proof=proof, said=self._opened(number, box, people))

    def newest(self, count: int) -> list[Processing]:
        people = self._people()
        length = self._length()
        boxed = self._boxed(max(0, length - count), length)
        new = [self._opened(number, box, people) for number, box in boxed]
        old = [line.said for line in self._before()] if len(new) < count else []
        return [said for said in (*old, *new)[-count:] if said]

    def check(self) -> list[LogFinding]:
        chain = self._chain(0, -1)
        checking = LogCheck(self._boxes, chain.end, chain.marks, self._people())
        for number, box in self._boxed(0, chain.lines):
            checking.saw(number, box)
        return checking.findings(chain.lines)

    def check_some(self) -> LogSlice:
        number = self._turn
        chain = self._chain(max(0, number - 1), number)
        first, last = number * MARKED, min((number + 1) * MARKED, chain.lines)
        self._turn = number + 1 if last < chain.lines else 0
        begin = (first, chain.marks.get(first, b"")) if first else (0, BEGIN)
        checking = LogCheck(self._boxes, chain.end, chain.marks, self._people(), begin)
        for line, box in self._boxed(first, last):
            checking.saw(line, box)
        return LogSlice(number, tuple(checking.findings(chain.lines)))

    def _chain(self, first: int, last: int) -> "_StoredChain":
        """As it stands at one moment, with these of the links that are kept, counted from 0."""
        asked = self._redis.pipeline(transaction=True)
        asked.get(self._keys.log_end)
        asked.lrange(self._keys.log_marks, first, last)
        asked.llen(self._keys.log)
        stored, marks, lines = asked.execute()
        end = self._boxes.read_end(stored) if stored else (0, BEGIN)
        kept = {number * MARKED: link for number, link in enumerate(marks, start=first + 1)}
        return _StoredChain(end, kept, lines)

    def head(self) -> LogHead | None:
        lines, link = self._linked()
        return LogHead(lines, link.hex()) if lines else None

    def stood(self, lines: int) -> tuple[int, bytes]:
        """How many lines there are, and the link that covers so many of the first; none where there are fewer."""
        marked = lines // MARKED
        chain = self._chain(max(0, marked - 1), marked)
        if chain.lines < lines:
            return chain.lines, b""
        link = chain.marks.get(marked * MARKED, b"") if marked else BEGIN
        for _, box in self._boxed(marked * MARKED, lines):
            link = self._boxes.linked(link, box)
        return chain.lines, link

    def _linked(self) -> tuple[int, bytes]:
        return self._chain(0, 0).end or (0, BEGIN)

    def _length(self) -> int:
        return self._redis.llen(self._keys.log)

    def _boxed(self, first: int, length: int) -> Iterator[tuple[int, bytes]]:
        """From that many on, each with its number from 1."""
        for start in range(first, length, _AT_ONCE):
            last = min(start + _AT_ONCE, length) - 1
            some = cast(list[bytes], self._redis.lrange(self._keys.log, start, last))
            yield from enumerate(some, start=start + 1)

    def _people(self) -> Callable[[bytes], bytes | None]:
        return cast(dict[bytes, bytes], self._redis.hgetall(self._keys.log_people)).get

    def _opened(self, number: int, box: bytes, people: Callable[[bytes], bytes | None]) -> Processing | None:
        """One that cannot be read stays in the log."""
        try:
            return self._boxes.open(box, people)
        except ValueError:
            key = self._keys.log
            self._damaged.keep(DamageKind.CONSULTATION, f"{key}:{number}", key, str(number - 1), box)
            return None

    # Before there was a chain

    def _before(self) -> Iterator[LoggedLine]:
        found = cast(list[tuple[bytes, dict[bytes, bytes]]], self._redis.xrange(self._keys.consultations))
        for number, (id, fields) in enumerate(found, start=1):
            said = self._read(id, fields.get(_SAID, b""))
            yield LoggedLine(number=number, proof=Proof.BEFORE, said=said)

    def _read(self, id: bytes, stored: bytes) -> Processing | None:
        try:
            old = msgspec.json.decode(stored, type=_Consultation)
        except ValueError:
            self._damaged.keep(DamageKind.CONSULTATION, text(id), self._keys.consultations, text(id), stored)
            return None
        return Processing(
            kind=ProcessingKind.CONSULTATION,
            at=old.at,
            by=old.by,
            action=old.look,
            ref=old.ref,
            roles=old.roles,
            surface=old.surface,
            place=old.place,
            allowed=old.allowed,
        )
