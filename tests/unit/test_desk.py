"""The desk: one way in, one write, nothing lost between two people."""

import pytest

from bot.desk import NoSuchCase
from bot.domain.commands import Note, Take
from bot.ports.cases import Append
from bot.ports.errors import Conflict
from bot.store.memory_cases import MemoryCases
from tests.world import TOLD, World, minutes


def test_an_unknown_reference_is_no_case() -> None:
    world = World()
    with pytest.raises(NoSuchCase):
        world.desk.handle("MC-26-0412", Take(), world.actor("ola"), "test")


def test_who_loses_the_race_decides_again_on_what_the_winner_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    ref = world.report()
    append = MemoryCases.append

    def overtaken(cases: MemoryCases, step: Append) -> None:
        monkeypatch.setattr(MemoryCases, "append", append)
        world.desk.handle(ref, Note(text="First"), world.actor("cal"), "test")
        append(cases, step)

    monkeypatch.setattr(MemoryCases, "append", overtaken)
    world.desk.handle(ref, Note(text="Second"), world.actor("ola"), "test")
    said = [getattr(entry.event, "text", "") for entry in world.stores.cases.entries(ref)]
    assert said == ["", "First", "Second"]


def test_a_race_that_is_never_won_is_said_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World()
    ref = world.report()

    def always(_: MemoryCases, __: Append) -> None:
        raise Conflict

    monkeypatch.setattr(MemoryCases, "append", always)
    with pytest.raises(Conflict, match="MC-26-0001"):
        world.desk.handle(ref, Take(), world.actor("ola"), "test")


def test_a_clock_set_back_does_not_write_the_record_backwards() -> None:
    world = World()
    ref = world.report(at=10, told=10)
    world.clock.at = TOLD + minutes(3)
    done = world.desk.handle(ref, Take(), world.actor("ola"), "test")
    assert done.entries[0].at == TOLD + minutes(10)


def test_one_step_writes_its_cards_thread_line_offer_and_next_look_together() -> None:
    world = World()
    ref = world.report()
    rows = world.stores.outbox.pending("cases", 10)
    assert [(row.kind, row.ref) for row in rows] == [("card", ref), ("line", ref)]
    assert world.stores.due.next_at() is not None
