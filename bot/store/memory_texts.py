"""Texts that can be answered, in memory."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from threading import RLock

from bot.ports.texts import Pages, ReplyTurn, SentText, nth_code
from bot.time import is_ahead


class MemoryTexts:
    def __init__(self, lock: RLock) -> None:
        self._lock = lock
        self._given: dict[str, int] = defaultdict(int)
        self._codes: dict[str, dict[int, Pages]] = defaultdict(dict)
        self._sent: dict[str, SentText] = {}
        self._leases: dict[str, float | None] = {}  # None: done
        self._said: dict[tuple[str, str], float] = {}

    def code(self, person: str, pages: Pages) -> int:
        with self._lock:
            codes = self._codes[person]
            known = next((code for code, stands in codes.items() if stands == pages), None)
            if known is not None:
                return known
            self._given[person] += 1
            code = nth_code(self._given[person])
            codes[code] = pages
            return code

    def codes(self, person: str) -> Mapping[int, Pages]:
        with self._lock:
            return dict(self._codes[person])

    def sent(self, text: SentText) -> None:
        with self._lock:
            self._sent[text.receipt] = text

    def on_their_way(self) -> Sequence[SentText]:
        with self._lock:
            return list(self._sent.values())

    def settle(self, receipt: str) -> None:
        with self._lock:
            self._sent.pop(receipt, None)

    def take(self, reply: str, machine_now: float, lease: float) -> ReplyTurn:
        with self._lock:
            is_known = reply in self._leases
            held = self._leases.get(reply)
            if is_known and held is None:
                return ReplyTurn.DONE
            if held is not None and is_ahead(held, machine_now):
                return ReplyTurn.THEIRS
            self._leases[reply] = machine_now + lease
            return ReplyTurn.AGAIN if is_known else ReplyTurn.FIRST

    def done(self, reply: str) -> None:
        with self._lock:
            self._leases[reply] = None

    def said_before(self, number: str, words: str, machine_now: float, within: float) -> bool:
        at = self._said.get((number, words))
        return at is not None and abs(machine_now - at) < within

    def note_said(self, number: str, words: str, machine_now: float) -> None:
        self._said[(number, words)] = machine_now
