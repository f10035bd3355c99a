"""Found, seen, spoken to, closed, and mistakes mended (domain.md §5 "Located", "Closed")."""

from datetime import timedelta

import pytest

from bot.domain.clocks import clocks
from bot.domain.commands import (
    Close,
    Command,
    Confirm,
    Correct,
    Duplicate,
    FinishEnquiry,
    Inform,
    Interview,
    Locate,
    Note,
    RecordPpn,
    Reopen,
    SetEnquiry,
    Take,
    Void,
)
from bot.domain.events import Interviewed
from bot.domain.facts import Grade
from bot.domain.refusals import Because
from tests.world import TOLD, World, minutes

SEEN = Locate(where="Riverside path", seen_in_person=True)
BY_PHONE = Locate(where="Says a friend's", seen_in_person=False)
SPOKEN_TO = Interview(kind="prevention", in_person=True)
DAY = 24 * 60


def medium() -> World:
    world = World()
    world.report(grade=world.graded(Grade.MEDIUM))
    return world


def running(world: World) -> set[str]:
    return {clock.name for clock in clocks(world.case(), world.policy) if clock.done is None}


def test_a_phone_call_is_not_seeing() -> None:
    """HMICFRS, Cleveland, 2025."""
    world = medium()
    world.do(10, "ola", BY_PHONE)
    assert world.refused(11, "sam", Close(reason="Spoke")) is Because.NOT_SEEN_IN_PERSON
    world.do(12, "ola", Interview(kind="prevention", in_person=False))
    assert world.refused(13, "sam", Close(reason="Spoke")) is Because.NOT_SEEN_IN_PERSON
    assert {"owner-accepted", "silent-case"} <= running(world)


def test_seen_is_not_spoken_to() -> None:
    world = medium()
    world.do(10, "ola", SEEN)
    assert world.refused(11, "sam", Close(reason="Back")) is Because.INTERVIEW_REQUIRED
    assert world.refused(11, "cal", SPOKEN_TO) is Because.NOT_PERMITTED
    world.do(12, "ola", SPOKEN_TO)
    assert world.refused(13, "ola", Close(reason="Back")) is Because.NOT_PERMITTED
    assert world.refused(13, "sam", Close()) is Because.RATIONALE_REQUIRED
    world.do(14, "sam", Close(reason="Back home"))
    assert world.case().status == "closed"


def test_an_interview_face_to_face_records_the_child_as_seen() -> None:
    world = medium()
    world.do(10, "ola", SPOKEN_TO)
    assert (world.case().status, world.case().seen) == ("located", True)


def test_seeing_the_child_stops_the_search_but_not_the_papers_and_actions() -> None:
    world = medium()
    world.do(
        5, "sam", SetEnquiry(id="a", text="Arrest him", owner="ola", due_at=TOLD + minutes(90), kind="arrest")
    )
    world.do(6, "sam", SetEnquiry(id="e", text="CCTV", owner="ola", due_at=TOLD + minutes(90)))
    world.do(10, "ola", SEEN)
    assert running(world) == {"enquiry-done", "ppn", "prevention-interview", "return-interview"}
    assert (world.state("enquiry-done/a"), world.state("enquiry-done/e")) == ("running", "off")


def test_closure_starts_when_nothing_else_runs_but_the_return_interview() -> None:
    world = medium()
    world.do(5, "cal", RecordPpn(ethnicity="White British", school="Avonmead"))
    world.do(10, "ola", SEEN)
    assert world.state("closure") == "off"
    world.do(40, "ola", SPOKEN_TO)
    world.until(40 + DAY)
    assert world.paged("closure") == [(40 + DAY, "supervisor")]


def test_what_runs_on_after_closing_is_still_done() -> None:
    """HMICFRS: a suspect neither arrested nor circulated 50 days on."""
    world = medium()
    world.do(
        5,
        "sam",
        SetEnquiry(id="a", text="Arrest him", owner="ola", due_at=TOLD + timedelta(days=9), kind="arrest"),
    )
    world.do(6, "sam", SetEnquiry(id="e", text="CCTV", owner="ola", due_at=TOLD + minutes(90)))
    world.do(10, "ola", SEEN)
    world.do(11, "ola", SPOKEN_TO)
    world.do(12, "sam", Close(reason="Back home"))
    assert running(world) == {"return-interview", "ppn", "enquiry-done"}
    world.do(13, "sam", Interview(kind="return", in_person=False))
    world.do(14, "ola", RecordPpn(ethnicity="White British", school="Avonmead"))
    world.do(15, "ola", FinishEnquiry(id="a", result="Arrested"))
    assert running(world) == set()
    assert world.refused(16, "ola", FinishEnquiry(id="e", result="x")) is Because.CASE_CLOSED
    for late in (Note(text="x"), SPOKEN_TO, Take(), Close(reason="again")):
        assert world.refused(17, "sam", late) is Because.CASE_CLOSED


