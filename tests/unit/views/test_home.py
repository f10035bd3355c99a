"""App Home: what waits for me, before everything that is open (screens.md §9)."""

import json
from typing import Any

import pytest

from bot.domain import commands
from bot.domain.facts import Child, Grade
from bot.domain.handover import Offer
from bot.domain.people import Actor, Role
from bot.ports.cases import OpenCases, Pulse
from bot.views.lists.home_page import home
from bot.views.lists.listing import Filter, Shown
from sandbox.limits import check_view
from tests.unit.views.crowd import crowd, opened
from tests.unit.views.story import Told, words
from tests.world import TOLD, answers, minutes

HIGH = {"markers": answers("suicidal_today")}


def page(told: Told, name: str, shown: Shown | None = None, **also: Any) -> list[str]:
    return [words(block) for block in blocks(told, name, shown, **also)]


def blocks(told: Told, name: str, shown: Shown | None = None, **also: Any) -> list[dict[str, Any]]:
    pulse = also.pop("pulse", Pulse(last_check=told.clock.now()))
    cases = also.pop("cases", opened(told))
    drawn = home(cases, told.actor(name), shown, pulse, told.screen, **also)
    found: list[dict[str, Any]] = drawn.view["blocks"]
    return found


def waits(told: Told, name: str) -> list[str]:
    """The rows under WAITING FOR YOU, each with all its buttons."""
    shown = blocks(told, name)
    lines = [words(block) for block in shown]
    start = next(number for number, line in enumerate(lines) if "WAITING FOR YOU" in line)
    end = next(number for number, line in enumerate(lines) if " OPEN:*" in line)
    rows: list[str] = []
    for block, line in list(zip(shown, lines, strict=True))[start + 1 : end]:
        if block["type"] == "actions":
            rows[-1] += "".join(f" [{label}]" for label in line.split(" | "))
        else:
            rows.append(line)
    return rows


def quiet() -> Told:
    told = Told()
    told.timer_runs = False
    return told


def test_who_cannot_sign_off_is_not_asked_to() -> None:
    told = quiet()
    told.concern(0, by="cal")
    told.until(1)
    (mine,) = [row for row in waits(told, "cal") if "Record as missing" in row]
    assert "DUE 13:55 record as missing [" in mine
    assert any("record as missing, or sign off the rationale" in row for row in waits(told, "fay"))


@pytest.mark.parametrize(
    ("name", "board"),
    [
        ("fay", "FIM board"),
        ("sam", "Supervisor board"),
        ("ola", "Officer board"),
        ("cal", "Control room board"),
        ("ian", "Duty inspector board"),
        ("sue", "Superintendent board"),
        ("pat", "Not on duty · open cases"),
    ],
)
def test_the_first_line_says_whose_page_it_is_and_when_it_was_true(name: str, board: str) -> None:
    told = quiet()
    told.until(29)
    assert page(told, name)[0] == f"{board} · as at 14:09"


def test_it_says_when_the_clocks_were_last_checked() -> None:
    told = quiet()
    assert page(told, "fay", pulse=Pulse(last_check=TOLD + minutes(29)))[1] == (
        "✅ Clocks running, last check 14:09:00"
    )


@pytest.mark.parametrize(("name", "says"), [("fay", True), ("sam", True), ("ola", False), ("pat", False)])
def test_another_copy_on_the_same_tokens_is_said_to_who_can_ring_somebody(name: str, says: bool) -> None:
    line = (
        "🔺 *Another copy of this bot is connected to Slack with the same tokens.* Presses may go to it. "
        "Tell the technician."
    )
    assert (line in page(quiet(), name, second_copy=True)) is says
    assert line not in page(quiet(), name)


def test_stopped_clocks_do_not_look_like_calm() -> None:
    said = page(quiet(), "fay", pulse=Pulse(last_check=TOLD, stopped_since=TOLD))[1]
    assert said == "🔺 *CLOCKS STOPPED since 13:40.* The bot cannot page anyone. Use the paper board."


def test_cases_that_nobody_decides_are_named() -> None:
    said = page(quiet(), "fay", pulse=Pulse(last_check=TOLD, undecided={"MC-26-0007": TOLD}))[1]
    assert said.startswith("🔺 *CLOCKS STOPPED for MC-26-0007.*")


