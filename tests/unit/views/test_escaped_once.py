"""What Slack shows as it is, is never escaped; what it reads as markup, once. Held for every surface there is."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.unit.views.busy import busy
from tests.unit.views.story import Named, Told
from tests.unit.views.surfaces import messages, views

TYPED = "R&B <now>"


class Partners(Named):
    def name(self, person: str) -> str:
        return f"{super().name(person)} & Co"


@pytest.fixture(scope="module")
def told() -> Told:
    found = busy(TYPED, full=True)
    found.people.__class__ = Partners
    return found


def texts(shown: Any) -> Iterator[tuple[str, str]]:
    """Each text object: its kind and its words."""
    if isinstance(shown, dict):
        if shown.get("type") in ("plain_text", "mrkdwn"):
            yield shown["type"], shown["text"]
        for inner in shown.values():
            yield from texts(inner)
    elif isinstance(shown, list):
        for inner in shown:
            yield from texts(inner)


def surfaces(told: Told) -> Iterator[tuple[str, Any]]:
    for name, message in messages(told):
        yield name, message.blocks
    yield from views(told)


def test_plain_text_is_never_escaped_and_markup_once(told: Told) -> None:
    wrong = [
        (name, kind, text)
        for name, shown in surfaces(told)
        for kind, text in texts(shown)
        if any(twice in text for twice in ("&amp;amp;", "&amp;lt;", "&amp;gt;"))
        or (kind == "plain_text" and any(mark in text for mark in ("&amp;", "&lt;", "&gt;")))
    ]
    assert not wrong


def test_what_people_typed_is_there_in_both_kinds(told: Told) -> None:
    """Else the test above could not fail."""
    found = [(kind, text) for _, shown in surfaces(told) for kind, text in texts(shown)]
    assert any(kind == "plain_text" and TYPED in text for kind, text in found)
    assert any(kind == "mrkdwn" and "R&amp;B &lt;now&gt;" in text for kind, text in found)
    assert any(kind == "plain_text" and "& Co" in text for kind, text in found)
