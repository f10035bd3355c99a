"""The record as one process has it: the stores in memory, that are held to the same contract as Redis, behind a line on
which every call may fail. What was written stays, whoever dies; what was on its way is lost.
"""

from collections.abc import Sequence
from typing import Any, cast

from bot.ports.bell import Bell
from bot.ports.cases import Append, CaseStore, DueIndex
from bot.ports.damaged import DamageStore
from bot.ports.drafts import Drafts
from bot.ports.log_reader import LogReader
from bot.ports.metrics import Metrics
from bot.ports.notes import Arrivals, Documents, Heartbeats, Requests
from bot.ports.outbox import Outbox
from bot.ports.processing_log import ProcessingLog
from bot.ports.rosters import RosterStore
from bot.ports.stores import RateLimits
from bot.ports.texts import Texts
from bot.store.memory_cases import is_appended
from simulation.network import Outside
from simulation.universe import Universe

# After these somebody may have something to do.
_STIRS = frozenset({"cases.append", "rosters.append", "due.wake", "outbox.move", "bell.ring"})


class Port:
    """Whatever is asked of `inner` is asked over the line."""

    def __init__(self, universe: Universe, outside: Outside, name: str, inner: object) -> None:
        self._universe = universe
        self._outside = outside
        self._name = name
        self._inner = inner

    def __getattr__(self, method: str) -> Any:
        ask, what = getattr(self._inner, method), f"{self._name}.{method}"
        ours, outside = self._universe, self._outside

        def called(*args: Any, **kwargs: Any) -> Any:
            def effect() -> Any:
                answer = ask(*args, **kwargs)
                ours.promises.saw(outside.life, what, args, answer)
                if what in _STIRS:
                    ours.happened()
                return answer

            return outside.record(what, effect)

        self.__dict__[method] = called
        return called


class CasesPort(Port):
    def append_each(self, steps: Sequence[Append]) -> list[bool]:
        """The server takes one after another: whoever dies, or loses it, does so between two of them, too."""
        return [is_appended(self.append, step) for step in steps]


class SimulatedStores:
    """`Stores`."""

    def __init__(self, universe: Universe, outside: Outside) -> None:
        def port(name: str) -> Any:
            return Port(universe, outside, name, getattr(universe.stores, name))

        self.cases = cast(CaseStore, CasesPort(universe, outside, "cases", universe.stores.cases))
        self.due = cast(DueIndex, port("due"))
        self.bell = cast(Bell, port("bell"))
        self.rosters = cast(RosterStore, port("rosters"))
        self.outbox = cast(Outbox, port("outbox"))
        self.metrics = cast(Metrics, port("metrics"))
        self.heartbeats = cast(Heartbeats, port("heartbeats"))
        self.requests = cast(Requests, port("requests"))
        self.arrivals = cast(Arrivals, port("arrivals"))
        self.documents = cast(Documents, port("documents"))
        self.drafts = cast(Drafts, port("drafts"))
        self.texts = cast(Texts, port("texts"))
        self.damaged = cast(DamageStore, port("damaged"))
        self.processing_log = cast(ProcessingLog, port("processing_log"))
        self.log_reader = cast(LogReader, port("log_reader"))


def rate_limits(universe: Universe, outside: Outside) -> RateLimits:
    return cast(RateLimits, Port(universe, outside, "rate_limits", universe.rate_limits))
