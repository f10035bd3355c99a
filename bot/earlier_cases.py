"""What the record has of a child from before: who holds the number, their earlier episodes, the grade of the last."""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from bot.domain.case import Case
from bot.domain.commands import Report
from bot.domain.door import Recalled, Room, report
from bot.domain.episodes import Likely, seen_before
from bot.domain.facts import Episode
from bot.domain.fold import fold
from bot.domain.likeness import traces
from bot.domain.policy import Policy
from bot.domain.refusals import Refused
from bot.ports.cases import CaseStore, Gathered, Sought
from bot.ports.errors import Unreadable
from bot.steps import entries_of

_AT_MOST = 100  # are read, the newest; a name that a hundred children share says nothing by itself


class SeenBefore(Struct, frozen=True):
    likely: tuple[Likely, ...]
    unread: tuple[str, ...]  # cases that may be among them, and cannot be read


class EarlierCases:
    def __init__(self, cases: CaseStore, policy: Policy) -> None:
        self._cases = cases
        self._policy = policy

    def gathered(self, command: Report, room: Room) -> Gathered:
        """All that a report is decided from, in one round trip."""
        return self._cases.gather(_sought(command, room), _AT_MOST)

    def of(self, case: Case) -> SeenBefore:
        """Its likely earlier episodes."""
        person_ref, incident = case.child.person_ref, case.incident
        sought = Sought(incident=incident, person_ref=person_ref, traces=traces(case), year=None)
        gathered = self._cases.gather(sought, _AT_MOST)
        said, unread = self._cases.readable(tuple(case.same_as))
        found = {each.ref: each for each in (*gathered.found, *said)}
        return SeenBefore(
            seen_before(case, found.values()), tuple(dict.fromkeys((*gathered.unread, *unread)))
        )

    def informed(self, room: Room, gathered: Gathered) -> Room:
        """That room, with what was gathered for this report: nothing more is asked of the record."""
        known = gathered.of_person()
        return replace(
            room,
            find_case=lambda _: gathered.holder,
            recall=lambda _, before: _newest(known.found, known.unread, before, self._policy),
        )

    def find(self, name: str) -> str | None:
        """Also one that cannot be read: it is there, and its number is taken."""
        found = self._cases.find_incident(name)
        try:
            return found or (name if self._cases.load(name) else None)
        except Unreadable:
            return name

    def case_of(self, name: str) -> Case | None:
        """Raises Unreadable."""
        ref = self.find(name)
        return self._cases.load(ref) if ref else None

    def recall(self, person_ref: str, before: datetime, but: str) -> Recalled:
        """The newest case of this child reported in the force's window before, with its final grade."""
        refs = [ref for ref in self._cases.episodes(person_ref) if ref != but]
        found, unread = self._cases.readable(refs)
        return _newest(found, unread, before, self._policy)


def _sought(command: Report, room: Room) -> Sought:
    """A report that is refused for itself draws no reference: refusals must not leave holes in the numbers."""
    incident, person_ref = command.incident, command.child.person_ref
    try:
        alone = replace(room, find_case=lambda _: None, recall=lambda *_: Recalled())
        events = report(command, lambda: "", alone)
    except Refused:
        return Sought(incident=incident, person_ref=person_ref, traces=frozenset(), year=None)
    case = fold(entries_of(events, room.actor, "", room.now))
    return Sought(incident=incident, person_ref=person_ref, traces=traces(case), year=room.now.year)


def _newest(found: Iterable[Case], unread: tuple[str, ...], before: datetime, policy: Policy) -> Recalled:
    earliest = before - policy.episode_window
    known = [case for case in found if earliest <= case.told_at <= before]
    counted = [case for case in known if case.ending.gone not in ("void", "duplicate")]
    newest = max(counted, key=lambda case: case.told_at, default=None)
    if newest is None:
        return Recalled(unread=unread)
    last = Episode(ref=newest.ref, grade=newest.running_grade, reported_at=newest.told_at)
    return Recalled(last=last, unread=unread)
