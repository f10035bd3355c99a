"""The force has gone from full content to reference-only mode: what still holds a name is mended at the next start.

Every case's card is drawn anew, closed ones too, and each pack of a hand-over; what was typed and abandoned is
forgotten. How many cards are left is in the log and in `/healthz`, and the technician is told. What was said in threads
stays as it was posted.
"""

import msgspec
import structlog
from msgspec import Struct
from msgspec.structs import replace

from bot.desk import Desk, NoSuchCase
from bot.duty_desk import DutyDesk
from bot.outgoing import CASES
from bot.ports.damaged import read
from bot.ports.destination import HELD, Destination, OutboxKind
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
    """How this installation last ran, and how far it has come: whoever dies leaves it to the next, and every bot says
    the same of it."""

    full: bool
    left: tuple[str, ...] = ()  # cases whose cards are to be drawn anew
    asked: tuple[str, ...] = ()  # those for which that was asked, and that may not be drawn yet
    packs: tuple[tuple[str, str], ...] = ()  # lane and row of each pack, likewise
    unread: tuple[str, ...] = ()  # cases that could not be read, and keep the cards that they have


class ContentSwitch:
    """Asks the desks for cards and packs to be drawn, and follows in the outbox what became of it."""

    def __init__(self, stores: Stores, desk: Desk, duty_desk: DutyDesk, *, full: bool) -> None:
        self._stores = stores
        self._desk = desk
        self._duty_desk = duty_desk
        self._full = full
        self._has_begun = False
        self.left = 0  # cards that still hold what they held
        self.unreadable: tuple[str, ...] = ()

    def look(self) -> None:
        """Each second."""
        kept = self._kept()
        if kept is None or kept.full != self._full:
            kept = self._switched(kept)
        elif kept.unread and not self._has_begun:
            kept = replace(kept, left=(*kept.left, *kept.unread), unread=())
        self._has_begun = True
        now = self._waiting(self._asked(kept))
        if self._has_moved_on(now, kept):
            self._keep(now)
        self._count(now)

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
        packs: list[Outgoing] = []
        if not self._full:
            self._stores.drafts.forget_all()
            shown = self._stores.outbox.cases_shown()
            refs = shown if before else self._named(shown)
        if refs:
            log.warning("reference-only mode: cards are drawn anew", left=len(refs))
            packs += self._duty_desk.show_again(self._is_shown)
        kept = ContentKept(
            full=self._full, left=tuple(refs), packs=tuple((str(row.lane), row.id) for row in packs)
        )
        self._keep(kept)
        return kept

    def _named(self, refs: list[str]) -> list[str]:
        """Of a time of which nobody knows how it was: those whose child has a name, or that cannot be read."""
        cases, unread = self._stores.cases.readable(refs)
        return [*(case.ref for case in cases if case.child.name), *unread]

    def _keep(self, kept: ContentKept) -> None:
        self._stores.documents.put(_NAME, msgspec.json.encode(kept))

    def _asked(self, kept: ContentKept) -> ContentKept:
        """For some more of them."""
        asked, unread = list(kept.asked), list(kept.unread)
        for ref in kept.left[:_AT_ONCE]:
            try:
                self._desk.show_again(ref)
            except (NoSuchCase, Erased):
                continue
            except Unreadable:
                unread.append(ref)
            else:
                asked.append(ref)
        return replace(
            kept,
            left=kept.left[_AT_ONCE:],
            asked=tuple(dict.fromkeys(asked)),
            unread=tuple(dict.fromkeys(unread)),
        )

    def _waiting(self, kept: ContentKept) -> ContentKept:
        """Without what was drawn. A newer row that draws the same card may have taken the place of the one that was
        asked for; and what is put by, or whose case cannot be read, is not drawn yet."""
        if not (kept.asked or kept.packs):
            return kept
        limit = len(kept.asked) + len(kept.packs) + 1000
        lanes = {CASES, *(Destination(lane) for lane, _ in kept.packs)}
        held = {Destination.of(kind, lane) for kind in HELD for lane in lanes}
        rows = [row for lane in (*lanes, *held) for row in self._stores.outbox.pending(lane, limit)]
        cards, ids = {row.ref for row in rows if row.kind is OutboxKind.CARD}, {row.id for row in rows}
        return replace(
            kept,
            asked=tuple(ref for ref in kept.asked if ref in cards),
            packs=tuple(pack for pack in kept.packs if pack[1] in ids),
        )

    def _has_moved_on(self, now: ContentKept, kept: ContentKept) -> bool:
        """Not each card that was drawn: of a hundred thousand the list is long."""
        is_over = not (now.asked or now.packs)
        drawn = len(kept.asked) + len(kept.packs) - len(now.asked) - len(now.packs)
        return now != kept and (bool(kept.left) or is_over or drawn >= _AT_ONCE)

    def _is_shown(self, pack: Outgoing) -> bool:
        return self._stores.outbox.card(handover_key(pack.lane, pack.version)) is not None

    def _count(self, kept: ContentKept) -> None:
        self.unreadable = kept.unread
        left = len(kept.left) + len(kept.asked) + len(kept.packs)
        if left != self.left:
            log.warning("cards that may still show names", left=left)
        self.left = left
