"""Questions in free words: in a case's thread, under its page, or anywhere with its name (screens.md §6)."""

from typing import Any

import pytest

from bot.domain.people import Role
from bot.domain.processing import ProcessingKind
from bot.ports.errors import StoreUnavailable
from handlers.conversation.threads import SILENT
from sandbox.client import Message
from tests.handlers.evening import Evening, id_of
from tests.world import answers


@pytest.fixture
def card(evening: Evening) -> Message:
    evening.report(1, by=id_of("cal"), incident="LOG-1042", markers=answers("suicidal_today"))
    return evening.post(evening.screens.card(evening.case()))


def ask(evening: Evening, on: Message, question: str, channel: str = "cases", by: str = "sam") -> None:
    bot = f"<@{evening.workspace.app().bot_user}>"
    evening.person(by).type(f"{bot} {question}", channel, thread=on.ts)


def ask_anywhere(evening: Evening, question: str, channel: str = "control") -> None:
    bot = f"<@{evening.workspace.app().bot_user}>"
    evening.person("sam").type(f"{bot} {question}", channel)


def test_status_is_a_dated_snapshot(evening: Evening, card: Message) -> None:
    ask(evening, card, "where are we with this")
    said = evening.workspace.expect("At 13:41.", "cases")
    assert said.thread_ts == card.ts
    assert said.says("HIGH (proposed, nobody has recorded it).")


def test_a_bare_mention_asks_for_the_status(evening: Evening, card: Message) -> None:
    ask(evening, card, "")
    assert evening.workspace.expect("At 13:41.", "cases").says("No owner.")


@pytest.mark.parametrize(
    "said", ["who has it {bot}?", "{bot}: who has it", "hi {bot} who has it", "who has it? {bot}"]
)
def test_the_mention_counts_wherever_it_stands(evening: Evening, card: Message, said: str) -> None:
    bot = f"<@{evening.workspace.app().bot_user}>"
    evening.person("sam").type(said.format(bot=bot), "cases", thread=card.ts)
    assert evening.workspace.expect("No owner.", "cases").thread_ts == card.ts


