"""A force may put any of the eight roles on any ladder: every surface must draw, with its buttons, for each of them."""

from itertools import chain
from typing import Any

import pytest

from bot.domain.clocks import ClockName
from bot.domain.commands import Acknowledge, Take
from bot.domain.people import BY_RANK, Actor, Role
from bot.ports.cases import OpenCases, Pulse
from bot.questions import Intent
from bot.views import ids
from bot.views.answering import answers
from bot.views.answering.known_risk import About
from bot.views.cards import handover_card, open_case
from bot.views.lists import home_page, wall_board
from bot.views.lists.listing import Shown, listing
from bot.views.plain import plain_case
from bot.views.timeline_picture.spans import story
from bot.views.wording import words
from tests.unit.views.story import ROWAN, Told
from tests.unit.views.surfaces import OFFER
from tests.world import TOLD

LADDERS = [tuple(chain(BY_RANK[turn:], BY_RANK[:turn])) for turn in range(len(BY_RANK))]
"""Each role on every rung once."""


def on(ladder: tuple[Role, ...]) -> Told:
    """Every clock has that ladder, every role is manned, and nobody has done anything for an hour."""
    named = {name: {"ladder": [role.value for role in ladder]} for name in ClockName}
    told = Told(overrides={"clocks": named})
    told.people.people["mia"] = (Role.MPC,)
    told.report(1, **ROWAN)
    told.do(2, "ola", Take())  # an owner is paged too
    told.until(60)
    return told


@pytest.fixture(params=LADDERS, ids=lambda ladder: ladder[0].value)
def told(request: pytest.FixtureRequest) -> Told:
    return on(request.param)


def action_ids(blocks: list[dict[str, Any]]) -> set[str]:
    elements = [
        each for block in blocks for each in (*block.get("elements", ()), block.get("accessory") or {})
    ]
    return {str(each["action_id"]) for each in elements if "action_id" in each}


def test_each_role_is_paged(told: Told) -> None:
    assert {role for _, _, role, _ in told.pages} == set(Role)


def test_every_page_card_draws_with_its_buttons(told: Told) -> None:
    for role in Role:
        card = told.page(role)
        assert {ids.ACKNOWLEDGE, ids.OPEN_CASE} <= action_ids(card.blocks), role
        assert told.state_of_page(role).blocks
        digest = told.screens.digest([told.case()] * 3, role)
        assert ids.ACKNOWLEDGE_MANY in action_ids(digest.blocks), role


def test_acknowledged_it_still_draws(told: Told) -> None:
    told.do(61, "fay", Acknowledge())
    for role in Role:
        assert told.state_of_page(role).blocks


def test_every_other_surface_draws(told: Told) -> None:
    case, record, screen = told.case(), told.record, told.screen
    opened = OpenCases(cases=(case,))
    assert told.card().blocks and wall_board.board(opened, Pulse(last_check=TOLD), screen).message.blocks
    assert listing(opened, "fay", Shown(), screen).blocks
    assert handover_card.handover_card(OFFER, opened, screen).blocks
    assert plain_case.one_case(case, record, screen) and plain_case.rows(opened, screen)
    for role in Role:
        viewer = Actor(id="fay", roles=frozenset({role} - {Role.OWNER}))
        view = home_page.home(opened, viewer, None, Pulse(last_check=TOLD), screen, first_run=True).view
        assert view["blocks"] and open_case.open_case(case, record, viewer, screen)["blocks"]


def test_answers_and_the_picture_name_every_role_that_was_paged(told: Told) -> None:
    about = About(told.case(), told.record)
    said = answers.in_plain_words(list(Intent), about, told.screen)
    lanes = [lane.title for lane in story(told.case(), told.record, told.screen).lanes]
    for role in Role:
        assert words.ROLES[role] in said
        assert any(title.startswith(f"{words.sentence(words.ROLES[role])} paged") for title in lanes), role
