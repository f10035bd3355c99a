"""That a page reached nobody, or did at last; and posts whose outcome nobody knows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Protocol

from bot.domain.case import Case
from bot.domain.people import Role
from bot.ports.cases import CaseStore
from bot.ports.destination import OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.places import case_key
from bot.slack.post_keys import FoundPosts
from bot.slack.slack_chat import PostDeclined
from bot.views.message import Renderer
from workers.delivery.case_cards import by_case, by_key
from workers.delivery.outcomes import case_of
from workers.delivery.turn import Turn


class Undelivered:
    def __init__(self, cases: CaseStore, renderer: Renderer) -> None:
        self._cases = cases
        self._renderer = renderer

    def send(self, turn: Turn, rows: Sequence[Outgoing]) -> None:
        """What was mended before anybody read of it is not said."""
        said: list[Outgoing] = []
        pages: list[tuple[Case, Role]] = []
        for ref, together in by_case(row for row in rows if row.kind == OutboxKind.UNDELIVERED).items():
            with turn.apart(together):
                case = case_of(self._cases, ref)
                roles = Counter(row.role for row in together if row.role)
                pages += [
                    (case, role) for role, times in roles.items() if times == 1 or not _by_slack(case, role)
                ]
                said += together
        message = self._renderer.undelivered(pages) if pages else None
        with turn.apart(said):
            if message:
                turn.post(said, message)
            if said:
                turn.done(said)


def _by_slack(case: Case, role: Role) -> bool:
    return case.pages[role].taken_at is not None and not case.pages[role].way


# Posts whose outcome nobody knows: a crash, a time-out, a 5xx between the post and its answer.

# Slack's clock against ours: how far before our mark its `ts` may lie.
_SKEW = 120.0


class OnArrival(Protocol):
    def __call__(self, turn: Turn, rows: Sequence[Outgoing], ts: str, *, is_digest: bool) -> None:
        """`is_digest`: the post at `ts` was made for several cases, whichever these rows are of."""


def settle(
    turn: Turn, rows: Sequence[Outgoing], arrived: OnArrival
) -> tuple[list[Outgoing], Mapping[str, str]]:
    """Gives `arrived` the posts that are in the channel. The rows still to be sent, and which of them may be repeats:
    by id, with one name for what was in one post.

    Raises ChatError where the channel cannot be asked: then nothing of this lane may be posted again.
    """
    marked = turn.outbox.doubtful(turn.lane)
    left = [row for row in rows if row.id not in marked]
    posts = _posts([row for row in rows if row.id in marked], marked)
    repeats: list[Outgoing] = []
    posted: dict[str, str] = {}
    there: dict[str, list[Outgoing]] = {}
    digests: set[str] = set()
    for post, found in zip(posts, _looked_for(turn, posts, marked), strict=True):
        for ts, together in _said_in(found, post).items():
            if ts is None:
                repeats += together
                posted |= {row.id: post[0].id for row in together}
            else:
                there.setdefault(ts, []).extend(together)
                if found.is_digest(ts):
                    digests.add(ts)
    for ts, together in there.items():
        arrived(turn, together, ts, is_digest=ts in digests)
    return [*repeats, *left], posted


def _posts(rows: Sequence[Outgoing], marked: Mapping[str, float]) -> list[list[Outgoing]]:
    """The rows of one post were marked at one instant; a turn ends at its first doubtful post."""
    in_order = sorted(rows, key=lambda row: marked[row.id])
    return [list(post) for _, post in groupby(in_order, key=lambda row: marked[row.id])]


def _looked_for(
    turn: Turn, posts: Sequence[Sequence[Outgoing]], marked: Mapping[str, float]
) -> list[FoundPosts]:
    """What is in the place of each: one look at each place, for all that may be there."""
    threads = [_thread(turn, post[0]) for post in posts]
    found: dict[str | None, FoundPosts] = {}
    for thread in dict.fromkeys(threads):
        there = [post[0] for post, its in zip(posts, threads, strict=True) if its == thread]
        since = turn.looks_back_from(min(marked[row.id] for row in there)) - _SKEW
        found[thread] = _found_in(turn, since, thread)
    return [found[thread] for thread in threads]


def _found_in(turn: Turn, since: float, thread: str | None) -> FoundPosts:
    """Nothing, where the card is gone whose thread it is."""
    try:
        return turn.chat.find_once(turn.channel, since, thread)
    except PostDeclined as no:
        if thread is None or not no.is_gone:
            raise
        return FoundPosts()


def _thread(turn: Turn, row: Outgoing) -> str | None:
    card = turn.outbox.card(case_key(row.ref)) if row.kind == OutboxKind.LINE else None
    return card.ts if card else None


def _said_in(found: FoundPosts, post: Sequence[Outgoing]) -> Mapping[str | None, Sequence[Outgoing]]:
    """`ts` of a message → what of these is said in it; None → what is in none. They were on their way together, and may
    be there together; or an earlier try has brought some of them."""
    if together := found.place_of([row.id for row in post]):
        return {together: post}
    return by_key(post, lambda row: found.place_of([row.id]))
