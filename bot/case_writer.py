"""One case, or many: as it stands → what is written next → written, until nobody came in between."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import structlog
from msgspec import Struct

from bot.domain.case import Case
from bot.domain.events import Entry
from bot.ports.cases import Append, CaseStore
from bot.ports.errors import StoreUnavailable
from bot.ports.time_source import TimeSource
from bot.steps import until_written, written

log = structlog.get_logger()


class Done(Struct, frozen=True, kw_only=True):
    """The case as it stands now, and what this step added to it."""

    case: Case
    entries: tuple[Entry, ...]


Made = Callable[[Case, datetime], Append]
"""What is written next on a case, given how it stands and the time of the next entry."""


class NoSuchCase(Exception):
    """There is no case of that reference."""

    def __init__(self, ref: str):
        super().__init__(f"There is no case {ref}.")
        self.ref = ref


class CaseWriter:
    def __init__(
        self,
        cases: CaseStore,
        clock: TimeSource,
        told: Callable[[Case | None, Case, Sequence[Entry]], None],
    ) -> None:
        """`told`: of each step once it is saved, with the case before it and after; raises nothing."""
        self._cases = cases
        self._clock = clock
        self._told = told

    def stands(self, ref: str) -> tuple[Case, datetime]:
        """With the time of the next entry. Raises NoSuchCase, or Unreadable."""
        case = self._cases.load(ref)
        if case is None:
            raise NoSuchCase(ref)
        return case, self._next_entry_at(case)

    def write(self, before: Case | None, step: Append) -> Done:
        written(self._cases.append, step)
        self._told(before, step.case, step.entries)
        return Done(case=step.case, entries=step.entries)

    def until_written(self, ref: str, made: Made) -> Done:
        def step() -> Done:
            case, now = self.stands(ref)
            return self.write(case, made(case, now))

        return until_written(step, ref)

    def write_each(self, made: Mapping[str, Made]) -> frozenset[str]:
        """In two round trips: those of which it was written."""
        steps: list[tuple[Case, Append]] = []
        for case in self._cases.load_each(tuple(made)):
            try:
                steps.append((case, made[case.ref](case, self._next_entry_at(case))))
            except StoreUnavailable:
                raise
            except Exception as error:  # noqa: BLE001 - asked by itself, it says what is wrong with it
                log.debug("not decided with the others", ref=case.ref, why=type(error).__name__)
        done = self._cases.append_each([step for _, step in steps])
        taken = [each for each, is_written in zip(steps, done, strict=True) if is_written]
        for before, step in taken:
            self._told(before, step.case, step.entries)
        return frozenset(step.case.ref for _, step in taken)

    def _next_entry_at(self, case: Case) -> datetime:
        """A machine's clock may jump back; what is written next still comes after what was written last."""
        return max(self._clock.now(), case.changed_at)
