"""The fold is total over what the door writes, and says so loudly where it meets anything else."""

import pytest

from bot.domain.clocks import name_of
from bot.domain.commands import Approve, Correct, Inform, ShowEpisodes
from bot.domain.events import Entry, HandoverAccepted, Noted
from bot.domain.facts import Grade
from bot.domain.fold import advance, fold
from bot.domain.people import Role
from bot.domain.permissions import who_may
from tests.world import TOLD, World, answers, minutes


def test_a_case_begins_with_its_report() -> None:
    with pytest.raises(ValueError, match="begins with a report"):
        fold([])
    with pytest.raises(ValueError, match="not with Noted"):
        fold([Entry(at=TOLD, by="cal", event=Noted(text="x"))])


def test_what_is_no_event_of_a_case_is_not_folded_quietly() -> None:
    world = World()
    world.report()
    with pytest.raises(ValueError, match="HandoverAccepted"):
        advance(world.case(), Entry(at=TOLD, by="fay", event=HandoverAccepted(role=Role.FIM)))


def test_the_grade_of_any_moment_can_be_asked() -> None:
    world = World()
    world.report(at=2)
    world.do(9, "cal", Inform(id="i", kind="call", text="x", markers=answers("abduction")))
    graded = [world.case().grade_at(TOLD + minutes(at)) for at in (0, 8, 9, 60)]
    assert graded == [Grade.MEDIUM, Grade.MEDIUM, Grade.HIGH, Grade.HIGH]


def test_showing_earlier_episodes_is_recorded_and_breaks_no_silence() -> None:
    world = World()
    world.report()
    before = world.case().last_activity_at
    world.do(9, "cal", ShowEpisodes(refs=("MC-26-0009",)))
    assert world.case().version == 2
    assert world.case().last_activity_at == before


def test_a_person_ref_of_nobody_known_links_nothing() -> None:
    world = World()
    world.report()
    world.do(5, "cal", Correct(field="person_ref", to="N-1", why="Found on the system"))
    assert (world.case().child.person_ref, world.case().last_episode) == ("N-1", None)


def test_a_person_ref_may_be_taken_off() -> None:
    world = World()
    world.report()
    world.do(5, "cal", Correct(field="person_ref", to="", why="Another child's"))
    assert world.case().child.person_ref == ""


def test_correcting_the_time_of_a_missing_case_moves_its_clocks() -> None:
    world = World()
    world.report(at=10, told=10)
    world.do(11, "cal", Correct(field="reported_at", to=TOLD.isoformat(), why="Rang earlier"))
    world.until(15)
    assert world.paged("owner-accepted") == [(15, "fim")]


def test_a_refusal_can_name_who_may() -> None:
    assert who_may(Approve) == {Role.SUPERVISOR, Role.FIM, Role.DUTY_INSPECTOR, Role.SUPERINTENDENT}


def test_a_concern_is_told_from_a_missing_child() -> None:
    world = World()
    missing, concern = world.report(), world.concern()
    assert [world.case(ref).is_concern for ref in (missing, concern)] == [False, True]


def test_a_clocks_key_begins_with_its_name() -> None:
    assert (name_of("enquiry-done/e1"), name_of("ppn")) == ("enquiry-done", "ppn")
