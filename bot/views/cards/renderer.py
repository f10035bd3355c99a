"""The screens behind the delivery worker's port, and the plainest ones, for a card that cannot be drawn."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.domain.case import Case
from bot.domain.events import Entry, PageLine
from bot.domain.people import Role
from bot.ports.time_source import TimeSource
from bot.views import ids
from bot.views.blocks import actions, button, marking, section
from bot.views.cards import page_state as states
from bot.views.cards.case_card import case_card
from bot.views.cards.digest_card import digest_card, superseded_digest
from bot.views.cards.offer_card import asked_again, declined, offer
from bot.views.cards.page_card import acknowledge, open_case, page_card
from bot.views.cards.undelivered import moved, sent_twice, undelivered
from bot.views.message import Block, Message
from bot.views.screen import Screen, Setting
from bot.views.wording import clock_words, naming, words
from bot.views.wording.thread_line import thread_line

# Where a card could not be drawn, or Slack refuses its blocks: plain words, and the buttons that matter.

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


def digest(cases: Sequence[Case], role: Role, passed_on: Collection[str] = ()) -> Message:
    cases = [case for case in cases if case.ref not in passed_on]
    if not cases:
        return words_alone(f"No page open here. {states.WHO_IS_PAGED}")
    named = ", ".join(case.ref for case in cases[:200])
    whom = "you" if role is Role.OWNER else f"the {words.ROLES[role]}"
    said = f"<!channel> {naming.how_many(cases)} need {whom} now: {named}. {_NOT_DRAWN}"
    return _plain(said, button(f"Show all {len(cases)}", ids.SHOW_ALL, role.value))


def plain_offer(case: Case) -> Message:
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


class Screens:
    """A `Renderer`."""

    def __init__(self, setting: Setting, clock: TimeSource) -> None:
        self._setting = setting
        self._clock = clock

    def _now(self) -> Screen:
        return self._setting.at(self._clock.now())

    def card(self, case: Case) -> Message:
        return case_card(case, self._now())

    def moved(self, link: str) -> Message:
        return moved(link)

    def sent_twice(self, link: str) -> Message:
        return sent_twice(link)

    def line(self, case: Case, entry: Entry) -> Message | None:
        return thread_line(case, entry, self._now())

    def page(
        self,
        case: Case,
        entries: Sequence[Entry],
        role: Role,
        lines: Sequence[PageLine],
    ) -> Message:
        return page_card(case, entries, role, lines, self._now())

    def page_state(self, case: Case, entries: Sequence[Entry], role: Role) -> Message:
        return states.page_state(case, entries, role, self._now())

    def passed_on(self, case: Case) -> Message:
        return states.passed_on(case)

    def superseded(self, case: Case, entries: Sequence[Entry], role: Role, *, link: str) -> Message:
        return states.superseded(case, entries, role, self._now(), link=link)

    def superseded_digest(self, link: str) -> Message:
        return superseded_digest(self._now(), link)

    def digest(
        self,
        cases: Sequence[Case],
        role: Role,
        *,
        stood_still: tuple[datetime, datetime] | None = None,
        unreadable: Sequence[str] = (),
        passed_on: Collection[str] = (),
    ) -> Message:
        return digest_card(
            cases, role, self._now(), stood_still=stood_still, unreadable=unreadable, passed_on=passed_on
        )

    def undelivered(self, pages: Sequence[tuple[Case, Role]]) -> Message | None:
        return undelivered(pages, self._now())

    def asked_again(self, case: Case) -> Message:
        return asked_again(case)

    def offer(self, case: Case, person: str) -> Message:
        return offer(case, person, self._now())

    def declined(self, case: Case, asked_by: str) -> Message:
        return declined(case, asked_by, self._now())
