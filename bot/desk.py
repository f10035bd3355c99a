"""The one way in: load → door → append. For every command, from Slack, the timer, a replay and the terminal."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial, reduce

import structlog
from msgspec import Struct
from msgspec.structs import replace

from bot.domain import beside
from bot.domain.case import Case
from bot.domain.commands import Command, Report, ShowEpisodes
from bot.domain.content import FULL_CONTENT, ContentRules
from bot.domain.door import Recalled, Room, decide, report
from bot.domain.episodes import Likely, seen_before
from bot.domain.escalation import Watched, due_pages, repaged, wake_at, watched
from bot.domain.events import AnyEvent, Entry, Paged, PageLine
from bot.domain.facts import Episode
from bot.domain.fold import advance, fold
from bot.domain.likeness import traces
from bot.domain.people import TIMER, Actor
from bot.domain.policy import Policy
from bot.domain.refusals import Because, Refused
from bot.domain.remarks import Remark, is_first, is_remarked
from bot.domain.training import as_kept
from bot.outgoing import shown_again, to_show
from bot.ports.cases import Append, CaseStore, Gathered, Sought
from bot.ports.drafts import Saved
from bot.ports.errors import AlreadySaved, Conflict, DuplicateIncident, StoreUnavailable, Unreadable
from bot.ports.outbox import Outgoing
from bot.ports.rosters import Directory
from bot.ports.time_source import TimeSource
from bot.steps import manned, settled, until_written, written

log = structlog.get_logger()


class Done(Struct, frozen=True, kw_only=True):
    """The case as it stands now, and what this step added to it."""

    case: Case
    entries: tuple[Entry, ...]


Made = Callable[[Case, datetime], Append]
"""What is written next on a case, given how it stands and the time of the next entry."""

Wishes = Callable[[Case], Sequence[Command]]
"""What somebody asks for, given the case as it stands."""


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
        content: ContentRules = FULL_CONTENT,
        follows_pages: bool = True,
        unheard: beside.Hearing = lambda *_: None,
        told: Callable[[Case | None, Case, Sequence[Entry]], None] = lambda *_: None,
    ) -> None:
        """`content`: what may be kept of what people say; each surface has the same.
        `follows_pages`: a page counts as one once somebody has said that it arrived; in a replay it does at once.
        `unheard`: which rungs would not hear a page in Slack now.
        `told`: of each step once it is saved, with the case before it and after; raises nothing."""
        self._cases = cases
        self._content = content
        self._follows_pages = follows_pages
        self._policy = policy
        self._clock = clock
        self._directory = directory
        self._mans = manned(directory)
        self._unheard = unheard
        self._told = told

    def report(
        self, command: Report, actor: Actor, surface: str, *, shows: bool = False, saved: Saved | None = None
    ) -> Opened:
        """Opens a case. Raises Refused.

        With `shows`, what is due at once is paged and the likely earlier episodes are noted as shown, in the same
        write: whoever reports reads both, and waits for them.
        """
        now = self._clock.now()
        room = self._room(actor, now)
        gathered = self._cases.gather(self._sought(as_kept(command), room), _OF_EACH_TRACE)
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
        except AlreadySaved as sent:
            raise Refused(Because.ALREADY_DONE, field="incident") from sent
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
        """One step on a case. Raises Refused, NoSuchCase, or Unreadable.

        A form that was saved, and is sent again since nobody heard the answer, is done: nothing is added.
        """

        def decided(case: Case, now: datetime) -> list[AnyEvent]:
            return decide(command, case, self._room(actor, now, but=case.ref))

        try:
            return self._on(ref, decided, actor, surface, saved)
        except AlreadySaved:
            return self._done_before(ref)
        except Refused:
            if saved is None or not self._cases.was_saved(saved):
                raise
            return self._done_before(ref)

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
                    if saved and self._cases.was_saved(saved):
                        raise AlreadySaved from no
                    refused = command, no
                    break
                entries += _entries(made, actor, surface, now)
            return self._write(case, entries, now, None if refused else saved), refused

        try:
            done, refused = until_written(step, ref)
        except AlreadySaved:
            return self._done_before(ref), None
        return done, refused

    def recheck(self, ref: str) -> Done:
        """What the timer asks: what is due now? Pages it; adds nothing where nothing is due."""

        return self._until_written(ref, self._rechecked)

    def recheck_each(self, refs: Iterable[str]) -> frozenset[str]:
        """The same of many in two round trips, each by itself: those of which it was written. What keeps one of the
        others (somebody got in first, it cannot be read) `recheck` says."""
        return self._write_each(dict.fromkeys(refs, self._rechecked))

    def _rechecked(self, case: Case, now: datetime) -> Append:
        subject = self._watch(case)
        lines = due_pages(subject, self._policy, self._mans, now)
        paged = _entries(self._paged(lines), TIMER, "timer", now)
        return self._appending(case, paged, now, watch=lambda folded: repaged(subject, folded.paging))

    def show_again(self, ref: str) -> Outgoing:
        """Has its card drawn anew, though nothing has happened. Raises NoSuchCase, or Unreadable."""

        def step() -> Outgoing:
            case, now = self._stands(ref)
            row = shown_again(case, now)
            self._write(case, [], now, also=(row,))
            return row

        return until_written(step, ref)

    def send_again(self, page: Outgoing) -> bool:
        """Puts the row of a page back into its lane; False where the page has arrived, or is over, meanwhile. Raises
        NoSuchCase, or Unreadable."""

        def step() -> bool:
            case, now = self._stands(page.ref)
            stands = case.pages.get(page.role) if page.role else None
            if page.role is None or stands is None or not case.awaits(page.role):
                return False
            if stands.number != page.version or stands.taken_at is not None:
                return False
            self._write(case, [], now, also=(page,))
            return True

        return until_written(step, page.ref)

    def remark(self, ref: str, said: Remark) -> Done:
        """What the engine notes about a page on its way: once for each page and role, whoever notices it."""

        return self._until_written(ref, partial(self._remarked, said))

    def remark_each(self, said: Mapping[str, Remark]) -> frozenset[str]:
        """The same of many cases, as `recheck_each`."""
        return self._write_each({ref: partial(self._remarked, each) for ref, each in said.items()})

    def _remarked(self, said: Remark, case: Case, now: datetime) -> Append:
        is_news = is_first(said, case) or not is_remarked(said, self._cases.entries(case.ref))
        return self._appending(case, _entries([said] if is_news else [], TIMER, "timer", now), now)

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

    def _until_written(self, ref: str, made: Made) -> Done:
        def step() -> Done:
            case, now = self._stands(ref)
            return self._written(case, made(case, now))

        return until_written(step, ref)

    def _write_each(self, made: Mapping[str, Made]) -> frozenset[str]:
        steps: list[tuple[Case, Append]] = []
        for case in self._cases.load_each(tuple(made)):
            try:
                steps.append((case, made[case.ref](case, self._next_entry_at(case))))
            except StoreUnavailable:
                raise
            except Exception as error:  # noqa: BLE001 - asked by itself, it says what is wrong with it
                log.debug("not decided with the others", ref=case.ref, why=type(error).__name__)
        done = self._cases.append_each([step for _, step in steps])
        for (before, step), is_written in zip(steps, done, strict=True):
            if is_written:
                self._told(before, step.case, step.entries)
        return frozenset(
            step.case.ref for (_, step), is_written in zip(steps, done, strict=True) if is_written
        )

    def _done_before(self, ref: str) -> Done:
        return Done(case=self._stands(ref)[0], entries=())

    def _stands(self, ref: str) -> tuple[Case, datetime]:
        """With the time of the next entry. Raises NoSuchCase, or Unreadable."""
        case = self._cases.load(ref)
        if case is None:
            raise NoSuchCase(ref)
        return case, self._next_entry_at(case)

    def _next_entry_at(self, case: Case) -> datetime:
        """A machine's clock may jump back; what is written next still comes after what was written last."""
        return max(self._clock.now(), case.changed_at)

    def _write(
        self,
        before: Case | None,
        entries: list[Entry],
        now: datetime,
        saved: Saved | None = None,
        also: tuple[Outgoing, ...] = (),
    ) -> Done:
        return self._written(before, self._appending(before, entries, now, saved, also))

    def _written(self, before: Case | None, step: Append) -> Done:
        written(self._cases.append, step)
        self._told(before, step.case, step.entries)
        return Done(case=step.case, entries=step.entries)

    def _appending(
        self,
        before: Case | None,
        entries: list[Entry],
        now: datetime,
        saved: Saved | None = None,
        also: tuple[Outgoing, ...] = (),
        watch: Callable[[Case], Watched] | None = None,
    ) -> Append:
        """`watch`: looks at the case after these entries, where less than all of it has to be looked at anew."""
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
            content=self._content,
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
