"""Looks at a case and writes down what became different: what a screen would show, at the instant it would."""

from datetime import datetime
from heapq import heappop, heappush

from bot.domain.case import Case
from bot.domain.clocks import Clock, State, clocks, name_and_item
from bot.domain.grading import proposal, reasons_for
from bot.domain.policy import Policy
from bot.replay.timeline import Timeline

_UNSEEN = object()


class Observer:
    def __init__(self, timeline: Timeline, policy: Policy) -> None:
        self._timeline = timeline
        self._policy = policy
        self._known: dict[tuple[str, str], object] = {}  # case and what it is about → what was last seen
        self._states: dict[str, dict[str, State]] = {}  # case → clock key → state
        self._coming: list[tuple[datetime, str]] = []  # when a running clock of which case will breach

    def next_at(self) -> datetime | None:
        """When something changes with nobody doing anything."""
        return self._coming[0][0] if self._coming else None

    def due(self, now: datetime) -> set[str]:
        """Cases to look at now, by the scenario's names."""
        names = set()
        while self._coming and self._coming[0][0] <= now:
            names.add(heappop(self._coming)[1])
        return names

    def look(self, name: str, case: Case, now: datetime) -> None:
        level, _ = proposal(case)
        reasons = list(reasons_for(case))
        self._note(name, now, "status", {"is": case.status.value})
        self._note(name, now, "proposed", {"level": level.value, "because": reasons})
        self._note(name, now, "running", {"level": case.running_grade.value})
        self._note(name, now, "owner", {"is": case.owner})
        self.look_at_clocks(name, clocks(case, self._policy), now)

    def look_at_clocks(self, name: str | None, running: list[Clock], now: datetime) -> None:
        """`name` is None for hand-overs, which are of no case."""
        before = self._states.get(name or "", {})
        after = {clock.key: clock.state(now) for clock in running}
        for key in dict.fromkeys([*after, *before]):
            state = after.get(key, State.OFF)
            if state is not before.get(key, State.OFF):
                self._write_state(name, key, state, now)
        self._states[name or ""] = after
        for clock in running:
            if clock.due and clock.due > now and after[clock.key] is State.RUNNING:
                heappush(self._coming, (clock.due, name or ""))

    def _write_state(self, name: str | None, key: str, state: State, now: datetime) -> None:
        clock, item = name_and_item(key)
        told = {"case": name, "clock": clock.value} | ({"item": item} if item else {})
        self._timeline.write(now, "clock", **told, state=state.value)

    def _note(self, name: str, now: datetime, kind: str, told: dict[str, object]) -> None:
        if self._known.get((name, kind), _UNSEEN) != told:
            self._known[name, kind] = told
            self._timeline.write(now, kind, case=name, **told)
