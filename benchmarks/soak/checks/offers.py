"""Direct messages and hand-overs that ask for an answer: each that looks open is open."""

from benchmarks.soak.evidence import Evidence, Offender
from bot.outgoing import person_lane
from bot.ports.places import offer_key
from bot.views import ids
from sandbox.blocks import places
from sandbox.client import Message


def stale(found: Evidence) -> list[Offender]:
    return [
        Offender(f"{action} of {value} looks open", float(post.ts))
        for post in found.posts
        for action in (ids.ACCEPT, ids.ACCEPT_ALL)
        for value in _values(post, action)
        if not _is_open(post, action, value, found)
    ]


def _values(post: Message, action: str) -> list[str]:
    return [str(p.element["value"]) for p in places(post.blocks) if p.action_id == action]


def _is_open(post: Message, action: str, value: str, found: Evidence) -> bool:
    if action == ids.ACCEPT_ALL:
        offer = found.stores.rosters.load().offer(int(value))
        return offer is not None and offer.is_open
    asked = found.cases[value].ownership.assigned_to
    if asked is None:
        return False
    newest = found.stores.outbox.card(offer_key(person_lane(asked), value))
    return newest == f"{post.channel}:{post.ts}"
