"""Given a record of hand-overs, when somebody who has no key writes to it that a role is theirs, then they do not hold
it by any way in which it is read, and `missing-bot verify` says so."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bot.directory_document import DOCUMENT
from bot.domain.events import Entry, HandoverAccepted, HandoverOffered
from bot.domain.handover import Roster, advance_roster
from bot.domain.people import Role
from bot.ports.rosters import ROSTER, RosterAppend
from bot.ports.tampered import TamperKind
from bot.store.codec import EntryCodec, Snapshots
from bot.store.connection import for_store
from bot.store.redis_stores import RedisStores
from tests.conftest import SECRETS
from tests.contract.steps import minutes

pytestmark = pytest.mark.redis

FAY = frozenset({"U-FAY"})


def moved(roster: Roster, to: str, by: str = "U-FLO") -> RosterAppend:
    """The FIM's role, offered and accepted."""
    entries = (
        Entry(at=minutes(0), by=by, event=HandoverOffered(role=Role.FIM, to=to)),
        Entry(at=minutes(1), by=to, event=HandoverAccepted(role=Role.FIM)),
    )
    after = advance_roster(advance_roster(roster, entries[0]), entries[1])
    return RosterAppend(roster=after, entries=entries, expected=roster.version, wake_at=None)


class Enemy:
    """Can do everything with the server, and has no key."""

    def __init__(self, redis: Any, prefix: str) -> None:
        self.redis = redis
        self.record, self.entries = f"{prefix}:roster:{ROSTER}", f"{prefix}:roster:{ROSTER}:entries"
        self.documents = f"{prefix}:documents"
        self.step = moved(Roster(), "U-MALLORY")

    def writes_a_snapshot(self) -> None:
        self.redis.hset(self.record, "snapshot", Snapshots(Roster).encode(2, self.step.roster))

    def writes_a_snapshot_and_takes_the_key_away(self) -> None:
        self.writes_a_snapshot()
        self.redis.hdel(self.record, "key")

    def writes_all_of_it_in_clear(self) -> None:
        self.writes_a_snapshot_and_takes_the_key_away()
        self.redis.delete(self.entries)
        for entry in self.step.entries:
            self.redis.rpush(self.entries, b"0" * 64 + b"\n" + EntryCodec().encode(entry, "0a1b2c3d4e5f"))


@pytest.fixture
def redis(redis_url: str) -> Iterator[Any]:
    with for_store(redis_url) as redis:
        yield redis


def holders(stores: RedisStores) -> list[frozenset[str]]:
    """As a request, a page and a re-check read them."""
    arrived = stores.arrivals.arrive("request", 1, DOCUMENT)
    return [roster.holders(Role.FIM, frozenset()) for roster in (arrived.roster, stores.rosters.known())]


@pytest.mark.parametrize(
    "does",
    [
        Enemy.writes_a_snapshot,
        Enemy.writes_a_snapshot_and_takes_the_key_away,
        Enemy.writes_all_of_it_in_clear,
    ],
)
def test_nobody_makes_themselves_fim(redis: Any, prefix: str, does: Callable[[Enemy], None]) -> None:
    RedisStores(redis, SECRETS, prefix=prefix).rosters.append(moved(Roster(), "U-FAY"))
    does(Enemy(redis, prefix))
    for held in holders(RedisStores(redis, SECRETS, prefix=prefix)):
        assert held <= FAY
    found = RedisStores(redis, SECRETS, prefix=prefix).checks.check(ROSTER)
    assert found and {each.ref for each in found} == {ROSTER}


def test_a_snapshot_from_before_the_role_went_on_gives_it_to_nobody(redis: Any, prefix: str) -> None:
    ours = RedisStores(redis, SECRETS, prefix=prefix)
    ours.rosters.append(moved(Roster(), "U-MALLORY"))
    enemy = Enemy(redis, prefix)
    before = redis.hget(enemy.record, "snapshot")
    ours.rosters.append(moved(ours.rosters.load(), "U-FAY", by="U-MALLORY"))
    redis.hset(enemy.record, "snapshot", before)
    assert holders(RedisStores(redis, SECRETS, prefix=prefix)) == [FAY, FAY]


def test_a_forged_document_is_found_by_verify_though_the_bot_has_written_over_it(
    redis: Any, prefix: str
) -> None:
    ours = RedisStores(redis, SECRETS, prefix=prefix)
    ours.documents.put(DOCUMENT, b"{}")
    assert ours.checks.beside() == ()
    redis.hset(Enemy(redis, prefix).documents, DOCUMENT, b'{"holders":{"fim":{"members":["U-MALLORY"]}}}')
    (found,) = ours.checks.beside()
    assert (found.kind, found.ref) == (TamperKind.DOCUMENT, DOCUMENT) and found.since is not None
    ours.documents.put(DOCUMENT, b"{}")
    assert ours.checks.beside() == (found,)
