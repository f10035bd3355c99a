"""What stands in the channels once all is quiet, against a fresh drawing of the case."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.domain.case import Case
from bot.domain.events import Entry
from bot.domain.fold import fold
from bot.late_edits import HIDDEN
from bot.outgoing import page_lane, person_lane
from bot.ports.destination import Destination, LaneKind, OutboxKind
from bot.ports.outbox import Outgoing
from bot.ports.places import CardKey, Place, case_key, digest_key, page_key
from bot.ports.rosters import ROSTER
from bot.slack.post_keys import posted_in
from bot.views import ids
from bot.views.cards import renderer
from bot.views.cards.renderer import Screens
from bot.views.message import Message
from bot.views.screen import Setting
from sandbox.blocks import places
from simulation.slack import Post
from simulation.universe import Universe

_ACKNOWLEDGE = frozenset((ids.ACKNOWLEDGE, ids.ACKNOWLEDGE_MANY))
_OF_A_CARD = frozenset((OutboxKind.CARD, OutboxKind.PAGE, OutboxKind.OFFER, OutboxKind.DECLINED))
_NOTE = re.compile(r"\s*(?:May repeat|Late on its way)[^.\n]*\.")


class Moment:
    """A clock that stands."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._seconds, UTC)


def stale_case_cards(universe: Universe, setting: Setting) -> Iterator[str]:
    """References of cases whose card is nowhere, or shows something else."""
    for ref in universe.refs:
        case, post = universe.stores.cases.load(ref), _at(universe, case_key(ref))
        assert case is not None, "it was written"
        if post is None or not any(_shows(post, drawn) for drawn in _drawn(post, setting, case)):
            yield f"{ref} at {post.ts if post else 'nowhere'}"


def _drawn(post: Post, setting: Setting, case: Case) -> Iterator[Message]:
    """At any moment that the clock showed whoever drew it, as plainly as Slack would have it."""
    for seconds in dict.fromkeys(reversed(post.read_then)):
        yield from renderer.shapes(Screens(setting, Moment(seconds)).card(case))


def _shows(post: Post, drawn: Message) -> bool:
    """Whatever it notes of its own way: in a block of its own, or behind the words where Slack took those alone."""
    apart = [block for block in post.blocks if not _NOTE.search(str(block))]
    behind = json.loads(_NOTE.sub("", json.dumps(post.blocks, ensure_ascii=False)))
    return _bare(drawn.blocks) in (_bare(apart), _bare(behind))


def _bare(part: Any) -> Any:
    """Without the ids that Slack gives."""
    if isinstance(part, dict):
        return {key: _bare(value) for key, value in part.items() if key not in ("block_id", "action_id")}
    return [_bare(each) for each in part] if isinstance(part, list) else part


def stale_page_cards(
    universe: Universe, setting: Setting, asked: Mapping[tuple[Destination, str], int]
) -> Iterator[str]:
    """Live cards that ask what nobody has to answer any more, or do not ask what somebody has to. `asked`: the last
    version that called for one to be drawn; what was written since may be on it."""
    for (lane, ref), version in asked.items():
        where = universe.stores.outbox.card(page_key(lane, ref))
        post = _post(universe, where)
        if post is None or (where and universe.stores.outbox.listed(digest_key(where))):
            continue
        asks = {place.action_id for place in places(post.blocks)}
        entries = universe.stores.cases.entries(ref)
        known = [entries[:last] for last in range(len(entries), version - 1, -1)]
        moments = list(dict.fromkeys(reversed(post.read_then)))
        if not any(asks in _asked(lane, some, setting, at) for some in known for at in moments):
            yield f"{ref} in {lane} at {post.ts} offers {sorted(asks)}"


def stale_digests(universe: Universe, asked: Mapping[tuple[Destination, str], int]) -> Iterator[str]:
    """The same of cases that live in one post of several: of each it is known whether somebody is asked."""
    for (lane, ref), version in asked.items():
        where = universe.stores.outbox.card(page_key(lane, ref))
        post = _post(universe, where)
        if post is None or where is None or not universe.stores.outbox.listed(digest_key(where)):
            continue
        if not any(block["type"] == "header" for block in post.blocks):
            continue  # as plainly as Slack would have it, where some buttons are left out
        entries = universe.stores.cases.entries(ref)
        known = [fold(entries[:last]) for last in range(version, len(entries) + 1)]
        waits = {case.awaits(lane.role) and lane == page_lane(case, lane.role) for case in known}
        if (ref in _acknowledged_in(post)) not in waits:
            yield f"{ref} in {lane} at {post.ts}, where {sorted(_acknowledged_in(post))} are asked for"


def _acknowledged_in(post: Post) -> set[str]:
    return {
        ref
        for place in places(post.blocks)
        if place.action_id in _ACKNOWLEDGE
        for ref in place.element.get("value", "").split(",")
    }


def replaced_cards_that_ask(universe: Universe, stood: Mapping[CardKey, set[Place]]) -> Iterator[str]:
    """Page cards in whose place newer ones stand. `stood`: every place that was the live card of a lane and case."""
    live = {universe.stores.outbox.card(key) for key in stood}
    for place in sorted(set().union(*stood.values()) - live):
        post = _post(universe, place)
        if post and _ACKNOWLEDGE & {each.action_id for each in places(post.blocks)}:
            yield place


def open_twice(universe: Universe, pages: Sequence[Outgoing]) -> Iterator[str]:
    """Posts of one thing to act on, in one place, of which more than one offers to. `pages`: what may be in a digest.
    What Slack hides for longer than anybody looks for it stays."""
    offered: dict[tuple[str, str], list[str]] = defaultdict(list)
    for post in universe.slack.all_posts():
        was_found = post.was_hidden_until - post.at < HIDDEN
        if was_found and {each.action_id for each in places(post.blocks)} - {ids.OPEN_CASE}:
            for key in _offered_in(post, pages):
                offered[post.channel, key].append(post.ts)
    for (channel, key), several in offered.items():
        if len(several) > 1:
            yield f"{key} in {channel} at {several}"


def _offered_in(post: Post, pages: Sequence[Outgoing]) -> list[str]:
    """A digest drawn again names those that are asked for there yet."""
    kind = f"{post.key}:::".split(":")[2]
    if kind not in _OF_A_CARD or post.key.startswith(f"{ROSTER}:"):
        return []
    (posted,) = posted_in([{"ts": post.ts, "metadata": post.metadata}])
    if not posted.also:
        return [posted.first]
    return [page.id for page in pages if posted.carries(page.id) and page.ref in str(post.blocks)]


def _asked(lane: Destination, entries: Sequence[Entry], setting: Setting, at: float) -> list[set[str]]:
    """As plainly as Slack would have it: the main buttons stay."""
    screens, case = Screens(setting, Moment(at)), fold(entries)
    is_passed_on = lane.kind is LaneKind.PERSON and lane != person_lane(case.owner or "")
    drawn = screens.passed_on(case) if is_passed_on else screens.page_state(case, entries, lane.role)
    return [{place.action_id for place in places(shape.blocks)} for shape in renderer.shapes(drawn)]


def _at(universe: Universe, key: Any) -> Post | None:
    return _post(universe, universe.stores.outbox.card(key))


def _post(universe: Universe, where: Place | None) -> Post | None:
    return universe.slack.find(where.channel, where.ts) if where else None