def test_a_case_that_cannot_be_read_is_named_and_hides_no_other() -> None:
    told = quiet()
    told.report(1)
    said = page(told, "fay", cases=opened(told, "MC-26-0007"))
    assert "🔺 *1 case could not be read:* MC-26-0007. Call the technician." in said
    assert any(line.startswith("MEDIUM · MC-26-0001") for line in said)


def test_a_high_risk_child_without_owner_waits_for_the_fim() -> None:
    told = quiet()
    told.report(1, **HIGH)
    assert waits(told, "fay") == [
        "🔶 DUE SOON 13:45 *Acknowledge*\nHIGH · MC-26-0001 · age 15 · Suicidal statement today\n"
        "Also: 🔶 DUE SOON 13:45 find an owner who accepts [Acknowledge] [Assign]"
    ]


def test_a_grade_and_a_line_of_enquiry_wait_for_the_supervisor() -> None:
    told = quiet()
    told.report(1, **HIGH)
    (said,) = waits(told, "sam")
    assert said.endswith(" [Grade] [Record told] [Set enquiry]")


def test_what_is_late_comes_first_then_the_highest_risk() -> None:
    told = quiet()
    told.report(1, told=1, **HIGH)
    told.report(2, told=-30)
    said = waits(told, "sam")
    assert [line.partition(" *")[0].partition(" since")[0] for line in said][:2] == [
        "🔺 LATE",
        "⚪ DUE 13:51",
    ]
    assert "MC-26-0002" in said[0]


def test_a_case_has_one_row_with_the_worst_of_it_first() -> None:
    """Late before due, then HIGH first; the rest of a case below its worst, each with its button."""
    told = quiet()
    told.report(1, told=1, **HIGH)
    told.report(2, told=-30)
    told.until(12)
    rows = waits(told, "sam")
    assert [line.partition(" *")[0] for line in rows] == ["🔺 LATE since 13:51", "🔺 LATE since 13:20"]
    assert ["MC-26-0001" in rows[0], "MC-26-0002" in rows[1]] == [True, True]
    assert rows[0].endswith(
        "HIGH · MC-26-0001 · age 15 · Suicidal statement today\n"
        "Also: ⚪ DUE 14:01 tell the caller whether police are coming, and what to do; "
        "⚪ DUE 14:11 set a line of enquiry [Grade] [Record told] [Set enquiry]"
    )


def test_a_high_row_says_why_and_counts_the_reasons_that_have_no_room() -> None:
    told = quiet()
    told.report(
        1,
        child=Child(name="Zebedee", age=12),
        markers=answers("suicidal_today", "self_harm", "medical", "cse"),
    )
    (row,) = waits(told, "fay")
    assert "age 12 · Under 13; suicidal statement today; self-harm and 2 more\n" in row


def test_two_enquiries_of_one_officer_have_one_button_at_a_time() -> None:
    """Slack takes no two buttons of one kind in a row."""
    told = quiet()
    told.report(1)
    for number in (1, 2):
        due = TOLD + minutes(300 + number)
        told.do(2, "sam", commands.SetEnquiry(id=f"e{number}", text="CCTV", owner="ola", due_at=due))
    (row,) = waits(told, "ola")
    assert row.count("[Done]") == 1 and row.count("DUE 18:4") == 2


def test_who_was_asked_to_own_it_is_named() -> None:
    told = quiet()
    told.report(1, **HIGH)
    told.do(2, "fay", commands.Assign(to="ola"))
    assert any("*Chase Ola Brandt to accept, or assign another*" in line for line in waits(told, "fay"))


def test_a_void_waits_for_another_supervisor_though_no_clock_runs_for_it() -> None:
    told = quiet()
    told.report(1, **HIGH)
    told.do(3, "sam", commands.Void(why="An exercise"))
    confirm = "⚪ ASKED 13:43 *Confirm, or leave: no such case*\nHIGH · MC-26-0001 · age 15 · Suicidal statement today"
    assert waits(told, "sid")[0].startswith(confirm) and "[Confirm]" in waits(told, "sid")[0]
    for name in ("sam", "fay", "ola"):
        assert not any("Confirm" in line for line in waits(told, name))