def closed() -> World:
    world = medium()
    world.do(10, "ola", SPOKEN_TO)
    world.do(12, "sam", Close(reason="Back home"))
    return world


def test_new_information_reopens_a_closed_case_with_its_clock() -> None:
    world = closed()
    world.do(60, "cal", Inform(id="i", kind="call", text="Gone again"))
    assert world.case().status == "open"
    assert world.state("new-information/i") == "running"
    assert world.refused(61, "sam", Close(reason="x")) is Because.NOT_SEEN_IN_PERSON
    assert world.state("return-interview") == "running"  # still owed for the first return


def test_what_a_reopened_case_owes_it_owes_from_then() -> None:
    world = closed()
    world.do(600, "sam", Reopen(why="Closed in error"))
    world.until(614)
    assert [page for page in world.pages if page[0] >= 600] == []
    world.until(615)
    assert world.paged("owner-accepted") == [(615, "fim")]


def test_what_is_done_in_time_after_a_reopening_is_not_called_late() -> None:
    world = closed()
    world.do(600, "sam", Reopen(why="Closed in error"))
    world.do(605, "sam", SetEnquiry(id="e", text="CCTV", owner="ola", due_at=TOLD + minutes(700)))
    assert world.state("lines-of-enquiry") == "met"


def test_what_ran_on_while_it_was_closed_keeps_its_start_when_it_is_reopened() -> None:
    """domain.md §5, "Closed": `return-interview`, `ppn` and actions run until done."""
    world = medium()
    due = TOLD + minutes(700)
    world.do(5, "sam", SetEnquiry(id="a", text="Arrest him", owner="ola", due_at=due, kind="arrest"))
    world.do(10, "ola", SPOKEN_TO)
    world.do(12, "sam", Close(reason="Back home"))
    world.do(703, "sam", Reopen(why="Closed in error"))
    world.until(3 * DAY + 10)
    assert world.paged("enquiry-done/a")[:2] == [(700, "supervisor"), (715, "supervisor")]  # and not at 703
    assert world.paged("ppn")[0] == (DAY, "supervisor")
    assert (3 * DAY + 10, "supervisor") in world.paged("return-interview")  # of the first return


def test_what_was_off_altogether_starts_again_with_the_reopening() -> None:
    world = medium()
    world.do(2, "sam", Void(why="Training"))
    world.do(4, "sid", Confirm())
    world.do(2000, "sid", Reopen(why="No training"))
    world.until(2000 + DAY)
    assert world.paged("ppn") == [(2000 + DAY, "supervisor")]


def test_who_may_reopen() -> None:
    world = closed()
    assert world.refused(20, "ola", Reopen(why="x")) is Because.NOT_PERMITTED
    assert world.refused(20, "sam", Reopen()) is Because.RATIONALE_REQUIRED
    world.do(21, "sam", Reopen(why="x"))
    assert world.refused(22, "sam", Reopen(why="x")) is Because.NOTHING_WAITING


def test_two_people_void_a_case() -> None:
    world = medium()
    assert world.refused(1, "sam", Confirm()) is Because.NOTHING_WAITING
    assert world.refused(1, "cal", Void(why="x")) is Because.NOT_PERMITTED
    assert world.refused(1, "sam", Void()) is Because.RATIONALE_REQUIRED
    world.do(2, "sam", Void(why="Training"))
    assert world.case().status == "open"
    assert world.refused(3, "sam", Confirm()) is Because.SECOND_PERSON_REQUIRED
    assert world.refused(3, "cal", Confirm()) is Because.NOT_PERMITTED
    world.do(4, "sid", Confirm())
    assert (world.case().status, running(world)) == ("closed", set())
    for late in (Note(text="x"), Inform(id="i", kind="call", text="x")):
        assert world.refused(5, "sam", late) is Because.CASE_CLOSED


def test_two_people_mark_a_duplicate_of_another_case() -> None:
    world = medium()
    other = world.report(at=1, told=1)
    assert world.refused(2, "sam", Duplicate(of="MC-26-9999", why="x")) is Because.REQUIRED_FIELD
    assert world.refused(2, "sam", Duplicate(of="MC-26-0001", why="x")) is Because.REQUIRED_FIELD
    world.do(3, "sam", Duplicate(of="LOG-2", why="Same child"))
    world.do(4, "sid", Confirm())
    assert (world.case().ending.gone, world.case().ending.duplicate_of) == ("duplicate", other)


