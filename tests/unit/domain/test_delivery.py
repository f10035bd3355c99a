"""A page counts as paged once Slack, or another way, took it; until then it is on its way, or not delivered."""

import pytest
from msgspec.structs import replace

from bot.domain.commands import Acknowledge
from bot.domain.events import Delivered, Entry, Paged, SlackSilent, WentOut
from bot.domain.fold import fold
from bot.domain.people import Role
from bot.domain.remarks import Remark
from tests.world import World, answers

HIGH = {"markers": answers("suicidal_today")}
REF = "MC-26-0001"


class OnItsWay(World):
    follows_pages = True

    def __init__(self) -> None:
        super().__init__()
        self.report(**HIGH)
        self.until(0)

    def says(self, said: Remark) -> list[str]:
        return [type(entry.event).__name__ for entry in self.desk.remark(REF, said).entries]


def arrived(page: int) -> Delivered:
    return Delivered(page=page, role=Role.FIM)


def silent(page: int, why: str = "") -> SlackSilent:
    return SlackSilent(page=page, role=Role.FIM, why=why)


def out(page: int, *, reached: bool) -> WentOut:
    return WentOut(way="SMS", why="slack", role=Role.FIM, page=page, reached=reached)


@pytest.fixture
def world() -> OnItsWay:
    return OnItsWay()


def test_a_page_is_on_its_way_until_slack_took_it(world: OnItsWay) -> None:
    page = world.case().pages[Role.FIM]
    assert (page.number, page.taken_at, page.is_undelivered) == (2, None, False)
    world.says(arrived(2))
    assert world.case().pages[Role.FIM].taken_at == world.clock.at


def test_what_slack_does_not_take_is_not_delivered_until_another_way_took_it(world: OnItsWay) -> None:
    world.says(silent(2, "not_in_channel"))
    page = world.case().pages[Role.FIM]
    assert page.is_undelivered and page.why == "not_in_channel"
    world.says(out(2, reached=True))
    page = world.case().pages[Role.FIM]
    assert (page.is_undelivered, page.way) == (False, "SMS")


def test_a_way_that_reaches_nobody_delivers_nothing(world: OnItsWay) -> None:
    world.says(silent(2))
    world.says(out(2, reached=False))
    assert world.case().pages[Role.FIM].is_undelivered


def test_each_is_said_once_and_nobody_says_that_a_page_is_missing_which_arrived(world: OnItsWay) -> None:
    assert world.says(silent(2)) == ["SlackSilent"]
    assert world.says(silent(2)) == []
    assert world.says(silent(2, "is_archived")) == ["SlackSilent"], "it is refused now: that is news"
    assert world.says(silent(2, "is_archived")) == world.says(silent(2)) == []
    assert world.says(arrived(2)) == ["Delivered"]
    assert world.says(arrived(2)) == world.says(silent(2)) == world.says(silent(2, "is_archived")) == []


def test_a_newer_page_into_the_same_silence_is_not_delivered_either(world: OnItsWay) -> None:
    world.says(silent(2, "not_in_channel"))
    first = world.case().pages[Role.FIM]
    world.until(5)
    newer = world.case().pages[Role.FIM]
    assert newer.number > first.number
    assert newer.is_undelivered and newer.at == first.at and newer.why == "not_in_channel"


def test_a_newer_page_begins_afresh_once_the_older_one_is_answered(world: OnItsWay) -> None:
    world.says(silent(2, "not_in_channel"))
    world.do(1, "fay", Acknowledge())
    world.until(5)
    assert not world.case().pages[Role.FIM].is_undelivered


def test_old_records_took_a_page_for_paged_at_once(world: OnItsWay) -> None:
    entries = world.stores.cases.entries(REF)
    case = fold(replace(entry, event=_as_it_was(entry)) for entry in entries)
    assert case.pages[Role.FIM].taken_at == entries[1].at


def _as_it_was(entry: Entry) -> object:
    return replace(entry.event, followed=False) if isinstance(entry.event, Paged) else entry.event


def test_only_a_high_page_or_a_refused_one_leaves_another_way(world: OnItsWay) -> None:
    world.says(silent(2))
    assert "out:fim" in world.stores.outbox.lanes()
    medium = World()
    medium.report()
    medium.until(15)
    page = medium.case().pages[Role.FIM].number
    medium.desk.remark(REF, silent(page))
    assert "out:fim" not in medium.stores.outbox.lanes()
    medium.desk.remark(REF, silent(page, "channel_not_found"))
    assert "out:fim" in medium.stores.outbox.lanes()
