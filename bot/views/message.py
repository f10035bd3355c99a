"""What the delivery worker asks of the screens. What is posted is rendered when it is sent, never earlier."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from bot.domain.case import Case
from bot.domain.events import Entry, PageLine
from bot.domain.people import Role

Block = dict[str, Any]
View = dict[str, Any]


class Message(Struct, frozen=True, kw_only=True):
    """`text` is all that a phone's lock screen shows: no child's name is ever in it (screens.md §14)."""

    text: str
    blocks: list[Block]


class Renderer(Protocol):
    """Pure apart from the time and who is on duty. `entries` is the case's whole record, oldest first."""

    def card(self, case: Case) -> Message:
        """The case card. The first post and every edit of it are the same call."""

    def moved(self, link: str) -> Message:
        """What a case's card becomes whose thread takes no more, once a newer one, at `link`, was posted."""

    def sent_twice(self, link: str) -> Message:
        """What the copy becomes of a post that was made again, since Slack did not answer; the other is at `link`."""

    def line(self, case: Case, entry: Entry) -> Message | None:
        """One line for the card's thread; None where the entry is none of the thread's business."""

    def page(
        self,
        case: Case,
        entries: Sequence[Entry],
        role: Role,
        lines: Sequence[PageLine],
    ) -> Message:
        """A page that mentions the role. With the lines of both, a page that another clock joined by edit."""

    def page_state(self, case: Case, entries: Sequence[Entry], role: Role) -> Message:
        """The live page card as it stands: waiting, acknowledged or cleared. Never mentions; for edits."""

    def passed_on(self, case: Case) -> Message:
        """The page card of a person who owns the case no more. Never mentions; for edits."""

    def superseded(self, case: Case, entries: Sequence[Entry], role: Role, *, link: str) -> Message:
        """What a page card shrinks to when a newer one, at `link`, was posted."""

    def superseded_digest(self, link: str) -> Message:
        """What a digest shrinks to when each of its cases has a newer page; the newest of those is at `link`."""

    def digest(
        self,
        cases: Sequence[Case],
        role: Role,
        *,
        stood_still: tuple[datetime, datetime] | None = None,
        unreadable: Sequence[str] = (),
        passed_on: Collection[str] = (),
    ) -> Message:
        """Many cases in one post. The same call, with the same cases, redraws it after acknowledgements.

        `unreadable`: references of those of its cases that cannot be read any more. `passed_on`: of those that whom
        it calls, as their owner, no longer owns.
        """

    def undelivered(self, pages: Sequence[tuple[Case, Role]]) -> Message | None:
        """Which of these pages reached nobody, and whom to ring; None where all of it is over."""

    def asked_again(self, case: Case) -> Message:
        """What an offer becomes when a newer one asks the same person."""

    def offer(self, case: Case, person: str) -> Message:
        """The direct message to whom a case was assigned, with Accept and Decline."""

    def declined(self, case: Case, asked_by: str) -> Message:
        """The direct message to whoever assigned it, that it was declined, with Assign. The same call redraws it."""
