"""What became of a page on its way to Slack, written on its case: nothing is called paged before this says so."""

from collections.abc import Iterable, Sequence
from typing import Protocol

import structlog

from bot.domain.case import Case
from bot.domain.events import Delivered, Entry, SlackSilent
from bot.domain.people import Role
from bot.outgoing import arrival
from bot.ports.cases import CaseStore
from bot.ports.errors import Unreadable
from bot.ports.outbox import Outgoing
from bot.ports.outbox_kind import OutboxKind
from bot.ports.rosters import ROSTER

# Reading the case behind a row. Its row was written in the same append: where the case is not there, it
# was lost.


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


log = structlog.get_logger()


class DeliveryRemarks(Protocol):
    """The desk, as far as it is needed here."""

    def remark(self, ref: str, said: Delivered | SlackSilent) -> object: ...


class HandoverRemarks(Protocol):
    """The desk for duties, likewise."""

    def remark(self, said: Delivered | SlackSilent) -> object: ...


class DeliveryOutcomes:
    """Of pages of cases, and of hand-overs to their takers; whatever else a row is, nothing is written of it."""

    def __init__(self, desk: DeliveryRemarks, duty_desk: HandoverRemarks) -> None:
        self._desk = desk
        self._duty_desk = duty_desk

    def taken(self, rows: Iterable[Outgoing]) -> None:
        """Before the rows are struck off: after a crash between, the post is found and this said again, once."""
        for row in rows:
            if is_followed(row):
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
