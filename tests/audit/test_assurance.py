"""The log audits the bot: a night that went well has no lapse, and each thing that a bot may fail at is one."""

from pathlib import Path

import pytest

from bot.audit.assurance import lapses
from bot.audit.unfolding import history
from bot.domain.commands import Take
from bot.domain.events import AnyEvent, Delivered, Entry, Paged, WentOut
from bot.domain.facts import Grade
from bot.domain.people import Role
from bot.replay.engine import replay
from bot.replay.scenario import load
from bot.store.memory import MemoryStores
from tests.audit.twelve import ANSWERS
from tests.world import TOLD, World, minutes

REF = "MC-26-0001"


def said(world: World, entries: list[Entry], at: float) -> list[str]:
    """Each lapse up to that minute: what, of which clocks, owed when, and when it came."""
    found = lapses(history(entries), world.policy, TOLD + minutes(at))
    return [
        f"{lapse.kind} {' '.join(lapse.clocks)} {world.minute(lapse.due):g} "
        f"{f'{world.minute(lapse.at):g}' if lapse.at else '-'}"
        for lapse in found
    ]


def night(until: float) -> World:
    """A medium child of whom nobody takes care: the owner's clock is due at 15, the others at 60."""
    world = World()
    world.report(grade=world.graded(Grade.MEDIUM))
    world.until(until)
    return world


def entries_of(world: World) -> list[Entry]:
    return world.stores.cases.entries(REF)


@pytest.mark.parametrize("file", ANSWERS, ids=lambda file: file.name.partition(".")[0])
def test_the_bot_kept_every_promise_of_the_twelve_cases(file: Path) -> None:
    scenario = load(file.with_name(file.name.replace(".audit", "")))
    stores = MemoryStores()
    replay(scenario, stores)
    ref = stores.cases.find_incident(scenario.only_ref)
    assert ref is not None
    assert lapses(history(stores.cases.entries(ref)), scenario.policy, scenario.until) == ()


def test_a_clock_that_came_due_without_a_page() -> None:
    world = night(20)
    without = [entry for entry in entries_of(world) if not isinstance(entry.event, Paged)]
    assert said(world, without, 20) == ["never_paged owner-accepted 15 -"]


def test_what_was_done_before_its_page_was_late_is_none() -> None:
    world = World()
    world.timer_runs = False
    world.report(grade=world.graded(Grade.MEDIUM))
    world.do(15.05, "ola", Take())
    assert said(world, entries_of(world), 20) == []


def test_what_was_done_long_after_and_never_paged_is_one() -> None:
    world = World()
    world.timer_runs = False
    world.report(grade=world.graded(Grade.MEDIUM))
    world.do(18, "ola", Take())
    assert said(world, entries_of(world), 20) == ["never_paged owner-accepted 15 -"]


def test_while_the_timer_was_down() -> None:
    world = World()
    world.timer_runs = False
    world.report(grade=world.graded(Grade.MEDIUM))
    world.until(18)
    world.timer_runs = True
    world.until(19)
    assert said(world, entries_of(world), 20) == ["paged_late owner-accepted 15 18"]


def test_what_was_typed_late_is_owed_from_when_it_was_typed() -> None:
    world = World()
    world.report(at=40, told=0, grade=world.graded(Grade.MEDIUM))
    world.until(41)
    assert said(world, entries_of(world), 41) == []


class Followed(World):
    follows_pages = True


def followed(*after: tuple[float, AnyEvent]) -> list[str]:
    """One page to the FIM, at 15, and what was noted of it since; audited at 20."""
    world = Followed()
    world.report(grade=world.graded(Grade.MEDIUM))
    world.until(15)
    noted = [Entry(at=TOLD + minutes(at), by="timer", event=event) for at, event in after]
    return said(world, [*entries_of(world), *noted], 20)


def number() -> int:
    """Of the entry that pages."""
    world = Followed()
    world.report(grade=world.graded(Grade.MEDIUM))
    world.until(15)
    return next(at for at, entry in enumerate(entries_of(world), 1) if isinstance(entry.event, Paged))


def test_a_page_that_reached_nobody() -> None:
    assert followed() == ["never_arrived owner-accepted 15 -"]


def test_a_page_that_arrived_late_and_one_that_did_not() -> None:
    page = number()
    assert followed((15.5, Delivered(page=page, role=Role.FIM))) == []
    assert followed((17, Delivered(page=page, role=Role.FIM))) == ["arrived_late owner-accepted 15 17"]


def test_a_page_that_left_another_way_arrived() -> None:
    out = WentOut(page=number(), role=Role.FIM, way="SMS", why="slack")
    assert followed((16, out)) == []
    failed = WentOut(page=number(), role=Role.FIM, way="SMS", why="slack", reached=False)
    assert followed((16, failed)) == ["never_arrived owner-accepted 15 -"]
