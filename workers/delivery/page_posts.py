"""A role's channel, or the owner's own: pages, the live card that each leaves, and the older ones, shrunk."""

from collections.abc import Collection, Iterable, Sequence

import structlog
from msgspec import Struct

from bot.digest import PagedCase, Post, card_joined, compose
from bot.domain.case import Case
from bot.domain.events import Entry
from bot.domain.people import Role
from bot.outgoing import person_lane, row_id
from bot.ports.cases import CaseStore
from bot.ports.destination import OutboxKind
from bot.ports.errors import Unreadable
from bot.ports.metrics import Metrics
from bot.ports.outbox import Outgoing
from bot.ports.places import Place, digest_key, listed, page_key
from bot.slack.slack_chat import PostDeclined
from bot.views.message import Message, Renderer
from workers.delivery.case_cards import by_case
from workers.delivery.held_lane import NotNow
from workers.delivery.older_pages import Older, ask_to_shrink, older_after
from workers.delivery.outcomes import DeliveryOutcomes, Notes, history_of
from workers.delivery.page_cards import PageCards
from workers.delivery.turn import Turn

log = structlog.get_logger()

NOTED_AT_ONCE = 50  # pages that arrived in one message, between two looks at the lease


class Sorted(Struct, frozen=True, kw_only=True):
    """The rows of cases in one turn."""

    known: dict[str, Case]
    posts: list[Post]
    redrawn: list[Outgoing]
    shrunk: list[Outgoing]


