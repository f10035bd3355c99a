"""Who would be woken, as people read it: on the home page, at a hand-over, in the terminal."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from msgspec.structs import replace

from bot.domain.handover import Offer
from bot.domain.people import AccountKind, Role
from bot.domain.reach import Quiet, Reach, ReachFacts, WayReach
from bot.ports.cases import OpenCases, Pulse
from bot.views.cards import handover_card
from bot.views.lists.home_page import home
from bot.views.screen import Screen
from bot.views.wording import reach_words
from tests.unit.views.story import Told
from tests.world import TOLD

NIGHT = Quiet(start=TOLD - timedelta(hours=1), end=TOLD + timedelta(hours=8))
SMS = WayReach(name="SMS", tried_at=TOLD - timedelta(days=3), taken=True)


def known(told: Told, *fims: str, ways: Iterable[WayReach] = (SMS,), **facts: Any) -> Screen:
    """A screen that knows this of the FIMs."""
    given = ReachFacts(
        holders={Role.FIM: frozenset(fims)},
        ways={Role.FIM: tuple(ways)},
        directory_age=timedelta(seconds=20),
        asked_age=timedelta(seconds=20),
        **facts,
    )
    reach = Reach(facts=given, now=TOLD)
    return replace(told.screen, now=TOLD, reach=lambda: reach)


def line(screen: Screen) -> str:
    reach = screen.reach()
    assert reach is not None
    return reach_words.role(reach.of(Role.FIM), screen)


def test_a_role_is_a_line_with_what_a_page_would_meet() -> None:
    told = Told()
    assert line(known(told, "fay")) == "FIM: Fay Marsh · SMS tested 3 days ago"
    assert line(known(told, "fay", quiet={"fay": NIGHT})) == (
        "🔺 FIM: Fay Marsh · Do Not Disturb until 21:40 · SMS tested 3 days ago"
    )
    assert line(known(told, "fay", ways=())) == "FIM: Fay Marsh · no other way is set up"


def test_one_of_two_who_hears_is_enough_for_calm() -> None:
    assert not line(known(Told(), "fay", "kim", quiet={"fay": NIGHT})).startswith("🔺")


def test_a_deactivated_or_outside_holder_is_said() -> None:
    told = Told()
    gone = line(known(told, "fay", accounts={"fay": AccountKind.DEACTIVATED}))
    assert gone.startswith("🔺") and "account deactivated" in gone and "pages skip this role" in gone
    outside = line(known(told, "fay", inside={Role.FIM: frozenset()}))
    assert "not in the channel" in outside and outside.startswith("🔺")


def test_a_way_that_was_never_tried_or_failed_is_said() -> None:
    told = Told()
    assert line(known(told, "fay", ways=[WayReach(name="SMS")])).endswith("SMS never tested")
    failed = WayReach(name="SMS", tried_at=TOLD - timedelta(minutes=40))
    assert line(known(told, "fay", ways=[failed])).endswith("SMS FAILED 40 min ago")


def test_the_home_page_of_who_can_ring_says_it() -> None:
    told = Told()
    screen = known(told, "fay", quiet={"fay": NIGHT})
    cases = OpenCases(cases=(), unreadable=())
    for person, reads in (("fay", True), ("sam", True), ("cal", False)):
        shown = str(home(cases, told.actor(person), None, Pulse(last_check=TOLD), screen).view)
        assert ("Do Not Disturb until 21:40" in shown) is reads, person


def test_an_accepted_hand_over_says_what_a_page_to_the_new_holder_would_meet() -> None:
    told = Told()
    screen = known(told, "kim", quiet={"kim": NIGHT})
    offer = Offer(role=Role.FIM, by="fay", to="kim", at=TOLD, number=1, accepted_at=TOLD)
    card = str(handover_card.handover_card(offer, OpenCases(cases=(), unreadable=()), screen).blocks)
    assert "Kim is now FIM · Do Not Disturb until 21:40 · SMS tested 3 days ago" in card
