"""Posts whose outcome nobody knows: a crash, a time-out, a 5xx between the post and its answer.

`chat.postMessage` knows no idempotency key, so the channel itself is asked for the key in the message's metadata.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from bot.ports.outbox import Outgoing
from bot.ports.outbox_kind import OutboxKind
from bot.ports.places import case_key, place
from workers.delivery.turn import Turn

# Slack's clock against ours: how far before our mark its `ts` may lie.
_SKEW = 120.0

Arrived = Callable[[Turn, Sequence[Outgoing], str], None]


def settle(turn: Turn, rows: Sequence[Outgoing], arrived: Arrived) -> tuple[list[Outgoing], frozenset[str]]:
    """Gives `arrived` the posts that are in the channel. The rows still to be sent, and which of them may be repeats.

    Raises ChatError where the channel cannot be asked: then nothing of this lane may be posted again.
    """
    marked = turn.outbox.doubtful(turn.lane)
    left = [row for row in rows if row.id not in marked]
    repeats: list[Outgoing] = []
    for marked_at, post in _posts([row for row in rows if row.id in marked], marked):
        ts = _find(turn, post, marked_at)
        if ts is None:
            repeats += post
        else:
            arrived(turn, post, ts)
    return [*repeats, *left], frozenset(row.id for row in repeats)


def _posts(rows: Sequence[Outgoing], marked: Mapping[str, float]) -> Iterator[tuple[float, list[Outgoing]]]:
    """The rows of one post were marked at one instant; a turn ends at its first doubtful post."""
    for since, post in groupby(sorted(rows, key=lambda row: marked[row.id]), key=lambda row: marked[row.id]):
        yield since, list(post)


def _find(turn: Turn, post: Sequence[Outgoing], marked_at: float) -> str | None:
    thread = turn.outbox.card(case_key(post[0].ref)) if post[0].kind == OutboxKind.LINE else None
    since = turn.looks_back_from(marked_at) - _SKEW
    found = turn.chat.find(turn.channel, since, place(thread).ts if thread else None)
    return next((found[row.id] for row in post if row.id in found), None)
