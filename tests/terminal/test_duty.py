"""`missing-bot duty`: who holds which role, and would a page reach them?"""

from datetime import timedelta

import pytest

from bot.ports.reach_answers import ReachAnswers, save
from bot.ports.ways_tried import Way, WayAnswer, WaysTried, WayTried
from bot.store.redis_stores import RedisStores
from bot.time import CaseClock, HostClock
from tests.terminal.conftest import Terminal


def test_it_names_each_rung_with_what_a_page_would_meet(
    terminal: Terminal, redis_stores: RedisStores, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSING_WAYS_OUT", '{"fim": {"SMS": "json://127.0.0.1:9/page"}}')
    now, clock = HostClock().seconds(), CaseClock(HostClock())
    quiet = {"fay": (now - 60, now + 3600), "sid": (now - 60, now + 3600)}
    save(redis_stores.documents, ReachAnswers(at=now, quiet=quiet))
    tried = WayTried(at=clock.now() - timedelta(days=3), answer=WayAnswer.TAKEN, was_test=True)
    WaysTried(redis_stores.documents).note(Way("fim", "SMS"), tried)
    said = terminal.run("", "duty")
    fim = next(line for line in said.out.splitlines() if "FIM:" in line)
    assert fim.startswith("🔺 FIM: ") and "Fay Marsh · Do Not Disturb until " in fim
    assert fim.endswith("SMS tested 3 days ago")
    assert "Do Not Disturb and channels were asked for 1 min ago" in said.out
    assert said.code == 1, "somebody must look at it"
