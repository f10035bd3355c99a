"""What goes wrong around a press: doubled envelopes, a silent record, slow Slack, sixty at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from bot.ports.cases import Append
from bot.ports.errors import RecordTrouble, StoreUnavailable
from bot.store.connection import for_store
from bot.store.redis_stores import RedisStores
from bot.views.wording import record_words
from handlers.dependencies import SLACK_WAITS
from tests.conftest import SECRETS
from tests.handlers.evening import REPORT, Evening, an_evening, id_of, typed
from tests.handlers.pressing import press
from tests.handlers.test_report import PAGE_1
from tests.troubled_record import troubled_record
from tests.waiting import BUSY, until
from tests.world import answers


def test_a_doubled_envelope_reports_once_and_shows_page_two(evening: Evening) -> None:
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    evening.workspace.fault("double", "view_submission")
    evening.person("cal").submit(typed(REPORT))
    evening.opened("cal", "Risk: MC-26-0001")
    assert evening.stores.cases.open_refs() == ["MC-26-0001"]


def test_a_doubled_press_is_one_step(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"), markers=answers("abduction"))
    evening.until(1)
    page = evening.post(evening.page(), "fim")
    evening.workspace.fault("double", "block_actions")
    evening.person("fay").click("acknowledge", on=page)
    evening.workspace.advance(BUSY["ack_seconds"])  # the second envelope is left unanswered
    assert evening.did() == ["Reported", "Acknowledged"]
    evening.workspace.clear_faults()
    evening.missing("fay", "help")
    private = [post for post in evening.workspace.posts() if post.seen_by == id_of("fay")]
    assert not any(post.says("acknowledged") for post in private), "that it was done already"


def broken(*_: Any, **__: Any) -> Any:
    raise StoreUnavailable("ConnectionError", perhaps=False)


def test_a_record_that_fails_is_a_sentence_and_the_words_stay(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    with monkeypatch.context() as down:
        down.setattr(evening.stores.cases, "append", broken)
        evening.person("cal").submit(typed(REPORT))
    modal = evening.person("cal").modal
    assert modal is not None and list(modal.errors.values()) == [
        "Not saved: the record did not answer. Your words are still here. Press Save again; "
        "if it fails twice: paper log, and ring FIM."
    ]
    evening.person("cal").submit(typed(REPORT))
    evening.workspace.wait_for(evening.stores.cases.open_refs, "the case, saved at the second press")


def test_a_save_whose_answer_was_lost_is_not_called_unsaved_and_is_saved_once(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    append: Callable[[Append], None] = evening.stores.cases.append

    def unheard(step: Append) -> None:
        append(step)
        raise StoreUnavailable("TimeoutError", perhaps=True)

    evening.report(1, by=id_of("cal"))
    press(evening, "fay", "add_note", "Note on MC-26-0001")
    with monkeypatch.context() as lost:
        lost.setattr(evening.stores.cases, "append", unheard)
        evening.person("fay").submit(typed({"text": "Rang his aunt"}))
    modal = evening.person("fay").modal
    assert modal is not None and "Not known whether it is saved" in str(modal.errors)
    assert evening.person("fay").submit({}).acked
    assert evening.did().count("Noted") == 1


def test_what_fails_after_it_was_saved_is_not_called_unsaved(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"))
    card = evening.post(evening.screens.card(evening.case()))
    evening.deps.after_a_step.append(broken)
    evening.person("ola").click("take", on=card)
    evening.told("ola", "Done, at least in part; then the record did not answer.")
    assert evening.did() == ["Reported", "Taken"]


def test_a_case_that_cannot_be_opened_in_time_is_told_and_opens_at_the_next_press(evening: Evening) -> None:
    """Slack was answered before anything was looked at; its trigger ran out meanwhile."""
    evening.report(1, by=id_of("cal"))
    card = evening.post(evening.screens.card(evening.case()))
    evening.workspace.settings(trigger_seconds=0)
    assert evening.person("ola").click("open_case", on=card).acked
    evening.told("ola", "Not opened: Slack did not do it. Nothing changed. Press again.")
    evening.workspace.settings(trigger_seconds=60)
    evening.person("ola").click("open_case", on=card)
    evening.opened("ola", "MC-26-0001")
    assert evening.did() == ["Reported"]


def test_a_form_for_which_the_record_is_silent_is_told_to_whoever_pressed(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening.report(1, by=id_of("cal"))
    card = evening.post(evening.screens.card(evening.case()))
    evening.person("ola").click("open_case", on=card)
    evening.opened("ola", "MC-26-0001")
    with monkeypatch.context() as down:
        down.setattr(evening.stores.drafts, "find", broken)
        assert evening.person("ola").click("add_note", block_id="silent-case").acked
        evening.told_directly("the record did not answer")


def test_a_record_that_takes_nothing_says_why_and_sends_nobody_to_press_again_first(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise StoreUnavailable("OutOfMemoryError", RecordTrouble.MEMORY_FULL, perhaps=False)

    evening.report(1, by=id_of("cal"))
    card = evening.post(evening.screens.card(evening.case()))
    monkeypatch.setattr(evening.stores.cases, "append", full)
    evening.person("ola").click("take", on=card)
    evening.told("ola", "Not done: the record server's memory is full.")


@pytest.mark.redis
@pytest.mark.parametrize(
    "trouble", [RecordTrouble.READ_ONLY, RecordTrouble.MEMORY_FULL, RecordTrouble.DISK], ids=str
)
def test_who_cannot_open_a_case_is_not_told_that_it_can_be_read(
    tmp_path: Path, trouble: RecordTrouble
) -> None:
    with (
        troubled_record(tmp_path) as record,
        for_store(record.url) as redis,
        an_evening(stores=RedisStores(redis, SECRETS, prefix="test")) as evening,
    ):
        evening.report(1, by=id_of("cal"))
        card = evening.post(evening.screens.card(evening.case()))
        with record.troubled(trouble):
            evening.person("ola").click("open_case", on=card)
            said = evening.told("ola", f"Not done: {record_words.clause(trouble)}")
        assert said.says("What was saved before is kept.") and not said.says("can be read")
        evening.person("ola").click("open_case", on=card)
        evening.opened("ola", "MC-26-0001")


def test_a_record_that_hangs_is_answered_for_within_three_seconds(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = Event()
    append: Callable[[Append], None] = evening.stores.cases.append

    def hanging(step: Append) -> None:
        let_go.wait(60)
        append(step)

    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    monkeypatch.setattr(evening.stores.cases, "append", hanging)
    evening.deps.slack_waits = SLACK_WAITS
    evening.workspace.settings(ack_seconds=3)
    tries = (evening.person("cal").submit(typed(REPORT)).acked for _ in range(3))
    assert any(tries), "at one of three on a busy machine"
    modal = evening.person("cal").modal
    assert modal is not None and "the record did not answer" in str(modal.errors)
    let_go.set()
    until("the late write is there", lambda: bool(evening.stores.cases.open_refs()))


def test_typing_goes_on_in_peace_while_the_record_is_away(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each key tells the bot; forty refusals over a form would be forty interruptions."""
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    monkeypatch.setattr(evening.stores.requests, "seen_before", broken)
    monkeypatch.setattr(evening.stores.drafts, "keep", broken)
    cal = evening.person("cal")
    assert cal.fill(typed({"name": "Rowan Pike", "age": "12"})).acked
    evening.reads("cal", PAGE_1, "PROPOSED: HIGH")
    monkeypatch.undo()
    cal.submit(typed(REPORT))
    evening.opened("cal", "Risk: MC-26-0001")