class PagePosts:
    def __init__(
        self,
        cases: CaseStore,
        renderer: Renderer,
        notes: Notes,
        metrics: Metrics,
        arrivals: DeliveryOutcomes,
        *,
        digest_over: int,
    ) -> None:
        self._cases = cases
        self._renderer = renderer
        self._notes = notes
        self._arrivals = arrivals
        self._cards = PageCards(cases, renderer, metrics)
        self._older = Older(self._cards)
        self._digest_over = digest_over

    def sorted_out(self, turn: Turn, rows: Sequence[Outgoing]) -> Sorted:
        """What of these rows has to be posted, and what is only to be redrawn. Raises TurnLost."""
        asked = [row for row in rows if row.kind == OutboxKind.PAGE]
        known = self._known(turn, asked)
        pages = [row for row in asked if row.ref in known]
        grades = {ref: case.running_grade for ref, case in known.items()}
        waiting = [row for row in pages if is_waiting(known[row.ref], row)]
        stood_still = self._notes.outage(waiting)
        posts = compose(waiting, grades, digest_over=self._digest_over, caught_up=stood_still is not None)
        over = [row for row in pages if row not in waiting]
        edits = [row for row in rows if row.kind in (OutboxKind.REFRESH, OutboxKind.SHRINK)]
        return Sorted(
            known=known,
            posts=posts,
            redrawn=[*over, *(row for row in edits if row.kind == OutboxKind.REFRESH or row.place)],
            shrunk=[row for row in edits if row.kind == OutboxKind.SHRINK and not row.place],
        )

    def post(self, turn: Turn, pages: Sorted) -> None:
        """Highest risk first."""
        for post in pages.posts:
            rows = [row for case in post.cases for row in case.rows]
            with turn.apart(rows, self._arrivals.refused):
                self._post(turn, post, pages.known)

    def redraw(self, turn: Turn, pages: Sorted) -> None:
        self._redraw(turn, pages.redrawn)
        self._older.shrink(turn, pages.shrunk)

    def _known(self, turn: Turn, rows: Sequence[Outgoing]) -> dict[str, Case]:
        """By reference. What cannot be read is quarantined before anything is sent, so that it holds up nobody."""
        together = by_case(rows)
        found, unread = self._cases.readable(sorted(together))
        for ref in unread:
            turn.to_quarantine(together[ref], Unreadable(ref, "its page waits"))
        return {case.ref: case for case in found}

    def _post(self, turn: Turn, post: Post, known: dict[str, Case]) -> None:
        if post.is_digest:
            message = self._digest(post, known)
        else:
            page, entries = post.cases[0], history_of(self._cases, post.cases[0].ref)
            if self._joined(turn, page, known, entries):
                return
            message = self._renderer.page(known[page.ref], entries, post.role, page.lines)
            message = message if entries else self._notes.with_gap(message)
        rows = [row for case in post.cases for row in case.rows]
        ts = turn.post(rows, self._notes.with_delay(message, rows))
        self._settle(turn, rows, ts, digest_of=list(by_case(rows)) if post.is_digest else ())

    def _joined(self, turn: Turn, page: PagedCase, known: dict[str, Case], entries: Sequence[Entry]) -> bool:
        """Whether it went onto a card that rang less than a minute ago, by edit."""
        role = turn.lane.role
        where = turn.outbox.card(page_key(turn.lane, page.ref))
        card = card_joined(entries, page.rows[0])
        if card is None or where is None or turn.outbox.listed(digest_key(where)):
            return False
        if turn.still_wait([row_id(page.ref, card.page, OutboxKind.PAGE, turn.lane)]):
            return False  # the page that it is to join has not rung: what stands there is an older one
        both = self._renderer.page(known[page.ref], entries, role, (*card.lines, *page.lines))
        try:
            with turn.drawing(where, page.rows[:1]):
                if is_there := turn.edit(where, both):
                    self._arrivals.taken(page.rows)
                    turn.done(page.rows)
                return is_there
        except (NotNow, PostDeclined):
            return False  # a page does not wait for an edit: it rings anew

    def _digest(self, post: Post, known: dict[str, Case]) -> Message:
        cases = [known[paged.ref] for paged in post.cases]
        rows = [row for case in post.cases for row in case.rows]
        return self._renderer.digest(cases, post.role, stood_still=self._notes.outage(rows))

    def arrived(self, turn: Turn, rows: Sequence[Outgoing], ts: str, *, is_digest: bool) -> None:
        """What was in doubt is there, and may be in one digest with what was found there before."""
        refs = dict.fromkeys((*turn.outbox.listed(digest_key(turn.place(ts))), *by_case(rows)))
        self._settle(turn, rows, ts, digest_of=list(refs) if is_digest or len(refs) > 1 else ())

    def _settle(self, turn: Turn, rows: Sequence[Outgoing], ts: str, *, digest_of: Collection[str]) -> None:
        """What follows from a page that is in its channel: it is the live card, and older ones are to shrink.

        A digest has one row for each of a thousand cases, and what it is found by again are its rows: they are struck
        off together. Whoever goes on after a crash begins with what is not noted yet.
        """
        left = self._not_noted(rows)
        for first in range(0, len(left), NOTED_AT_ONCE):
            turn.keep()
            self._arrivals.taken(left[first : first + NOTED_AT_ONCE])
        where = turn.place(ts)
        refs = list(by_case(rows))
        cards = older_after(turn.outbox, turn.lane, refs, where)
        ask_to_shrink(turn, rows, cards)
        cards |= {page_key(turn.lane, ref): where for ref in refs}
        turn.done(rows, cards | ({digest_key(where): listed(digest_of)} if digest_of else {}))

    def _not_noted(self, rows: Sequence[Outgoing]) -> list[Outgoing]:
        if len(rows) == 1:
            return list(rows)
        found, _ = self._cases.readable(sorted({row.ref for row in rows}))
        noted = {
            (case.ref, role, page.number)
            for case in found
            for role, page in case.pages.items()
            if page.taken_at and not page.way
        }
        return [row for row in rows if (row.ref, row.role, row.version) not in noted]

    def _redraw(self, turn: Turn, rows: Iterable[Outgoing]) -> None:
        """Each card once, however many rows asked for it: the live ones first. A case without one has its page still to
        come; one that may be there already is drawn once it is found."""
        asked, at = list(rows), dict[tuple[bool, Place | None], list[Outgoing]]()
        newest = turn.outbox.cards([page_key(turn.lane, ref) for ref in by_case(asked)])
        for row in asked:
            live = newest.get(page_key(turn.lane, row.ref))
            where = row.place or live
            at.setdefault((where != live, where), []).append(row)
        for (is_older, where), together in sorted(at.items(), key=lambda each: each[0][0]):
            with turn.apart(together, where=where, is_awaited=not is_older):
                if where:
                    self._cards.draw(turn, together[0].ref, where)
                turn.done(together)


def is_waiting(case: Case, row: Outgoing) -> bool:
    """Somebody must still act: not every clock on it has been acknowledged or cleared while Slack was slow. Who no
    longer owns the case is not asked to: its clocks go on to the owner of now, or to the next rung."""
    if row.role is Role.OWNER and row.lane != person_lane(case.owner or ""):
        return False
    standing = [case.paging.get(line.clock) for line in row.lines]
    return any(
        paging is not None and paging.started == line.started and paging.acknowledged is None
        for line, paging in zip(row.lines, standing, strict=True)
    )
