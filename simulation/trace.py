"""What happened, step by step: its sum, by which two runs of one seed are compared, and its end, for who reads it."""

from collections import Counter, deque
from hashlib import blake2b

from msgspec import Struct

KEPT = 120  # steps


class Traced(Struct, frozen=True):
    at: float  # seconds since 1970
    who: str
    what: str
    is_fault: bool = False

    def __str__(self) -> str:
        return f"{self.at % 100_000:12.3f}  {'!' if self.is_fault else ' '} {self.who:<14} {self.what}"


class Trace:
    def __init__(self, kept: int = KEPT) -> None:
        self._sum = blake2b(digest_size=8)
        self._last: deque[Traced] = deque(maxlen=kept)
        self.steps = 0
        self.faults: Counter[str] = Counter()

    def note(self, at: float, who: str, what: str) -> None:
        self.steps += 1
        self._keep(Traced(at, who, what))

    def fault(self, at: float, who: str, kind: str, about: str = "") -> None:
        self.faults[kind] += 1
        self._keep(Traced(at, who, f"{kind} {about}".rstrip(), is_fault=True))

    def _keep(self, step: Traced) -> None:
        self._sum.update(f"{step.at:.6f} {step.who} {step.what}\n".encode())
        self._last.append(step)

    @property
    def sum(self) -> str:
        return self._sum.hexdigest()

    def last(self) -> list[Traced]:
        return list(self._last)
