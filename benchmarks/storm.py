"""Many cases come due for the FIM in one second: when the first post is there, how many there are, who is left out; and
how soon a HIGH child who is reported right after has a card, with all that the storm left waiting in that channel.

    .venv/bin/python -m benchmarks.storm [CASES …]

The workspace's rate limits are on: one post a second and channel. A post of N is in time within N + 2 s. One message
holds some five hundred references; what it does not hold it counts.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from benchmarks.installation import Installation, late_by, running
from benchmarks.tables import Cell, Table, main
from bot.domain.facts import Answer, Grade
from bot.domain.people import Role
from bot.outgoing import CASES, role_lane
from bot.ports.destination import OutboxKind
from cli.demo import cast
from sandbox.client import Message

OWNER_DUE = timedelta(minutes=15)  # at medium
REF = re.compile(r"MC-\d{2}-\d{4,}")
MORE = re.compile(r"and (\d+) more")
HIGH = {"suicidal_today": Answer.YES}
PATIENCE = 120.0  # seconds after they came due
_FAR = 1_000_000  # rows


def measure(given: list[str]) -> Iterator[Table]:
    sizes = [int(size) for size in given] or [60, 500]
    yield Table(
        title="A storm, by Slack's limits",
        command=f".venv/bin/python -m benchmarks.storm {' '.join(map(str, sizes))}",
        heads=(
            "cases",
            "posts",
            "first after, s",
            "last after, s",
            "named",
            "counted",
            "edits that wait",
            "posts that wait",
            "next HIGH child's card after, s",
        ),
        rows=[_storm(size) for size in sizes],
    )


def _storm(size: int) -> tuple[Cell, ...]:
    with running(rate_limits=True) as installation:
        due = (installation.now() + timedelta(seconds=20 + size / 20)).replace(microsecond=0)
        for _ in range(size):
            installation.report(due - OWNER_DUE, grade=Grade.MEDIUM)
        assert installation.now() < due, "reporting took longer than there was time for"
        assert not installation.posts_in(Role.FIM), "a page came early"
        until_due = (due - installation.now()).total_seconds()
        installation.workspace.wait_for(
            lambda: installation.now() >= due and not pages_left(installation),
            f"all {size} are told",
            until_due + PATIENCE,
        )
        return size, *_told(installation, due), *_next_child(installation)


def pages_left(installation: Installation) -> bool:
    outbox, due = installation.bot.stores.outbox, installation.bot.stores.due
    waiting = outbox.pending(role_lane(Role.FIM), _FAR)
    return bool(due.overdue(installation.now())) or any(row.kind == OutboxKind.PAGE for row in waiting)


def _told(installation: Installation, due: datetime) -> tuple[Cell, ...]:
    posts = installation.posts_in(Role.FIM)
    late = sorted(late_by(post, due).total_seconds() for post in posts)
    named = {ref for post in posts for ref in REF.findall(post.words)}
    more = sum(int(count) for post in posts for count in MORE.findall(post.words))
    return len(posts), late[0], late[-1], len(named), more


def _next_child(installation: Installation) -> tuple[Cell, ...]:
    waiting = installation.bot.stores.outbox.pending(CASES, _FAR)
    edits = sum(row.is_edit for row in waiting)
    at = installation.now()
    ref = installation.report(at, markers=HIGH)
    installation.workspace.wait_for(lambda: bool(_cards(installation, ref)), f"the card of {ref}", PATIENCE)
    return edits, len(waiting) - edits, late_by(_cards(installation, ref)[0], at).total_seconds()


def _cards(installation: Installation, ref: str) -> list[Message]:
    place = installation.workspace.channel_id(cast.CASES)
    return [post for post in installation.workspace.posts() if post.channel == place and post.says(ref)]


if __name__ == "__main__":
    main(__doc__, measure)
