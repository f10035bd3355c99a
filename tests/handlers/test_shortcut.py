""" "Add as case information" beside a message (screens.md §8; the manifest's message shortcut)."""

import html

from sandbox.client import Message
from tests.handlers.evening import Evening, id_of, typed
from tests.handlers.pressing import REF, errors, recorded

NEW = "New information"
WHICH = "Add to which case?"


def said(evening: Evening, text: str, channel: str = "control", thread: str | None = None) -> Message:
    ola = evening.person("ola")
    ola.type(text, channel, thread=thread)
    seen = ola.thread(channel, thread) if thread else ola.sees(channel)
    return next(each for each in seen if text in (each.text, html.unescape(each.text)))


def reported(evening: Evening) -> None:
    evening.report(1, by=id_of("cal"), incident="LOG-1042")


def test_a_message_is_added_with_its_words_and_its_place(evening: Evening) -> None:
    reported(evening)
    sam = evening.person("sam")
    sam.shortcut("add_information", on=said(evening, "Seen at the bus station"))
    assert evening.opened("sam", WHICH).says(REF)
    sam.submit(typed({"case": REF}))
    words = str(evening.opened("sam", NEW).values["text"]["value"]["value"])
    assert words.startswith("Seen at the bus station\n(Ola Brandt in Slack, ")
    assert words.splitlines()[-1].startswith("http")
    sam.submit(typed({"kind": "sighting"}))
    recorded(evening, "InformationReceived")
    [heard] = evening.case().information.values()
    assert heard.text == words


def test_the_bot_need_not_be_in_that_channel(evening: Evening) -> None:
    """The message is what Slack sent along: nothing is read from a place where the bot is not."""
    reported(evening)
    message = said(evening, "Tom & Jo saw her: <the pier>", "canteen")
    evening.person("sam").shortcut("add_information", on=message)
    page = evening.opened("sam", WHICH)
    assert str(page.values["words"]["value"]["value"]).startswith("Tom & Jo saw her: <the pier>\n(Ola Brandt")
    evening.person("sam").submit(typed({"case": REF}))
    evening.opened("sam", NEW)
    evening.person("sam").submit(typed({"kind": "sighting"}))
    recorded(evening, "InformationReceived")
    [heard] = evening.case().information.values()
    assert heard.text.startswith("Tom & Jo saw her: <the pier>\n(Ola Brandt in Slack, ")
    assert "http" not in heard.text


def test_its_words_can_be_changed_before_a_case_is_chosen(evening: Evening) -> None:
    reported(evening)
    sam = evening.person("sam")
    sam.shortcut("add_information", on=said(evening, "Seen at the bus station"))
    evening.opened("sam", WHICH)
    sam.submit(typed({"case": REF, "words": "Seen at the station"}))
    assert evening.opened("sam", NEW).values["text"]["value"]["value"] == "Seen at the station"


def test_the_same_message_is_added_once(evening: Evening) -> None:
    reported(evening)
    sam, message = evening.person("sam"), said(evening, "Seen at the bus station")
    for _ in range(2):
        sam.shortcut("add_information", on=message)
        evening.opened("sam", WHICH)
        sam.submit(typed({"reference": "log 1042"}))
        evening.opened("sam", NEW)
        sam.submit({})
    assert list(errors(evening, "sam").values()) == ["You did this already, 13:41. Nothing changed."]
    assert len(evening.case().information) == 1


def test_in_its_thread_the_case_is_known(evening: Evening) -> None:
    reported(evening)
    card = evening.post(evening.screens.card(evening.case()))
    reply = said(evening, "Phone seen at the station", "cases", card.ts)
    evening.told("ola", "Save your reply to")
    evening.person("sam").shortcut("add_information", on=reply)
    assert evening.opened("sam", NEW).says(REF)


def test_a_slack_that_takes_its_time_over_the_thread_holds_up_no_answer(evening: Evening) -> None:
    """The case is asked for then, and the words are there all the same."""
    reported(evening)
    card = evening.post(evening.screens.card(evening.case()))
    reply = said(evening, "Phone seen at the station", "cases", card.ts)
    evening.told("ola", "Save your reply to")
    evening.workspace.fault("slow", "conversations.replies", seconds=8)
    evening.workspace.fault("slow", "chat.getPermalink", seconds=8)
    assert evening.person("sam").shortcut("add_information", on=reply).acked
    assert str(evening.opened("sam", WHICH).values["words"]["value"]["value"]).startswith("Phone seen")


def test_a_case_that_is_not_there_is_refused_under_the_field(evening: Evening) -> None:
    sam = evening.person("sam")
    sam.shortcut("add_information", on=said(evening, "Seen at the bus station"))
    evening.opened("sam", WHICH)
    sam.submit(typed({"reference": "MC-26-0404"}))
    assert errors(evening, "sam") == {"reference": "No such case. Choose one, or type its number."}


def test_reference_only_takes_no_words_over(discreet: Evening) -> None:
    reported(discreet)
    sam = discreet.person("sam")
    sam.shortcut("add_information", on=said(discreet, "Rowan is at the bus station"))
    discreet.opened("sam", WHICH)
    sam.submit(typed({"case": REF}))
    assert "Rowan" not in str(discreet.opened("sam", NEW).raw)
    sam.submit(typed({"text": "new_sighting", "text_log": "9"}))
    recorded(discreet, "InformationReceived")
