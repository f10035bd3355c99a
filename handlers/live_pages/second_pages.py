"""Open second pages of reports: "being paged" does not stand there once it is known what became of the page."""

from collections.abc import Sequence
from threading import Lock
from typing import Any

import structlog
from msgspec import Struct
from slack_sdk.errors import SlackApiError

from bot.domain.case import Case
from bot.domain.permissions import Look
from bot.ports.drafts import DraftPlace
from bot.views import ids
from bot.views.wording import delivery
from handlers.background import code_of
from handlers.dependencies import Body, Dependencies
from handlers.forms import lost_forms, redrawing
from handlers.forms.report import risk_form
from handlers.intake import person_of
from handlers.live_pages.live_lines import Live
from handlers.sight import Sight, reader_of

_TRIES = 3
_FOLLOWED = 900.0  # machine seconds; who leaves it open for longer finds the rest on the card
_SLACKS_OWN = ("ratelimited", "internal_error", "fatal_error", "service_unavailable", "request_timeout")

log = structlog.get_logger()


class _Open(Struct):
    view: dict[str, Any]
    ref: str
    place: DraftPlace
    live: Live
    until: float
    submitted: int  # times, when it was drawn
    said: Sequence[str]  # of its pages, as drawn


class SecondPages:
    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._lock = Lock()
        self._open: dict[str, _Open] = {}

    def opened(self, body: Body, page: dict[str, Any], case: Case, live: Live) -> None:
        """`page`, drawn of that case, has taken the place of the view that was submitted."""
        ref, id = risk_form.kept(page).ref, body["view"]["id"]
        found = _Open(
            view={**page, "id": id},
            ref=ref,
            place=DraftPlace(person_of(body), ids.RISK, ref),
            live=live,
            until=self._deps.machine_now + _FOLLOWED,
            submitted=self._deps.submitted.times(id),
            said=delivery.lines(case, self._deps.screen),
        )
        with self._lock:
            self._open[id] = found

    def turn(self) -> None:
        """Each second: those of whose pages there is something else to say. A case that cannot be read is looked at
        again."""
        with self._lock:
            known = dict(self._open)
        if not known:
            return
        wanted = [(each.ref, reader_of(each.place.person)) for each in known.values()]
        cases = self._deps.reading.again_each(wanted, Look.FORM)
        for id, each in known.items():
            case = cases.get((each.ref, each.place.person))
            self._look(id, each, delivery.lines(case, self._deps.screen) if case else each.said)

    def _look(self, id: str, each: _Open, said: Sequence[str]) -> None:
        if self._deps.machine_now > each.until or self._deps.submitted.times(id) > each.submitted:
            return self._forget(id)  # why it was not saved may stand there, or it is closed
        if said == each.said:
            return None
        try:
            if any(self._redraw(each) for _ in range(_TRIES)):
                each.said = said
        except SlackApiError as error:
            log.info("second page not redrawn", code=code_of(error))
            if code_of(error) not in _SLACKS_OWN:  # most often: nobody has it open any more
                self._forget(id)

    def _forget(self, id: str) -> None:
        with self._lock:
            self._open.pop(id, None)

    def _redraw(self, each: _Open) -> bool:
        """With what is typed in it by now. False where a press was drawn at the same time."""
        draft = lost_forms.find(each.place, self._deps)
        view = dict(each.view)
        if draft and draft.view == view["id"]:
            view = {**view, "private_metadata": draft.metadata, "state": {"values": draft.values}}
        view["private_metadata"] = each.live.metadata(view["id"]) or view["private_metadata"]
        drawn = redrawing.live(view, Sight(each.place.person, "", self._deps), self._deps)
        return drawn is None or each.live.show(view["id"], drawn)
