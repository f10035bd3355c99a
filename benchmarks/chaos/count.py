"""What arrived, counted case by case from the posts in the FIM's channel, as each left."""

from collections import defaultdict
from collections.abc import Mapping

from msgspec import Struct

from benchmarks.chaos.breaches import Wave
from benchmarks.soak.evidence import Evidence, key_of
from bot.domain.people import Role
from bot.ports.destination import Destination, LaneKind

PAGES = Destination.of(LaneKind.ROLE, Role.FIM)  # the lane that every breach of a storm is paged in


class Page(Struct, frozen=True):
    """One post about a case."""

    at: float  # seconds, by Slack's clock
    may_repeat: bool  # so it said as it left


class Count(Struct):
    """Of one wave, in cases; seconds are from the breach to the first post about it."""

    sent: int
    arrived: int
    doubled: int
    explained: int  # of the doubled: all posts but one say that they may repeat one
    unrecorded: list[str]  # numbers of calls whose form said that they are saved
    lost: list[str]
    slowest: float
    last_at: float  # machine second of the last first post


def counted(wave: Wave, by_incident: Mapping[str, str], pages: Mapping[str, list[Page]]) -> Count:
    """`by_incident`: the record's cases. A report is due once its form said that it is saved."""
    due = dict(wave.due)
    due |= {by_incident[told.words]: told.ended for told in wave.told if told.words in by_incident}
    unrecorded = [told.words for told in wave.told if told.words not in by_incident]
    posts = {ref: posts for ref, posts in pages.items() if ref in due}
    doubled = {ref: each for ref, each in posts.items() if len(each) > 1}
    firsts = {ref: each[0].at for ref, each in posts.items()}
    return Count(
        sent=wave.sent,
        arrived=len(posts),
        doubled=len(doubled),
        explained=sum(sum(not post.may_repeat for post in each) <= 1 for each in doubled.values()),
        unrecorded=unrecorded,
        lost=sorted(due.keys() - posts.keys()) + unrecorded,
        slowest=max((at - due[ref] for ref, at in firsts.items()), default=0.0),
        last_at=max(firsts.values(), default=0.0),
    )


def pages_in(found: Evidence) -> Mapping[str, list[Page]]:
    """Case → the pages in the FIM's channel that named it as they left, oldest first; banners and answers are none."""
    named: dict[str, list[Page]] = defaultdict(list)
    for post in found.in_lane(PAGES):
        if ":page:" in key_of(post) and not key_of(post).startswith("ROSTER"):
            page = Page(float(post.ts), found.may_repeat(post))
            for ref in found.first_named[f"{post.channel}:{post.ts}"]:
                named[ref].append(page)
    return named
