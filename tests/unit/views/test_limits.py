"""Nothing that a person can type makes a surface that Slack refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.views import limits
from bot.views.words import escape
from sandbox.limits import check_blocks, check_total, check_view
from tests.unit.views.busy import busy
from tests.unit.views.story import Told
from tests.unit.views.surfaces import messages, views

LONGEST = {
    "letters": "x" * 3000,
    "escapes": "&" * 3000,
    "tags": "<" * 3000,
    "emoji": "🔺" * 3000,
    "lines": "a\n" * 1500,
    "nothing much": ".",
}


@pytest.fixture(scope="module", params=LONGEST.values(), ids=LONGEST.keys())
def longest(request: pytest.FixtureRequest) -> Told:
    return busy(request.param, full=True)


def test_every_message_is_taken(longest: Told) -> None:
    for name, message in messages(longest):
        check_blocks(message.blocks)
        check_total(message.blocks, name)
        assert 0 < len(message.text) <= limits.NOTIFICATION


def test_every_view_is_taken(longest: Told) -> None:
    for _, view in views(longest):
        check_view(view, "modal")


def test_slacks_own_models_read_them_back_unchanged(longest: Told) -> None:
    for _, message in messages(longest):
        for block, read in zip(message.blocks, Block.parse_all(message.blocks), strict=True):
            assert read.to_dict()["type"] == block["type"]


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
    assert max(len(view["blocks"]) for name, view in views(told) if name == "report") == 19
