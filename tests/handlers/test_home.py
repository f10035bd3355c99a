"""App Home as each role opens it: what waits for them, then the cases; kept up to date while they look (§9)."""

import pytest

from bot.domain import commands
from bot.ports.cases import Mark
from handlers.live_pages.open_homes import SHIFT
from sandbox.client import Modal
from tests.handlers.evening import Evening, id_of
from tests.waiting import until
from tests.world import TOLD, answers, minutes

HIGH = {"markers": answers("suicidal_today")}


def reads(evening: Evening, name: str, words: str) -> Modal:
    """Their home page, once it says so."""

    def probe() -> Modal | None:
        home = evening.person(name).home
        return home if home and home.says(words) else None

    found = evening.workspace.wait_for(probe, f"{words!r} on {name}'s home page")
    assert found is not None
    return found


def opens(evening: Evening, name: str, words: str = "board · as at") -> Modal:
    before = published(evening)
    evening.person(name).open_home()
    until("the home page is drawn", lambda: published(evening) > before)
    return reads(evening, name, words)


def published(evening: Evening) -> int:
    """How often a page was, once all that was begun is done."""
    evening.settle()
    return len(evening.workspace.calls("views.publish"))


def later(evening: Evening, seconds: float) -> None:
    """Machine time goes on, and the refresher takes a look."""
    evening.machine_ms += int(seconds * 1000)
    evening.refresher.turn()


@pytest.fixture
def settled(evening: Evening) -> Evening:
    """One high-risk case that nobody has; everybody has seen their welcome."""
    evening.report(1, by=id_of("cal"), **HIGH)
    for name in ("cal", "fay", "sam", "ola", "ian"):
        evening.refresher.homes.welcomed(id_of(name))
    return evening


# --- each role's evening ----------------------------------------------------------------------------------------


def test_a_fim_acknowledges_on_their_home_page(settled: Evening) -> None:
    home = opens(settled, "fay", "FIM board · as at 13:41")
    assert home.says("*Acknowledge*\nHIGH · MC-26-0001 · age 15")
    settled.person("fay").click("acknowledge", home=True)
    assert settled.did()[-1] == "Acknowledged"
    later(settled, 1)
    reads(settled, "fay", "WAITING FOR YOU (1)")


def test_a_fim_finds_somebody_for_a_child_without_owner(settled: Evening) -> None:
    opens(settled, "fay", "find an owner who accepts")
    settled.person("fay").click("assign", home=True)
    settled.opened("fay", "Assign an owner")


def test_a_supervisor_sets_a_line_of_enquiry_from_their_home_page(settled: Evening) -> None:
    opens(settled, "sam", "Supervisor board · as at 13:41")
    settled.person("sam").click("set_enquiry", home=True)
    settled.opened("sam", "Set a line of enquiry")


def test_an_officer_accepts_on_their_home_page(settled: Evening) -> None:
    settled.do(2, id_of("sam"), commands.Assign(to=id_of("ola")))
    assert opens(settled, "ola", "Officer board").says("Mine: 1")
    settled.person("ola").click("accept", home=True)
    assert settled.case().owner == id_of("ola")
    later(settled, 1)
    reads(settled, "ola", "Tell the caller whether police are coming")  # theirs, now that they own it


def test_a_call_handler_finishes_their_report(settled: Evening) -> None:
    opens(settled, "cal", "Control room board")
    settled.person("cal").click("grade", home=True)
    assert settled.opened("cal", "Grade MC-26-0001")


def test_a_duty_inspector_sees_every_open_case(settled: Evening) -> None:
    home = opens(settled, "ian", "Duty inspector board")
    assert home.says("HIGH without an owner: MC-26-0001.") and home.says(
        "HIGH · MC-26-0001 · age 15 · Suicidal statement today · missing 1 min · no owner"
    )
    settled.person("ian").click("open_case", home=True)
    settled.opened("ian", "MC-26-0001")


def test_a_stranger_s_home_says_why_it_is_empty(settled: Evening) -> None:
    assert not opens(settled, "pat", "You are not set up here.").says("MC-26")
    assert (id_of("pat"), "home") not in settled.viewed


def test_who_holds_no_role_any_more_reads_nothing_more_on_theirs(settled: Evening) -> None:
    assert opens(settled, "oz").says("MC-26-0001")
    settled.people.people[id_of("oz")] = ()
    settled.refresher.homes.turn()
    assert not reads(settled, "oz", "cases are read by those on duty").says("MC-26")


