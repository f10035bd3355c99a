"""The first time: what I am paged for is what this force's ladders say; and a page that is about no child."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.domain.people import Role
from bot.views.lists.guide import practice_page, practised, welcome
from tests.unit.views.story import Told, said, words
from tests.world import World


def says(role: Role | None, overrides: Mapping[str, Any] | None = None) -> str:
    told = Told()
    policy = World(overrides).policy
    screen = told.setting.at(told.clock.now())
    return words(welcome(role, type(screen)(**{**_fields(screen), "policy": policy}))[0])


def _fields(screen: Any) -> dict[str, Any]:
    return {name: getattr(screen, name) for name in screen.__struct_fields__}


def test_a_fim_is_told_what_pages_them_and_what_acknowledging_means() -> None:
    assert says(Role.FIM) == (
        "*Welcome.* You are FIM. You are paged for: high risk, request for a FIM not answered, "
        "no owner, still a concern for safety, "
        "duty inspector not told, downgrade not decided, hand-over not accepted, transfer not accepted, "
        "refused by the other force, not settled. "
        "Unanswered pages are escalated to you. Acknowledge means you know; only the action stops the clock."
    )


@pytest.mark.parametrize(
    ("role", "promise"),
    [
        (Role.SUPERVISOR, "You are a supervisor. You are paged for: no grade, rationale not signed off"),
        (Role.OFFICER, "You are an officer. A case is yours once you press Accept"),
        (Role.CONTROL_ROOM, "You are in the control room. You report and record; nothing is paged to you."),
        (
            Role.DUTY_INSPECTOR,
            "You are a duty inspector. Unanswered pages are escalated to you: high risk",
        ),
        (None, "You have no role now: nothing is paged to you."),
    ],
)
def test_each_role_is_told_its_own(role: Role | None, promise: str) -> None:
    assert promise in says(role)


def test_a_force_that_pages_otherwise_promises_otherwise() -> None:
    ladder = {"clocks": {"owner-accepted": {"ladder": ["supervisor", "fim"]}}}
    assert "no owner" not in says(Role.FIM, ladder)
    assert "no owner" in says(Role.SUPERVISOR, ladder)


def test_practice_says_so_first_and_is_about_no_case() -> None:
    told = Told()
    page = practice_page(told.screen)
    assert page.text == "PRACTICE. HIGH, no case: acknowledge by 13:45."
    assert said(page)[0] == "PRACTICE · 🔺 HIGH · no case · acknowledge by 13:45"
    assert "MC-" not in str(page.blocks)


def test_an_acknowledged_practice_says_what_would_have_happened() -> None:
    told = Told()
    lines = said(practised("Fay Marsh", told.screen))
    assert lines[0] == "PRACTICE · 🔶 acknowledged 13:40 · nothing else happened"
    assert "Quiet about this until 13:50; the clock runs on." in lines[1]
