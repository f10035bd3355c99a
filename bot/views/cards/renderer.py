"""The screens behind the delivery worker's port: views, with the time of day put in."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.case import Case
from bot.domain.events import Entry, PageLine
from bot.domain.people import Role
from bot.ports.time_source import TimeSource
from bot.views.cards import page_state as states
from bot.views.cards.case_card import case_card
from bot.views.cards.digest_card import digest_card, superseded_digest
from bot.views.cards.offer_card import asked_again, declined, offer
from bot.views.cards.page_card import page_card
from bot.views.cards.undelivered import moved, undelivered
from bot.views.message import Message
from bot.views.screen import Screen, Setting
from bot.views.wording.thread_line import thread_line


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
    ) -> Message:
        return digest_card(cases, role, self._now(), stood_still=stood_still, unreadable=unreadable)

    def undelivered(self, pages: Sequence[tuple[Case, Role]]) -> Message | None:
        return undelivered(pages, self._now())

    def asked_again(self, case: Case) -> Message:
        return asked_again(case)

    def offer(self, case: Case, person: str) -> Message:
        return offer(case, person, self._now())

    def declined(self, case: Case, asked_by: str) -> Message:
        return declined(case, asked_by, self._now())
