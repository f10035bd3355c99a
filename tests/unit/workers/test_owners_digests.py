"""Given an owner who was paged about several cases in one post, then they are asked there for what they still own."""

import pytest

from bot.domain.commands import Accept, Acknowledge, Assign
from bot.domain.people import Role
from bot.views.cards import renderer
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


def test_who_gets_one_back_is_asked_for_it_again(evening: Evening, refs: list[str]) -> None:
    for minute, to in ((1, "oz"), (2, "ola")):
        evening.do(PAGED_BY + minute, "sam", Assign(to=to), refs[0])
        evening.do(PAGED_BY + minute, to, Accept(), refs[0])
        evening.drain(OLA, turns=10)
    assert evening.case(refs[0]).awaits(Role.OWNER)
    assert refs[0] in asked_of_ola(evening)


def test_and_so_where_it_was_paged_alone(evening: Evening) -> None:
    ref = evening.report(**HIGH)
    for minute, to in ((1, "ola"), (PAGED_BY + 1, "oz"), (PAGED_BY + 2, "ola")):
        evening.until(minute)
        evening.do(minute, "sam", Assign(to=to), ref)
        evening.do(minute, to, Accept(), ref)
        evening.until(max(minute, PAGED_BY))
        evening.drain(OLA, turns=10)
    assert evening.case(ref).awaits(Role.OWNER)
    assert "acknowledge" in evening.workspace.person("ola").sees("@missing")[-1].action_ids


def test_what_cannot_be_drawn_asks_nobody_for_no_case(evening: Evening, refs: list[str]) -> None:
    plain = renderer.digest([evening.case(ref) for ref in refs], Role.OWNER, passed_on=refs)
    assert "need you" not in plain.text and not [
        block for block in plain.blocks if block["type"] == "actions"
    ]
