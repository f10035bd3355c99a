"""One case's bytes go bad on the server: the others are paged in time, and the FIM hears of it."""

import pytest

from tests.chaos.conftest import Force
from tests.damage import Damage
from tests.outside import Pager
from tests.waiting import in_time, until

pytestmark = pytest.mark.slow

USUAL = 5.0  # seconds from the report to its page: the pages of one moment are gathered for two
UNREADABLE = "CANNOT BE READ since"


def test_the_others_are_paged_in_time_and_the_fim_is_told_what_to_do(
    force: Force, beeper: Pager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MISSING_WAYS_OUT", f'{{"fim": {{"SMS": "{beeper.url}"}}}}')
    monkeypatch.setenv(
        "MISSING_PATIENCE__UNDECIDED", "8"
    )  # longer than what was set aside waits for another try
    bad = force.report()
    rot = Damage(force.bot.stores, bad)
    rot.strike()
    for process in ("recheck", "deliver"):
        force.start("worker", process)
    force.start("timer")
    force.listen()
    for _ in range(3):
        in_time(USUAL, lambda: force.wait_for_page(force.report()))
    assert force.said(f"HIGH · {bad}") == []

    until("the FIM is told", lambda: force.said(f"{bad} {UNREADABLE}") != [], 60)
    in_time(USUAL, lambda: force.wait_for_page(force.report()))
    until("and called", lambda: any(UNREADABLE in words for words in beeper.words))

    rot.mend()
    until("it is over", lambda: force.said(f"{bad}: can be read again") != [])
    until("and paged", lambda: force.said(f"HIGH · {bad}") != [])
    force.wait_until_told()
    assert force.said(UNREADABLE) == []