def test_a_void_waits_for_the_fim_where_no_other_supervisor_is_on_duty() -> None:
    told = quiet()
    told.report(1, **HIGH)
    told.do(3, "sam", commands.Duplicate(of=told.report(2), why="Two calls"))
    told.send_home("sid")
    assert any("*Confirm, or leave: a duplicate of MC-26-0002*" in line for line in waits(told, "fay"))
    assert not any("Confirm" in line for line in waits(told, "cal"))


@pytest.mark.parametrize(("at", "mark"), [(2, "⚪ DUE 13:56"), (17, "🔺 LATE since 13:56")])
def test_a_hand_over_waits_for_the_person_named_alone(at: float, mark: str) -> None:
    told = quiet()
    told.until(at)
    offers = [Offer(role=Role.FIM, by="fay", to="ian", at=TOLD + minutes(1), number=1)]
    row = f"{mark} *Accept the hand-over: FIM, from Fay Marsh* [Accept]"
    assert row in page(told, "ian", offers=offers)
    assert "*WAITING FOR YOU (1)*" in page(told, "ian", offers=offers)
    assert row not in page(told, "fay", offers=offers)


def test_a_case_passed_on_waits_for_who_passed_it_and_for_the_fim() -> None:
    told = quiet()
    told.report(1, **HIGH)
    told.do(3, "sid", commands.Transfer(force="Southshire"))
    assert [name for name in ("sid", "fay", "sam") if "Record accepted" in str(waits(told, name))] == [
        "sid",
        "fay",
    ]


def test_a_downgrade_does_not_wait_for_who_asked_for_it() -> None:
    told = quiet()
    told.report(1, **HIGH)
    asked = commands.GradeCase(level=Grade.MEDIUM, rationale="Seen", considered=("suicidal_today",))
    told.people.people["fred"] = told.people.people["fay"]
    told.do(2, "fay", asked)
    assert not any("Decide" in line for line in waits(told, "fay"))
    assert any("[Decide]" in line for line in waits(told, "fred"))


def test_a_sign_off_does_not_wait_for_who_filed_the_concern() -> None:
    told = quiet()
    told.concern(1, by="sam")
    assert not any("[Sign off]" in line for line in waits(told, "sam"))
    assert any("[Sign off]" in line for line in waits(told, "sid"))


def test_an_officer_accepts_what_was_asked_of_them_and_nobody_else_does() -> None:
    told = quiet()
    told.report(1)
    told.do(2, "sam", commands.Assign(to="ola"))
    assert waits(told, "ola") == [
        "⚪ DUE 13:55 *Accept, or decline in Messages*\nMEDIUM · MC-26-0001 · age 15 [Accept]"
    ]
    assert waits(told, "oz") == ["Nothing waits for you."]


def test_an_officers_enquiry_waits_for_them_however_far_off_and_for_nobody_else() -> None:
    told = quiet()
    told.report(1)
    told.do(2, "sam", commands.SetEnquiry(id="e1", text="CCTV", owner="ola", due_at=TOLD + minutes(300)))
    assert any("[Done]" in line for line in waits(told, "ola"))
    assert waits(told, "oz") == ["Nothing waits for you."]


def test_new_information_waits_for_the_owner_but_not_where_the_owner_recorded_it() -> None:
    told = quiet()
    told.report(1)
    told.do(2, "ola", commands.Take())
    told.do(3, "cal", commands.Inform(id="i1", kind="sighting", text="Seen"))
    assert any("[Consider]" in line for line in waits(told, "ola"))
    told.do(4, "sam", commands.Consider(id="i1", outcome="Searched"))
    told.do(5, "ola", commands.Inform(id="i2", kind="sighting", text="Seen"))
    assert not any("[Consider]" in line for line in waits(told, "ola"))


def test_an_interview_waits_for_the_owner() -> None:
    told = quiet()
    told.report(1)
    told.do(2, "ola", commands.Take())
    told.do(3, "ola", commands.Locate(where="Park", seen_in_person=True))
    told.until(23 * 60)
    assert any(
        "prevention interview*\nMEDIUM" in line or "prevention interview [" in line
        for line in waits(told, "ola")
    )


def test_a_call_handler_finishes_the_report_they_began_and_no_other() -> None:
    told = quiet()
    told.report(1, by="cal")
    assert [line.rpartition("[")[2] for line in waits(told, "cal")] == ["Grade]"]
    assert waits(told, "cat") == ["Nothing waits for you."]


