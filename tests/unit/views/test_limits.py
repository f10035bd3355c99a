"""Nothing that a person can type makes a surface that Slack refuses."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.domain.people import Role
from bot.ports.cases import OpenCases, Pulse
from bot.risk_words import Ask
from bot.views import limits
from bot.views.lists.listing import Shown, all_that_wait, listing
from bot.views.lists.wall_board import board
from bot.views.wording.risk_questions import YES_CHOICES
from bot.views.wording.words import escape
from handlers.forms.report import report_page
from handlers.forms.report.report_draft import Draft
from sandbox.limits import check_blocks, check_total, check_view
from tests.unit.views.busy import busy
from tests.unit.views.story import Told
from tests.unit.views.surfaces import messages, views
from tests.world import TOLD

LONGEST = {
    "letters": "x" * 3000,
    "escapes": "&" * 3000,
    "tags": "<" * 3000,
    "emoji": "🔺" * 3000,
    "lines": "a\n" * 1500,
    "right to left": "\u202eמשטרה " * 375,
    "nothing much": ".",
}


@pytest.fixture(
    scope="module",
    params=[*((text, True) for text in LONGEST.values()), ("x" * 3000, False)],
    ids=[*LONGEST, "reference-only"],
)
def longest(request: pytest.FixtureRequest) -> Told:
    text, full = request.param
    return busy(text, full=full)


def test_every_message_is_taken(longest: Told) -> None:
    for name, message in messages(longest):
        check_blocks(message.blocks)
        check_total(message.blocks, name)
        assert 0 < len(message.text) <= limits.NOTIFICATION


def test_every_view_is_taken(longest: Told) -> None:
    for _, view in views(longest):
        check_view(view, view["type"])


def test_slacks_own_models_read_them_back_unchanged(longest: Told) -> None:
    for name, message in messages(longest):
        assert [block.to_dict() for block in Block.parse_all(message.blocks)] == message.blocks, name
    for name, view in views(longest):
        assert View(**view).to_dict() == view, name


@settings(max_examples=8, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3000).filter(str.strip),
    st.booleans(),
)
def test_whatever_is_typed_every_surface_is_taken(text: str, full: bool) -> None:
    told = busy(text, full=full)
    for name, message in messages(told):
        check_blocks(message.blocks)
        check_total(message.blocks, name)
        assert 0 < len(message.text) <= limits.NOTIFICATION
    for _, view in views(told):
        check_view(view, view["type"])


def test_five_hundred_cases_are_taken() -> None:
    told = busy("x" * 3000, full=True)
    many = OpenCases(cases=(told.case(),) * 500)
    for message in (
        told.screens.digest(many.cases, Role.FIM),
        listing(many, "fay", Shown(), told.screen),
        board(many, Pulse(last_check=TOLD), told.screen).message,
    ):
        check_blocks(message.blocks)
        check_total(message.blocks, "five hundred")
    check_view(all_that_wait(many.cases, [], told.screen), "modal")


def test_ten_long_lines_share_a_post(longest: Told) -> None:
    """As the delivery worker joins them."""
    lines = [longest.screens.line(longest.case(), entry) for entry in longest.record]
    blocks = [block for line in lines if line for block in line.blocks]
    check_total(blocks[:20], "ten lines")


@given(st.text(alphabet="a&<>;é🔺 ", max_size=60), st.integers(1, 40))
def test_a_cut_never_goes_through_an_escape(text: str, longest: int) -> None:
    cut = limits.clip_markup(escape(text), longest)
    assert len(cut) <= longest
    whole = cut.removesuffix("…").replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
    assert "&" not in whole and "<" not in whole


@given(st.lists(st.text(min_size=1, max_size=12), max_size=40), st.integers(0, 120))
def test_packing_takes_as_many_as_fit(items: list[str], longest: int) -> None:
    packed, taken = limits.pack(items, longest)
    assert len(packed) <= longest and packed == ", ".join(items[:taken])
    assert taken == len(items) or len(", ".join(items[: taken + 1])) > longest


def test_a_page_one_has_at_most_nineteen_blocks() -> None:
    told = busy("x", full=True)
    assert max(len(view["blocks"]) for name, view in views(told) if name == "report") <= 19


def _id(block: dict[str, Any]) -> str:
    return str(block.get("block_id", ""))


@pytest.mark.parametrize(("known", "concern"), [(False, False), (False, True), (True, True)])
def test_what_their_words_ask_fills_what_page_one_has_left(known: bool, concern: bool) -> None:
    asks = tuple(Ask(marker, "x") for marker in YES_CHOICES)
    draft = Draft(told_preset="1340", told_at=TOLD, known=known, concern=concern, asks=asks)
    blocks = report_page.report_page(draft, busy("x", full=True).screen)["blocks"]
    shown = [name for name in map(_id, blocks) if name.startswith("asked_")]
    assert len(blocks) == 19 and "asked_suicidal_today" in shown


def test_no_press_is_lost_for_want_of_room() -> None:
    asks = tuple(Ask(marker, "x") for marker in YES_CHOICES)
    pressed = dict.fromkeys(("cse", "cce", "medical", "medication"), False)
    draft = Draft(told_preset="1340", told_at=TOLD, concern=True, asks=asks, pressed=pressed)
    blocks = report_page.report_page(draft, busy("x", full=True).screen)["blocks"]
    shown = [name for name in map(_id, blocks) if name.startswith("asked_")]
    assert sorted(shown) == sorted(f"asked_{marker}" for marker in pressed)
