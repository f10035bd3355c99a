"""What a step on a case brings with it, in the same write: who is paged, who needs no page any more, who is called
beside Slack, what is to be shown, and when the case is looked at next."""

from collections.abc import Callable
from datetime import datetime
from functools import reduce

from bot.domain import beside
from bot.domain.case import Case
from bot.domain.escalation import Watched, due_pages, repaged, wake_at, watched
from bot.domain.events import Entry, Paged
from bot.domain.fold import advance
from bot.domain.people import TIMER
from bot.domain.policy import Policy
from bot.outgoing import to_show
from bot.ports.cases import Append
from bot.ports.drafts import Saved
from bot.ports.outbox import Outgoing
from bot.ports.rosters import Directory
from bot.steps import entries_of, manned, settled


class Consequences:
    def __init__(
        self, policy: Policy, directory: Directory, *, follows_pages: bool, unheard: beside.Hearing
    ) -> None:
        """As the desk has them."""
        self._policy = policy
        self._directory = directory
        self._follows_pages = follows_pages
        self._mans = manned(directory)
        self._unheard = unheard

    def pages(self, case: Case, now: datetime) -> list[Entry]:
        """What is due at this moment, as the timer writes it."""
        return self._pages(self._watch(case), now)

    def rechecked(self, case: Case, now: datetime) -> Append:
        """What is due, and nothing else: no clock is reckoned twice for it."""
        subject = self._watch(case)
        return self.of(
            case, self._pages(subject, now), now, watch=lambda folded: repaged(subject, folded.paging)
        )

    def of(
        self,
        before: Case | None,
        entries: list[Entry],
        now: datetime,
        saved: Saved | None = None,
        also: tuple[Outgoing, ...] = (),
        watch: Callable[[Case], Watched] | None = None,
    ) -> Append:
        """The whole write, from what the step itself says. `watch`: looks at the case after these entries, where less
        than all of it has to be looked at anew."""
        folded = reduce(advance, entries, before)
        assert folded is not None, "a new case has at least its report"
        case, subject = settled(folded, entries, now, watch or self._watch, advance)
        case = self._called_beside(case, entries, now)
        return Append(
            case=case,
            entries=tuple(entries),
            expected=before.version if before else 0,
            wake_at=self._wake(case, subject, now),
            outgoing=(*to_show(before, case, tuple(entries)), *also),
            saved=saved,
        )

    def _watch(self, case: Case) -> Watched:
        return watched(case, self._policy, self._directory.is_nobody)

    def _pages(self, subject: Watched, now: datetime) -> list[Entry]:
        lines = due_pages(subject, self._policy, self._mans, now)
        paged = [Paged(lines=lines, followed=self._follows_pages)] if lines else []
        return entries_of(paged, TIMER, "timer", now)

    def _called_beside(self, case: Case, entries: list[Entry], now: datetime) -> Case:
        """What leaves another way too is decided in the write that pages it, or that finds it unanswered."""
        called = entries_of(beside.calls(case, self._policy, self._unheard, now), TIMER, "timer", now)
        entries += called
        return reduce(advance, called, case)

    def _wake(self, case: Case, subject: Watched, now: datetime) -> datetime | None:
        wakes = (wake_at(subject, self._policy, self._mans, now), beside.next_call(case, self._policy))
        return min((at for at in wakes if at), default=None)