def test_a_duty_inspector_owes_what_was_paged_to_them() -> None:
    told = Told()
    told.report(1, **HIGH)
    told.until(8)
    assert waits(told, "ian") == ["Nothing is asked of you now. HIGH without an owner: MC-26-0001."]
    told.until(12)
    assert any("[Assign]" in line for line in waits(told, "ian"))


def test_a_check_that_comes_round_again_waits_only_once_it_is_due_soon() -> None:
    told = quiet()
    told.report(1, **HIGH)
    told.do(2, "sam", commands.GradeCase(level=Grade.HIGH, rationale="Said so"))
    told.do(3, "sam", commands.SetEnquiry(id="e", text="CCTV", owner="ola", due_at=TOLD + minutes(90)))
    told.do(3, "cal", commands.Tell(who=("caller",), said="coming"))
    assert waits(told, "sam") == ["Nothing is asked of you now. HIGH without an owner: MC-26-0001."]
    told.until(27)
    assert ["[Add note]" in line for line in waits(told, "sam")] == [True]


def test_who_holds_two_roles_owes_what_either_owes() -> None:
    told = quiet()
    told.people.people["fay"] = (*told.people.people["fay"], *told.people.people["sam"])
    told.report(1, **HIGH)
    said = waits(told, "fay")
    assert any("[Acknowledge]" in line for line in said) and any("[Grade]" in line for line in said)


def test_an_officers_list_begins_with_their_own_cases() -> None:
    told = quiet()
    told.report(1)
    told.report(1, told=1)
    told.do(2, "ola", commands.Take(), "MC-26-0002")
    said = page(told, "ola")
    assert "*Mine: 1*" in said
    assert not any(line.startswith("MEDIUM · MC-26-0001") for line in said)
    assert any(line.startswith("MEDIUM · MC-26-0001") for line in page(told, "ola", Shown(Filter.ALL)))


def test_no_childs_name_is_on_it() -> None:
    told = quiet()
    told.report(1, child=Child(name="Zebedee", age=13), **HIGH)
    assert not any("Zebedee" in line for line in page(told, "fay"))


def test_its_view_carries_which_cases_it_shows() -> None:
    told = crowd(30)
    shown = Shown(Filter.LATE, 2)
    view = home(opened(told), told.actor("sam"), shown, Pulse(last_check=TOLD), told.screen).view
    assert view["private_metadata"] == "late 2"


def test_it_says_when_it_will_say_otherwise() -> None:
    """The FIM's five minutes are due soon from the beginning, and late at 13:45."""
    told = quiet()
    told.report(1, **HIGH)
    drawn = home(opened(told), told.actor("fay"), None, Pulse(last_check=TOLD), told.screen)
    assert drawn.changes_at == TOLD + minutes(5)


@pytest.mark.parametrize("name", ["fay", "sam", "ola", "cal", "ian", "sue", "pat"])
@pytest.mark.parametrize("shown", [None, *(Shown(each, 3) for each in Filter)])
def test_five_hundred_open_cases_fit(five_hundred: Told, name: str, shown: Shown | None) -> None:
    lost = tuple(f"MC-25-{number:04}" for number in range(400))
    drawn = home(
        opened(five_hundred, *lost),
        five_hundred.actor(name),
        shown,
        Pulse(last_check=TOLD, undecided=dict.fromkeys(lost, TOLD)),
        five_hundred.screen,
        first_run=True,
    )
    check_view(drawn.view, "home")


def test_what_has_no_row_is_counted(five_hundred: Told) -> None:
    said = waits(five_hundred, "sam")
    count = next(line for line in page(five_hundred, "sam") if "WAITING FOR YOU" in line)
    total = int(count.partition("(")[2].partition(")")[0])
    assert len(said) == 11 and said[-1].startswith(f"*{total - 10} more cases:* MC-26-")


def test_an_empty_evening_says_so() -> None:
    cases = OpenCases(cases=())
    said = page(quiet(), "fay", cases=cases)
    assert said[2:4] == ["*WAITING FOR YOU (0)*", "Nothing waits for you."]
    assert "No case is open." in said


def test_the_view_of_somebody_without_any_role_offers_no_cure() -> None:
    told = crowd(5)
    assert "WAITING FOR YOU (0)" in json.dumps(
        home(opened(told), Actor(id="pat"), None, Pulse(last_check=TOLD), told.screen).view
    )
