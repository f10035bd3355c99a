"""Whom a post puts a case before, for the processing log (Data Protection Act 2018, s.62): noted once it is there.

A post brings a case into a place; the lines in the thread under its card, and what is drawn anew there, tell more of it
to the same people, and are not noted again. Who comes into a channel later is noted once for the channel
(`members_changed`), not for each case that stands there.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from bot.domain.people import TIMER, Role
from bot.domain.processing import MEMBERS, Processing, ProcessingKind
from bot.ports import reach_answers
from bot.ports.destination import Destination, OutboxKind
from bot.ports.notes import Documents
from bot.ports.outbox import Outgoing
from bot.ports.processing_log import ProcessingLog
from bot.ports.reach_answers import ReachAnswers
from bot.ports.time_source import TimeSource
from bot.ports.ways_tried import Way
from workers.ways_out.ways import TECHNICIAN

_BRINGS_NONE = (OutboxKind.LINE, OutboxKind.INVITE)


class Disclosures:
    def __init__(
        self,
        log: ProcessingLog,
        documents: Documents,
        on_duty: Callable[[Role], Iterable[str]],
        clock: TimeSource,
    ) -> None:
        self._log = log
        self._documents = documents
        self._on_duty = on_duty
        self._clock = clock

    def posted(self, lane: Destination, channel: str, rows: Sequence[Outgoing]) -> None:
        """Raises StoreUnavailable."""
        found = {row.ref: row for row in reversed(rows) if row.kind not in _BRINGS_NONE}
        if found:
            to, at = self._to(lane, channel), self._clock.now()
            self._log.note(*(_line(row.kind.value, row.ref, channel, to, at) for row in found.values()))

    def left(self, ways: Iterable[Way], refs: Iterable[str]) -> None:
        """By e-mail, text or pager. Raises StoreUnavailable."""
        at, each = self._clock.now(), list(dict.fromkeys(refs))
        for way in ways:
            whose, place = self._whose(way.recipient), f"{way.name} ({way.recipient})"
            self._log.note(*(_line(OutboxKind.OUT.value, ref, place, whose, at) for ref in each))

    def _whose(self, recipient: str) -> tuple[str, ...]:
        """Who held the role then: whose hand its phone is in, nobody here knows."""
        if recipient in set(Role):
            return tuple(sorted(self._on_duty(Role(recipient))))
        return () if recipient == TECHNICIAN else (recipient,)

    def _to(self, lane: Destination, channel: str) -> tuple[str, ...]:
        """As Slack said last; nobody where it has not been asked yet."""
        if lane.person:
            return (lane.person,)
        if channel.startswith("D"):
            return tuple(sorted(self._on_duty(lane.role)))
        return members(reach_answers.load(self._documents) or ReachAnswers(), channel)


def members(asked: ReachAnswers, channel: str) -> tuple[str, ...]:
    return tuple(sorted(asked.members.get(channel, frozenset()) - {asked.bot}))


def members_changed(before: ReachAnswers, after: ReachAnswers, at: datetime) -> list[Processing]:
    """All that stands in a channel is before whoever is in it now."""
    return [
        _line(MEMBERS, "", channel, members(after, channel), at)
        for channel in sorted(after.members)
        if members(before, channel) != members(after, channel)
    ]


def _line(action: str, ref: str, place: str, to: tuple[str, ...], at: datetime) -> Processing:
    return Processing(
        kind=ProcessingKind.DISCLOSURE, at=at, by=TIMER.id, action=action, ref=ref, place=place, to=to
    )
