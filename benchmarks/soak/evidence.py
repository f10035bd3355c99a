"""What is read once it is quiet: the record, every post, every call, the keys; and as whom each check judges it."""

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

from msgspec import Struct

from benchmarks.soak.faults import Span
from benchmarks.soak.house import House
from benchmarks.soak.people import Told
from bot.domain.case import Case
from bot.domain.events import Entry
from bot.domain.fold import fold
from bot.domain.people import Role
from bot.outgoing import to_show
from bot.ports.destination import Destination, OutboxKind
from bot.ports.outbox import Outgoing
from bot.rows_again import page_again
from bot.views.cards.renderer import Screens
from bot.views.message import Message as Rendered
from cli.demo import cast
from sandbox.client import Message
from sandbox.wire import JSON

REF = re.compile(r"MC-\d{2}-\d{4,}")
REPEATS = "May repeat"


class Offender(Struct, frozen=True):
    what: str
    at: float  # machine seconds, to find the faults around it


class Moment:
    """A clock that stands."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


class Evidence:
    def __init__(self, house: House, timeline: list[Span], told: list[Told]) -> None:
        self.house = house
        self.timeline = timeline
        self.told = told
        self.stores = house.bot.stores
        self.cases: dict[str, Case] = {}
        self.entries: dict[str, list[Entry]] = {}
        for ref in self._refs():
            case = self.stores.cases.load(ref)
            assert case is not None, "its entries are there"
            self.cases[ref] = case
            self.entries[ref] = self.stores.cases.entries(ref)
        self.policy = house.bot.policy
        self.read_at = time.time()
        self.quiet_at = house.ended_at
        self.posts = house.workspace.posts()
        self.calls = house.workspace.calls()

    def _refs(self) -> list[str]:
        """Every case, closed ones too."""
        found = self.house.bot.redis.scan_iter(match=f"{self.house.bot.settings.prefix}:case:*", count=1000)
        return sorted({match[0] for key in found if (match := REF.search(key.decode()))})

    # --- the record -----------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> list[Outgoing]:
        """Everything that the record calls to be shown, of cases."""
        return [*self._called_for, *self.passed_on]

    @cached_property
    def _called_for(self) -> list[Outgoing]:
        return [row for ref in self.entries for row in self._rows_of(ref)]

    @cached_property
    def passed_on(self) -> list[Outgoing]:
        """Owner's pages that were on their way as the case changed hands, where they have gone to the next owner, some
        time later (`workers.delivery.mended_rows`)."""
        later = {key_of(post) for post in self.posts} - {row.id for row in self._called_for}
        pages = {row.id: row for ref in self.entries for row in self._owners_pages(ref)}
        return [row for id, row in pages.items() if id in later]

    @cached_property
    def pages(self) -> list[Outgoing]:
        return [row for row in self.rows if row.kind == OutboxKind.PAGE]

    def _rows_of(self, ref: str) -> Iterator[Outgoing]:
        entries, version = self.entries[ref], 0
        for _, together in groupby(self.stores.cases.steps(ref)):
            begun, version = version, version + len(list(together))
            before = fold(entries[:begun]) if begun else None
            yield from to_show(before, fold(entries[:version]), tuple(entries[begun:version]))

    def _owners_pages(self, ref: str) -> Iterator[Outgoing]:
        """To whoever owned it at each time."""
        entries = self.entries[ref]
        for version in range(1, len(entries) + 1):
            case = fold(entries[:version])
            if Role.OWNER in case.pages and (row := page_again(case, Role.OWNER)):
                yield row

    def at(self, entry_at: datetime) -> float:
        return self.house.machine_time(entry_at)

    # --- Slack ----------------------------------------------------------------------------------------------

    @cached_property
    def by_place(self) -> dict[str, Message]:
        return {f"{post.channel}:{post.ts}": post for post in self.posts}

    @cached_property
    def first_named(self) -> dict[str, set[str]]:
        """Place of each post → the cases in it as it left: later edits name others, or fewer."""
        return {place: set(REF.findall(said)) for place, said in self._first_said.items()}

    def may_repeat(self, post: Message) -> bool:
        """Whether it said so as it left: an edit takes that away with what else it was made with."""
        return REPEATS in self._first_said[f"{post.channel}:{post.ts}"]

    @cached_property
    def _first_said(self) -> dict[str, str]:
        return as_they_left(self.posts, [call for call in self.calls if call["method"] == "chat.postMessage"])

    @cached_property
    def edits(self) -> dict[str, list[float]]:
        """Place of each post → when it was edited."""
        found: dict[str, list[float]] = {}
        for call in self.calls:
            done = (call.get("response") or {}).get("ok") or call["fault"] == "lost_reply"
            if call["method"] == "chat.update" and done:
                found.setdefault(f"{call['args']['channel']}:{call['args']['ts']}", []).append(call["at"])
        return found

    def in_lane(self, lane: str) -> list[Message]:
        """Posts in the lane's place, replies apart, oldest first."""
        place = self.channel_of(lane)
        here = [post for post in self.posts if post.channel == place and post.thread_ts in (None, post.ts)]
        return sorted(here, key=lambda post: float(post.ts))

    def channel_of(self, lane: str) -> str:
        where = Destination(lane)
        if where.person:
            return self._direct[where.person]
        return self.house.workspace.channel_id(cast.CASES if lane == "cases" else cast.channel_of(where.role))

    @cached_property
    def _direct(self) -> Mapping[str, str]:
        """Person → their direct messages with the bot; a place that nobody ever opened stays unknown."""
        bot_user = self.house.workspace.app().bot_user
        channels = [each for each in self.house.workspace.info["channels"] if each["kind"] == "im"]
        both = [(each["id"], set(each["members"])) for each in channels]
        people = {person["id"] for person in self.house.workspace.info["people"]}
        found = dict.fromkeys(people, "")
        for place, members in both:
            if bot_user in members:
                found |= dict.fromkeys(members - {bot_user}, place)
        return found

    # --- how it should look ---------------------------------------------------------------------------------

    def screens(self, at: float) -> Screens:
        """As they were drawn at that machine second."""
        return Screens(self.house.bot.setting, Moment(self._case_time(at)))

    def _case_time(self, at: float) -> datetime:
        pace = next((each for each in reversed(self.house.paces) if each.started <= at), self.house.paces[0])
        return pace.origin + (at - pace.started) * pace.speed * _SECOND


