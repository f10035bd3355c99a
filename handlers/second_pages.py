"""Open second pages of reports: "being paged" does not stand there once it is known what became of the page."""

from threading import Lock
from typing import Any

import structlog
from msgspec import Struct
from slack_sdk.errors import SlackApiError

from bot.domain.case import Page
from bot.domain.people import Role
from bot.ports import DraftPlace
from bot.views import ids
from handlers import drafts, drawing, risk_form
from handlers.intake import person_of
from handlers.later import code_of
from handlers.live import Live
from handlers.parts import Body, Parts

_TRIES = 3
_FOLLOWED = 900.0  # machine seconds; who leaves it open for longer finds the rest on the card

log = structlog.get_logger()


class _Open(Struct):
    view: dict[str, Any]
    ref: str
    place: DraftPlace
    live: Live
    until: float
    drawn_of: dict[Role, Page]


class SecondPages:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._lock = Lock()
        self._open: dict[str, _Open] = {}

    def opened(self, body: Body, page: dict[str, Any], live: Live) -> None:
        """`page` has taken the place of the view that was submitted."""
        ref, id = risk_form.kept(page).ref, body["view"]["id"]
        found = _Open(
            view={**page, "id": id},
            ref=ref,
            place=DraftPlace(person_of(body), ids.RISK, ref),
            live=live,
            until=self._parts.machine_now + _FOLLOWED,
            drawn_of={},
        )
        with self._lock:
            self._open[id] = found

    def turn(self) -> None:
        """Each second: those whose pages have been taken since, or have not been for too long."""
        with self._lock:
            known = dict(self._open)
        if not known:
            return
        cases, _ = self._parts.cases.readable(sorted({each.ref for each in known.values()}))
        pages = {case.ref: case.pages for case in cases}
        for id, each in known.items():
            self._look(id, each, pages.get(each.ref, {}))

    def _look(self, id: str, each: _Open, pages: dict[Role, Page]) -> None:
        if pages != each.drawn_of:
            try:
                is_drawn = any(self._redraw(each) for _ in range(_TRIES))
            except SlackApiError as error:  # most often: nobody has it open any more
                log.info("second page not redrawn", code=code_of(error))
                return self._forget(id)
            each.drawn_of = pages if is_drawn else each.drawn_of
        over = pages == each.drawn_of and all(page.taken_at for page in pages.values())
        if over or self._parts.machine_now > each.until:
            self._forget(id)

    def _forget(self, id: str) -> None:
        with self._lock:
            self._open.pop(id, None)

    def _redraw(self, each: _Open) -> bool:
        """With what is typed in it by now. False where a press was drawn at the same time."""
        draft = drafts.find(each.place, self._parts)
        view = dict(each.view)
        if draft and draft.view == view["id"]:
            view = {**view, "private_metadata": draft.metadata, "state": {"values": draft.values}}
        view["private_metadata"] = each.live.metadata(view["id"]) or view["private_metadata"]
        drawn = drawing.live(view, self._parts)
        return drawn is None or each.live.show(view["id"], drawn)
