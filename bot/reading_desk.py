"""The one way out, as `bot.desk` is the one way in: whatever a person sees of the record is asked for here.

It asks the permission table, and notes each consultation, and each that was refused. What is drawn anew of what
somebody has before them (`again`, `open_for`) asks the table too, and is noted no second time.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NoReturn, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from bot.desk import NoSuchCase
from bot.domain.case import Case
from bot.domain.events import Entry
from bot.domain.people import TIMER, Actor
from bot.domain.permissions import OF_OWN_CASE, Look, Readers, may_read, reads_all
from bot.domain.processing import Processing, ProcessingKind
from bot.domain.training import is_training
from bot.open_book import OpenBook
from bot.ports.cases import CaseStore, OpenCases
from bot.ports.errors import Unreadable
from bot.ports.processing_log import ProcessingLog
from bot.ports.rosters import Directory
from bot.ports.time_source import TimeSource
from bot.typed_cases import found_in
from bot.views.lists.in_order import Outlined, in_order

Found = TypeVar("Found")


class MayNotRead(Exception):
    """The table says no; nothing was shown."""


class Viewer(Struct, frozen=True, kw_only=True):
    """Who looks, and from where."""

    person: str
    surface: str
    place: str = ""


class ReadingDesk:
    def __init__(
        self,
        cases: CaseStore,
        directory: Directory,
        clock: TimeSource,
        log: ProcessingLog,
        book: OpenBook,
        readers: Readers = Readers.ROLE_HOLDERS,
    ) -> None:
        self._cases = cases
        self._directory = directory
        self._clock = clock
        self._log = log
        self._book = book
        self._readers = readers
        self._on_boards: dict[str, frozenset[str]] = {}  # channel → references

    def case(self, ref: str, look: Look, reader: Viewer) -> Case:
        """Raises MayNotRead, NoSuchCase for who would read it, Unreadable."""
        return self._noted(self._loaded(ref, look, reader), look, reader)

    def again(self, ref: str, look: Look, reader: Viewer) -> Case:
        """Raises as `case`."""
        return self._loaded(ref, look, reader)

    def again_each(self, wanted: Iterable[tuple[str, Viewer]], look: Look) -> dict[tuple[str, str], Case]:
        """By reference and person; without what cannot be read, or may not be any more."""
        asked = list(wanted)
        found, _ = self._cases.readable(sorted({ref for ref, _ in asked}))
        known = {case.ref: case for case in found}
        return {
            (ref, reader.person): known[ref]
            for ref, reader in asked
            if ref in known and self._may(look, reader, known[ref])
        }

    def entries(self, case: Case) -> list[Entry]:
        """Of a case that was read here. Raises Unreadable."""
        return self._cases.entries(case.ref)

    def episodes(self, case: Case, reader: Viewer) -> tuple[list[Case], tuple[str, ...]]:
        """The child's other cases by its person record, and the references of those that cannot be read; none for who
        reads this case alone."""
        if not case.child.person_ref or not self._may(Look.EARLIER, reader):
            return [], ()
        found, unread = self._cases.readable(self._cases.episodes(case.child.person_ref))
        others = [each.ref for each in found if each.ref != case.ref]
        self.note(Look.EARLIER, reader, others)
        if others:
            together = self._of(Look.EARLIER, reader, case.ref)
            self._write(replace(together, kind=ProcessingKind.COMBINATION, refs=tuple(others)))
        return found, unread

    def several(self, refs: Sequence[str], look: Look, reader: Viewer) -> tuple[list[Case], tuple[str, ...]]:
        """Those of them that can be read, and the references of the others. Raises MayNotRead."""
        self.allow(look, reader)
        return self._cases.readable(refs)

    def newest(self, count: int, look: Look, reader: Viewer) -> tuple[list[Case], tuple[str, ...]]:
        """Of those that are open, the newest first, training cases after all others. Raises MayNotRead."""
        refs = sorted(self._cases.open_refs(), key=lambda ref: (not is_training(ref), ref))
        found, unread = self.several(refs[-count:], look, reader)
        return found[::-1], unread

    def open_cases(self, look: Look, reader: Viewer) -> OpenCases:
        """Those that this person may read. Raises MayNotRead where there are none for who holds no role."""
        return self._let(self._theirs(self._cases.open_cases(), look, reader), look, reader)

    def outlined(self, look: Look, reader: Viewer) -> Outlined:
        """The same in outline, for who reads but what gets a row. Raises as `open_cases`."""
        return self._let(self._their_outlines(self._book.look(), look, reader), look, reader)

    def open_for(self, look: Look, readers: Sequence[Viewer], *, asked: bool = False) -> dict[str, Outlined]:
        """For several people with one look at the record, by person; without those who may read none.

        `asked`: by themselves, and so noted.
        """
        opened = self._book.look()
        theirs = {reader.person: self._their_outlines(opened, look, reader) for reader in readers}
        if asked:
            self._write(*(self._of(look, each, allowed=theirs[each.person] is not None) for each in readers))
        return {person: found for person, found in theirs.items() if found is not None}

    def open_for_a_room(self) -> Outlined:
        """For the board, in a channel that was found fit for it."""
        return self._book.look()

    def reported(
        self, since: datetime, before: datetime, look: Look, reader: Viewer
    ) -> tuple[list[Case], tuple[str, ...]]:
        """Every case that police were told of in that time, closed or not, and the references of those that cannot be
        read, whenever they were reported. Noted once. Raises MayNotRead."""
        self.need(look, reader)
        found, unread = self._cases.readable(self._cases.refs())
        return [case for case in found if since <= case.told_at < before], unread

    def put_up(self, channel: str, refs: Sequence[str]) -> None:
        """These stand on the board there now: what was not on it before is disclosed to whoever is in that channel."""
        new = tuple(ref for ref in refs if ref not in self._on_boards.get(channel, ()))
        self._on_boards[channel] = frozenset(refs)
        if new:
            kind, board, now = ProcessingKind.DISCLOSURE, Look.BOARD.value, self._clock.now()
            self._write(Processing(kind=kind, at=now, by=TIMER.id, action=board, place=channel, refs=new))

    def find(self, typed: str, look: Look, reader: Viewer) -> str | None:
        """The reference of what somebody typed. Who reads nothing learns of no case whether it exists: raises
        MayNotRead."""
        try:
            found = found_in(self._cases, typed)
        except Unreadable:
            self.allow(look, reader)
            raise
        if found is None:
            self.allow(look, reader)
        return found

    def open_refs(self, look: Look, reader: Viewer) -> list[str]:
        """Raises MayNotRead."""
        self.allow(look, reader)
        return self._cases.open_refs()

    def allow(self, look: Look, reader: Viewer) -> None:
        """Nothing is shown yet: only a refusal is noted. Raises MayNotRead."""
        if not self._may(look, reader):
            self._refuse(look, reader)

    def need(self, look: Look, reader: Viewer, ref: str = "") -> None:
        """For what is in no case, such as who is on duty, though it may be about one: it is shown now. Raises
        MayNotRead."""
        self.allow(look, reader)
        self._note(look, reader, ref)

    def note(self, look: Look, reader: Viewer, refs: Sequence[str]) -> None:
        """These were shown along with something that was asked for here."""
        self._write(*(self._of(look, reader, ref) for ref in refs))

    def answered(self, look: Look, reader: Viewer, ref: str) -> None:
        """What they asked stands in that channel now, for whoever is in it."""
        self._write(replace(self._of(look, reader, ref), kind=ProcessingKind.DISCLOSURE))

    def _loaded(self, ref: str, look: Look, reader: Viewer) -> Case:
        if not (self._may(look, reader) or look in OF_OWN_CASE):
            self._refuse(look, reader, ref)
        try:
            found = self._cases.load(ref)
        except Unreadable:  # nobody knows whose case it is
            self.allow(look, reader)
            raise
        if found is None:
            self.allow(look, reader)
            raise NoSuchCase(ref)
        if not self._may(look, reader, found):
            self._refuse(look, reader, ref)
        return found

    def _theirs(self, opened: OpenCases, look: Look, reader: Viewer) -> OpenCases | None:
        actor = self._actor(reader)
        if actor is None or reads_all(actor, self._readers):
            return opened if actor else None
        own = tuple(case for case in opened.cases if may_read(actor, look, self._readers, case))
        return replace(opened, cases=own, unreadable=()) if own else None

    def _their_outlines(self, opened: Outlined, look: Look, reader: Viewer) -> Outlined | None:
        actor = self._actor(reader)
        if actor is None or reads_all(actor, self._readers):
            return opened if actor else None
        found, _ = opened.read([each.ref for each in opened.outlines if actor.id in each.people])
        own = {case.ref for case in found if may_read(actor, look, self._readers, case)}
        theirs = [each for each in opened.outlines if each.ref in own]
        return Outlined(every=in_order(theirs), read=opened.read) if theirs else None

    def _actor(self, reader: Viewer) -> Actor | None:
        return self._directory.actor(reader.person)

    def _may(self, look: Look, reader: Viewer, case: Case | None = None) -> bool:
        actor = self._actor(reader)
        return actor is not None and may_read(actor, look, self._readers, case)

    def _refuse(self, look: Look, reader: Viewer, ref: str = "") -> NoReturn:
        self._note(look, reader, ref, allowed=False)
        raise MayNotRead

    def _let(self, found: Found | None, look: Look, reader: Viewer) -> Found:
        if found is None:
            self._refuse(look, reader)
        self._note(look, reader)
        return found

    def _noted(self, case: Case, look: Look, reader: Viewer) -> Case:
        self._note(look, reader, case.ref)
        return case

    def _note(self, look: Look, reader: Viewer, ref: str = "", *, allowed: bool = True) -> None:
        self._write(self._of(look, reader, ref, allowed=allowed))

    def _of(self, look: Look, reader: Viewer, ref: str = "", *, allowed: bool = True) -> Processing:
        actor = self._actor(reader)
        return Processing(
            kind=ProcessingKind.CONSULTATION,
            at=self._clock.now(),
            by=reader.person,
            roles=actor.roles if actor else frozenset(),
            action=look.value,
            ref=ref,
            place=reader.place,
            surface=reader.surface,
            allowed=allowed,
        )

    def _write(self, *lines: Processing) -> None:
        """Before anything is shown. Raises StoreUnavailable, as what was read before it."""
        if lines:
            self._log.note(*lines)
