"""Where a card could not be drawn, or Slack refuses its blocks: plain words, and the buttons that matter.

A page in any shape can be acknowledged: somebody who reads it must not have to look for where to say so.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.domain.case import Case
from bot.domain.events import PageLine
from bot.domain.people import Role
from bot.views import ids
from bot.views.blocks import actions, button, marking, section
from bot.views.cards.page_card import acknowledge, open_case
from bot.views.message import Block, Message
from bot.views.wording import clock_words, naming, words

_NOT_DRAWN = "The rest could not be shown; the page stands. Call the technician."
_CALLS = re.compile(r"<(?:!|@)[^>|]+(?:\|[^>]*)?>")
_KEPT = (
    ids.ACKNOWLEDGE,
    ids.ACKNOWLEDGE_MANY,
    ids.SHOW_ALL,
    ids.ACCEPT,
    ids.DECLINE,
    ids.ACCEPT_ALL,
    ids.OPEN_CASE,
)


def page(case: Case, role: Role, lines: Sequence[PageLine]) -> Message:
    """Everybody in the channel is called: whom the role's mention calls may be what could not be drawn."""
    about = words.listed(list(dict.fromkeys(clock_words.of(line.clock).missing for line in lines)))
    said = f"{naming.spoken(case)} needs the {words.ROLES[role]} now: {about}."
    return _plain(f"<!channel> {said} {_NOT_DRAWN}", acknowledge(case), open_case(case))


def state(case: Case) -> Message:
    """Of a page that stands. Whoever presses Acknowledge when nothing is open is told so."""
    return _plain(f"Page for {naming.spoken(case)}. {_NOT_DRAWN}", acknowledge(case), open_case(case))


def digest(cases: Sequence[Case], role: Role) -> Message:
    named = ", ".join(case.ref for case in cases[:200])
    said = f"<!channel> {len(cases)} cases need the {words.ROLES[role]} now: {named}. {_NOT_DRAWN}"
    return _plain(said, button(f"Show all {len(cases)}", ids.SHOW_ALL, role.value))


def offer(case: Case) -> Message:
    accept = button("Accept", ids.ACCEPT, case.ref, primary=True, spoken=f"Accept {case.ref}")
    decline = button("Decline", ids.DECLINE, case.ref, spoken=f"Decline {case.ref}")
    return _plain(
        f"{naming.spoken(case)} is assigned to you: accept or decline.", accept, decline, open_case(case)
    )


def about(said: str, case: Case) -> Message:
    return _plain(f"{said} The rest could not be shown. Call the technician.", open_case(case))


def words_alone(said: str) -> Message:
    return _plain(said)


def shapes(message: Message) -> tuple[Message, ...]:
    """The message, and what is tried in its place while Slack refuses it: a plain page is better than none."""
    return message, of(message), Message(text=_called(message), blocks=[])


def of(refused: Message) -> Message:
    """Whom it calls, its words, its main buttons, and nothing else that Slack might refuse."""
    kept = [each for each in _elements(refused.blocks) if each.get("action_id") in _KEPT]
    shown = {(each["action_id"], each.get("value")): each for each in kept}
    blocks = _plain(_called(refused), *list(shown.values())[:5]).blocks
    return Message(text=refused.text, blocks=blocks)


def _called(refused: Message) -> str:
    calls = " ".join(dict.fromkeys(_CALLS.findall(_first_words(refused.blocks))))
    return f"{calls} {words.escape(refused.text)}".strip()


def _plain(said: str, *buttons: Block) -> Message:
    shown = [section(said), *([actions(*buttons)] if buttons else []), marking()]
    return Message(text=said, blocks=shown)


def _first_words(blocks: Sequence[Mapping[str, Any]]) -> str:
    return next((str(block["text"]["text"]) for block in blocks if block["type"] == "section"), "")


def _elements(blocks: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        yield from block.get("elements", ())
        yield from [block["accessory"]] if "accessory" in block else []
