"""A renderer that always gives something to send: a card that cannot be drawn must not hold up those behind it."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import TypeVar

import structlog

from bot.domain.case import Case
from bot.domain.events import Entry, PageLine
from bot.domain.people import Role
from bot.ports.errors import StoreUnavailable
from bot.ports.metrics import Metric, Metrics
from bot.views.cards import renderer
from bot.views.message import Message, Renderer
from bot.views.wording import words
from workers.periodic import told

log = structlog.get_logger()
Drawn = TypeVar("Drawn", Message, Message | None)


class FallbackRenderer:
    def __init__(self, inner: Renderer, metrics: Metrics) -> None:
        self._inner = inner
        self._metrics = metrics

    def card(self, case: Case) -> Message:
        return self._sure(lambda: self._inner.card(case), lambda: renderer.about(f"Case {case.ref}.", case))

    def moved(self, link: str) -> Message:
        said = f"This case goes on under a newer card: {link}"
        return self._sure(lambda: self._inner.moved(link), lambda: renderer.words_alone(said))

    def sent_twice(self, link: str) -> Message:
        said = f"Sent twice: use the other one: {link}"
        return self._sure(lambda: self._inner.sent_twice(link), lambda: renderer.words_alone(said))

    def line(self, case: Case, entry: Entry) -> Message | None:
        said = f"{case.ref}: a step was recorded that could not be shown. Open the case, and call the technician."
        return self._sure(lambda: self._inner.line(case, entry), lambda: renderer.words_alone(said))

    def page(
        self,
        case: Case,
        entries: Sequence[Entry],
        role: Role,
        lines: Sequence[PageLine],
    ) -> Message:
        return self._sure(
            lambda: self._inner.page(case, entries, role, lines), lambda: renderer.page(case, role, lines)
        )

    def page_state(self, case: Case, entries: Sequence[Entry], role: Role) -> Message:
        return self._sure(lambda: self._inner.page_state(case, entries, role), lambda: renderer.state(case))

    def passed_on(self, case: Case) -> Message:
        return self._sure(
            lambda: self._inner.passed_on(case), lambda: renderer.about(f"Page for {case.ref}.", case)
        )

    def superseded(self, case: Case, entries: Sequence[Entry], role: Role, *, link: str) -> Message:
        return self._sure(
            lambda: self._inner.superseded(case, entries, role, link=link),
            lambda: renderer.words_alone(f"Replaced by a newer page for {case.ref}: {link}"),
        )

    def superseded_digest(self, link: str) -> Message:
        return self._sure(
            lambda: self._inner.superseded_digest(link),
            lambda: renderer.words_alone(f"Replaced by newer pages: {link}"),
        )

    def digest(
        self,
        cases: Sequence[Case],
        role: Role,
        *,
        stood_still: tuple[datetime, datetime] | None = None,
        unreadable: Sequence[str] = (),
        passed_on: Collection[str] = (),
    ) -> Message:
        return self._sure(
            lambda: self._inner.digest(
                cases, role, stood_still=stood_still, unreadable=unreadable, passed_on=passed_on
            ),
            lambda: renderer.digest(cases, role, passed_on),
        )

    def undelivered(self, pages: Sequence[tuple[Case, Role]]) -> Message | None:
        named = ", ".join(f"{words.ROLES[role]} for {case.ref}" for case, role in pages[:200])
        said = f"Pages not delivered: {named}. Ring them."
        return self._sure(lambda: self._inner.undelivered(pages), lambda: renderer.words_alone(said))

    def asked_again(self, case: Case) -> Message:
        said = f"{case.ref}: you were assigned it again since."
        return self._sure(lambda: self._inner.asked_again(case), lambda: renderer.about(said, case))

    def offer(self, case: Case, person: str) -> Message:
        return self._sure(lambda: self._inner.offer(case, person), lambda: renderer.plain_offer(case))

    def declined(self, case: Case, asked_by: str) -> Message:
        return self._sure(
            lambda: self._inner.declined(case, asked_by),
            lambda: renderer.about(f"{case.ref} was declined.", case),
        )

    def _sure(self, draw: Callable[[], Drawn], plainly: Callable[[], Message]) -> Drawn | Message:
        try:
            return draw()
        except StoreUnavailable:
            raise  # nothing is wrong with how it is drawn: it is drawn once the record answers
        except Exception as error:  # noqa: BLE001 - whatever it is, the page goes out
            self._metrics.count(Metric.CARDS_NOT_DRAWN)
            log.error("card not drawn", **told(error))
            return plainly()
