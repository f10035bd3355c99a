"""`/missing audit 7d`: the short form with its picture, in the force's own channels alone."""

from typing import Any

import pytest

from bot.domain.commands import Take
from bot.domain.processing import ProcessingKind
from sandbox.client import Message
from tests.handlers.evening import Evening, id_of
from tests.world import answers

COMING = "The answer follows in a moment."
FACTS = "1 case: 0 good, 0 requiring improvement, 1 inadequate."


@pytest.fixture
def bad_night(evening: Evening) -> Evening:
    """High since 13:40; owned at 13:55, and nothing else done by 15:20."""
    evening.report(1, by=id_of("cal"), incident="LOG-1042", markers=answers("suicidal_today", "self_harm"))
    evening.do(15, id_of("ola"), Take())
    evening.until(100)
    return evening


def asked(evening: Evening, words: str = "audit 7d", channel: str = "cases", by: str = "sam") -> str:
    assert evening.person(by).type(f"/missing {words}", channel).acked
    return evening.person(by).sees(channel)[-1].words


def picture_of(said: Message) -> dict[str, Any]:
    (file,) = said.raw["files"]
    return dict(file)


def test_it_is_posted_in_one_post_with_its_picture_and_no_name_of_a_child(bad_night: Evening) -> None:
    assert COMING in asked(bad_night)
    said = bad_night.workspace.expect(FACTS, "cases")
    assert said.says("1 HIGH at some time; 1 not closed")
    assert said.says("Checks failed: FIM told 1, markers considered 1,")
    assert said.says("owner accepted 15 min") and said.says("Asked for by Sam Doyle")
    assert said.words.endswith("OFFICIAL-SENSITIVE")
    file = picture_of(said)
    assert FACTS in file["alt_txt"] and "Checks failed: FIM told 1" in file["alt_txt"]
    assert "Rowan" not in said.words + str(file) and "LOG-1042" not in said.words + str(file)
    bad_night.settle()
    noted = [each for each in bad_night.stores.log_reader.newest(50) if each.action == "audit"]
    assert sorted(each.kind for each in noted) == [ProcessingKind.CONSULTATION, ProcessingKind.DISCLOSURE]


@pytest.mark.parametrize("channel", ["control", "lobby"])
def test_elsewhere_it_is_told_to_who_asked_alone(bad_night: Evening, channel: str) -> None:
    asked(bad_night, channel=channel)
    said = bad_night.told("sam", FACTS)
    assert said.seen_by is not None and said.says("Not posted here")
    bad_night.settle()
    assert bad_night.person("fay").sees(channel) == []
    assert not [call for call in bad_night.workspace.calls() if call["method"].startswith("files.")]


def test_in_a_message_to_the_bot_it_is_answered_there(bad_night: Evening) -> None:
    bad_night.person("sam").type("audit 2 days", "@missing")
    bad_night.workspace.expect(COMING)
    assert picture_of(bad_night.workspace.expect(FACTS))["title"].startswith("Audit, ")


@pytest.mark.parametrize("typed", ["audit 0d", "audit 32d", "audit last week", "audit 7h", "audit 7d 3d"])
def test_a_bad_period_is_answered_with_what_to_type(bad_night: Evening, typed: str) -> None:
    said = asked(bad_night, typed)
    assert "Say how many days back, up to 31: /missing audit 7d." in said and COMING not in said
    assert (id_of("sam"), "audit") not in bad_night.viewed


@pytest.mark.parametrize(("typed", "heard"), [("audit", "last 7 days"), ("audit 1d", "last day")])
def test_a_period_is_said_back(bad_night: Evening, typed: str, heard: str) -> None:
    assert heard in asked(bad_night, typed)
    bad_night.workspace.expect(FACTS, "cases")


def test_who_holds_no_role_gets_none(bad_night: Evening) -> None:
    bad_night.people.people[id_of("oz")] = ()
    said = asked(bad_night, by="oz")
    assert "cases are read by those on duty" in said and COMING not in said


def test_where_slack_takes_no_picture_the_text_is_told(bad_night: Evening) -> None:
    bad_night.workspace.fault("error", "files.completeUploadExternal", error="file_type_not_allowed")
    asked(bad_night)
    assert bad_night.told("sam", FACTS).says("Slack did not take the picture.")


def test_a_week_without_a_case_has_no_picture(evening: Evening) -> None:
    asked(evening)
    assert evening.told("sam", "No case.").seen_by is not None
