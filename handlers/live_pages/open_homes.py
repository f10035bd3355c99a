"""Home pages that somebody has before them: drawn at once for who opens or presses, and kept up to date after that.

Slack takes 100 publications a minute from us, so a page is redrawn only for who opened theirs this shift, only when it
would say something else, and at most every 10 s each; sooner only for who has just done something. "As at" keeps it
true meanwhile.

Which process redraws for a person is noted in the store: the one that drew for them last, since only that one knows
which filter they chose. After a restart a page waits for its person's next look.
"""

from datetime import datetime
from threading import Lock
from uuid import uuid4

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.handover import Offer
from bot.domain.people import Actor
from bot.domain.permissions import Look
from bot.slack.slack_chat import wait_asked
from bot.views.lists.home_page import closed_home, home
from bot.views.lists.in_order import Outlined
from bot.views.lists.listing import Shown
from handlers.background import code_of
from handlers.dependencies import Dependencies
from handlers.live_pages.live_lines import EVERY, RedrawPace
from handlers.sight import not_for, reader_of

log = structlog.get_logger()

SHIFT = 12 * 3600.0  # machine seconds since the last look, after which a page is let be


Source = tuple[int, bool, bool, tuple[str, ...], Actor]


class HomeOpened:
    """One person's page."""

    def __init__(self) -> None:
        self.drawing = Lock()  # two draws must not overtake each other
        self.shown: Shown | None = None
        self.chosen_at = 0.0  # Slack's time
        self.looked_at = 0.0  # machine seconds
        self.pace = RedrawPace(EVERY)
        self.drawn_of: Source | None = None  # what it was drawn from
        self.changes_at: datetime | None = None

    def choose(self, shown: Shown | None, at: float) -> None:
        if at >= self.chosen_at:
            self.shown, self.chosen_at = shown, at


class Homes:
    def __init__(self, deps: Dependencies) -> None:
        self._deps = deps
        self._me = uuid4().hex.encode()
        self._opened: dict[str, HomeOpened] = {}
        self._gate = RedrawPace(0.0)  # shut while Slack asks to wait
        deps.after_a_step.append(self.acted)

    def look(self, person: str, shown: Shown | None, at: float) -> None:
        """Somebody opened theirs, or chose what it shows: drawn now, whatever the pace.

        `at`: Slack's time of it. The word that a page was opened may come after the first press on it.
        """
        page = self._opened.setdefault(person, HomeOpened())
        page.choose(shown, at)
        page.looked_at, page.drawn_of = self._deps.machine_now, None
        self._deps.documents.put(_holder(person), self._me)
        self._draw_all([(person, page)], asked=True)

    def acted(self, person: str) -> None:
        """They took a step, on theirs or elsewhere: drawn with the next look, so that it is seen to have worked."""
        page = self._opened.get(person)
        if page:
            page.pace.open()

    def turn(self) -> None:
        """Each second: redraws whose page would say something else."""
        self._draw_all(
            [(person, page) for person, page in list(self._opened.items()) if self._is_due(person, page)]
        )

    def _draw_all(self, pages: list[tuple[str, HomeOpened]], *, asked: bool = False) -> None:
        """One reading of the record serves them all. What changes while it is read is drawn the next time: at once
        for whoever takes a step meanwhile, whose pace `acted` opens again."""
        if not pages or not self._gate.is_open(self._deps.machine_now):
            return
        for _, page in pages:
            page.pace.passed(self._deps.machine_now)
        sources = [self._source(person) for person, _ in pages]
        readers = [reader_of(person) for person, _ in pages]
        opened = self._deps.reading.open_for(Look.HOME, readers, asked=asked)
        offers = tuple(self._deps.duty_desk.roster().offers.values())
        waiting = tuple(offer for offer in offers if offer.is_open)
        for (person, page), source in zip(pages, sources, strict=True):
            if self._gate.is_open(self._deps.machine_now):
                self._draw(person, page, opened.get(person), waiting, source)
            else:
                page.pace.open()

    def _is_due(self, person: str, page: HomeOpened) -> bool:
        now = self._deps.machine_now
        if now - page.looked_at > SHIFT:
            del self._opened[person]
            return False
        is_time = page.pace.is_open(now) or self._has_other_roles(person, page)
        return is_time and self._says_otherwise(person, page) and self._is_mine(person)

    def _has_other_roles(self, person: str, page: HomeOpened) -> bool:
        """Whoever took a role over looks for it now; whoever holds none any more reads nothing more."""
        return page.drawn_of is not None and page.drawn_of[-1] != self._deps.actor(person)

    def _says_otherwise(self, person: str, page: HomeOpened) -> bool:
        is_past = page.changes_at is not None and self._deps.clock.now() >= page.changes_at
        return is_past or page.drawn_of != self._source(person)

    def _source(self, person: str) -> Source:
        """Changes whenever the page would, but for the passing of time."""
        pulse = self._deps.watch.pulse()
        actor = self._deps.actor(person)
        stopped, second = pulse.stopped_since is not None, self._deps.second_copy()
        return self._deps.outbox.turn(), stopped, second, tuple(pulse.undecided), actor

    def _is_mine(self, person: str) -> bool:
        if self._deps.documents.get(_holder(person)) == self._me:
            return True
        del self._opened[person]
        return False

    def _draw(
        self,
        person: str,
        page: HomeOpened,
        opened: Outlined | None,
        offers: tuple[Offer, ...],
        source: Source,
    ) -> None:
        with page.drawing:
            deps = self._deps
            if opened is None:
                drawn = closed_home(not_for(person, deps).sentence)
            else:
                drawn = home(
                    opened,
                    deps.actor(person),
                    page.shown,
                    deps.watch.pulse(),
                    deps.screen,
                    offers=offers,
                    first_run=deps.documents.get(_welcomed(person)) is None,
                    second_copy=deps.second_copy(),
                )
            try:
                deps.redrawing.views_publish(user_id=person, view=drawn.view)
            except (SlackClientError, OSError) as error:
                self._not_taken(error)
                return
            page.drawn_of, page.changes_at = source, drawn.changes_at

    def _not_taken(self, error: Exception) -> None:
        """It comes round again: nothing was noted as drawn."""
        if isinstance(error, SlackApiError) and (wait := wait_asked(error)):
            self._gate.shut(self._deps.machine_now, wait)
        log.warning("home page not drawn", why=type(error).__name__, code=code_of(error))

    def welcomed(self, person: str) -> None:
        """They have read it: never again."""
        self._deps.documents.put(_welcomed(person), b"1")


def _holder(person: str) -> str:
    return f"home:{person}"


def _welcomed(person: str) -> str:
    return f"welcomed:{person}"