def test_a_record_that_falls_silent_meanwhile_leaves_no_question_without_an_answer(
    evening: Evening, card: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise StoreUnavailable("ConnectionError", perhaps=False)

    with monkeypatch.context() as silent:
        silent.setattr(evening.stores.cases, "load", away)
        ask(evening, card, "who has it?")
        evening.told("sam", SILENT)
        ask(evening, card, "take it")
        evening.told("sam", "Not done. Press Take ownership.")
        silent.setattr(evening.stores.documents, "get", away)
        ask(evening, card, "who has it?")
        evening.told("sam", SILENT)


def test_a_record_that_falls_silent_after_the_answer_takes_nothing_back(
    evening: Evening, card: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        raise StoreUnavailable("ConnectionError", perhaps=False)

    monkeypatch.setattr(evening.deps.reading, "answered", away)
    ask(evening, card, "who has it?")
    evening.workspace.expect("No owner.", "cases")
    evening.says_nothing_more()


def test_where_slack_does_not_say_whose_thread_it_is_the_case_is_asked_for(
    evening: Evening, card: Message
) -> None:
    evening.workspace.fault("server_error", "conversations.replies")
    ask(evening, card, "who has it?")
    evening.workspace.expect("Which case?", "cases")
    evening.workspace.clear_faults()
    evening.workspace.fault("lost_reply", "conversations.replies")
    ask(evening, card, "who has it?")
    evening.workspace.expect("Which case?", "cases")


def test_somebody_else_may_be_mentioned_in_a_question(evening: Evening, card: Message) -> None:
    ask(evening, card, f"does {evening.person('ola').mention} have it?")
    evening.workspace.expect("No owner.", "cases")


def test_two_questions_are_one_answer_in_the_order_asked(evening: Evening, card: Message) -> None:
    evening.until(6)
    ask(evening, card, "whats late and whos got it?")
    said = evening.workspace.expect("LATE since 13:45: no owner", "cases")
    words = str(said.blocks)
    assert words.index("Late:") < words.index("No owner.")
    evening.says_nothing_more()


def test_why_names_the_reasons_with_who_gave_them_and_when(evening: Evening, card: Message) -> None:
    ask(evening, card, "why is he high?")
    evening.workspace.expect("Proposed HIGH: suicidal statement today (report", "cases")


def test_what_is_not_understood_says_what_is(evening: Evening, card: Message) -> None:
    ask(evening, card, "where is he")
    said = evening.workspace.expect("I can answer, for one case: status, owner", "cases")
    assert "13:41" not in str(said.blocks)


def test_an_order_is_not_taken_for_a_question(evening: Evening, card: Message) -> None:
    ask(evening, card, "close it")
    assert evening.told("sam", "Not done. Press Close case.").thread_ts == card.ts
    assert evening.did() == ["Reported"]


@pytest.mark.usefixtures("card")
def test_under_a_page_card_it_is_about_that_case(evening: Evening) -> None:
    evening.until(6)
    page = evening.post(evening.page(Role.FIM), "fim")
    ask(evening, page, "anyone got this?", "fim", by="fay")
    said = evening.workspace.expect("No owner.", "fim")
    assert said.thread_ts == page.ts


@pytest.mark.usefixtures("card")
def test_under_a_page_that_was_replaced_too(evening: Evening) -> None:
    evening.until(6)
    old = evening.screens.superseded(
        evening.case(), evening.entries(), Role.FIM, link="https://example.org/1"
    )
    ask(evening, evening.post(old, "fim"), "status", "fim", by="fay")
    evening.workspace.expect("At 13:46.", "fim")


@pytest.mark.usefixtures("card")
def test_under_a_digest_the_case_must_be_named(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"), incident="LOG-1043", markers=answers("suicidal_today"))
    both = [evening.case(), evening.case("MC-26-0002")]
    digest = evening.post(evening.screens.digest(both, Role.FIM), "fim")
    ask(evening, digest, "who has it", "fim", by="fay")
    evening.workspace.expect("Which case?", "fim")


@pytest.mark.usefixtures("card")
@pytest.mark.parametrize("named", ["MC-26-0001", "mc-26-0001", "LOG-1042"])
def test_anywhere_the_case_is_named(evening: Evening, named: str) -> None:
    ask_anywhere(evening, f"status {named}")
    evening.told("sam", "At 13:41.")
    assert (id_of("sam"), "answer") in evening.viewed


@pytest.mark.usefixtures("card")
def test_a_case_that_does_not_exist_is_not_swapped_for_the_threads(evening: Evening, card: Message) -> None:
    ask(evening, card, "who has LOG-9999?")
    evening.workspace.expect("No case LOG-9999 found that you can see.", "cases")


def test_without_a_case_it_asks_which(evening: Evening) -> None:
    ask_anywhere(evening, "who has it")
    evening.told("sam", "Which case?")


@pytest.mark.usefixtures("card")
@pytest.mark.parametrize("question", ["status MC-26-0001", "status MC-26-0404", "who has it?", "acknowledge"])
def test_a_stranger_is_refused_alone_and_learns_of_no_case(evening: Evening, question: str) -> None:
    bot = f"<@{evening.workspace.app().bot_user}>"
    evening.person("pat").type(f"{bot} {question}", "control")
    evening.told("pat", "You are not set up here.")
    evening.says_nothing_more()
    assert id_of("pat") not in {by for by, _ in evening.viewed}


@pytest.mark.usefixtures("card")
def test_where_others_may_read_along_the_answer_is_for_who_asked_alone(evening: Evening) -> None:
    """Somebody invited the bot to a public channel: the answer is never posted there."""
    bot = f"<@{evening.workspace.app().bot_user}>"
    evening.person("sam").type(f"{bot} timeline MC-26-0001", "lobby")
    evening.told("sam", "MC-26-0001")
    evening.settle()
    assert not [post for post in evening.workspace.posts() if post.channel == "lobby"]
    assert not [call for call in evening.workspace.calls() if call["method"].startswith("files.")]
    assert disclosures(evening) == []


def disclosures(evening: Evening) -> list[tuple[str, str, str, str]]:
    evening.settle()
    noted = evening.stores.log_reader.newest(1_000)
    kind = ProcessingKind.DISCLOSURE
    return [(each.by, each.action, each.ref, each.place) for each in noted if each.kind is kind]


def test_an_answer_that_all_in_the_channel_read_is_noted_as_disclosed_there(
    evening: Evening, card: Message
) -> None:
    ask(evening, card, "who has it?")
    evening.workspace.expect("No owner.", "cases")
    there = evening.workspace.channel_id("cases")
    assert disclosures(evening) == [(id_of("sam"), "answer", "MC-26-0001", there)]


def test_reference_only_answers_without_names(discreet: Evening) -> None:
    discreet.report(1, by=id_of("cal"), incident="LOG-1042")
    card = discreet.post(discreet.screens.card(discreet.case()))
    ask(discreet, card, "what has happened so far and any previous?")
    said = discreet.workspace.expect("Timeline:", "cases")
    assert said.says("No earlier episode is linked.")
    assert not said.says("Rowan")


def test_the_details_say_where_a_fact_comes_from(evening: Evening, card: Message) -> None:
    ask(evening, card, "status")
    said = evening.workspace.expect("At 13:41.", "cases")
    evening.person("sam").click("details", on=said)
    modal = evening.opened("sam", "Details MC-26-0001")
    assert modal.says("Suicidal statement today: yes (report, 13:41, Cal Reeve)")