def test_a_failing_button_is_a_sentence(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    evening.report(1, by=id_of("cal"))
    card = evening.post(evening.screens.card(evening.case()))
    monkeypatch.setattr(evening.stores.cases, "append", broken)
    evening.person("ola").click("take", on=card)
    evening.told("ola", "Not done: the record did not answer.")


def test_a_failing_command_is_a_sentence(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evening.stores.cases, "open_marks", broken)
    evening.missing("cal", "list")
    assert "the record did not answer" in evening.person("cal").sees("control")[-1].words


def test_forty_presses_at_once_are_answered_while_slack_is_slow(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"))
    card = evening.post(evening.screens.card(evening.case()))
    evening.workspace.fault("slow", "views.open", seconds=1)
    ola = evening.person("ola")
    with ThreadPoolExecutor(40) as crowd:
        acked = list(crowd.map(lambda _: ola.click("open_case", on=card).acked, range(40)))
    assert acked == [True] * 40


def test_a_view_whose_answer_was_lost_is_open_and_nobody_is_told_otherwise(evening: Evening) -> None:
    evening.workspace.fault("lost_reply", "views.open", count=1)
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    evening.workspace.wait_for(
        lambda: [call["status"] for call in evening.workspace.calls("views.open")][1:] == [200],
        "the second try",
    )
    assert evening.missing("cal", "help").acked
    evening.settle()
    assert not any(said.says("Not ") for said in evening.person("cal").sees("control"))


def test_a_view_that_slack_does_not_take_is_not_blamed_on_the_record(evening: Evening) -> None:
    evening.workspace.fault("server_error", "views.open")
    evening.missing("cal")
    evening.told("cal", "Not opened: Slack did not do it. Nothing changed. Press again.")


def test_what_nobody_foresaw_is_called_by_its_name(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours in drawing is not the record's silence: whoever reads it must know that the page stands."""
    evening.report(1, by=id_of("cal"), markers=answers("abduction"))
    evening.until(1)
    page = evening.post(evening.page(), "fim")
    monkeypatch.setattr("handlers.showing.open_case", lambda *_, **__: {}["no such key"])
    evening.person("fay").click("open_case", on=page)
    evening.told("fay", "This could not be shown: a fault of the bot's. The page stands")


def test_a_form_that_broke_on_saving_says_so(evening: Evening, monkeypatch: pytest.MonkeyPatch) -> None:
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    monkeypatch.setattr(evening.stores.cases, "append", lambda *_: {}["no such key"])
    evening.person("cal").submit(typed(REPORT))
    modal = evening.person("cal").modal
    assert modal is not None and "Not finished: a fault of the bot's." in str(modal.errors)
