"""Who is asked next: rungs, which of them are manned, and where each clock stands on them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from bot.domain.case_parts import Paging
from bot.domain.events import Cleared, PageLine
from bot.domain.people import Role

# Where clocks stand on their ladders: the fold of what was paged and cleared. For cases and for hand-overs
# alike.


def after_pages(
    paging: Mapping[str, Paging], lines: Iterable[PageLine], at: datetime, page: int
) -> dict[str, Paging]:
    """`page`: number of the entry."""
    stands = dict(paging)
    for line in lines:
        stands[line.clock] = _sent(paging.get(line.clock), line, at, page)
    return stands


def after_clearing(paging: Mapping[str, Paging], event: Cleared) -> dict[str, Paging]:
    return {key: standing for key, standing in paging.items() if key not in event.clocks}


def _sent(before: Paging | None, line: PageLine, at: datetime, page: int) -> Paging:
    if before is None or before.started != line.started:
        return _first(line, at, page)
    # The rung again after a quiet time is a fresh page; the rung again unasked is a repeat, and repeats slow down.
    is_repeat = before.rung == line.rung and before.quiet_until is None
    return Paging(
        started=line.started,
        role=line.role,
        rung=line.rung,
        sent_at=at,
        repeats=before.repeats + 1 if is_repeat else 0,
        told=before.told | {line.role},
        skipped=line.skipped,
        page=page,
    )


def _first(line: PageLine, at: datetime, page: int) -> Paging:
    return Paging(
        started=line.started,
        role=line.role,
        rung=line.rung,
        sent_at=at,
        told=frozenset({line.role}),
        skipped=line.skipped,
        page=page,
    )


OnDuty = Callable[[Role], bool]  # is anybody holding this role now?
NOBODY = -1  # the rung of a page that found no rung manned


class Rung(Struct, frozen=True, kw_only=True):
    index: int
    role: Role
    skipped: tuple[Role, ...] = ()


class Ladder(Struct, frozen=True, kw_only=True):
    """One clock's ladder as it stands for one case now."""

    steps: tuple[Role, ...]
    has_owner: bool
    on_duty: OnDuty

    def role_at(self, index: int) -> Role:
        """A case that nobody owns is its supervisor's."""
        role = self.steps[index]
        return Role.SUPERVISOR if role is Role.OWNER and not self.has_owner else role

    def first(self, from_role: Role | None = None) -> Rung:
        """The first manned rung, or the first from that role on; the FIM channel (and out of band) where no rung is
        manned."""
        start = self.steps.index(from_role) if from_role in self.steps else 0
        manned = self._manned_from(start) or self._manned_from(0)
        return manned or Rung(index=NOBODY, role=Role.FIM, skipped=self.steps)

    def above(self, index: int, role: Role) -> Rung | None:
        """The next manned rung over the one paged as `role`; None on the last."""
        start = index + 1
        if self._supervisor_stood_in(index, role) and start < len(self.steps):
            start += self.steps[start] is Role.SUPERVISOR
        return self._manned_from(start)

    def same(self, index: int) -> Rung:
        """The rung again, or where it is empty by now the next manned one over it, else the last under it."""
        if index == NOBODY:
            return self.first()
        above = self._manned_from(index)
        if above:
            return above
        below = [i for i in range(index) if self._is_manned(i)]
        if not below:
            return self.first()
        return Rung(index=below[-1], role=self.role_at(below[-1]), skipped=self.steps[index:])

    def _supervisor_stood_in(self, index: int, role: Role) -> bool:
        return index >= 0 and self.steps[index] is Role.OWNER and role is Role.SUPERVISOR

    def _manned_from(self, start: int) -> Rung | None:
        for index in range(start, len(self.steps)):
            if self._is_manned(index):
                return Rung(index=index, role=self.role_at(index), skipped=self.steps[start:index])
        return None

    def _is_manned(self, index: int) -> bool:
        role = self.role_at(index)
        return role is Role.OWNER or self.on_duty(role)
