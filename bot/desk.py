"""The one way in: load → door → append. For every command, from Slack, the timer, a replay and the terminal."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from functools import partial, reduce

from bot.case_writer import CaseWriter
from bot.case_writer import Done as Done
from bot.case_writer import NoSuchCase as NoSuchCase
from bot.consequences import Consequences
from bot.domain import beside
from bot.domain.case import Case
from bot.domain.commands import Command, Report, ShowEpisodes
from bot.domain.content import FULL_CONTENT, ContentRules
from bot.domain.door import Room, decide, report
from bot.domain.episodes import Likely, seen_before
from bot.domain.events import AnyEvent, Entry
from bot.domain.fold import advance, fold
from bot.domain.people import TIMER, Actor
from bot.domain.policy import Policy
from bot.domain.refusals import Because, Refused
from bot.domain.remarks import Remark, is_first, is_remarked
from bot.domain.training import as_kept
from bot.earlier_cases import EarlierCases, SeenBefore
from bot.outgoing import shown_again
from bot.ports.cases import Append, CaseStore
from bot.ports.drafts import Saved
from bot.ports.errors import AlreadySaved, Conflict, DuplicateIncident
from bot.ports.outbox import Outgoing
from bot.ports.rosters import Directory
from bot.ports.time_source import TimeSource
from bot.steps import entries_of, until_written

Wishes = Callable[[Case], Sequence[Command]]
"""What somebody asks for, given the case as it stands."""


class Opened(Done, frozen=True, kw_only=True):
    """A new case, with what else is known of the child."""

    likely: tuple[Likely, ...] = ()  # earlier episodes, noted as shown
    unread: tuple[str, ...] = ()  # cases that may be among them, and cannot be read


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
        zone: tzinfo = UTC,
        follows_pages: bool = True,
        unheard: beside.Hearing = lambda *_: None,
        told: Callable[[Case | None, Case, Sequence[Entry]], None] = lambda *_: None,
    ) -> None:
        """`content`: what may be kept of what people say; each surface has the same.
        `zone`: by which the force's calendar goes.
        `follows_pages`: a page counts as one once somebody has said that it arrived; in a replay it does at once.
        `unheard`: which rungs would not hear a page in Slack now.
        `told`: of each step once it is saved, with the case before it and after; raises nothing."""
        self._cases = cases
        self._earlier = EarlierCases(cases, policy)
        self._brings = Consequences(policy, directory, follows_pages=follows_pages, unheard=unheard)
        self._content = content
        self._zone = zone
        self._policy = policy
        self._clock = clock
        self._directory = directory
        self._writer = CaseWriter(cases, clock, told)

    def report(
        self, command: Report, actor: Actor, surface: str, *, shows: bool = False, saved: Saved | None = None
    ) -> Opened:
        """Opens a case. Raises Refused.

        With `shows`, what is due at once is paged and the likely earlier episodes are noted as shown, in the same
        write: whoever reports reads both, and waits for them.
        """
        now = self._clock.now()
        room = self._room(actor, now)
        gathered = self._earlier.gathered(as_kept(command), room)
        events = report(
            command,
            lambda: gathered.ref or self._cases.new_ref(now.year),
            self._earlier.informed(room, gathered),
        )
        entries = entries_of(events, actor, surface, now)
        likely = seen_before(fold(entries), gathered.found) if shows else ()
        if shows:
            entries += self._shown(fold(entries), likely, actor, surface, room)
        try:
            done = self._writer.write(None, self._brings.of(None, entries, now, saved))
            return Opened(case=done.case, entries=done.entries, likely=likely, unread=gathered.unread)
        except AlreadySaved as sent:
            raise Refused(Because.ALREADY_DONE, field="incident") from sent
        except DuplicateIncident as taken:
            raise Refused(Because.ALREADY_DONE, field="incident", case=taken.ref) from taken
        except Conflict as lost:
            raise RuntimeError("The new reference was already in use.") from lost

    def earlier(self, case: Case) -> SeenBefore:
        """Its likely earlier episodes."""
        return self._earlier.of(case)

    def _shown(
        self, case: Case, likely: Sequence[Likely], actor: Actor, surface: str, room: Room
    ) -> list[Entry]:
        paged = self._brings.pages(case, room.now)
        if not likely:
            return paged
        shown = decide(ShowEpisodes(refs=tuple(each.case.ref for each in likely)), case, room)
        return [*paged, *entries_of(shown, actor, surface, room.now)]

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
            case, now = self._writer.stands(ref)
            entries: list[Entry] = []
            refused = None
            for command in wishes(case):
                stood = reduce(advance, entries, case)
                try:
                    decided = decide(command, stood, self._room(actor, now, but=ref))
                except Refused as no:
                    if saved and self._cases.was_saved(saved):
                        raise AlreadySaved from no
                    refused = command, no
                    break
                entries += entries_of(decided, actor, surface, now)
            made = self._brings.of(case, entries, now, None if refused else saved)
            return self._writer.write(case, made), refused

        try:
            done, refused = until_written(step, ref)
        except AlreadySaved:
            return self._done_before(ref), None
        return done, refused

    def recheck(self, ref: str) -> Done:
        """What the timer asks: what is due now? Pages it; adds nothing where nothing is due."""

        return self._writer.until_written(ref, self._brings.rechecked)

    def recheck_each(self, refs: Iterable[str]) -> frozenset[str]:
        """The same of many in two round trips, each by itself: those of which it was written. What keeps one of the
        others (somebody got in first, it cannot be read) `recheck` says."""
        return self._writer.write_each(dict.fromkeys(refs, self._brings.rechecked))

    def show_again(self, ref: str) -> Outgoing:
        """Has its card drawn anew, though nothing has happened. Raises NoSuchCase, or Unreadable."""

        def step() -> Outgoing:
            case, now = self._writer.stands(ref)
            row = shown_again(case, now)
            self._writer.write(case, self._brings.of(case, [], now, also=(row,)))
            return row

        return until_written(step, ref)

    def send_again(self, page: Outgoing) -> bool:
        """Puts the row of a page back into its lane; False where the page has arrived, or is over, meanwhile. Raises
        NoSuchCase, or Unreadable."""

        def step() -> bool:
            case, now = self._writer.stands(page.ref)
            stands = case.pages.get(page.role) if page.role else None
            if page.role is None or stands is None or not case.awaits(page.role):
                return False
            if stands.number != page.version or stands.taken_at is not None:
                return False
            self._writer.write(case, self._brings.of(case, [], now, also=(page,)))
            return True

        return until_written(step, page.ref)

    def remark(self, ref: str, said: Remark) -> Done:
        """What the engine notes about a page on its way: once for each page and role, whoever notices it."""

        return self._writer.until_written(ref, partial(self._remarked, said))

    def remark_each(self, said: Mapping[str, Remark]) -> frozenset[str]:
        """The same of many cases, as `recheck_each`."""
        return self._writer.write_each({ref: partial(self._remarked, each) for ref, each in said.items()})

    def _remarked(self, said: Remark, case: Case, now: datetime) -> Append:
        is_news = is_first(said, case) or not is_remarked(said, self._cases.entries(case.ref))
        return self._brings.of(case, entries_of([said] if is_news else [], TIMER, "timer", now), now)

    def _on(
        self,
        ref: str,
        decided: Callable[[Case, datetime], list[AnyEvent]],
        actor: Actor,
        surface: str,
        saved: Saved | None = None,
    ) -> Done:
        def made(case: Case, now: datetime) -> Append:
            return self._brings.of(case, entries_of(decided(case, now), actor, surface, now), now, saved)

        return self._writer.until_written(ref, made)

    def _done_before(self, ref: str) -> Done:
        return Done(case=self._writer.stands(ref)[0], entries=())

    def _room(self, actor: Actor, now: datetime, but: str = "") -> Room:
        return Room(
            actor=actor,
            now=now,
            policy=self._policy,
            zone=self._zone,
            content=self._content,
            exists=lambda person: self._directory.actor(person) is not None,
            recall=lambda person_ref, before: self._earlier.recall(person_ref, before, but),
            case_of=self._earlier.case_of,
            find_case=self._earlier.find,
        )