def test_who_holds_no_role_reads_their_own_case_and_no_other(settled: Evening) -> None:
    other = settled.report(1, by=id_of("cal"), incident="LOG-2")
    settled.do(2, id_of("sam"), commands.Assign(to=id_of("oz")), other)
    settled.people.people[id_of("oz")] = ()
    home = opens(settled, "oz", "Not on duty")
    assert home.says("MC-26-0002") and not home.says("MC-26-0001")


def test_opening_it_is_noted(settled: Evening) -> None:
    opens(settled, "fay")
    assert (id_of("fay"), "home") in settled.viewed


# --- filters and pages ------------------------------------------------------------------------------------------


def test_a_filter_is_kept_by_the_page_itself(settled: Evening) -> None:
    opens(settled, "fay")
    settled.person("fay").click("list_concern", home=True)
    reads(settled, "fay", "*Concern: 0*")
    settled.report(2, by=id_of("cal"), told=2)
    later(settled, 10)
    assert reads(settled, "fay", "*2 OPEN:*").says("*Concern: 0*")
    assert opens(settled, "fay").says("*Concern: 0*")


def test_a_press_is_newer_than_the_word_that_the_page_was_opened_which_may_come_after_it(
    settled: Evening,
) -> None:
    opens(settled, "fay")
    settled.workspace.fault("delay", "app_home_opened", seconds=60)
    settled.person("fay").open_home()
    settled.person("fay").click("list_concern", home=True)
    reads(settled, "fay", "*Concern: 0*")
    before = published(settled)
    settled.workspace.advance(60)
    until("the word that it was opened has come", lambda: published(settled) > before)
    assert reads(settled, "fay", "FIM board").says("*Concern: 0*")


def test_pages_are_turned(settled: Evening) -> None:
    for number in range(24):
        settled.report(2, by=id_of("cal"), told=number / 60)
    opens(settled, "fay", "*All: 1 to 20 of 25*")
    settled.person("fay").click("list_next", home=True)
    reads(settled, "fay", "*All: 21 to 25 of 25*")
    settled.person("fay").click("list_previous", home=True)
    reads(settled, "fay", "*All: 1 to 20 of 25*")


# --- kept up to date --------------------------------------------------------------------------------------------


def test_it_follows_what_happens_at_most_every_ten_seconds(settled: Evening) -> None:
    opens(settled, "fay")
    once = published(settled)
    for minute in (2, 3, 4):
        settled.report(minute, by=id_of("cal"), told=minute)
        later(settled, 1)
    assert published(settled) == once
    later(settled, 7)
    assert reads(settled, "fay", "*4 OPEN:*") and published(settled) == once + 1
    later(settled, 60)
    assert published(settled) == once + 1


def test_who_did_something_sees_it_at_once_and_nobody_else_is_redrawn_for_it(settled: Evening) -> None:
    for name in ("fay", "sam"):
        opens(settled, name)
    once = published(settled)
    settled.person("fay").click("acknowledge", home=True)
    later(settled, 1)
    until("their page is drawn", lambda: published(settled) == once + 1)
    assert settled.workspace.calls("views.publish")[-1]["args"]["user_id"] == id_of("fay")
    later(settled, 1)
    assert published(settled) == once + 1


