"""The caller's words are read for risk: they ask, and a marker is answered by a person's press alone."""

from datetime import timedelta
from typing import Any

from bot.domain.facts import Answer, Grade
from bot.views.wording import risk_questions
from tests.handlers.evening import REFERENCES, REPORT, Evening, id_of, typed
from tests.handlers.pressing import REF, open_case, press, recorded
from tests.handlers.test_report import PAGE_1, PAGE_2

SUICIDE = "Their words say 'kill herself'. Suicidal statement today?"
INSULIN = "Their words say 'her insulin'. Needs medication?"
THEIR_WORDS = "Their words"


def pressed(**answers: str) -> dict[str, Any]:
    return {f"asked_{marker}": {"live": answer} for marker, answer in answers.items()}


def blocks_of(evening: Evening, name: str) -> list[str]:
    modal = evening.person(name).modal
    assert modal is not None
    return [str(block.get("block_id", "")) for block in modal.blocks]


def types(evening: Evening, words: str) -> None:
    cal = evening.person("cal")
    evening.missing("cal")
    evening.opened("cal", PAGE_1)
    cal.fill(typed({key: value for key, value in REPORT.items() if key not in ("yes", "why_worried")}))
    cal.choose("value", words, block_id="why_worried")


def test_page_1_asks_while_it_is_typed_and_ticks_nothing(evening: Evening) -> None:
    types(evening, "She told her nan she'll kill herself")
    page = evening.reads("cal", PAGE_1, SUICIDE)
    assert page.says("PROPOSED: MEDIUM")
    assert page.values["why_worried"]["value"]["value"].endswith("kill herself")
    assert len(page.blocks) <= 19


def test_a_yes_pressed_there_counts_at_once_and_is_recorded_with_the_report(evening: Evening) -> None:
    types(evening, "She told her nan she'll kill herself")
    cal = evening.person("cal")
    evening.reads("cal", PAGE_1, SUICIDE)
    cal.choose("live", "yes", block_id="asked_suicidal_today")
    evening.reads("cal", PAGE_1, "PROPOSED: HIGH")
    cal.submit({})
    evening.opened("cal", PAGE_2)
    case = evening.case()
    assert case.running_grade is Grade.HIGH
    given = case.markers["suicidal_today"]
    assert (given.answer, given.by) == (Answer.YES, id_of("cal"))


def test_a_no_is_kept_as_told_no_and_is_not_asked_again(evening: Evening) -> None:
    types(evening, "He ran off and hasn't got his insulin")
    cal = evening.person("cal")
    evening.reads("cal", PAGE_1, "Needs medication?")
    cal.choose("live", "no", block_id="asked_medication")
    cal.choose("live", "no", block_id="asked_adverse_event")
    cal.choose("live", "no", block_id="asked_medical")
    cal.submit({})
    evening.opened("cal", PAGE_2)
    case = evening.case()
    assert case.markers["medication"].answer is Answer.NO
    assert not case.adverse_event and case.not_adverse_at is not None
    assert not [block for block in blocks_of(evening, "cal") if block.startswith("asked_")]
    assert not evening.screens.card(case).blocks[-3].get("accessory")


def test_what_was_left_open_is_asked_on_page_2_and_recorded_there(evening: Evening) -> None:
    types(evening, "She told her nan she'll kill herself")
    evening.reads("cal", PAGE_1, SUICIDE)
    cal = evening.person("cal")
    cal.submit({})
    assert evening.opened("cal", PAGE_2).says(SUICIDE)
    assert evening.case().markers == {}

    cal.submit(pressed(suicidal_today="yes"))

    recorded(evening, "MarkersAnswered")
    assert evening.case().live_markers == ("suicidal_today",)


def test_the_card_says_so_until_somebody_answers(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"), why_worried="hasn't got her insulin, says she'll kill herself")
    shown = str(evening.screens.card(evening.case()).blocks)
    assert f"{SUICIDE} Not answered" in shown and f"{INSULIN} Not answered" in shown

    modal = press(evening, "ola", "their_words", THEIR_WORDS)
    assert modal.says(SUICIDE)
    evening.person("ola").submit(pressed(suicidal_today="yes", medication="no", medical="no"))

    recorded(evening, "MarkersAnswered")
    assert "Not answered" not in str(evening.screens.card(evening.case()).blocks)
    assert evening.case().markers["medication"].by == id_of("ola")


def test_nothing_pressed_is_nothing_recorded(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"), why_worried="says she'll kill herself")
    press(evening, "cal", "their_words", THEIR_WORDS)
    cal = evening.person("cal")
    cal.submit({})
    assert cal.modal is not None and "Press Yes or No" in str(cal.modal.errors)
    assert evening.did() == ["Reported"]


def test_the_open_case_offers_the_answer_too(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"), why_worried="says she'll kill herself")
    assert open_case(evening, "sam").says(f"{SUICIDE} Not answered")


def test_new_information_asks_while_it_is_typed(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"), why_worried="late home")
    press(evening, "cal", "add_to_case", "New information")
    cal = evening.person("cal")
    cal.choose("value", "Her friend says she's with an older man and has run away", block_id="text")
    assert evening.reads("cal", "New information", "Their words say 'older man'. Sexual exploitation?")
    cal.choose("live", "yes", block_id="asked_cse")
    evening.reads("cal", "New information", "PROPOSED: HIGH")
    cal.submit(pressed(adverse_event="yes"))
    recorded(evening, "InformationReceived")
    assert evening.case().live_markers == ("cse",) and evening.case().adverse_event


def test_words_that_come_after_a_no_ask_again(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"), why_worried="late home", markers={"cse": Answer.NO})
    assert "older man" not in str(evening.screens.card(evening.case()).blocks)
    evening.clock.at += timedelta(minutes=5)
    press(evening, "cal", "add_to_case", "New information")
    evening.person("cal").submit({**typed({"kind": "call"}), "text": {"value": "She's with an older man"}})
    recorded(evening, "InformationReceived")
    assert "'older man'. Sexual exploitation? Not answered" in str(
        evening.screens.card(evening.case()).blocks
    )


def test_a_kept_reply_asks_who_kept_it(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"), why_worried="late home")
    card = evening.post(evening.screens.card(evening.case()))
    ola = evening.person("ola")
    ola.type("His mate says he took a knife", "cases", thread=card.ts)
    ola.click("keep_activity", on=evening.told("ola", f"Save your reply to {REF}?"))
    told = evening.workspace.wait_for(
        lambda: [each for each in ola.thread("cases", card.ts) if each.says("violence? Not answered")],
        "the question",
    )[0]
    assert "knife" in str(told.blocks)
    assert "knife" in str(evening.screens.card(evening.case()).blocks)

    ola.click("their_words", on=told)
    evening.opened("ola", THEIR_WORDS)
    ola.submit(pressed(serious_violence="yes"))
    recorded(evening, "MarkersAnswered")
    assert evening.case().live_markers == ("serious_violence",)


def test_in_reference_only_mode_nothing_is_read(discreet: Evening) -> None:
    with discreet.before_the_switch():
        discreet.report(1, by=id_of("cal"), why_worried="she will kill herself")
    assert risk_questions.unanswered(discreet.case(), discreet.setting.at(discreet.clock.now())) == []
    discreet.missing("cal")
    discreet.opened("cal", PAGE_1)
    discreet.person("cal").submit(typed(REFERENCES))
    assert not [block for block in blocks_of(discreet, "cal") if block.startswith("asked_")]
