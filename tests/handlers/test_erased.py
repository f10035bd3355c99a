"""Whoever asks for an erased case in Slack reads that it was erased, and when; nothing is said to be wrong."""

from collections.abc import Iterator

import pytest

from bot.domain.facts import Child
from bot.store.redis_stores import RedisStores
from tests.erasing import erase
from tests.handlers.evening import REPORT, Evening, an_evening, id_of, typed
from tests.handlers.test_report import PAGE_1
from tests.handlers.test_threads import ask_anywhere
from tests.world import TOLD

pytestmark = pytest.mark.redis

GONE, KEPT = "MC-26-0001", "MC-26-0002"
SAID = f"{GONE} was erased on 2 March 2026. Nothing of it is kept; its reference is not used again."


@pytest.fixture
def evening(redis_stores: RedisStores) -> Iterator[Evening]:
    """Two cases of one child; the first is erased."""
    with an_evening(stores=redis_stores) as running:
        for number in (1, 2):
            child = Child(name="Rowan Pike", age=13, person_ref="P-77")
            running.report(1, by=id_of("cal"), incident=f"LOG-{number}", child=child)
        card = running.post(running.screens.card(running.case()))
        erase(redis_stores, GONE, TOLD)
        running.person("ola").click("take", on=card)
        running.told("ola", SAID)
        yield running


def test_whoever_asks_for_it_reads_so(evening: Evening) -> None:
    """In a command, a question, a press on its card (above); the list has the other one alone."""
    evening.missing("sam", f"status {GONE}")
    evening.told("sam", SAID)
    ask_anywhere(evening, f"status {GONE}")
    evening.told("sam", SAID)
    evening.missing("sam", "list")
    assert not evening.told("sam", KEPT).says(GONE)


def test_a_new_report_of_the_child_says_nothing_of_it(evening: Evening) -> None:
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    evening.person("cal").submit(typed({**REPORT, "incident": "LOG-1", "person_ref": "P-77"}))
    opened = evening.opened("cal", "Risk: MC-26-0003")
    assert KEPT in opened.words and GONE not in opened.words
