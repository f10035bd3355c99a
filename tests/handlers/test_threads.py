"""Questions in a case's thread (screens.md §6)."""

import pytest

from sandbox.client import Message
from tests.handlers.evening import Evening, id_of
from tests.world import answers


@pytest.fixture
def card(evening: Evening) -> Message:
    evening.report(1, by=id_of("cal"), incident="LOG-1042", markers=answers("suicidal_today"))
    return evening.post(evening.screens.card(evening.case()))


def ask(evening: Evening, card: Message, question: str) -> None:
    bot = f"<@{evening.workspace.app().bot_user}>"
    evening.person("sam").type(f"{bot} {question}", "cases", thread=card.ts)


def test_status_is_a_dated_snapshot(evening: Evening, card: Message) -> None:
    ask(evening, card, "status")
    said = evening.workspace.expect("At 13:41.", "cases")
    assert said.thread_ts == card.ts
    assert said.says("HIGH (proposed, nobody has recorded it).")


def test_why_high_names_the_reasons(evening: Evening, card: Message) -> None:
    ask(evening, card, "why high?")
    evening.workspace.expect("Proposed HIGH: Suicidal statement today.", "cases")


def test_what_is_not_understood_says_what_is(evening: Evening, card: Message) -> None:
    ask(evening, card, "where is he")
    evening.workspace.expect("I can answer: status, owner, late", "cases")


def test_outside_a_thread_the_case_is_named(evening: Evening, card: Message) -> None:
    bot = f"<@{evening.workspace.app().bot_user}>"
    evening.person("sam").type(f"{bot} status MC-26-0001", "cases")
    evening.workspace.expect("At 13:41.", "cases")


def test_the_details_say_where_a_fact_comes_from(evening: Evening, card: Message) -> None:
    ask(evening, card, "status")
    said = evening.workspace.expect("At 13:41.", "cases")
    evening.person("sam").click("details", on=said)
    modal = evening.opened("sam", "Details MC-26-0001")
    assert modal.says("Suicidal statement today: yes (report, 13:41, Cal Reeve)")
