"""A case's timeline as a picture in the thread (issue: pictures). What it shows is tested in tests/unit/views."""

from typing import Any

from bot.views import ids
from bot.views.blocks import actions, button
from bot.views.message import Message as Rendered
from sandbox.client import Message
from tests.handlers.evening import Evening, id_of
from tests.handlers.pressing import REF
from tests.handlers.test_threads import ask
from tests.world import answers


def card_of(evening: Evening) -> Message:
    evening.report(1, by=id_of("cal"), incident="LOG-1042", markers=answers("suicidal_today", "self_harm"))
    return evening.post(evening.screens.card(evening.case()))


def picture_in(evening: Evening, channel: str = "cases") -> dict[str, Any]:
    said = evening.workspace.expect("Grade: HIGH from 13:40.", channel)
    (file,) = said.raw["files"]
    return dict(file)


def test_the_timeline_comes_as_text_and_as_a_picture_with_the_same_facts(evening: Evening) -> None:
    card = card_of(evening)
    ask(evening, card, "can I have a picture of the timeline")
    said = evening.workspace.expect("Timeline:", "cases")
    assert said.says("reported MC-26-0001") or said.says("Cal Reeve (control room) reported")
    beside = evening.workspace.expect("Owner: no owner from 13:40.", "cases")
    (file,) = beside.raw["files"]
    assert (beside.thread_ts, file["title"]) == (card.ts, "Timeline MC-26-0001")
    assert file["alt_txt"].startswith("Timeline of MC-26-0001")
    assert file["alt_txt"].splitlines()[0] in beside.text.replace("\n", " ")
    assert beside.text.endswith("OFFICIAL-SENSITIVE")


def test_the_button_draws_it_anew_and_the_view_is_recorded(evening: Evening) -> None:
    ask(evening, card_of(evening), "timeline")
    text = evening.workspace.expect("Timeline:", "cases")
    picture_in(evening)
    evening.person("ola").click("timeline_picture", on=text)
    assert picture_in(evening)["name"] == "timeline-MC-26-0001.png"
    assert (id_of("ola"), "timeline picture") in evening.viewed


def test_where_others_read_along_the_button_draws_nothing_and_nothing_is_noted_as_seen(
    evening: Evening,
) -> None:
    card_of(evening)
    press = evening.post(
        Rendered(text="Timeline", blocks=[actions(button("Draw", ids.TIMELINE_PICTURE, REF))]), "lobby"
    )
    evening.person("ola").click("timeline_picture", on=press)
    evening.told("ola", "Not drawn here")
    evening.says_nothing_more()
    assert not [call for call in evening.workspace.calls() if call["method"].startswith("files.")]
    assert (id_of("ola"), "timeline picture") not in evening.viewed


def test_reference_only_has_no_name_in_picture_or_facts(discreet: Evening) -> None:
    ask(discreet, card_of(discreet), "timeline")
    discreet.workspace.expect("Timeline:", "cases")
    assert "Rowan" not in str(picture_in(discreet))


def test_where_slack_takes_no_picture_the_text_stands_and_says_so(evening: Evening) -> None:
    card = card_of(evening)
    evening.workspace.fault("error", "files.completeUploadExternal", error="file_type_not_allowed")
    ask(evening, card, "timeline")
    evening.workspace.expect("Timeline:", "cases")
    evening.workspace.expect("Slack did not take the picture.", "cases")