_SECOND = timedelta(seconds=1)


def key_of(post: Message) -> str:
    """Under which the delivery worker finds it again; "" for what it did not post."""
    return _key(post.metadata)


def _key(metadata: JSON | None) -> str:
    return str(((metadata or {}).get("event_payload") or {}).get("id", ""))


def as_they_left(posts: Iterable[Message], calls: Iterable[JSON]) -> dict[str, str]:
    """Place of each post → all that it said as it left. `calls`: those that posted, the oldest first; one that Slack
    took without an answer is the last that was made under its key until then."""
    answered: dict[str, JSON] = {}
    unanswered: dict[str, list[JSON]] = defaultdict(list)
    for call in calls:
        said = call.get("response") or {}
        if said.get("ok"):
            answered[f"{said['channel']}:{said['ts']}"] = call
        elif not said:
            unanswered[_key(call["args"].get("metadata"))].append(call)
    found = {}
    for post in posts:
        place = f"{post.channel}:{post.ts}"
        before = [call for call in unanswered[key_of(post)] if call["at"] <= float(post.ts) + 0.01]
        made = answered.get(place) or (before[-1] if before else None)
        found[place] = str(made["args"]) if made else f"{post.text} {post.words}"
    return found


def words_of(message: Rendered | Message) -> Any:
    """What is shown, without the ids that Slack gives."""
    return _bare(message.blocks)


def _bare(part: Any) -> Any:
    if isinstance(part, dict):
        return {key: _bare(value) for key, value in part.items() if key not in ("block_id", "action_id")}
    return [_bare(each) for each in part] if isinstance(part, list) else part
