"""Given an owner who was paged about several cases in one post, then they are asked there for what they still own."""

import pytest

from bot.domain.commands import Accept, Acknowledge, Assign
from sandbox.client import Message
from tests.unit.workers.conftest import Evening
from tests.unit.workers.test_several_copies import HIGH

OLA = "person:ola"
PAGED_BY = 20  # minutes until the owner of a case that nobody works on is paged


@pytest.fixture
def refs(evening: Evening) -> list[str]:
    """Ola's, who has one digest about all of them."""
    refs = [evening.report(**HIGH) for _ in range(6)]
    for ref in refs:
        evening.do(1, "sam", Assign(to="ola"), ref)
        evening.do(1, "ola", Accept(), ref)
    evening.until(PAGED_BY)
    evening.drain(OLA, turns=10)
    assert asked_of_ola(evening) == refs
    return refs


def digest(evening: Evening) -> Message:
    return next(
        post for post in evening.workspace.person("ola").sees("@missing") if post.says("cases need you")
    )


def asked_of_ola(evening: Evening) -> list[str]:
    return [button["value"] for button in _buttons(evening) if button["action_id"] == "acknowledge"]


def _buttons(evening: Evening) -> list[dict[str, str]]:
    return [block["accessory"] for block in digest(evening).blocks if "accessory" in block]


def test_what_somebody_else_owns_now_is_asked_of_them(evening: Evening, refs: list[str]) -> None:
    evening.do(PAGED_BY + 1, "sam", Assign(to="oz"), refs[0])
    evening.do(PAGED_BY + 1, "oz", Accept(), refs[0])
    evening.drain(OLA, turns=10)
    assert asked_of_ola(evening) == refs[1:]
    assert digest(evening).says(f"{refs[0]}: no longer yours")


def test_and_stays_so_when_another_of_them_is_answered(evening: Evening, refs: list[str]) -> None:
    evening.do(PAGED_BY + 1, "sam", Assign(to="oz"), refs[0])
    evening.do(PAGED_BY + 1, "oz", Accept(), refs[0])
    evening.do(PAGED_BY + 2, "ola", Acknowledge(), refs[1])
    evening.drain(OLA, turns=10)
    assert asked_of_ola(evening) == refs[2:]
