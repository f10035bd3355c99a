"""Given anchors that leave the machine, when the whole record server is put back to an older state, which nothing in it
tells, then that is said with each record's reference and since when."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.anchor import AnchorGap, NoAnchor, SignedAnchor, opened
from bot.ports.rosters import ROSTER
from bot.store.connection import for_store
from bot.store.master_keys import MasterKeys
from bot.store.redis_stores import RedisStores
from tests.conftest import SECRETS
from tests.contract.sealed_records import laid_in_clear
from tests.contract.steps import note, report
from tests.contract.test_forged_roles import moved
from workers.alarm.matters import Matter
from workers.anchors.anchor_keeper import AnchorKeeper, behind
from workers.anchors.folder import AnchorFolder

pytestmark = pytest.mark.redis

REF, OTHER = "MC-26-0001", "MC-26-0002"
LONDON = ZoneInfo("Europe/London")
HOUR = 3600


class HandMachine:
    def __init__(self) -> None:
        self.at = datetime(2026, 3, 2, 14, 7, tzinfo=UTC).timestamp()

    def seconds(self) -> float:
        return self.at


class Machine:
    """One installation, its folder, and what it sends."""

    def __init__(self, redis: Any, prefix: str, folder: Path) -> None:
        self.redis, self.prefix, self.folder = redis, prefix, folder
        self.machine = HandMachine()
        self.stores = self.process()
        self.sent: list[str] = []
        for ref in (REF, OTHER):
            self.stores.cases.append(report(ref))
        self.goes_on(REF)
        self.keeper = self.bot()

    def process(self) -> RedisStores:
        return RedisStores(self.redis, SECRETS, prefix=self.prefix)

    def bot(self, name: str = "one") -> AnchorKeeper:
        return AnchorKeeper(
            self.stores.heads,
            self.stores,
            self.machine,
            LONDON,
            "host-1",
            f"host-1, process {name}",
            folder=AnchorFolder(self.folder, self.prefix),
            send=self.sent.append,
        )

    def goes_on(self, ref: str) -> None:
        case = self.stores.cases.load(ref)
        assert case is not None
        self.stores.cases.append(note(case))

    @property
    def files(self) -> list[Path]:
        return sorted(self.folder.iterdir())

    def newest(self) -> SignedAnchor:
        return opened(self.files[-1].read_bytes(), self.stores.heads.signature)

    def as_it_is(self) -> dict[bytes, bytes]:
        """All of the server, as a copy of its files has it."""
        return {key: self.redis.dump(key) for key in self.redis.scan_iter(f"{self.prefix}:*", count=1000)}

    def put_back(self, copy: dict[bytes, bytes]) -> None:
        for key in list(self.redis.scan_iter(f"{self.prefix}:*", count=1000)):
            self.redis.delete(key)
        for key, value in copy.items():
            self.redis.restore(key, 0, value)

    def behind(self) -> list[tuple[AnchorGap, str, int, int]]:
        """By a process that knows nothing."""
        found = behind(self.process().heads, self.newest())
        return [(each.kind, each.what, each.then, each.now) for each in found]


@pytest.fixture
def redis(redis_url: str) -> Iterator[Any]:
    with for_store(redis_url) as redis:
        yield redis


@pytest.fixture
def installed(redis: Any, prefix: str, tmp_path: Path) -> Machine:
    return Machine(redis, prefix, tmp_path)


# What leaves, and when.


def test_each_hour_one_leaves_for_its_owner_alone_and_names_the_one_before(installed: Machine) -> None:
    for _ in range(3):
        installed.keeper.look()
    (first,) = installed.files
    assert first.name == f"{installed.prefix}-2026-03-02T140700Z.anchor.json.gz"
    assert first.stat().st_mode & 0o777 == 0o600
    before = installed.newest()
    assert [
        *((ref, each.entries) for ref, each in before.anchor.standings.records.items()),
        before.anchor.before,
    ] == [(REF, 2), (OTHER, 1), ""]
    installed.machine.at += HOUR
    installed.keeper.look()
    assert len(installed.files) == 2
    assert installed.newest().anchor.before == before.total
    assert [line.partition(":")[0] for line in installed.sent] == ["02 Mar 2026 14", "02 Mar 2026 15"]
    assert "2 records, 3 entries, hash " + before.total in installed.sent[0]


def test_nothing_personal_is_in_it(installed: Machine) -> None:
    installed.keeper.look()
    told = repr(installed.newest()) + repr(installed.sent)
    for said in ("Wren", "LOG-", "U-", "Mill"):
        assert said not in told


def test_of_several_bots_one_does_it(installed: Machine) -> None:
    bots = [installed.bot("one"), installed.bot("two")]
    for _ in range(3):
        for bot in bots:
            bot.look()
        installed.machine.at += 400
    assert len(installed.files) == len(installed.sent) == 1


def test_one_that_was_killed_over_it_is_followed_by_another_within_minutes(installed: Machine) -> None:
    claim = f"anchor:{int(installed.machine.at // HOUR)}:{int(installed.machine.at // 300)}"
    installed.stores.requests.seen_before(claim, 1)
    installed.keeper.look()
    assert installed.files == []
    installed.machine.at += 300
    installed.keeper.look()
    assert len(installed.files) == 1


def test_who_claims_every_hour_and_does_nothing_keeps_nobody_from_it(installed: Machine) -> None:
    for _ in range(8):
        claim = f"anchor:{int(installed.machine.at // HOUR)}:{int(installed.machine.at // 300)}"
        installed.stores.requests.seen_before(claim, 1)
        installed.keeper.look()
        installed.machine.at += 100
    assert len(installed.files) == 1


def test_a_folder_that_takes_nothing_is_told_until_it_is_mended(installed: Machine) -> None:
    there = installed.folder
    installed.folder = there / "not" / "mounted"
    keeper = installed.bot()
    keeper.look()
    (matter,) = keeper.unwritten().values()
    assert isinstance(matter, Matter) and matter.of == "host-1, process one"
    assert (
        f"cannot be written to {installed.folder} on the machine host-1 (No such file or directory)"
        in matter.says
    )
    assert installed.sent == [], "what was not kept is not said to have been"
    installed.folder.mkdir(parents=True)
    keeper.look()
    assert installed.files == [], "not at once"
    installed.machine.at += 61
    keeper.look()
    assert len(installed.files) == 1 and keeper.unwritten() == {}


# What it finds.


def test_while_the_record_goes_on_nothing_is_found(installed: Machine) -> None:
    installed.keeper.look()
    installed.goes_on(REF)
    installed.stores.cases.append(report("MC-26-0003"))
    installed.stores.rosters.append(moved(installed.stores.rosters.load(), "U-FAY"))
    installed.stores.cases.forget(OTHER)
    under = MasterKeys(b"another key of this record", *(key.secret for key in SECRETS.all))
    RedisStores(installed.redis, under, prefix=installed.prefix).rotation.rotate()
    found = behind(RedisStores(installed.redis, under, prefix=installed.prefix).heads, installed.newest())
    assert found == []


def test_a_whole_server_put_back_is_found_though_all_in_it_agrees(installed: Machine) -> None:
    copy = installed.as_it_is()
    installed.goes_on(REF)
    installed.stores.rosters.append(moved(installed.stores.rosters.load(), "U-FAY"))
    installed.keeper.look()
    installed.put_back(copy)
    unsuspecting = installed.process().checks
    assert [each for ref in unsuspecting.refs() for each in unsuspecting.check(ref)] == []
    assert installed.behind() == [(AnchorGap.FEWER, REF, 3, 2), (AnchorGap.GONE, ROSTER, 2, 0)]


def test_an_older_state_that_went_on_otherwise_is_found(installed: Machine) -> None:
    copy = installed.as_it_is()
    installed.goes_on(OTHER)
    installed.keeper.look()
    installed.put_back(copy)
    installed.stores = installed.process()
    for _ in range(2):
        installed.goes_on(OTHER)
    assert installed.behind() == [(AnchorGap.OTHER, OTHER, 2, 3)]


def test_an_older_list_of_roles_is_found_by_a_process_that_never_read_a_newer_one(installed: Machine) -> None:
    documents = installed.stores.documents
    documents.put("who is who", b"{}")
    old = installed.redis.hget(f"{installed.prefix}:documents", "who is who")
    documents.put("who is who", b'{"holders":{}}')
    installed.keeper.look()
    installed.redis.hset(f"{installed.prefix}:documents", "who is who", old)
    assert installed.behind() == [(AnchorGap.DOCUMENT, "who is who", 0, 0)]


def test_a_root_from_when_what_is_in_clear_was_believed_is_found(installed: Machine) -> None:
    laid_in_clear(installed.stores, installed.redis, installed.prefix, OTHER)
    root = installed.redis.get(f"{installed.prefix}:root")
    installed.process().rotation.rotate()
    installed.stores = installed.process()
    installed.keeper = installed.bot()
    installed.keeper.look()
    installed.redis.set(f"{installed.prefix}:root", root)
    assert installed.behind() == [(AnchorGap.REOPENED, "", 0, 0)]


def test_what_rotation_sealed_since_is_no_other_entry(installed: Machine) -> None:
    laid_in_clear(installed.stores, installed.redis, installed.prefix, OTHER)
    installed.keeper.look()
    installed.process().rotation.rotate()
    assert installed.behind() == []


def test_fim_and_technician_are_told_by_the_next_anchor_or_the_next_start(installed: Machine) -> None:
    copy = installed.as_it_is()
    installed.goes_on(REF)
    installed.keeper.look()
    assert installed.keeper.behind() == {}
    installed.put_back(copy)
    started_anew = installed.bot("two")
    started_anew.look()
    installed.machine.at += HOUR
    installed.keeper.look()
    for keeper in (started_anew, installed.keeper):
        (matter,) = keeper.behind().values()
        assert matter is not None and not matter.lasts
        assert matter.says.startswith(
            f"The record is older than it was at 14:07 on 2 Mar 2026: {REF} has 2 entries, and had 3 then. Steps are "
            "lost, or somebody took them away: read the threads in Slack and the paper log"
        )


# An anchor that is none.


def test_one_that_was_changed_or_is_of_another_record_is_no_anchor(installed: Machine) -> None:
    installed.keeper.look()
    stored = installed.files[-1].read_bytes()
    with pytest.raises(NoAnchor, match="was not written with a key of this record"):
        opened(
            stored, RedisStores(installed.redis, SECRETS, prefix=f"{installed.prefix}-else").heads.signature
        )
    for damaged in (b"", stored[:-9], b"noise" + stored):
        with pytest.raises(NoAnchor, match="no whole anchor"):
            opened(damaged, installed.stores.heads.signature)


def test_a_changed_one_in_the_folder_is_told(installed: Machine) -> None:
    installed.keeper.look()
    installed.files[-1].write_bytes(b"noise")
    keeper = installed.bot()
    keeper.look()
    (matter,) = keeper.behind().values()
    assert matter is not None and "is no whole anchor: find out who can write to its folder" in matter.says
