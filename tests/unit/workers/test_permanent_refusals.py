"""Slack's refusals for good: the page, of any grade, leaves another way at once, and nobody reads that it was paged."""

import pytest

from bot.domain.people import Role
from bot.ports.destination import Destination
from bot.slack import slack_codes
from bot.slack.slack_codes import OF_THE_TOKEN, For, final_for
from tests.outside import Pager
from tests.unit.workers.conftest import Evening
from tests.unit.workers.test_ways_out import Outside
from workers.alarm.refused_places import ChannelsInUse, refused_places, unknown_quiet
from workers.ways_out.ways import Ways

OF_A_PERSON = frozenset(
    (
        "user_not_found",
        "users_not_found",
        "user_disabled",
        "user_not_visible",
        "user_not_in_channel",
        "invalid_user_combination",
        "cannot_dm_bot",
    )
)
FOR_GOOD = sorted(
    code
    for code, what in slack_codes._BY_CODE.items()
    if (what is For.PLACE and code not in OF_A_PERSON) or "thread_locked" in code
)
AND_UNHEARD_OF = ["message_limit_exceeded", "a_word_that_slack_has_made_up_since"]
CHANNELS = ChannelsInUse(cases="C0CASES", fim="C0FIM", roles={Role.SUPERVISOR: "C0SUPER"})


def test_there_are_at_least_the_eighteen_that_we_know_of() -> None:
    assert len(FOR_GOOD) >= 18
    assert {"is_archived", "not_in_channel", "channel_not_found", "thread_locked"} <= set(FOR_GOOD)
    assert set(FOR_GOOD) >= OF_THE_TOKEN


@pytest.mark.parametrize("code", [*FOR_GOOD, *AND_UNHEARD_OF])
def test_a_medium_page_leaves_another_way_within_seconds_and_says_why(
    evening: Evening, beeper: Pager, code: str
) -> None:
    outside = Outside(evening, Ways({"fim": {"SMS": beeper.url}}))
    evening.report()
    evening.until(15)
    evening.workspace.fault("error", "chat.postMessage", error=code, channel="C0FIM")
    evening.delivery.drain(Destination("role:fim"))
    outside.goes_by(3)
    assert len(beeper.pages) == 1
    assert "Slack has not taken this page" in beeper.words[0]
    assert "acknowledged it" not in beeper.words[0]
    assert [(went.why, went.reached) for went in outside.on_the_case()] == [("slack", True)]
    outside.goes_by(120)
    assert len(beeper.pages) == 1, "nothing is told twice"


@pytest.mark.parametrize("code", FOR_GOOD)
def test_each_is_told_once_with_what_to_do(code: str) -> None:
    found = refused_places(CHANNELS, "", {"C0FIM": code}, {"role:fim": code})
    ((name, matter),) = found.items()
    assert matter is not None
    assert final_for(code) in (For.PLACE, For.MESSAGE)
    assert name == ("token" if code in OF_THE_TOKEN else "refused role:fim")
    assert "To mend it, " in matter.says and "Pages leave another way, where one is set up" in matter.says
    assert matter.over


def test_a_token_that_slack_does_not_take_is_one_matter_and_not_one_for_each_place() -> None:
    lanes = dict.fromkeys(("cases", "role:fim", "role:supervisor"), "token_revoked")
    assert list(refused_places(CHANNELS, "", {}, lanes)) == ["token"]
    assert list(refused_places(CHANNELS, "token_revoked", {"C0FIM": "is_archived"}, {})) == ["token"]


def test_each_channel_is_named_with_its_setting() -> None:
    found = refused_places(CHANNELS, "", dict.fromkeys(CHANNELS.lanes.values(), "is_archived"), {})
    said = " ".join(matter.says for matter in found.values() if matter)
    for setting in ("CASES", "FIM", "ROLES__supervisor"):
        assert f"MISSING_CHANNELS__{setting}" in said
    assert len(found) == 3
    assert refused_places(CHANNELS, "", {}, {}) == {}


def test_a_role_that_is_paged_in_the_fims_channel_tells_of_that_one() -> None:
    found = refused_places(CHANNELS, "", {}, {"role:duty_inspector": "is_archived"})
    assert list(found) == ["refused role:fim"]


def test_an_app_without_the_scope_is_told_that_nobodys_do_not_disturb_is_seen() -> None:
    (matter,) = unknown_quiet("missing_scope").values()
    assert matter is not None
    assert matter.says.startswith("Slack does not tell who has Do Not Disturb on: the app lacks a scope")
    assert "install the app anew" in matter.says
    assert unknown_quiet("") == {}
