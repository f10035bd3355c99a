"""Pages that wait in the outbox → posts, composed by the same code as in production, and thrown away once counted."""

from datetime import datetime

from bot.digest import WITHIN, PagedCase, Post, compose, lines_joined
from bot.domain.case import Case
from bot.domain.policy import Policy
from bot.ports.destination import Destination
from bot.ports.outbox import Outgoing
from bot.ports.outbox_kind import OutboxKind
from bot.ports.rosters import ROSTER
from bot.ports.stores import Stores

_LEASE = 60.0  # seconds; a replay drains alone and loses no lease
_AT_ONCE = 1000


class Postroom:
    def __init__(self, stores: Stores, policy: Policy) -> None:
        self._stores = stores
        self._policy = policy
        # Lane and case → when its live card rang; a line in a digest is no card that another page could join.
        self._rang: dict[tuple[str, str], datetime] = {}

    def send(self, machine_now: float, *, caught_up: bool) -> list[Post]:
        """Empties every lane. `caught_up` where the timer was down until now."""
        posts: list[Post] = []
        for lane in self._stores.outbox.lanes():
            pages = [row for row in self._emptied(lane, machine_now) if row.kind == OutboxKind.PAGE]
            posts += self._composed(pages, caught_up)
        return posts

    def _emptied(self, lane: Destination, machine_now: float) -> list[Outgoing]:
        outbox, rows = self._stores.outbox, []
        token = outbox.claim(lane, machine_now, _LEASE)
        if token is None:
            raise RuntimeError(f"Somebody else drains the lanes of this replay ({lane}).")
        while waiting := outbox.pending(lane, _AT_ONCE):
            rows += waiting
            outbox.sent(lane, token, [row.id for row in waiting], {})
        outbox.release(lane, token)
        return rows

    def _composed(self, pages: list[Outgoing], caught_up: bool) -> list[Post]:
        """A page about a hand-over is a post of its own: no case is behind it that could be ranked."""
        of_cases = [row for row in pages if row.ref != ROSTER]
        grades = {ref: self._case(ref).running_grade for ref in {row.ref for row in of_cases}}
        composed = compose(of_cases, grades, digest_over=self._policy.digest_over, caught_up=caught_up)
        posts = [post for post in composed if not self._joins(post)]
        for post in posts:
            self._note_cards(post)
        return [*posts, *(_handover(row) for row in pages if row.ref == ROSTER)]

    def _case(self, ref: str) -> Case:
        """Of a replay every case can be read, or the replay ends."""
        case = self._stores.cases.load(ref)
        assert case is not None, "rows are written in the same append as their case"
        return case

    def _note_cards(self, post: Post) -> None:
        for case in post.cases:
            card = (case.rows[0].lane, case.ref)
            self._rang.pop(card, None)
            if not post.is_digest:
                self._rang[card] = case.at

    def _joins(self, post: Post) -> bool:
        """Whether it goes onto a card less than a minute old, by edit: paged, not posted (as `workers.delivery`)."""
        page = post.cases[0].rows[0]
        rang = None if post.is_digest else self._rang.get((page.lane, page.ref))
        if rang is None or page.at - rang >= WITHIN:
            return False
        return bool(lines_joined(self._stores.cases.entries(page.ref), page))


def _handover(row: Outgoing) -> Post:
    assert row.role is not None, "a page is to a role"
    return Post(role=row.role, cases=(PagedCase(ref=ROSTER, rows=(row,)),), is_digest=False)
