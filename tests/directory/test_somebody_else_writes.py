"""Given somebody who can write to the record server, when they make themselves FIM there, then they are not, and who is
stays so, though Slack gives no answer at that moment."""

import msgspec
import pytest

from bot.directory_document import DOCUMENT, NOTHING, GroupAnswer, Snapshot, load
from bot.domain.people import Role
from bot.ports.damaged import Doubt
from tests.directory.conftest import GROUPS, Reading

MADE_UP = Snapshot(
    holders={Role.FIM: GroupAnswer(group=GROUPS[Role.FIM], members=frozenset({"U0CAL"}), read_at=9e9)},
    people={},
)


@pytest.fixture
def settled(reading: Reading) -> Reading:
    reading.go_on(3)
    assert reading.directory.on_duty(Role.FIM) == {"U0FAY"}
    return reading


def test_they_hold_no_role_and_the_bot_writes_over_it(settled: Reading) -> None:
    documents = settled.stores.documents
    directory = settled.directory
    before = settled.known
    assert directory.on_duty(Role.FIM) == {"U0FAY"}
    settled.workspace.fault("error", "usergroups.users.list", error="internal_error")
    documents._redis.hset(documents._key, DOCUMENT, msgspec.json.encode(MADE_UP))
    settled.machine.now += 2
    assert load(documents) is None
    assert directory.on_duty(Role.FIM) == {"U0FAY"}
    settled.go_on(1)
    assert settled.known.holders[Role.FIM].members == {"U0FAY"}
    assert settled.known.everybody_at == before.everybody_at is not None
    assert [(each.name, each.doubt) for each in settled.stores.damaged.all()] == [(DOCUMENT, Doubt.NOT_OURS)]


def test_a_bot_that_is_started_then_asks_slack(settled: Reading) -> None:
    documents = settled.stores.documents
    documents._redis.hset(documents._key, DOCUMENT, msgspec.json.encode(MADE_UP))
    settled.start()
    assert (load(documents) or NOTHING) == NOTHING
    settled.go_on(2)
    assert settled.directory.on_duty(Role.FIM) == {"U0FAY"}
