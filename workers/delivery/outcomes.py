"""What became of a page on its way to Slack, written on its case: nothing is called paged before this says so."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

import structlog

from bot.domain.case import Case
from bot.domain.events import Delivered, Entry, SlackSilent
from bot.domain.people import Role
from bot.outgoing import arrival
from bot.ports.cases import CaseStore
from bot.ports.destination import OutboxKind
from bot.ports.errors import Unreadable
from bot.ports.outbox import Outgoing
from bot.ports.rosters import ROSTER
from bot.time import CaseClock
from bot.views import blocks
from bot.views.message import Message
from bot.views.wording import words
from workers.timing.outages import Outage

log = structlog.get_logger()

# What a page says about its own way to the channel: that it was delayed, or that the clocks had stood still.

_LATE = 30.0  # machine seconds on the way, from which a page says so


class Notes:
    def __init__(
        self,
        clock: CaseClock,
        zone: ZoneInfo,
        last_outage: Callable[[], Outage | None],
    ) -> None:
        self._clock = clock
        self._zone = zone
        self._last_outage = last_outage

    def outage(self, rows: Iterable[Outgoing]) -> tuple[datetime, datetime] | None:
        """When the clocks stood still, where these pages make up for it."""
        found = self._last_outage()
        if found and any(found.until <= row.at <= found.caught_up for row in rows):
            return found.since, found.until
        return None

    def with_delay(self, message: Message, rows: Sequence[Outgoing]) -> Message:
        """Says so, whatever held it up: a time on the card must not be mistaken for the time it was seen."""
        due, now = min(row.at for row in rows), self._clock.now()
        if self._clock.seconds_since(due) < _LATE:
            return message
        return _with_note(message, f"Late on its way: due out {self._say(due)}, sent {self._say(now)}.")

    def with_gap(self, message: Message) -> Message:
        """Its card was drawn from the case as it stands, without what led there."""
        return _with_note(message, "Its history cannot be read. Call the technician.")

    def with_doubt(self, message: Message, rows: Sequence[Outgoing]) -> Message:
        """`rows` may have been posted before: whoever sees both must not take them for two things."""
        if not rows:
            return message
        what = "page" if rows[0].kind == OutboxKind.PAGE else "message"
        at = words.time(min(row.at for row in rows), self._clock.now(), self._zone)
        return _with_note(message, f"May repeat the {at} {what}.")

    def _say(self, at: datetime) -> str:
        return f"{at.astimezone(self._zone):%H:%M:%S}"


def _with_note(message: Message, said: str) -> Message:
    """Above the marking, which is the last of every surface; in the text alone where there are no blocks."""
    *shown, marking = message.blocks or [blocks.marking()]
    noted = [*shown, blocks.context(said), marking] if message.blocks else []
    return Message(text=f"{message.text} {said}", blocks=noted)


# Reading the case behind a row. Its row was written in the same append: where the case is not there, it was
# lost.


def case_of(cases: CaseStore, ref: str) -> Case:
    """Raises Unreadable."""
    case = cases.load(ref)
    if case is None:
        raise Unreadable(ref, "it is gone")
    return case


def history_of(cases: CaseStore, ref: str) -> Sequence[Entry]:
    """Empty where it cannot be read: a page says what is needed now from the case alone, and does not wait."""
    try:
        return cases.entries(ref)
    except Unreadable as why:
        log.error("paged without its history", why=str(why))
        return ()


class DeliveryRemarks(Protocol):
    """The desk, as far as it is needed here."""

    def remark(self, ref: str, said: Delivered | SlackSilent) -> object: ...

    def remark_each(self, said: Mapping[str, Delivered]) -> frozenset[str]: ...


class HandoverRemarks(Protocol):
    """The desk for duties, likewise."""

    def remark(self, said: Delivered | SlackSilent) -> object: ...


class DeliveryOutcomes:
    """Of pages of cases, and of hand-overs to their takers; whatever else a row is, nothing is written of it."""

    def __init__(self, desk: DeliveryRemarks, duty_desk: HandoverRemarks) -> None:
        self._desk = desk
        self._duty_desk = duty_desk

    def taken(self, rows: Iterable[Outgoing]) -> None:
        """Before the rows are struck off: after a crash between, the post is found and this said again, once. Of many
        cases in one go, and one by one what that leaves."""
        followed = [row for row in rows if is_followed(row)]
        together = {row.ref: row for row in followed if row.ref != ROSTER} if len(followed) > 1 else {}
        noted = (
            self._desk.remark_each({ref: arrival(row) for ref, row in together.items()}) if together else ()
        )
        done = {together[ref].id for ref in noted}
        for row in followed:
            if row.id not in done:
                self._note(row, arrival(row))

    def refused(self, rows: Iterable[Outgoing], why: str) -> None:
        """`why`: Slack's own word. The rows stay, and are tried again: somebody may let the bot in."""
        for row in rows:
            if is_followed(row):
                self._note(row, silence(row, why))

    def _note(self, row: Outgoing, said: Delivered | SlackSilent) -> None:
        try:
            if row.ref == ROSTER:
                self._duty_desk.remark(said)
            else:
                self._desk.remark(row.ref, said)
        except Unreadable as lost:
            log.error("nobody can write down what became of a page", why=str(lost))


def is_followed(row: Outgoing) -> bool:
    """Whether somebody must hear where it does not arrive."""
    if row.ref == ROSTER:
        return row.kind == OutboxKind.HANDOVER and bool(row.lane.person)
    return row.kind == OutboxKind.PAGE


def silence(row: Outgoing, why: str) -> SlackSilent:
    return SlackSilent(page=row.version, role=row.role or Role.FIM, why=why)
