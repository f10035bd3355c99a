"""The record of hand-overs cannot be read: every page goes out, the FIM is told what to do, and nothing is decided."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.domain.commands import OfferHandover
from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.ports.errors import Unreadable
from bot.ports.rosters import ROSTER
from bot.store.redis_stores import RedisStores
from sandbox.runner import running_workspace
from tests.outside import Pager
from tests.unit.workers.conftest import MANIFEST, SEED
from tests.unit.workers.night import ROUND, Night

NOTICED = ROUND + 20
UNREADABLE = "HAND-OVERS CANNOT BE READ"

pytestmark = pytest.mark.redis


class LostRoster:
    def __init__(self, stores: RedisStores) -> None:
        records: Any = stores.rosters._records
        self._redis, self._keys = records._redis, records._keys
        self._was: tuple[bytes, bytes] | None = None

    def strike(self) -> None:
        record, entries = self._keys.record(ROSTER), self._keys.entries(ROSTER)
        self._was = self._redis.hget(record, "snapshot"), self._redis.lindex(entries, 0)
        self._redis.hset(record, "snapshot", b"\xff")
        self._redis.lset(entries, 0, b"\xff")

    def mend(self) -> None:
        assert self._was
        self._redis.hset(self._keys.record(ROSTER), "snapshot", self._was[0])
        self._redis.lset(self._keys.entries(ROSTER), 0, self._was[1])


@pytest.fixture
def lost(redis_stores: RedisStores) -> LostRoster:
    return LostRoster(redis_stores)


@pytest.fixture
def night(redis_stores: RedisStores, beeper: Pager, lost: LostRoster) -> Iterator[Night]:
    """A hand-over is on its way, and its record goes bad."""
    with running_workspace(MANIFEST, SEED) as workspace:
        night = Night(workspace, redis_stores, beeper)
        night.duty_desk.handle(OfferHandover(role=Role.FIM, to="pat"), night.actor("fay"), "test")
        lost.strike()
        yield night


def test_every_case_is_paged_in_time(night: Night) -> None:
    ref = night.report(grade=night.graded(Grade.HIGH))
    night.goes_by(5)
    assert len(night.said(ref)) == 1
    assert night.counted("deliver_failed") == 0


def test_the_fim_is_told_once_what_to_do_and_that_it_is_over(night: Night, lost: LostRoster) -> None:
    night.goes_by(NOTICED + 30)
    (banner,) = night.said(UNREADABLE)
    assert banner.says("hand over on paper, and call the technician")
    assert banner.says("All cases run.")
    assert not banner.says("ROSTER")
    lost.mend()
    night.goes_by(30)
    assert night.said(UNREADABLE) == []
    assert len(night.said("hand-overs: can be read again")) == 1


def test_the_technician_finds_the_command_that_mends_it(night: Night) -> None:
    night.goes_by(NOTICED)
    (found,) = night.reconciler.wrong()
    assert found.startswith("Hand-overs cannot be read") and "missing-bot damaged" in found


def test_nothing_is_decided_on_half_a_record(night: Night) -> None:
    with pytest.raises(Unreadable):
        night.duty_desk.handle(OfferHandover(role=Role.FIM, to="pat"), night.actor("fay"), "test")


def test_its_card_goes_out_once_it_can_be_read(night: Night, lost: LostRoster) -> None:
    night.goes_by(NOTICED)
    lost.mend()
    night.goes_by(40)
    assert night.stores.outbox.lanes() == []
    assert night.workspace.person("pat").sees("missing")
