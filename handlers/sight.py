"""Before a person sees anything of a case: the permission table is asked, and the consultation noted.

Nothing else in `handlers` reads a case from the record, so no view of one can be built without it; what is drawn by
itself (home pages, the board, open forms) asks `bot.reading_desk` as this does.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from bot.desk import NoSuchCase
from bot.domain.case import Case
from bot.domain.events import Entry
from bot.domain.people import Role
from bot.domain.permissions import Look
from bot.ports.cases import OpenCases
from bot.reading_desk import MayNotRead, Viewer
from bot.typed_cases import not_among
from bot.views.lists.in_order import Outlined
from bot.views.wording import access_words, no_case_words
from handlers.dependencies import SURFACE, Body, Dependencies
from handlers.errors import NotDone, NotForYou
from handlers.intake import channel_of, person_of

Found = TypeVar("Found")
_A_WHOLE_RECORD = 60  # seconds


class Sight:
    """What one person may see, from where they ask. Every method raises NotDone where that is nothing."""

    def __init__(self, person: str, place: str, deps: Dependencies) -> None:
        self.person = person
        self._reader = reader_of(person, place)
        self._deps = deps

    def case(self, ref: str, look: Look) -> Case:
        return self._asked(lambda: self._deps.reading.case(ref, look, self._reader))

    def again(self, ref: str, look: Look) -> Case:
        """Drawn anew, or as part of what was asked for by `case`: not noted twice."""
        return self._asked(lambda: self._deps.reading.again(ref, look, self._reader))

    def entries(self, case: Case) -> list[Entry]:
        return self._deps.ask(lambda: self._deps.reading.entries(case))

    def episodes(self, case: Case) -> tuple[list[Case], tuple[str, ...]]:
        return self._deps.ask(lambda: self._deps.reading.episodes(case, self._reader))

    def several(self, refs: Sequence[str], look: Look) -> tuple[list[Case], tuple[str, ...]]:
        return self._asked(lambda: self._deps.reading.several(refs, look, self._reader))

    def newest(self, count: int, look: Look) -> tuple[list[Case], tuple[str, ...]]:
        return self._asked(lambda: self._deps.reading.newest(count, look, self._reader))

    def open_cases(self, look: Look) -> OpenCases:
        return self._asked(lambda: self._deps.reading.open_cases(look, self._reader))

    def of_open_cases(self, look: Look, drawn: Callable[[Outlined], Found]) -> Found:
        """Drawn from their outlines; what gets a row is read then."""
        return self._asked(lambda: drawn(self._deps.reading.outlined(look, self._reader)))

    def open_refs(self, look: Look) -> list[str]:
        return self._asked(lambda: self._deps.reading.open_refs(look, self._reader))

    def reported(self, since: datetime, before: datetime, look: Look) -> tuple[list[Case], tuple[str, ...]]:
        """Of the whole record: for what follows once Slack was answered."""
        return self._asked(
            lambda: self._deps.reading.reported(since, before, look, self._reader), within=_A_WHOLE_RECORD
        )

    def find(self, typed: str, look: Look) -> str:
        """The reference of the case that was typed."""
        found = self.look_up(typed, look)
        if found is None:
            raise self.no_such_case(typed, look)
        return found

    def look_up(self, typed: str, look: Look) -> str | None:
        return self._asked(lambda: self._deps.reading.find(typed, look, self._reader))

    def no_such_case(self, typed: str, look: Look) -> NotDone:
        return NotDone(not_among(self.open_refs(look), typed, full=self._deps.setting.full))

    def allow(self, look: Look) -> None:
        self._asked(lambda: self._deps.reading.allow(look, self._reader))

    def need(self, look: Look) -> None:
        self._asked(lambda: self._deps.reading.need(look, self._reader))

    def note(self, look: Look, refs: Iterable[str]) -> None:
        """These were shown along with something else."""
        self._deps.reading.note(look, self._reader, list(refs))

    def answered(self, look: Look, ref: str) -> None:
        """It stands in the channel where they asked, before whoever else is there."""
        if not self._reader.place.startswith("D"):
            self._deps.reading.answered(look, self._reader, ref)

    def _asked(self, question: Callable[[], Found], within: float | None = None) -> Found:
        try:
            return self._deps.ask(question, within)
        except MayNotRead:
            raise not_for(self.person, self._deps) from None
        except NoSuchCase as no:
            raise NotDone(no_case_words.no_such_case(no.ref, None)) from None


def reader_of(person: str, place: str = "") -> Viewer:
    return Viewer(person=person, surface=SURFACE, place=place)


def sight(body: Body, deps: Dependencies) -> Sight:
    return Sight(person_of(body), channel_of(body), deps)


def not_for(person: str, deps: Dependencies) -> NotForYou:
    if not deps.is_known(person):
        return NotForYou(deps.nobody(person).sentence)
    age, outdated = deps.appointments.age(Role), deps.actor(person).outdated
    return NotForYou(access_words.may_not_read(age, outdated=outdated))
