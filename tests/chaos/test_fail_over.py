"""The record server dies for good, and a copy of it takes its place: everybody goes on there, and nothing that was told
to be saved is gone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.domain.commands import Take
from bot.ports.errors import RecordTrouble, StoreUnavailable
from tests.chaos.conftest import Force, id_of
from tests.trio import Trio, three_servers
from tests.waiting import until

pytestmark = pytest.mark.slow


@pytest.fixture
def trio(tmp_path: Path) -> Iterator[Trio]:
    with three_servers(tmp_path / "record") as trio:
        yield trio


@pytest.fixture
def redis_url(trio: Trio, monkeypatch: pytest.MonkeyPatch) -> str:
    """Instead of the one that the other tests share."""
    given = trio.settings(replicas=1)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return given["REDIS_URL"]


def test_timer_workers_and_desk_go_on_at_the_next_server(force: Force, trio: Trio) -> None:
    processes = [
        force.start(*command) for command in (("timer",), ("worker", "recheck"), ("worker", "deliver"))
    ]
    first = force.report()
    force.wait_for_page(first)
    second = force.report()
    trio.fail_over()
    assert force.bot.stores.cases.load(second) is not None, "what was saved is there"
    third = force.report()
    for ref in (second, third):
        force.wait_for_page(ref, 90)
    force.wait_until_told()
    assert [len(force.pages(ref)) for ref in (first, third)] == [1, 1]
    # On its way as the server died: of a try that no copy knows of yet nothing is left, and it is made again.
    assert len(force.pages(second)) in (1, 2)
    assert [process.poll() for process in processes] == [None] * 3


def test_what_no_copy_holds_is_in_doubt_and_once_one_does_all_goes_on(force: Force, trio: Trio) -> None:
    ref = force.report()
    ola = force.bot.directory.actor(id_of("ola"))
    copies = [server for server in trio.servers if server is not trio.primary]
    for copy in copies:
        copy.stand_still()
    with pytest.raises(StoreUnavailable) as no:
        force.bot.desk.handle(ref, Take(), ola, "test")
    assert (no.value.trouble, no.value.perhaps) == (RecordTrouble.NOT_COPIED, True)
    for copy in copies:
        copy.go_on()
    until("both copies follow again", lambda: trio.followers(trio.primary) == 2)
    case = force.bot.stores.cases.load(ref)
    assert case is not None
    assert case.owner == ola.id, "nobody was told that it is not saved"
    assert force.report()


def test_where_no_copy_follows_the_fims_channel_reads_that_nothing_is_saved(force: Force, trio: Trio) -> None:
    force.start("timer")
    force.listen()
    for server in trio.servers:
        if server is not trio.primary:
            server.kill()
    until("it is said", lambda: bool(force.said("no copy (a replica) that follows it")))
