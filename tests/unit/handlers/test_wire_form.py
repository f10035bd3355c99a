"""Slack's wire form → what was typed (Slack: "Formatting text for app surfaces")."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.wire_form import people_in, plain, said_in, without
from sandbox.escaping import sent

PEOPLE = {"U1": "Ola Brandt"}


def name(person: str) -> str:
    return PEOPLE.get(person, person)


@pytest.mark.parametrize(
    ("wire", "typed"),
    [
        ("Tom &amp; Jo, &lt;13", "Tom & Jo, <13"),
        ("&amp;lt;", "&lt;"),
        ("<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"),
        ("<http://example.org|example.org>", "example.org"),
        ("<https://example.org|his page>", "his page (https://example.org)"),
        ("<mailto:tom@example.org|tom@example.org>", "tom@example.org"),
        ("<tel:07700900123|07700 900123>", "07700 900123"),
        ("ask <@U1>", "ask Ola Brandt"),
        ("ask <@U1|ola>", "ask Ola Brandt"),
        ("ask <@U9|kit>", "ask kit"),
        ("ask <@U9>", "ask somebody"),
        ("<!subteam^S1|@fim> and <!here> and <!channel|channel>", "@fim and @here and channel"),
        ("<!subteam^S1>", "@subteam"),
        ("in <#C1|control> or <#C2>", "in #control or a channel"),
        ("<!date^1392734382^{date_num}|18 Feb 2014>", "18 Feb 2014"),
        ("a < b > c", "a < b > c"),
        ("<>", "<>"),
        ("", ""),
    ],
)
def test_it_is_read_as_it_was_typed(wire: str, typed: str) -> None:
    assert plain(wire, name) == typed


@given(st.text(max_size=60))
def test_whatever_is_typed_comes_back(typed: str) -> None:
    """As the local Slack sends it; no mention is typed in angle brackets."""
    said = typed.replace("<@", "< @").replace("<!", "< !").replace("<#", "< #")
    assert plain(sent(said), name) == said


@pytest.mark.parametrize(
    "said", ["<@B> who has it", "who has it <@B>", "hi <@B>, who has it", "<@B|missing>: status"]
)
def test_a_mention_is_taken_out_wherever_it_stands(said: str) -> None:
    assert "@" not in without("B", said)
    assert people_in(said) == ["B"]


def test_a_message_with_files_says_so() -> None:
    message = {"text": "On the pier", "files": [{"name": "pier.jpg"}, {"id": "F2"}]}
    assert said_in(message, name) == "On the pier\n(with a file: pier.jpg)\n(with a file)"