@pytest.mark.parametrize(
    ("field", "to", "because"),
    [
        ("grade", "high", Because.REQUIRED_FIELD),
        ("age", "many", Because.REQUIRED_FIELD),
        ("markers.cse", "perhaps", Because.REQUIRED_FIELD),
        ("last_seen_at", "2026-03-02T13:40:00", Because.REQUIRED_FIELD),  # no offset
        ("last_seen_at", "2030-01-01T00:00:00+00:00", Because.IN_THE_FUTURE),
        ("age", "900", Because.REQUIRED_FIELD),
    ],
)
def test_a_correction_must_make_sense(field: str, to: str, because: Because) -> None:
    assert medium().refused(1, "cal", Correct(field=field, to=to, why="x")) is because


def test_who_may_correct() -> None:
    world = medium()
    assert world.refused(1, "ola", Correct(field="age", to="14", why="x")) is Because.NOT_PERMITTED
    assert world.refused(1, "cal", Correct(field="age", to="14")) is Because.RATIONALE_REQUIRED


@pytest.mark.parametrize(
    ("field", "to"),
    [
        ("child.born", "2012-02-01"),
        ("looked_after", "yes"),
        ("reporter.phone", "07700 900099"),
        ("last_seen_where", "Bus station"),
        ("markers.cse", "yes"),
        ("cse", "yes"),
        ("adverse_event", "true"),
    ],
)
def test_what_was_mistyped_is_mended(field: str, to: str) -> None:
    world = medium()
    before = world.case()
    world.do(1, "cal", Correct(field=field, to=to, why="Misheard"))
    assert world.case() != before


def test_a_page_that_is_out_goes_up_although_the_time_of_the_report_is_mended() -> None:
    """domain.md §5, "Pages": unanswered, counted from when it was sent. Mending a time answers nobody."""
    world = medium()
    world.do(20, "cal", Correct(field="reported_at", to=(TOLD - minutes(3)).isoformat(), why="Rang at 13:37"))
    world.until(45)
    assert world.paged("owner-accepted") == [(15, "fim"), (30, "duty_inspector"), (45, "superintendent")]


def test_correcting_when_police_were_told_moves_the_clocks_of_the_report() -> None:
    world = World()
    world.concern(at=10, told=10)
    told = (TOLD + minutes(2)).isoformat()
    world.do(11, "cal", Correct(field="reported_at", to=told, why="Rang at 13:42"))
    world.until(17)
    assert world.paged("owner-accepted") == [(17, "fim")]
    assert world.paged("concern-for-safety") == [(17, "fim")]


@pytest.mark.parametrize("late", [Reopen(why="x"), Locate(where="", seen_in_person=True)])
def test_an_open_case_refuses_what_makes_no_sense(late: Command) -> None:
    assert medium().refused(1, "sam", late) in (Because.NOTHING_WAITING, Because.REQUIRED_FIELD)


def test_what_was_done_stays_done_when_the_child_is_seen_and_the_case_closed() -> None:
    world = medium()
    world.do(5, "ola", Take())
    world.do(5, "cal", RecordPpn(ethnicity="White British", school="Avonmead"))
    world.do(10, "ola", SEEN)
    world.do(40, "ola", SPOKEN_TO)
    world.do(60, "sam", Close(reason="Back home"))
    states = {
        key: world.state(key) for key in ("owner-accepted", "prevention-interview", "closure", "silent-case")
    }
    assert states == {
        "owner-accepted": "met",
        "prevention-interview": "met",
        "closure": "met",
        "silent-case": "off",
    }


def test_closing_before_the_papers_are_done_meets_no_closure_clock() -> None:
    world = closed()
    assert world.state("closure") == "off"
    world.do(20, "ola", RecordPpn(ethnicity="White British", school="Avonmead"))
    assert world.state("closure") == "off"


def test_a_true_concern_that_was_seen_is_closed_in_a_day() -> None:
    world = World()
    world.concern(known=True)
    world.do(10, "ola", SEEN)
    world.until(10 + DAY)
    assert world.paged("closure") == [(10 + DAY, "supervisor")]


@pytest.mark.parametrize(("closed_after", "state"), [(DAY, "met"), (DAY + 1, "late")])
def test_closing_a_true_concern_that_was_seen_is_closing_it(closed_after: float, state: str) -> None:
    world = World()
    world.concern(known=True)
    world.do(10, "ola", SEEN)
    world.do(10 + closed_after, "sam", Close(reason="Seen and well"))
    assert world.state("closure") == state


@pytest.mark.parametrize("said", [True, False, None])
def test_a_return_interview_is_recorded_as_it_was_said_to_be_held(said: bool | None) -> None:
    """Where it is held need not be said; of a prevention interview it must."""
    world = medium()
    done = world.do(10, "ola", Interview(kind="return", in_person=said))
    held = next(entry.event for entry in done.entries if isinstance(entry.event, Interviewed))
    assert held.in_person is bool(said)
    assert world.refused(11, "ola", Interview(kind="prevention")) is Because.REQUIRED_FIELD
