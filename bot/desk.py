"""The one way in: load → door → append. For every command, from Slack, the timer, a replay and the terminal."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import reduce

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.commands import Command, Report
from bot.domain.door import Recalled, Room, decide, report
from bot.domain.escalation import Watched, due_pages, wake_at, watched
from bot.domain.events import AnyEvent, Delivered, Entry, Paged, SlackSilent, WentOut
from bot.domain.facts import Episode
from bot.domain.fold import advance
from bot.domain.people import TIMER, Actor
from bot.domain.policy import Policy
from bot.domain.refusals import Because, Refused
from bot.outgoing import to_show
from bot.ports import Append, CaseStore, Clock, Conflict, Directory, DuplicateIncident, Unreadable
from bot.steps import manned, settled, until_written


class Done(Struct, frozen=True, kw_only=True):
    """The case as it stands now, and what this step added to it."""

    case: Case
    entries: tuple[Entry, ...]


Remark = Delivered | SlackSilent | WentOut


def is_remarked(said: Remark, entries: Iterable[Entry]) -> bool:
    """Whether it need not be said of that page any more: once it arrived, nobody says that it did not."""
    about = (entry.event for entry in entries if isinstance(entry.event, Remark))
    return any(_settles(event, said) for event in about if (event.page, event.role) == (said.page, said.role))


def _settles(event: Remark, said: Remark) -> bool:
    if isinstance(said, SlackSilent):
        return not isinstance(event, SlackSilent) or bool(event.why) or not said.why
    return isinstance(event, type(said))


def _is_first(said: Remark, case: Case) -> bool:
    """That a page arrived, of which the case knows nothing yet: its entries need not be read."""
    page = case.pages.get(said.role) if said.role else None
    is_the_newest = page is not None and page.number == said.page
    return isinstance(said, Delivered) and is_the_newest and page is not None and page.taken_at is None


class NoSuchCase(Exception):
    """There is no case of that reference."""

    def __init__(self, ref: str):
        super().__init__(f"There is no case {ref}.")
        self.ref = ref


class Desk:
    """Decides and writes. What is to be shown leaves in the same write, so neither can be without the other."""

    def __init__(
        self,
        cases: CaseStore,
        policy: Policy,
        clock: Clock,
        directory: Directory,
        *,
        follows_pages: bool = True,
    ) -> None:
        """`follows_pages`: a page counts as one once somebody has said that it arrived; in a replay it does at once."""
        self._cases = cases
        self._follows_pages = follows_pages
        self._policy = policy
        self._clock = clock
        self._directory = directory
        self._mans = manned(directory)

    def report(self, command: Report, actor: Actor, surface: str) -> Done:
        """Opens a case. Raises Refused."""
        now = self._clock.now()
        room = self._room(actor, now)
        events = report(command, lambda: self._cases.new_ref(now.year), room)
        try:
            return self._write(None, events, actor, surface, now)
        except DuplicateIncident as taken:
            raise Refused(Because.ALREADY_DONE, field="incident", case=taken.ref) from taken
        except Conflict as lost:
            raise RuntimeError("The new reference was already in use.") from lost

    def handle(self, ref: str, command: Command, actor: Actor, surface: str) -> Done:
        """One step on a case. Raises Refused, NoSuchCase, or Unreadable."""

        def decided(case: Case, now: datetime) -> list[AnyEvent]:
            return decide(command, case, self._room(actor, now, but=case.ref))

        return self._on(ref, decided, actor, surface)

    def recheck(self, ref: str) -> Done:
        """What the timer asks: what is due now? Pages it; adds nothing where nothing is due."""

        def decided(case: Case, now: datetime) -> list[AnyEvent]:
            lines = due_pages(watched(case, self._policy), self._policy, self._mans, now)
            return [Paged(lines=lines, followed=self._follows_pages)] if lines else []

        return self._on(ref, decided, TIMER, "timer")

    def remark(self, ref: str, said: Remark) -> Done:
        """What the engine notes about a page on its way: once for each page and role, whoever notices it."""

        def decided(case: Case, _: datetime) -> list[AnyEvent]:
            is_news = _is_first(said, case) or not is_remarked(said, self._cases.entries(ref))
            return [said] if is_news else []

        return self._on(ref, decided, TIMER, "timer")

    def _on(
        self,
        ref: str,
        decided: Callable[[Case, datetime], list[AnyEvent]],
        actor: Actor,
        surface: str,
    ) -> Done:
        def step() -> Done:
            case = self._cases.load(ref)
            if case is None:
                raise NoSuchCase(ref)
            # A machine's clock may jump back; what is written next still comes after what was written last.
            now = max(self._clock.now(), case.changed_at)
            return self._write(case, decided(case, now), actor, surface, now)

        return until_written(step, ref)

    def _write(
        self, before: Case | None, events: list[AnyEvent], actor: Actor, surface: str, now: datetime
    ) -> Done:
        entries = [
            Entry(at=now, by=actor.id, roles=actor.roles, surface=surface, event=event) for event in events
        ]
        folded = reduce(advance, entries, before)
        assert folded is not None, "a new case has at least its report"
        case, subject = settled(folded, entries, now, self._watch, advance)
        self._cases.append(
            Append(
                case=case,
                entries=tuple(entries),
                expected=before.version if before else 0,
                wake_at=self._wake(subject, now),
                outgoing=to_show(before, case, tuple(entries)),
            )
        )
        return Done(case=case, entries=tuple(entries))

    def _watch(self, case: Case) -> Watched:
        return watched(case, self._policy)

    def _wake(self, subject: Watched, now: datetime) -> datetime | None:
        return wake_at(subject, self._policy, self._mans, now)

    def _room(self, actor: Actor, now: datetime, but: str = "") -> Room:
        return Room(
            actor=actor,
            now=now,
            policy=self._policy,
            exists=lambda person: self._directory.actor(person) is not None,
            recall=lambda person_ref, before: self._recall(person_ref, before, but),
            case_of=self._case_of,
            find_case=self._find_case,
        )

    def _find_case(self, name: str) -> str | None:
        """Also one that cannot be read: it is there, and its number is taken."""
        found = self._cases.find_incident(name)
        try:
            return found or (name if self._cases.load(name) else None)
        except Unreadable:
            return name

    def _case_of(self, name: str) -> Case | None:
        """Raises Unreadable."""
        ref = self._find_case(name)
        return self._cases.load(ref) if ref else None

    def _recall(self, person_ref: str, before: datetime, but: str) -> Recalled:
        """The newest case of this child reported in the force's window before, with its final grade."""
        refs = [ref for ref in self._cases.episodes(person_ref) if ref != but]
        earliest = before - self._policy.episode_window
        found, unread = self._cases.readable(refs)
        known = [case for case in found if earliest <= case.told_at <= before]
        counted = [case for case in known if case.ending.gone not in ("void", "duplicate")]
        newest = max(counted, key=lambda case: case.told_at, default=None)
        if newest is None:
            return Recalled(unread=unread)
        last = Episode(ref=newest.ref, grade=newest.running_grade, reported_at=newest.told_at)
        return Recalled(last=last, unread=unread)
