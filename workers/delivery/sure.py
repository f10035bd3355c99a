"""A renderer that always gives something to send: a card that cannot be drawn must not hold up those behind it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

import structlog

from bot.domain.case import Case
from bot.domain.events import Entry, PageLine
from bot.domain.people import Role
from bot.ports import Metrics
from bot.views.message import Message, Renderer
from workers.faults import told

log = structlog.get_logger()
Drawn = TypeVar("Drawn", Message, Message | None)


class SureRenderer:
    def __init__(self, inner: Renderer, metrics: Metrics) -> None:
        self._inner = inner
        self._metrics = metrics

    def card(self, case: Case) -> Message:
        return self._sure(lambda: self._inner.card(case), f"Case {case.ref}")

    def line(self, case: Case, entry: Entry) -> Message | None:
        said = f"{entry.at:%H:%M} UTC {type(entry.event).__name__}"
        return self._sure(lambda: self._inner.line(case, entry), said)

    def page(
        self,
        case: Case,
        entries: Sequence[Entry],
        role: Role,
        lines: Sequence[PageLine],
    ) -> Message:
        return self._sure(
            lambda: self._inner.page(case, entries, role, lines),
            f"<!channel> {case.ref} needs {role.value} now: {', '.join(line.clock for line in lines)}",
        )

    def page_state(self, case: Case, entries: Sequence[Entry], role: Role) -> Message:
        return self._sure(lambda: self._inner.page_state(case, entries, role), f"Page for {case.ref}")

    def passed_on(self, case: Case) -> Message:
        return self._sure(lambda: self._inner.passed_on(case), f"Page for {case.ref}")

    def superseded(self, case: Case, entries: Sequence[Entry], role: Role, *, link: str) -> Message:
        return self._sure(
            lambda: self._inner.superseded(case, entries, role, link=link),
            f"Replaced by a newer page for {case.ref}: {link}",
        )

    def superseded_digest(self, link: str) -> Message:
        return self._sure(lambda: self._inner.superseded_digest(link), f"Replaced by newer pages: {link}")

    def digest(
        self,
        cases: Sequence[Case],
        role: Role,
        *,
        stood_still: tuple[datetime, datetime] | None = None,
        unreadable: Sequence[str] = (),
    ) -> Message:
        return self._sure(
            lambda: self._inner.digest(cases, role, stood_still=stood_still, unreadable=unreadable),
            f"<!channel> {len(cases)} cases need {role.value} now: {', '.join(case.ref for case in cases[:200])}",
        )

    def undelivered(self, pages: Sequence[tuple[Case, Role]]) -> Message | None:
        named = ", ".join(f"{case.ref} to {role.value}" for case, role in pages[:200])
        return self._sure(lambda: self._inner.undelivered(pages), f"Pages not delivered: {named}. Ring them")

    def asked_again(self, case: Case) -> Message:
        return self._sure(lambda: self._inner.asked_again(case), f"{case.ref}: you were asked again")

    def offer(self, case: Case, person: str) -> Message:
        return self._sure(lambda: self._inner.offer(case, person), f"{case.ref} was assigned to you")

    def _sure(self, draw: Callable[[], Drawn], plainly: str) -> Drawn:
        try:
            return draw()
        except Exception as error:  # noqa: BLE001 - whatever it is, the page goes out
            self._metrics.count("cards_not_drawn")
            log.error("card not drawn", **told(error))
            said = f"{plainly}. The card could not be drawn: see /missing. OFFICIAL-SENSITIVE"
            return Message(text=said, blocks=[])
