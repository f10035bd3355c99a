"""What happened in a replay, in the words of scenarios/README.md. It alone suffices to judge every expectation."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct


class Happened(Struct, frozen=True):
    at: float  # seconds from T
    kind: str
    told: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        at = int(self.at) if self.at.is_integer() else self.at
        return {"at": at, "kind": self.kind, **self.told}


class Timeline:
    """In order of time, as it is written."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._happened: list[Happened] = []

    def write(self, at: datetime, kind: str, **told: Any) -> None:
        self._happened.append(Happened((at - self._start).total_seconds(), kind, told))

    def of(self, kind: str) -> list[Happened]:
        return [each for each in self._happened if each.kind == kind]

    def __iter__(self) -> Iterator[Happened]:
        return iter(self._happened)

    def cases(self) -> list[str]:
        """Every case that was opened."""
        return list(dict.fromkeys(each.told["case"] for each in self.of("status")))
