"""A real server that is full, a copy, reading its file, or out of room on its disk: no process ends of it, people read
why nothing is saved, and all goes on once it is over. One installation gets into each in turn."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from bot.ports.errors import RecordTrouble
from bot.views.wording import record_words
from tests.chaos.conftest import Force
from tests.chaos.health import Health
from tests.troubled_record import TroubledRecord, troubled_record
from tests.waiting import until

pytestmark = pytest.mark.slow

FULL = RecordTrouble.MEMORY_FULL
PROCESSES = (("bot",), ("timer",), ("worker", "recheck"), ("worker", "deliver"))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[TroubledRecord]:
    with troubled_record(tmp_path) as record:
        yield record


@pytest.fixture
def redis_url(record: TroubledRecord) -> str:
    """Instead of the one that the other tests share."""
    return record.url


def test_each_is_said_in_words_outlived_and_gone_on_from(
    force: Force, record: TroubledRecord, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of them are started while it is full."""
    monkeypatch.setenv("MISSING_PATIENCE__SILENT", "4")
    health = Health(monkeypatch)
    with record.troubled(FULL):
        processes = [force.start_unseen(*command) for command in PROCESSES]
        assert_told(force, health, FULL)
        until("the FIM reads why", lambda: bool(force.said(record_words.stands(FULL))))
    all_goes_on(force, processes)
    for trouble in (RecordTrouble.READ_ONLY, RecordTrouble.DISK, RecordTrouble.LOADING):
        with record.troubled(trouble):
            assert_told(force, health, trouble)
        all_goes_on(force, processes)
    until("a monitoring service reads that all is well", lambda: health.is_well)


def all_goes_on(force: Force, processes: "Sequence[subprocess.Popen[bytes]]") -> None:
    force.wait_for_page(force.report(), 60)
    assert [process.poll() for process in processes] == [None] * len(processes)


def assert_told(force: Force, health: Health, trouble: RecordTrouble) -> None:
    """A monitoring service reads why nothing is saved, and so does whoever asks the bot something."""
    stands = record_words.stands(trouble)

    def is_said() -> bool:
        with suppress(OSError):  # the bot may only just have been started
            return stands in health.facts["stopped"]
        return False

    until(f"/healthz says: {stands}", is_said, 60)
    fay = force.workspace.person("fay")

    def is_told() -> bool:
        fay.type("/missing list", "cases")
        return any(said.says(record_words.clause(trouble)) for said in fay.sees("cases"))

    until("whoever asks is told", is_told, 60)
