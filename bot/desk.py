"""The one way in: load → door → append. For every command, from Slack, the timer, a replay and the terminal."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import reduce

from msgspec import Struct
from msgspec.structs import replace

from bot.domain import beside
from bot.domain.case import Case
from bot.domain.case_parts import WAYS_BETWEEN
from bot.domain.commands import Command, Report, ShowEpisodes
from bot.domain.door import Recalled, Room, decide, report
from bot.domain.episodes import Likely, seen_before
from bot.domain.escalation import Watched, due_pages, wake_at, watched
from bot.domain.events import AnyEvent, Delivered, Entry, Paged, PageLine, SlackSilent, TextFailed, WentOut
from bot.domain.facts import Episode
from bot.domain.fold import advance, fold
from bot.domain.likeness import traces
from bot.domain.people import TIMER, Actor
from bot.domain.policy import Policy
from bot.domain.refusals import Because, Refused
from bot.outgoing import to_show
from bot.ports.cases import Append, CaseStore, Gathered, Sought
from bot.ports.drafts import Saved
from bot.ports.errors import Conflict, DuplicateIncident, Unreadable
from bot.ports.rosters import Directory
from bot.ports.time_source import TimeSource
from bot.steps import manned, settled, until_written


class Done(Struct, frozen=True, kw_only=True):
    """The case as it stands now, and what this step added to it."""

    case: Case
    entries: tuple[Entry, ...]


Remark = Delivered | SlackSilent | WentOut | TextFailed
Wishes = Callable[[Case], Sequence[Command]]
"""What somebody asks for, given the case as it stands."""


def is_remarked(said: Remark, entries: Iterable[Entry]) -> bool:
    """Whether it need not be said of that page any more: once it arrived, nobody says that it did not."""
    every = [entry.event for entry in entries if isinstance(entry.event, Remark)]
    about = [event for event in every if (event.page, event.role) == (said.page, said.role)]
    failed = frozenset(event.way for event in about if isinstance(event, TextFailed))
    return any(_settles(event, said, failed) for event in about)


def _settles(event: Remark, said: Remark, failed: frozenset[str]) -> bool:
    """`failed`: the ways by which it did not arrive after all. What did not arrive otherwise says nothing of Slack."""
    if isinstance(said, SlackSilent):
        if isinstance(event, WentOut):
            return event.reached and not failed.issuperset(event.way.split(WAYS_BETWEEN))
        if isinstance(event, SlackSilent):
            return bool(event.why) or not said.why
        return isinstance(event, Delivered)
    if isinstance(said, TextFailed):
        return isinstance(event, TextFailed) and event.way == said.way
    return isinstance(event, type(said))


def _is_first(said: Remark, case: Case) -> bool:
    """That a page arrived, of which the case knows nothing yet: its entries need not be read."""
    page = case.pages.get(said.role) if said.role else None
    is_the_newest = page is not None and page.number == said.page
    return isinstance(said, Delivered) and is_the_newest and page is not None and page.taken_at is None


class Opened(Done, frozen=True, kw_only=True):
    """A new case, with what else is known of the child."""

    likely: tuple[Likely, ...] = ()  # earlier episodes, noted as shown
    unread: tuple[str, ...] = ()  # cases that may be among them, and cannot be read


_OF_EACH_TRACE = 100  # the newest; a name that a hundred children share says nothing by itself


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
        clock: TimeSource,
        directory: Directory,
        *,
        follows_pages: bool = True,
        unheard: beside.Hearing = lambda *_: None,
    ) -> None:
        """`follows_pages`: a page counts as one once somebody has said that it arrived; in a replay it does at once.
        `unheard`: which rungs would not hear a page in Slack now."""
        self._cases = cases
        self._follows_pages = follows_pages
        self._policy = policy
        self._clock = clock
        self._directory = directory
        self._mans = manned(directory)
        self._unheard = unheard

    def report(
        self, command: Report, actor: Actor, surface: str, *, shows: bool = False, saved: Saved | None = None
    ) -> Opened:
        """Opens a case. Raises Refused.

        With `shows`, what is due at once is paged and the likely earlier episodes are noted as shown, in the same
        write: whoever reports reads both, and waits for them.
        """
        now = self._clock.now()
        room = self._room(actor, now)
        gathered = self._cases.gather(self._sought(command, room), _OF_EACH_TRACE)
        events = report(
            command,
            lambda: gathered.ref or self._cases.new_ref(now.year),
            _informed(room, gathered, self._policy),
        )
        entries = _entries(events, actor, surface, now)
        likely = seen_before(fold(entries), gathered.found) if shows else ()
        if shows:
            entries += self._shown(fold(entries), likely, actor, surface, room)
        try:
            done = self._write(None, entries, now, saved)
            return Opened(case=done.case, entries=done.entries, likely=likely, unread=gathered.unread)
        except DuplicateIncident as taken:
            raise Refused(Because.ALREADY_DONE, field="incident", case=taken.ref) from taken
        except Conflict as lost:
            raise RuntimeError("The new reference was already in use.") from lost

    def earlier(self, case: Case) -> tuple[tuple[Likely, ...], tuple[str, ...]]:
        """Its likely earlier episodes, and the cases that may be among them and cannot be read."""
        person_ref, incident = case.child.person_ref, case.incident
        sought = Sought(incident=incident, person_ref=person_ref, traces=traces(case), year=None)
        gathered = self._cases.gather(sought, _OF_EACH_TRACE)
        said, unread = self._cases.readable(tuple(case.same_as))
        found = {each.ref: each for each in (*gathered.found, *said)}
        return seen_before(case, found.values()), tuple(dict.fromkeys((*gathered.unread, *unread)))

    def _sought(self, command: Report, room: Room) -> Sought:
        """A report that is refused for itself draws no reference: refusals must not leave holes in the numbers."""
        try:
            alone = replace(room, find_case=lambda _: None, recall=lambda *_: Recalled())
            events, year = report(command, lambda: "", alone), room.now.year
        except Refused:
            return Sought(
                incident=command.incident, person_ref=command.child.person_ref, traces=frozenset(), year=None
            )
        case = fold(_entries(events, room.actor, "", room.now))
        return Sought(
            incident=command.incident, person_ref=command.child.person_ref, traces=traces(case), year=year
        )

    def _paged(self, lines: tuple[PageLine, ...]) -> list[AnyEvent]:
        return [Paged(lines=lines, followed=self._follows_pages)] if lines else []

    def _shown(
        self, case: Case, likely: Sequence[Likely], actor: Actor, surface: str, room: Room
    ) -> list[Entry]:
        lines = due_pages(self._watch(case), self._policy, self._mans, room.now)
        paged = _entries(self._paged(lines), TIMER, "timer", room.now)
        if not likely:
            return paged
        shown = decide(ShowEpisodes(refs=tuple(each.case.ref for each in likely)), case, room)
        return [*paged, *_entries(shown, actor, surface, room.now)]

    def handle(
        self, ref: str, command: Command, actor: Actor, surface: str, *, saved: Saved | None = None
    ) -> Done:
        """One step on a case. Raises Refused, NoSuchCase, or Unreadable."""

        def decided(case: Case, now: datetime) -> list[AnyEvent]:
            return decide(command, case, self._room(actor, now, but=case.ref))

        return self._on(ref, decided, actor, surface, saved)

    def handle_in_turn(
        self, ref: str, wishes: Wishes, actor: Actor, surface: str, *, saved: Saved | None = None
    ) -> tuple[Done, tuple[Command, Refused] | None]:
        """Several steps on a case in one write, as far as the door takes them: the first that it refuses, and why.

        What was typed is not forgotten then. Raises NoSuchCase, or Unreadable.
        """

        def step() -> tuple[Done, tuple[Command, Refused] | None]:
            case, now = self._stands(ref)
            entries: list[Entry] = []
            refused = None
            for command in wishes(case):
                stood = reduce(advance, entries, case)
                try:
                    made = decide(command, stood, self._room(actor, now, but=ref))
                except Refused as no:
                    refused = command, no
                    break
                entries += _entries(made, actor, surface, now)
            return self._write(case, entries, now, None if refused else saved), refused

        return until_written(step, ref)

    def recheck(self, ref: str) -> Done:
        """What the timer asks: what is due now? Pages it; adds nothing where nothing is due."""

        def decided(case: Case, now: datetime) -> list[AnyEvent]:
            lines = due_pages(self._watch(case), self._policy, self._mans, now)
            return self._paged(lines)

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
        saved: Saved | None = None,
    ) -> Done:
        def step() -> Done:
            case, now = self._stands(ref)
            return self._write(case, _entries(decided(case, now), actor, surface, now), now, saved)

        return until_written(step, ref)

    def _stands(self, ref: str) -> tuple[Case, datetime]:
        """With the time of the next entry. Raises NoSuchCase, or Unreadable."""
        case = self._cases.load(ref)
        if case is None:
            raise NoSuchCase(ref)
        # A machine's clock may jump back; what is written next still comes after what was written last.
        return case, max(self._clock.now(), case.changed_at)

    def _write(
        self, before: Case | None, entries: list[Entry], now: datetime, saved: Saved | None = None
    ) -> Done:
        folded = reduce(advance, entries, before)
        assert folded is not None, "a new case has at least its report"
        case, subject = settled(folded, entries, now, self._watch, advance)
        case = self._called_beside(case, entries, now)
        self._cases.append(
            Append(
                case=case,
                entries=tuple(entries),
                expected=before.version if before else 0,
                wake_at=self._wake(case, subject, now),
                outgoing=to_show(before, case, tuple(entries)),
                saved=saved,
            )
        )
        return Done(case=case, entries=tuple(entries))

    def _watch(self, case: Case) -> Watched:
        return watched(case, self._policy, self._directory.is_nobody)

    def _called_beside(self, case: Case, entries: list[Entry], now: datetime) -> Case:
        """What leaves another way too is decided in the write that pages it, or that finds it unanswered."""
        called = _entries(beside.calls(case, self._policy, self._unheard, now), TIMER, "timer", now)
        entries += called
        return reduce(advance, called, case)

    def _wake(self, case: Case, subject: Watched, now: datetime) -> datetime | None:
        wakes = (wake_at(subject, self._policy, self._mans, now), beside.next_call(case, self._policy))
        return min((at for at in wakes if at), default=None)

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
        found, unread = self._cases.readable(refs)
        return _newest(found, unread, before, self._policy)


def _newest(found: Iterable[Case], unread: tuple[str, ...], before: datetime, policy: Policy) -> Recalled:
    earliest = before - policy.episode_window
    known = [case for case in found if earliest <= case.told_at <= before]
    counted = [case for case in known if case.ending.gone not in ("void", "duplicate")]
    newest = max(counted, key=lambda case: case.told_at, default=None)
    if newest is None:
        return Recalled(unread=unread)
    last = Episode(ref=newest.ref, grade=newest.running_grade, reported_at=newest.told_at)
    return Recalled(last=last, unread=unread)


def _informed(room: Room, gathered: Gathered, policy: Policy) -> Room:
    """That room, with what was gathered for this report: nothing more is asked of the record."""
    known = gathered.of_person()
    return replace(
        room,
        find_case=lambda _: gathered.holder,
        recall=lambda _, before: _newest(known.found, known.unread, before, policy),
    )


def _entries(events: Iterable[AnyEvent], actor: Actor, surface: str, now: datetime) -> list[Entry]:
    return [Entry(at=now, by=actor.id, roles=actor.roles, surface=surface, event=event) for event in events]
