"""For each fact: who gave it, and when (APP; domain.md §3)."""

from bot.domain.commands import Correct, Inform
from bot.domain.corrections import Provenance, provenance
from tests.world import TOLD, World, answers, minutes


def test_what_the_report_said_was_given_by_the_reporter() -> None:
    world = World()
    world.report(at=2, markers=answers("medication"))
    said = Provenance(recorded_by="cal", at=TOLD + minutes(2), source="report", given_by="carer")
    assert provenance(world.case(), "child.age") == said
    assert provenance(world.case(), "markers.medication") == said


def test_what_was_corrected_or_heard_later_says_so() -> None:
    world = World()
    world.report()
    world.do(5, "cat", Correct(field="age", to="14", why="Misheard"))
    world.do(6, "ola", Inform(id="i1", kind="call", text="Aunt rang", markers=answers("cse")))
    world.do(7, "cat", Correct(field="pregnancy", to="no", why="Mother asked"))
    assert provenance(world.case(), "child.age").recorded_by == "cat"
    assert provenance(world.case(), "child.age").source == "correction"
    assert provenance(world.case(), "markers.cse").source == "i1"
    assert provenance(world.case(), "markers.pregnancy").source == "correction"