def test_a_step_taken_while_the_page_is_being_drawn_is_seen_at_once_too(
    settled: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens(settled, "fay")
    cases = settled.stores.cases
    once, read = published(settled), cases.open_marks

    def read_just_before_the_step() -> dict[str, Mark | None]:
        found = read()
        monkeypatch.undo()
        settled.person("fay").click("acknowledge", home=True)
        return found

    monkeypatch.setattr(cases, "open_marks", read_just_before_the_step)
    settled.person("fay").open_home()
    until("it is drawn from the reading before", lambda: published(settled) == once + 1)
    assert settled.did()[-1] == "Acknowledged"
    until("it is drawn", lambda: turned(settled) == once + 2)


def turned(evening: Evening) -> int:
    evening.refresher.turn()
    return published(evening)


def test_a_429_holds_up_even_who_did_something(settled: Evening) -> None:
    opens(settled, "fay")
    settled.workspace.fault("rate_limited", "views.publish", count=1, seconds=30)
    settled.report(2, by=id_of("cal"), told=2)
    later(settled, 10)
    once = published(settled)
    settled.person("fay").click("acknowledge", home=True)
    later(settled, 1)
    assert published(settled) == once


def test_it_is_redrawn_when_a_debt_becomes_late_by_itself(settled: Evening) -> None:
    settled.timer_runs = False
    opens(settled, "fay", "DUE SOON 13:45")
    settled.clock.at = TOLD + minutes(5)
    later(settled, 10)
    reads(settled, "fay", "LATE since 13:45")


def test_stopped_clocks_are_told_to_who_has_it_open(settled: Evening) -> None:
    opens(settled, "fay", "Clocks running")
    settled.ticking.stopped_since = TOLD
    later(settled, 10)
    reads(settled, "fay", "CLOCKS STOPPED since 13:40")


def test_a_home_that_nobody_opened_is_not_published(settled: Evening) -> None:
    opens(settled, "fay")
    settled.report(2, by=id_of("cal"), told=2)
    later(settled, 10)
    assert {call["args"]["user_id"] for call in settled.workspace.calls("views.publish")} == {id_of("fay")}


def test_nor_one_that_was_opened_in_another_shift(settled: Evening) -> None:
    opens(settled, "fay")
    once = published(settled)
    settled.report(2, by=id_of("cal"), told=2)
    later(settled, SHIFT + 1)
    assert published(settled) == once


def test_a_429_is_waited_out_for_everybody(settled: Evening) -> None:
    for name in ("fay", "sam"):
        opens(settled, name)
    once = published(settled)
    settled.workspace.fault("rate_limited", "views.publish", count=1, seconds=30)
    settled.report(2, by=id_of("cal"), told=2)
    later(settled, 10)
    assert published(settled) == once + 1  # refused; the second was not even tried
    later(settled, 29)
    assert published(settled) == once + 1
    later(settled, 1)
    for name in ("fay", "sam"):
        reads(settled, name, "*2 OPEN:*")


def test_slack_being_away_leaves_it_for_the_next_look(settled: Evening) -> None:
    opens(settled, "fay")
    settled.workspace.fault("server_error", "views.publish", count=1)
    settled.report(2, by=id_of("cal"), told=2)
    later(settled, 10)
    later(settled, 10)
    reads(settled, "fay", "*2 OPEN:*")


def test_presses_are_answered_while_slack_draws_nothing(settled: Evening) -> None:
    opens(settled, "fay")
    settled.workspace.fault("slow", "views.publish", seconds=2)
    assert settled.person("fay").click("list_late", home=True).acked
    assert settled.person("fay").click("list_all", home=True).acked


def test_only_the_process_that_drew_last_goes_on(settled: Evening) -> None:
    opens(settled, "fay")
    settled.deps.documents.put(f"home:{id_of('fay')}", b"another process")
    once = published(settled)
    settled.report(2, by=id_of("cal"), told=2)
    later(settled, 10)
    assert published(settled) == once


# --- the first time ---------------------------------------------------------------------------------------------


def test_the_welcome_is_shown_until_it_is_put_away_and_never_again(evening: Evening) -> None:
    opens(evening, "fay", "You are FIM. You are paged for: high risk, request for a FIM not answered")
    assert opens(evening, "fay").says("*Welcome.*")
    evening.person("fay").click("welcomed", home=True)
    until("the welcome is gone", lambda: not evening.person("fay").home.says("Welcome"))  # type: ignore[union-attr]
    assert not opens(evening, "fay").says("Welcome")
    assert opens(evening, "sam").says("*Welcome.*")


def test_a_practice_page_is_acknowledged_and_touches_no_case(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"), **HIGH)
    opens(evening, "fay")
    evening.person("fay").click("practice", home=True)
    page = evening.told_directly("PRACTICE · 🔺 HIGH · no case · acknowledge by 13:46")
    evening.person("fay").click("practice_acknowledge", on=page)
    evening.workspace.wait_for(
        lambda: evening.workspace.posts()[-1].says("acknowledged 13:41 · nothing else happened"),
        "what would have happened",
    )
    assert evening.did() == ["Reported"]
    assert [post.channel for post in evening.workspace.posts()] == [page.channel]


def test_another_copy_on_the_same_tokens_is_said_and_taken_back(settled: Evening) -> None:
    line = "Another copy of this bot is connected to Slack with the same tokens."
    opens(settled, "fay")
    settled.deps.second_copy = lambda: True
    later(settled, 11)
    reads(settled, "fay", line)
    settled.deps.second_copy = lambda: False
    later(settled, 11)
    until("it is taken back", lambda: not reads(settled, "fay", "FIM board").says(line))
