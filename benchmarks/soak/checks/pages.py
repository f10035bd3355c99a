"""The record's pages against the channels'."""

from collections import Counter, defaultdict

from benchmarks.soak.evidence import Evidence, Offender, key_of
from bot.digest import lines_joined
from bot.domain.fold import fold
from bot.ports.outbox import Outgoing
from sandbox.client import Message
from workers.delivery.page_posts import is_waiting

_ON_ITS_WAY = 8.0  # seconds that may lie between a worker's look at the lane and its post


def missing(found: Evidence) -> list[Offender]:
    return [
        Offender(f"{row.id}, {[line.clock for line in row.lines]}", found.at(row.at))
        for row in found.pages
        if not (_posted(row, found) or _joined(row, found) or _needless(row, found))
    ]


def _posted(row: Outgoing, found: Evidence) -> bool:
    return carrying(row, found) is not None


def carrying(row: Outgoing, found: Evidence) -> Message | None:
    """The post that brought it: its own, one that an earlier page of the case leads, or a digest."""
    since = found.at(row.at) - 0.5
    for post in found.in_lane(row.lane):
        if key_of(post) == row.id:
            return post
        if row.ref in _first_named(post, found) and float(post.ts) >= since:
            leads = key_of(post).split(":")
            same_case = leads[0] == row.ref
            if not same_case or (leads[2] == "page" and int(leads[1]) <= row.version):
                return post
    return None


def _first_named(post: Message, found: Evidence) -> set[str]:
    """The cases of a post as it left: later edits name others, or fewer."""
    return found.first_named[f"{post.channel}:{post.ts}"]


def _joined(row: Outgoing, found: Evidence) -> bool:
    """It went onto a card that was there, by edit."""
    if not lines_joined(found.entries[row.ref], row):
        return False
    since = found.at(row.at) - 0.5
    places = [
        f"{post.channel}:{post.ts}"
        for post in found.in_lane(row.lane)
        if row.ref in _first_named(post, found)
    ]
    return any(at >= since for place in places for at in found.edits.get(place, []))


def _needless(row: Outgoing, found: Evidence) -> bool:
    """Answered or over before Slack took it: whoever would have read it has nothing to do."""
    entries = found.entries[row.ref]
    return any(
        not is_waiting(fold(entries[:version]), row) for version in range(row.version, len(entries) + 1)
    )


def twice(found: Evidence) -> list[Offender]:
    return [*_same_key(found), *_same_pages(found)]


def _same_key(found: Evidence) -> list[Offender]:
    posts = [post for post in found.posts if key_of(post) and not found.may_repeat(post)]
    times = Counter(key_of(post) for post in posts)
    return [
        Offender(f"{key} stands there {count} times", max(float(p.ts) for p in posts if key_of(p) == key))
        for key, count in times.items()
        if count > 1
    ]


def _same_pages(found: Evidence) -> list[Offender]:
    """A second post about a case brings at least one page that the first could not have brought."""
    offenders = []
    by_place: dict[tuple[str, str], list[Outgoing]] = defaultdict(list)
    for row in found.pages:
        by_place[row.lane, row.ref].append(row)
    for (lane, ref), rows in by_place.items():
        before = 0.0
        for post in found.in_lane(lane):
            if ref not in _first_named(post, found) or ":page:" not in key_of(post):
                continue
            left = float(post.ts)
            fresh = [row for row in rows if before - _ON_ITS_WAY < found.at(row.at) <= left + 0.5]
            if not fresh and not found.may_repeat(post):
                offenders.append(Offender(f"{key_of(post)} in {lane}: nothing new about {ref}", left))
            before = left
    return offenders


def uncalled(found: Evidence) -> list[Offender]:
    """Among what the delivery worker posts; banners and answers have no key."""
    known = {row.id for row in found.pages}
    cards = [
        post for post in found.posts if ":page:" in key_of(post) and not key_of(post).startswith("ROSTER")
    ]
    return [
        Offender(f"{key_of(post)} is called for by nothing; {_at_that_version(post, found)}", float(post.ts))
        for post in cards
        if key_of(post) not in known
    ]


def _at_that_version(post: Message, found: Evidence) -> str:
    """What the record has instead."""
    ref, version, *_ = key_of(post).split(":")
    entries, steps, at = found.entries.get(ref, []), found.stores.cases.steps(ref), int(version)
    near = range(max(0, at - 3), min(len(entries), at + 2))
    said = [f"{number + 1} {type(entries[number].event).__name__} by {steps[number]}" for number in near]
    pages = [row.id for row in found.pages if row.ref == ref and abs(row.version - at) <= 1]
    return f"of {len(entries)} entries {said}, pages {pages}, owner {fold(entries[:at]).owner if entries else None}"
