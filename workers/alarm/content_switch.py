"""The force has gone from full content to reference-only mode: what still holds a name is mended at the next start.

Every case's card is drawn anew, closed ones too, and each pack of a hand-over; what was typed and abandoned is
forgotten. How many cards are left is in the log and in `/healthz`, and the technician is told. What was said in threads
stays as it was posted.
"""

from collections.abc import Iterable

import msgspec
import structlog
from msgspec import Struct

from bot.desk import Desk, NoSuchCase
from bot.duty_desk import DutyDesk
from bot.ports.damaged import read
from bot.ports.errors import Erased, Unreadable
from bot.ports.outbox import Outgoing
from bot.ports.places import handover_key
from bot.ports.stores import Stores
from workers.alarm.matters import Found, Matter

_NAME = "content"  # of the document
_AT_ONCE = 50  # cards whose redrawing is asked for in one look
_MATTER = "cards with names"

log = structlog.get_logger()


class ContentKept(Struct, frozen=True, kw_only=True):
    """How this installation last ran."""

    full: bool
    left: tuple[str, ...] = ()  # cases whose cards are to be drawn anew


class ContentSwitch:
    """Asks the desks for cards and packs to be drawn, and follows the rows of the outbox that do it."""

    def __init__(self, stores: Stores, desk: Desk, duty_desk: DutyDesk, *, full: bool) -> None:
        self._stores = stores
        self._desk = desk
        self._duty_desk = duty_desk
        self._full = full
        self._asked: dict[str, Outgoing] = {}
        self.left = 0  # cards that still hold what they held
        self.unreadable: tuple[str, ...] = ()

    def look(self) -> None:
        """Each second."""
        kept = self._kept()
        if kept is None or kept.full != self._full:
            kept = self._switched(kept)
        if not (kept.left or self._asked):
            self.left = 0
            return
        for ref in kept.left[:_AT_ONCE]:
            self._ask(ref)
        if kept.left:
            self._keep(ContentKept(full=self._full, left=kept.left[_AT_ONCE:]))
        self._count(len(kept.left[_AT_ONCE:]))

    def found(self) -> Found:
        """For the technician."""
        unread = (
            f" Cannot be read, and stay as they are: {', '.join(self.unreadable)}." if self.unreadable else ""
        )
        if not self.left and not unread:
            return {}
        says = f"{self.left} case cards in Slack may still show names: they are being drawn anew.{unread}"
        return {_MATTER: Matter(says=says, over="No case card in Slack shows a name any more.")}

    def _kept(self) -> ContentKept | None:
        """None where it never ran, or ran before this was noted."""
        return read(self._stores.documents, _NAME, ContentKept)

    def _switched(self, before: ContentKept | None) -> ContentKept:
        refs: list[str] = []
        if not self._full:
            self._stores.drafts.forget_all()
            shown = self._stores.outbox.cases_shown()
            refs = shown if before else self._named(shown)
        if refs:
            log.warning("reference-only mode: cards are drawn anew", left=len(refs))
            self._follow(self._duty_desk.show_again(self._is_shown))
        kept = ContentKept(full=self._full, left=tuple(refs))
        self._keep(kept)
        return kept

    def _named(self, refs: list[str]) -> list[str]:
        """Of a time of which nobody knows how it was: those whose child has a name, or that cannot be read."""
        cases, unread = self._stores.cases.readable(refs)
        return [*(case.ref for case in cases if case.child.name), *unread]

    def _keep(self, kept: ContentKept) -> None:
        self._stores.documents.put(_NAME, msgspec.json.encode(kept))

    def _ask(self, ref: str) -> None:
        try:
            row = self._desk.show_again(ref)
        except (NoSuchCase, Erased):
            return
        except Unreadable:
            self.unreadable = (*self.unreadable, ref)
        else:
            self._follow([row])

    def _follow(self, rows: Iterable[Outgoing]) -> None:
        self._asked |= {row.id: row for row in rows}

    def _is_shown(self, pack: Outgoing) -> bool:
        return self._stores.outbox.card(handover_key(pack.lane, pack.version)) is not None

    def _count(self, unasked: int) -> None:
        if self._asked:
            lanes = {row.lane for row in self._asked.values()}
            limit = len(self._asked) + 1000
            waiting = {row.id for lane in lanes for row in self._stores.outbox.pending(lane, limit)}
            self._asked = {id: row for id, row in self._asked.items() if id in waiting}
        left = unasked + len(self._asked)
        if left != self.left:
            log.warning("cards that may still show names", left=left)
        self.left = left
