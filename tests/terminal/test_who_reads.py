"""The terminal asks the same permission table, and notes each look in the same log, as Slack does."""

import pytest

from bot.domain.permissions import Look
from bot.store.redis_stores import RedisStores
from tests.terminal.conftest import HERE, IN_THEIR_WORDS, REPORTED, Terminal

LOOKS = {"show LOG-1042": Look.CASE, "list": Look.LIST, "list --mine": Look.MINE}


def looked(stores: RedisStores, person: str) -> list[tuple[str, str, bool]]:
    return [
        (each.action, each.surface, each.allowed)
        for each in stores.log_reader.newest(100)
        if each.by == person
    ]


@pytest.mark.parametrize("typed", LOOKS)
def test_who_holds_no_role_reads_nothing(terminal: Terminal, redis_stores: RedisStores, typed: str) -> None:
    terminal.reported()
    assert "cases are read by those on duty" in terminal.refused("pat", typed)
    assert looked(redis_stores, "pat")[-1] == (LOOKS[typed], HERE, False)


@pytest.mark.parametrize("typed", LOOKS)
def test_who_holds_one_reads_and_it_is_noted(
    terminal: Terminal, redis_stores: RedisStores, typed: str
) -> None:
    terminal.reported()
    terminal.done("ola", typed)
    assert looked(redis_stores, "ola")[-1] == (LOOKS[typed], HERE, True)


def test_the_board_is_of_those_with_a_role(terminal: Terminal) -> None:
    terminal.reported()
    assert "LOG-1042" not in terminal.run("pat", "board").out


def test_who_may_not_read_it_learns_of_no_number_whether_it_is_a_case(terminal: Terminal) -> None:
    terminal.reported()
    assert terminal.refused("pat", "show LOG-1042") == terminal.refused("pat", "show LOG-9999")
    assert "LOG-1042" not in terminal.refused("pat", "note LOG-1042 --text Seen")


def test_whose_case_it_is_reads_that_one(terminal: Terminal, redis_stores: RedisStores) -> None:
    terminal.reported()
    terminal.done("sam", "assign LOG-1042 --to pat")
    assert "LOG-1042" in terminal.done("pat", "show LOG-1042")
    assert looked(redis_stores, "pat")[-1] == (Look.CASE, HERE, True)


def test_an_earlier_episode_that_a_report_brings_up_is_noted(
    terminal: Terminal, redis_stores: RedisStores
) -> None:
    terminal.reported()
    terminal.done("cal", REPORTED.replace("LOG-1042", "LOG-1043"), IN_THEIR_WORDS)
    assert (Look.EARLIER, HERE, True) in looked(redis_stores, "cal")
