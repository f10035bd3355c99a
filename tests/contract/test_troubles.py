"""Each trouble of a real server is told apart, what it means for a write is known, and it ends without a restart."""

from collections.abc import Iterator

import pytest
from redis.exceptions import ConnectionError, ReadOnlyError, ResponseError

from bot.ports.errors import RecordTrouble, StoreUnavailable
from bot.store.connection import StoreClient, for_probing
from bot.store.server_refusals import trouble_of
from tests.troubled_record import TroubledRecord, troubled_record
from tests.wires import Wire, connected, wire_to

pytestmark = pytest.mark.redis

REFUSALS = [
    RecordTrouble.MEMORY_FULL,
    RecordTrouble.READ_ONLY,
    RecordTrouble.DISK,
    RecordTrouble.LOADING,
    RecordTrouble.SILENT,
]
WRITES = "redis.call('RPUSH', KEYS[1], 'x')"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TroubledRecord]:
    with troubled_record(tmp_path_factory.mktemp("troubled")) as record:
        yield record


def asked(redis: StoreClient, way: str) -> StoreUnavailable:
    with pytest.raises(StoreUnavailable) as no:
        match way:
            case "command":
                redis.set("a", "b")
            case "script":
                redis.eval(WRITES, 1, "list")
            case "pipeline":
                redis.pipeline(transaction=False).set("a", "b").execute()
            case "transaction":
                redis.pipeline(transaction=True).set("a", "b").execute()
    return no.value


@pytest.mark.parametrize("trouble", REFUSALS)
def test_each_is_told_apart_however_it_is_asked_and_ends(
    record: TroubledRecord, trouble: RecordTrouble
) -> None:
    with for_probing(record.url) as redis:
        with record.troubled(trouble):
            for way in ("command", "script", "pipeline", "transaction"):
                no = asked(redis, way)
                assert no.trouble is trouble, way
                assert not no.perhaps or (
                    trouble is RecordTrouble.SILENT and way in ("pipeline", "transaction")
                )
        assert redis.set("a", "b")


def test_a_server_that_flushes_at_each_write_ends_where_its_disk_is_full(record: TroubledRecord) -> None:
    """Nobody knows then what became of it: it was asked, and there was no answer."""
    record.always_flushes()
    with for_probing(record.url) as redis:
        redis.set("a", "b")
        record.fill_disk()
        no = asked(redis, "script")
    assert (no.trouble, no.perhaps) == (RecordTrouble.SILENT, True)
    record.kill()
    record.start()


@pytest.fixture
def wire(redis_url: str) -> Iterator[Wire]:
    with wire_to(lambda: connected(redis_url)) as wire:
        yield wire


def test_what_was_sent_and_not_answered_may_be_done(wire: Wire) -> None:
    with for_probing(f"redis://127.0.0.1:{wire.port}/0") as redis:
        redis.ping()
        wire.swallow(new_ones=True)
        assert asked(redis, "command").perhaps


def test_what_found_nobody_is_not_done() -> None:
    with for_probing("redis://127.0.0.1:1") as redis:
        assert not asked(redis, "command").perhaps


OLD = (
    "Error running script (call to f_b544799e): @user_script:1: @user_script: 1: -{} of a script in Redis 6.2"
)


@pytest.mark.parametrize(
    ("word", "trouble"),
    [
        ("OOM command not allowed", RecordTrouble.MEMORY_FULL),
        ("READONLY You can't write", RecordTrouble.READ_ONLY),
        ("MISCONF Errors writing to the AOF file", RecordTrouble.DISK),
        ("NOPERM this user has no permissions", RecordTrouble.LOCKED_OUT),
        ("WRONGTYPE Operation against a key", RecordTrouble.REFUSING),
    ],
)
def test_the_answers_of_older_servers_to_a_script(word: str, trouble: RecordTrouble) -> None:
    assert trouble_of(ResponseError(OLD.format(word))) is trouble


def test_words_that_somebody_typed_are_no_answer() -> None:
    said = "Command # 1 (SET a He said OOM and READONLY) of pipeline caused error: value is not an integer"
    assert trouble_of(ResponseError(said)) is RecordTrouble.REFUSING


def test_redis_pys_own_kinds() -> None:
    assert trouble_of(ReadOnlyError("You can't write")) is RecordTrouble.READ_ONLY
    assert trouble_of(ConnectionError("refused")) is RecordTrouble.SILENT
