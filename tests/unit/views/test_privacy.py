"""What of a person may be shown, and where (domain.md §6; screens.md §13, §14)."""

import json
from typing import Any

import pytest

from bot.views.wording.reasons import Coded
from tests.unit.views.busy import busy
from tests.unit.views.story import rowan, said
from tests.unit.views.surfaces import messages, pages, views

SENTINEL = "Zebedee"


@pytest.fixture(scope="module")
def full() -> Any:
    return busy(SENTINEL, full=True)


@pytest.fixture(scope="module")
def discreet() -> Any:
    return busy(SENTINEL, full=False)


def test_reference_only_shows_nobodys_words_anywhere(discreet: Any) -> None:
    shown = [(name, message.text, message.blocks) for name, message in messages(discreet)]
    shown += [(name, "", [view]) for name, view in views(discreet)]
    assert [name for name, text, blocks in shown if SENTINEL in text + json.dumps(blocks)] == []


def test_the_sentinel_is_there_to_be_seen(full: Any) -> None:
    """Else the test above could not fail."""
    seen = {name for name, message in messages(full) if SENTINEL in json.dumps(message.blocks)}
    assert {"card", "told", "line of Noted", "line of Reported", "line of Closed"} <= seen
    assert SENTINEL in json.dumps(dict(views(full))["open case"])


def test_no_text_that_a_locked_phone_shows_has_it_in_any_mode(full: Any) -> None:
    assert [name for name, message in messages(full) if SENTINEL in message.text] == []


def test_no_page_or_digest_has_it_in_any_mode(full: Any) -> None:
    assert [name for name, page in pages(full) if SENTINEL in json.dumps(page.blocks)] == []


def test_no_id_or_value_that_slack_hands_back_has_it(full: Any) -> None:
    surfaces = [message.blocks for _, message in messages(full)] + [[view] for _, view in views(full)]
    assert [value for value in handed_back(surfaces) if SENTINEL in value] == []


def handed_back(part: Any) -> list[str]:
    keys = ("action_id", "block_id", "value", "private_metadata", "callback_id", "accessibility_label")
    if isinstance(part, dict):
        own = [str(part[key]) for key in keys if key in part]
        return own + [found for inner in part.values() for found in handed_back(inner)]
    if isinstance(part, list):
        return [found for inner in part for found in handed_back(inner)]
    return []


def test_a_coded_reason_is_shown_in_reference_only_mode() -> None:
    told = rowan(full=False, rationale=Coded("with_named_family", "17").stored())
    lines = [told.screens.line(told.case(), entry) for entry in told.record]
    assert lines[0] is not None
    assert said(lines[0])[0].endswith("With a named family member, who was spoken to (log entry 17).")


@pytest.mark.parametrize(
    "typed", ["coded:Zebedee", "coded:with_named_family;log=Zebedee", "with_named_family Zebedee"]
)
def test_what_only_looks_like_a_code_is_not_shown(typed: str) -> None:
    told = rowan(full=False, rationale=typed)
    assert all(SENTINEL not in json.dumps(message.blocks) for _, message in messages_of_one(told))


def messages_of_one(told: Any) -> list[tuple[str, Any]]:
    lines = [told.screens.line(told.case(), entry) for entry in told.record]
    return [("line", line) for line in lines if line] + [("card", told.card())]


def test_what_somebody_typed_is_never_markup() -> None:
    told = rowan(last_seen_where="<!channel> & <@U0FAY>")
    assert "&lt;!channel&gt; &amp; &lt;@U0FAY&gt;" in said(told.card())[1]


def test_every_surface_is_marked(full: Any) -> None:
    surfaces = [(name, message.blocks) for name, message in messages(full)]
    surfaces += [(name, view["blocks"]) for name, view in views(full)]
    assert [name for name, blocks in surfaces if "OFFICIAL-SENSITIVE" not in json.dumps(blocks[-1])] == []
